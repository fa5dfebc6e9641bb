#include "models/groupmodel.h"

#include "common/format.h"
#include "common/tableview.h"
#include "common/theme.h"

#include <QBrush>

#include <algorithm>
#include <set>

namespace moldau::widgets {

void GroupModel::setGroups(std::vector<client::GroupSummary> groups)
{
    std::sort(groups.begin(), groups.end(),
        [](const client::GroupSummary& a, const client::GroupSummary& b) { return a.id < b.id; });
    std::size_t row = 0;
    for (const client::GroupSummary& wanted : groups) {
        while (row < m_groups.size() && m_groups[row].summary.id < wanted.id) {
            beginRemoveRows({}, static_cast<int>(row), static_cast<int>(row));
            m_groups.erase(m_groups.begin() + static_cast<std::ptrdiff_t>(row));
            endRemoveRows();
        }
        if (row < m_groups.size() && m_groups[row].summary.id == wanted.id) {
            m_groups[row].summary = wanted;
            emit dataChanged(
                index(static_cast<int>(row), 0), index(static_cast<int>(row), ColumnCount_ - 1));
        } else {
            beginInsertRows({}, static_cast<int>(row), static_cast<int>(row));
            m_groups.insert(
                m_groups.begin() + static_cast<std::ptrdiff_t>(row), Group{wanted, {}, {}});
            endInsertRows();
        }
        ++row;
    }
    if (row < m_groups.size()) {
        beginRemoveRows({}, static_cast<int>(row), static_cast<int>(m_groups.size()) - 1);
        m_groups.resize(row);
        endRemoveRows();
    }
}

void GroupModel::setDescription(
    client::GroupDescription description, std::optional<std::int64_t> lag)
{
    const int row = rowOf(QString::fromStdString(description.summary.id));
    if (row < 0)
        return;
    Group& group = m_groups[static_cast<std::size_t>(row)];
    group.description = std::move(description);
    group.lag = lag;
    emit dataChanged(index(row, 0), index(row, ColumnCount_ - 1));
}

const GroupModel::Group* GroupModel::group(const QString& id) const
{
    const int row = rowOf(id);
    return row < 0 ? nullptr : &m_groups[static_cast<std::size_t>(row)];
}

int GroupModel::rowOf(const QString& id) const
{
    const std::string wanted = id.toStdString();
    const auto found = std::lower_bound(m_groups.begin(), m_groups.end(), wanted,
        [](const Group& group, const std::string& name) { return group.summary.id < name; });
    return found == m_groups.end() || found->summary.id != wanted
        ? -1
        : static_cast<int>(found - m_groups.begin());
}

int GroupModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_groups.size());
}

int GroupModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount_;
}

QString GroupModel::explainState(const QString& state)
{
    if (state == QLatin1String("Stable"))
        return tr("Every member knows its partitions.");
    if (state == QLatin1String("Empty"))
        return tr("No member is there; the positions are kept.");
    if (state == QLatin1String("PreparingRebalance")
        || state == QLatin1String("CompletingRebalance") || state == QLatin1String("Assigning")
        || state == QLatin1String("Reconciling"))
        return tr("Partitions are being handed out anew.");
    if (state == QLatin1String("Dead"))
        return tr("The group has no members and no positions any more.");
    return {};
}

QVariant GroupModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Group& group = m_groups[static_cast<std::size_t>(index.row())];
    const QString state = QString::fromStdString(group.summary.state);
    std::set<std::string> topics;
    if (group.description) {
        for (const client::GroupOffset& offset : group.description->offsets)
            topics.insert(offset.topic);
    }
    switch (role) {
    case GroupIdRole:
        return QString::fromStdString(group.summary.id);
    case Qt::TextAlignmentRole:
        return headerData(index.column(), Qt::Horizontal, role);
    case IsDataRole:
        return index.column() == IdColumn || index.column() >= MembersColumn;
    case DotRole: {
        if (index.column() != StateColumn)
            return {};
        const Theme& theme = Theme::current();
        return state == QLatin1String("Stable") ? theme.color(Tone::Good)
            : state == QLatin1String("Empty") || state == QLatin1String("Dead")
            ? theme.color(Tone::Offline)
            : theme.color(Tone::Warning);
    }
    case Qt::ToolTipRole:
        return index.column() == StateColumn ? QVariant(explainState(state)) : QVariant();
    case SortRole:
        switch (index.column()) {
        case MembersColumn:
            return group.description ? static_cast<int>(group.description->members.size()) : -1;
        case TopicsColumn:
            return static_cast<int>(topics.size());
        case LagColumn:
            return QVariant::fromValue<qlonglong>(group.lag.value_or(-1));
        default:
            return data(index, Qt::DisplayRole);
        }
    case Qt::DisplayRole:
        switch (index.column()) {
        case IdColumn:
            return QString::fromStdString(group.summary.id);
        case StateColumn:
            return state;
        case TypeColumn:
            return QString::fromStdString(group.summary.type);
        case MembersColumn:
            return group.description
                ? formatNumber(static_cast<qint64>(group.description->members.size()))
                : QString();
        case TopicsColumn:
            return group.description ? formatNumber(static_cast<qint64>(topics.size())) : QString();
        case LagColumn:
            return group.lag ? formatNumber(*group.lag) : QString();
        default:
            return {};
        }
    default:
        return {};
    }
}

QVariant GroupModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            Qt::AlignVCenter | (section >= MembersColumn ? Qt::AlignRight : Qt::AlignLeft));
    if (role == Qt::ToolTipRole && section == LagColumn)
        return tr("Records that were written after the group's last committed positions");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case IdColumn:
        return tr("Group");
    case StateColumn:
        return tr("State");
    case TypeColumn:
        return tr("Type");
    case MembersColumn:
        return tr("Members");
    case TopicsColumn:
        return tr("Topics");
    case LagColumn:
        return tr("Lag");
    default:
        return {};
    }
}

} // namespace moldau::widgets
