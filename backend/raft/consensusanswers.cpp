// How a voter's own requests end.

#include "raft/consensus.h"

#include <algorithm>

namespace moldau::raft {

void Consensus::answered(std::uint64_t call, const Answer& answer, Duration now)
{
    const auto found = std::find_if(m_peers.begin(), m_peers.end(),
        [call](const auto& each) { return each.second.openCall == call; });
    if (found == m_peers.end())
        return; // asked in a role that this node has left
    Peer& peer = found->second;
    peer.openCall = 0;
    const bool isNew
        = std::visit([&](const auto& each) { return learn(each.leader, now); }, answer);
    if (!isNew)
        std::visit([&](const auto& each) { take(found->first, peer, each, now); }, answer);
    sendDue(now);
}

void Consensus::failed(std::uint64_t call, bool isUnreachable, Duration now)
{
    const auto found = std::find_if(m_peers.begin(), m_peers.end(),
        [call](const auto& each) { return each.second.openCall == call; });
    if (found == m_peers.end())
        return;
    Peer& peer = found->second;
    peer.openCall = 0;
    peer.notBefore
        = now + (m_role == Role::Leader ? m_options.fetchTimeout / 4 : m_options.retryBackoff);
    if (m_role == Role::Resigned)
        peer.isDone = true; // it sees for itself
    // A leader whose connection broke is most likely dead; the pre-vote asks the others.
    if (m_role == Role::Follower && isUnreachable)
        m_deadline = std::min(m_deadline, now + upTo(m_options.electionTimeout / 4));
}

bool Consensus::learn(const LeaderAndEpoch& leader, Duration now)
{
    const bool isNewer = leader.epoch > m_epoch;
    const bool isNewLeader = leader.epoch == m_epoch && m_leader == kNoBroker
        && m_role != Role::Resigned && leader.leader != kNoBroker;
    if (!isNewer && !isNewLeader)
        return false;
    if (isVoter(leader.leader) && leader.leader != m_options.self.id)
        becomeFollower(leader, now);
    else if (isNewer)
        becomeUnattached(leader.epoch, now);
    else
        return false;
    return true;
}

void Consensus::take(BrokerId from, Peer& peer, const VoteAnswer& answer, Duration now)
{
    if (answer.error == ErrorCode::None && answer.leader == LeaderAndEpoch{from, m_epoch}
        && m_role == Role::Prospective)
        return becomeFollower(answer.leader, now); // it is alive after all
    peer.isDone = true;
    peer.hasGranted = answer.isGranted;
    peer.hasRejected = !answer.isGranted;
    countVotes(now);
}

void Consensus::countVotes(Duration now)
{
    std::size_t granted = 1; // its own
    std::size_t rejected = 0;
    for (const auto& [id, peer] : m_peers) {
        granted += peer.hasGranted ? 1 : 0;
        rejected += peer.hasRejected ? 1 : 0;
    }
    if (granted >= majority())
        m_role == Role::Prospective ? becomeCandidate(now) : becomeLeader(now);
    else if (m_options.voters.size() - rejected < majority())
        concede(now);
}

void Consensus::take(BrokerId, Peer& peer, const EpochAnswer& answer, Duration now)
{
    if (m_role == Role::Resigned)
        peer.isDone = true;
    else if (answer.error == ErrorCode::None)
        peer.notBefore = std::max(peer.notBefore, now + m_options.fetchTimeout / 2);
    else
        peer.notBefore = now + m_options.retryBackoff;
}

void Consensus::heardLeader(Peer& peer, Duration now)
{
    peer.notBefore = now;
    m_hasFetched = true;
    m_deadline = now + m_options.fetchTimeout;
}

void Consensus::take(BrokerId, Peer& peer, const FetchAnswer& answer, Duration now)
{
    if (answer.error != ErrorCode::None) {
        peer.notBefore = now + m_options.retryBackoff;
        return;
    }
    heardLeader(peer, now);
    if (answer.snapshot) {
        m_download = Download{*answer.snapshot, 0};
        return;
    }
    if (answer.diverging)
        return cutAt(*answer.diverging);
    m_leaderHighWatermark = answer.highWatermark;
    if (answer.records.size() > 0) {
        m_durableEnd = -1;
        m_effects.emplace_back(AppendFetched{answer.records});
    } else {
        moveHighWatermark(std::min(m_leaderHighWatermark, m_log.endOffset()));
    }
}

void Consensus::cutAt(const EpochEnd& diverging)
{
    const EpochEnd own = m_log.endOfEpoch(diverging.epoch);
    const std::int64_t common = own.epoch == diverging.epoch
        ? std::min(own.endOffset, diverging.endOffset)
        : own.endOffset; // -1: nothing
    const std::int64_t end = std::max(common, m_log.startOffset());
    if (end < m_highWatermark) {
        m_effects.emplace_back(Violation{"the leader of epoch " + std::to_string(m_epoch)
            + " lacks what was committed: its log parts from ours at offset " + std::to_string(end)
            + ", below the high watermark " + std::to_string(m_highWatermark)});
        return;
    }
    m_durableEnd = -1;
    m_effects.emplace_back(Truncate{end});
}

void Consensus::take(BrokerId, Peer& peer, const SnapshotAnswer& answer, Duration now)
{
    if (answer.error != ErrorCode::None || !m_download || answer.id != m_download->id
        || answer.position != m_download->position || answer.bytes.size() == 0) {
        m_download.reset(); // the next fetch names another one
        peer.notBefore = now + m_options.retryBackoff;
        return;
    }
    heardLeader(peer, now);
    m_download->position += static_cast<std::int64_t>(answer.bytes.size());
    const bool isLast = m_download->position >= answer.size;
    m_effects.emplace_back(StoreSnapshot{answer.id, answer.position, answer.bytes, isLast});
    if (isLast) {
        m_durableEnd = -1;
        m_download.reset();
    }
}

void Consensus::flushed(std::int64_t upTo, Duration now)
{
    m_durableEnd = upTo;
    moveHighWatermark(m_log.startOffset()); // a snapshot holds what is committed
    if (m_role == Role::Leader)
        countAcknowledged();
    else if (m_role == Role::Follower)
        moveHighWatermark(std::min(m_leaderHighWatermark, m_durableEnd));
    sendDue(now);
}

} // namespace moldau::raft
