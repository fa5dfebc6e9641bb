#include "panes/panecolumn.h"

#include "common/buttons.h"
#include "common/panel.h"
#include "common/theme.h"

#include <QVBoxLayout>

#include <algorithm>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

namespace {

/** A folded pane. */
class Line : public Panel {
public:
    explicit Line(QWidget* parent)
        : Panel(parent)
        , title(new QPushButton(this))
        , closeButton(new IconButton(u"close"_s, PaneColumn::tr("Close this pane"), this))
    {
        const Theme& theme = Theme::current();
        setFixedHeight(theme.px(40));
        auto* layout = new QHBoxLayout(this);
        layout->setContentsMargins(theme.px(10), 0, theme.px(6), 0);
        setButtonKind(*title, ButtonKind::Link);
        setButtonPlace(*title, ButtonPlace::View);
        setButtonPlace(*closeButton, ButtonPlace::Closes);
        title->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        title->setCursor(Qt::PointingHandCursor);
        layout->addWidget(title, 1);
        layout->addWidget(closeButton);
    }
    QPushButton* title;
    IconButton* closeButton;
};

} // namespace

PaneColumn::PaneColumn(QWidget* parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins({});
    m_layout->setSpacing(Theme::current().px(8));
}

void PaneColumn::add(QWidget* pane, const QString& title)
{
    auto* line = new Line(this);
    line->title->setText(title);
    pane->setParent(this);
    m_layout->addWidget(line);
    m_layout->addWidget(pane, 1);
    connect(line->title, &QPushButton::clicked, this, [this, pane] { open(pane); });
    connect(line->closeButton, &QToolButton::clicked, this, [this, pane] { close(pane); });
    m_entries.append({pane, line});
    open(pane);
}

void PaneColumn::setTitle(QWidget* pane, const QString& title)
{
    for (const Entry& entry : std::as_const(m_entries)) {
        if (entry.pane == pane)
            static_cast<Line*>(entry.line)->title->setText(title);
    }
}

QList<QWidget*> PaneColumn::panes() const
{
    QList<QWidget*> panes;
    for (const Entry& entry : m_entries)
        panes.append(entry.pane);
    return panes;
}

void PaneColumn::open(QWidget* pane)
{
    m_open = pane;
    arrange();
    emit openChanged();
}

void PaneColumn::close(QWidget* pane)
{
    const auto it = std::find_if(m_entries.begin(), m_entries.end(),
        [pane](const Entry& entry) { return entry.pane == pane; });
    if (it == m_entries.end() || m_entries.size() < 2)
        return;
    emit closed(pane);
    it->line->deleteLater();
    it->pane->deleteLater();
    m_entries.erase(it);
    if (m_open == pane)
        m_open = m_entries.front().pane;
    arrange();
    emit openChanged();
}

void PaneColumn::arrange()
{
    for (const Entry& entry : std::as_const(m_entries)) {
        entry.pane->setVisible(entry.pane == m_open);
        entry.line->setVisible(entry.pane != m_open);
    }
}

} // namespace moldau::widgets
