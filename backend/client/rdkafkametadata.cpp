// RdKafkaAdmin's part for what librdkafka offers only as calls that wait.

#include "client/rdkafkaadminrequest.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace moldau::client {

namespace {

/** An error of a waiting call, or the trouble that made it wait in vain. */
Error errorOf(const RdKafkaHandle& handle, rd_kafka_resp_err_t error)
{
    const Error trouble = handle.lastTrouble();
    const bool isVague = error == RD_KAFKA_RESP_ERR__TIMED_OUT
        || error == RD_KAFKA_RESP_ERR__TRANSPORT || error == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN;
    return isVague && trouble.code != ErrorCode::None ? trouble : explain(error, {});
}

std::vector<BrokerId> brokersOf(const std::int32_t* ids, int count)
{
    std::vector<BrokerId> brokers;
    for (int i = 0; i < count; ++i)
        brokers.emplace_back(ids[i]);
    return brokers;
}

bool isInternalTopic(std::string_view name)
{
    return name == "__consumer_offsets" || name == "__transaction_state"
        || name == "__share_group_state";
}

TopicDescription topicOf(
    const rd_kafka_metadata_topic& topic, const std::vector<BrokerDescription>& alive)
{
    TopicDescription out;
    out.name = topic.topic;
    out.isInternal = isInternalTopic(out.name);
    for (int i = 0; i < topic.partition_cnt; ++i) {
        const rd_kafka_metadata_partition& from = topic.partitions[i];
        PartitionDescription partition;
        partition.index = from.id;
        partition.leader = BrokerId{from.leader};
        partition.replicas = brokersOf(from.replicas, from.replica_cnt);
        partition.inSync = brokersOf(from.isrs, from.isr_cnt);
        // librdkafka drops the list of offline replicas; those whose broker is gone are offline.
        for (const BrokerId replica : partition.replicas) {
            if (std::ranges::find(alive, replica, &BrokerDescription::id) == alive.end())
                partition.offline.push_back(replica);
        }
        out.partitions.push_back(std::move(partition));
    }
    std::ranges::sort(out.partitions, {}, &PartitionDescription::index);
    return out;
}

ClusterDescription clusterOf(const rd_kafka_metadata_t& metadata)
{
    ClusterDescription cluster;
    for (int i = 0; i < metadata.broker_cnt; ++i) {
        const rd_kafka_metadata_broker& from = metadata.brokers[i];
        cluster.brokers.push_back(
            {BrokerId{from.id}, {from.host, static_cast<std::uint16_t>(from.port)}, {}});
    }
    std::ranges::sort(cluster.brokers, {}, &BrokerDescription::id);
    for (int i = 0; i < metadata.topic_cnt; ++i)
        cluster.topics.push_back(topicOf(metadata.topics[i], cluster.brokers));
    std::ranges::sort(cluster.topics, {}, &TopicDescription::name);
    return cluster;
}

Result<ClusterDescription> describe(RdKafkaHandle& handle, int timeoutMs)
{
    const rd_kafka_metadata_t* metadata = nullptr;
    const rd_kafka_resp_err_t error
        = rd_kafka_metadata(handle.get(), 1, nullptr, &metadata, timeoutMs);
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR)
        return fail(errorOf(handle, error));
    ClusterDescription cluster = clusterOf(*metadata);
    rd_kafka_metadata_destroy(metadata);
    if (char* id = rd_kafka_clusterid(handle.get(), timeoutMs)) {
        cluster.clusterId = id;
        rd_kafka_mem_free(handle.get(), id);
    }
    cluster.controller = BrokerId{rd_kafka_controllerid(handle.get(), timeoutMs)};
    return cluster;
}

tl::unexpected<Error> notOverLibrdkafka(std::string_view what)
{
    return fail(ErrorCode::LocalUnsupported,
        fmt::format("{} can't be asked for over this kind of SASL.", what));
}

} // namespace

void RdKafkaAdmin::describeCluster(Answer<ClusterDescription> answer)
{
    inBackground(std::move(answer),
        [timeoutMs = m_timeoutMs](RdKafkaHandle& handle) { return describe(handle, timeoutMs); });
}

void RdKafkaAdmin::describeTopics(
    const std::vector<std::string>& names, Answer<std::vector<TopicDetail>> answer)
{
    inBackground(std::move(answer),
        [names, timeoutMs = m_timeoutMs](
            RdKafkaHandle& handle) -> Result<std::vector<TopicDetail>> {
            auto cluster = describe(handle, timeoutMs);
            if (!cluster)
                return fail(cluster.error());
            std::vector<TopicDetail> topics;
            for (TopicDescription& topic : cluster->topics) {
                if (std::ranges::find(names, topic.name) == names.end())
                    continue;
                TopicDetail& detail
                    = topics.emplace_back(TopicDetail{topic.name, topic.id, topic.isInternal, {}});
                for (PartitionDescription& partition : topic.partitions)
                    detail.partitions.push_back({std::move(partition), std::nullopt, std::nullopt});
            }
            return topics;
        });
}

void RdKafkaAdmin::listReassignments(Answer<std::map<TopicPartition, Reassignment>> answer)
{
    answer(notOverLibrdkafka("Reassignments"));
}

void RdKafkaAdmin::describeLogDirectories(Answer<std::vector<LogDirectory>> answer)
{
    answer(notOverLibrdkafka("Log directories"));
}

void RdKafkaAdmin::describeQuorum(Answer<QuorumDescription> answer)
{
    answer(notOverLibrdkafka("The metadata quorum"));
}

void RdKafkaAdmin::electPreferredLeaders(
    const std::vector<TopicPartition>&, Answer<PerPartition<Done>> answer)
{
    answer(notOverLibrdkafka("Elections"));
}

void RdKafkaAdmin::reassign(const std::map<TopicPartition, std::optional<std::vector<BrokerId>>>&,
    Answer<PerPartition<Done>> answer)
{
    answer(notOverLibrdkafka("Reassignments"));
}

void RdKafkaAdmin::describeThrottles(
    const std::vector<std::string>&, Answer<ReplicationThrottles> answer)
{
    answer(notOverLibrdkafka("Limits of replication"));
}

void RdKafkaAdmin::setThrottles(const ReplicationThrottles&, Answer<ReplicationThrottles> answer)
{
    answer(notOverLibrdkafka("Limits of replication"));
}

void RdKafkaAdmin::findOffsets(
    const std::map<TopicPartition, std::int64_t>& what, Answer<PerPartition<FoundOffset>> answer)
{
    inBackground(std::move(answer),
        [what, timeoutMs = m_timeoutMs](
            RdKafkaHandle& handle) -> Result<PerPartition<FoundOffset>> {
            const RdKafkaPartitions list = listOf(what);
            const rd_kafka_resp_err_t error
                = rd_kafka_offsets_for_times(handle.get(), list.get(), timeoutMs);
            if (error != RD_KAFKA_RESP_ERR_NO_ERROR)
                return fail(errorOf(handle, error));
            PerPartition<FoundOffset> found;
            for (int i = 0; i < list->cnt; ++i) {
                const rd_kafka_topic_partition_t& item = list->elems[i];
                const TopicPartition at{item.topic, item.partition};
                if (item.err != RD_KAFKA_RESP_ERR_NO_ERROR)
                    found.emplace(at, fail(explain(item.err, {})));
                else
                    found.emplace(at, FoundOffset{std::max<std::int64_t>(item.offset, -1), -1, -1});
            }
            return found;
        });
}

} // namespace moldau::client
