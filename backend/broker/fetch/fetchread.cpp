#include "broker/fetch/fetchread.h"

#include <algorithm>

namespace moldau::broker {

Partition* FetchRead::partitionOf(const FetchedPartition& fetched) const
{
    return fetched.topicId.isZero() ? m_replicas.find(fetched.topic, fetched.request.partition)
                                    : m_replicas.find(fetched.topicId, fetched.request.partition);
}

ErrorCode FetchRead::missingReason(const FetchedPartition& fetched) const
{
    const bool hasId = !fetched.topicId.isZero();
    const controller::TopicImage* const topic
        = hasId ? m_image.topic(fetched.topicId) : m_image.topic(fetched.topic);
    if (topic == nullptr)
        return hasId ? ErrorCode::UnknownTopicId : ErrorCode::UnknownTopicOrPartition;
    const bool isKnown = fetched.request.partition >= 0
        && static_cast<std::size_t>(fetched.request.partition) < topic->partitions.size();
    return isKnown ? ErrorCode::NotLeaderOrFollower : ErrorCode::UnknownTopicOrPartition;
}

void FetchRead::addLeader(
    Data& data, const FetchedPartition& fetched, const FetchTerms& terms) const
{
    if (terms.version < 16) // KIP-951
        return;
    const controller::TopicImage* const topic
        = fetched.topicId.isZero() ? m_image.topic(fetched.topic) : m_image.topic(fetched.topicId);
    const controller::PartitionImage* const image
        = topic == nullptr ? nullptr : m_image.partition(topic->id, fetched.request.partition);
    if (image == nullptr)
        return;
    data.currentLeader.leaderId = image->leader;
    data.currentLeader.leaderEpoch = image->leaderEpoch;
}

FetchOutcome::Part FetchRead::readOne(
    FetchedPartition& fetched, const FetchTerms& terms, std::int64_t room, bool isFirst) const
{
    FetchOutcome::Part part{&fetched, {}};
    Data& data = part.data;
    fetched.isQuiet = false;
    fetched.wasServed = false;
    data.partitionIndex = fetched.request.partition;
    data.highWatermark = -1;
    data.records.isNull = false;
    const auto failWith = [&](ErrorCode code) {
        data.errorCode = errorToWire(code);
        if (code == ErrorCode::NotLeaderOrFollower || code == ErrorCode::FencedLeaderEpoch)
            addLeader(data, fetched, terms);
        return std::move(part);
    };
    Partition* const partition = part.partition = partitionOf(fetched);
    if (partition == nullptr)
        return failWith(missingReason(fetched));
    const bool isFollower = terms.follower != kNoBroker;
    // A follower may only fetch from the leader; a consumer too, as rack-aware reading is not
    // chosen by us.
    if (const ErrorCode refused = partition->check(fetched.request.currentLeaderEpoch, true);
        refused != ErrorCode::None)
        return failWith(refused);
    if (isFollower && !controller::contains(partition->image().replicas, terms.follower))
        return failWith(ErrorCode::UnknownLeaderEpoch);

    storage::PartitionLog& log = partition->log();
    const std::int64_t offset = fetched.request.fetchOffset;
    data.highWatermark = log.highWatermark();
    data.lastStableOffset = log.lastStableOffset();
    data.logStartOffset = log.logStartOffset();
    if (fetched.request.lastFetchedEpoch >= 0) {
        const storage::EpochEndOffset end = log.endOffsetForEpoch(fetched.request.lastFetchedEpoch);
        if (end.epoch < 0 && offset > log.logStartOffset())
            return failWith(ErrorCode::OffsetOutOfRange);
        if (end.epoch >= 0
            && (end.epoch < fetched.request.lastFetchedEpoch || end.endOffset < offset)) {
            data.divergingEpoch.epoch = end.epoch;
            data.divergingEpoch.endOffset = end.endOffset;
            return part;
        }
    }
    if (isFollower && terms.isFirstLook) {
        partition->followerFetched(terms.follower, offset, fetched.request.logStartOffset);
        if (!controller::contains(partition->isr(), terms.follower))
            m_replicas.considerIsr(*partition);
    }
    // What the fetch itself moved belongs into the answer.
    data.highWatermark = log.highWatermark();
    data.lastStableOffset = log.lastStableOffset();

    if (isFollower && partition->isThrottled()
        && !controller::contains(partition->isr(), terms.follower)
        && m_replicas.leaderQuota().isExceeded(m_replicas.loop().now()))
        return part; // held back (KIP-73)

    const std::int64_t most = std::min<std::int64_t>(room, fetched.request.partitionMaxBytes);
    auto read = log.read(
        offset, static_cast<std::size_t>(std::max<std::int64_t>(most, 0)), terms.limit, isFirst);
    if (!read) {
        data.errorCode = errorToWire(read.error().code);
        return part;
    }
    // Who is not in sync is looked at again and again: a proposal to the controller may fail.
    fetched.isQuiet = offset >= read->upperBound
        && (!isFollower || controller::contains(partition->isr(), terms.follower));
    if (terms.limit == storage::ReadLimit::LastStable) {
        auto aborted = log.abortedTransactions(offset, std::max(read->nextOffset, offset));
        auto& listed = data.abortedTransactions.emplace();
        if (aborted)
            for (const storage::AbortedTransaction& transaction : *aborted) {
                auto& entry = listed.emplace_back();
                entry.producerId = transaction.producerId;
                entry.firstOffset = transaction.firstOffset;
            }
    }
    fetched.wasServed = read->records.size() > 0;
    data.records.data = std::move(read->records);
    return part;
}

FetchOutcome FetchRead::read(
    const std::vector<FetchedPartition*>& partitions, const FetchTerms& terms) const
{
    FetchOutcome outcome;
    outcome.parts.reserve(partitions.size());
    // What a follower's fetch commits may have others append: then more become due.
    for (std::size_t i = 0; i < partitions.size(); ++i) {
        const bool isFirst = outcome.bytes == 0;
        auto part = readOne(
            *partitions[i], terms, terms.maxBytes - outcome.bytes, isFirst && terms.version >= 3);
        outcome.bytes += static_cast<std::int64_t>(part.data.records.data.size());
        outcome.hasNews |= part.data.errorCode != 0 || part.data.divergingEpoch.epoch >= 0;
        outcome.parts.push_back(std::move(part));
    }
    return outcome;
}

} // namespace moldau::broker
