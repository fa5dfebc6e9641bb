#include "models/metrichistory.h"

#include <algorithm>
#include <cmath>

namespace moldau::widgets {

namespace {

constexpr double kFirstBucketNs = 10'000; // faster requests are all the same to the eye
constexpr double kGrowth = 1.2;

} // namespace

void MetricHistory::add(const QString& line, double amount)
{
    if (m_open.size() < kMostLines || m_open.contains(line))
        m_open[line] += amount;
}

void MetricHistory::set(const QString& line, double value)
{
    if (m_open.size() < kMostLines || m_open.contains(line))
        m_open[line] = value;
}

void MetricHistory::close()
{
    for (const auto& [name, value] : m_open) {
        if (m_lines.contains(name) || m_lines.size() < kMostLines)
            m_lines.try_emplace(name);
    }
    m_seconds = std::min(m_seconds + 1, kSeconds);
    for (auto i = m_lines.begin(); i != m_lines.end();) {
        Ring& ring = i->second;
        const auto open = m_open.find(i->first);
        const double silent = m_silence == Silence::Zero ? 0.0 : kUnknown;
        const double value = open == m_open.end() ? silent : open->second;
        ring.values.push_back(static_cast<float>(value));
        if (ring.values.size() > kSeconds)
            ring.values.pop_front();
        // A line that was silent for as long as we remember makes room.
        const bool isSilent = ring.values.size() == kSeconds
            && std::all_of(
                ring.values.begin(), ring.values.end(), [](float v) { return !(v > 0); });
        i = isSilent ? m_lines.erase(i) : std::next(i);
    }
    m_open.clear();
}

std::vector<MetricHistory::Line> MetricHistory::lines(
    int seconds, int most, const QString& others) const
{
    const auto length = static_cast<std::size_t>(std::min(seconds, m_seconds));
    std::vector<Line> lines;
    for (const auto& [name, ring] : m_lines) {
        Line line;
        line.name = name;
        line.values.assign(length, kUnknown);
        const std::size_t count = std::min(length, ring.values.size());
        for (std::size_t i = 0; i < count; ++i) {
            const double value = ring.values[ring.values.size() - count + i];
            line.values[length - count + i] = value;
            if (!std::isnan(value))
                line.total += value;
        }
        lines.push_back(std::move(line));
    }
    std::stable_sort(
        lines.begin(), lines.end(), [](const Line& a, const Line& b) { return a.total > b.total; });
    if (lines.size() > static_cast<std::size_t>(most)) {
        Line rest;
        rest.name = others;
        rest.values.assign(length, kUnknown);
        for (std::size_t i = static_cast<std::size_t>(most) - 1; i < lines.size(); ++i) {
            rest.total += lines[i].total;
            for (std::size_t at = 0; at < length; ++at) {
                const double value = lines[i].values[at];
                if (!std::isnan(value))
                    rest.values[at] = (std::isnan(rest.values[at]) ? 0.0 : rest.values[at]) + value;
            }
        }
        lines.resize(static_cast<std::size_t>(most) - 1);
        lines.push_back(std::move(rest));
    }
    return lines;
}

double MetricHistory::last() const
{
    double sum = 0;
    for (const auto& [name, ring] : m_lines) {
        if (!ring.values.empty() && !std::isnan(ring.values.back()))
            sum += ring.values.back();
    }
    return sum;
}

void MetricHistory::clear()
{
    *this = MetricHistory(m_silence);
}

void LatencyBuckets::add(std::int64_t nanoseconds)
{
    const double steps = static_cast<double>(nanoseconds) <= kFirstBucketNs
        ? 0.0
        : std::log(static_cast<double>(nanoseconds) / kFirstBucketNs) / std::log(kGrowth);
    ++m_buckets[std::min(static_cast<int>(steps), kBuckets - 1)];
    ++m_count;
}

double LatencyBuckets::percentile(double share) const
{
    const double wanted = share * m_count;
    double passed = 0;
    for (int i = 0; i < kBuckets; ++i) {
        passed += m_buckets[i];
        if (passed >= wanted && m_buckets[i] > 0)
            return kFirstBucketNs * std::pow(kGrowth, i + 0.5) / 1e6;
    }
    return 0;
}

void LatencyBuckets::clear()
{
    std::fill(std::begin(m_buckets), std::end(m_buckets), 0u);
    m_count = 0;
}

} // namespace moldau::widgets
