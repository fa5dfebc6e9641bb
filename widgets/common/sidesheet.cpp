#include "common/sidesheet.h"

#include "common/accessiblerole.h"
#include "common/buttons.h"
#include "common/label.h"
#include "common/painting.h"

#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

class SideSheet::Dot : public QWidget {
public:
    explicit Dot(QWidget* parent)
        : QWidget(parent)
    {
        const int side = Theme::current().px(10);
        setFixedSize(side, side);
    }
    QColor color;

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        drawDot(painter, QRectF(rect()).center(), width(), color);
    }
};

SideSheet::SideSheet(QWidget* parent)
    : Panel(parent)
    , m_dot(new Dot(this))
    , m_title(new Label({}, TextRole::PaneTitle, Tone::Ink, this))
    , m_subtitle(new Label({}, TextRole::Label, Tone::Muted, this))
    , m_layout(new QVBoxLayout(this))
    , m_contentSlot(new QVBoxLayout)
{
    setAccessibleRole(*this, QAccessible::Grouping);
    const Theme& theme = Theme::current();
    m_layout->setContentsMargins(1, theme.px(12), 1, theme.px(12));
    m_layout->setSpacing(theme.px(6));
    auto* head = new QHBoxLayout;
    head->setContentsMargins(theme.px(15), 0, theme.px(9), 0);
    head->setSpacing(theme.px(8));
    m_title->setElideMode(Qt::ElideMiddle);
    m_title->setTextInteractionFlags(Qt::NoTextInteraction);
    head->addWidget(m_dot);
    head->addWidget(m_title, 1);
    auto* close = new IconButton(u"close"_s, tr("Close the detail"), this);
    setButtonPlace(*close, ButtonPlace::Closes);
    connect(close, &QToolButton::clicked, this, &SideSheet::closed);
    head->addWidget(close);
    m_layout->addLayout(head);
    m_subtitle->setWordWrap(true);
    m_subtitle->setContentsMargins(theme.px(15), 0, theme.px(15), 0);
    m_layout->addWidget(m_subtitle);
    m_contentSlot->setContentsMargins({});
    m_layout->addLayout(m_contentSlot, 1);
    setTitle({});
}

void SideSheet::setTitle(const QString& title, const QString& subtitle, const QColor& dot)
{
    m_title->setText(title);
    m_subtitle->setText(subtitle);
    m_subtitle->setVisible(!subtitle.isEmpty());
    m_dot->color = dot;
    m_dot->setVisible(dot.isValid());
    m_dot->update();
    setAccessibleName(title);
}

void SideSheet::setContent(QWidget* content)
{
    while (QLayoutItem* item = m_contentSlot->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater();
        delete item;
    }
    m_contentSlot->addWidget(content, 1);
}

QVBoxLayout* SideSheet::footer()
{
    if (!m_footer) {
        const Theme& theme = Theme::current();
        m_layout->addWidget(new Hairline(this));
        m_footer = new QVBoxLayout;
        m_footer->setContentsMargins(theme.px(15), theme.px(6), theme.px(15), 0);
        m_footer->setSpacing(theme.px(8));
        m_layout->addLayout(m_footer);
    }
    return m_footer;
}

void SideSheet::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) {
        event->accept();
        emit closed();
        return;
    }
    Panel::keyPressEvent(event);
}

} // namespace moldau::widgets
