#include "coordinator/shardcontext.h"

namespace moldau::coordinator {

void ShardContext::reply(RequestToken request, ReplyBody body)
{
    effects.push_back(Reply{request, std::move(body)});
}

AppendToken ShardContext::append(std::vector<TypedRecord> records, AppendDone done,
    const std::optional<TransactionalProducer>& transaction)
{
    Append effect;
    effect.transaction = transaction;
    effect.records.reserve(records.size());
    for (const TypedRecord& record : records)
        effect.records.push_back(encode(record));
    effect.token = appends.push(std::move(records), transaction ? transaction->id : kNoProducer,
        after(config.commitTimeoutMs));
    if (done)
        appends.wait(effect.token, std::move(done));
    const AppendToken token = effect.token;
    effects.push_back(std::move(effect));
    return token;
}

ClassicGroup* ShardContext::find(const std::string& groupId)
{
    const auto found = groups.find(groupId);
    return found == groups.end() ? nullptr : found->second.get();
}

const ClassicGroup* ShardContext::find(const std::string& groupId) const
{
    const auto found = groups.find(groupId);
    return found == groups.end() ? nullptr : found->second.get();
}

ClassicGroup& ShardContext::findOrAdd(const std::string& groupId)
{
    auto& group = groups[groupId];
    if (!group)
        group = std::make_unique<ClassicGroup>(groupId, now.wallMs);
    return *group;
}

std::unique_ptr<ClassicGroup> ShardContext::remove(const std::string& groupId)
{
    auto node = groups.extract(groupId);
    if (node.empty())
        return nullptr;
    ClassicGroup& group = *node.mapped();
    timers.cancel({TimerKey::Kind::JoinPhase, groupId, {}});
    timers.cancel({TimerKey::Kind::SyncPhase, groupId, {}});
    for (const ClassicMember* member : group.members())
        timers.cancel({TimerKey::Kind::MemberSession, groupId, member->id});
    for (const std::string& member : group.pendingJoins())
        timers.cancel({TimerKey::Kind::MemberSession, groupId, member});
    return std::move(node.mapped());
}

ErrorCode errorForClient(ErrorCode appendError)
{
    switch (appendError) {
    case ErrorCode::UnknownTopicOrPartition:
    case ErrorCode::NotEnoughReplicas:
    case ErrorCode::NotEnoughReplicasAfterAppend:
    case ErrorCode::RequestTimedOut:
        return ErrorCode::CoordinatorNotAvailable;
    case ErrorCode::NotLeaderOrFollower:
    case ErrorCode::KafkaStorageError:
        return ErrorCode::NotCoordinator;
    case ErrorCode::MessageTooLarge:
    case ErrorCode::RecordListTooLarge:
    case ErrorCode::InvalidFetchSize:
        return ErrorCode::UnknownServerError;
    case ErrorCode::NetworkException: // the check of a transaction with its coordinator
        return ErrorCode::CoordinatorLoadInProgress;
    default:
        return appendError;
    }
}

} // namespace moldau::coordinator
