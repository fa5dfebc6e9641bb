// RdKafkaConnection's administration: from the caller's thread to the loop and back.

#include "client/administration.h"
#include "client/rdkafkaconnectionloop.h"

#include <fmt/format.h>

#include <algorithm>

namespace moldau::client {

void RdKafkaConnection::describeCluster(Reply<ClusterDescription> reply)
{
    onLoop(std::move(reply),
        [this](Answer<ClusterDescription> answer) { m_admin->describeCluster(std::move(answer)); });
}

void RdKafkaConnection::createTopic(NewTopic topic, Reply<Done> reply)
{
    createTopicOn(std::move(topic), {}, std::move(reply));
}

void RdKafkaConnection::createTopicOn(
    NewTopic topic, ReplicaAssignment assignment, Reply<Done> reply)
{
    onLoop(std::move(reply),
        [this, topic = std::move(topic), assignment = std::move(assignment)](
            Answer<Done> answer) { m_admin->createTopic(topic, assignment, std::move(answer)); });
}

void RdKafkaConnection::deleteTopic(std::string name, Reply<Done> reply)
{
    onLoop(std::move(reply), [this, name = std::move(name)](Answer<Done> answer) {
        m_admin->deleteTopic(name, std::move(answer));
    });
}

void RdKafkaConnection::createPartitions(std::string topic, std::int32_t total, Reply<Done> reply)
{
    createPartitionsOn(std::move(topic), total, {}, std::move(reply));
}

void RdKafkaConnection::createPartitionsOn(
    std::string topic, std::int32_t total, ReplicaAssignment added, Reply<Done> reply)
{
    onLoop(std::move(reply),
        [this, topic = std::move(topic), total, added = std::move(added)](Answer<Done> answer) {
            m_admin->createPartitions(topic, total, added, std::move(answer));
        });
}

void RdKafkaConnection::deleteRecords(
    std::string topic, std::map<std::int32_t, std::int64_t> before, Reply<Done> reply)
{
    onLoop(std::move(reply),
        [this, topic = std::move(topic), before = std::move(before)](
            Answer<Done> answer) { m_admin->deleteRecords(topic, before, std::move(answer)); });
}

void RdKafkaConnection::describeTopics(
    std::vector<std::string> names, Reply<std::vector<TopicDetail>> reply)
{
    onLoop(std::move(reply),
        [this, names = std::move(names)](Answer<std::vector<TopicDetail>> answer) {
            m_admin->describeTopics(names, std::move(answer));
        });
}

void RdKafkaConnection::findOffsets(
    std::map<TopicPartition, std::int64_t> what, Reply<PerPartition<FoundOffset>> reply)
{
    onLoop(
        std::move(reply), [this, what = std::move(what)](Answer<PerPartition<FoundOffset>> answer) {
            if (what.empty())
                return answer(PerPartition<FoundOffset>{});
            m_admin->findOffsets(what, std::move(answer));
        });
}

void RdKafkaConnection::describeConfigDetails(
    ConfigResource resource, Reply<std::vector<ConfigDetail>> reply)
{
    onLoop(std::move(reply),
        [this, resource = std::move(resource)](Answer<std::vector<ConfigDetail>> answer) {
            m_admin->describeConfigs(resource, std::move(answer));
        });
}

void RdKafkaConnection::describeConfigs(
    ConfigResource resource, Reply<std::vector<ConfigEntry>> reply)
{
    describeConfigDetails(std::move(resource),
        [reply = std::move(reply)](Result<std::vector<ConfigDetail>> details) mutable {
            reply(details.map([](std::vector<ConfigDetail>& found) {
                std::vector<ConfigEntry> entries;
                for (ConfigDetail& detail : found)
                    entries.push_back(std::move(detail.entry));
                return entries;
            }));
        });
}

void RdKafkaConnection::changeConfigs(
    ConfigResource resource, std::vector<ConfigOperation> operations, Reply<Done> reply)
{
    onLoop(std::move(reply),
        [this, resource = std::move(resource), operations = std::move(operations)](
            Answer<Done> answer) {
            m_admin->changeConfigs(resource, operations, std::move(answer));
        });
}

void RdKafkaConnection::alterConfigs(
    ConfigResource resource, std::vector<ConfigChange> changes, Reply<Done> reply)
{
    std::vector<ConfigOperation> operations;
    for (ConfigChange& change : changes) {
        const auto kind
            = change.second ? ConfigOperation::Kind::Set : ConfigOperation::Kind::Delete;
        operations.push_back({kind, std::move(change.first), change.second.value_or("")});
    }
    changeConfigs(std::move(resource), std::move(operations), std::move(reply));
}

void RdKafkaConnection::partitionsOf(
    const std::string& topic, Reply<std::vector<std::int32_t>> reply)
{
    describeTopics({topic},
        [topic, reply = std::move(reply)](Result<std::vector<TopicDetail>> topics) mutable {
            if (!topics)
                return reply(fail(topics.error()));
            if (topics->empty())
                return reply(fail(ErrorCode::UnknownTopicOrPartition,
                    fmt::format("There is no topic {}.", topic)));
            std::vector<std::int32_t> partitions;
            for (const PartitionDetail& partition : topics->front().partitions)
                partitions.push_back(partition.basics.index);
            reply(std::move(partitions));
        });
}

void RdKafkaConnection::listOffsets(std::string topic, Reply<std::vector<PartitionOffsets>> reply)
{
    partitionsOf(topic,
        [this, topic, reply = std::move(reply)](
            Result<std::vector<std::int32_t>> partitions) mutable {
            if (!partitions)
                return reply(fail(partitions.error()));
            std::map<TopicPartition, std::int64_t> earliest;
            std::map<TopicPartition, std::int64_t> latest;
            for (const std::int32_t partition : *partitions) {
                earliest[{topic, partition}] = OffsetSpec::kEarliest;
                latest[{topic, partition}] = OffsetSpec::kLatest;
            }
            findOffsets(std::move(earliest),
                [this, latest = std::move(latest), reply = std::move(reply)](
                    Result<PerPartition<FoundOffset>> first) mutable {
                    if (!first)
                        return reply(fail(first.error()));
                    findOffsets(std::move(latest),
                        [first = std::move(*first), reply = std::move(reply)](
                            Result<PerPartition<FoundOffset>> last) mutable {
                            if (!last)
                                return reply(fail(last.error()));
                            std::vector<PartitionOffsets> offsets;
                            // A partition without a leader has no known offsets; the others still
                            // have.
                            for (const auto& [at, found] : *last) {
                                const auto& begin = first[at];
                                offsets.push_back({at.partition, begin ? begin->offset : -1,
                                    found ? found->offset : -1});
                            }
                            reply(std::move(offsets));
                        });
                });
        });
}

void RdKafkaConnection::offsetsForTime(
    std::string topic, std::int64_t timestampMs, Reply<std::map<std::int32_t, std::int64_t>> reply)
{
    partitionsOf(topic,
        [this, topic, timestampMs, reply = std::move(reply)](
            Result<std::vector<std::int32_t>> partitions) mutable {
            if (!partitions)
                return reply(fail(partitions.error()));
            std::map<TopicPartition, std::int64_t> byTime;
            for (const std::int32_t partition : *partitions)
                byTime[{topic, partition}] = timestampMs;
            findOffsets(byTime,
                [this, byTime, reply = std::move(reply)](
                    Result<PerPartition<FoundOffset>> found) mutable {
                    if (!found)
                        return reply(fail(found.error()));
                    std::map<TopicPartition, std::int64_t> beyond;
                    std::map<std::int32_t, std::int64_t> offsets;
                    for (const auto& [at, offset] : *found) {
                        if (!offset)
                            return reply(fail(offset.error()));
                        offsets[at.partition] = offset->offset;
                        if (offset->offset < 0)
                            beyond[at] = OffsetSpec::kLatest;
                    }
                    findOffsets(std::move(beyond),
                        [offsets = std::move(offsets), reply = std::move(reply)](
                            Result<PerPartition<FoundOffset>> ends) mutable {
                            if (!ends)
                                return reply(fail(ends.error()));
                            for (const auto& [at, end] : *ends) {
                                if (!end)
                                    return reply(fail(end.error()));
                                offsets[at.partition] = end->offset;
                            }
                            reply(std::move(offsets));
                        });
                });
        });
}

void RdKafkaConnection::listGroups(Reply<std::vector<GroupSummary>> reply)
{
    listGroupsBy({}, {}, std::move(reply));
}

void RdKafkaConnection::listGroupsBy(std::set<std::string> states, std::set<std::string> types,
    Reply<std::vector<GroupSummary>> reply)
{
    onLoop(std::move(reply),
        [this, states = std::move(states), types = std::move(types)](
            Answer<std::vector<GroupSummary>> answer) {
            m_admin->listGroups(states, types, std::move(answer));
        });
}

void RdKafkaConnection::describeGroupDetail(std::string group, Reply<GroupDetail> reply)
{
    onLoop(std::move(reply), [this, group = std::move(group)](Answer<GroupDetail> answer) {
        m_admin->describeGroup(group, std::move(answer));
    });
}

void RdKafkaConnection::describeGroup(std::string id, Reply<GroupDescription> reply)
{
    describeGroupDetail(
        id, [this, id, reply = std::move(reply)](Result<GroupDetail> detail) mutable {
            if (!detail)
                return reply(fail(detail.error()));
            groupOffsets(id,
                [detail = std::move(*detail), reply = std::move(reply)](
                    Result<std::map<TopicPartition, CommittedOffset>> offsets) mutable {
                    if (!offsets)
                        return reply(fail(offsets.error()));
                    GroupDescription group;
                    group.summary = std::move(detail.summary);
                    group.coordinator = detail.coordinatorId;
                    for (GroupMemberDetail& member : detail.members)
                        group.members.push_back(std::move(member.basics));
                    for (const auto& [at, committed] : *offsets)
                        group.offsets.push_back({at.topic, at.partition, committed.offset});
                    reply(std::move(group));
                });
        });
}

void RdKafkaConnection::deleteGroup(std::string id, Reply<Done> reply)
{
    onLoop(std::move(reply), [this, id = std::move(id)](Answer<Done> answer) {
        m_admin->deleteGroup(id, std::move(answer));
    });
}

void RdKafkaConnection::groupOffsets(
    std::string group, Reply<std::map<TopicPartition, CommittedOffset>> reply)
{
    onLoop(std::move(reply),
        [this, group = std::move(group)](Answer<std::map<TopicPartition, CommittedOffset>> answer) {
            m_admin->groupOffsets(group, std::move(answer));
        });
}

void RdKafkaConnection::alterGroupOffsets(std::string group,
    std::map<TopicPartition, std::int64_t> offsets, Reply<PerPartition<Done>> reply)
{
    onLoop(std::move(reply),
        [this, group = std::move(group), offsets = std::move(offsets)](
            Answer<PerPartition<Done>> answer) {
            m_admin->alterGroupOffsets(group, offsets, std::move(answer));
        });
}

void RdKafkaConnection::deleteGroupOffsets(
    std::string group, std::vector<TopicPartition> partitions, Reply<PerPartition<Done>> reply)
{
    onLoop(std::move(reply),
        [this, group = std::move(group), partitions = std::move(partitions)](
            Answer<PerPartition<Done>> answer) {
            m_admin->deleteGroupOffsets(group, partitions, std::move(answer));
        });
}

} // namespace moldau::client
