#pragma once

#include "bridge/session.h"
#include "models/metrichistory.h"

#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QTimer>

#include <array>
#include <map>
#include <span>

namespace moldau {
struct Event;
}

namespace moldau::widgets {

/**
 * Turns what happens in a cluster into figures by the second: from its events where they show
 * everything, else from offsets, sizes and metadata that it asks for, for what can be known that
 * way (see isVisible()). Goes on while the page that owns it exists, so that a look back is
 * possible. GUI thread.
 */
class MetricRecorder final : public QObject {
    Q_OBJECT
public:
    /** How a figure is known. */
    enum class Knowledge {
        Whole, ///< all programs' requests are seen
        Polled, ///< from offsets and sizes, every few seconds
        OwnOnly, ///< of this window's requests only
        None,
    };

    explicit MetricRecorder(Session& session, QObject* parent = nullptr);
    ~MetricRecorder() override;

    const MetricHistory& history(Metric metric, MetricSplit split) const;
    Knowledge knowledge(Metric metric) const;
    /** Taken for one second; the timer does it, tests may. */
    void closeSecond();

signals:
    void secondClosed();

private:
    struct Polled {
        std::map<std::int32_t, std::int64_t> ends;
        std::int64_t timeMs = 0;
    };

    void takeEvents(std::span<const Event> events);
    void addEvent(const Event& event);
    void poll();
    void takeOffsets(
        const std::string& topic, const std::vector<client::PartitionOffsets>& offsets);
    struct LeaderSize {
        int broker = -1;
        std::int64_t bytes = 0;
    };
    using TopicSizes = std::vector<LeaderSize>; // by partition
    using LeaderSizes = QHash<QString, TopicSizes>;
    /** Of each partition the leader's copy; on any thread. */
    static LeaderSizes sizesOfLeaders(
        const Metadata& metadata, const std::vector<client::ReplicaSize>& sizes);
    void takeSizes(LeaderSizes sizes);
    MetricHistory& mutableHistory(Metric metric, MetricSplit split);
    const QString& nameOf(std::uint32_t nameId);
    const QString& brokerName(std::int32_t broker);
    const QString& requestName(std::int16_t api);
    bool seesEverything() const;

    Session& m_session;
    std::array<std::array<MetricHistory, 2>, kMetricCount> m_histories;
    std::map<std::int16_t, LatencyBuckets> m_latencies; // of the second under way
    QHash<std::uint32_t, QString> m_names;
    QHash<std::int32_t, QString> m_brokerNames;
    QHash<std::int16_t, QString> m_requestNames;
    QTimer m_timer;
    int m_ticks = 0;
    bool m_isEventSource = false;

    // Without events that show everything:
    std::map<std::string, Polled> m_polled;
    LeaderSizes m_sizes;
    std::int64_t m_sizesMs = 0;
    std::map<QString, double>
        m_rates[2][2]; // records or bytes; by topic or broker: until the next poll
    int m_pending = 0;
};

} // namespace moldau::widgets
