#pragma once

#include "topology/narrator.h"

#include <QAbstractListModel>
#include <QSortFilterProxyModel>

#include <optional>

namespace moldau::widgets {

/** The sentences as rows, oldest first; at most one removal, one change and one insertion a turn.
 */
class EventListModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { TimeRole = Qt::UserRole + 1, AboutRole, TroubleRole, DetailRole, TopicRole };

    explicit EventListModel(QObject* parent = nullptr);

    /** Adds what happened; returns what deserves a caption in the picture. */
    QString take(std::span<const Event> events, const TopologyModel& model,
        const TopologyModel::Names& names);
    void setMerging(bool isMerging) { m_narrator.setMerging(isMerging); }
    void clear();
    const Sentence& sentenceAt(int row) const { return m_rows[static_cast<std::size_t>(row)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    Narrator m_narrator;
    std::deque<Sentence> m_rows; // what views know
};

/** Shows sentences about some things only, and none that lie after the moment that the picture
 * shows. */
class EventFilterModel : public QSortFilterProxyModel {
    Q_OBJECT
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    void setAbout(std::optional<EventTopic> about);
    void setHorizon(std::optional<qint64> timeNs);

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    std::optional<EventTopic> m_about;
    std::optional<qint64> m_horizon;
};

} // namespace moldau::widgets
