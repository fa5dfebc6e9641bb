#pragma once

#include "coordinator/groupcoordinatorshard.h"

#include <QTest>

#include <algorithm>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace moldau::coordinator {

/**
 * A host for one shard under a virtual clock: keeps the partition's log, commits appends at once
 * or when the test says so, and collects what the shard answers.
 */
class ShardHarness {
public:
    struct Logged {
        ProducerId producer;
        CoordinatorRecord record;
    };

    explicit ShardHarness(GroupCoordinatorConfig settings = quickConfig())
        : config(settings)
    {
        restart();
    }

    /** Kafka's defaults, but the first rebalance doesn't wait. */
    static GroupCoordinatorConfig quickConfig()
    {
        GroupCoordinatorConfig settings;
        settings.initialRebalanceDelayMs = 0;
        return settings;
    }

    /** A new leader: a fresh shard that reads the log. */
    void restart()
    {
        shard
            = std::make_unique<GroupCoordinatorShard>(config, m_log, [this] { return nextUuid(); });
        pending.clear();
        for (std::size_t offset = 0; offset < partition.size(); ++offset) {
            const CoordinatorRecord& record = partition[offset].record;
            std::optional<BytesView> value;
            if (record.value)
                value = *record.value;
            shard->replay(
                static_cast<std::int64_t>(offset), partition[offset].producer, record.key, value);
        }
        shard->loaded(now);
        drain();
    }

    template <class Send>
    RequestToken request(Send send, std::int16_t version, std::string clientId = "client")
    {
        const RequestToken token(++m_lastRequest);
        send(ClientContext{token, version, std::move(clientId), "/127.0.0.1"});
        drain();
        return token;
    }
    RequestToken join(const protocol::JoinGroupRequest& body, std::int16_t version = 9)
    {
        return request(
            [&](const ClientContext& client) { shard->join(now, client, body); }, version);
    }
    RequestToken sync(const protocol::SyncGroupRequest& body, std::int16_t version = 4)
    {
        return request(
            [&](const ClientContext& client) { shard->sync(now, client, body); }, version);
    }
    RequestToken leave(const protocol::LeaveGroupRequest& body, std::int16_t version = 5)
    {
        return request(
            [&](const ClientContext& client) { shard->leave(now, client, body); }, version);
    }
    ErrorCode heartbeat(const std::string& group, const std::string& member,
        std::int32_t generation, std::optional<std::string> instance = {})
    {
        protocol::HeartbeatRequest body;
        body.groupId = group;
        body.memberId = member;
        body.generationId = generation;
        body.groupInstanceId = std::move(instance);
        const auto token
            = request([&](const ClientContext& client) { shard->heartbeat(now, client, body); }, 4);
        return errorFromWire(get<protocol::HeartbeatResponse>(token).errorCode);
    }
    RequestToken commit(const protocol::OffsetCommitRequest& body, std::int16_t version = 9)
    {
        return request(
            [&](const ClientContext& client) { shard->commitOffsets(now, client, body); }, version);
    }
    RequestToken commitInTransaction(
        const protocol::TxnOffsetCommitRequest& body, std::int16_t version = 5)
    {
        return request(
            [&](const ClientContext& client) {
                shard->commitTransactionalOffsets(now, client, body);
            },
            version);
    }
    RequestToken fetch(
        const GroupOffsets::FetchGroup& body, bool requireStable = false, std::int16_t version = 9)
    {
        return request(
            [&](const ClientContext& client) {
                shard->fetchOffsets(now, client, body, requireStable);
            },
            version);
    }
    RequestToken deleteGroups(const std::vector<std::string>& groups)
    {
        return request(
            [&](const ClientContext& client) { shard->deleteGroups(now, client, groups); }, 2);
    }

    bool isAnswered(RequestToken token) const { return m_replies.contains(token); }
    /** The answer to a request; an empty one fails the test. */
    template <class Response> Response get(RequestToken token) const
    {
        const auto found = m_replies.find(token);
        if (found == m_replies.end()) {
            QTest::qFail("request isn't answered", __FILE__, __LINE__);
            return {};
        }
        return std::get<Response>(found->second);
    }
    ErrorCode joinError(RequestToken token) const
    {
        return errorFromWire(get<protocol::JoinGroupResponse>(token).errorCode);
    }
    ErrorCode syncError(RequestToken token) const
    {
        return errorFromWire(get<protocol::SyncGroupResponse>(token).errorCode);
    }

    /** Lets time pass; timers run at their time. */
    void advance(std::int64_t ms)
    {
        const Duration end = now.steady + std::chrono::milliseconds(ms);
        for (auto next = shard->nextDeadline(); next && *next <= end;
             next = shard->nextDeadline()) {
            setTime(std::max(*next, now.steady));
            shard->tick(now);
            drain();
        }
        setTime(end);
    }
    /** Runs what is due at this very moment. */
    void settle() { advance(0); }

    void commitPending()
    {
        while (!pending.empty())
            commitOne();
    }
    void commitOne()
    {
        const Append append = std::move(pending.front());
        pending.pop_front();
        const auto base = static_cast<std::int64_t>(partition.size());
        for (const CoordinatorRecord& record : append.records)
            partition.push_back(
                {append.transaction ? append.transaction->id : kNoProducer, record});
        shard->appendCommitted(now, append.token, base);
        drain();
    }
    void failOne(ErrorCode error)
    {
        const Append append = std::move(pending.front());
        pending.pop_front();
        shard->appendFailed(now, append.token, error);
        drain();
    }
    void drain()
    {
        for (Effect& effect : shard->takeEffects()) {
            if (auto* reply = std::get_if<Reply>(&effect)) {
                if (!m_replies.emplace(reply->request, std::move(reply->body)).second)
                    QTest::qFail("request is answered twice", __FILE__, __LINE__);
            } else if (auto* append = std::get_if<Append>(&effect)) {
                pending.push_back(std::move(*append));
            } else {
                events.push_back(std::move(std::get<GroupEvent>(effect)));
            }
        }
        if (isCommittingAtOnce && !pending.empty())
            commitOne();
    }

    GroupState stateOf(const std::string& groupId) const
    {
        const ClassicGroup* group = shard->group(groupId);
        return group ? group->state() : GroupState::Dead;
    }

    GroupCoordinatorConfig config;
    Moment now{std::chrono::seconds(100), 1'700'000'000'000};
    bool isCommittingAtOnce = true;
    std::unique_ptr<GroupCoordinatorShard> shard;
    std::vector<Logged> partition;
    std::deque<Append> pending;
    std::vector<GroupEvent> events;

private:
    void setTime(Duration steady)
    {
        now.wallMs
            += std::chrono::duration_cast<std::chrono::milliseconds>(steady - now.steady).count();
        now.steady = steady;
    }
    Uuid nextUuid()
    {
        Uuid id;
        ++m_uuids;
        for (std::size_t i = 0; i < 8; ++i)
            id.bytes[15 - i] = static_cast<std::uint8_t>(m_uuids >> (8 * i));
        return id;
    }

    Log m_log;
    std::uint64_t m_lastRequest = 0;
    std::uint64_t m_uuids = 0;
    std::map<RequestToken, ReplyBody> m_replies;
};

inline Bytes text(std::string_view value)
{
    const BytesView view = asBytes(value);
    return {view.begin(), view.end()};
}

/** A consumer's subscription, version 0. */
inline Bytes subscriptionTo(const std::vector<std::string>& topics)
{
    Bytes bytes{0, 0, 0, 0, 0, static_cast<std::uint8_t>(topics.size())};
    for (const std::string& topic : topics) {
        bytes.push_back(0);
        bytes.push_back(static_cast<std::uint8_t>(topic.size()));
        bytes.insert(bytes.end(), topic.begin(), topic.end());
    }
    for (int i = 0; i < 4; ++i)
        bytes.push_back(0xff); // no user data
    return bytes;
}

inline protocol::JoinGroupRequest joinRequest(const std::string& memberId = {},
    std::optional<std::string> instanceId = {},
    const std::vector<std::string>& protocols = {"range"})
{
    protocol::JoinGroupRequest body;
    body.groupId = "group";
    body.memberId = memberId;
    body.groupInstanceId = std::move(instanceId);
    body.protocolType = "consumer";
    body.sessionTimeoutMs = 10'000;
    body.rebalanceTimeoutMs = 60'000;
    for (const std::string& name : protocols) {
        auto& protocol = body.protocols.emplace_back();
        protocol.name = name;
        protocol.metadata = subscriptionTo({"orders"});
    }
    return body;
}

inline protocol::SyncGroupRequest syncRequest(const std::string& memberId, std::int32_t generation,
    const std::map<std::string, std::string>& assignments = {})
{
    protocol::SyncGroupRequest body;
    body.groupId = "group";
    body.memberId = memberId;
    body.generationId = generation;
    for (const auto& [member, assignment] : assignments) {
        auto& assigned = body.assignments.emplace_back();
        assigned.memberId = member;
        assigned.assignment = text(assignment);
    }
    return body;
}

/**
 * Makes `count` new members of "group" (dynamic ones, old join without a known id), brings the
 * group to Stable, and returns their ids, the leader's first.
 */
inline std::vector<std::string> stableGroup(
    ShardHarness& harness, int count, const std::vector<std::optional<std::string>>& instances = {})
{
    std::vector<RequestToken> joins;
    for (int i = 0; i < count; ++i) {
        const auto instance = i < int(instances.size()) ? instances[std::size_t(i)] : std::nullopt;
        // Version 3 lets members in without a second request, version 5 knows static ones.
        joins.push_back(harness.join(joinRequest({}, instance), instance ? 9 : 3));
    }
    harness.advance(harness.config.initialRebalanceDelayMs);
    std::vector<std::string> ids;
    std::map<std::string, std::string> assignments;
    std::int32_t generation = 0;
    for (const RequestToken join : joins) {
        const auto joined = harness.get<protocol::JoinGroupResponse>(join);
        ids.push_back(joined.memberId);
        assignments[joined.memberId] = "part of " + joined.memberId;
        generation = joined.generationId;
    }
    for (auto id = ids.rbegin(); id != ids.rend(); ++id) {
        const bool isLeader = *id == ids.front();
        harness.sync(syncRequest(
            *id, generation, isLeader ? assignments : std::map<std::string, std::string>{}));
    }
    return ids;
}

} // namespace moldau::coordinator
