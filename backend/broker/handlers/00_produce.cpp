// Produce, v3–13 (advertised from 0, as Kafka does for old librdkafka).
//
// v3 record batches v2 only, transactional id · v5 log start offset · v7 zstd · v8 per-record
// errors (KIP-467) · v9 flexible · v10 current leader hints (KIP-951) · v12 implicit transaction
// start (KIP-890) · v13 topic ids (KIP-516).
// acks=0 is never answered; an error then closes the connection. acks=1 is answered after the
// append, acks=-1 when the high watermark has passed it, or with REQUEST_TIMED_OUT.
// Checked in this order: acks, transaction, topic, leadership, min ISR, batch (storage's
// BatchValidator).

#include "broker/handlers/00_produce.h"

#include "protocol/messages/produceresponse.h"

#include "protocol/partitioner.h"
#include "protocol/recordbatch.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace moldau::broker {

namespace {

using protocol::ProduceRequest;
using protocol::ProduceResponse;
using PartitionAnswer = ProduceResponse::PartitionProduceResponse;

constexpr std::int16_t kAcksAll = -1;

/**
 * One request's answer while partitions wait for their followers; it is these that keep it. When
 * they go without a word (the broker is killed) it goes too, and its connection closes.
 */
class ProduceWait : public std::enable_shared_from_this<ProduceWait> {
public:
    ProduceWait(BrokerNode& broker, network::Exchange exchange)
        : m_broker(broker)
        , m_exchange(std::move(exchange))
        , m_timeout(broker.world().loop)
    {
    }

    ProduceResponse response;
    network::Exchange& exchange() { return m_exchange; }

    void waitFor(Partition& partition, std::size_t topic, std::size_t index, std::int64_t offset)
    {
        ++m_open;
        const std::uint64_t ticket = partition.whenReplicated(
            offset, [self = shared_from_this(), topic, index](ErrorCode outcome) {
                self->finish(topic, index, outcome);
            });
        if (ticket != 0)
            m_tickets.push_back({partition.topicId(), partition.name().partition, ticket, topic, index});
    }

    /** All partitions have been appended: answers, or starts to wait. */
    void appended(std::int32_t timeoutMs)
    {
        m_isAppended = true;
        if (m_open == 0)
            return answer();
        m_timeout.start(std::chrono::milliseconds(std::max(timeoutMs, 0)), [weak = weak_from_this()] {
            if (const auto self = weak.lock())
                self->timedOut();
        });
    }

private:
    struct Ticket {
        Uuid topicId;
        std::int32_t partition;
        std::uint64_t ticket;
        std::size_t topic;
        std::size_t index;
    };

    void finish(std::size_t topic, std::size_t index, ErrorCode outcome)
    {
        if (outcome != ErrorCode::None) {
            PartitionAnswer& part = response.responses[topic].partitionResponses[index];
            part.errorCode = errorToWire(outcome);
            part.baseOffset = -1;
        }
        if (--m_open == 0 && m_isAppended)
            answer();
    }

    void timedOut()
    {
        for (const Ticket& ticket : std::exchange(m_tickets, {})) {
            Partition* const partition = m_broker.replicas().find(ticket.topicId, ticket.partition);
            if (partition == nullptr || !partition->forgetReplicationWait(ticket.ticket))
                continue; // was answered in time
            response.responses[ticket.topic].partitionResponses[ticket.index].errorCode
                = errorToWire(ErrorCode::RequestTimedOut);
        }
        answer();
    }

    void answer()
    {
        m_timeout.cancel();
        m_exchange.answer(response);
    }

    BrokerNode& m_broker;
    network::Exchange m_exchange;
    Timer m_timeout;
    std::vector<Ticket> m_tickets;
    std::size_t m_open = 0;
    bool m_isAppended = false;
};

void addLeaderHint(const BrokerNode& broker, const Uuid& topicId, PartitionAnswer& part, ProduceResponse& response,
    const std::string& listener)
{
    const controller::PartitionImage* const image = broker.image().partition(topicId, part.index);
    if (image == nullptr)
        return;
    part.currentLeader.leaderId = image->leader;
    part.currentLeader.leaderEpoch = image->leaderEpoch;
    const controller::BrokerImage* const leader = broker.image().broker(image->leader);
    const controller::ListenerImage* const address = leader == nullptr ? nullptr : leader->listener(listener);
    const bool isKnown = std::any_of(response.nodeEndpoints.begin(), response.nodeEndpoints.end(),
        [&](const auto& node) { return node.nodeId == image->leader; });
    if (address == nullptr || isKnown)
        return;
    auto& node = response.nodeEndpoints.emplace_back();
    node.nodeId = image->leader;
    node.host = address->address.host;
    node.port = address->address.port;
    node.rack = leader->rack;
}

std::uint32_t colourKeyOf(BytesView batch)
{
    constexpr std::size_t kMostBytes = 64 * 1024;
    if (batch.size() > kMostBytes)
        return 0;
    const auto parsed = protocol::BatchView::parse(batch);
    if (!parsed)
        return 0;
    const auto first = parsed->firstRecord();
    if (!first || !first->has_value() || !(**first)[0].key)
        return 0;
    return static_cast<std::uint32_t>(protocol::murmur2(*(**first)[0].key)) | 1u; // 0 is "no key"
}

void emitAppend(BrokerNode& broker, const network::Exchange& exchange, const Partition& partition,
    const storage::AppendInfo& info, BytesView batch)
{
    EventSink& events = broker.world().events;
    Event event;
    event.timeNs = broker.world().loop.wallClockMs() * 1'000'000;
    event.kind = EventKind::BatchAppended;
    event.node = broker.self();
    event.connection = exchange.connection().id;
    event.correlation = exchange.correlation;
    event.topic = events.intern(partition.name().topic);
    event.topicId = partition.topicId();
    event.partition = partition.name().partition;
    event.name = events.intern(exchange.clientId);
    event.offset = info.baseOffset;
    event.count = info.recordCount;
    event.bytes = info.bytes;
    event.epoch = partition.leaderEpoch();
    event.key = colourKeyOf(batch);
    events.publish(event);
}

void emitRejected(BrokerNode& broker, const network::Exchange& exchange, const std::string& topic, std::int32_t partition,
    ErrorCode code)
{
    EventSink& events = broker.world().events;
    Event event;
    event.timeNs = broker.world().loop.wallClockMs() * 1'000'000;
    event.kind = EventKind::ProduceRejected;
    event.node = broker.self();
    event.connection = exchange.connection().id;
    event.correlation = exchange.correlation;
    event.topic = events.intern(topic);
    event.partition = partition;
    event.name = events.intern(exchange.clientId);
    event.error = errorToWire(code);
    events.publish(event);
}

} // namespace

void produce(BrokerNode& broker, ProduceRequest request, network::Exchange exchange)
{
    const bool hasAnswer = request.acks != 0;
    const bool hasValidAcks = request.acks >= -1 && request.acks <= 1;
    const bool needsMinIsr = request.acks == kAcksAll;
    const std::int16_t version = exchange.version;
    const std::string listener = exchange.connection().listener;
    const bool isWatched = broker.world().events.isWanted();
    bool hasFailed = false;
    auto wait = std::make_shared<ProduceWait>(broker, std::move(exchange));
    network::Exchange& owned = wait->exchange();

    wait->response.responses.resize(request.topicData.size());
    for (std::size_t t = 0; t < request.topicData.size(); ++t) {
        auto& topic = request.topicData[t];
        auto& answer = wait->response.responses[t];
        const bool usesIds = version >= 13;
        const controller::TopicImage* const image
            = usesIds ? broker.image().topic(topic.topicId) : broker.image().topic(topic.name);
        answer.name = topic.name;
        answer.topicId = topic.topicId;
        answer.partitionResponses.resize(topic.partitionData.size());
        for (std::size_t p = 0; p < topic.partitionData.size(); ++p) {
            auto& data = topic.partitionData[p];
            PartitionAnswer& part = answer.partitionResponses[p];
            part.index = data.index;
            part.baseOffset = -1;
            const auto refuse = [&](ErrorCode code, std::string message) {
                part.errorCode = errorToWire(code);
                if (!message.empty())
                    part.errorMessage = std::move(message);
                hasFailed = true;
                if (isWatched)
                    emitRejected(broker, owned, image ? image->name : topic.name, data.index, code);
            };
            if (!hasValidAcks) {
                refuse(ErrorCode::InvalidRequiredAcks, {});
                continue;
            }
            Partition* const partition
                = image == nullptr ? nullptr : broker.replicas().find(image->id, data.index);
            if (partition == nullptr || !partition->isLeader()) {
                const bool isKnown = image != nullptr && broker.image().partition(image->id, data.index) != nullptr;
                refuse(isKnown ? ErrorCode::NotLeaderOrFollower
                        : usesIds && image == nullptr ? ErrorCode::UnknownTopicId
                                                      : ErrorCode::UnknownTopicOrPartition,
                    {});
                if (isKnown && version >= 10)
                    addLeaderHint(broker, image->id, part, wait->response, listener);
                continue;
            }
            storage::LeaderAppend context;
            context.leaderEpoch = partition->leaderEpoch();
            context.nowMs = broker.world().loop.wallClockMs();
            context.produceVersion = version;
            const auto appended = partition->append(data.records.data.bytes, context, needsMinIsr);
            if (!appended) {
                const storage::AppendFailure& failure = appended.error();
                refuse(failure.error.code, failure.error.message);
                for (const auto& error : failure.recordErrors) {
                    auto& entry = part.recordErrors.emplace_back();
                    entry.batchIndex = error.batchIndex;
                    entry.batchIndexErrorMessage = error.message;
                }
                continue;
            }
            part.baseOffset = appended->baseOffset;
            part.logAppendTimeMs = appended->logAppendTimeMs;
            part.logStartOffset = appended->logStartOffset;
            if (isWatched && !appended->isDuplicate)
                emitAppend(broker, owned, *partition, *appended, data.records.data.bytes);
            if (needsMinIsr)
                wait->waitFor(*partition, t, p, appended->lastOffset + 1);
        }
    }
    if (hasAnswer)
        return wait->appended(request.timeoutMs);
    if (hasFailed)
        owned.close("a produce request with acks=0 failed");
    else
        owned.answerNothing();
}

} // namespace moldau::broker
