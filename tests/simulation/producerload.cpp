#include "producerload.h"

#include "protocol/batchbuilder.h"
#include "protocol/messages/initproduceridrequest.h"
#include "protocol/messages/initproduceridresponse.h"
#include "protocol/messages/producerequest.h"
#include "protocol/messages/produceresponse.h"

#include <algorithm>

#include <fmt/format.h>

namespace moldau::simulation {

using namespace std::chrono_literals;

namespace {

constexpr std::int16_t kProduceVersion = 12; // the last that names topics
constexpr std::size_t kMostUnderWay = 5; // what brokers remember of a producer
constexpr double kMissedAnswers = 0.04;
constexpr double kNewEpochs = 0.02;
constexpr double kNewProducers = 0.15;

} // namespace

void LoadProducer::start()
{
    for (std::int32_t partition = 0; partition < m_history.partitions(); ++partition) {
        Lane& lane = *m_lanes.emplace_back(std::make_unique<Lane>());
        lane.partition = partition;
        ++m_busy;
        beBorn(lane);
    }
}

void LoadProducer::beBorn(Lane& lane)
{
    lane.isWaiting = true;
    protocol::InitProducerIdRequest request;
    request.transactionalId.reset();
    constexpr std::int16_t kVersion = 4;
    m_client.call<protocol::InitProducerIdResponse>(m_client.anyBroker(), request, kVersion,
        [this, &lane](Result<protocol::InitProducerIdResponse> answer) {
            if (!answer || answer->errorCode != 0)
                return tryAgain([this, &lane] { beBorn(lane); });
            lane.id = answer->producerId;
            lane.epoch = answer->producerEpoch;
            lane.sequence = 0;
            lane.isWaiting = false;
            goOn(lane);
        });
}

void LoadProducer::wake(Lane& lane, Duration delay)
{
    if (std::exchange(lane.isWaiting, true))
        return;
    later(delay, [this, &lane] {
        lane.isWaiting = false;
        goOn(lane);
    });
}

void LoadProducer::goOn(Lane& lane)
{
    if (lane.isWaiting)
        return;
    // Whoever leads may have been deposed, but nobody asks a broker that no other names.
    const bool isLost = lane.underWay == 0 && knownLeaderOf(lane.partition) == 0;
    if (lane.isDraining || isLost) {
        if (lane.underWay > 0)
            return;
        lane.isDraining = false;
        lane.isWaiting = true;
        return tryAgain([this, &lane] {
            lane.isWaiting = false;
            goOn(lane);
        });
    }
    const bool isIdle = lane.batches.empty() && lane.underWay == 0;
    if (m_isStopping && isIdle) {
        if (!std::exchange(lane.isDone, true))
            --m_busy;
        return;
    }
    if (isIdle && lane.sequence > 0) {
        if (m_client.time().happens(kNewProducers))
            return beBorn(lane);
        if (m_client.time().happens(kNewEpochs)) {
            ++lane.epoch;
            lane.sequence = 0;
        }
    }
    if (!m_isStopping) {
        const auto wanted
            = static_cast<std::size_t>(m_client.time().between(std::int64_t{1}, kMostUnderWay));
        while (lane.batches.size() < wanted)
            make(lane);
    }
    // What is under way to one leader is waited for before another gets anything.
    const int leader = knownLeaderOf(lane.partition);
    if (lane.underWay > 0 && leader != 0 && leader != lane.leader)
        return;
    if (lane.underWay == 0)
        lane.leader = leader;
    // All at once, or one after the other, so that something may happen between them.
    const bool isBurst = m_client.time().happens(0.3);
    for (const auto& batch : lane.batches) {
        if (batch->isUnderWay)
            continue;
        send(lane, batch);
        if (!isBurst)
            return wake(lane, m_client.time().between(Duration(0ms), Duration(4ms)));
    }
}

void LoadProducer::make(Lane& lane)
{
    protocol::BatchOptions options;
    options.producerId = lane.id;
    options.producerEpoch = lane.epoch;
    options.baseSequence = lane.sequence;
    protocol::BatchBuilder builder(options);
    auto batch = std::make_shared<Batch>();
    batch->baseSequence = lane.sequence;
    const auto count = m_client.time().between(std::int64_t{1}, 4);
    for (std::int64_t i = 0; i < count; ++i) {
        batch->values.push_back(
            fmt::format("{}/{}/{}", m_client.name(), lane.partition, lane.count++));
        builder.append(
            m_client.host().loop.wallClockMs(), std::nullopt, asBytes(batch->values.back()));
    }
    batch->bytes = builder.build().value();
    lane.sequence += static_cast<std::int32_t>(count);
    lane.batches.push_back(std::move(batch));
}

void LoadProducer::send(Lane& lane, const std::shared_ptr<Batch>& batch)
{
    protocol::ProduceRequest request;
    request.acks = -1;
    request.timeoutMs = 1500;
    auto& topic = request.topicData.emplace_back();
    topic.name = m_history.topic();
    auto& data = topic.partitionData.emplace_back();
    data.index = lane.partition;
    data.records.data = Slice(Bytes(batch->bytes));
    batch->isUnderWay = true;
    ++lane.underWay;
    m_client.call<protocol::ProduceResponse>(lane.leader, request, kProduceVersion,
        [this, &lane, batch](Result<protocol::ProduceResponse> answer) {
            batch->isUnderWay = false;
            --lane.underWay;
            if (!answer || m_client.time().happens(kMissedAnswers)) {
                failed(lane, *batch);
            } else {
                const auto& result = answer->responses.front().partitionResponses.front();
                answered(lane, batch, errorFromWire(result.errorCode), result.baseOffset);
            }
            goOn(lane);
        });
}

void LoadProducer::answered(
    Lane& lane, const std::shared_ptr<Batch>& batch, ErrorCode error, std::int64_t baseOffset)
{
    if (error == ErrorCode::None || error == ErrorCode::DuplicateSequenceNumber)
        return delivered(lane, batch, error == ErrorCode::None ? baseOffset : -1);
    const bool isBehindFailed = !lane.batches.empty() && lane.batches.front() != batch;
    const bool isExpected = factsOf(error).isRetriable
        || (error == ErrorCode::OutOfOrderSequenceNumber && isBehindFailed);
    if (!isExpected)
        m_history.violation(fmt::format("{} got {} for {}-{}, sequence {} of epoch {}",
            m_client.name(), factsOf(error).name, m_history.topic(), lane.partition,
            batch->baseSequence, lane.epoch));
    failed(lane, *batch);
}

void LoadProducer::failed(Lane& lane, Batch& batch)
{
    batch.hasFailed = true;
    lane.isDraining = true;
}

void LoadProducer::delivered(
    Lane& lane, const std::shared_ptr<Batch>& batch, std::int64_t baseOffset)
{
    const auto place = std::find(lane.batches.begin(), lane.batches.end(), batch);
    if (place == lane.batches.end())
        return; // a later one told so already
    if (baseOffset < 0)
        m_history.acknowledgedSomewhere(lane.partition, batch->values);
    for (std::size_t i = 0; baseOffset >= 0 && i < batch->values.size(); ++i)
        m_history.acknowledged(
            lane.partition, baseOffset + static_cast<std::int64_t>(i), batch->values[i]);
    for (auto earlier = lane.batches.begin(); earlier != place; ++earlier)
        m_history.acknowledgedSomewhere(lane.partition, (*earlier)->values);
    lane.batches.erase(lane.batches.begin(), std::next(place));
    if (!lane.isDraining)
        wake(lane, m_client.time().between(Duration(1ms), Duration(40ms)));
}

} // namespace moldau::simulation
