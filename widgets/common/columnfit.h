#pragma once

#include <QObject>
#include <QSet>

#include <vector>

class QHeaderView;

namespace moldau::widgets {

/**
 * Hides a table's least important columns while the one that names things would be too narrow for
 * that, and shows them again when there is room. Owned by the view; GUI thread.
 */
class ColumnFit : public QObject {
    Q_OBJECT
public:
    /** `naming` is the column that takes the room that the others leave. */
    ColumnFit(
        QHeaderView& header, int naming, int leastWidth, std::vector<int> leastImportantFirst);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fit();

    QHeaderView& m_header;
    int m_naming;
    int m_leastWidth;
    std::vector<int> m_leastImportantFirst;
    QSet<int> m_hidden; // by us; what the user hid stays hidden
};

} // namespace moldau::widgets
