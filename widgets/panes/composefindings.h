#pragma once

#include "compose/finding.h"

#include <QListView>

#include <vector>

class QStandardItemModel;

namespace moldau::widgets {

/** What the doctor found, each with its place, what is wrong and what to do. */
class ComposeFindings final : public QListView {
    Q_OBJECT
public:
    enum Role { SeverityRole = Qt::UserRole, PlaceRole, CodeRole, FixRole };

    explicit ComposeFindings(QWidget* parent = nullptr);

    void setFindings(std::vector<compose::Finding> findings);
    const std::vector<compose::Finding>& findings() const { return m_findings; }
    /** Null where none is chosen. */
    const compose::Finding* current() const;
    /** In the window's language; data and what has no translation as it is. */
    static QString textOf(const compose::Sentence& sentence);
    static QString severityText(compose::Severity severity);

signals:
    void chosen(const moldau::compose::Finding& finding);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QStandardItemModel* m_model;
    std::vector<compose::Finding> m_findings;
};

} // namespace moldau::widgets
