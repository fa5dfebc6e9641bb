#pragma once

#include "base/eventloop.h"
#include "raft/effect.h"
#include "raft/logview.h"
#include "raft/messages.h"
#include "raft/quorumstate.h"
#include "raft/role.h"

#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <vector>

namespace moldau::raft {

/**
 * One voter's mind: KRaft with pre-vote (KIP-996), fetching followers and check-quorum, as a state
 * machine. Messages and the time go in, effects come out; it does no input or output, has no clock,
 * and draws its only chance from a seed, so that a simulation can run any number of them. Owned by
 * a VotingQuorum or a test and used on its thread.
 *
 * After each call that changes something the owner carries out takeEffects(), in order and before
 * the next call, and then lets the answer go that the call returned. tick() is due at nextTick().
 * A voter answers for its log only as far as flushed() told that the disk has it.
 */
class Consensus {
public:
    /** Times have Kafka's names and defaults: controller.quorum.* */
    struct Options {
        ReplicaKey self;
        std::vector<BrokerId> voters; ///< with this node
        Duration electionTimeout = std::chrono::seconds(1); ///< election.timeout.ms
        Duration electionBackoffMax = std::chrono::seconds(1); ///< election.backoff.max.ms
        Duration fetchTimeout = std::chrono::seconds(2); ///< fetch.timeout.ms
        Duration retryBackoff = std::chrono::milliseconds(20); ///< retry.backoff.ms
        std::uint64_t seed = 0;
    };

    /** `log` outlives it. `saved` is what the last SaveState said; an empty one for a new voter. */
    Consensus(Options options, const LogView& log, const QuorumState& saved);

    /** Takes part from now on. A voter without others leads at once. */
    void start(Duration now);
    void tick(Duration now);
    /** When tick() has something to do at the earliest; Duration::max() for never. */
    Duration nextTick() const;
    std::vector<Effect> takeEffects();

    // What others ask.
    VoteAnswer handle(const Vote& vote, Duration now);
    EpochAnswer handle(const BeginEpoch& begin, Duration now);
    EpochAnswer handle(const EndEpoch& end, Duration now);
    /** Without records, which the owner reads from the offset up to `readableTo`, or waits for. */
    FetchAnswer handle(const Fetch& fetch, Duration now);
    /** What a fetch that waits would get by now. */
    FetchAnswer answerTo(const Fetch& fetch) const;
    /** Without bytes. */
    SnapshotAnswer handle(const FetchSnapshot& fetch, Duration now);

    // How a Send ended.
    void answered(std::uint64_t call, const Answer& answer, Duration now);
    /** No answer: the other side is gone (`isUnreachable`: its connection broke), or didn't say. */
    void failed(std::uint64_t call, bool isUnreachable, Duration now);

    /** All of the log below `upTo` is on the disk. To be called also when the log was cut. */
    void flushed(std::int64_t upTo, Duration now);
    /** Lets the leadership go, if this node has it. */
    void resign(Duration now);

    Role role() const { return m_role; }
    LeaderAndEpoch leader() const { return {m_leader, m_epoch}; }
    std::int32_t epoch() const { return m_epoch; }
    bool isLeader() const { return m_role == Role::Leader; }
    bool isVoter(BrokerId id) const;
    /**
     * Whether a voter fetches, and not the broker that shares its id in a combined node: voters
     * know the epoch in which they fetch, brokers name none.
     */
    bool isFromVoter(const Fetch& fetch) const
    {
        return fetch.epoch >= 0 && isVoter(fetch.replica.id);
    }
    /** Everything below is committed; rises only, but for restarts. */
    std::int64_t highWatermark() const { return m_highWatermark; }
    /** Where the epoch of this leader begins. */
    std::int64_t epochStart() const { return m_epochStart; }
    const std::vector<BrokerId>& voters() const { return m_options.voters; }

private:
    /** Another voter, as the present role sees it; made anew with each role. */
    struct Peer {
        std::uint64_t openCall = 0; ///< 0: none
        Duration notBefore{}; ///< when it may be asked (again)
        bool isDone = false; ///< nothing is left to ask it in this role
        bool hasGranted = false; ///< its vote
        bool hasRejected = false;
        std::int64_t endOffset = -1; ///< of its log, told by its fetches in this epoch
        Duration lastContact{}; ///< last fetch
    };
    /** A leader's snapshot on its way to this follower. */
    struct Download {
        SnapshotId id;
        std::int64_t position = 0;
    };

    // Roles (consensus.cpp)
    void enter(Role role, Duration now, Duration deadline);
    void becomeUnattached(std::int32_t epoch, Duration now);
    void becomeFollower(const LeaderAndEpoch& leader, Duration now);
    void becomeProspective(Duration now);
    void becomeCandidate(Duration now);
    void becomeLeader(Duration now);
    /** Not elected: back to the leader that was known, or another try after a while. */
    void concede(Duration now);
    void save();
    void sendDue(Duration now);
    /** What the present role asks of this voter; none when nothing may be asked. */
    std::optional<Request> requestFor(BrokerId id, const Peer& peer) const;
    /** What a follower asks next; none while its log is on its way to the disk. */
    std::optional<Request> nextFetch() const;
    std::size_t majority() const { return m_options.voters.size() / 2 + 1; }
    /** Between `least` and twice that. */
    Duration randomly(Duration least);
    Duration upTo(Duration most);

    // Leading (consensusleader.cpp)
    void noteContact(BrokerId voter, Duration now);
    void moveHighWatermark(std::int64_t to);
    void countAcknowledged();
    /** Until when the voters heard of are a majority. */
    Duration quorumLostAt() const;
    std::vector<BrokerId> votersByProgress() const;
    ErrorCode leadershipFor(std::int32_t epoch) const;

    // Answers (consensusanswers.cpp)
    /** What any answer says of leader and epoch; true when it made this node another one. */
    bool learn(const LeaderAndEpoch& leader, Duration now);
    void take(BrokerId from, Peer& peer, const VoteAnswer& answer, Duration now);
    void take(BrokerId from, Peer& peer, const EpochAnswer& answer, Duration now);
    void take(BrokerId from, Peer& peer, const FetchAnswer& answer, Duration now);
    void take(BrokerId from, Peer& peer, const SnapshotAnswer& answer, Duration now);
    void countVotes(Duration now);
    void heardLeader(Peer& peer, Duration now);
    void cutAt(const EpochEnd& diverging);

    Options m_options;
    const LogView& m_log;
    std::mt19937_64 m_random;
    std::vector<Effect> m_effects;

    Role m_role = Role::Unattached;
    std::int32_t m_epoch = 0;
    BrokerId m_leader = kNoBroker; ///< of m_epoch
    ReplicaKey m_voted; ///< in m_epoch
    QuorumState m_saved; ///< as the disk has it
    Duration m_deadline = Duration::max(); ///< of the role: election, fetch, check-quorum
    std::map<BrokerId, Peer> m_peers;
    std::uint64_t m_lastCall = 0;

    std::int64_t m_durableEnd = -1; ///< unknown before the first flushed()
    std::int64_t m_highWatermark = 0;
    std::int64_t m_epochStart = -1; ///< leader: of its LeaderChange batch
    std::vector<BrokerId> m_successors; ///< resigned: who should be next
    std::int64_t m_leaderHighWatermark = -1; ///< follower: as its leader tells
    bool m_hasFetched = false; ///< follower: the leader of this epoch has answered
    std::optional<Download> m_download;
};

} // namespace moldau::raft
