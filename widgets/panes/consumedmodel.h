#pragma once

#include "bridge/session.h"
#include "models/shownrecord.h"

#include <QAbstractTableModel>
#include <QTableView>

#include <deque>
#include <vector>

namespace moldau::widgets {

/** What a consumer pane has read, newest first: a bounded ring, one insertion and one removal a
 * turn. */
class ConsumedModel : public QAbstractTableModel {
    Q_OBJECT
public:
    static constexpr int kMaxRows = 500;
    enum Column { PartitionColumn, OffsetColumn, KeyColumn, ValueColumn, kColumns };
    enum Role { IsNullRole = Qt::UserRole + 1, IsEmptyRole, ColorRole };

    explicit ConsumedModel(Session& session, QObject* parent = nullptr);

    void setTopic(const QString& topic);
    void add(const std::vector<client::Record>& records);
    void clear();

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    Session& m_session;
    QString m_topic;
    std::deque<ShownRecord> m_rows;
};

/**
 * The table of consumed records in a narrow pane: each row is painted as two lines over its whole
 * width, place and key above, value below; for screen readers it stays a table of four columns.
 */
class ConsumedTable : public QTableView {
    Q_OBJECT
public:
    explicit ConsumedTable(QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void paintRow(QPainter& painter, const QRect& rect, int row) const;
};

} // namespace moldau::widgets
