#pragma once

#include "client/clusterconnection.h"

#include <QHash>
#include <QString>

#include <memory>
#include <unordered_map>
#include <vector>

namespace moldau::widgets {

/**
 * What the replicas of a cluster take on disk, with the sums that views show. Made on the thread
 * that the answer comes on, as there may be a hundred thousand of them; immutable and shared
 * afterwards.
 */
class ReplicaSizes {
public:
    ReplicaSizes() = default;
    explicit ReplicaSizes(std::vector<client::ReplicaSize> replicas);

    /** Of each topic, one copy of each partition: the largest, since a lagging follower's is
     * smaller. */
    const QHash<QString, std::int64_t>& topics() const { return m_topics; }
    /** Of all replicas on each broker, by its id. */
    const QHash<int, std::int64_t>& brokers() const { return m_brokers; }
    /** Empty where the topic isn't known. */
    const std::vector<client::ReplicaSize>& of(const QString& topic) const;
    bool isEmpty() const { return m_replicas.empty(); }

private:
    std::unordered_map<std::string, std::vector<client::ReplicaSize>> m_replicas; // by topic
    QHash<QString, std::int64_t> m_topics;
    QHash<int, std::int64_t> m_brokers;
};

using ReplicaSizesPtr = std::shared_ptr<const ReplicaSizes>;

} // namespace moldau::widgets
