#include "models/diskreport.h"

#include <algorithm>
#include <tuple>

namespace moldau::widgets {

namespace {

constexpr std::size_t kMostReplicas = 1000;
constexpr std::size_t kLeastPerBroker = 10;

bool isLarger(const client::ReplicaSize* a, const client::ReplicaSize* b)
{
    return a->bytes > b->bytes;
}

} // namespace

DiskReport::DiskReport(std::vector<client::LogDirectory> directories)
{
    std::stable_sort(directories.begin(), directories.end(),
        [](const auto& a, const auto& b) { return a.broker < b.broker; });
    std::map<BrokerId, std::vector<const client::ReplicaSize*>> byBroker;
    std::size_t replicas = 0;
    for (const client::LogDirectory& directory : directories) {
        Directory& shown = m_directories.emplace_back();
        shown.broker = directory.broker.value();
        shown.path = QString::fromStdString(directory.path);
        if (directory.problem)
            shown.problem = QString::fromStdString(directory.problem->message);
        shown.totalBytes = directory.totalBytes;
        shown.usableBytes = directory.usableBytes;
        shown.replicas = static_cast<int>(directory.replicas.size());
        for (const client::ReplicaSize& replica : directory.replicas) {
            shown.bytes += replica.bytes;
            byBroker[directory.broker].push_back(&replica);
        }
        replicas += directory.replicas.size();
    }
    const std::size_t most
        = std::max(kLeastPerBroker, kMostReplicas / std::max<std::size_t>(byBroker.size(), 1));
    for (auto& [broker, known] : byBroker) {
        const std::size_t count = std::min(most, known.size());
        std::partial_sort(known.begin(), known.begin() + static_cast<std::ptrdiff_t>(count),
            known.end(), isLarger);
        for (std::size_t i = 0; i < count; ++i)
            m_largest.push_back({broker.value(), QString::fromStdString(known[i]->topic),
                known[i]->partition, known[i]->bytes, known[i]->lag});
    }
    std::sort(m_largest.begin(), m_largest.end(), [](const Replica& a, const Replica& b) {
        return a.bytes != b.bytes
            ? a.bytes > b.bytes
            : std::tie(a.topic, a.partition, a.broker) < std::tie(b.topic, b.partition, b.broker);
    });
    std::vector<client::ReplicaSize> all;
    all.reserve(replicas);
    for (client::LogDirectory& directory : directories)
        std::move(directory.replicas.begin(), directory.replicas.end(), std::back_inserter(all));
    m_sizes = ReplicaSizes(std::move(all));
}

qint64 DiskReport::bytesOf(int broker) const
{
    qint64 bytes = -1;
    for (const Directory& directory : m_directories) {
        if (directory.broker == broker && !directory.path.isEmpty())
            bytes = std::max<qint64>(bytes, 0) + directory.bytes;
    }
    return bytes;
}

} // namespace moldau::widgets
