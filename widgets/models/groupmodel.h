#pragma once

#include "client/clusterconnection.h"

#include <QAbstractTableModel>

#include <map>
#include <optional>
#include <vector>

namespace moldau::widgets {

/** A cluster's consumer groups with members and lag, as far as they were described. Filled by
 * GroupPoller; GUI thread. */
class GroupModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column {
        IdColumn,
        StateColumn,
        TypeColumn,
        MembersColumn,
        TopicsColumn,
        LagColumn,
        ColumnCount_
    };
    enum Role { GroupIdRole = Qt::UserRole, SortRole };

    struct Group {
        client::GroupSummary summary;
        std::optional<client::GroupDescription> description;
        std::optional<std::int64_t> lag; ///< records, over all partitions with a commit
    };

    using QAbstractTableModel::QAbstractTableModel;

    /** Keeps what is known of groups that stay. */
    void setGroups(std::vector<client::GroupSummary> groups);
    void setDescription(client::GroupDescription description, std::optional<std::int64_t> lag);
    const Group* group(const QString& id) const;
    int rowOf(const QString& id) const;
    const std::vector<Group>& groups() const { return m_groups; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /** What a state means, in a sentence. */
    static QString explainState(const QString& state);

private:
    std::vector<Group> m_groups; // by id
};

} // namespace moldau::widgets
