// DeleteRecords, v0–2.
//
// Moves the leader's log start to the offset asked (-1: the high watermark). Answered when all live
// replicas have followed, which they learn with their next fetch, or with REQUEST_TIMED_OUT; the
// low watermark that is answered is the least log start among them.
// INVALID_TOPIC_EXCEPTION for internal topics; POLICY_VIOLATION where cleanup.policy has no delete;
// OFFSET_OUT_OF_RANGE above the high watermark.

#include "broker/handlers/21_delete_records.h"

#include "broker/handlers/partitionwait.h"
#include "controller/topicnames.h"
#include "protocol/messages/deleterecordsresponse.h"

namespace moldau::broker {

namespace {

using protocol::DeleteRecordsResponse;
using DeletedAnswer = DeleteRecordsResponse::DeleteRecordsPartitionResult;
using DeletionWait = PartitionWait<DeleteRecordsResponse>;

constexpr DeletionWait::Kind kDeletion{&Partition::whenDeleted, &Partition::forgetDeletionWait};
constexpr std::int64_t kToHighWatermark = -1;

void deleted(DeleteRecordsResponse& response, std::size_t topic, std::size_t index,
    ErrorCode outcome, Partition* partition)
{
    DeletedAnswer& answer = response.topics[topic].partitions[index];
    answer.errorCode = errorToWire(outcome);
    const bool isKnown = partition != nullptr && partition->isLeader();
    answer.lowWatermark = isKnown ? partition->lowWatermark() : -1;
}

/** The offset up to which records are gone from the leader, or why they aren't. */
Result<std::int64_t> deleteUpTo(Partition& partition, std::int64_t offset)
{
    if (controller::isInternalTopic(partition.name().topic))
        return fail(ErrorCode::InvalidTopicException, "records of internal topics are not deleted");
    if (!partition.isLeader())
        return fail(ErrorCode::NotLeaderOrFollower, "not the leader");
    storage::PartitionLog& log = partition.log();
    if (!log.config().isDelete)
        return fail(ErrorCode::PolicyViolation, "cleanup.policy has no delete");
    const std::int64_t target = offset == kToHighWatermark ? log.highWatermark() : offset;
    if (target < 0 || target > log.highWatermark())
        return fail(ErrorCode::OffsetOutOfRange, "above the high watermark");
    if (auto moved = log.advanceLogStartOffset(target); !moved)
        return fail(moved.error());
    partition.logStartMoved();
    return target;
}

} // namespace

void deleteRecords(
    BrokerNode& broker, protocol::DeleteRecordsRequest request, network::Exchange exchange)
{
    auto wait = std::make_shared<DeletionWait>(broker, std::move(exchange), kDeletion, &deleted);
    wait->response.topics.resize(request.topics.size());
    for (std::size_t t = 0; t < request.topics.size(); ++t) {
        const auto& topic = request.topics[t];
        auto& answers = wait->response.topics[t];
        answers.name = topic.name;
        answers.partitions.resize(topic.partitions.size());
        for (std::size_t p = 0; p < topic.partitions.size(); ++p) {
            const auto& asked = topic.partitions[p];
            DeletedAnswer& answer = answers.partitions[p];
            answer.partitionIndex = asked.partitionIndex;
            answer.lowWatermark = -1;
            Partition* const partition = broker.replicas().find(topic.name, asked.partitionIndex);
            if (partition == nullptr) {
                answer.errorCode
                    = errorToWire(broker.replicas().whyMissing(topic.name, asked.partitionIndex));
                continue;
            }
            const auto target = deleteUpTo(*partition, asked.offset);
            if (target)
                wait->waitFor(*partition, t, p, *target);
            else
                answer.errorCode = errorToWire(target.error().code);
        }
    }
    wait->begun(request.timeoutMs);
}

} // namespace moldau::broker
