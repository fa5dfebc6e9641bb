#include "models/configmodel.h"

#include "common/tableview.h"
#include "models/configwords.h"

#include <algorithm>

namespace moldau::widgets {

using client::ConfigEntry;
using client::ConfigSource;

void ConfigModel::setEntries(std::vector<ConfigEntry> entries)
{
    std::sort(entries.begin(), entries.end(), [](const ConfigEntry& a, const ConfigEntry& b) {
        const bool isOwnA = a.source == ConfigSource::Topic;
        const bool isOwnB = b.source == ConfigSource::Topic;
        return isOwnA != isOwnB ? isOwnA : a.name < b.name;
    });
    const bool isSameRows = std::equal(m_entries.begin(), m_entries.end(), entries.begin(),
        entries.end(), [](const ConfigEntry& a, const ConfigEntry& b) { return a.name == b.name; });
    if (isSameRows) {
        m_entries = std::move(entries);
        if (!m_entries.empty())
            emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount_ - 1));
        return;
    }
    const bool isSameSet = std::is_permutation(m_entries.begin(), m_entries.end(), entries.begin(),
        entries.end(), [](const ConfigEntry& a, const ConfigEntry& b) { return a.name == b.name; });
    if (!isSameSet) {
        beginResetModel();
        m_entries = std::move(entries);
        endResetModel();
        return;
    }
    emit layoutAboutToBeChanged();
    QModelIndexList from = persistentIndexList();
    QStringList names;
    for (const QModelIndex& old : from)
        names.append(QString::fromStdString(m_entries[static_cast<std::size_t>(old.row())].name));
    m_entries = std::move(entries);
    QModelIndexList to;
    for (qsizetype i = 0; i < from.size(); ++i)
        to.append(index(rowOf(names[i]), from[i].column()));
    changePersistentIndexList(from, to);
    emit layoutChanged();
}

const ConfigEntry* ConfigModel::entry(const QString& name) const
{
    const int row = rowOf(name);
    return row < 0 ? nullptr : &m_entries[static_cast<std::size_t>(row)];
}

int ConfigModel::rowOf(const QString& name) const
{
    const std::string wanted = name.toStdString();
    const auto found = std::find_if(m_entries.begin(), m_entries.end(),
        [&](const ConfigEntry& entry) { return entry.name == wanted; });
    return found == m_entries.end() ? -1 : static_cast<int>(found - m_entries.begin());
}

int ConfigModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int ConfigModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount_;
}

QString ConfigModel::sourceText(ConfigSource source)
{
    switch (source) {
    case ConfigSource::Topic:
        return tr("this topic");
    case ConfigSource::DynamicBroker:
        return tr("broker, changed while running");
    case ConfigSource::DynamicDefaultBroker:
        return tr("all brokers, changed while running");
    case ConfigSource::StaticBroker:
        return tr("broker's file");
    case ConfigSource::Default:
        return tr("default");
    case ConfigSource::Group:
        return tr("group");
    default:
        return tr("unknown");
    }
}

QVariant ConfigModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const ConfigEntry& entry = m_entries[static_cast<std::size_t>(index.row())];
    const QString name = QString::fromStdString(entry.name);
    switch (role) {
    case NameRole:
        return name;
    case ExplanationRole:
        return explainTopicConfig(name, QString::fromStdString(entry.documentation));
    case IsOverriddenRole:
        return entry.source == ConfigSource::Topic;
    case SearchRole:
        return QString(name + u' ' + explainTopicConfig(name, {}));
    case IsDataRole:
        return index.column() != SourceColumn;
    case IsFaintRole:
        return index.column() == ValueColumn && !entry.value;
    case ExactTextRole:
        return index.column() == ValueColumn && entry.value
            ? QVariant(QString::fromStdString(*entry.value))
            : QVariant();
    case Qt::ToolTipRole:
        return index.column() == NameColumn ? data(index, ExplanationRole) : QVariant();
    case Qt::DisplayRole:
        switch (index.column()) {
        case NameColumn:
            return name;
        case ValueColumn:
            if (!entry.value)
                return entry.isSensitive ? tr("hidden") : tr("none");
            return configValueText(name, QString::fromStdString(*entry.value));
        case SourceColumn:
            return sourceText(entry.source);
        default:
            return {};
        }
    default:
        return {};
    }
}

QVariant ConfigModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Setting");
    case ValueColumn:
        return tr("Value");
    case SourceColumn:
        return tr("Comes from");
    default:
        return {};
    }
}

} // namespace moldau::widgets
