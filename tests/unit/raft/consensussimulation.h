#pragma once

#include "testlog.h"

#include <cstdio>
#include <functional>
#include <set>

namespace moldau::raft {

using namespace std::chrono_literals;

/**
 * Voters that talk over a bad network and sit on bad disks, all by chance from one seed: messages
 * are lost, late, doubled and out of order, links are cut in one or both directions, voters die
 * with or without what they had not synced and come back, some with an empty log, snapshots are
 * taken and logs lose their beginnings. What consensus promises is looked at
 * after each thing that happens; violation() is the first promise that was broken.
 */
class ConsensusSimulation {
public:
    ConsensusSimulation(std::uint64_t seed, int voters, bool isTraced = false)
        : m_random(seed)
        , m_isTraced(isTraced)
    {
        for (int id = 1; id <= voters; ++id)
            m_voters.push_back(BrokerId(id));
        for (const BrokerId id : m_voters) {
            m_nodes[id].id = id;
            start(m_nodes[id]);
        }
    }

    /** A while of faults and appends, then all is made whole and the voters must agree. */
    void run(Duration storm)
    {
        at(0ms, [this] { appendSometimes(); });
        at(0ms, [this] { faultSometimes(); });
        runUntil(storm, [] { return false; });
        heal();
        const auto before = m_committed.size();
        const bool isWell = runUntil(storm + 20s, [&] { return isSettledBeyond(before + 3); });
        if (!isWell)
            broken("the voters don't agree, though nothing fails any more");
    }

    const std::string& violation() const { return m_violation; }
    std::size_t committedCount() const { return m_committed.size(); }
    std::size_t epochCount() const { return m_leaders.size(); }
    std::size_t steps() const { return m_steps; }
    std::size_t snapshotLoads() const { return m_snapshotLoads; }
    std::size_t wipes() const { return m_wipes; }

private:
    struct Node {
        BrokerId id;
        TestLog log;
        TestLog disk; ///< what a power cut leaves of it
        QuorumState state;
        std::unique_ptr<Consensus> core;
        int life = 0; ///< counts its starts and deaths
        bool isFlushing = false;
        Duration tickAt = Duration::max();
        Bytes download;
    };
    using Reply = std::function<void(Answer)>;

    void at(Duration delay, std::function<void()> work)
    {
        m_calendar.emplace(std::pair(m_now + delay, ++m_order), std::move(work));
    }
    std::int64_t between(std::int64_t least, std::int64_t most)
    {
        return least
            + static_cast<std::int64_t>(m_random() % static_cast<std::uint64_t>(most - least + 1));
    }
    Duration between(Duration least, Duration most)
    {
        return Duration(between(least.count(), most.count()));
    }
    bool happens(int percent) { return between(1, 100) <= percent; }
    bool runUntil(Duration end, const std::function<bool()>& isDone)
    {
        while (
            m_violation.empty() && !m_calendar.empty() && m_calendar.begin()->first.first <= end) {
            auto next = m_calendar.extract(m_calendar.begin());
            m_now = next.key().first;
            next.mapped()();
            ++m_steps;
            if (isDone())
                return true;
        }
        return false;
    }
    template <class... Args> void trace(fmt::format_string<Args...> text, Args&&... args)
    {
        if (m_isTraced)
            fmt::print(stderr, "{:9.4f} {}\n", std::chrono::duration<double>(m_now).count(),
                fmt::format(text, std::forward<Args>(args)...));
    }
    void broken(std::string what)
    {
        if (m_violation.empty())
            m_violation = std::move(what);
    }

    // --- voters

    void start(Node& node)
    {
        ++node.life;
        node.isFlushing = false;
        node.download.clear();
        Consensus::Options options;
        options.self = {node.id, {}};
        options.voters = m_voters;
        options.electionTimeout = 100ms;
        options.electionBackoffMax = 100ms;
        options.fetchTimeout = 200ms;
        options.seed = m_random();
        node.core = std::make_unique<Consensus>(options, node.log, node.state);
        trace("{} starts with a log to {}", node.id.value(), node.log.endOffset());
        node.core->start(m_now);
        carryOut(node);
        flush(node);
    }
    void crash(Node& node)
    {
        const bool isPowerCut = happens(50);
        trace("{} dies{}", node.id.value(), isPowerCut ? " of a power cut" : "");
        ++node.life;
        node.core.reset();
        if (isPowerCut)
            node.log = node.disk;
    }
    void carryOut(Node& node)
    {
        for (const Effect& effect : node.core->takeEffects())
            std::visit([&](const auto& each) { perform(node, each); }, effect);
        const Duration next = node.core->nextTick();
        if (next >= node.tickAt || next == Duration::max())
            return;
        node.tickAt = next;
        at(std::max(next - m_now, Duration::zero()), [this, &node, life = node.life] {
            node.tickAt = Duration::max();
            if (node.life == life)
                node.core->tick(m_now);
            if (node.core)
                carryOut(node);
        });
    }
    void flush(Node& node)
    {
        if (std::exchange(node.isFlushing, true))
            return;
        at(between(0ms, 8ms), [this, &node, life = node.life, synced = node.log] {
            if (node.life != life)
                return;
            node.disk = synced;
            node.disk.addSnapshotsOf(node.log);
            node.isFlushing = false;
            node.core->flushed(synced.endOffset(), m_now);
            carryOut(node);
            if (node.log.endOffset() != synced.endOffset())
                flush(node);
        });
    }
    void append(Node& node, std::int32_t epoch, std::uint64_t value)
    {
        node.log.append(epoch, value);
        noteWritten(node, node.log.endOffset() - 1);
        flush(node);
    }

    void perform(Node& node, const SaveState& save) { node.state = save.state; }
    void perform(Node& node, const Send& send) { carry(node, send); }
    void perform(Node& node, const StartEpoch& start)
    {
        trace("{} leads epoch {} from {}", node.id.value(), start.epoch, node.log.endOffset());
        const auto [leader, isFirst] = m_leaders.emplace(start.epoch, node.id);
        if (!isFirst)
            broken(fmt::format("epoch {} is led by {} and by {}", start.epoch,
                leader->second.value(), node.id.value()));
        const auto committed = static_cast<std::int64_t>(m_committed.size());
        if (committed > 0
            && (node.log.endOffset() < committed || node.log.startOffset() > committed
                || node.log.historyAt(committed) != m_committed.back()))
            broken(fmt::format("{}, leader of epoch {}, lacks what was committed up to {}",
                node.id.value(), start.epoch, committed));
        append(node, start.epoch, 0);
    }
    void perform(Node& node, const AppendFetched& fetched)
    {
        const std::int64_t from = node.log.endOffset();
        node.log.append(fetched.records);
        for (std::int64_t offset = from; offset < node.log.endOffset(); ++offset)
            noteWritten(node, offset);
        flush(node);
    }
    void perform(Node& node, const Truncate& cut)
    {
        trace("{} cuts its log at {}", node.id.value(), cut.offset);
        node.log.truncate(cut.offset);
        flush(node);
    }
    void perform(Node& node, const StoreSnapshot& piece)
    {
        if (piece.position == 0)
            node.download.clear();
        if (static_cast<std::size_t>(piece.position) != node.download.size())
            return broken("a snapshot comes in pieces that don't fit");
        node.download.insert(
            node.download.end(), piece.bytes.bytes.begin(), piece.bytes.bytes.end());
        if (!piece.isLast)
            return;
        std::uint64_t history = 0;
        std::memcpy(&history, node.download.data(), sizeof(history));
        trace("{} loads the snapshot {}-{}", node.id.value(), piece.id.offset, piece.id.epoch);
        node.log.startAt(piece.id, history);
        node.disk = node.log; // a snapshot is synced before the log begins anew
        ++m_snapshotLoads;
        flush(node);
    }
    void perform(Node& node, const RoleChanged&)
    {
        trace("{} is {} in epoch {}, leader {}", node.id.value(), nameOf(node.core->role()),
            node.core->epoch(), node.core->leader().leader.value());
    }
    void perform(Node& node, const HighWatermarkMoved&)
    {
        const std::int64_t offset = node.core->highWatermark();
        if (offset > node.log.endOffset())
            return broken(fmt::format("{} takes for committed what it hasn't", node.id.value()));
        for (auto next = static_cast<std::int64_t>(m_committed.size()); next < offset; ++next) {
            m_committed.push_back(node.log.at(next).history);
            if (next + 1 == offset && diskCount(offset) < m_voters.size() / 2 + 1)
                broken(fmt::format("{} is committed and not on a majority of disks", offset - 1));
        }
        if (offset > 0
            && node.log.historyAt(offset) != m_committed.at(static_cast<std::size_t>(offset - 1)))
            broken(fmt::format(
                "{} commits other records than others below {}", node.id.value(), offset));
        if (happens(10) && offset > node.log.startOffset() + 10 && node.disk.endOffset() >= offset)
            takeSnapshot(node, offset);
    }
    void perform(Node& node, const Violation& violation)
    {
        broken(fmt::format("{}: {}", node.id.value(), violation.what));
    }

    void takeSnapshot(Node& node, std::int64_t offset)
    {
        const SnapshotId id{node.log.at(offset - 1).epoch, offset};
        const std::uint64_t history = node.log.historyAt(offset);
        node.log.addSnapshot(id, history);
        node.disk.addSnapshot(id, history);
        if (node.log.snapshots().size() < 2 || happens(40))
            return;
        auto kept = std::next(
            node.log.snapshots().begin(), between(1, std::ssize(node.log.snapshots()) - 1));
        trace("{} cuts its log below {}", node.id.value(), kept->first.offset);
        node.log.cutBefore(SnapshotId(kept->first));
    }
    /** Whether enough of the others have on their disks all that this one has. */
    bool isReplaceable(const Node& node) const
    {
        const std::int64_t end = std::max(node.log.endOffset(), node.disk.endOffset());
        std::size_t others = 0;
        for (const auto& [id, other] : m_nodes) {
            const bool isSame = id != node.id && other.disk.endOffset() >= end
                && other.disk.startOffset() <= end && node.log.endOffset() == end
                && other.disk.historyAt(end) == node.log.historyAt(end);
            others += isSame ? 1 : 0;
        }
        return others >= m_voters.size() / 2 + 1;
    }
    /** Its log is lost; what it has promised in elections is not. */
    void wipe(Node& node)
    {
        trace("{} loses its log", node.id.value());
        ++node.life;
        node.core.reset();
        node.log = {};
        node.disk = {};
        ++m_wipes;
    }

    // --- promises

    /** An offset and an epoch together stand for one record, and for all before it. */
    void noteWritten(const Node& node, std::int64_t offset)
    {
        const Entry& entry = node.log.at(offset);
        const auto [known, isNew]
            = m_written.emplace(std::pair(offset, entry.epoch), entry.history);
        if (!isNew && known->second != entry.history)
            broken(fmt::format("two logs differ up to offset {} of epoch {}", offset, entry.epoch));
    }
    std::size_t diskCount(std::int64_t offset) const
    {
        return static_cast<std::size_t>(
            std::count_if(m_nodes.begin(), m_nodes.end(), [&](const auto& each) {
                const TestLog& disk = each.second.disk;
                return disk.startOffset() >= offset
                    || (disk.endOffset() >= offset
                        && disk.historyAt(offset)
                            == m_committed[static_cast<std::size_t>(offset - 1)]);
            }));
    }
    bool isSettledBeyond(std::size_t offset) const
    {
        return std::all_of(m_nodes.begin(), m_nodes.end(), [&](const auto& each) {
            return each.second.core
                && each.second.core->highWatermark() > static_cast<std::int64_t>(offset);
        });
    }

    // --- network

    void carry(Node& from, const Send& send)
    {
        const auto isOver = std::make_shared<bool>(false);
        const auto end = [this, &from, life = from.life, isOver, call = send.call](
                             const std::function<void()>& tell) {
            if (std::exchange(*isOver, true) || from.life != life)
                return;
            tell();
            carryOut(from);
        };
        at(150ms, [this, &from, end, call = send.call] {
            end([&] { from.core->failed(call, false, m_now); });
        });
        Node& to = m_nodes.at(send.to);
        const Reply reply = [this, &from, &to, end, call = send.call](Answer answer) {
            if (!isLost(to.id, from.id))
                at(latency(), [this, &from, end, call, answer = std::move(answer)] {
                    end([&] { from.core->answered(call, answer, m_now); });
                });
        };
        const int copies = happens(m_doublePercent) ? 2 : 1;
        for (int i = 0; i < copies; ++i) {
            if (isLost(from.id, to.id))
                continue;
            at(latency(), [this, &from, &to, end, reply, call = send.call, request = send.request] {
                if (!to.core)
                    return end([&] { from.core->failed(call, true, m_now); });
                std::visit([&](const auto& each) { serve(to, each, reply); }, request);
            });
        }
    }
    template <class Asked> void serve(Node& node, const Asked& request, const Reply& reply)
    {
        Answer answer = node.core->handle(request, m_now);
        carryOut(node);
        reply(std::move(answer));
    }
    void serve(Node& node, const Fetch& request, const Reply& reply)
    {
        FetchAnswer answer = node.core->handle(request, m_now);
        carryOut(node);
        answerFetch(node, request, std::move(answer), m_now + 50ms, reply);
    }
    void answerFetch(Node& node, const Fetch& request, FetchAnswer answer, Duration waitUntil,
        const Reply& reply)
    {
        if (!answer.hasNewsFor(request) && m_now < waitUntil) {
            at(5ms, [this, &node, life = node.life, request, waitUntil, reply] {
                if (node.life == life)
                    answerFetch(node, request, node.core->answerTo(request), waitUntil, reply);
            });
            return;
        }
        if (answer.hasData()) {
            const std::int64_t most = request.offset + between(1, 20);
            answer.records = node.log.read(request.offset, std::min(answer.readableTo, most));
        }
        reply(std::move(answer));
    }
    void serve(Node& node, const FetchSnapshot& request, const Reply& reply)
    {
        constexpr std::int64_t kPiece = 3;
        SnapshotAnswer answer = node.core->handle(request, m_now);
        carryOut(node);
        if (answer.error == ErrorCode::None && !node.log.snapshots().contains(request.id))
            answer.error = ErrorCode::SnapshotNotFound;
        if (answer.error == ErrorCode::None) {
            const std::uint64_t history = node.log.snapshots().at(request.id);
            Bytes file(sizeof(history));
            std::memcpy(file.data(), &history, sizeof(history));
            answer.size = sizeof(history);
            const auto end = std::min(request.position + kPiece, answer.size);
            answer.bytes = Slice(Bytes(file.begin() + request.position, file.begin() + end));
        }
        reply(std::move(answer));
    }
    Duration latency() { return happens(m_latePercent) ? between(10ms, 300ms) : between(0ms, 5ms); }
    bool isLost(BrokerId from, BrokerId to)
    {
        return m_cut.contains({from, to}) || happens(m_lossPercent);
    }

    // --- what happens to them

    void appendSometimes()
    {
        Node& node = anyNode();
        if (node.core && node.core->isLeader()) {
            append(node, node.core->epoch(), ++m_lastValue);
            carryOut(node);
        }
        at(between(1ms, 10ms), [this] { appendSometimes(); });
    }
    void faultSometimes()
    {
        if (m_isHealed)
            return;
        Node& node = anyNode();
        switch (between(0, 9)) {
        case 0:
        case 1:
            if (node.core)
                crash(node);
            break;
        case 2:
        case 3:
            for (auto& [id, each] : m_nodes) {
                if (!each.core)
                    start(each);
            }
            break;
        case 4: // alone
            for (const BrokerId other : m_voters) {
                m_cut.insert({node.id, other});
                m_cut.insert({other, node.id});
            }
            break;
        case 5: // deaf or mute to one
            m_cut.insert({node.id, anyNode().id});
            break;
        case 6:
            m_cut.clear();
            m_lossPercent = 0;
            break;
        case 7:
            m_lossPercent = happens(50) ? 0 : static_cast<int>(between(0, 30));
            m_doublePercent = static_cast<int>(between(0, 20));
            m_latePercent = static_cast<int>(between(0, 20));
            break;
        case 8:
            for (auto& [id, each] : m_nodes) {
                if (!isReplaceable(each))
                    continue;
                wipe(each);
                break;
            }
            break;
        default:
            if (node.core) {
                node.core->resign(m_now);
                carryOut(node);
            }
        }
        at(between(20ms, 300ms), [this] { faultSometimes(); });
    }
    void heal()
    {
        trace("all is made whole");
        m_isHealed = true;
        m_cut.clear();
        m_lossPercent = m_doublePercent = m_latePercent = 0;
        for (auto& [id, node] : m_nodes) {
            if (!node.core)
                start(node);
        }
    }
    Node& anyNode()
    {
        return m_nodes.at(m_voters[static_cast<std::size_t>(between(0, std::ssize(m_voters) - 1))]);
    }

    std::mt19937_64 m_random;
    bool m_isTraced;
    Duration m_now{};
    std::uint64_t m_order = 0;
    std::size_t m_steps = 0;
    std::map<std::pair<Duration, std::uint64_t>, std::function<void()>> m_calendar;
    std::vector<BrokerId> m_voters;
    std::map<BrokerId, Node> m_nodes;
    std::set<std::pair<BrokerId, BrokerId>> m_cut; ///< from, to
    int m_lossPercent = 0;
    int m_doublePercent = 0;
    int m_latePercent = 0;
    bool m_isHealed = false;
    std::uint64_t m_lastValue = 0;
    std::size_t m_snapshotLoads = 0;
    std::size_t m_wipes = 0;

    std::string m_violation;
    std::map<std::int32_t, BrokerId> m_leaders; ///< by epoch
    std::map<std::pair<std::int64_t, std::int32_t>, std::uint64_t> m_written; ///< offset, epoch
    std::vector<std::uint64_t> m_committed; ///< the history of each committed record
};

} // namespace moldau::raft
