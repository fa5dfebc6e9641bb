#include "client/wirehelpers.h"

#include <fmt/format.h>

namespace moldau::client {

namespace {

std::string_view sentenceFor(ErrorCode code)
{
    switch (code) {
    case ErrorCode::UnknownTopicOrPartition:
        return "This server does not host this topic-partition.";
    case ErrorCode::LeaderNotAvailable:
        return "The partition has no leader at the moment.";
    case ErrorCode::NotLeaderOrFollower:
        return "The broker that was asked doesn't lead the partition any more.";
    case ErrorCode::OffsetOutOfRange:
        return "The offset lies outside of the partition's log.";
    case ErrorCode::NonEmptyGroup:
        return "The group is not empty.";
    case ErrorCode::GroupIdNotFound:
        return "The group id does not exist.";
    case ErrorCode::GroupSubscribedToTopic:
        return "Deleting offsets of a topic is forbidden while the consumer group is actively "
               "subscribed to it.";
    case ErrorCode::UnknownMemberId:
        return "The coordinator is not aware of this member.";
    case ErrorCode::CoordinatorNotAvailable:
        return "The group's coordinator is not available.";
    case ErrorCode::NotController:
        return "The controller has moved, and no broker found the new one in time.";
    case ErrorCode::ElectionNotNeeded:
        return "The preferred replica leads already.";
    case ErrorCode::PreferredLeaderNotAvailable:
        return "The preferred replica is not up, or not in sync.";
    case ErrorCode::NoReassignmentInProgress:
        return "Nothing is being reassigned there any more.";
    case ErrorCode::InvalidReplicaAssignment:
        return "The brokers that were chosen can't be the replicas.";
    case ErrorCode::KafkaStorageError:
        return "The log directory has failed.";
    case ErrorCode::TopicAuthorizationFailed:
        return "The user may not do this with the topic.";
    case ErrorCode::GroupAuthorizationFailed:
        return "The user may not do this with the group.";
    case ErrorCode::ClusterAuthorizationFailed:
        return "The user may not do this with the cluster.";
    case ErrorCode::PolicyViolation:
        return "A policy of the cluster forbids it.";
    case ErrorCode::RequestTimedOut:
        return "The cluster didn't finish in time; it may still do it.";
    default:
        return {};
    }
}

} // namespace

Error wireError(std::int16_t code, const std::optional<std::string>& message)
{
    const ErrorCode known = errorFromWire(code);
    if (message && !message->empty())
        return {known, *message};
    const std::string_view sentence = sentenceFor(known);
    return {known,
        sentence.empty() ? fmt::format("The broker answered {}.", factsOf(known).name)
                         : std::string(sentence)};
}

Error incompleteAnswer()
{
    return {ErrorCode::LocalCorruptData, "The broker's answer doesn't name what was asked for."};
}

} // namespace moldau::client
