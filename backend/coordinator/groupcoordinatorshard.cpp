#include "coordinator/groupcoordinatorshard.h"

#include <algorithm>
#include <cctype>
#include <iterator>
#include <utility>

namespace moldau::coordinator {

namespace {

TimerKey expirationTimer()
{
    return {TimerKey::Kind::Expiration, {}, {}};
}

/** Filters are compared as Kafka does: without regard to case and outer blanks. */
bool isNamed(const std::vector<std::string>& filter, std::string_view name)
{
    const auto isSame = [name](std::string_view wanted) {
        const auto first = wanted.find_first_not_of(' ');
        if (first == std::string_view::npos)
            return name.empty();
        wanted = wanted.substr(first, wanted.find_last_not_of(' ') - first + 1);
        return std::ranges::equal(wanted, name,
            [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); });
    };
    return filter.empty() || std::ranges::any_of(filter, isSame);
}

} // namespace

GroupCoordinatorShard::GroupCoordinatorShard(
    const GroupCoordinatorConfig& config, Log& log, std::function<Uuid()> randomUuid)
    : m_context(config, log, std::move(randomUuid))
    , m_rebalancer(m_context)
    , m_joins(m_context, m_rebalancer)
    , m_membership(m_context, m_rebalancer)
    , m_offsets(m_context, m_rebalancer)
{
}

void GroupCoordinatorShard::replay(
    std::int64_t offset, ProducerId producer, BytesView key, std::optional<BytesView> value)
{
    const auto record = decode(key, value);
    if (!record) {
        m_context.log.warn(kLogComponent, "Skipped an unreadable record at offset {}: {}", offset,
            record.error().message);
        return;
    }
    if (!*record)
        return;
    if (const auto* commit = std::get_if<OffsetRecord>(&**record)) {
        m_offsets.replay(*commit, producer, offset);
        return;
    }
    const auto& group = std::get<GroupRecord>(**record);
    if (group.value)
        m_context.groups[group.group] = std::make_unique<ClassicGroup>(group.group, *group.value);
    else
        m_context.groups.erase(group.group);
}

void GroupCoordinatorShard::replayTransactionEnd(ProducerId producer, bool isCommit)
{
    m_offsets.endTransaction(producer, isCommit);
}

void GroupCoordinatorShard::loaded(const Moment& now)
{
    m_context.now = now;
    m_context.effects.clear(); // what happened then isn't news
    m_phase = Phase::Active;
    for (const auto& [id, group] : m_context.groups)
        m_rebalancer.loaded(*group);
    m_context.timers.schedule(
        expirationTimer(), m_context.after(m_context.config.offsetsRetentionCheckIntervalMs));
}

void GroupCoordinatorShard::resign(const Moment& now)
{
    m_context.now = now;
    m_phase = Phase::Resigned;
    for (const auto& [id, group] : m_context.groups)
        m_rebalancer.resign(*group);
    m_context.groups.clear();
    m_context.timers.clear();
    for (PendingAppend& pending : m_context.appends.takeAll()) {
        for (AppendDone& done : pending.waiting)
            done(ErrorCode::NotCoordinator);
    }
    m_context.groups.clear(); // a deletion that failed brings its group back
    m_offsets.clear();
}

void GroupCoordinatorShard::join(
    const Moment& now, const ClientContext& client, const protocol::JoinGroupRequest& request)
{
    if (const ErrorCode error = enter(now, request.groupId); error == ErrorCode::InvalidGroupId)
        m_joins.replyError(client, request.memberId, error);
    else if (error != ErrorCode::None)
        m_joins.replyError(client, {}, error);
    else
        m_joins.join(client, request);
}

void GroupCoordinatorShard::sync(
    const Moment& now, const ClientContext& client, const protocol::SyncGroupRequest& request)
{
    if (const ErrorCode error = enter(now, request.groupId); error != ErrorCode::None)
        m_membership.replySyncError(client, error);
    else
        m_membership.sync(client, request);
}

void GroupCoordinatorShard::heartbeat(
    const Moment& now, const ClientContext& client, const protocol::HeartbeatRequest& request)
{
    const ErrorCode error = enter(now, request.groupId);
    if (error == ErrorCode::CoordinatorLoadInProgress)
        m_membership.replyHeartbeat(client, ErrorCode::None); // sessions begin anew after loading
    else if (error != ErrorCode::None)
        m_membership.replyHeartbeat(client, error);
    else
        m_membership.heartbeat(client, request);
}

void GroupCoordinatorShard::leave(
    const Moment& now, const ClientContext& client, const protocol::LeaveGroupRequest& request)
{
    if (const ErrorCode error = enter(now, request.groupId); error != ErrorCode::None)
        m_membership.replyLeaveError(client, error);
    else
        m_membership.leave(client, request);
}

void GroupCoordinatorShard::commitOffsets(
    const Moment& now, const ClientContext& client, const protocol::OffsetCommitRequest& request)
{
    m_context.now = now;
    // The empty group id is allowed here and in OffsetFetch, for old clients.
    if (const ErrorCode error = phaseError(); error != ErrorCode::None)
        m_offsets.replyCommitError(client, request, error);
    else
        m_offsets.commit(client, request);
}

void GroupCoordinatorShard::commitTransactionalOffsets(
    const Moment& now, const ClientContext& client, const protocol::TxnOffsetCommitRequest& request)
{
    if (const ErrorCode error = enter(now, request.groupId); error != ErrorCode::None)
        m_offsets.replyCommitError(client, request, error);
    else
        m_offsets.commitInTransaction(client, request);
}

void GroupCoordinatorShard::fetchOffsets(const Moment& now, const ClientContext& client,
    const GroupOffsets::FetchGroup& request, bool requireStable)
{
    m_context.now = now;
    if (const ErrorCode error = phaseError(); error != ErrorCode::None)
        m_offsets.replyFetchError(client, request, error);
    else
        m_offsets.fetch(client, request, requireStable);
}

void GroupCoordinatorShard::deleteOffsets(
    const Moment& now, const ClientContext& client, const protocol::OffsetDeleteRequest& request)
{
    if (const ErrorCode error = enter(now, request.groupId); error != ErrorCode::None)
        m_offsets.replyDeleteError(client, error);
    else
        m_offsets.remove(client, request);
}

void GroupCoordinatorShard::deleteGroups(
    const Moment& now, const ClientContext& client, const std::vector<std::string>& groupIds)
{
    m_context.now = now;
    std::vector<DeletedGroup> results;
    std::vector<std::string> toRemove;
    std::vector<TypedRecord> tombstones;
    for (const std::string& groupId : groupIds) {
        DeletedGroup& result = results.emplace_back();
        result.groupId = groupId;
        const ClassicGroup* group = m_context.find(groupId);
        if (const ErrorCode error = phaseError(); error != ErrorCode::None) {
            result.errorCode = errorToWire(error);
        } else if (!group) {
            result.errorCode = errorToWire(ErrorCode::GroupIdNotFound);
            result.errorMessage = fmt::format("Group {} not found.", groupId);
        } else if (!group->isIn(GroupState::Empty)) {
            result.errorCode = errorToWire(ErrorCode::NonEmptyGroup);
            result.errorMessage = fmt::format("Group {} is not empty.", groupId);
        } else if (std::ranges::find(toRemove, groupId) == toRemove.end()) {
            std::ranges::move(m_offsets.tombstonesOf(groupId), std::back_inserter(tombstones));
            toRemove.push_back(groupId);
        }
    }
    if (toRemove.empty()) {
        m_context.reply(client.request, std::move(results));
        return;
    }
    m_context.log.info(kLogComponent,
        "The following groups were deleted: {}. A total of {} offsets were removed.",
        fmt::join(toRemove, ", "), tombstones.size());
    removeEmptyGroups(std::move(toRemove), std::move(tombstones),
        [this, client, results = std::move(results)](ErrorCode error) mutable {
            for (DeletedGroup& result : results) {
                if (result.errorCode == 0)
                    result.errorCode = errorToWire(errorForClient(error));
            }
            m_context.reply(client.request, std::move(results));
        });
}

void GroupCoordinatorShard::removeEmptyGroups(
    std::vector<std::string> groupIds, std::vector<TypedRecord> tombstones, AppendDone done)
{
    std::vector<std::unique_ptr<ClassicGroup>> removed;
    for (const std::string& groupId : groupIds) {
        removed.push_back(m_context.remove(groupId));
        removed.back()->pendingJoins().clear();
        tombstones.push_back(GroupRecord{groupId, {}});
    }
    m_offsets.append(std::move(tombstones),
        [this, removed = std::move(removed), done = std::move(done)](ErrorCode error) mutable {
            for (auto& group : removed) {
                const ClassicGroup* present = m_context.find(group->id());
                // After a timeout the deletion may still come true; only a failure is final.
                const bool isFailed
                    = error != ErrorCode::None && error != ErrorCode::RequestTimedOut;
                if (isFailed && !present) {
                    m_context.groups[group->id()] = std::move(group);
                } else if (error == ErrorCode::None && present && present->isIn(GroupState::Empty)
                    && present->protocolType().empty() && present->pendingJoins().empty()
                    && m_offsets.tombstonesOf(present->id()).empty()) {
                    // A commit in front of the deletion had brought it back.
                    m_context.groups.erase(present->id());
                }
            }
            if (done)
                done(error);
        });
}

Result<std::vector<GroupCoordinatorShard::ListedGroup>> GroupCoordinatorShard::listGroups(
    const protocol::ListGroupsRequest& filters) const
{
    if (m_phase == Phase::Loading)
        return fail(ErrorCode::CoordinatorLoadInProgress);
    std::vector<ListedGroup> listed;
    for (const auto& [id, group] : m_context.groups) {
        if (!isNamed(filters.statesFilter, nameOf(group->state()))
            || !isNamed(filters.typesFilter, "classic"))
            continue;
        ListedGroup& shown = listed.emplace_back();
        shown.groupId = id;
        shown.protocolType = group->protocolType();
        shown.groupState = nameOf(group->state());
        shown.groupType = "classic";
    }
    return listed;
}

std::vector<GroupCoordinatorShard::DescribedGroup> GroupCoordinatorShard::describeGroups(
    std::int16_t apiVersion, const std::vector<std::string>& groupIds) const
{
    std::vector<DescribedGroup> described;
    for (const std::string& groupId : groupIds)
        described.push_back(describe(apiVersion, groupId));
    return described;
}

GroupCoordinatorShard::DescribedGroup GroupCoordinatorShard::describe(
    std::int16_t apiVersion, const std::string& groupId) const
{
    DescribedGroup shown;
    shown.groupId = groupId;
    if (const ErrorCode error = phaseError(); error != ErrorCode::None) {
        shown.errorCode = errorToWire(error);
        return shown;
    }
    const ClassicGroup* group = m_context.find(groupId);
    if (!group) {
        shown.groupState = nameOf(GroupState::Dead);
        if (apiVersion >= 6) {
            shown.errorCode = errorToWire(ErrorCode::GroupIdNotFound);
            shown.errorMessage = fmt::format("Group {} not found.", groupId);
        }
        return shown;
    }
    shown.groupState = nameOf(group->state());
    shown.protocolType = group->protocolType();
    const bool isStable = group->isIn(GroupState::Stable);
    if (isStable)
        shown.protocolData = group->protocolName().value_or("");
    for (const ClassicMember* member : group->members()) {
        auto& shownMember = shown.members.emplace_back();
        shownMember.memberId = member->id;
        shownMember.groupInstanceId = member->instanceId;
        shownMember.clientId = member->clientId;
        shownMember.clientHost = member->clientHost;
        shownMember.memberAssignment = member->assignment;
        if (const Bytes* metadata = isStable ? member->metadataFor(shown.protocolData) : nullptr)
            shownMember.memberMetadata = *metadata;
    }
    return shown;
}

void GroupCoordinatorShard::appendCommitted(
    const Moment& now, AppendToken token, std::int64_t baseOffset)
{
    m_context.now = now;
    auto pending = m_context.appends.take(token);
    if (!pending)
        return;
    for (const TypedRecord& record : pending->records) {
        if (const auto* commit = std::get_if<OffsetRecord>(&record))
            m_offsets.written(*commit, pending->producer, baseOffset);
        ++baseOffset;
    }
    for (AppendDone& done : pending->waiting)
        done(ErrorCode::None);
}

void GroupCoordinatorShard::appendFailed(const Moment& now, AppendToken token, ErrorCode error)
{
    m_context.now = now;
    auto pending = m_context.appends.take(token);
    if (!pending)
        return;
    for (const TypedRecord& record : pending->records) {
        if (const auto* commit = std::get_if<OffsetRecord>(&record))
            m_offsets.notWritten(*commit, pending->producer);
    }
    for (AppendDone& done : pending->waiting)
        done(error);
}

void GroupCoordinatorShard::transactionEnded(const Moment& now, ProducerId producer, bool isCommit)
{
    m_context.now = now;
    m_offsets.endTransaction(producer, isCommit);
}

void GroupCoordinatorShard::topicsDeleted(const Moment& now, std::span<const DeletedTopic> topics)
{
    m_context.now = now;
    if (isActive())
        m_offsets.topicsDeleted(topics);
}

void GroupCoordinatorShard::tick(const Moment& now)
{
    m_context.now = now;
    for (AppendDone& done : m_context.appends.takeExpired(now.steady))
        done(ErrorCode::RequestTimedOut);
    while (const auto key = m_context.timers.popDue(now.steady))
        timerPassed(*key);
}

void GroupCoordinatorShard::timerPassed(const TimerKey& key)
{
    if (key.kind == TimerKey::Kind::Expiration) {
        expireOffsets();
        m_context.timers.schedule(
            expirationTimer(), m_context.after(m_context.config.offsetsRetentionCheckIntervalMs));
        return;
    }
    ClassicGroup* group = m_context.find(key.group);
    if (!group)
        return;
    if (key.kind == TimerKey::Kind::MemberSession)
        m_rebalancer.sessionTimedOut(*group, key.member);
    else if (key.kind == TimerKey::Kind::JoinPhase)
        m_rebalancer.joinPhaseTimedOut(*group);
    else
        m_rebalancer.syncPhaseTimedOut(*group);
}

void GroupCoordinatorShard::expireOffsets()
{
    std::vector<TypedRecord> tombstones;
    std::map<std::string, std::vector<TypedRecord>> toRemove; // with the group's own tombstones
    for (const auto& [id, group] : m_context.groups) {
        std::vector<TypedRecord> expired;
        const bool isAllExpired = m_offsets.expire(*group, expired);
        if (isAllExpired && group->isIn(GroupState::Empty) && group->pendingJoins().empty())
            toRemove.emplace(id, std::move(expired));
        else
            std::ranges::move(expired, std::back_inserter(tombstones));
    }
    m_offsets.appendTombstones(std::move(tombstones));
    for (auto& [id, expired] : toRemove)
        removeEmptyGroups({id}, std::move(expired), nullptr);
}

std::optional<Duration> GroupCoordinatorShard::nextDeadline() const
{
    const auto timer = m_context.timers.next();
    const auto append = m_context.appends.nextDeadline();
    return timer && append ? std::min(timer, append) : timer ? timer : append;
}

std::vector<Effect> GroupCoordinatorShard::takeEffects()
{
    return std::exchange(m_context.effects, {});
}

std::vector<std::string> GroupCoordinatorShard::groupIds() const
{
    std::vector<std::string> ids;
    for (const auto& [id, group] : m_context.groups)
        ids.push_back(id);
    return ids;
}

ErrorCode GroupCoordinatorShard::enter(const Moment& now, const std::string& groupId)
{
    m_context.now = now;
    return groupId.empty() ? ErrorCode::InvalidGroupId : phaseError();
}

ErrorCode GroupCoordinatorShard::phaseError() const
{
    switch (m_phase) {
    case Phase::Loading:
        return ErrorCode::CoordinatorLoadInProgress;
    case Phase::Resigned:
        return ErrorCode::NotCoordinator;
    case Phase::Active:
        return ErrorCode::None;
    }
    return ErrorCode::None;
}

} // namespace moldau::coordinator
