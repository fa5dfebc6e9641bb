#pragma once

#include "models/jsontext.h"

#include <QAbstractItemModel>

#include <vector>

namespace moldau::widgets {

/** A JSON value as a tree of keys and values, exactly as they were sent. GUI thread. */
class JsonTreeModel final : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Column { KeyColumn, ValueColumn, ColumnCount_ };
    enum Role {
        KindRole = Qt::UserRole, ///< JsonKind
        PathRole, ///< as a filter writes it: .items[0].price
    };

    using QAbstractItemModel::QAbstractItemModel;

    /** False when the text isn't JSON; the model is empty then. */
    bool setText(std::string_view text);
    void clear();
    const JsonText& json() const { return m_json; }
    /** Whether some whole number changes in programs that read numbers as doubles. */
    bool hasLargeNumbers() const { return m_hasLargeNumbers; }

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    using QObject::parent;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    const JsonText::Node& node(std::int32_t index) const
    {
        return m_json.nodes()[static_cast<std::size_t>(index)];
    }
    std::int32_t nodeOf(const QModelIndex& index) const
    {
        return index.isValid() ? static_cast<std::int32_t>(index.internalId()) : -1;
    }
    QString keyText(std::int32_t node) const;
    QString valueText(std::int32_t node) const;
    QString path(std::int32_t node) const;

    JsonText m_json;
    std::vector<std::int32_t> m_rows; // of each node among its siblings
    std::vector<std::vector<std::int32_t>>
        m_children; // of each node, so that a row is found at once
    bool m_hasLargeNumbers = false;
};

} // namespace moldau::widgets
