#include "controller/partitionchange.h"

#include <utility>

namespace moldau::controller {

namespace {

bool containsAll(const Replicas& all, const Replicas& some)
{
    return std::all_of(
        some.begin(), some.end(), [&](BrokerId each) { return contains(all, each); });
}

} // namespace

PartitionChange::PartitionChange(
    const PartitionKey& key, const PartitionImage& before, CanLead canLead)
    : m_key(key)
    , m_before(before)
    , m_canLead(std::move(canLead))
    , m_isr(before.isr)
    , m_replicas(before.replicas)
    , m_removing(before.removing)
    , m_adding(before.adding)
    , m_directories(before.directories)
    , m_recovery(before.leaderRecovery)
    , m_eligible(before.eligibleLeaders)
{
}

PartitionChange& PartitionChange::setElection(Election election)
{
    m_election = election;
    return *this;
}

PartitionChange& PartitionChange::setIsr(Replicas isr)
{
    m_isr = std::move(isr);
    return *this;
}

PartitionChange& PartitionChange::setLeaderRecovery(LeaderRecovery recovery)
{
    m_recovery = recovery;
    return *this;
}

PartitionChange& PartitionChange::setReplicas(Replicas replicas, const DirectoryOf& directoryOfNew)
{
    if (!m_directories.empty()) {
        std::vector<Uuid> directories;
        for (const BrokerId replica : replicas) {
            const auto place = std::find(m_replicas.begin(), m_replicas.end(), replica);
            directories.push_back(place == m_replicas.end()
                    ? directoryOfNew(replica)
                    : m_directories[static_cast<std::size_t>(place - m_replicas.begin())]);
        }
        m_directories = std::move(directories);
    }
    m_replicas = std::move(replicas);
    return *this;
}

PartitionChange& PartitionChange::setReassignment(Replicas adding, Replicas removing)
{
    m_adding = std::move(adding);
    m_removing = std::move(removing);
    return *this;
}

PartitionChange& PartitionChange::setEligibleLeaders(std::size_t minIsr)
{
    m_minIsr = std::min(minIsr, m_before.replicas.size());
    return *this;
}

PartitionChange& PartitionChange::setUncleanShutdown(BrokerId replica)
{
    m_uncleanShutdown = replica;
    return *this;
}

bool PartitionChange::canLeadCleanly(BrokerId replica) const
{
    return (contains(m_isr, replica) || (m_isr.empty() && contains(m_eligible, replica)))
        && m_canLead(replica);
}

// Nobody is left who is known to have everything; the last leader is the best guess.
bool PartitionChange::mayLeadAgain() const
{
    return m_minIsr && m_isr.empty() && m_eligible.empty()
        && m_before.lastKnownEligibleLeaders.size() == 1
        && m_canLead(m_before.lastKnownEligibleLeaders.front());
}

PartitionChange::Choice PartitionChange::elect() const
{
    if (m_election == Election::Preferred && canLeadCleanly(m_replicas.front()))
        return {m_replicas.front()};
    if (canLeadCleanly(m_before.leader))
        return {m_before.leader};
    for (const BrokerId replica : m_replicas) {
        if (canLeadCleanly(replica))
            return {replica};
    }
    if (mayLeadAgain())
        return {m_before.lastKnownEligibleLeaders.front(), true};
    if (m_election == Election::Unclean) {
        for (const BrokerId replica : m_replicas) {
            if (m_canLead(replica))
                return {replica, true};
        }
    }
    return {};
}

void PartitionChange::completeReassignment()
{
    if (m_removing.empty() && m_adding.empty())
        return;
    Replicas replicas = without(m_replicas, m_removing);
    Replicas isr = without(m_isr, m_removing);
    if (replicas.empty() || isr.empty() || !containsAll(isr, m_adding))
        return;
    // Where fewer come than go, those that stay must be in sync as well.
    if (m_adding.size() < m_removing.size() && !containsAll(isr, replicas))
        return;
    setReplicas(std::move(replicas), [](BrokerId) { return Uuid(); });
    m_isr = std::move(isr);
    m_removing.clear();
    m_adding.clear();
}

void PartitionChange::findEligible()
{
    if (!m_minIsr || m_isr.size() >= *m_minIsr) {
        m_eligible.clear();
        return;
    }
    for (const BrokerId member : m_before.isr) {
        if (!contains(m_eligible, member))
            m_eligible.push_back(member);
    }
    std::erase_if(m_eligible, [this](BrokerId replica) {
        return contains(m_isr, replica) || replica == m_uncleanShutdown
            || !contains(m_replicas, replica);
    });
}

// Where Kafka keeps the last leader of a partition whose ISR is empty; else none.
std::optional<Replicas> PartitionChange::lastKnownLeaderAfter(const Choice& choice) const
{
    if (m_minIsr && m_isr.empty() && !m_before.isr.empty())
        return Replicas{m_before.leader};
    if ((!m_minIsr || choice.leader != kNoBroker) && !m_before.lastKnownEligibleLeaders.empty())
        return Replicas{};
    return std::nullopt;
}

std::optional<protocol::PartitionChangeRecord> PartitionChange::build()
{
    completeReassignment();
    findEligible();

    protocol::PartitionChangeRecord record;
    record.topicId = m_key.topicId;
    record.partitionId = m_key.partition;
    bool isChanged = false;

    const Choice choice = elect();
    if (choice.leader != m_before.leader) {
        record.leader = choice.leader;
        isChanged = true;
        if (choice.isUnclean) {
            // Its log becomes the truth, whatever the others have.
            m_isr = {choice.leader};
            m_eligible.clear();
            m_recovery = LeaderRecovery::Recovering;
        } else if (contains(m_eligible, choice.leader)) {
            m_isr = {choice.leader};
            std::erase(m_eligible, choice.leader);
        }
    } else if (!containsAll(m_replicas, m_before.replicas)) {
        // Replicas that go must hear of it, so the leader epoch rises although the leader stays.
        record.leader = m_before.leader;
    }
    // Without eligible leaders the last member stays in the ISR even when it is gone: it alone has
    // every acknowledged record.
    if ((!m_isr.empty() || m_minIsr) && m_isr != m_before.isr) {
        record.isr.emplace(m_isr);
        isChanged = true;
    }
    if (m_eligible != m_before.eligibleLeaders) {
        record.eligibleLeaderReplicas.emplace(m_eligible);
        isChanged = true;
    }
    if (auto lastKnown = lastKnownLeaderAfter(choice)) {
        record.lastKnownElr = std::move(lastKnown);
        isChanged = true;
    }
    if (m_replicas != m_before.replicas) {
        record.replicas.emplace(m_replicas);
        isChanged = true;
    }
    if (m_directories != m_before.directories)
        record.directories.emplace(m_directories);
    if (m_removing != m_before.removing) {
        record.removingReplicas.emplace(m_removing);
        isChanged = true;
    }
    if (m_adding != m_before.adding) {
        record.addingReplicas.emplace(m_adding);
        isChanged = true;
    }
    if (m_recovery != m_before.leaderRecovery) {
        record.leaderRecoveryState = static_cast<std::int8_t>(m_recovery);
        isChanged = true;
    }
    if (!isChanged)
        return std::nullopt;
    return record;
}

} // namespace moldau::controller
