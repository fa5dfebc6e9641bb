#pragma once

#include "base/log.h"
#include "coordinator/appendqueue.h"
#include "coordinator/classicgroup.h"
#include "coordinator/effects.h"
#include "coordinator/groupcoordinatorconfig.h"
#include "coordinator/timerqueue.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace moldau::coordinator {

/**
 * What the parts of one GroupCoordinatorShard share: groups, time, timers, appends under way and
 * the effects that its host hasn't taken yet. Owned by the shard.
 */
struct ShardContext {
    ShardContext(
        const GroupCoordinatorConfig& settings, Log& logLines, std::function<Uuid()> newUuid)
        : config(settings)
        , log(logLines)
        , randomUuid(std::move(newUuid))
    {
    }

    void reply(RequestToken request, ReplyBody body);
    void publish(GroupEvent event) { effects.push_back(std::move(event)); }
    /** Asks the host to append; `done` may be empty. */
    AppendToken append(std::vector<TypedRecord> records, AppendDone done,
        const std::optional<TransactionalProducer>& transaction = std::nullopt);
    Duration after(std::int64_t ms) const { return now.steady + std::chrono::milliseconds(ms); }

    ClassicGroup* find(const std::string& groupId);
    const ClassicGroup* find(const std::string& groupId) const;
    ClassicGroup& findOrAdd(const std::string& groupId);
    /** Forgets a group and its timers; the caller may put it back. */
    std::unique_ptr<ClassicGroup> remove(const std::string& groupId);

    const GroupCoordinatorConfig& config;
    Log& log;
    std::function<Uuid()> randomUuid;
    Moment now;
    std::map<std::string, std::unique_ptr<ClassicGroup>> groups;
    TimerQueue timers;
    AppendQueue appends;
    std::vector<Effect> effects;
};

/** What a client is told when an append failed. */
ErrorCode errorForClient(ErrorCode appendError);

/** The component that Kafka's log names for these lines. */
constexpr std::string_view kLogComponent
    = "org.apache.kafka.coordinator.group.GroupMetadataManager";

} // namespace moldau::coordinator
