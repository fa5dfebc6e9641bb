// RdKafkaAdmin's part for groups and their offsets.

#include "client/rdkafkaadminrequest.h"

namespace moldau::client {

namespace {

struct Destroy {
    void operator()(rd_kafka_DeleteGroup_t* group) const { rd_kafka_DeleteGroup_destroy(group); }
    void operator()(rd_kafka_ListConsumerGroupOffsets_t* offsets) const
    {
        rd_kafka_ListConsumerGroupOffsets_destroy(offsets);
    }
    void operator()(rd_kafka_AlterConsumerGroupOffsets_t* offsets) const
    {
        rd_kafka_AlterConsumerGroupOffsets_destroy(offsets);
    }
    void operator()(rd_kafka_DeleteConsumerGroupOffsets_t* offsets) const
    {
        rd_kafka_DeleteConsumerGroupOffsets_destroy(offsets);
    }
};
template <class T> using Owned = std::unique_ptr<T, Destroy>;

/** Kafka's own words for states, which librdkafka's differ from. */
std::string stateName(rd_kafka_consumer_group_state_t state)
{
    return rd_kafka_consumer_group_state_name(state);
}

std::string textOf(const char* text)
{
    return text == nullptr ? std::string() : std::string(text);
}

GroupMemberDetail memberOf(const rd_kafka_MemberDescription_t* member)
{
    GroupMemberDetail detail;
    detail.basics.memberId = textOf(rd_kafka_MemberDescription_consumer_id(member));
    detail.basics.clientId = textOf(rd_kafka_MemberDescription_client_id(member));
    detail.basics.host = textOf(rd_kafka_MemberDescription_host(member));
    detail.instanceId = textOf(rd_kafka_MemberDescription_group_instance_id(member));
    const auto* assignment = rd_kafka_MemberDescription_assignment(member);
    const auto* partitions
        = assignment == nullptr ? nullptr : rd_kafka_MemberAssignment_partitions(assignment);
    for (int i = 0; partitions != nullptr && i < partitions->cnt; ++i) {
        detail.assigned.push_back({partitions->elems[i].topic, partitions->elems[i].partition});
        detail.basics.partitions.emplace_back(
            partitions->elems[i].topic, partitions->elems[i].partition);
    }
    return detail;
}

Result<GroupDetail> groupOf(rd_kafka_event_t* event)
{
    std::size_t count = 0;
    const auto** groups = rd_kafka_DescribeConsumerGroups_result_groups(
        rd_kafka_event_DescribeConsumerGroups_result(event), &count);
    if (count != 1)
        return fail(ErrorCode::UnknownServerError, "The broker's answer doesn't name the group.");
    const rd_kafka_ConsumerGroupDescription_t* group = groups[0];
    if (const rd_kafka_error_t* error = rd_kafka_ConsumerGroupDescription_error(group);
        error != nullptr)
        return fail(explain(rd_kafka_error_code(error), rd_kafka_error_string(error)));
    GroupDetail detail;
    detail.summary.id = textOf(rd_kafka_ConsumerGroupDescription_group_id(group));
    detail.summary.state = stateName(rd_kafka_ConsumerGroupDescription_state(group));
    detail.summary.protocol = textOf(rd_kafka_ConsumerGroupDescription_partition_assignor(group));
    detail.summary.type = "classic";
    detail.protocolType = "consumer";
    if (const rd_kafka_Node_t* node = rd_kafka_ConsumerGroupDescription_coordinator(group)) {
        detail.coordinatorId = BrokerId{rd_kafka_Node_id(node)};
        detail.coordinator = {rd_kafka_Node_host(node), rd_kafka_Node_port(node)};
    }
    const std::size_t members = rd_kafka_ConsumerGroupDescription_member_count(group);
    for (std::size_t i = 0; i < members; ++i)
        detail.members.push_back(memberOf(rd_kafka_ConsumerGroupDescription_member(group, i)));
    return detail;
}

/** The partitions of the only group in a result. */
Result<const rd_kafka_topic_partition_list_t*> partitionsOf(
    const rd_kafka_group_result_t** groups, std::size_t count)
{
    if (count != 1)
        return fail(ErrorCode::UnknownServerError, "The broker's answer doesn't name the group.");
    if (const rd_kafka_error_t* error = rd_kafka_group_result_error(groups[0]); error != nullptr)
        return fail(explain(rd_kafka_error_code(error), rd_kafka_error_string(error)));
    return rd_kafka_group_result_partitions(groups[0]);
}

Result<PerPartition<ClusterConnection::Done>> perPartition(
    Result<const rd_kafka_topic_partition_list_t*> list)
{
    if (!list)
        return fail(list.error());
    PerPartition<ClusterConnection::Done> out;
    for (int i = 0; *list != nullptr && i < (*list)->cnt; ++i) {
        const rd_kafka_topic_partition_t& item = (*list)->elems[i];
        out.emplace(TopicPartition{item.topic, item.partition}, doneOr(item.err, nullptr));
    }
    return out;
}

} // namespace

void RdKafkaAdmin::listGroups(const std::set<std::string>& states,
    const std::set<std::string>& types, Answer<std::vector<GroupSummary>> answer)
{
    if (!types.empty())
        return answer(fail(ErrorCode::LocalUnsupported,
            "Groups can't be told apart by type here: librdkafka doesn't ask for it."));
    request(
        RD_KAFKA_ADMIN_OP_LISTCONSUMERGROUPS, std::move(answer),
        [](auto* rk, auto* options, auto* queue) {
            rd_kafka_ListConsumerGroups(rk, options, queue);
        },
        [states](rd_kafka_event_t* event) -> Result<std::vector<GroupSummary>> {
            const auto* result = rd_kafka_event_ListConsumerGroups_result(event);
            std::size_t count = 0;
            std::vector<GroupSummary> groups;
            const auto** valid = rd_kafka_ListConsumerGroups_result_valid(result, &count);
            for (std::size_t i = 0; i < count; ++i) {
                const std::string state = stateName(rd_kafka_ConsumerGroupListing_state(valid[i]));
                if (states.empty() || states.contains(state))
                    groups.push_back({textOf(rd_kafka_ConsumerGroupListing_group_id(valid[i])),
                        state, {}, "consumer"});
            }
            const auto** errors = rd_kafka_ListConsumerGroups_result_errors(result, &count);
            if (groups.empty() && count > 0)
                return fail(
                    explain(rd_kafka_error_code(errors[0]), rd_kafka_error_string(errors[0])));
            return groups;
        });
}

void RdKafkaAdmin::describeGroup(const std::string& id, Answer<GroupDetail> answer)
{
    request(
        RD_KAFKA_ADMIN_OP_DESCRIBECONSUMERGROUPS, std::move(answer),
        [&](auto* rk, auto* options, auto* queue) {
            const char* list[] = {id.c_str()};
            rd_kafka_DescribeConsumerGroups(rk, list, 1, options, queue);
        },
        groupOf);
}

void RdKafkaAdmin::deleteGroup(const std::string& id, Answer<Done> answer)
{
    const Owned<rd_kafka_DeleteGroup_t> unwanted(rd_kafka_DeleteGroup_new(id.c_str()));
    request(
        RD_KAFKA_ADMIN_OP_DELETEGROUPS, std::move(answer),
        [&](auto* rk, auto* options, auto* queue) {
            rd_kafka_DeleteGroup_t* list[] = {unwanted.get()};
            rd_kafka_DeleteGroups(rk, list, 1, options, queue);
        },
        [](rd_kafka_event_t* event) -> Result<Done> {
            std::size_t count = 0;
            const auto** groups = rd_kafka_DeleteGroups_result_groups(
                rd_kafka_event_DeleteGroups_result(event), &count);
            return partitionsOf(groups, count).map([](auto*) { return Done{}; });
        });
}

void RdKafkaAdmin::groupOffsets(
    const std::string& group, Answer<std::map<TopicPartition, CommittedOffset>> answer)
{
    const Owned<rd_kafka_ListConsumerGroupOffsets_t> wanted(
        rd_kafka_ListConsumerGroupOffsets_new(group.c_str(), nullptr));
    request(
        RD_KAFKA_ADMIN_OP_LISTCONSUMERGROUPOFFSETS, std::move(answer),
        [&](auto* rk, auto* options, auto* queue) {
            rd_kafka_ListConsumerGroupOffsets_t* list[] = {wanted.get()};
            rd_kafka_ListConsumerGroupOffsets(rk, list, 1, options, queue);
        },
        [](rd_kafka_event_t* event) -> Result<std::map<TopicPartition, CommittedOffset>> {
            std::size_t count = 0;
            const auto** groups = rd_kafka_ListConsumerGroupOffsets_result_groups(
                rd_kafka_event_ListConsumerGroupOffsets_result(event), &count);
            const auto list = partitionsOf(groups, count);
            if (!list)
                return fail(list.error());
            std::map<TopicPartition, CommittedOffset> offsets;
            for (int i = 0; *list != nullptr && i < (*list)->cnt; ++i) {
                const rd_kafka_topic_partition_t& item = (*list)->elems[i];
                if (item.offset >= 0)
                    offsets[{item.topic, item.partition}] = {item.offset, -1,
                        std::string(static_cast<const char*>(item.metadata), item.metadata_size)};
            }
            return offsets;
        });
}

void RdKafkaAdmin::alterGroupOffsets(const std::string& group,
    const std::map<TopicPartition, std::int64_t>& offsets, Answer<PerPartition<Done>> answer)
{
    const RdKafkaPartitions list = listOf(offsets);
    const Owned<rd_kafka_AlterConsumerGroupOffsets_t> wanted(
        rd_kafka_AlterConsumerGroupOffsets_new(group.c_str(), list.get()));
    request(
        RD_KAFKA_ADMIN_OP_ALTERCONSUMERGROUPOFFSETS, std::move(answer),
        [&](auto* rk, auto* options, auto* queue) {
            rd_kafka_AlterConsumerGroupOffsets_t* requests[] = {wanted.get()};
            rd_kafka_AlterConsumerGroupOffsets(rk, requests, 1, options, queue);
        },
        [](rd_kafka_event_t* event) {
            std::size_t count = 0;
            const auto** groups = rd_kafka_AlterConsumerGroupOffsets_result_groups(
                rd_kafka_event_AlterConsumerGroupOffsets_result(event), &count);
            return perPartition(partitionsOf(groups, count));
        });
}

void RdKafkaAdmin::deleteGroupOffsets(const std::string& group,
    const std::vector<TopicPartition>& partitions, Answer<PerPartition<Done>> answer)
{
    std::map<TopicPartition, std::int64_t> offsets;
    for (const TopicPartition& at : partitions)
        offsets[at] = RD_KAFKA_OFFSET_INVALID;
    const RdKafkaPartitions list = listOf(offsets);
    const Owned<rd_kafka_DeleteConsumerGroupOffsets_t> unwanted(
        rd_kafka_DeleteConsumerGroupOffsets_new(group.c_str(), list.get()));
    request(
        RD_KAFKA_ADMIN_OP_DELETECONSUMERGROUPOFFSETS, std::move(answer),
        [&](auto* rk, auto* options, auto* queue) {
            rd_kafka_DeleteConsumerGroupOffsets_t* requests[] = {unwanted.get()};
            rd_kafka_DeleteConsumerGroupOffsets(rk, requests, 1, options, queue);
        },
        [](rd_kafka_event_t* event) {
            std::size_t count = 0;
            const auto** groups = rd_kafka_DeleteConsumerGroupOffsets_result_groups(
                rd_kafka_event_DeleteConsumerGroupOffsets_result(event), &count);
            return perPartition(partitionsOf(groups, count));
        });
}

} // namespace moldau::client
