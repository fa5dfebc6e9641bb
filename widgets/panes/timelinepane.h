#pragma once

#include "common/panel.h"
#include "topology/eventlistmodel.h"
#include "topology/playback.h"

#include <QStyledItemDelegate>

class QComboBox;
class QListView;
class QPushButton;

namespace moldau::widgets {

class DensityStrip;
class SpeedSlider;
class TopicColors;

/** One event a line: time, dot in the topic's colour, sentence, request. */
class EventDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    EventDelegate(TopicColors& colors, QObject* parent);
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
        const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    TopicColors& m_colors;
};

/** What happened: how much when, in plain sentences; and the control of the picture's time. */
class TimelinePane : public Panel {
    Q_OBJECT
public:
    TimelinePane(Playback& playback, EventListModel& events, const DensityHistory& history,
        TopicColors& colors, QWidget* parent = nullptr);

    /** For the menus: back to what happens now. */
    QAction* liveAction() const { return m_liveAction; }
    /** For the menus: Pause (checkable) and Step. */
    QAction* pauseAction() const { return m_pauseAction; }
    QAction* stepAction() const { return m_stepAction; }
    DensityStrip& strip() const { return *m_strip; }

private:
    void followMode();
    void followEnd();

    Playback& m_playback;
    EventFilterModel* m_filter;
    DensityStrip* m_strip;
    QListView* m_list;
    SpeedSlider* m_speed;
    QPushButton* m_live;
    QPushButton* m_pause;
    QPushButton* m_step;
    QComboBox* m_about;
    QAction* m_liveAction;
    QAction* m_pauseAction;
    QAction* m_stepAction;
    bool m_isAtEnd = true;
};

} // namespace moldau::widgets
