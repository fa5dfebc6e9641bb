#pragma once

#include "bridge/replicasizes.h"
#include "bridge/session.h"
#include "models/poller.h"

#include <QSet>
#include <QStringList>

#include <map>
#include <vector>

namespace moldau::widgets {

/**
 * Keeps what the Topics page shows fresh: metadata, sizes, and the offsets of those topics that are
 * on screen, a few at a time. Asks only while it is active, so that a hidden page costs nothing and
 * 10,000 topics cost no more than the thirty that are seen. Owned by the page; GUI thread.
 */
class TopicPoller final : public Poller {
    Q_OBJECT
public:
    static constexpr int kIntervalMs = 2'000;
    static constexpr int kAskedAtOnce = 8;

    explicit TopicPoller(Session& session, QObject* parent = nullptr);

    /** Topics whose offsets are wanted, the most important first. */
    void setVisibleTopics(QStringList topics);
    /** Asks for everything now. */
    void refresh() override;
    /** As last told; never null. */
    const ReplicaSizesPtr& replicas() const { return m_replicas; }

signals:
    void offsetsArrived(
        const QString& topic, const std::vector<moldau::client::PartitionOffsets>& offsets);
    void replicasArrived();

private:
    void tick() override;
    void askNext();
    void askSizes();

    Session& m_session;
    QStringList m_visible;
    QStringList m_queue;
    QSet<QString> m_asked;
    ReplicaSizesPtr m_replicas = std::make_shared<ReplicaSizes>();
    ReplicaSizesPtr m_retired; // to be freed on another thread
    bool m_isAskingSizes = false;
    int m_ticks = 0;
};

} // namespace moldau::widgets
