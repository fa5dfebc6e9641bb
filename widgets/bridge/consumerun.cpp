#include "bridge/consumerun.h"

#include <QCoreApplication>
#include <QPointer>
#include <QTimer>

#include <optional>

namespace moldau::widgets {

/** The connection's side: collects under a lock and asks the GUI thread once to fetch. */
class ConsumeRun::Listener final : public client::ConsumerListener,
                                   public std::enable_shared_from_this<ConsumeRun::Listener> {
public:
    struct Waiting {
        std::vector<client::Record> records;
        qint64 count = 0;
        std::optional<std::vector<std::pair<std::string, std::int32_t>>> partitions;
        std::optional<Error> error;
        bool isFinished = false;
    };

    explicit Listener(ConsumeRun* run)
        : m_run(run)
    {
    }

    void recordsArrived(std::vector<client::Record> records) override
    {
        const std::scoped_lock lock(m_mutex);
        m_waiting.count += static_cast<qint64>(records.size());
        auto& kept = m_waiting.records;
        kept.insert(kept.end(), std::make_move_iterator(records.begin()),
            std::make_move_iterator(records.end()));
        if (kept.size() > kMaxWaiting)
            kept.erase(kept.begin(), kept.end() - static_cast<std::ptrdiff_t>(kMaxWaiting));
        ask(kIntervalMs);
    }

    void assignmentChanged(std::vector<std::pair<std::string, std::int32_t>> partitions) override
    {
        const std::scoped_lock lock(m_mutex);
        m_waiting.partitions = std::move(partitions);
        ask(0);
    }

    void failed(Error error) override
    {
        const std::scoped_lock lock(m_mutex);
        m_waiting.error = std::move(error);
        ask(0);
    }

    void finished() override
    {
        const std::scoped_lock lock(m_mutex);
        m_waiting.isFinished = true;
        ask(0);
    }

    Waiting take()
    {
        const std::scoped_lock lock(m_mutex);
        m_isAsked = false;
        return std::exchange(m_waiting, {});
    }

private:
    void ask(int delayMs)
    {
        QCoreApplication* application = QCoreApplication::instance();
        if (m_isAsked || !application)
            return;
        m_isAsked = true;
        // The guard is only looked at on the GUI thread.
        QMetaObject::invokeMethod(
            application,
            [run = m_run, delayMs] {
                if (run)
                    QTimer::singleShot(delayMs, run.data(), &ConsumeRun::handOver);
            },
            Qt::QueuedConnection);
    }

    QPointer<ConsumeRun> m_run;
    std::mutex m_mutex;
    Waiting m_waiting;
    bool m_isAsked = false;
};

ConsumeRun::ConsumeRun(
    client::ClusterConnection& connection, client::ConsumerOptions options, QObject* parent)
    : QObject(parent)
    , m_listener(std::make_shared<Listener>(this))
{
    m_consumer = connection.consume(std::move(options), *m_listener);
}

ConsumeRun::~ConsumeRun()
{
    m_consumer.reset(); // nothing calls the listener after this
}

void ConsumeRun::pause()
{
    m_isPaused = true;
    if (m_consumer)
        m_consumer->pause();
}

void ConsumeRun::resume()
{
    m_isPaused = false;
    if (m_consumer)
        m_consumer->resume();
}

void ConsumeRun::handOver()
{
    const Listener::Waiting waiting = m_listener->take();
    m_total += waiting.count;
    if (waiting.partitions)
        emit assigned(*waiting.partitions);
    if (!waiting.records.empty())
        emit arrived(waiting.records);
    if (waiting.error)
        emit failed(QString::fromStdString(waiting.error->message));
    if (waiting.isFinished)
        emit finished();
}

} // namespace moldau::widgets
