#pragma once

#include <QString>

#include <cstdint>
#include <deque>
#include <limits>
#include <map>
#include <optional>
#include <vector>

namespace moldau::widgets {

/** What the Metrics page draws. */
enum class Metric { RecordsIn, RecordsOut, BytesIn, BytesOut, Latency, OutOfSync };
constexpr int kMetricCount = 6;

/** By what a figure is divided into lines. Latency always goes by kind of request. */
enum class MetricSplit { Topic, Broker };

/**
 * Figures of the last minutes, one a second, by line. Sums are collected for the second under way
 * and become one value when it closes; seconds before a line was known are unknown. Memory is
 * bounded by kSeconds and kMostLines. A value type; used on the GUI thread.
 */
class MetricHistory {
public:
    static constexpr int kSeconds = 900;
    static constexpr int kMostLines = 200;
    static constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

    struct Line {
        QString name;
        std::vector<double>
            values; ///< oldest first, all of the same length; kUnknown where not known
        double total = 0; ///< of the known ones
    };

    /** What a second in which nothing was heard of a known line means. */
    enum class Silence { Zero, Unknown };

    explicit MetricHistory(Silence silence = Silence::Zero)
        : m_silence(silence)
    {
    }

    /** Adds to the second under way. */
    void add(const QString& line, double amount);
    /** Sets the value of the second under way instead, for figures that are states. */
    void set(const QString& line, double value);
    /** Ends the second under way. */
    void close();

    /** The largest `most` lines by total over the last `seconds`, largest first; the rest summed up
     * as one named `others`. */
    std::vector<Line> lines(int seconds, int most, const QString& others) const;
    int seconds() const { return m_seconds; }
    /** Of all lines, in the second before the one under way. */
    double last() const;
    void clear();

private:
    struct Ring {
        std::deque<float> values; // newest last
    };

    std::map<QString, Ring> m_lines;
    std::map<QString, double> m_open;
    int m_seconds = 0;
    Silence m_silence;
};

/** Times of one kind of request in a second: kept in buckets that grow by a fifth, so that a
 * percentile is right to 10 %. */
class LatencyBuckets {
public:
    void add(std::int64_t nanoseconds);
    bool isEmpty() const { return m_count == 0; }
    /** In milliseconds; `share` 0.99 is the 99th percentile. */
    double percentile(double share) const;
    void clear();

private:
    static constexpr int kBuckets = 128;
    std::uint32_t m_buckets[kBuckets] = {};
    std::uint32_t m_count = 0;
};

} // namespace moldau::widgets
