#pragma once

#include <QWidget>

class QProgressBar;
class QPushButton;

namespace moldau::widgets {

class Label;
class LinkButton;
class MessageModel;

/** Below the table: how many records match, how far the reading is, and how to stop it. */
class MessageStatusBar final : public QWidget {
    Q_OBJECT
public:
    explicit MessageStatusBar(MessageModel& model, QWidget* parent = nullptr);

    void refresh();

    /** For the window's menus: what the buttons do. */
    QList<QAction*> menuActions() const { return m_actions; }

signals:
    void cancelRequested();
    void pauseToggled(bool isPaused);

private:
    QString countText() const;
    QString progressText() const;

    MessageModel& m_model;
    Label* m_count;
    QProgressBar* m_bar;
    Label* m_progress;
    QPushButton* m_pause;
    LinkButton* m_cancel;
    QList<QAction*> m_actions;
};

} // namespace moldau::widgets
