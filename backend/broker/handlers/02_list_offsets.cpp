// ListOffsets, v1–11.
//
// -1 latest (high watermark, or last stable offset for read_committed) · -2 earliest · -3 offset of
// the largest timestamp (v7) · -4 earliest local (v8) · -5 last tiered (v9) · -6 earliest pending
// upload (v11) · else the first record at or after that time, offset -1 when there is none.
// v2 isolation level · v4 leader epochs (KIP-320) · v5 OFFSET_NOT_AVAILABLE (KIP-207) · v6 flexible
// · v10 timeout. Nothing is tiered here: -4 is -2, -5 and -6 answer -1.

#include "broker/handlers/02_list_offsets.h"

#include "protocol/messages/listoffsetsresponse.h"

namespace moldau::broker {

namespace {

using protocol::ListOffsetsRequest;
using protocol::ListOffsetsResponse;
using Answer = ListOffsetsResponse::ListOffsetsPartitionResponse;

enum Special : std::int64_t {
    kLatest = -1,
    kEarliest = -2,
    kMaxTimestamp = -3,
    kEarliestLocal = -4,
    kLatestTiered = -5,
    kEarliestPendingUpload = -6,
};

void answerOffset(Answer& answer, Partition& partition, std::int64_t offset)
{
    answer.offset = offset;
    answer.timestamp = -1;
    answer.leaderEpoch = partition.leaderEpoch();
}

void lookUp(Answer& answer, Partition& partition, std::int64_t timestamp, bool readsCommitted,
    bool isReplica)
{
    storage::PartitionLog& log = partition.log();
    const std::int64_t end = isReplica ? log.logEndOffset()
        : readsCommitted               ? log.lastStableOffset()
                                       : log.highWatermark();
    const bool isEndUnknown = !isReplica && partition.isCatchingUpHighWatermark();
    if (timestamp == kLatest && isEndUnknown) {
        answer.errorCode = errorToWire(ErrorCode::OffsetNotAvailable);
        return;
    }
    if (timestamp == kLatest)
        return answerOffset(answer, partition, end);
    if (timestamp == kEarliest || timestamp == kEarliestLocal) {
        answerOffset(answer, partition, log.logStartOffset());
        if (const auto epoch = log.epochForOffset(log.logStartOffset()))
            answer.leaderEpoch = *epoch;
        return;
    }
    if (timestamp == kLatestTiered || timestamp == kEarliestPendingUpload) {
        answer.offset = -1;
        return;
    }
    const auto found = timestamp == kMaxTimestamp ? log.offsetOfMaxTimestamp()
                                                  : log.offsetForTimestamp(timestamp);
    if (!found) {
        answer.errorCode = errorToWire(found.error().code);
        return;
    }
    if (!*found || (*found)->offset >= end) { // nothing that this reader may see
        if (isEndUnknown)
            answer.errorCode = errorToWire(ErrorCode::OffsetNotAvailable);
        return;
    }
    answer.offset = (*found)->offset;
    answer.timestamp = (*found)->timestampMs;
    answer.leaderEpoch = (*found)->leaderEpoch;
}

} // namespace

void listOffsets(BrokerNode& broker, ListOffsetsRequest request, network::Exchange exchange)
{
    ListOffsetsResponse response;
    const bool isReplica = request.replicaId.value() >= 0;
    for (const auto& topic : request.topics) {
        auto& answers = response.topics.emplace_back();
        answers.name = topic.name;
        const controller::TopicImage* const image = broker.image().topic(topic.name);
        for (const auto& asked : topic.partitions) {
            Answer& answer = answers.partitions.emplace_back();
            answer.partitionIndex = asked.partitionIndex;
            answer.offset = -1;
            answer.timestamp = -1;
            Partition* const partition = image == nullptr
                ? nullptr
                : broker.replicas().find(image->id, asked.partitionIndex);
            ErrorCode refused = ErrorCode::None;
            if (partition != nullptr)
                refused = partition->check(asked.currentLeaderEpoch, true);
            else if (image != nullptr
                && broker.image().partition(image->id, asked.partitionIndex) != nullptr)
                refused = ErrorCode::NotLeaderOrFollower;
            else
                refused = ErrorCode::UnknownTopicOrPartition;
            answer.errorCode = errorToWire(refused);
            if (refused == ErrorCode::None)
                lookUp(answer, *partition, asked.timestamp, request.isolationLevel == 1, isReplica);
            if (exchange.version < 5
                && answer.errorCode == errorToWire(ErrorCode::OffsetNotAvailable))
                answer.errorCode = errorToWire(ErrorCode::LeaderNotAvailable);
            if (exchange.version < 4)
                answer.leaderEpoch = -1; // the older answer has no place for it
        }
    }
    exchange.answer(response);
}

} // namespace moldau::broker
