#pragma once

#include "broker/replica/partition.h"
#include "broker/replica/replicationquota.h"
#include "network/rpcclient.h"
#include "protocol/messages/fetchrequest.h"
#include "protocol/messages/fetchresponse.h"

#include <functional>
#include <memory>
#include <unordered_map>
#include <vector>

namespace moldau::broker {

/** What a fetcher tells the broker it fetches by. */
struct FetcherOptions {
    BrokerId self;
    std::function<std::int64_t()> brokerEpoch;
    std::int32_t maxWaitMs = 500; ///< replica.fetch.wait.max.ms
    std::int32_t minBytes = 1; ///< replica.fetch.min.bytes
    std::int32_t maxBytes = 10 << 20; ///< replica.fetch.response.max.bytes
    std::int32_t partitionMaxBytes = 1 << 20; ///< replica.fetch.max.bytes
    Duration backoff
        = std::chrono::milliseconds(100); ///< replica.fetch.backoff.ms, kept short of Kafka's 1 s
    Duration requestTimeout = std::chrono::seconds(30); ///< replica.socket.timeout.ms
};

/**
 * Copies the partitions that one other broker leads: fetches by an incremental session with long
 * polls, appends, truncates where epochs part (KIP-595's DivergingEpoch). Owned by the
 * ReplicaManager, one per leading broker, on the broker's thread.
 *
 * Throttled partitions that aren't in sync wait while the broker's quota is exceeded (KIP-73).
 *
 * A partition that is added while a long poll waits is asked for at once by a second request; the
 * leader answers the first as soon as it sees it.
 */
class ReplicaFetcher {
public:
    ReplicaFetcher(EventLoop& loop, Transport& transport, EventSink& events, Log& log,
        BrokerId leader, Endpoint endpoint, FetcherOptions options, ReplicationQuota& quota);

    /** Fetches for `partition`, which outlives its place here, from its log end on. */
    void add(Partition& partition);
    void remove(const Partition& partition);
    bool isEmpty() const { return m_states.empty(); }
    const Endpoint& endpoint() const { return m_rpc.endpoint(); }

private:
    using Request = protocol::FetchRequest;
    using Response = protocol::FetchResponse;

    struct State {
        Partition* partition;
        std::int64_t requestedOffset = -1; // what the session knows; -1 nothing
        std::int32_t requestedEpoch = -1;
        std::int64_t requestedLogStart = -1;
        std::uint64_t firstRequest = 0; // answers to older ones are of another end of the log
        bool isKnownToSession = false;
        bool isInSync = false; // was at the leader's high watermark after its last answer
        Duration retryAt{}; // after an error; zero: at once
        bool isDue = false; // listed in m_due
    };
    struct Key {
        Uuid topicId;
        std::int32_t partition;
        bool operator==(const Key&) const = default;
    };
    struct KeyHash {
        std::size_t operator()(const Key& key) const noexcept
        {
            return std::hash<Uuid>{}(key.topicId)
                ^ (static_cast<std::size_t>(key.partition) * 0x9e3779b97f4a7c15u);
        }
    };

    void fetch();
    /** Whether a request has to be sent although one waits. */
    bool hasNews() const;
    /** Whether anything may be fetched yet; what may not has a timer. */
    bool mayFetch() const;
    /** Throttled, above the limit, and behind: those in sync are never held back. */
    bool isHeldBack(const State& state);
    Request nextRequest();
    void answered(Result<Response> response, std::uint64_t request);
    void apply(const Uuid& topicId, Response::PartitionData& data, std::uint64_t request);
    void append(State& state, Response::PartitionData& data);
    void truncate(State& state, std::int32_t epoch, std::int64_t endOffset);
    /** The next request looks whether there is something to tell of it. */
    void makeDue(const Key& key, State& state);
    void makeAllDue();
    void forgetSession();
    void retryLater(State& state);

    EventLoop& m_loop;
    EventSink& m_events;
    Log& m_log;
    BrokerId m_leader;
    FetcherOptions m_options;
    ReplicationQuota& m_quota;
    network::RpcClient m_rpc;
    std::unordered_map<Key, State, KeyHash> m_states;
    std::vector<Key> m_due; // of thousands of partitions most are as the leader was told
    Duration m_nextFullLook{}; // our own log start moves without being told
    std::vector<Key> m_forgotten; // to leave the session with the next request
    std::int32_t m_sessionId = 0;
    std::int32_t m_sessionEpoch = 0;
    std::uint64_t m_requests = 0; // that were ever sent
    int m_inFlight = 0;
    Timer m_retry;
    Timer m_kick;
    Timer m_retryPartitions;
};

} // namespace moldau::broker
