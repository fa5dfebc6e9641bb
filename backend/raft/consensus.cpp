// The roles of a voter and how it gets from one to another.

#include "raft/consensus.h"

#include <algorithm>
#include <utility>

namespace moldau::raft {

Consensus::Consensus(Options options, const LogView& log, const QuorumState& saved)
    : m_options(std::move(options))
    , m_log(log)
    , m_random(m_options.seed)
    , m_epoch(std::max(saved.epoch, log.lastEpoch()))
    , m_saved(saved)
    , m_highWatermark(
          std::max(log.startOffset(), log.newestSnapshot().value_or(SnapshotId()).offset))
{
    if (m_epoch == saved.epoch) {
        m_leader = saved.leader == m_options.self.id ? kNoBroker : saved.leader;
        m_voted = {saved.voted, saved.votedDirectory};
    } else {
        m_voted = m_options.self; // the file is lost: perhaps it voted for somebody
    }
}

bool Consensus::isVoter(BrokerId id) const
{
    return std::find(m_options.voters.begin(), m_options.voters.end(), id)
        != m_options.voters.end();
}

void Consensus::start(Duration now)
{
    if (majority() == 1)
        return becomeCandidate(now);
    if (isVoter(m_leader))
        return becomeFollower({m_leader, m_epoch}, now);
    // It has nobody to wait for, and a pre-vote disturbs nobody.
    enter(Role::Unattached, now, now + upTo(m_options.electionTimeout / 4));
}

std::vector<Effect> Consensus::takeEffects()
{
    return std::exchange(m_effects, {});
}

Duration Consensus::randomly(Duration least)
{
    return least + upTo(least);
}

Duration Consensus::upTo(Duration most)
{
    return Duration(static_cast<std::int64_t>(
        m_random() % static_cast<std::uint64_t>(std::max<std::int64_t>(most.count(), 0) + 1)));
}

void Consensus::save()
{
    const QuorumState state{m_leader, m_epoch, m_voted.id, m_voted.directory};
    if (state == m_saved)
        return;
    m_saved = state;
    m_effects.emplace_back(SaveState{state});
}

void Consensus::enter(Role role, Duration now, Duration deadline)
{
    m_role = role;
    m_deadline = deadline;
    m_hasFetched = false;
    m_leaderHighWatermark = -1;
    m_download.reset();
    m_peers.clear();
    for (const BrokerId voter : m_options.voters) {
        if (voter != m_options.self.id)
            m_peers[voter] = Peer{.notBefore = now, .lastContact = now};
    }
    m_effects.emplace_back(RoleChanged{});
}

void Consensus::becomeUnattached(std::int32_t epoch, Duration now)
{
    // Who waits for an election goes on waiting: candidates that can't win must not put it off.
    const bool isWaiting = m_role != Role::Leader && m_role != Role::Follower;
    const Duration fresh = now + randomly(m_options.electionTimeout);
    if (epoch > m_epoch)
        m_voted = {};
    m_epoch = epoch;
    m_leader = kNoBroker;
    save();
    enter(Role::Unattached, now, isWaiting ? std::min(fresh, m_deadline) : fresh);
}

void Consensus::becomeFollower(const LeaderAndEpoch& leader, Duration now)
{
    if (leader.epoch > m_epoch)
        m_voted = {};
    m_epoch = leader.epoch;
    m_leader = leader.leader;
    save();
    enter(Role::Follower, now, now + m_options.fetchTimeout);
    sendDue(now);
}

void Consensus::becomeProspective(Duration now)
{
    if (majority() == 1)
        return becomeCandidate(now);
    enter(Role::Prospective, now, now + randomly(m_options.electionTimeout));
    sendDue(now);
}

void Consensus::becomeCandidate(Duration now)
{
    ++m_epoch;
    m_leader = kNoBroker;
    m_voted = m_options.self;
    enter(Role::Candidate, now, now + randomly(m_options.electionTimeout));
    if (majority() == 1)
        return becomeLeader(now);
    save();
    sendDue(now);
}

void Consensus::becomeLeader(Duration now)
{
    StartEpoch start{m_epoch, {m_options.self.id}};
    for (const auto& [id, peer] : m_peers) {
        if (peer.hasGranted)
            start.granting.push_back(id);
    }
    m_leader = m_options.self.id;
    m_epochStart = m_log.endOffset();
    save();
    enter(Role::Leader, now, Duration::max());
    m_deadline = quorumLostAt();
    m_effects.emplace_back(std::move(start));
    sendDue(now);
}

void Consensus::concede(Duration now)
{
    if (m_leader != kNoBroker)
        return becomeFollower({m_leader, m_epoch}, now);
    enter(Role::Unattached, now, now + upTo(m_options.electionBackoffMax));
}

void Consensus::resign(Duration now)
{
    if (m_role != Role::Leader)
        return;
    const std::vector<BrokerId> successors = votersByProgress();
    m_leader = kNoBroker;
    enter(Role::Resigned, now, now + randomly(m_options.electionTimeout));
    m_successors = successors;
    sendDue(now);
}

void Consensus::tick(Duration now)
{
    if (now >= m_deadline) {
        switch (m_role) {
        case Role::Unattached:
        case Role::Follower:
        case Role::Resigned:
            becomeProspective(now);
            break;
        case Role::Prospective:
        case Role::Candidate:
            concede(now);
            break;
        case Role::Leader:
            resign(now);
            break;
        }
    }
    sendDue(now);
}

Duration Consensus::nextTick() const
{
    Duration next = m_deadline;
    for (const auto& [id, peer] : m_peers) {
        if (peer.openCall == 0 && requestFor(id, peer))
            next = std::min(next, peer.notBefore);
    }
    return next;
}

void Consensus::sendDue(Duration now)
{
    for (auto& [id, peer] : m_peers) {
        if (peer.openCall != 0 || peer.notBefore > now)
            continue;
        auto request = requestFor(id, peer);
        if (!request)
            continue;
        peer.openCall = ++m_lastCall;
        m_effects.emplace_back(Send{peer.openCall, id, std::move(*request)});
    }
}

std::optional<Request> Consensus::requestFor(BrokerId id, const Peer& peer) const
{
    if (peer.isDone)
        return std::nullopt;
    switch (m_role) {
    case Role::Unattached:
        return std::nullopt;
    case Role::Prospective:
        return Vote{m_epoch, m_options.self, m_log.end(), true};
    case Role::Candidate:
        return Vote{m_epoch, m_options.self, m_log.end(), false};
    case Role::Leader:
        return BeginEpoch{{m_leader, m_epoch}};
    case Role::Resigned:
        return EndEpoch{{m_options.self.id, m_epoch}, m_successors};
    case Role::Follower:
        return id == m_leader ? nextFetch() : std::nullopt;
    }
    return std::nullopt;
}

std::optional<Request> Consensus::nextFetch() const
{
    if (m_durableEnd != m_log.endOffset())
        return std::nullopt; // a fetch says what the disk has
    if (m_download)
        return FetchSnapshot{m_epoch, m_options.self, m_download->id, m_download->position};
    return Fetch{m_epoch, m_options.self, m_log.endOffset(), m_log.lastEpoch(), m_highWatermark};
}

} // namespace moldau::raft
