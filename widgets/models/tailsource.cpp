#include "models/tailsource.h"

#include <algorithm>
#include <mutex>

namespace moldau::widgets {

/** Collects on the connection's thread; never more than the ring can show. */
class TailSource::Listener final : public client::ConsumerListener {
public:
    struct Batch {
        std::deque<ShownRecord> records; // oldest first
        std::int64_t seen = 0;
        std::int64_t matched = 0;
        std::optional<Error> error;
        bool isFinished = false;
    };

    Listener(std::shared_ptr<MessageFilter> filter, int capacity)
        : m_filter(std::move(filter))
        , m_capacity(static_cast<std::size_t>(capacity))
    {
    }

    void recordsArrived(std::vector<client::Record> records) override
    {
        std::vector<ShownRecord> kept;
        const auto seen = static_cast<std::int64_t>(records.size());
        for (const client::Record& record : records) {
            if (!m_filter || m_filter->matches(record))
                kept.push_back(ShownRecord::of(record));
        }
        const std::lock_guard lock(m_mutex);
        m_batch.seen += seen;
        m_batch.matched += static_cast<std::int64_t>(kept.size());
        m_batch.error.reset();
        for (ShownRecord& record : kept) {
            if (m_batch.records.size() == m_capacity)
                m_batch.records.pop_front();
            m_batch.records.push_back(std::move(record));
        }
    }
    void assignmentChanged(std::vector<std::pair<std::string, std::int32_t>>) override { }
    void failed(Error error) override
    {
        const std::lock_guard lock(m_mutex);
        m_batch.error = std::move(error);
    }
    void finished() override
    {
        const std::lock_guard lock(m_mutex);
        m_batch.isFinished = true;
    }

    Batch take()
    {
        const std::lock_guard lock(m_mutex);
        Batch batch = std::move(m_batch);
        m_batch = {};
        m_batch.error = batch.error; // stays until records come again
        m_batch.isFinished = batch.isFinished;
        return batch;
    }

private:
    const std::shared_ptr<MessageFilter> m_filter;
    const std::size_t m_capacity;
    std::mutex m_mutex;
    Batch m_batch;
};

TailSource::TailSource(client::ClusterConnection& connection, std::string topic,
    std::vector<std::int32_t> partitions, std::shared_ptr<MessageFilter> filter, int capacity,
    QObject* parent)
    : MessageSource(parent)
    , m_connection(connection)
    , m_topic(std::move(topic))
    , m_partitions(std::move(partitions))
    , m_filter(std::move(filter))
    , m_capacity(capacity)
{
    connect(&m_timer, &QTimer::timeout, this, &TailSource::tick);
    start();
}

TailSource::~TailSource() = default;

void TailSource::start()
{
    m_consumer.reset();
    m_error.reset();
    m_listener = std::make_shared<Listener>(m_filter, m_capacity);
    client::ConsumerOptions options;
    options.topics = {m_topic};
    options.partitions = m_partitions;
    options.start = {client::StartPosition::Kind::End, 0};
    options.readsCommitted = false; // as the rest of the page: what is in the log
    m_consumer = m_connection.consume(std::move(options), *m_listener);
    m_timer.start(kTickMs);
}

const ShownRecord* TailSource::record(std::int64_t row) const
{
    return row >= 0 && row < rows() ? &m_ring[static_cast<std::size_t>(row)] : nullptr;
}

void TailSource::tick()
{
    Listener::Batch batch = m_listener->take();
    const bool isChanged = batch.seen > 0 || batch.error != m_error || batch.isFinished;
    m_seen += batch.seen;
    m_matched += batch.matched;
    m_skipped += batch.matched - static_cast<std::int64_t>(batch.records.size());
    m_error = batch.error;
    if (!batch.records.empty()) {
        const auto arrived = static_cast<std::int64_t>(batch.records.size());
        emit aboutToInsert(0, arrived - 1);
        for (ShownRecord& record : batch.records)
            m_ring.push_front(std::move(record));
        emit inserted();
        if (rows() > m_capacity) {
            emit aboutToRemove(m_capacity, rows() - 1);
            m_ring.resize(static_cast<std::size_t>(m_capacity));
            emit removed();
        }
    }
    if (batch.isFinished) {
        m_timer.stop();
        m_consumer.reset();
    }
    if (isChanged)
        emit progressChanged();
}

MessageSource::Progress TailSource::progress() const
{
    Progress progress;
    progress.rowCount = RowCount::Complete;
    progress.isRunning = m_consumer != nullptr && !m_isPaused;
    progress.scanned = m_seen;
    progress.matched = m_matched;
    progress.skipped = m_skipped;
    progress.error = m_error;
    return progress;
}

void TailSource::cancel()
{
    m_timer.stop();
    m_consumer.reset();
    emit progressChanged();
}

void TailSource::setPaused(bool isPaused)
{
    if (!m_consumer || isPaused == m_isPaused)
        return;
    m_isPaused = isPaused;
    if (isPaused) {
        m_consumer->pause();
        m_timer.stop();
    } else {
        m_consumer->resume();
        m_timer.start(kTickMs);
    }
    emit progressChanged();
}

void TailSource::retry()
{
    start();
    emit progressChanged();
}

} // namespace moldau::widgets
