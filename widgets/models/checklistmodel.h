#pragma once

#include <QAbstractListModel>
#include <QStringList>

#include <vector>

namespace moldau::widgets {

/** Names with a check box each; those that a search leaves are its rows. GUI thread. */
class CheckListModel final : public QAbstractListModel {
    Q_OBJECT
public:
    explicit CheckListModel(QObject* parent = nullptr);

    /** What is checked stays checked. */
    void setNames(const QStringList& names);
    /** Checks these and no others. */
    void setChecked(const QStringList& names);
    void search(const QString& text);
    /** Those that the search leaves. */
    void setAll(bool isOn);
    bool areAllOn() const;
    QStringList checked() const;
    int checkedCount() const { return m_checkedCount; }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

signals:
    void checkedChanged();

private:
    void fillRows();

    QStringList m_names;
    QString m_search;
    std::vector<bool> m_isOn;
    std::vector<std::size_t> m_rows;
    int m_checkedCount = 0;
};

} // namespace moldau::widgets
