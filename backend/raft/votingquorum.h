#pragma once

#include "base/eventloop.h"
#include "base/filesystem.h"
#include "base/log.h"
#include "base/transport.h"
#include "raft/consensus.h"
#include "raft/fetchprogress.h"
#include "raft/quorum.h"
#include "raft/quorumwire.h"
#include "raft/replicatedlog.h"
#include "raft/voterclient.h"

#include <deque>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <utility>

namespace moldau::raft {

/**
 * A voter of the metadata quorum: Consensus with a log, a disk, a clock and the other voters'
 * addresses. Appends of one turn of the loop, and those that come while the disk is busy, share the
 * next fsync, which runs on a worker while the other voters fetch the same records. A voter without
 * others leads as soon as it starts, and what its disk has is committed.
 */
class VotingQuorum final : public Quorum {
public:
    struct Options {
        Consensus::Options consensus; ///< voters and times; `self` and `voters` are filled in
        Voter self;
        std::vector<Voter> voters; ///< with this node
        std::string clusterId;
        std::string statePath; ///< of the file quorum-state, beside the log
        Duration requestTimeout = std::chrono::seconds(2); ///< controller.quorum.request.timeout.ms
    };

    /** The first five outlive the quorum. */
    VotingQuorum(EventLoop& loop, Transport& transport, FileSystem& files, Log& log,
        std::unique_ptr<ReplicatedLog> replicated, Options options);
    ~VotingQuorum() override;

    Result<void> start(QuorumListener& listener) override;
    Role role() const override { return m_consensus ? m_consensus->role() : Role::Unattached; }
    LeaderAndEpoch leader() const override;
    std::int64_t endOffset() const override { return m_log->endOffset(); }
    std::int64_t highWatermark() const override;
    Result<std::int64_t> append(
        std::vector<Bytes> values, Callback<void(Result<void>)> committed) override;
    void resign() override;
    void tellAgain() override;
    bool writeSnapshot(std::int64_t endOffset, std::int64_t lastContainedLogMs,
        SnapshotSource source, Callback<void(Result<void>)> done) override;
    std::int64_t newestSnapshotEnd() const override
    {
        return m_log->newestSnapshot().value_or(SnapshotId()).offset;
    }
    protocol::VoteResponse vote(const protocol::VoteRequest& request) override;
    protocol::BeginQuorumEpochResponse beginEpoch(
        const protocol::BeginQuorumEpochRequest& request) override;
    protocol::EndQuorumEpochResponse endEpoch(
        const protocol::EndQuorumEpochRequest& request) override;
    protocol::FetchSnapshotResponse fetchSnapshot(
        const protocol::FetchSnapshotRequest& request) override;
    void fetch(protocol::FetchRequest request, std::int16_t version,
        Callback<void(protocol::FetchResponse)> done) override;
    protocol::DescribeQuorumResponse describe(
        const protocol::DescribeQuorumRequest& request) const override;

private:
    struct OpenAppend {
        std::int64_t baseOffset = 0;
        std::int64_t endOffset = 0;
        Callback<void(Result<void>)> committed;
    };
    // A fetch that waits for something new.
    struct OpenFetch {
        explicit OpenFetch(EventLoop& loop)
            : timer(loop)
        {
        }
        Fetch fetch;
        Callback<void(protocol::FetchResponse)> done;
        Timer timer;
    };

    bool isAlone() const { return m_options.voters.size() == 1; }
    /** Hands consensus what was asked and carries out what follows from it. */
    template <class Asked>
    auto ask(const Result<Asked>& asked)
        -> Result<decltype(std::declval<Consensus&>().handle(*asked, Duration()))>;
    void carryOut();
    void scheduleTick();
    Result<void> perform(const SaveState& save);
    Result<void> perform(const Send& send);
    Result<void> perform(const StartEpoch& start);
    Result<void> perform(const AppendFetched& fetched);
    Result<void> perform(const Truncate& cut);
    Result<void> perform(const StoreSnapshot& piece);
    Result<void> perform(const RoleChanged&);
    Result<void> perform(const HighWatermarkMoved&);
    Result<void> perform(const Violation& violation);

    void flushSoon();
    void flush();
    void flushed(const Result<std::int64_t>& upTo);

    /** What the listener, appends and waiting fetches are to hear, told outside of any call. */
    void tellUnreachable(BrokerId voter);
    void tellSoon();
    void tell();
    void tellCommitted();
    /** Tells the newest snapshot where the log alone can't tell, or takes longer; whether it did.
     */
    Result<bool> tellSnapshot();
    /** Lets the log drop what is old, soon and every minute from then on. */
    void cleanSoon();
    void clean();
    void tellLeader();
    /** Tells in the log where this voter is reached, once it leads, where the log says otherwise.
     */
    Result<void> correctVoters();
    void failAppends(std::deque<OpenAppend> appends, const Error& error);
    void stop(const Error& error);

    FetchAnswer answerNow(const Fetch& fetch) const;
    /** What the fetch gets; none while it may wait for more. */
    std::optional<protocol::FetchResponse> answerOf(
        const Fetch& fetch, FetchAnswer answer, bool mayWait);
    void answerFetches();

    EventLoop& m_loop;
    Transport& m_transport;
    FileSystem& m_files;
    Log& m_nodeLog;
    std::unique_ptr<ReplicatedLog> m_log;
    Options m_options;
    WireContext m_wire;
    QuorumListener* m_listener = nullptr;
    std::unique_ptr<Consensus> m_consensus; // from start() on
    std::map<BrokerId, std::unique_ptr<VoterClient>> m_clients;
    Timer m_tickTimer;
    Timer m_cleanTimer;
    bool m_isWritingSnapshot = false;
    bool m_isStopped = false; ///< the disk failed
    bool m_isFlushing = false;
    bool m_isFlushPosted = false;
    bool m_isTellPosted = false;
    std::int64_t m_toldOffset = 0; ///< listener and appends know what is below
    std::optional<Bytes> m_toldVoters; ///< of the log below m_toldOffset, where it has them
    LeaderAndEpoch m_toldLeader;
    bool m_wasLeader = false; ///< as of the last change of role
    bool m_hasLostLeadership = false; ///< and the listener doesn't know yet
    std::deque<OpenAppend> m_appends;
    std::deque<OpenAppend> m_lostAppends;
    std::list<OpenFetch> m_fetches;
    FetchProgress m_progress;
    std::shared_ptr<bool> m_isAlive = std::make_shared<bool>(true); ///< for posted work
};

} // namespace moldau::raft
