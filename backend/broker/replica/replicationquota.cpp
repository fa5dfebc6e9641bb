#include "broker/replica/replicationquota.h"

#include <algorithm>
#include <charconv>

namespace moldau::broker {

namespace {

template <class Number> Number numberOr(std::string_view text, Number otherwise)
{
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? number : otherwise;
}

} // namespace

void ReplicationQuota::forgetOld(Duration now)
{
    while (!m_recent.empty() && now - m_recent.front().start >= m_windows * m_windowSize)
        m_recent.pop_front();
}

void ReplicationQuota::record(std::int64_t bytes, Duration now)
{
    forgetOld(now);
    if (m_recent.empty() || now - m_recent.back().start >= m_windowSize)
        m_recent.push_back({now, 0});
    m_recent.back().bytes += bytes;
}

bool ReplicationQuota::isExceeded(Duration now)
{
    if (m_limit == kUnlimited)
        return false;
    forgetOld(now);
    if (m_recent.empty())
        return false;
    std::int64_t bytes = 0;
    for (const Window& window : m_recent)
        bytes += window.bytes;
    const Duration span = std::max(now - m_recent.front().start, m_windowSize);
    return static_cast<double>(bytes)
        > static_cast<double>(m_limit) * std::chrono::duration<double>(span).count();
}

std::int64_t replicationLimit(const configs::BrokerLayers& layers, std::string_view setting)
{
    for (const configs::ConfigMap* const layer : {&layers.dynamicBroker, &layers.dynamicDefault}) {
        if (const auto found = layer->find(std::string(setting)); found != layer->end())
            return numberOr(found->second, ReplicationQuota::kUnlimited);
    }
    return ReplicationQuota::kUnlimited;
}

ThrottledPartitions ThrottledPartitions::of(
    const std::vector<std::string>& setting, BrokerId broker)
{
    ThrottledPartitions throttled;
    for (const std::string& each : setting) {
        if (each == "*") {
            throttled.isAll = true;
            continue;
        }
        const std::string_view pair = each;
        const std::size_t colon = std::min(pair.find(':'), pair.size());
        const std::string_view replica = pair.substr(std::min(colon + 1, pair.size()));
        const auto partition = numberOr<std::int32_t>(pair.substr(0, colon), -1);
        if (partition >= 0 && numberOr<std::int32_t>(replica, -1) == broker.value())
            throttled.partitions.push_back(partition);
    }
    return throttled;
}

bool ThrottledPartitions::contains(std::int32_t partition) const
{
    return isAll || std::find(partitions.begin(), partitions.end(), partition) != partitions.end();
}

} // namespace moldau::broker
