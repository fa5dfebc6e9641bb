#pragma once

#include "events/event.h"

#include <QtGlobal>

#include <array>
#include <deque>
#include <span>
#include <vector>

namespace moldau::widgets {

/**
 * The last events in order of time, each with a number that never changes; the oldest give way.
 * Pure.
 */
class Recording {
public:
    static constexpr std::size_t kCapacity = 1 << 16;

    /** Events of several nodes as they were drained; sorted by time before they are kept. */
    void append(std::span<const Event> events);
    void clear();

    quint64 begin() const { return m_begin; } ///< number of the oldest
    quint64 end() const { return m_begin + m_events.size(); } ///< one past the newest
    bool isEmpty() const { return m_events.empty(); }
    const Event& at(quint64 number) const
    {
        return m_events[static_cast<std::size_t>(number - m_begin)];
    }
    /** Number of the first event at or after this time; end() where there is none. */
    quint64 firstFrom(qint64 timeNs) const;

private:
    std::deque<Event> m_events;
    quint64 m_begin = 0;
};

/** How much happened when, for the strip above the sentences: counts by quarter seconds. Pure. */
class DensityHistory {
public:
    static constexpr qint64 kBucketNs = 250'000'000;
    static constexpr std::size_t kBuckets = 960; ///< four minutes
    static constexpr int kTopics = 8;

    struct Bucket {
        qint64 number = -1; ///< time / kBucketNs
        std::array<quint32, kTopics> records{}; ///< appended, by the topic's colour
        quint32 others = 0; ///< replication, requests, groups
        quint32 failures = 0;
    };
    /** Something that changed the cluster, marked by a line. */
    struct Mark {
        qint64 timeNs = 0;
        EventKind kind = EventKind::NodeStarted;
        int broker = -1;
    };

    /** `tone` is the topic's number in TopicColors; negative for internal topics. */
    void take(const Event& event, int tone);
    const Bucket* bucket(qint64 number) const;
    const std::deque<Mark>& marks() const { return m_marks; }
    void clear();

private:
    std::vector<Bucket> m_buckets = std::vector<Bucket>(kBuckets);
    std::deque<Mark> m_marks;
};

} // namespace moldau::widgets
