#include "client/rdkafkaproducer.h"

#include "client/rdkafkaerror.h"
#include "client/rdkafkaeventsource.h"

#include <vector>

namespace moldau::client {

/** The client for one acks value and the records that are on their way through it. */
class RdKafkaProducer::Lane final : public RdKafkaListener {
public:
    Lane(std::shared_ptr<RdKafkaHandle> handle, Acks acks, RdKafkaEventSource* events)
        : m_handle(std::move(handle))
        , m_acks(acks)
        , m_events(events)
    {
        m_handle->setListener(this);
        m_mainQueue.reset(rd_kafka_queue_get_main(m_handle->get()));
        m_waker = m_handle->wakeOn(m_mainQueue.get(), [this] { poll(); });
    }
    ~Lane() override
    {
        m_handle->setListener(nullptr);
        for (auto& [id, sent] : m_sent)
            sent.answer(fail(ErrorCode::LocalCancelled,
                "The producer was closed before the record was acknowledged."));
    }

    void send(RecordToSend record, Answer<SendReceipt> answer);
    /** True after an error from which an idempotent producer can't recover. */
    bool isBroken() const { return m_isBroken; }

private:
    struct Sent {
        Answer<SendReceipt> answer;
        std::uint32_t keyHash = 0;
    };

    void handleFailed(const Error& error, bool isFatal) override;
    void messageDelivered(const rd_kafka_message_t& message) override;
    void poll();

    std::shared_ptr<RdKafkaHandle> m_handle;
    Acks m_acks;
    RdKafkaEventSource* m_events;
    RdKafkaQueue m_mainQueue;
    std::shared_ptr<QueueWaker> m_waker;
    std::unordered_map<std::uintptr_t, Sent> m_sent;
    std::uintptr_t m_lastId = 0;
    bool m_isBroken = false;
};

namespace {

/** librdkafka tells null and empty apart by the pointer. */
void* pointerOf(std::optional<Bytes>& bytes)
{
    static std::uint8_t empty = 0;
    if (!bytes)
        return nullptr;
    return bytes->empty() ? &empty : bytes->data();
}

std::size_t sizeOf(const std::optional<Bytes>& bytes)
{
    return bytes ? bytes->size() : 0;
}

rd_kafka_headers_t* headersOf(std::vector<Header>& headers)
{
    if (headers.empty())
        return nullptr;
    rd_kafka_headers_t* list = rd_kafka_headers_new(headers.size());
    for (Header& header : headers) {
        rd_kafka_header_add(list, header.key.data(), static_cast<ssize_t>(header.key.size()),
            pointerOf(header.value), static_cast<ssize_t>(sizeOf(header.value)));
    }
    return list;
}

} // namespace

void RdKafkaProducer::Lane::send(RecordToSend record, Answer<SendReceipt> answer)
{
    const std::uintptr_t id = ++m_lastId;
    rd_kafka_headers_t* headers = headersOf(record.headers);
    const auto variable = [](rd_kafka_vtype_t type) {
        rd_kafka_vu_t item{};
        item.vtype = type;
        return item;
    };
    std::vector<rd_kafka_vu_t> arguments;
    arguments.reserve(7);
    arguments.push_back(variable(RD_KAFKA_VTYPE_TOPIC));
    arguments.back().u.cstr = record.topic.c_str();
    arguments.push_back(variable(RD_KAFKA_VTYPE_PARTITION));
    arguments.back().u.i32 = record.partition.value_or(RD_KAFKA_PARTITION_UA);
    arguments.push_back(variable(RD_KAFKA_VTYPE_VALUE));
    arguments.back().u.mem = {pointerOf(record.value), sizeOf(record.value)};
    arguments.push_back(variable(RD_KAFKA_VTYPE_KEY));
    arguments.back().u.mem = {pointerOf(record.key), sizeOf(record.key)};
    arguments.push_back(variable(RD_KAFKA_VTYPE_MSGFLAGS));
    arguments.back().u.i = RD_KAFKA_MSG_F_COPY;
    arguments.push_back(variable(RD_KAFKA_VTYPE_OPAQUE));
    arguments.back().u.ptr = reinterpret_cast<void*>(id); // NOLINT: an id, never followed
    if (headers != nullptr) {
        arguments.push_back(variable(RD_KAFKA_VTYPE_HEADERS));
        arguments.back().u.headers = headers;
    }
    rd_kafka_error_t* error
        = rd_kafka_produceva(m_handle->get(), arguments.data(), arguments.size());
    if (error == nullptr) {
        RdKafkaHandle::learnTopic(m_handle, record.topic);
        const std::uint32_t hash
            = record.key && m_events != nullptr ? RdKafkaEventSource::hashOfKey(*record.key) : 0;
        m_sent.emplace(id, Sent{std::move(answer), hash});
        return;
    }
    if (headers != nullptr)
        rd_kafka_headers_destroy(headers);
    const Error explained = explain(rd_kafka_error_code(error), rd_kafka_error_string(error));
    m_isBroken = m_isBroken || rd_kafka_error_is_fatal(error) != 0;
    rd_kafka_error_destroy(error);
    answer(fail(explained));
}

void RdKafkaProducer::Lane::handleFailed(const Error& error, bool isFatal)
{
    m_isBroken = m_isBroken || isFatal;
    // Waiting helps nobody whom the brokers don't let in; Java's producer fails at once, too.
    if (error.code == ErrorCode::SaslAuthenticationFailed)
        rd_kafka_purge(m_handle->get(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_NON_BLOCKING);
}

void RdKafkaProducer::Lane::messageDelivered(const rd_kafka_message_t& message)
{
    auto sent = m_sent.extract(reinterpret_cast<std::uintptr_t>(message._private)); // NOLINT: an id
    if (sent.empty())
        return;
    if (m_events != nullptr)
        m_events->recordSent(message, sent.mapped().keyHash);
    if (message.err != RD_KAFKA_RESP_ERR_NO_ERROR) {
        Error error = explain(message.err, rd_kafka_message_errstr(&message));
        // A record that waited too long for its broker says little; the broker's trouble says more.
        const Error trouble = m_handle->lastTrouble();
        if (message.err == RD_KAFKA_RESP_ERR__MSG_TIMED_OUT && trouble.code != ErrorCode::None)
            error.message += " Last trouble: " + trouble.message;
        if (message.err == RD_KAFKA_RESP_ERR__PURGE_QUEUE && trouble.code != ErrorCode::None)
            error = trouble;
        sent.mapped().answer(fail(std::move(error)));
        return;
    }
    SendReceipt receipt;
    receipt.partition = message.partition;
    receipt.offset = m_acks == Acks::None ? -1 : message.offset;
    receipt.timestampMs = rd_kafka_message_timestamp(&message, nullptr);
    receipt.latencyNs = rd_kafka_message_latency(&message) * 1000;
    sent.mapped().answer(receipt);
}

void RdKafkaProducer::Lane::poll()
{
    // Handlers may drop this lane's owner; the handle has to outlast its own callbacks.
    const auto handle = m_handle;
    handle->poll();
}

RdKafkaProducer::RdKafkaProducer(HandleFactory make, RdKafkaEventSource* events)
    : m_make(std::move(make))
    , m_events(events)
{
}

RdKafkaProducer::~RdKafkaProducer() = default;

void RdKafkaProducer::send(RecordToSend record, Answer<SendReceipt> answer)
{
    const auto lane = laneFor(record.acks);
    if (!lane)
        return answer(fail(lane.error()));
    (*lane)->send(std::move(record), std::move(answer));
}

Result<RdKafkaProducer::Lane*> RdKafkaProducer::laneFor(Acks acks)
{
    auto& lane = m_lanes[acks];
    if (lane != nullptr && lane->isBroken())
        lane.reset();
    if (lane == nullptr) {
        Properties properties{{"acks", std::to_string(static_cast<int>(acks))}};
        // As Java's producer: idempotent wherever all replicas acknowledge.
        properties.emplace_back("enable.idempotence", acks == Acks::All ? "true" : "false");
        auto handle = m_make(std::move(properties));
        if (!handle)
            return fail(handle.error());
        lane = std::make_unique<Lane>(std::move(*handle), acks, m_events);
    }
    return lane.get();
}

} // namespace moldau::client
