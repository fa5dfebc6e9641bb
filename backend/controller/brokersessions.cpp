#include "controller/brokersessions.h"

namespace moldau::controller {

void BrokerSessions::touch(BrokerId broker, std::int64_t epoch, Duration now)
{
    Session& session = m_sessions[broker];
    if (session.epoch != epoch)
        session = {};
    session.epoch = epoch;
    session.lastContact = now;
    session.isPresumed = false;
}

void BrokerSessions::presume(BrokerId broker, std::int64_t epoch, Duration now)
{
    touch(broker, epoch, now);
    m_sessions[broker].isPresumed = true;
}

bool BrokerSessions::isPresumed(BrokerId broker, std::int64_t epoch) const
{
    const auto found = m_sessions.find(broker);
    return found != m_sessions.end() && found->second.epoch == epoch && found->second.isPresumed;
}

void BrokerSessions::noteMetadataOffset(BrokerId broker, std::int64_t epoch, std::int64_t offset)
{
    const auto found = m_sessions.find(broker);
    if (found != m_sessions.end() && found->second.epoch == epoch)
        found->second.metadataOffset = std::max(found->second.metadataOffset, offset);
}

bool BrokerSessions::isAlive(BrokerId broker, std::int64_t epoch, Duration now) const
{
    const auto found = m_sessions.find(broker);
    return found != m_sessions.end() && found->second.epoch == epoch
        && now - found->second.lastContact < m_timeout;
}

std::vector<BrokerId> BrokerSessions::expired(const MetadataImage& image, Duration now) const
{
    std::vector<BrokerId> brokers;
    for (const auto& [id, broker] : image.brokers()) {
        if (!broker.isFenced && !isAlive(id, broker.epoch, now))
            brokers.push_back(id);
    }
    return brokers;
}

Duration BrokerSessions::nextExpiry(const MetadataImage& image) const
{
    Duration next = Duration::max();
    for (const auto& [id, broker] : image.brokers()) {
        if (broker.isFenced)
            continue;
        const auto found = m_sessions.find(id);
        next = std::min(next,
            found == m_sessions.end() ? Duration::zero() : found->second.lastContact + m_timeout);
    }
    return next;
}

void BrokerSessions::beginShutdown(BrokerId broker, std::int64_t offset)
{
    const auto found = m_sessions.find(broker);
    if (found != m_sessions.end() && !found->second.shutdownOffset)
        found->second.shutdownOffset = offset;
}

bool BrokerSessions::haveAllSeenShutdown(BrokerId broker, const MetadataImage& image) const
{
    const auto leaving = m_sessions.find(broker);
    if (leaving == m_sessions.end() || !leaving->second.shutdownOffset)
        return true;
    for (const auto& [id, other] : image.brokers()) {
        if (id == broker || !other.isActive())
            continue;
        const auto session = m_sessions.find(id);
        if (session == m_sessions.end()
            || session->second.metadataOffset < *leaving->second.shutdownOffset)
            return false;
    }
    return true;
}

} // namespace moldau::controller
