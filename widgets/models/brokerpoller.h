#pragma once

#include "bridge/reply.h"
#include "bridge/session.h"
#include "models/diskreport.h"
#include "models/poller.h"

#include <map>
#include <optional>

namespace moldau::widgets {

/**
 * Keeps what the Brokers page shows fresh: metadata, the quorum, log directories, what is being
 * reassigned and what holds that back. Asks only while it is active; more often while something
 * moves. Owned by the page; GUI thread.
 */
class BrokerPoller final : public Poller {
    Q_OBJECT
public:
    using Reassignments = std::map<TopicPartition, client::Reassignment>;

    static constexpr int kIntervalMs = 2'000;

    explicit BrokerPoller(Session& session, QObject* parent = nullptr);

    /** Asks for everything now; what is answered from here on was asked from here on. */
    void refresh() override;
    /** What was asked for has come, or failed, at least once. */
    bool isSettled() const { return m_hasQuorum && m_hasDisks && m_hasReassignments; }

    /** None before the first answer and where it can't be had: whyNoQuorum() then says why. */
    const std::optional<client::QuorumDescription>& quorum() const { return m_quorum; }
    const QString& whyNoQuorum() const { return m_whyNoQuorum; }
    const DiskReportPtr& disks() const { return m_disks; } ///< never null
    const QString& whyNoDisks() const { return m_whyNoDisks; }
    const Reassignments& reassignments() const { return m_reassignments; }
    const QString& whyNoReassignments() const { return m_whyNoReassignments; }
    /** Of the brokers; topics' lists aren't asked for. */
    const client::ReplicationThrottles& throttles() const { return m_throttles; }
    /** Asks for the limits alone. */
    void refreshThrottles();

signals:
    void quorumArrived();
    void disksArrived();
    void reassignmentsArrived();
    void throttlesArrived();

private:
    void tick() override;
    void askQuorum();
    void askDisks();
    void askReassignments();
    void askThrottles();

    Session& m_session;
    std::optional<client::QuorumDescription> m_quorum;
    QString m_whyNoQuorum;
    DiskReportPtr m_disks = std::make_shared<DiskReport>();
    DiskReportPtr m_retired; // to be freed on another thread
    QString m_whyNoDisks;
    Reassignments m_reassignments;
    QString m_whyNoReassignments;
    client::ReplicationThrottles m_throttles;
    bool m_hasQuorum = false;
    bool m_hasDisks = false;
    bool m_hasReassignments = false;
    LatestRequest m_askedQuorum;
    LatestRequest m_askedReassignments;
    LatestRequest m_askedThrottles;
    bool m_isAskingDisks = false;
    int m_ticks = 0;
};

} // namespace moldau::widgets
