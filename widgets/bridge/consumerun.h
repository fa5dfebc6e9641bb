#pragma once

#include "client/clusterconnection.h"

#include <QObject>

#include <memory>
#include <mutex>
#include <vector>

namespace moldau::widgets {

/**
 * A running consumer as the GUI thread sees it. Takes records on the connection's thread, keeps the
 * newest of them bounded, and hands them over at most ten times a second. Destroying it ends the
 * consumer.
 */
class ConsumeRun : public QObject {
    Q_OBJECT
public:
    static constexpr int kIntervalMs = 100;
    static constexpr std::size_t kMaxWaiting = 2000;

    ConsumeRun(client::ClusterConnection& connection, client::ConsumerOptions options,
        QObject* parent = nullptr);
    ~ConsumeRun() override;

    void pause();
    void resume();
    bool isPaused() const { return m_isPaused; }
    /** All records that arrived, also those that were too many to be handed over. */
    qint64 total() const { return m_total; }

signals:
    /** The newest since the last time, in order. Connect directly and take what you need. */
    void arrived(const std::vector<moldau::client::Record>& records);
    void assigned(const std::vector<std::pair<std::string, std::int32_t>>& partitions);
    void failed(const QString& reason);
    void finished();

private:
    class Listener;
    void handOver();

    std::shared_ptr<Listener> m_listener; // lives as long as posts to us are under way
    std::unique_ptr<client::Consumer> m_consumer;
    bool m_isPaused = false;
    qint64 m_total = 0;
};

} // namespace moldau::widgets
