#include "models/copyload.h"

#include <algorithm>
#include <initializer_list>

namespace moldau::widgets {

void CopyLoad::add(BrokerId from, BrokerId to, qint64 bytes)
{
    if (from != kNoBroker)
        m_sent[from] += bytes;
    m_taken[to] += bytes;
}

BrokerId CopyLoad::busiest() const
{
    BrokerId busiest = kNoBroker;
    qint64 most = 0;
    for (const auto* loads : {&m_taken, &m_sent}) {
        for (const auto& [broker, bytes] : *loads) {
            if (bytes > most) {
                busiest = broker;
                most = bytes;
            }
        }
    }
    return busiest;
}

qint64 CopyLoad::busiestBytes() const
{
    qint64 most = 0;
    for (const auto* loads : {&m_taken, &m_sent}) {
        for (const auto& [broker, bytes] : *loads)
            most = std::max(most, bytes);
    }
    return most;
}

std::optional<qint64> CopyLoad::secondsAt(qint64 bytesPerSecond) const
{
    if (bytesPerSecond <= 0)
        return std::nullopt;
    return (busiestBytes() + bytesPerSecond - 1) / bytesPerSecond;
}

} // namespace moldau::widgets
