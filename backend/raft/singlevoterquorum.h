#pragma once

#include "base/eventloop.h"
#include "base/filesystem.h"
#include "base/log.h"
#include "raft/observers.h"
#include "raft/quorum.h"
#include "raft/replicatedlog.h"

#include <deque>
#include <list>
#include <memory>
#include <optional>

namespace moldau::raft {

/**
 * A quorum of one: it is the leader as soon as its log is on disk, and what its disk has is
 * committed. Appends of one turn of the loop, and those that come while the disk is busy, share
 * the next fsync, which runs on a worker.
 */
class SingleVoterQuorum final : public Quorum {
public:
    struct Options {
        Voter self;
        std::string clusterId;
        std::string statePath; ///< of the file quorum-state, beside the log
    };

    /** `loop`, `files` and `log` outlive the quorum. */
    SingleVoterQuorum(EventLoop& loop, FileSystem& files, Log& log,
        std::unique_ptr<ReplicatedLog> replicated, Options options);
    ~SingleVoterQuorum() override;

    Result<void> start(QuorumListener& listener) override;
    Role role() const override { return m_role; }
    LeaderAndEpoch leader() const override;
    std::int64_t endOffset() const override { return m_log->endOffset(); }
    std::int64_t highWatermark() const override { return m_highWatermark; }
    Result<std::int64_t> append(
        std::vector<Bytes> values, Callback<void(Result<void>)> committed) override;
    void resign() override;
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
        protocol::FetchRequest request;
        std::int16_t version = 0;
        Callback<void(protocol::FetchResponse)> done;
        Timer timer;
    };

    void flushSoon();
    void flush();
    void flushed(const Result<std::int64_t>& upTo);
    /** Tells the listener and the appends what lies below the high watermark. */
    void tellCommitted();
    void failAppends(const Error& error);
    void stop(const Error& error);
    void answerFetches();
    /** What the request gets; none while it may wait for more. */
    std::optional<protocol::FetchResponse> tryFetch(
        const protocol::FetchRequest& request, std::int16_t version, bool mayWait);

    EventLoop& m_loop;
    FileSystem& m_files;
    Log& m_nodeLog;
    std::unique_ptr<ReplicatedLog> m_log;
    Options m_options;
    QuorumListener* m_listener = nullptr;
    Role m_role = Role::Unattached;
    std::int32_t m_epoch = 0;
    std::int64_t m_highWatermark = 0;
    std::int64_t m_toldOffset = 0; ///< listener and appends know what is below
    bool m_isFlushing = false;
    bool m_isFlushPosted = false;
    std::deque<OpenAppend> m_appends;
    std::list<OpenFetch> m_fetches;
    Observers m_observers;
    std::shared_ptr<bool> m_isAlive = std::make_shared<bool>(true); ///< for posted work
};

} // namespace moldau::raft
