#include "cluster/clusterevents.h"

namespace moldau::cluster {

EventSink& ClusterEvents::addNode()
{
    return *m_rings.emplace_back(std::make_unique<EventRing>(m_names));
}

void ClusterEvents::setWanted(bool isWanted)
{
    for (const auto& ring : m_rings)
        ring->setWanted(isWanted);
}

std::size_t ClusterEvents::drain(std::span<Event> out)
{
    std::size_t filled = 0;
    for (std::size_t i = 0; i < m_rings.size(); ++i)
        filled += m_rings[(m_next + i) % m_rings.size()]->drain(out.subspan(filled));
    if (!m_rings.empty())
        m_next = (m_next + 1) % m_rings.size();
    return filled;
}

std::uint64_t ClusterEvents::dropped() const
{
    std::uint64_t total = 0;
    for (const auto& ring : m_rings)
        total += ring->dropped();
    return total;
}

} // namespace moldau::cluster
