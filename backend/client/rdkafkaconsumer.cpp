#include "client/rdkafkaconsumer.h"

#include "client/rdkafkaerror.h"
#include "client/rdkafkaeventsource.h"

#include <array>
#include <limits>

namespace moldau::client {

namespace {

constexpr std::size_t kChunk = 2000;

std::optional<Bytes> bytesOf(const void* data, std::size_t size)
{
    if (data == nullptr)
        return std::nullopt;
    const auto* first = static_cast<const std::uint8_t*>(data);
    return Bytes(first, first + size);
}

void readHeaders(const rd_kafka_message_t& message, std::vector<Header>& out)
{
    rd_kafka_headers_t* headers = nullptr;
    if (rd_kafka_message_headers(&message, &headers) != RD_KAFKA_RESP_ERR_NO_ERROR)
        return;
    const char* name = nullptr;
    const void* value = nullptr;
    std::size_t size = 0;
    for (std::size_t i = 0;
         rd_kafka_header_get_all(headers, i, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR;
         ++i)
        out.push_back({name, bytesOf(value, size)});
}

Record recordOf(const rd_kafka_message_t& message)
{
    Record record;
    record.topic = rd_kafka_topic_name(message.rkt);
    record.partition = message.partition;
    record.offset = message.offset;
    rd_kafka_timestamp_type_t type = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE;
    record.timestampMs = rd_kafka_message_timestamp(&message, &type);
    record.isLogAppendTime = type == RD_KAFKA_TIMESTAMP_LOG_APPEND_TIME;
    record.key = bytesOf(message.key, message.key_len);
    record.value = bytesOf(message.payload, message.len);
    readHeaders(message, record.headers);
    return record;
}

} // namespace

RdKafkaConsumer::RdKafkaConsumer(
    ConsumerOptions options, std::shared_ptr<ListenerGate> listener, RdKafkaEventSource* events)
    : m_options(std::move(options))
    , m_listener(std::move(listener))
    , m_events(events)
    , m_left(m_options.maxRecords > 0 ? m_options.maxRecords
                                      : std::numeric_limits<std::int64_t>::max())
{
}

RdKafkaConsumer::~RdKafkaConsumer() = default;

void RdKafkaConsumer::drainFrom(
    std::shared_ptr<RdKafkaHandle> handle, rd_kafka_queue_t* queue, bool hasMainQueue)
{
    m_handle = std::move(handle);
    m_queue = queue;
    m_handle->setListener(this);
    m_waker = m_handle->wakeOn(queue, [this] { drain(); });
    if (!hasMainQueue)
        return;
    m_mainQueue.reset(rd_kafka_queue_get_main(m_handle->get()));
    m_mainWaker = m_handle->wakeOn(m_mainQueue.get(), [this] {
        const auto alive = m_handle; // an error may end this consumer
        if (alive != nullptr)
            alive->poll();
    });
}

void RdKafkaConsumer::stop()
{
    m_isFinished = true;
    if (m_handle != nullptr)
        m_handle->setListener(nullptr);
    m_waker.reset();
    m_mainWaker.reset();
    m_mainQueue.reset();
    m_queue = nullptr;
    m_handle.reset();
    finishing();
}

void RdKafkaConsumer::drain()
{
    if (m_isFinished || m_queue == nullptr)
        return;
    const auto waker = m_waker;
    const auto handle = m_handle; // messages have to be gone before the handle is
    std::array<rd_kafka_message_t*, kChunk> raw;
    const ssize_t count = rd_kafka_consume_batch_queue(m_queue, 0, raw.data(), raw.size());
    std::vector<rd_kafka_message_t*> wanted;
    wanted.reserve(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    for (ssize_t i = 0; i < count; ++i)
        take(raw[static_cast<std::size_t>(i)], wanted);
    deliver(wanted);
    // The queue rings only when it stops being empty; a full chunk means that it isn't.
    if (count == static_cast<ssize_t>(kChunk) && !m_isFinished)
        QueueWaker::call(waker);
}

void RdKafkaConsumer::take(rd_kafka_message_t* message, std::vector<rd_kafka_message_t*>& wanted)
{
    if (m_isFinished) {
        // The rest of a chunk in which the last wanted record was found.
    } else if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
        endPartition(*message, wanted);
    } else if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
        deliver(wanted);
        partitionFailed(*message);
    } else {
        const Verdict verdict = judge(*message);
        if (verdict == Verdict::Take || verdict == Verdict::Last) {
            const Partition partition = verdict == Verdict::Last
                ? Partition{rd_kafka_topic_name(message->rkt), message->partition}
                : Partition{};
            wanted.push_back(message);
            const bool isLastOfAll = --m_left == 0;
            if (isLastOfAll || verdict == Verdict::Last)
                deliver(wanted);
            if (verdict == Verdict::Last)
                reachedEnd(partition);
            if (isLastOfAll)
                finish();
            return;
        }
        if (verdict == Verdict::BeyondEnd)
            endPartition(*message, wanted);
    }
    rd_kafka_message_destroy(message);
}

void RdKafkaConsumer::endPartition(
    const rd_kafka_message_t& message, std::vector<rd_kafka_message_t*>& wanted)
{
    deliver(wanted); // an end comes after the records before it
    reachedEnd({rd_kafka_topic_name(message.rkt), message.partition});
}

void RdKafkaConsumer::deliver(std::vector<rd_kafka_message_t*>& messages)
{
    if (messages.empty())
        return;
    if (m_events != nullptr && m_events->isWanted())
        emitEvents(messages);
    std::vector<Record> records;
    records.reserve(messages.size());
    for (const rd_kafka_message_t* message : messages)
        records.push_back(recordOf(*message));
    m_listener->call(
        [&](ConsumerListener& listener) { listener.recordsArrived(std::move(records)); });
    delivered(messages);
    for (rd_kafka_message_t* message : messages)
        rd_kafka_message_destroy(message);
    messages.clear();
}

void RdKafkaConsumer::emitEvents(const std::vector<rd_kafka_message_t*>& messages)
{
    const auto isSamePlace = [](const rd_kafka_message_t& a, const rd_kafka_message_t& b) {
        return a.partition == b.partition && a.rkt == b.rkt;
    };
    for (std::size_t i = 0; i < messages.size();) {
        const rd_kafka_message_t& first = *messages[i];
        std::int32_t count = 0;
        std::size_t bytes = 0;
        for (; i < messages.size() && isSamePlace(first, *messages[i]); ++i) {
            ++count;
            bytes += messages[i]->len + messages[i]->key_len;
        }
        m_events->recordsRead(first, count, bytes, m_options.clientId);
    }
}

void RdKafkaConsumer::finish()
{
    if (m_isFinished)
        return;
    stop();
    m_listener->call([](ConsumerListener& listener) { listener.finished(); });
}

void RdKafkaConsumer::fail(Error error)
{
    m_listener->call([&](ConsumerListener& listener) { listener.failed(std::move(error)); });
}

void RdKafkaConsumer::failAndFinish(Error error)
{
    fail(std::move(error));
    finish();
}

void RdKafkaConsumer::handleFailed(const Error& error, bool isFatal)
{
    // Waiting helps nobody whom the brokers don't let in.
    if (isFatal || error.code == ErrorCode::SaslAuthenticationFailed)
        failAndFinish(error);
    else
        fail(error);
}

} // namespace moldau::client
