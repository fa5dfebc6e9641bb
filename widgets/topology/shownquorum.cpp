#include "topology/shownquorum.h"

#include <algorithm>
#include <utility>

namespace moldau::widgets {

bool ShownQuorum::isElecting() const
{
    return m_voters.size() > 1
        && std::none_of(m_voters.begin(), m_voters.end(), [](const ShownVoter& voter) {
               return voter.isZooKeeper || (voter.isLeader && isServing(voter.state));
           });
}

bool ShownQuorum::setNodes(std::span<const client::NodeStatus> nodes)
{
    std::vector<ShownVoter> voters;
    for (const client::NodeStatus& node : nodes) {
        const bool coordinates = node.isVoter || node.kind == client::NodeKind::Controller
            || node.kind == client::NodeKind::ZooKeeper;
        if (!coordinates)
            continue;
        ShownVoter voter;
        voter.id = node.id.value();
        voter.name = QString::fromStdString(node.service);
        voter.isZooKeeper = node.kind == client::NodeKind::ZooKeeper;
        voter.state = shownStateOf(node.state);
        voter.isLeader = voter.id == m_leader;
        const auto before = std::find_if(m_voters.begin(), m_voters.end(),
            [&voter](const ShownVoter& known) { return known.id == voter.id; });
        if (before != m_voters.end())
            voter.behind = before->behind;
        voters.push_back(std::move(voter));
    }
    if (voters.size() == 1)
        voters.front().isLeader = isServing(voters.front().state);
    const auto isSame = [](const ShownVoter& a, const ShownVoter& b) {
        return a.id == b.id && a.name == b.name && a.isLeader == b.isLeader && a.state == b.state;
    };
    if (std::equal(voters.begin(), voters.end(), m_voters.begin(), m_voters.end(), isSame))
        return false;
    m_voters = std::move(voters);
    return true;
}

bool ShownQuorum::setController(int id)
{
    return m_epoch < 0 && std::exchange(m_leader, id) != id;
}

bool ShownQuorum::set(const client::QuorumDescription& quorum, bool hasNodes,
    const std::function<QString(int id)>& nameOf)
{
    if (quorum.leaderEpoch < m_epoch)
        return false; // an event knows more than an answer that was under way
    const std::vector<ShownVoter> before = m_voters;
    const bool isNew = quorum.leader.value() != m_leader || quorum.leaderEpoch != m_epoch;
    if (quorum.leader != kNoBroker) {
        m_leader = quorum.leader.value();
        m_epoch = quorum.leaderEpoch;
    }
    if (!hasNodes) {
        m_voters.clear();
        for (const client::QuorumReplica& known : quorum.voters) {
            ShownVoter voter;
            voter.id = known.id.value();
            voter.name = nameOf(voter.id);
            m_voters.push_back(std::move(voter));
        }
    }
    qint64 end = quorum.highWatermark;
    for (const client::QuorumReplica& known : quorum.voters)
        end = known.id == quorum.leader ? qMax<qint64>(end, known.logEnd) : end;
    for (ShownVoter& voter : m_voters) {
        voter.isLeader = voter.id == m_leader || (hasNodes && m_voters.size() == 1);
        for (const client::QuorumReplica& known : quorum.voters) {
            if (known.id.value() == voter.id)
                voter.behind = known.logEnd < 0 ? -1 : qMax<qint64>(0, end - known.logEnd);
        }
    }
    return isNew || m_voters != before;
}

bool ShownQuorum::elect(int id, int epoch)
{
    if (epoch < m_epoch)
        return false;
    m_leader = id;
    m_epoch = epoch;
    for (ShownVoter& voter : m_voters)
        voter.isLeader = voter.id == m_leader || m_voters.size() == 1;
    setState(m_leader, BrokerState::Up);
    return true;
}

bool ShownQuorum::setState(int id, BrokerState state)
{
    bool isChanged = false;
    for (ShownVoter& voter : m_voters) {
        if (voter.id == id && voter.state != state) {
            voter.state = state;
            isChanged = true;
        }
    }
    return isChanged;
}

} // namespace moldau::widgets
