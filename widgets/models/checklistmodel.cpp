#include "models/checklistmodel.h"

#include <QSet>

#include <algorithm>

namespace moldau::widgets {

CheckListModel::CheckListModel(QObject* parent)
    : QAbstractListModel(parent)
{
}

void CheckListModel::setNames(const QStringList& names)
{
    if (names == m_names)
        return;
    const QStringList on = checked();
    beginResetModel();
    m_names = names;
    m_isOn.assign(static_cast<std::size_t>(names.size()), false);
    const QSet<QString> wanted(on.begin(), on.end());
    m_checkedCount = 0;
    for (qsizetype i = 0; i < names.size() && !wanted.isEmpty(); ++i) {
        const bool isOn = wanted.contains(names[i]);
        m_isOn[static_cast<std::size_t>(i)] = isOn;
        m_checkedCount += isOn;
    }
    fillRows();
    endResetModel();
    if (m_checkedCount != on.size())
        emit checkedChanged();
}

void CheckListModel::setChecked(const QStringList& names)
{
    const QSet<QString> wanted(names.begin(), names.end());
    m_checkedCount = 0;
    for (qsizetype i = 0; i < m_names.size(); ++i) {
        const bool isOn = wanted.contains(m_names[i]);
        m_isOn[static_cast<std::size_t>(i)] = isOn;
        m_checkedCount += isOn;
    }
    if (!m_rows.empty())
        emit dataChanged(index(0), index(rowCount() - 1), {Qt::CheckStateRole});
    emit checkedChanged();
}

void CheckListModel::search(const QString& text)
{
    if (text == m_search)
        return;
    beginResetModel();
    m_search = text;
    fillRows();
    endResetModel();
}

void CheckListModel::fillRows()
{
    m_rows.clear();
    for (qsizetype i = 0; i < m_names.size(); ++i) {
        if (m_names[i].contains(m_search, Qt::CaseInsensitive))
            m_rows.push_back(static_cast<std::size_t>(i));
    }
}

void CheckListModel::setAll(bool isOn)
{
    for (const std::size_t row : m_rows) {
        m_checkedCount += int(isOn) - int(m_isOn[row]);
        m_isOn[row] = isOn;
    }
    if (!m_rows.empty())
        emit dataChanged(index(0), index(rowCount() - 1), {Qt::CheckStateRole});
    emit checkedChanged();
}

bool CheckListModel::areAllOn() const
{
    return m_checkedCount == m_names.size();
}

QStringList CheckListModel::checked() const
{
    QStringList names;
    for (std::size_t i = 0; i < m_isOn.size(); ++i) {
        if (m_isOn[i])
            names.append(m_names[static_cast<qsizetype>(i)]);
    }
    return names;
}

int CheckListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant CheckListModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const std::size_t place = m_rows[static_cast<std::size_t>(index.row())];
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole)
        return m_names[static_cast<qsizetype>(place)];
    if (role == Qt::CheckStateRole)
        return static_cast<int>(m_isOn[place] ? Qt::Checked : Qt::Unchecked);
    return {};
}

bool CheckListModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (role != Qt::CheckStateRole || !index.isValid() || index.row() >= rowCount())
        return false;
    const std::size_t place = m_rows[static_cast<std::size_t>(index.row())];
    const bool isOn = value.toInt() == Qt::Checked;
    m_checkedCount += int(isOn) - int(m_isOn[place]);
    m_isOn[place] = isOn;
    emit dataChanged(index, index, {Qt::CheckStateRole});
    emit checkedChanged();
    return true;
}

Qt::ItemFlags CheckListModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return {};
    return Qt::ItemIsEnabled | Qt::ItemIsUserCheckable | Qt::ItemIsSelectable;
}

} // namespace moldau::widgets
