#pragma once

#include "bridge/session.h"

#include <QAbstractListModel>
#include <QStyledItemDelegate>
#include <QTimer>

#include <deque>
#include <vector>

namespace moldau::widgets {

/**
 * What the producer pane sent, newest first: waiting, acknowledged with its latency, or failed. A
 * bounded ring that views hear of at most ten times a second.
 */
class ReceiptModel : public QAbstractListModel {
    Q_OBJECT
public:
    static constexpr int kMaxRows = 100;
    enum Role { LatencyRole = Qt::UserRole + 1, IsWaitingRole, IsFailedRole, ColorRole };

    explicit ReceiptModel(Session& session, QObject* parent = nullptr);

    /** A record went out; the number comes back with its receipt. `partition` -1: not known yet. */
    quint64 add(const QString& topic, int partition);
    void acknowledge(quint64 number, const client::SendReceipt& receipt);
    void fail(quint64 number, const QString& reason);
    int waiting() const { return m_waiting; }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    struct Row {
        quint64 number = 0;
        QString topic;
        int partition = -1;
        qint64 offset = -1;
        qint64 latencyNs = -1;
        QString error;
        bool isWaiting = true;
    };

    Row* find(quint64 number);
    void flush();

    Session& m_session;
    std::deque<Row> m_rows; // newest first; what views know
    std::vector<Row> m_fresh; // oldest first, not yet shown
    quint64 m_next = 1;
    int m_waiting = 0;
    bool m_hasChanges = false;
    QTimer m_flush;
};

/** One line a receipt: dot, place, latency. */
class ReceiptDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
        const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace moldau::widgets
