#include "topology/eventlistmodel.h"

#include "common/format.h"

namespace moldau::widgets {

EventListModel::EventListModel(QObject* parent)
    : QAbstractListModel(parent)
{
}

QString EventListModel::take(
    std::span<const Event> events, const TopologyModel& model, const TopologyModel::Names& names)
{
    const Narrator::Change change = m_narrator.take(events, model, names);
    const std::deque<Sentence>& told = m_narrator.sentences();
    if (const int removed = static_cast<int>(change.removedInFront); removed > 0) {
        beginRemoveRows({}, 0, removed - 1);
        m_rows.erase(m_rows.begin(), m_rows.begin() + removed);
        endRemoveRows();
    }
    if (change.firstChanged < m_rows.size()) {
        std::copy(told.begin() + static_cast<std::ptrdiff_t>(change.firstChanged),
            told.begin() + static_cast<std::ptrdiff_t>(m_rows.size()),
            m_rows.begin() + static_cast<std::ptrdiff_t>(change.firstChanged));
        emit dataChanged(index(static_cast<int>(change.firstChanged)), index(rowCount() - 1));
    }
    if (told.size() > m_rows.size()) {
        beginInsertRows({}, rowCount(), static_cast<int>(told.size()) - 1);
        m_rows.insert(
            m_rows.end(), told.begin() + static_cast<std::ptrdiff_t>(m_rows.size()), told.end());
        endInsertRows();
    }
    return change.caption;
}

void EventListModel::clear()
{
    beginResetModel();
    m_narrator.clear();
    m_rows.clear();
    endResetModel();
}

int EventListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant EventListModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Sentence& line = sentenceAt(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return line.text;
    case Qt::AccessibleTextRole:
        return formatClock(line.timeNs) + u' ' + line.text;
    case TimeRole:
        return line.timeNs;
    case AboutRole:
        return static_cast<int>(line.about);
    case TroubleRole:
        return line.isTrouble;
    case DetailRole:
        return line.detail;
    case TopicRole:
        return line.topic;
    default:
        return {};
    }
}

void EventFilterModel::setAbout(std::optional<EventTopic> about)
{
    m_about = about;
    invalidateFilter();
}

void EventFilterModel::setHorizon(std::optional<qint64> timeNs)
{
    if (m_horizon == timeNs)
        return;
    m_horizon = timeNs;
    invalidateFilter();
}

bool EventFilterModel::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    if (m_about && index.data(EventListModel::AboutRole).toInt() != static_cast<int>(*m_about))
        return false;
    return !m_horizon || index.data(EventListModel::TimeRole).toLongLong() <= *m_horizon;
}

} // namespace moldau::widgets
