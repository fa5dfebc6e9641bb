// DeleteRecords, v0–2.
//
// Moves the leader's log start to the offset asked (-1: the high watermark); followers learn it
// with their next fetch, which is woken for it; the answer does not wait for them (Kafka's does).
// OFFSET_OUT_OF_RANGE above the high watermark; POLICY_VIOLATION where cleanup.policy has no
// delete.

#include "broker/handlers/21_delete_records.h"

#include "protocol/messages/deleterecordsresponse.h"

namespace moldau::broker {

namespace {

using Answer = protocol::DeleteRecordsResponse::DeleteRecordsPartitionResult;

void deleteUpTo(Answer& answer, Partition& partition, std::int64_t offset)
{
    answer.lowWatermark = -1;
    const auto refuse = [&](ErrorCode code) { answer.errorCode = errorToWire(code); };
    if (!partition.isLeader())
        return refuse(ErrorCode::NotLeaderOrFollower);
    storage::PartitionLog& log = partition.log();
    if (!log.config().isDelete)
        return refuse(ErrorCode::PolicyViolation);
    const std::int64_t target = offset == -1 ? log.highWatermark() : offset;
    if (target < 0 || target > log.highWatermark())
        return refuse(ErrorCode::OffsetOutOfRange);
    if (const auto moved = log.advanceLogStartOffset(target); !moved)
        return refuse(moved.error().code);
    partition.logStartMoved();
    answer.lowWatermark = log.logStartOffset();
}

} // namespace

void deleteRecords(BrokerNode& broker, protocol::DeleteRecordsRequest request, network::Exchange exchange)
{
    protocol::DeleteRecordsResponse response;
    for (const auto& topic : request.topics) {
        auto& answers = response.topics.emplace_back();
        answers.name = topic.name;
        for (const auto& asked : topic.partitions) {
            Answer& answer = answers.partitions.emplace_back();
            answer.partitionIndex = asked.partitionIndex;
            Partition* const partition = broker.replicas().find(topic.name, asked.partitionIndex);
            if (partition != nullptr) {
                deleteUpTo(answer, *partition, asked.offset);
                continue;
            }
            const controller::TopicImage* const image = broker.image().topic(topic.name);
            const bool isKnown
                = image != nullptr && broker.image().partition(image->id, asked.partitionIndex) != nullptr;
            answer.lowWatermark = -1;
            answer.errorCode
                = errorToWire(isKnown ? ErrorCode::NotLeaderOrFollower : ErrorCode::UnknownTopicOrPartition);
        }
    }
    exchange.answer(response);
}

} // namespace moldau::broker
