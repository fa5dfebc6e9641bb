#include "models/brokerpoller.h"

#include <utility>

namespace moldau::widgets {

namespace {

/** Sizes need an answer with every replica of the cluster: they are asked for less often. So are
 * the limits of brokers, each of which is asked for its own. */
constexpr int kTicksPerDisks = 3;

} // namespace

BrokerPoller::BrokerPoller(Session& session, QObject* parent)
    : Poller(kIntervalMs, parent)
    , m_session(session)
{
}

void BrokerPoller::refresh()
{
    m_ticks = 0;
    m_askedQuorum.cancel();
    m_askedReassignments.cancel();
    m_askedThrottles.cancel();
    tick();
}

void BrokerPoller::refreshThrottles()
{
    m_askedThrottles.cancel();
    if (m_session.brokerAdmin())
        askThrottles();
}

void BrokerPoller::tick()
{
    m_session.refresh();
    if (!m_session.brokerAdmin()) {
        const QString why = tr("This cluster can't be asked for it.");
        m_whyNoQuorum = m_whyNoDisks = m_whyNoReassignments = why;
        m_hasQuorum = m_hasDisks = m_hasReassignments = true;
        emit quorumArrived();
        emit disksArrived();
        emit reassignmentsArrived();
        return;
    }
    askQuorum();
    askReassignments();
    // Progress is how much the new replicas have: while there is some, sizes come at every tick.
    const bool isTurn = m_ticks++ % kTicksPerDisks == 0;
    if (isTurn || !m_reassignments.empty())
        askDisks();
    if (isTurn || !m_reassignments.empty() || !m_throttles.brokers.empty())
        askThrottles();
}

void BrokerPoller::askQuorum()
{
    if (m_askedQuorum.isPending())
        return;
    using Quorum = client::QuorumDescription;
    m_session.brokerAdmin()->describeQuorum(
        m_askedQuorum.reply<Quorum>(this, [this](Result<Quorum> result) {
            m_hasQuorum = true;
            m_whyNoQuorum = result ? QString() : QString::fromStdString(result.error().message);
            m_quorum = result ? std::optional(std::move(*result)) : std::nullopt;
            emit quorumArrived();
        }));
}

void BrokerPoller::askDisks()
{
    if (std::exchange(m_isAskingDisks, true))
        return;
    using Directories = std::vector<client::LogDirectory>;
    const auto digest
        = [retired = std::exchange(m_retired, nullptr)](Directories directories) mutable {
              retired.reset();
              return DiskReportPtr(std::make_shared<DiskReport>(std::move(directories)));
          };
    m_session.brokerAdmin()->describeLogDirectories(
        replyDigested<Directories>(this, digest, [this](Result<DiskReportPtr> result) {
            m_isAskingDisks = false;
            m_hasDisks = true;
            m_whyNoDisks = result ? QString() : QString::fromStdString(result.error().message);
            if (result)
                m_retired = std::exchange(m_disks, std::move(*result));
            emit disksArrived();
        }));
}

void BrokerPoller::askThrottles()
{
    if (m_askedThrottles.isPending())
        return;
    using Throttles = client::ReplicationThrottles;
    m_session.brokerAdmin()->describeThrottles(
        {}, m_askedThrottles.reply<Throttles>(this, [this](Result<Throttles> result) {
            m_throttles = result ? std::move(*result) : Throttles();
            emit throttlesArrived();
        }));
}

void BrokerPoller::askReassignments()
{
    if (m_askedReassignments.isPending())
        return;
    m_session.brokerAdmin()->listReassignments(
        m_askedReassignments.reply<Reassignments>(this, [this](Result<Reassignments> result) {
            m_hasReassignments = true;
            m_whyNoReassignments
                = result ? QString() : QString::fromStdString(result.error().message);
            m_reassignments = result ? std::move(*result) : Reassignments();
            emit reassignmentsArrived();
        }));
}

} // namespace moldau::widgets
