// Produce, v3–13 (advertised from 0, as Kafka does for old librdkafka).
//
// v3 record batches v2 only, transactional id · v5 log start offset · v7 zstd · v8 per-record
// errors (KIP-467) · v9 flexible · v10 current leader hints (KIP-951) · v12 implicit transaction
// start (KIP-890) · v13 topic ids (KIP-516).
// acks=0 is never answered; an error then closes the connection. acks=1 is answered after the
// append, acks=-1 when the high watermark has passed it, or with REQUEST_TIMED_OUT.
// Checked in this order: acks, transaction, topic, leadership, min ISR, batch (storage's
// BatchValidator).
// Stricter than Kafka in one thing: of a producer that the log doesn't know, no batch is taken
// behind one that was refused here (RefusedSequences).

#include "broker/handlers/00_produce.h"

#include "broker/handlers/partitionwait.h"
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

using ProduceWait = PartitionWait<ProduceResponse>;

constexpr ProduceWait::Kind kReplication{
    &Partition::whenReplicated, &Partition::forgetReplicationWait};

void replicated(
    ProduceResponse& response, std::size_t topic, std::size_t index, ErrorCode outcome, Partition*)
{
    if (outcome == ErrorCode::None)
        return;
    PartitionAnswer& part = response.responses[topic].partitionResponses[index];
    part.errorCode = errorToWire(outcome);
    if (outcome != ErrorCode::RequestTimedOut) // then it is in the log all the same
        part.baseOffset = -1;
}

void addLeaderHint(const BrokerNode& broker, const Uuid& topicId, PartitionAnswer& part,
    ProduceResponse& response, const std::string& listener)
{
    const controller::PartitionImage* const image = broker.image().partition(topicId, part.index);
    if (image == nullptr)
        return;
    part.currentLeader.leaderId = image->leader;
    part.currentLeader.leaderEpoch = image->leaderEpoch;
    const controller::BrokerImage* const leader = broker.image().broker(image->leader);
    const controller::ListenerImage* const address
        = leader == nullptr ? nullptr : leader->listener(listener);
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

/** The batch's producer at the partition that the request names; none without a producer. */
std::optional<RefusedSequences::Key> producerAt(const ProduceRequest::TopicProduceData& topic,
    std::int32_t partition, const std::optional<storage::BatchHeader>& batch)
{
    if (!batch || !batch->hasProducer() || batch->baseSequence < 0)
        return std::nullopt;
    return RefusedSequences::Key{topic.name.empty() ? topic.topicId.toString() : topic.name,
        partition, batch->producerId, batch->producerEpoch};
}

void noteRefused(BrokerNode& broker, const ProduceRequest::TopicProduceData& topic,
    const ProduceRequest::PartitionProduceData& data, ErrorCode error)
{
    const auto batch = storage::BatchHeader::parse(data.records.data.bytes);
    if (auto producer = producerAt(topic, data.index, batch))
        broker.refusedSequences().note(
            std::move(*producer), {batch->baseSequence, error}, broker.world().loop.now());
}

/** What was refused of a batch's producer here, if anything, and the batch against it. */
class EarlierRefusal {
public:
    EarlierRefusal(BrokerNode& broker, const ProduceRequest::TopicProduceData& topic,
        const ProduceRequest::PartitionProduceData& data)
        : m_refused(broker.refusedSequences())
    {
        if (m_refused.isEmpty())
            return;
        const auto batch = storage::BatchHeader::parse(data.records.data.bytes);
        m_producer = producerAt(topic, data.index, batch);
        if (!m_producer)
            return;
        m_sequence = batch->baseSequence;
        m_refusal = m_refused.find(*m_producer, broker.world().loop.now());
    }

    std::optional<std::int32_t> sequence() const
    {
        return m_refusal ? std::optional(m_refusal->sequence) : std::nullopt;
    }
    /**
     * What is answered instead of `error`: a batch that is out of order because we refused the one
     * before it is refused for the same reason. Its client then sends both again, and need not
     * begin another epoch, in which it would send a second time what is there.
     */
    ErrorCode insteadOf(ErrorCode error) const
    {
        const bool isBehind = error == ErrorCode::OutOfOrderSequenceNumber && m_refusal
            && storage::BatchHeader::isSequenceAfter(m_sequence, m_refusal->sequence)
            && factsOf(m_refusal->error).isRetriable;
        return isBehind ? m_refusal->error : error;
    }
    void accepted()
    {
        if (m_refusal)
            m_refused.accepted(*m_producer, m_sequence);
    }

private:
    RefusedSequences& m_refused;
    std::optional<RefusedSequences::Key> m_producer;
    std::optional<RefusedSequences::Refusal> m_refusal;
    std::int32_t m_sequence = -1;
};

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

void emitRejected(BrokerNode& broker, const network::Exchange& exchange, const std::string& topic,
    std::int32_t partition, ErrorCode code)
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
    auto wait
        = std::make_shared<ProduceWait>(broker, std::move(exchange), kReplication, &replicated);
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
                noteRefused(broker, topic, data, code);
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
                const bool isKnown = image != nullptr
                    && broker.image().partition(image->id, data.index) != nullptr;
                refuse(isKnown                        ? ErrorCode::NotLeaderOrFollower
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
            EarlierRefusal earlier(broker, topic, data);
            context.lowestRefused = earlier.sequence();
            const auto appended = partition->append(data.records.data.bytes, context, needsMinIsr);
            if (!appended) {
                const storage::AppendFailure& failure = appended.error();
                refuse(earlier.insteadOf(failure.error.code), failure.error.message);
                for (const auto& error : failure.recordErrors) {
                    auto& entry = part.recordErrors.emplace_back();
                    entry.batchIndex = error.batchIndex;
                    entry.batchIndexErrorMessage = error.message;
                }
                continue;
            }
            earlier.accepted();
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
        return wait->begun(request.timeoutMs);
    if (hasFailed)
        owned.close("a produce request with acks=0 failed");
    else
        owned.answerNothing();
}

void noteRefusedProduce(BrokerNode& broker, const network::Exchange& exchange, ErrorCode error)
{
    const auto request
        = ProduceRequest::parse(exchange.body().bytes, exchange.version, exchange.body().owner);
    if (!request)
        return;
    for (const auto& topic : request->topicData)
        for (const auto& data : topic.partitionData)
            noteRefused(broker, topic, data, error);
}

} // namespace moldau::broker
