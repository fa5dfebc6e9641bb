#include "client/partitionreader.h"

#include "client/rdkafkaerror.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <thread>

namespace moldau::client {

/** Which partitions are read, from where to where. */
struct PartitionReader::Plan {
    struct Item {
        std::string topic;
        std::int32_t partition = 0;
        std::int64_t start
            = 0; ///< as librdkafka has it: also OFFSET_BEGINNING, OFFSET_END, OFFSET_TAIL(n)
        std::int64_t from = 0;
        std::int64_t to = std::numeric_limits<std::int64_t>::max();
    };
    std::vector<Item> items;
};

namespace {

using Plan = PartitionReader::Plan;

std::int64_t startOf(const StartPosition& start)
{
    switch (start.kind) {
    case StartPosition::Kind::Beginning:
    case StartPosition::Kind::Committed:
        return RD_KAFKA_OFFSET_BEGINNING;
    case StartPosition::Kind::End:
        return RD_KAFKA_OFFSET_END;
    case StartPosition::Kind::Offset:
        return start.value >= 0 ? start.value : RD_KAFKA_OFFSET_TAIL(-start.value);
    case StartPosition::Kind::Timestamp:
        break;
    }
    return start.value; // replaced by an offset in the plan
}

Result<std::vector<std::int32_t>> partitionsOf(
    rd_kafka_t* rk, rd_kafka_topic_t* topic, int timeoutMs)
{
    const rd_kafka_metadata_t* metadata = nullptr;
    const rd_kafka_resp_err_t error = rd_kafka_metadata(rk, 0, topic, &metadata, timeoutMs);
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR)
        return fail(explain(error, {}));
    const std::unique_ptr<const rd_kafka_metadata_t, void (*)(const rd_kafka_metadata_t*)> owned(
        metadata, rd_kafka_metadata_destroy);
    if (metadata->topic_cnt != 1)
        return fail(ErrorCode::UnknownTopicOrPartition, "There is no such topic.");
    const rd_kafka_metadata_topic& found = metadata->topics[0];
    if (found.err != RD_KAFKA_RESP_ERR_NO_ERROR)
        return fail(Error{
            codeOf(found.err), fmt::format("{}: {}", found.topic, rd_kafka_err2str(found.err))});
    std::vector<std::int32_t> partitions;
    for (int i = 0; i < found.partition_cnt; ++i)
        partitions.push_back(found.partitions[i].id);
    return partitions;
}

/** Asks for the offsets of timestamps, or for RD_KAFKA_OFFSET_END, of all partitions at once. */
Result<void> askOffsets(rd_kafka_t* rk, const Plan& plan, std::int64_t what, int timeoutMs,
    std::vector<std::int64_t>& out)
{
    const RdKafkaPartitions list(
        rd_kafka_topic_partition_list_new(static_cast<int>(plan.items.size())));
    for (const auto& item : plan.items)
        rd_kafka_topic_partition_list_add(list.get(), item.topic.c_str(), item.partition)->offset
            = what;
    const rd_kafka_resp_err_t error = rd_kafka_offsets_for_times(rk, list.get(), timeoutMs);
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR)
        return fail(explain(error, {}));
    for (int i = 0; i < list->cnt; ++i) {
        if (list->elems[i].err != RD_KAFKA_RESP_ERR_NO_ERROR)
            return fail(explain(list->elems[i].err, {}));
        out.push_back(list->elems[i].offset);
    }
    return {};
}

/** Blocks; runs on a thread of its own. */
Result<Plan> plan(ReaderHandle& reader, const ConsumerOptions& options, int timeoutMs)
{
    rd_kafka_t* rk = reader.handle()->get();
    Plan plan;
    for (const std::string& topic : options.topics) {
        auto partitions = options.partitions.empty()
            ? partitionsOf(rk, reader.topic(topic), timeoutMs)
            : Result<std::vector<std::int32_t>>(options.partitions);
        if (!partitions)
            return fail(partitions.error());
        for (const std::int32_t partition : *partitions)
            plan.items.push_back({topic, partition, startOf(options.start)});
    }
    std::vector<std::int64_t> offsets;
    if (options.start.kind == StartPosition::Kind::Timestamp) {
        if (auto done = askOffsets(rk, plan, options.start.value, timeoutMs, offsets); !done)
            return fail(done.error());
        for (std::size_t i = 0; i < offsets.size(); ++i)
            plan.items[i].start = offsets[i] >= 0 ? offsets[i] : RD_KAFKA_OFFSET_END;
    }
    // Who is told of its partitions gets what comes from then on; librdkafka would ask for the end
    // only later. It does where the leader can't be asked at the moment.
    if (options.start.kind == StartPosition::Kind::End && !options.stopsAtEnd
        && askOffsets(rk, plan, RD_KAFKA_OFFSET_END, timeoutMs, offsets)) {
        for (std::size_t i = 0; i < offsets.size(); ++i)
            plan.items[i].start = offsets[i] >= 0 ? offsets[i] : RD_KAFKA_OFFSET_END;
    }
    if (options.stopsAtEnd) {
        offsets.clear();
        if (auto done = askOffsets(rk, plan, RD_KAFKA_OFFSET_END, timeoutMs, offsets); !done)
            return fail(done.error());
        for (std::size_t i = 0; i < offsets.size(); ++i)
            plan.items[i].to = offsets[i];
    }
    return plan;
}

bool needsAsking(const ConsumerOptions& options)
{
    return options.partitions.empty() || options.stopsAtEnd
        || options.start.kind == StartPosition::Kind::End
        || options.start.kind == StartPosition::Kind::Timestamp;
}

} // namespace

PartitionReader::PartitionReader(ConsumerOptions options, std::shared_ptr<ListenerGate> listener,
    RdKafkaEventSource* events, ReaderPool& pool, std::shared_ptr<LoopGate> gate, int timeoutMs)
    : RdKafkaConsumer(std::move(options), std::move(listener), events)
    , m_pool(pool)
    , m_gate(std::move(gate))
    , m_timeoutMs(timeoutMs)
    , m_kind(fmt::format(
          "{}:{}", m_options.readsCommitted ? "committed" : "uncommitted", m_options.clientId))
    , m_self(std::make_shared<PartitionReader*>(this))
{
}

PartitionReader::~PartitionReader()
{
    *m_self = nullptr;
    stop();
}

void PartitionReader::start()
{
    const bool hasRanges = !m_options.ranges.empty();
    if (m_options.topics.empty() || (hasRanges && m_options.topics.size() != 1))
        return failAndFinish({ErrorCode::LocalInvalidArgument,
            hasRanges ? "Ranges of offsets need exactly one topic." : "No topic was given."});
    auto reader = m_pool.take(m_kind);
    if (!reader)
        return failAndFinish(reader.error());
    m_reader = std::move(*reader);
    if (!hasRanges && needsAsking(m_options))
        return makePlan();
    Plan plan;
    for (const OffsetRange& range : m_options.ranges)
        plan.items.push_back(
            {m_options.topics.front(), range.partition, range.from, range.from, range.to});
    if (!hasRanges) {
        for (const std::string& topic : m_options.topics) {
            for (const std::int32_t partition : m_options.partitions)
                plan.items.push_back({topic, partition, startOf(m_options.start)});
        }
    }
    begin(plan);
}

void PartitionReader::makePlan()
{
    std::thread([self = m_self, gate = m_gate, reader = m_reader, options = m_options,
                    timeoutMs = m_timeoutMs]() mutable {
        auto made = plan(*reader, options, timeoutMs);
        reader.reset();
        gate->post([self, made = std::move(made)] {
            if (*self == nullptr || (*self)->isFinished())
                return;
            if (made)
                (*self)->begin(*made);
            else
                (*self)->failAndFinish(made.error());
        });
    }).detach();
}

void PartitionReader::begin(const Plan& plan)
{
    drainFrom(m_reader->handle(), m_reader->queue(), true);
    for (const std::string& topic : m_options.topics)
        RdKafkaHandle::learnTopic(m_reader->handle(), topic);
    for (const auto& item : plan.items) {
        const bool isEmpty = item.to == 0 || (item.start >= 0 && item.start >= item.to)
            || (m_options.stopsAtEnd && item.start == RD_KAFKA_OFFSET_END);
        if (isEmpty)
            continue;
        m_started.emplace_back(item.topic, item.partition);
        m_open[m_started.back()] = {item.from, item.to};
    }
    m_listener->call([this](ConsumerListener& listener) { listener.assignmentChanged(m_started); });
    if (m_open.empty())
        return finish();
    for (const auto& item : plan.items) {
        if (m_open.contains({item.topic, item.partition})
            && rd_kafka_consume_start_queue(
                   m_reader->topic(item.topic), item.partition, item.start, m_reader->queue())
                != 0)
            return failAndFinish(explain(rd_kafka_last_error(), {}));
    }
    if (m_isPaused)
        setPaused(true);
}

RdKafkaConsumer::Verdict PartitionReader::judge(const rd_kafka_message_t& message)
{
    if (message.rkt != m_lastTopic || message.partition != m_lastPartition
        || m_lastOpen == nullptr) {
        const auto open = m_open.find({rd_kafka_topic_name(message.rkt), message.partition});
        if (open == m_open.end())
            return Verdict::Skip;
        m_lastTopic = message.rkt;
        m_lastPartition = message.partition;
        m_lastOpen = &open->second;
    }
    // Before the wanted range: it lay beyond the log's end, and reading began anew at its start.
    if (message.offset < m_lastOpen->from || message.offset >= m_lastOpen->to)
        return Verdict::BeyondEnd;
    return message.offset == m_lastOpen->to - 1 ? Verdict::Last : Verdict::Take;
}

void PartitionReader::reachedEnd(const Partition& partition)
{
    if (!isBounded() || m_open.erase(partition) == 0)
        return;
    m_lastOpen = nullptr;
    if (m_open.empty())
        return finish();
    const RdKafkaPartitions list(rd_kafka_topic_partition_list_new(1));
    rd_kafka_topic_partition_list_add(list.get(), partition.first.c_str(), partition.second);
    rd_kafka_pause_partitions(m_reader->handle()->get(), list.get());
}

void PartitionReader::partitionFailed(const rd_kafka_message_t& message)
{
    fail(explain(message.err, rd_kafka_message_errstr(&message)));
    reachedEnd({rd_kafka_topic_name(message.rkt), message.partition});
}

void PartitionReader::finishing()
{
    if (m_reader == nullptr)
        return;
    m_pool.giveBack(m_kind, std::move(m_reader), std::move(m_started));
    m_open.clear();
    m_lastOpen = nullptr;
}

void PartitionReader::setPaused(bool isPaused)
{
    m_isPaused = isPaused;
    if (m_reader == nullptr || m_open.empty())
        return;
    const RdKafkaPartitions list(
        rd_kafka_topic_partition_list_new(static_cast<int>(m_open.size())));
    for (const auto& [partition, open] : m_open)
        rd_kafka_topic_partition_list_add(list.get(), partition.first.c_str(), partition.second);
    if (isPaused)
        rd_kafka_pause_partitions(m_reader->handle()->get(), list.get());
    else
        rd_kafka_resume_partitions(m_reader->handle()->get(), list.get());
}

} // namespace moldau::client
