#include "common/columnfit.h"

#include <QEvent>
#include <QHeaderView>

#include <utility>

namespace moldau::widgets {

ColumnFit::ColumnFit(
    QHeaderView& header, int naming, int leastWidth, std::vector<int> leastImportantFirst)
    : QObject(&header)
    , m_header(header)
    , m_naming(naming)
    , m_leastWidth(leastWidth)
    , m_leastImportantFirst(std::move(leastImportantFirst))
{
    header.viewport()->installEventFilter(this);
}

bool ColumnFit::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize)
        fit();
    return QObject::eventFilter(watched, event);
}

void ColumnFit::fit()
{
    // A hidden section keeps its width, but tells it only while it is shown.
    const QSet<int> before = std::exchange(m_hidden, {});
    for (const int column : before)
        m_header.showSection(column);
    int others = 0;
    for (int column = 0; column < m_header.count(); ++column) {
        if (column != m_naming)
            others += m_header.sectionSize(column);
    }
    for (const int column : m_leastImportantFirst) {
        if (m_header.viewport()->width() - others >= m_leastWidth)
            break;
        if (m_header.isSectionHidden(column))
            continue;
        others -= m_header.sectionSize(column);
        m_header.hideSection(column);
        m_hidden.insert(column);
    }
}

} // namespace moldau::widgets
