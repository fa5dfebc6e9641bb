// What other nodes ask of a voter, and what a leader makes of its followers' fetches.

#include "raft/consensus.h"

#include <algorithm>

namespace moldau::raft {

VoteAnswer Consensus::handle(const Vote& vote, Duration now)
{
    if (!isVoter(vote.candidate.id) || vote.candidate.id == m_options.self.id
        || vote.lastLog.epoch > vote.epoch)
        return {ErrorCode::InvalidRequest, leader(), false};
    if (vote.epoch < m_epoch)
        return {ErrorCode::FencedLeaderEpoch, leader(), false};
    if (vote.epoch > m_epoch)
        becomeUnattached(vote.epoch, now);

    const bool isUpToDate = vote.lastLog >= m_log.end();
    if (vote.isPreVote) {
        const bool hasLeader = m_role == Role::Leader || (m_role == Role::Follower && m_hasFetched);
        return {ErrorCode::None, leader(), isUpToDate && !hasLeader};
    }
    if (m_voted.id != kNoBroker)
        return {ErrorCode::None, leader(), m_voted == vote.candidate};
    if (!isUpToDate || m_leader != kNoBroker)
        return {ErrorCode::None, leader(), false};
    m_voted = vote.candidate;
    save();
    enter(Role::Unattached, now, now + randomly(m_options.electionTimeout));
    return {ErrorCode::None, leader(), true};
}

EpochAnswer Consensus::handle(const BeginEpoch& begin, Duration now)
{
    if (!isVoter(begin.leader.leader) || begin.leader.leader == m_options.self.id)
        return {ErrorCode::InvalidRequest, leader()};
    if (begin.leader.epoch < m_epoch)
        return {ErrorCode::FencedLeaderEpoch, leader()};
    const bool isKnown = begin.leader.epoch == m_epoch && m_leader != kNoBroker;
    if (isKnown && m_leader != begin.leader.leader)
        return {ErrorCode::InvalidRequest, leader()}; // an epoch has one leader
    if (!isKnown || m_role != Role::Follower)
        becomeFollower(begin.leader, now);
    return {ErrorCode::None, leader()};
}

EpochAnswer Consensus::handle(const EndEpoch& end, Duration now)
{
    if (!isVoter(end.leader.leader) || end.leader.leader == m_options.self.id)
        return {ErrorCode::InvalidRequest, leader()};
    if (end.leader.epoch < m_epoch)
        return {ErrorCode::FencedLeaderEpoch, leader()};
    if (end.leader.epoch > m_epoch)
        becomeUnattached(end.leader.epoch, now);
    if (m_role != Role::Follower && m_role != Role::Unattached)
        return {ErrorCode::None, leader()};
    // The best successor tries at once, each other one a little later.
    const auto place = std::find(end.successors.begin(), end.successors.end(), m_options.self.id);
    m_hasFetched = false;
    m_deadline = std::min(
        m_deadline, now + m_options.electionTimeout / 4 * (place - end.successors.begin()));
    return {ErrorCode::None, leader()};
}

ErrorCode Consensus::leadershipFor(std::int32_t epoch) const
{
    if (epoch >= 0 && epoch != m_epoch)
        return epoch < m_epoch ? ErrorCode::FencedLeaderEpoch : ErrorCode::UnknownLeaderEpoch;
    return m_role == Role::Leader ? ErrorCode::None : ErrorCode::NotLeaderOrFollower;
}

FetchAnswer Consensus::handle(const Fetch& fetch, Duration now)
{
    const FetchAnswer answer = answerTo(fetch);
    if (answer.error != ErrorCode::None)
        return answer;
    if (!isFromVoter(fetch))
        return answer;
    noteContact(fetch.replica.id, now);
    const auto voter = m_peers.find(fetch.replica.id);
    if (voter == m_peers.end() || fetch.epoch != m_epoch || !answer.hasData())
        return answer;
    voter->second.endOffset = std::max(voter->second.endOffset, fetch.offset);
    countAcknowledged();
    return answerTo(fetch);
}

FetchAnswer Consensus::answerTo(const Fetch& fetch) const
{
    FetchAnswer answer;
    const std::int64_t start = m_log.startOffset();
    answer.error = leadershipFor(fetch.epoch);
    answer.leader = leader();
    answer.highWatermark = m_highWatermark;
    answer.startOffset = start;
    if (answer.error != ErrorCode::None)
        return answer;
    const auto oldest = m_log.snapshot();
    const auto newest = m_log.newestSnapshot();
    const bool isCutOff = oldest
        && (fetch.offset < start
            || (fetch.lastEpoch >= 0
                && (fetch.lastEpoch < oldest->epoch
                    || (fetch.offset == start && fetch.lastEpoch != oldest->epoch))));
    // Who has nothing at all is quicker there by the snapshot, also while the log is whole.
    if (isCutOff || (fetch.offset == 0 && newest)) {
        answer.snapshot = newest;
        return answer;
    }
    if (fetch.offset < start) {
        answer.error = ErrorCode::OffsetOutOfRange;
        return answer;
    }
    if (fetch.offset > start && fetch.lastEpoch >= 0) {
        const EpochEnd end = m_log.endOfEpoch(fetch.lastEpoch);
        if (end.epoch != fetch.lastEpoch || end.endOffset < fetch.offset) {
            // Nothing in common: no log has records of epoch 0.
            answer.diverging = end.epoch >= 0 ? end : EpochEnd{0, start};
            return answer;
        }
    }
    // Observers get what is committed, so they never have to cut their copy.
    answer.readableTo = isFromVoter(fetch) ? m_log.endOffset() : m_highWatermark;
    return answer;
}

SnapshotAnswer Consensus::handle(const FetchSnapshot& fetch, Duration now)
{
    SnapshotAnswer answer;
    answer.error = leadershipFor(fetch.epoch);
    answer.leader = leader();
    answer.id = fetch.id;
    answer.position = fetch.position;
    if (answer.error == ErrorCode::None && fetch.epoch >= 0)
        noteContact(fetch.replica.id, now);
    return answer;
}

void Consensus::noteContact(BrokerId voter, Duration now)
{
    const auto found = m_peers.find(voter);
    if (found == m_peers.end())
        return;
    found->second.lastContact = now;
    // Whoever fetches knows the leader; it is told again when it stays away.
    found->second.notBefore = std::max(found->second.notBefore, now + m_options.fetchTimeout / 2);
    m_deadline = quorumLostAt();
}

Duration Consensus::quorumLostAt() const
{
    if (majority() == 1)
        return Duration::max();
    std::vector<Duration> contacts;
    for (const auto& [id, peer] : m_peers)
        contacts.push_back(peer.lastContact);
    std::sort(contacts.begin(), contacts.end(), std::greater<>());
    return contacts[majority() - 2] + m_options.fetchTimeout * 3 / 2; // the leader hears itself
}

void Consensus::countAcknowledged()
{
    std::vector<std::int64_t> ends{m_durableEnd};
    for (const auto& [id, peer] : m_peers)
        ends.push_back(peer.endOffset);
    std::sort(ends.begin(), ends.end(), std::greater<>());
    const std::int64_t acknowledged = ends[majority() - 1];
    // What earlier leaders left is committed by a record of this epoch only (Raft, 5.4.2).
    if (acknowledged > m_epochStart)
        moveHighWatermark(acknowledged);
}

void Consensus::moveHighWatermark(std::int64_t to)
{
    if (to <= m_highWatermark)
        return;
    m_highWatermark = to;
    m_effects.emplace_back(HighWatermarkMoved{});
}

std::vector<BrokerId> Consensus::votersByProgress() const
{
    std::vector<std::pair<std::int64_t, BrokerId>> order;
    for (const auto& [id, peer] : m_peers)
        order.emplace_back(-peer.endOffset, id);
    std::sort(order.begin(), order.end());
    std::vector<BrokerId> voters;
    for (const auto& [end, id] : order)
        voters.push_back(id);
    return voters;
}

} // namespace moldau::raft
