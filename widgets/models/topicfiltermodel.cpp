#include "models/topicfiltermodel.h"

#include "models/topictreemodel.h"

#include <algorithm>

namespace moldau::widgets {

TopicFilterModel::TopicFilterModel(QObject* parent)
    : QSortFilterProxyModel(parent)
{
    setRecursiveFilteringEnabled(true);
    setDynamicSortFilter(true);
    setSortRole(TopicTreeModel::SortRole);
}

void TopicFilterModel::setText(const QString& text)
{
    m_words = text.split(u' ', Qt::SkipEmptyParts);
    invalidateFilter();
}

void TopicFilterModel::setFavouritesOnly(bool isOnly)
{
    m_isFavouritesOnly = isOnly;
    invalidateFilter();
}

void TopicFilterModel::setInternalShown(bool isShown)
{
    m_isInternalShown = isShown;
    invalidateFilter();
}

int TopicFilterModel::topicCount(const QModelIndex& parent) const
{
    int count = 0;
    for (int row = 0; row < rowCount(parent); ++row) {
        const QModelIndex child = index(row, 0, parent);
        count += child.data(TopicTreeModel::IsBranchRole).toBool() ? topicCount(child) : 1;
    }
    return count;
}

bool TopicFilterModel::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    if (index.data(TopicTreeModel::IsBranchRole).toBool())
        return false; // it shows when a topic below it does
    if (!m_isInternalShown && index.data(TopicTreeModel::IsInternalRole).toBool())
        return false;
    if (m_isFavouritesOnly && !index.data(TopicTreeModel::IsFavouriteRole).toBool())
        return false;
    const QString name = index.data(TopicTreeModel::TopicNameRole).toString();
    return std::all_of(m_words.cbegin(), m_words.cend(),
        [&](const QString& word) { return name.contains(word, Qt::CaseInsensitive); });
}

bool TopicFilterModel::lessThan(const QModelIndex& left, const QModelIndex& right) const
{
    const bool isBranchLeft = left.data(TopicTreeModel::IsBranchRole).toBool();
    const bool isBranchRight = right.data(TopicTreeModel::IsBranchRole).toBool();
    if (isBranchLeft != isBranchRight)
        return (sortOrder() == Qt::AscendingOrder) == isBranchLeft;
    const QVariant a = left.data(TopicTreeModel::SortRole);
    const QVariant b = right.data(TopicTreeModel::SortRole);
    if (a != b)
        return QVariant::compare(a, b) == QPartialOrdering::Less;
    return left.siblingAtColumn(0).data(TopicTreeModel::SortRole).toString()
        < right.siblingAtColumn(0).data(TopicTreeModel::SortRole).toString();
}

} // namespace moldau::widgets
