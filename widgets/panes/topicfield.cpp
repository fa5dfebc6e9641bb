#include "panes/topicfield.h"

#include "bridge/session.h"
#include "common/painting.h"
#include "common/theme.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QPainter>
#include <QStringListModel>

namespace moldau::widgets {

TopicField::TopicField(Session& session, const QString& accessibleName, QWidget* parent)
    : QLineEdit(parent)
    , m_session(session)
    , m_names(new QStringListModel(this))
{
    const Theme& theme = Theme::current();
    setAccessibleName(accessibleName);
    setObjectName(accessibleName);
    setPlaceholderText(tr("topic"));
    setTextMargins(0, 0, theme.px(34), 0);
    setMouseTracking(true);
    auto* completer = new QCompleter(m_names, this);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setFilterMode(Qt::MatchContains);
    completer->setMaxVisibleItems(12);
    setCompleter(completer);
    connect(this, &QLineEdit::textChanged, this, &TopicField::topicChanged);
    connect(&session, &Session::described, this, [this] {
        updateNames();
        emit topicChanged();
        update();
    });
    updateNames();
}

int TopicField::partitionCount() const
{
    const client::TopicDescription* known = m_session.metadata()->topic(topic());
    return known ? static_cast<int>(known->partitions.size()) : 0;
}

void TopicField::updateNames()
{
    const QStringList& names = m_session.metadata()->userTopics();
    if (names != m_names->stringList())
        m_names->setStringList(names);
    // The first topic is a good guess until somebody chooses.
    if (text().isEmpty() && !isModified() && !names.isEmpty())
        setText(names.front());
}

void TopicField::showAll()
{
    completer()->setCompletionPrefix({});
    completer()->popup()->setCurrentIndex({});
    completer()->complete();
}

QRect TopicField::arrowRect() const
{
    const int width = Theme::current().px(26);
    return QRect(this->width() - width, 0, width, height());
}

void TopicField::paintEvent(QPaintEvent* event)
{
    QLineEdit::paintEvent(event);
    const Theme& theme = Theme::current();
    QPainter painter(this);
    const QRect arrow = arrowRect();
    if (!isReadOnly())
        drawChevron(painter, QRectF(arrow).center(), theme.pxf(7),
            theme.color(isEnabled() ? Tone::Muted : Tone::Faint));
    if (partitionCount() > 0)
        drawDot(painter, QPointF(arrow.left() - theme.pxf(6), height() / 2.0), theme.pxf(8),
            m_session.colors().colorOf(topic()));
}

void TopicField::mousePressEvent(QMouseEvent* event)
{
    if (isEnabled() && !isReadOnly() && arrowRect().contains(event->position().toPoint())) {
        setFocus(Qt::MouseFocusReason);
        showAll();
        return;
    }
    QLineEdit::mousePressEvent(event);
}

void TopicField::mouseMoveEvent(QMouseEvent* event)
{
    setCursor(
        arrowRect().contains(event->position().toPoint()) ? Qt::ArrowCursor : Qt::IBeamCursor);
    QLineEdit::mouseMoveEvent(event);
}

void TopicField::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Down && !isReadOnly()) {
        showAll();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

} // namespace moldau::widgets
