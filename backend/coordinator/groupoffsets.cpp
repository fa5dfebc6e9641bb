#include "coordinator/groupoffsets.h"

#include "coordinator/groupkey.h"

#include <algorithm>
#include <iterator>
#include <set>

namespace moldau::coordinator {

namespace {

/** Tombstones go to the log in batches of this many, so that none outgrows the topic's limit. */
constexpr std::size_t kMaxTombstones = 1'000;

using FetchedPartition = protocol::OffsetFetchResponse::OffsetFetchResponsePartitions;

FetchedPartition noOffset(std::int32_t partition, ErrorCode error = ErrorCode::None)
{
    FetchedPartition result;
    result.partitionIndex = partition;
    result.committedOffset = -1;
    result.committedLeaderEpoch = -1;
    result.metadata = "";
    result.errorCode = errorToWire(error);
    return result;
}

FetchedPartition shown(std::int32_t partition, const CommittedOffset& offset)
{
    FetchedPartition result;
    result.partitionIndex = partition;
    result.committedOffset = offset.offset;
    result.committedLeaderEpoch = offset.leaderEpoch;
    result.metadata = offset.metadata;
    return result;
}

/** An OffsetCommit or TxnOffsetCommit response with the same error for all. */
template <class Response, class Request>
Response everyPartition(const Request& request, ErrorCode error)
{
    Response response;
    for (const auto& topic : request.topics) {
        auto& topicResult = response.topics.emplace_back();
        topicResult.name = topic.name;
        topicResult.topicId = topic.topicId;
        for (const auto& partition : topic.partitions) {
            auto& result = topicResult.partitions.emplace_back();
            result.partitionIndex = partition.partitionIndex;
            result.errorCode = errorToWire(error);
        }
    }
    return response;
}

} // namespace

template <class Response, class Request>
std::vector<TypedRecord> GroupOffsets::recordsOf(
    const Request& request, std::int64_t expireTimestampMs, Response& response) const
{
    std::vector<TypedRecord> records;
    for (const auto& topic : request.topics) {
        auto& topicResult = response.topics.emplace_back();
        topicResult.name = topic.name;
        topicResult.topicId = topic.topicId;
        for (const auto& partition : topic.partitions) {
            auto& result = topicResult.partitions.emplace_back();
            result.partitionIndex = partition.partitionIndex;
            if (isTooLong(partition.committedMetadata)) {
                result.errorCode = errorToWire(ErrorCode::OffsetMetadataTooLarge);
                continue;
            }
            CommittedOffset offset;
            offset.offset = partition.committedOffset;
            offset.leaderEpoch = partition.committedLeaderEpoch;
            offset.metadata = partition.committedMetadata.value_or("");
            offset.commitTimestampMs = m_context.now.wallMs;
            offset.expireTimestampMs = expireTimestampMs;
            offset.topicId = topic.topicId;
            records.push_back(OffsetRecord{
                request.groupId, topic.name, partition.partitionIndex, std::move(offset)});
        }
    }
    return records;
}

void GroupOffsets::commit(const ClientContext& client, const protocol::OffsetCommitRequest& request)
{
    const Committer committer{request.groupId, request.memberId, request.groupInstanceId,
        request.generationIdOrMemberEpoch, false};
    if (const ErrorCode error = validateCommit(committer, client.apiVersion);
        error != ErrorCode::None) {
        replyCommitError(client, request, error);
        return;
    }
    const bool hasRetention = request.retentionTimeMs != -1; // versions 2 to 4
    const std::int64_t expireTimestampMs
        = hasRetention ? m_context.now.wallMs + request.retentionTimeMs : -1;
    protocol::OffsetCommitResponse response;
    auto records = recordsOf(request, expireTimestampMs, response);
    appendThenReply(std::move(records), client, std::move(response),
        [this, client, request](ErrorCode error) { replyCommitError(client, request, error); });
}

void GroupOffsets::commitInTransaction(
    const ClientContext& client, const protocol::TxnOffsetCommitRequest& request)
{
    const Committer committer{request.groupId, request.memberId, request.groupInstanceId,
        request.generationIdOrMemberEpoch, true};
    if (const ErrorCode error = validateCommit(committer, client.apiVersion);
        error != ErrorCode::None) {
        replyCommitError(client, request, error);
        return;
    }
    protocol::TxnOffsetCommitResponse response;
    auto records = recordsOf(request, -1, response);
    appendThenReply(
        std::move(records), client, std::move(response),
        [this, client, request](ErrorCode error) { replyCommitError(client, request, error); },
        TransactionalProducer{request.transactionalId, request.producerId, request.producerEpoch});
}

void GroupOffsets::appendThenReply(std::vector<TypedRecord> records, const ClientContext& client,
    ReplyBody response, AppendDone replyError,
    const std::optional<TransactionalProducer>& transaction)
{
    if (records.empty()) {
        m_context.reply(client.request, std::move(response));
        return;
    }
    append(
        std::move(records),
        [this, client, response = std::move(response), replyError = std::move(replyError)](
            ErrorCode error) mutable {
            if (error == ErrorCode::None)
                m_context.reply(client.request, std::move(response));
            else
                replyError(errorForClient(error));
        },
        transaction);
}

ErrorCode GroupOffsets::validateCommit(const Committer& committer, std::int16_t apiVersion)
{
    ClassicGroup* group = m_context.find(committer.groupId);
    if (!group) {
        // Whoever assigns partitions by hand needs no group: one comes to be with the offset.
        if (committer.generation < 0)
            return ErrorCode::None;
        return !committer.isInTransaction && apiVersion >= 9 ? ErrorCode::GroupIdNotFound
                                                             : ErrorCode::IllegalGeneration;
    }
    if (const ErrorCode error = validateMemberCommit(*group, committer); error != ErrorCode::None)
        return error;
    const bool isAlive
        = group->isIn(GroupState::Stable) || group->isIn(GroupState::PreparingRebalance);
    if (const ClassicMember* member = group->find(committer.memberId);
        member && isAlive && !committer.isInTransaction)
        m_rebalancer.scheduleSession(*group, *member);
    return ErrorCode::None;
}

ErrorCode GroupOffsets::validateMemberCommit(
    const ClassicGroup& group, const Committer& committer) const
{
    const bool isEmpty = group.isIn(GroupState::Empty);
    if (committer.generation < 0 && isEmpty)
        return ErrorCode::None;
    if (committer.generation >= 0 || !committer.memberId.empty() || committer.instanceId) {
        if (const ErrorCode error = group.validateMember(committer.memberId, committer.instanceId);
            error != ErrorCode::None)
            return error;
        if (committer.generation != group.generation())
            return ErrorCode::IllegalGeneration;
    } else if (!committer.isInTransaction && !isEmpty) {
        // Old transactional producers don't tell of which member they are; others must.
        return ErrorCode::UnknownMemberId;
    }
    if (!committer.isInTransaction && group.isIn(GroupState::CompletingRebalance))
        return ErrorCode::RebalanceInProgress;
    return ErrorCode::None;
}

bool GroupOffsets::isTooLong(const std::optional<std::string>& metadata) const
{
    return metadata
        && javaLength(*metadata)
        > static_cast<std::size_t>(m_context.config.offsetMetadataMaxBytes);
}

void GroupOffsets::fetch(const ClientContext& client, const FetchGroup& request, bool requireStable)
{
    const auto last = requireStable ? m_context.appends.lastOf(request.groupId) : std::nullopt;
    if (!last) {
        m_context.reply(client.request, read(request, requireStable));
        return;
    }
    // A stable answer holds all commits before it, so that it waits until they are replicated.
    m_context.appends.wait(*last, [this, client, request](ErrorCode error) {
        if (error == ErrorCode::RequestTimedOut || error == ErrorCode::NotCoordinator)
            replyFetchError(client, request, ErrorCode::NotCoordinator);
        else
            m_context.reply(client.request, read(request, true));
    });
}

protocol::OffsetFetchResponse::OffsetFetchResponseGroup GroupOffsets::read(
    const FetchGroup& request, bool requireStable) const
{
    const std::string& groupId = request.groupId;
    const auto isUnstable = [&](const std::string& topic, std::int32_t partition) {
        return requireStable && m_store.hasOpenTransaction(groupId, topic, partition);
    };
    protocol::OffsetFetchResponse::OffsetFetchResponseGroup response;
    response.groupId = groupId;
    if (!request.topics) {
        const OffsetStore::Topics* topics = m_store.topicsOf(groupId);
        for (const auto& [name, partitions] : topics ? *topics : OffsetStore::Topics{}) {
            auto& topic = response.topics.emplace_back();
            topic.name = name;
            for (const auto& [partition, offset] : partitions) {
                topic.partitions.push_back(isUnstable(name, partition)
                        ? noOffset(partition, ErrorCode::UnstableOffsetCommit)
                        : shown(partition, offset));
            }
        }
        return response;
    }
    for (const auto& wanted : *request.topics) {
        auto& topic = response.topics.emplace_back();
        topic.name = wanted.name;
        topic.topicId = wanted.topicId;
        for (const std::int32_t partition : wanted.partitionIndexes) {
            if (isUnstable(wanted.name, partition)) {
                topic.partitions.push_back(noOffset(partition, ErrorCode::UnstableOffsetCommit));
                continue;
            }
            const CommittedOffset* offset = m_store.find(groupId, wanted.name, partition);
            // An offset of a topic that had the same name says nothing about this one.
            const bool isOfOther = offset && !offset->topicId.isZero() && !wanted.topicId.isZero()
                && offset->topicId != wanted.topicId;
            topic.partitions.push_back(
                offset && !isOfOther ? shown(partition, *offset) : noOffset(partition));
        }
    }
    return response;
}

void GroupOffsets::remove(const ClientContext& client, const protocol::OffsetDeleteRequest& request)
{
    const ClassicGroup* group = m_context.find(request.groupId);
    if (!group) {
        replyDeleteError(client, ErrorCode::GroupIdNotFound);
        return;
    }
    // Subscriptions of other protocol types can't be read, so that nothing of theirs is touched.
    if (!group->isIn(GroupState::Empty) && !group->usesConsumerProtocol()) {
        replyDeleteError(client, ErrorCode::NonEmptyGroup);
        return;
    }
    protocol::OffsetDeleteResponse response;
    std::vector<TypedRecord> records;
    for (const auto& topic : request.topics) {
        auto& topicResult = response.topics.emplace_back();
        topicResult.name = topic.name;
        const bool isSubscribed = group->isSubscribedTo(topic.name);
        for (const auto& partition : topic.partitions) {
            auto& result = topicResult.partitions.emplace_back();
            result.partitionIndex = partition.partitionIndex;
            if (isSubscribed)
                result.errorCode = errorToWire(ErrorCode::GroupSubscribedToTopic);
            else if (m_store.isKnown(request.groupId, topic.name, partition.partitionIndex))
                records.push_back(
                    OffsetRecord{request.groupId, topic.name, partition.partitionIndex, {}});
        }
    }
    appendThenReply(std::move(records), client, std::move(response),
        [this, client](ErrorCode error) { replyDeleteError(client, error); });
}

std::vector<TypedRecord> GroupOffsets::tombstonesOf(const std::string& groupId) const
{
    std::vector<TypedRecord> tombstones;
    m_store.forEachPartition(groupId, [&](const std::string& topic, std::int32_t partition) {
        tombstones.push_back(OffsetRecord{groupId, topic, partition, {}});
    });
    return tombstones;
}

bool GroupOffsets::expire(const ClassicGroup& group, std::vector<TypedRecord>& tombstones) const
{
    const bool isBusy
        = m_store.hasWriteUnderWay(group.id()) || m_store.hasOpenTransaction(group.id());
    const OffsetStore::Topics* topics = m_store.topicsOf(group.id());
    if (!topics)
        return !isBusy;

    // KIP-211: retention counts from when the group became empty; offsets of a live consumer group
    // go only for topics that nobody there subscribes to any more; a group without members and
    // protocol counts from each commit.
    const bool isSimple = group.protocolType().empty();
    const bool isEmpty = group.isIn(GroupState::Empty);
    const bool isStableConsumer = group.isIn(GroupState::Stable) && group.usesConsumerProtocol()
        && group.subscribedTopics();
    if (!isSimple && !isEmpty && !isStableConsumer)
        return false;
    const bool countsFromEmpty = !isSimple && isEmpty && group.stateTimestampMs() != -1;

    bool isAllExpired = true;
    for (const auto& [topic, partitions] : *topics) {
        if (group.isSubscribedTo(topic)) {
            isAllExpired = false;
            continue;
        }
        for (const auto& [partition, offset] : partitions) {
            const std::int64_t since
                = countsFromEmpty ? group.stateTimestampMs() : offset.commitTimestampMs;
            const bool isOld = offset.expireTimestampMs != -1
                ? m_context.now.wallMs >= offset.expireTimestampMs
                : m_context.now.wallMs - since >= m_context.config.offsetsRetentionMs;
            if (isOld && !m_store.hasOpenTransaction(group.id(), topic, partition))
                tombstones.push_back(OffsetRecord{group.id(), topic, partition, {}});
            else
                isAllExpired = false;
        }
    }
    return isAllExpired && !isBusy;
}

void GroupOffsets::topicsDeleted(std::span<const DeletedTopic> topics)
{
    std::vector<TypedRecord> tombstones;
    for (const DeletedTopic& topic : topics) {
        std::set<std::pair<std::string, std::int32_t>> seen;
        m_store.forEachOfTopic(topic.name,
            [&](const std::string& group, std::int32_t partition, const CommittedOffset& offset) {
                const bool isOfTopic = offset.topicId.isZero() || offset.topicId == topic.id;
                if (isOfTopic && seen.emplace(group, partition).second)
                    tombstones.push_back(OffsetRecord{group, topic.name, partition, {}});
            });
    }
    appendTombstones(std::move(tombstones));
}

void GroupOffsets::appendTombstones(std::vector<TypedRecord> tombstones)
{
    for (std::size_t begin = 0; begin < tombstones.size(); begin += kMaxTombstones) {
        const std::size_t end = std::min(begin + kMaxTombstones, tombstones.size());
        append({std::make_move_iterator(tombstones.begin() + static_cast<std::ptrdiff_t>(begin)),
                   std::make_move_iterator(tombstones.begin() + static_cast<std::ptrdiff_t>(end))},
            nullptr);
    }
}

AppendToken GroupOffsets::append(std::vector<TypedRecord> records, AppendDone done,
    const std::optional<TransactionalProducer>& transaction)
{
    const ProducerId producer = transaction ? transaction->id : kNoProducer;
    for (const TypedRecord& record : records) {
        if (const auto* offset = std::get_if<OffsetRecord>(&record))
            m_store.beginWrite(*offset, producer);
    }
    return m_context.append(std::move(records), std::move(done), transaction);
}

void GroupOffsets::written(
    const OffsetRecord& record, ProducerId producer, std::int64_t recordOffset)
{
    m_store.endWrite(record, producer);
    replay(record, producer, recordOffset);
    if (record.value && producer == kNoProducer)
        emitCommitted(record);
}

void GroupOffsets::notWritten(const OffsetRecord& record, ProducerId producer)
{
    m_store.endWrite(record, producer);
}

void GroupOffsets::replay(
    const OffsetRecord& record, ProducerId producer, std::int64_t recordOffset)
{
    if (record.value)
        m_context.findOrAdd(record.group);
    m_store.apply(record, recordOffset, producer);
}

void GroupOffsets::endTransaction(ProducerId producer, bool isCommit)
{
    for (const OffsetRecord& record : m_store.endTransaction(producer, isCommit))
        emitCommitted(record);
}

void GroupOffsets::emitCommitted(const OffsetRecord& record)
{
    m_context.publish({.kind = GroupEvent::Kind::OffsetCommitted,
        .group = record.group,
        .topic = record.topic,
        .partition = record.partition,
        .offset = record.value->offset});
}

void GroupOffsets::replyCommitError(
    const ClientContext& client, const protocol::OffsetCommitRequest& request, ErrorCode error)
{
    m_context.reply(client.request, everyPartition<protocol::OffsetCommitResponse>(request, error));
}

void GroupOffsets::replyCommitError(
    const ClientContext& client, const protocol::TxnOffsetCommitRequest& request, ErrorCode error)
{
    m_context.reply(
        client.request, everyPartition<protocol::TxnOffsetCommitResponse>(request, error));
}

void GroupOffsets::replyFetchError(
    const ClientContext& client, const FetchGroup& request, ErrorCode error)
{
    protocol::OffsetFetchResponse::OffsetFetchResponseGroup response;
    response.groupId = request.groupId;
    if (client.apiVersion >= 2) {
        response.errorCode = errorToWire(error);
        m_context.reply(client.request, std::move(response));
        return;
    }
    // Version 1 has no error but those of partitions.
    for (const auto& wanted : request.topics.value_or(
             std::vector<protocol::OffsetFetchRequest::OffsetFetchRequestTopics>{})) {
        auto& topic = response.topics.emplace_back();
        topic.name = wanted.name;
        for (const std::int32_t partition : wanted.partitionIndexes)
            topic.partitions.push_back(noOffset(partition, error));
    }
    m_context.reply(client.request, std::move(response));
}

void GroupOffsets::replyDeleteError(const ClientContext& client, ErrorCode error)
{
    protocol::OffsetDeleteResponse response;
    response.errorCode = errorToWire(error);
    m_context.reply(client.request, std::move(response));
}

} // namespace moldau::coordinator
