#include "client/groupconsumer.h"

#include "client/rdkafkaerror.h"

namespace moldau::client {

GroupConsumer::GroupConsumer(ConsumerOptions options, std::shared_ptr<ListenerGate> listener,
    RdKafkaEventSource* events, std::shared_ptr<RdKafkaHandle> handle, EventLoop& loop)
    : RdKafkaConsumer(std::move(options), std::move(listener), events)
    , m_group(std::move(handle))
    , m_hurry(loop)
{
}

GroupConsumer::~GroupConsumer()
{
    stop();
}

void GroupConsumer::start()
{
    using Kind = StartPosition::Kind;
    if (m_options.topics.empty())
        return failAndFinish({ErrorCode::LocalInvalidArgument, "No topic was given."});
    if (!m_options.partitions.empty() || !m_options.ranges.empty())
        return failAndFinish({ErrorCode::LocalInvalidArgument,
            "A group decides itself which partitions its members read."});
    if (m_options.start.kind == Kind::Offset || m_options.start.kind == Kind::Timestamp)
        return failAndFinish({ErrorCode::LocalInvalidArgument,
            "A group starts at its committed offsets. Reset them to start elsewhere."});
    rd_kafka_poll_set_consumer(m_group->get());
    m_queue.reset(rd_kafka_queue_get_consumer(m_group->get()));
    drainFrom(m_group, m_queue.get(), false);
    const RdKafkaPartitions topics(
        rd_kafka_topic_partition_list_new(static_cast<int>(m_options.topics.size())));
    for (const std::string& topic : m_options.topics)
        rd_kafka_topic_partition_list_add(topics.get(), topic.c_str(), RD_KAFKA_PARTITION_UA);
    const rd_kafka_resp_err_t error = rd_kafka_subscribe(m_group->get(), topics.get());
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR)
        return failAndFinish(explain(error, {}));
    m_group->leaveGroupWhenClosed();
    hurry();
}

void GroupConsumer::hurry()
{
    // While it joins, librdkafka's main thread sleeps up to a second between the steps. A question
    // that it answers from memory wakes it.
    constexpr int kMaxPokes = 200;
    if (m_group == nullptr || !m_assigned.empty() || ++m_pokes > kMaxPokes)
        return;
    rd_kafka_topic_partition_list_t* topics = nullptr;
    if (rd_kafka_subscription(m_group->get(), &topics) == RD_KAFKA_RESP_ERR_NO_ERROR)
        rd_kafka_topic_partition_list_destroy(topics);
    m_hurry.start(std::chrono::milliseconds(50), [this] { hurry(); });
}

void GroupConsumer::rebalanced(
    rd_kafka_resp_err_t what, rd_kafka_topic_partition_list_t& partitions)
{
    rd_kafka_t* rk = m_group->get();
    const bool isCooperative = std::string_view(rd_kafka_rebalance_protocol(rk)) == "COOPERATIVE";
    const bool isAssigned = what == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS;
    if (!isCooperative) {
        m_assigned.clear();
        m_unread.clear();
        rd_kafka_assign(rk, isAssigned ? &partitions : nullptr);
    } else if (rd_kafka_error_t* error = isAssigned
            ? rd_kafka_incremental_assign(rk, &partitions)
            : rd_kafka_incremental_unassign(rk, &partitions)) {
        rd_kafka_error_destroy(error);
    }
    for (int i = 0; i < partitions.cnt; ++i) {
        const Partition partition{partitions.elems[i].topic, partitions.elems[i].partition};
        if (isAssigned) {
            m_assigned.insert(partition);
            m_unread.insert(partition);
        } else {
            m_assigned.erase(partition);
            m_unread.erase(partition);
        }
    }
    if (m_isPaused)
        applyPause();
    m_listener->call([this](ConsumerListener& listener) {
        listener.assignmentChanged({m_assigned.begin(), m_assigned.end()});
    });
}

void GroupConsumer::reachedEnd(const Partition& partition)
{
    if (m_options.stopsAtEnd && m_unread.erase(partition) > 0 && m_unread.empty())
        finish();
}

void GroupConsumer::delivered(const std::vector<rd_kafka_message_t*>& messages)
{
    const RdKafkaPartitions offsets(rd_kafka_topic_partition_list_new(1));
    for (std::size_t i = 0; i < messages.size(); ++i) {
        const rd_kafka_message_t& message = *messages[i];
        const bool isLastOfRun = i + 1 == messages.size() || messages[i + 1]->rkt != message.rkt
            || messages[i + 1]->partition != message.partition;
        if (!isLastOfRun)
            continue;
        const char* topic = rd_kafka_topic_name(message.rkt);
        rd_kafka_topic_partition_t* item
            = rd_kafka_topic_partition_list_find(offsets.get(), topic, message.partition);
        if (item == nullptr)
            item = rd_kafka_topic_partition_list_add(offsets.get(), topic, message.partition);
        item->offset = message.offset + 1;
    }
    // Partitions that were taken away meanwhile are refused one by one, which is right.
    rd_kafka_offsets_store(m_group->get(), offsets.get());
}

void GroupConsumer::partitionFailed(const rd_kafka_message_t& message)
{
    fail(explain(message.err, rd_kafka_message_errstr(&message)));
}

void GroupConsumer::finishing()
{
    m_hurry.cancel();
    m_queue.reset();
    m_group.reset();
}

void GroupConsumer::setPaused(bool isPaused)
{
    m_isPaused = isPaused;
    applyPause();
}

void GroupConsumer::applyPause()
{
    if (m_group == nullptr)
        return;
    const RdKafkaPartitions list(
        rd_kafka_topic_partition_list_new(static_cast<int>(m_assigned.size())));
    for (const auto& [topic, partition] : m_assigned)
        rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), partition);
    if (m_isPaused)
        rd_kafka_pause_partitions(m_group->get(), list.get());
    else
        rd_kafka_resume_partitions(m_group->get(), list.get());
}

} // namespace moldau::client
