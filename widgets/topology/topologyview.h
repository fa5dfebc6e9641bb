#pragma once

#include "topology/flowboard.h"
#include "topology/logstrip.h"
#include "topology/picturebrush.h"
#include "topology/topologylayout.h"

#include <QBasicTimer>
#include <QElapsedTimer>
#include <QHash>
#include <QPixmap>
#include <QWidget>

#include <optional>

class QMenu;

namespace moldau::widgets {

class TopicColors;

/** One thing of the picture that can be pointed at, selected and named. */
struct TopologyItem {
    enum class Kind { Voter, Broker, Replica, Client, Fault };
    Kind kind = Kind::Broker;
    int id = -1; ///< broker, index of the voter, or number of the fault
    QString name; ///< topic, or client
    int partition = 0;

    bool operator==(const TopologyItem&) const = default;
};

/** What can be done with a node, as the control calls it. */
enum class NodeAction { Start, Stop, Kill, Pause, Unpause };

/**
 * The picture. Paints the model that it is shown, in three layers: what stands still is cached (a
 * pixmap for the ground, one for each card, one for the flows until one comes, goes or fades), dots
 * are painted at most 60 times a second and only while something moves. GUI thread.
 */
class TopologyView : public QWidget {
    Q_OBJECT
public:
    explicit TopologyView(TopicColors& colors, QWidget* parent = nullptr);
    ~TopologyView() override;

    /** `model` outlives the view or is replaced first; call modelChanged() after it changed. */
    void setModel(const TopologyModel* model);
    void modelChanged();
    /** Lets dots travel for these events, which the model has just taken. */
    void animate(std::span<const Event> events, const TopologyModel::Names& names);

    /** Which topics are drawn, in this order; more than fit are counted. Empty: all but internal
     * ones. */
    void setTopics(const QStringList& topics);
    const QStringList& topics() const { return m_topics; }
    /** Of those, what panes show: drawn before others where not all fit. */
    void setKeptTopics(const QStringList& topics);

    void setBootstrap(const QString& bootstrap);
    void setSeesEverything(bool sees);
    void setCanControlNodes(bool can, const QString& whyNot);
    void setPanePorts(double producerY, double consumerY);
    void setConsumerPaneIds(const QStringList& ids) { m_board.setConsumerPaneIds(ids); }
    /** Says in the lane above the cards what has just been decided, for a few seconds. */
    void setCaption(const QString& text);

    /** While the time line is paused, dots stand still; `speed` slows them down. */
    void setClock(bool isRunning, double speed);
    void setReducedMotion(bool isReduced);
    void clearFlows();

    // For the accessibility tree, the keyboard and tests.
    QList<TopologyItem> items() const;
    QString nameOf(const TopologyItem& item) const;
    QString explanationOf(const TopologyItem& item) const;
    QRect rectOf(const TopologyItem& item) const;
    std::optional<TopologyItem> itemAt(const QPoint& position) const;
    QList<NodeAction> actionsOf(const TopologyItem& item) const;
    static QString nameOf(NodeAction action);
    void trigger(const TopologyItem& item, NodeAction action);
    /** What can go wrong on purpose with a broker or controller, and be healed again. */
    void addFaultEntries(QMenu& menu, BrokerId node);
    /** Of a broker or voter; kNoBroker for anything else. */
    BrokerId nodeIdOf(const TopologyItem& item) const;
    std::optional<TopologyItem> selected() const { return m_selected; }
    void select(const std::optional<TopologyItem>& item);
    bool isAnimating() const { return m_timer.isActive(); }
    const TopologyLayout& layoutNow() const { return m_layout; }
    const FlowBoard& board() const { return m_board; }
    const TopologyModel* model() const { return m_model; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void faultRequested(const moldau::faults::FaultRule& rule);
    void healRequested(int fault);
    void healAllRequested();
    void nodeActionRequested(const QString& service, NodeAction action);
    void selectionChanged();
    /** A replica was chosen: panes show its topic. */
    void partitionSelected(const QString& topic, int partition);
    void topicChoiceRequested();
    void copyBootstrapRequested();

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void timerEvent(QTimerEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    struct CardCache {
        QPixmap pixmap;
        quint64 revision = 0;
        double paintedMs = -1e9;
        bool isDirty = true;
    };
    struct FlowCache {
        QPixmap pixmap;
        QPoint place;
        quint64 revision = 0; ///< of the board's flows
        std::vector<int> shades; ///< how far each has faded
    };
    struct Fill {
        double now = 0;
        double target = 0;
    };

    void layOut();
    void wake();
    /** How long until the next frame, by how much happens. */
    int frameMs();
    bool moveFills(double elapsedMs);
    void paintGround(QPainter& painter);
    void paintCard(const CardBox& card);
    void paintFlows(QPainter& painter, double clock);
    void showMenu(const TopologyItem& item, const QPoint& globalPosition);
    void tellAccessibility();
    double wallMs() const;
    static QString fillKey(const TileBox& box);
    QString hint() const;
    QString whatIsAt(const QPoint& position) const;
    QRectF copyRect() const;
    void selectNeighbour(int key);

    TopicColors& m_colors;
    TopicTone m_topicTone;
    const TopologyModel* m_model = nullptr;
    TopologyModel m_nothing;
    QStringList m_topics;
    QStringList m_kept;
    QString m_bootstrap;
    bool m_seesEverything = true;
    bool m_canControlNodes = false;
    QString m_whyNoControl;
    TopologyLayout m_layout;
    quint64 m_layoutRevision = 0;
    FlowBoard m_board;
    QHash<int, CardCache> m_cards;
    QPixmap m_ground;
    FlowCache m_flows;
    QHash<QString, Fill> m_fills;
    QHash<QString, StripWindow> m_windows;
    QElapsedTimer m_wall;
    double m_lastTickMs = 0;
    double m_clockMs = 0; // the dots' time
    bool m_isClockRunning = true;
    double m_clockSpeed = 1;
    bool m_isMotionReduced = false;
    bool m_hasFreshStrips = false;
    QBasicTimer m_timer;
    int m_frameMs = 0; // of the running timer
    RateMeter m_events;
    QString m_caption;
    double m_captionSinceMs = -1e9;
    std::optional<TopologyItem> m_selected;
    std::optional<TopologyItem> m_hovered;
};

} // namespace moldau::widgets
