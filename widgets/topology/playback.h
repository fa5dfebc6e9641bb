#pragma once

#include "topology/recording.h"
#include "topology/topologymodel.h"

#include <QObject>

#include <optional>

namespace moldau::widgets {

/**
 * Lets the recording play into the picture's model: at once (live), slowed down, paused with single
 * steps, or from an earlier moment. Live, a pause only holds back what is shown; everything is
 * recorded on. Owns the model. GUI thread; the clock is told by advance().
 */
class Playback : public QObject {
    Q_OBJECT
public:
    enum class Mode { Live, Slow, Paused };

    explicit Playback(TopologyModel::Names names, QObject* parent = nullptr);

    TopologyModel& model() { return m_model; }
    const TopologyModel& model() const { return m_model; }
    const Recording& recording() const { return m_recording; }

    Mode mode() const { return m_mode; }
    double speed() const { return m_speed; }
    /** The moment that the picture shows, nanoseconds since 1970. */
    qint64 shownNs() const { return m_shownNs; }
    /** Number of the next event to be shown. */
    quint64 cursor() const { return m_cursor; }
    bool isBehind() const { return m_cursor < m_recording.end(); }

    /** Metadata as read; kept for later while the picture shows an earlier moment. */
    void setMetadata(const MetadataPtr& metadata);
    void setNodes(const std::vector<client::NodeStatus>& nodes);

    void record(std::span<const Event> events);
    /** `elapsedNs` of real time have passed; plays what is due in slow motion. */
    void advance(qint64 elapsedNs, qint64 nowNs);

    void pause();
    /** Plays on at this speed: 1 goes back to live, 0.001 is a thousandth. */
    void play(double speed);
    void goLive();
    /** Shows the next thing that happened, up to the end of the recording. */
    void step();
    /** Shows the cluster as it was at this moment, paused. */
    void seek(qint64 timeNs);

    /** False for what a step passes over: requests and the like. */
    static bool isStep(EventKind kind);

signals:
    /** The model has taken these. The span is valid during the call. */
    void applied(std::span<const moldau::Event> events);
    /** The model was set to another moment; dots and captions are void. */
    void jumped();
    void modeChanged();

private:
    struct Snapshot {
        quint64 number;
        TopologyModel model;
    };

    void applyUpTo(quint64 end);
    void keepSnapshot();
    void applyPending();

    TopologyModel::Names m_names;
    TopologyModel m_model;
    Recording m_recording;
    std::deque<Snapshot> m_snapshots;
    std::vector<Event> m_chunk;
    MetadataPtr m_pendingMetadata;
    std::vector<client::NodeStatus> m_pendingNodes;
    Mode m_mode = Mode::Live;
    double m_speed = 1;
    quint64 m_cursor = 0; // the next event to apply
    qint64 m_shownNs = 0;
    double m_playNs = 0; // slow motion's clock, relative to m_playBaseNs
    qint64 m_playBaseNs = 0;
};

} // namespace moldau::widgets
