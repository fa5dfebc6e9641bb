#pragma once

#include "client/clusterconnection.h"
#include "models/messagefilter.h"
#include "models/messagesource.h"

#include <QTimer>

#include <deque>
#include <memory>
#include <optional>

namespace moldau::widgets {

/**
 * The newest records as they arrive, newest first, in a ring of fixed length: one insert and at
 * most one remove a tick, however many arrive. What no screen could have shown is skipped and
 * counted.
 */
class TailSource final : public MessageSource {
    Q_OBJECT
public:
    static constexpr int kTickMs = 50;
    static constexpr int kDefaultRows = 5'000;

    /** `partitions` empty: all. `filter` may be null. */
    TailSource(client::ClusterConnection& connection, std::string topic,
        std::vector<std::int32_t> partitions, std::shared_ptr<MessageFilter> filter, int capacity,
        QObject* parent);
    ~TailSource() override;

    std::int64_t rows() const override { return static_cast<std::int64_t>(m_ring.size()); }
    const ShownRecord* record(std::int64_t row) const override;
    void setVisibleRows(std::int64_t, std::int64_t) override { }
    Progress progress() const override;
    void cancel() override;
    /** While paused nothing moves; records wait with the brokers, not in memory. */
    void setPaused(bool isPaused) override;
    void retry() override;

private:
    class Listener;
    void start();
    void tick();

    client::ClusterConnection& m_connection;
    const std::string m_topic;
    const std::vector<std::int32_t> m_partitions;
    const std::shared_ptr<MessageFilter> m_filter;
    const int m_capacity;
    std::deque<ShownRecord> m_ring;
    std::shared_ptr<Listener> m_listener;
    std::unique_ptr<client::Consumer> m_consumer;
    QTimer m_timer;
    std::int64_t m_seen = 0;
    std::int64_t m_matched = 0;
    std::int64_t m_skipped = 0;
    std::optional<Error> m_error;
    bool m_isPaused = false;
};

} // namespace moldau::widgets
