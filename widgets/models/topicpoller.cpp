#include "models/topicpoller.h"

#include "bridge/reply.h"

#include <utility>

namespace moldau::widgets {

namespace {

/** Sizes need an answer with every replica of the cluster: they are asked for less often. */
constexpr int kTicksPerSizes = 3;

} // namespace

TopicPoller::TopicPoller(Session& session, QObject* parent)
    : Poller(kIntervalMs, parent)
    , m_session(session)
{
}

void TopicPoller::refresh()
{
    m_ticks = 0;
    tick();
}

void TopicPoller::tick()
{
    m_session.refresh();
    m_queue = m_visible;
    askNext();
    if (m_ticks++ % kTicksPerSizes == 0)
        askSizes();
}

void TopicPoller::setVisibleTopics(QStringList topics)
{
    // Those that came into view are asked for at once, the others at their turn.
    for (const QString& topic : topics) {
        if (!m_visible.contains(topic) && !m_queue.contains(topic))
            m_queue.append(topic);
    }
    m_visible = std::move(topics);
    if (isActive())
        askNext();
}

void TopicPoller::askNext()
{
    while (m_asked.size() < kAskedAtOnce && !m_queue.isEmpty()) {
        const QString topic = m_queue.takeFirst();
        if (m_asked.contains(topic))
            continue;
        m_asked.insert(topic);
        m_session.connection().listOffsets(topic.toStdString(),
            replyTo<std::vector<client::PartitionOffsets>>(this, [this, topic](auto result) {
                m_asked.remove(topic);
                if (result)
                    emit offsetsArrived(topic, *result);
                askNext();
            }));
    }
}

void TopicPoller::askSizes()
{
    if (m_isAskingSizes)
        return;
    m_isAskingSizes = true;
    using Sizes = std::vector<client::ReplicaSize>;
    const auto digest = [retired = std::exchange(m_retired, nullptr)](Sizes sizes) mutable {
        retired.reset();
        return ReplicaSizesPtr(std::make_shared<ReplicaSizes>(std::move(sizes)));
    };
    m_session.connection().describeLogDirs(
        replyDigested<Sizes>(this, digest, [this](Result<ReplicaSizesPtr> result) {
            m_isAskingSizes = false;
            if (!result)
                return; // not every cluster lets us ask; the column stays empty
            m_retired = std::exchange(m_replicas, std::move(*result));
            emit replicasArrived();
        }));
}

} // namespace moldau::widgets
