#pragma once

#include <array>
#include <cstdint>

namespace moldau::widgets {

/** How many of something happen per second, over the last two seconds of whatever clock is used. */
class RateMeter {
public:
    void add(std::int64_t timeNs, double amount)
    {
        advance(timeNs);
        m_buckets[static_cast<std::size_t>(m_bucket % kBuckets)] += amount;
    }

    double perSecond(std::int64_t timeNs)
    {
        advance(timeNs);
        double sum = 0;
        for (const double bucket : m_buckets)
            sum += bucket;
        return sum / (kBuckets * 0.25);
    }

private:
    static constexpr std::int64_t kBuckets = 8;
    static constexpr std::int64_t kBucketNs = 250'000'000;

    void advance(std::int64_t timeNs)
    {
        const std::int64_t bucket = timeNs / kBucketNs;
        if (bucket <= m_bucket)
            return;
        if (bucket - m_bucket >= kBuckets)
            m_buckets.fill(0);
        else
            for (std::int64_t i = m_bucket + 1; i <= bucket; ++i)
                m_buckets[static_cast<std::size_t>(i % kBuckets)] = 0;
        m_bucket = bucket;
    }

    std::array<double, kBuckets> m_buckets{};
    std::int64_t m_bucket = 0;
};

} // namespace moldau::widgets
