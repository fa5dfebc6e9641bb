#pragma once

#include "bridge/pagecontext.h"
#include "bridge/session.h"
#include "common/page.h"

class QMenu;
class QSplitter;

namespace moldau::widgets {

class ConsumerPane;
class LiveFeed;
class PaneColumn;
class ProducerPane;
class TimelinePane;
class TopologyView;
enum class NodeAction;

/** Producers, the picture, consumers and the time line of one cluster. */
class LivePage : public Page {
    Q_OBJECT
public:
    explicit LivePage(Session& session, QWidget* parent = nullptr);
    ~LivePage() override;

    TopologyView& topology() const { return *m_topology; }
    LiveFeed& feed() const { return *m_feed; }
    ProducerPane* producer() const; ///< the open one
    ConsumerPane* consumer() const; ///< the open one
    void open(const QVariantMap& what) override;
    QList<QAction*> menuActions() const override;
    void setReducedMotion(bool isReduced);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    ProducerPane* addProducer();
    ConsumerPane* addConsumer();
    void updatePills();
    void updatePorts();
    void keepPanesTopics();
    void updateConsumerIds();
    void fillBreakMenu(QMenu& menu);
    void act(const QString& service, NodeAction action);
    void addFault(const faults::FaultRule& rule);
    void heal(int fault);
    void healAll();
    void chooseTopics();

    Session& m_session;
    Pill* m_brokersPill;
    Pill* m_syncPill;
    Pill* m_ratePill;
    Pill* m_faultsPill;
    PaneColumn* m_producers;
    PaneColumn* m_consumers;
    TopologyView* m_topology;
    LiveFeed* m_feed;
    TimelinePane* m_timeline;
    QSplitter* m_splitter;
    QAction* m_breakAction = nullptr; // a menu's
    QAction* m_healAction = nullptr;
    bool m_isArranged = false;
    int m_nextConsumer = 1;
};

} // namespace moldau::widgets
