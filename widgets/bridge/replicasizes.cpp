#include "bridge/replicasizes.h"

#include <algorithm>
#include <numeric>

namespace moldau::widgets {

ReplicaSizes::ReplicaSizes(std::vector<client::ReplicaSize> replicas)
{
    std::vector<client::ReplicaSize>* group = nullptr; // mostly one topic's come together
    for (client::ReplicaSize& replica : replicas) {
        m_brokers[replica.broker.value()] += replica.bytes;
        if (replica.partition < 0)
            continue;
        if (!group || group->front().topic != replica.topic)
            group = &m_replicas[replica.topic];
        group->push_back(std::move(replica));
    }
    std::vector<std::int64_t> largest;
    for (const auto& [topic, known] : m_replicas) {
        largest.clear();
        for (const client::ReplicaSize& replica : known) {
            const auto partition = static_cast<std::size_t>(replica.partition);
            if (largest.size() <= partition)
                largest.resize(partition + 1);
            largest[partition] = std::max(largest[partition], replica.bytes);
        }
        m_topics.insert(QString::fromStdString(topic),
            std::accumulate(largest.begin(), largest.end(), std::int64_t(0)));
    }
}

const std::vector<client::ReplicaSize>& ReplicaSizes::of(const QString& topic) const
{
    static const std::vector<client::ReplicaSize> kNone;
    const auto found = m_replicas.find(topic.toStdString());
    return found == m_replicas.end() ? kNone : found->second;
}

} // namespace moldau::widgets
