#include "client/rdkafkaadmin.h"

#include "client/rdkafkaadminrequest.h"

#include <fmt/format.h>

namespace moldau::client {

namespace {

struct Destroy { // what librdkafka hands out or wants handed over
    void operator()(rd_kafka_NewTopic_t* topic) const { rd_kafka_NewTopic_destroy(topic); }
    void operator()(rd_kafka_DeleteTopic_t* topic) const { rd_kafka_DeleteTopic_destroy(topic); }
    void operator()(rd_kafka_NewPartitions_t* partitions) const
    {
        rd_kafka_NewPartitions_destroy(partitions);
    }
    void operator()(rd_kafka_DeleteRecords_t* records) const
    {
        rd_kafka_DeleteRecords_destroy(records);
    }
    void operator()(rd_kafka_event_t* event) const { rd_kafka_event_destroy(event); }
};
template <class T> using Owned = std::unique_ptr<T, Destroy>;

std::vector<std::int32_t> numbersOf(const std::vector<BrokerId>& brokers)
{
    std::vector<std::int32_t> numbers;
    for (const BrokerId broker : brokers)
        numbers.push_back(broker.value());
    return numbers;
}

Result<ClusterConnection::Done> firstTopicResult(
    const rd_kafka_topic_result_t** topics, std::size_t count)
{
    if (count != 1)
        return fail(ErrorCode::UnknownServerError, "The broker's answer doesn't name the topic.");
    return doneOr(
        rd_kafka_topic_result_error(topics[0]), rd_kafka_topic_result_error_string(topics[0]));
}

} // namespace

RdKafkaAdmin::RdKafkaAdmin(HandleFactory make, std::shared_ptr<LoopGate> gate, int timeoutMs)
    : m_make(std::move(make))
    , m_gate(std::move(gate))
    , m_timeoutMs(timeoutMs)
{
}

RdKafkaAdmin::~RdKafkaAdmin() = default;

void RdKafkaAdmin::createTopic(
    const NewTopic& topic, const ReplicaAssignment& assignment, Answer<Done> answer)
{
    const int partitions
        = assignment.empty() ? topic.partitions : static_cast<int>(assignment.size());
    const int replicas = assignment.empty() ? topic.replicationFactor : -1;
    std::array<char, 256> reason{};
    const Owned<rd_kafka_NewTopic_t> wanted(rd_kafka_NewTopic_new(
        topic.name.c_str(), partitions, replicas, reason.data(), reason.size()));
    if (wanted == nullptr)
        return answer(fail(ErrorCode::LocalInvalidArgument, reason.data()));
    for (std::size_t i = 0; i < assignment.size(); ++i) {
        std::vector<std::int32_t> brokers = numbersOf(assignment[i]);
        if (rd_kafka_NewTopic_set_replica_assignment(wanted.get(), static_cast<std::int32_t>(i),
                brokers.data(), brokers.size(), reason.data(), reason.size())
            != RD_KAFKA_RESP_ERR_NO_ERROR)
            return answer(fail(ErrorCode::LocalInvalidArgument, reason.data()));
    }
    for (const auto& [name, value] : topic.configs)
        rd_kafka_NewTopic_set_config(wanted.get(), name.c_str(), value.c_str());
    request(
        RD_KAFKA_ADMIN_OP_CREATETOPICS, std::move(answer),
        [&](auto* rk, auto* options, auto* queue) {
            rd_kafka_NewTopic_t* list[] = {wanted.get()};
            rd_kafka_CreateTopics(rk, list, 1, options, queue);
        },
        [](rd_kafka_event_t* event) {
            std::size_t count = 0;
            const auto** topics = rd_kafka_CreateTopics_result_topics(
                rd_kafka_event_CreateTopics_result(event), &count);
            return firstTopicResult(topics, count);
        });
}

void RdKafkaAdmin::deleteTopic(const std::string& name, Answer<Done> answer)
{
    const Owned<rd_kafka_DeleteTopic_t> unwanted(rd_kafka_DeleteTopic_new(name.c_str()));
    request(
        RD_KAFKA_ADMIN_OP_DELETETOPICS, std::move(answer),
        [&](auto* rk, auto* options, auto* queue) {
            rd_kafka_DeleteTopic_t* list[] = {unwanted.get()};
            rd_kafka_DeleteTopics(rk, list, 1, options, queue);
        },
        [](rd_kafka_event_t* event) {
            std::size_t count = 0;
            const auto** topics = rd_kafka_DeleteTopics_result_topics(
                rd_kafka_event_DeleteTopics_result(event), &count);
            return firstTopicResult(topics, count);
        });
}

void RdKafkaAdmin::createPartitions(const std::string& topic, std::int32_t total,
    const ReplicaAssignment& added, Answer<Done> answer)
{
    if (total < 1)
        return answer(fail(ErrorCode::LocalInvalidArgument, "A topic has at least one partition."));
    std::array<char, 256> reason{};
    const Owned<rd_kafka_NewPartitions_t> wanted(rd_kafka_NewPartitions_new(
        topic.c_str(), static_cast<std::size_t>(total), reason.data(), reason.size()));
    if (wanted == nullptr)
        return answer(fail(ErrorCode::LocalInvalidArgument, reason.data()));
    for (std::size_t i = 0; i < added.size(); ++i) {
        std::vector<std::int32_t> brokers = numbersOf(added[i]);
        if (rd_kafka_NewPartitions_set_replica_assignment(wanted.get(),
                static_cast<std::int32_t>(i), brokers.data(), brokers.size(), reason.data(),
                reason.size())
            != RD_KAFKA_RESP_ERR_NO_ERROR)
            return answer(fail(ErrorCode::LocalInvalidArgument, reason.data()));
    }
    request(
        RD_KAFKA_ADMIN_OP_CREATEPARTITIONS, std::move(answer),
        [&](auto* rk, auto* options, auto* queue) {
            rd_kafka_NewPartitions_t* list[] = {wanted.get()};
            rd_kafka_CreatePartitions(rk, list, 1, options, queue);
        },
        [](rd_kafka_event_t* event) {
            std::size_t count = 0;
            const auto** topics = rd_kafka_CreatePartitions_result_topics(
                rd_kafka_event_CreatePartitions_result(event), &count);
            return firstTopicResult(topics, count);
        });
}

void RdKafkaAdmin::deleteRecords(const std::string& topic,
    const std::map<std::int32_t, std::int64_t>& before, Answer<Done> answer)
{
    std::map<TopicPartition, std::int64_t> offsets;
    for (const auto& [partition, offset] : before)
        offsets[{topic, partition}] = offset < 0 ? RD_KAFKA_OFFSET_END : offset;
    const RdKafkaPartitions list = listOf(offsets);
    const Owned<rd_kafka_DeleteRecords_t> records(rd_kafka_DeleteRecords_new(list.get()));
    request(
        RD_KAFKA_ADMIN_OP_DELETERECORDS, std::move(answer),
        [&](auto* rk, auto* options, auto* queue) {
            rd_kafka_DeleteRecords_t* requests[] = {records.get()};
            rd_kafka_DeleteRecords(rk, requests, 1, options, queue);
        },
        [](rd_kafka_event_t* event) -> Result<Done> {
            const auto* offsets
                = rd_kafka_DeleteRecords_result_offsets(rd_kafka_event_DeleteRecords_result(event));
            for (int i = 0; i < offsets->cnt; ++i) {
                const rd_kafka_topic_partition_t& item = offsets->elems[i];
                if (item.err != RD_KAFKA_RESP_ERR_NO_ERROR)
                    return fail(Error{codeOf(item.err),
                        fmt::format(
                            "{}-{}: {}", item.topic, item.partition, rd_kafka_err2str(item.err))});
            }
            return Done{};
        });
}

Error RdKafkaAdmin::withTrouble(Error error) const
{
    if (error.code != ErrorCode::LocalTimeout)
        return error;
    const Error trouble = m_handle->lastTrouble();
    return trouble.code == ErrorCode::None ? error : trouble;
}

void RdKafkaAdmin::serveQueue()
{
    while (const Owned<rd_kafka_event_t> event{rd_kafka_queue_poll(m_queue.get(), 0)}) {
        const auto id
            = reinterpret_cast<std::uintptr_t>(rd_kafka_event_opaque(event.get())); // NOLINT: an id
        if (const auto pending = m_pending.extract(id))
            pending.mapped()(*event);
    }
}

} // namespace moldau::client
