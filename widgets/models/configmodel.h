#pragma once

#include "client/clusterconnection.h"

#include <QAbstractTableModel>

#include <vector>

namespace moldau::widgets {

/**
 * The settings of one topic: value, where it comes from, what it does in plain words. Settings that
 * the topic itself sets come first. Filled by the page; GUI thread.
 */
class ConfigModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { NameColumn, ValueColumn, SourceColumn, ColumnCount_ };
    enum Role { NameRole = Qt::UserRole, ExplanationRole, IsOverriddenRole, SearchRole };

    using QAbstractTableModel::QAbstractTableModel;

    /** Keeps rows whose setting stays, so that the selection stays. */
    void setEntries(std::vector<client::ConfigEntry> entries);
    void clear() { setEntries({}); }
    const client::ConfigEntry* entry(const QString& name) const;
    const std::vector<client::ConfigEntry>& entries() const { return m_entries; }
    int rowOf(const QString& name) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    static QString sourceText(client::ConfigSource source);

private:
    std::vector<client::ConfigEntry> m_entries;
};

} // namespace moldau::widgets
