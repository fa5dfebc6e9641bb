#pragma once

#include "bridge/session.h"
#include "common/page.h"
#include "models/messagemodel.h"

#include <QTimer>

class QAction;
class QSplitter;
class QStackedWidget;

namespace moldau::widgets {

class EmptyState;
class MessageDetail;
class MessageExport;
class MessageHistogram;
class MessageStatusBar;
class MessageToolbar;
class MessageView;

/** Any record among millions: a topic's records in a table, found by place, time or filter. */
class MessagesPage final : public Page {
    Q_OBJECT
public:
    explicit MessagesPage(Session& session, QWidget* parent = nullptr);

    /** {"topic": name}, with "partition", "offset" or "key" where wanted: reads it. */
    void open(const QVariantMap& what) override;
    ~MessagesPage() override;

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void makeActions();
    QWidget* makeTable();
    void connectDetail();
    void read();
    void narrow(qint64 fromMs, qint64 toMs);
    void refresh();
    void updatePills();
    void updateEmptyState();
    void showSelected();
    void showError(const Error& error);
    void addField(const QString& path);
    void showMenu(const QPoint& position);
    void askForExport();
    void startExport(const QString& path);
    void updateExport();

    Session& m_session;
    MessageModel* m_model;
    Pill* m_countPill;
    Pill* m_readingPill;
    MessageToolbar* m_toolbar;
    MessageHistogram* m_histogram;
    QSplitter* m_splitter;
    QStackedWidget* m_stack = nullptr;
    MessageView* m_view = nullptr;
    MessageStatusBar* m_status = nullptr;
    QWidget* m_rule = nullptr; // above it
    EmptyState* m_empty = nullptr;
    MessageDetail* m_detail;
    QAction* m_exportAction = nullptr;
    std::unique_ptr<MessageExport> m_export;
    QTimer m_refreshTimer; // while something runs
    QTimer m_fitTimer;
    bool m_hasRead = false;
    bool m_isRecordAwaited = false; ///< of the chosen row
    bool m_isErrorShown = false;
    bool m_wantsFirst = false; ///< the first record is to be shown whole once it is read
    bool m_isStoppedByHiding = false;
};

} // namespace moldau::widgets
