#pragma once

#include <QSortFilterProxyModel>

namespace moldau::widgets {

/** Which topics the Topics page shows, in which order: branches first, then by the chosen column.
 */
class TopicFilterModel final : public QSortFilterProxyModel {
    Q_OBJECT
public:
    explicit TopicFilterModel(QObject* parent = nullptr);

    /** Words that the name must contain, in any order and case. */
    void setText(const QString& text);
    void setFavouritesOnly(bool isOnly);
    void setInternalShown(bool isShown);
    bool isNarrowed() const { return !m_words.isEmpty() || m_isFavouritesOnly; }
    /** Topics that pass. */
    int topicCount(const QModelIndex& parent = {}) const;

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

private:
    QStringList m_words;
    bool m_isFavouritesOnly = false;
    bool m_isInternalShown = false;
};

} // namespace moldau::widgets
