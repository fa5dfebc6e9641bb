#include "models/rangeread.h"

#include "bridge/reply.h"

#include <algorithm>
#include <atomic>
#include <mutex>

namespace moldau::widgets {

/** Lives on the connection's thread; what it found is taken by the GUI thread once it is done. */
class RangeRead::Listener final : public client::ConsumerListener {
public:
    Listener(RangeRead* read, std::shared_ptr<MessageFilter> filter, Keep keep)
        : m_read(read)
        , m_filter(std::move(filter))
        , m_keep(keep)
    {
        for (const client::OffsetRange& range : read->ranges())
            m_positions.push_back({range, range.from});
    }

    void recordsArrived(std::vector<client::Record> records) override
    {
        if (m_isDone)
            return;
        std::int64_t passed = 0;
        for (client::Record& record : records) {
            Position* position = positionOf(record.partition);
            // A consumer may start a batch early and end one late.
            if (!position || record.offset < position->at)
                continue;
            const std::int64_t before = position->at;
            position->at = std::min(record.offset + 1, position->range.to);
            passed += position->at - before;
            if (record.offset < position->range.to && (!m_filter || m_filter->matches(record)))
                keep(std::move(record));
        }
        m_passed.fetch_add(passed, std::memory_order_relaxed);
        const bool isWhole = std::all_of(m_positions.begin(), m_positions.end(),
            [](const Position& position) { return position.at >= position.range.to; });
        if (isWhole)
            done();
    }

    void assignmentChanged(std::vector<std::pair<std::string, std::int32_t>>) override { }

    void failed(Error error) override
    {
        const std::lock_guard lock(m_mutex);
        m_lastError = std::move(error);
    }

    void finished() override { done(); }

    std::int64_t passed() const { return m_passed.load(std::memory_order_relaxed); }

    std::optional<Error> lastError()
    {
        const std::lock_guard lock(m_mutex);
        return m_lastError;
    }
    void take(
        std::vector<Found>& found, std::vector<client::Record>& whole, std::optional<Error>& error)
    {
        const std::lock_guard lock(m_mutex);
        found = std::move(m_found);
        whole = std::move(m_whole);
        if (!m_isWhole)
            error = m_lastError;
    }

private:
    struct Position {
        client::OffsetRange range;
        std::int64_t at = 0;
    };

    Position* positionOf(std::int32_t partition)
    {
        if (m_last < m_positions.size() && m_positions[m_last].range.partition == partition)
            return &m_positions[m_last];
        for (m_last = 0; m_last < m_positions.size(); ++m_last) {
            if (m_positions[m_last].range.partition == partition)
                return &m_positions[m_last];
        }
        return nullptr;
    }

    void keep(client::Record&& record)
    {
        if (m_keep == Keep::Whole) {
            m_whole.push_back(std::move(record));
            return;
        }
        Found found;
        if (m_keptBytes < kKeptBytes) {
            found.record = ShownRecord::of(record);
            m_keptBytes += found.record.cost();
        } else {
            found.isStripped = true;
            found.record.partition = record.partition;
            found.record.offset = record.offset;
            found.record.timestampMs = record.timestampMs;
        }
        m_found.push_back(std::move(found));
    }

    void done()
    {
        if (m_isDone)
            return;
        m_isDone = true;
        {
            const std::lock_guard lock(m_mutex);
            // Without an error the end was reached, though offsets may be missing.
            m_isWhole = !m_lastError
                || std::all_of(m_positions.begin(), m_positions.end(),
                    [](const Position& position) { return position.at >= position.range.to; });
        }
        // The pointer is only used where the QPointer says that it lives, in the GUI thread.
        invokeOnGui(m_owner, [read = m_read] { read->takeResult(); });
    }

    RangeRead* const m_read;
    const QPointer<QObject> m_owner{m_read};
    const std::shared_ptr<MessageFilter> m_filter;
    const Keep m_keep;
    std::vector<Position> m_positions;
    std::size_t m_last = 0;
    std::size_t m_keptBytes = 0;
    bool m_isDone = false;
    std::atomic<std::int64_t> m_passed{0};

    std::mutex m_mutex; // guards what both threads use, from here on
    std::vector<Found> m_found;
    std::vector<client::Record> m_whole;
    std::optional<Error> m_lastError;
    bool m_isWhole = false;
};

RangeRead::RangeRead(client::ClusterConnection& connection, std::string topic,
    std::vector<client::OffsetRange> ranges, std::shared_ptr<MessageFilter> filter, Keep keep,
    QObject* parent)
    : QObject(parent)
    , m_ranges(std::move(ranges))
{
    for (const client::OffsetRange& range : m_ranges)
        m_total += range.to - range.from;
    m_listener = std::make_shared<Listener>(this, std::move(filter), keep);
    if (m_ranges.empty()) {
        QMetaObject::invokeMethod(this, &RangeRead::takeResult, Qt::QueuedConnection);
        return;
    }
    client::ConsumerOptions options;
    options.topics = {std::move(topic)};
    options.ranges = m_ranges;
    // Records of open and aborted transactions are in the log, and this shows the log.
    options.readsCommitted = false;
    m_consumer = connection.consume(std::move(options), *m_listener);
    connect(&m_watch, &QTimer::timeout, this, &RangeRead::checkProgress);
    m_watch.start(kPatienceMs);
}

RangeRead::~RangeRead() = default;

std::int64_t RangeRead::passed() const
{
    return m_isDone ? m_total : m_listener->passed();
}

void RangeRead::takeResult()
{
    if (m_isDone)
        return;
    m_isDone = true;
    m_watch.stop();
    m_consumer.reset();
    m_listener->take(m_found, m_whole, m_error);
    emit finished();
}

void RangeRead::checkProgress()
{
    const std::int64_t passed = m_listener->passed();
    if (passed != m_passedBefore) {
        m_passedBefore = passed;
        return;
    }
    m_isDone = true;
    m_watch.stop();
    m_consumer.reset();
    m_error = m_listener->lastError().value_or(Error{ErrorCode::LocalTimeout,
        tr("The brokers gave no records within %1 seconds.")
            .arg(kPatienceMs / 1000)
            .toStdString()});
    emit finished();
}

} // namespace moldau::widgets
