#include "commandpalette.h"

#include "common/buttons.h"
#include "common/field.h"
#include "common/painting.h"
#include "common/theme.h"

#include <QAction>
#include <QKeyEvent>
#include <QListWidget>
#include <QMenu>
#include <QPainter>
#include <QPointer>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace moldau {

using namespace Qt::Literals::StringLiterals;
using widgets::TextRole;
using widgets::Theme;
using widgets::Tone;

namespace {

constexpr int kActionRole = Qt::UserRole + 1; // index in the list of actions
constexpr int kShortcutRole = Qt::UserRole + 2;

class EntryDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
        const QModelIndex& index) const override
    {
        const Theme& theme = Theme::current();
        const QRectF rect = option.rect;
        painter->save();
        if (option.state.testFlag(QStyle::State_Selected))
            widgets::drawBox(*painter, rect.adjusted(0, 1, 0, -1), theme.pxf(6),
                theme.color(Tone::AccentGround));
        painter->setFont(theme.font(TextRole::Small));
        painter->setPen(theme.color(Tone::Muted));
        painter->drawText(rect.adjusted(0, 0, -theme.pxf(10), 0), Qt::AlignVCenter | Qt::AlignRight,
            index.data(kShortcutRole).toString());
        painter->setFont(theme.font(TextRole::Body));
        painter->setPen(theme.color(Tone::Ink));
        widgets::drawElided(*painter, rect.adjusted(theme.pxf(10), 0, -theme.pxf(90), 0),
            Qt::AlignVCenter, index.data().toString());
        painter->restore();
    }

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override
    {
        return QSize(100, Theme::current().px(32));
    }
};

} // namespace

CommandPalette::CommandPalette(const QList<QAction*>& actions, QWidget* window)
    : QFrame(window, Qt::Popup | Qt::FramelessWindowHint)
    , m_search(
          new widgets::SearchField(tr("Search everything"), tr("Type what you want to do"), this))
    , m_list(new QListWidget(this))
{
    const Theme& theme = Theme::current();
    for (QAction* action : actions) {
        if (action->isEnabled() && !action->text().isEmpty() && !action->menu()
            && !action->isSeparator())
            m_actions.append(action);
    }
    setAttribute(Qt::WA_DeleteOnClose);
    setAttribute(Qt::WA_TranslucentBackground);
    setAccessibleName(tr("Everything"));
    resize(theme.px(480), theme.px(400));
    move(window->mapToGlobal(QPoint((window->width() - width()) / 2, theme.px(72))));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme.px(12), theme.px(12), theme.px(12), theme.px(12));
    layout->setSpacing(theme.px(8));
    layout->addWidget(m_search);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setItemDelegate(new EntryDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setAccessibleName(tr("Actions found"));
    m_list->setFocusPolicy(Qt::NoFocus);
    layout->addWidget(m_list, 1);
    m_search->installEventFilter(this);
    connect(m_search, &QLineEdit::textChanged, this, &CommandPalette::filter);
    connect(m_search, &QLineEdit::returnPressed, this, &CommandPalette::run);
    connect(m_list, &QListWidget::itemClicked, this, &CommandPalette::run);
    filter({});
    m_search->setFocus();
}

void CommandPalette::filter(const QString& text)
{
    m_list->clear();
    const QStringList words = text.split(u' ', Qt::SkipEmptyParts);
    for (qsizetype i = 0; i < m_actions.size(); ++i) {
        QString name = m_actions[i]->text().remove(u'&');
        if (const auto* menu = qobject_cast<const QMenu*>(m_actions[i]->parent());
            menu && !menu->title().isEmpty())
            name = tr("%1: %2", "menu and entry").arg(menu->title().remove(u'&'), name);
        const bool isFound = std::all_of(words.begin(), words.end(),
            [&name](const QString& word) { return name.contains(word, Qt::CaseInsensitive); });
        if (!isFound)
            continue;
        auto* item = new QListWidgetItem(name, m_list);
        item->setData(kActionRole, static_cast<int>(i));
        item->setData(kShortcutRole, widgets::shortcutText(m_actions[i]->shortcut()));
    }
    m_list->setCurrentRow(0);
}

void CommandPalette::run()
{
    const QListWidgetItem* item = m_list->currentItem();
    if (!item)
        return;
    const QPointer<QAction> action = m_actions[item->data(kActionRole).toInt()];
    close();
    if (action)
        action->trigger();
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Down || key->key() == Qt::Key_Up) {
            const int step = key->key() == Qt::Key_Down ? 1 : -1;
            m_list->setCurrentRow(qBound(0, m_list->currentRow() + step, m_list->count() - 1));
            return true;
        }
        if (key->key() == Qt::Key_Escape && m_search->text().isEmpty()) {
            close();
            return true;
        }
    }
    return QFrame::eventFilter(watched, event);
}

void CommandPalette::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::current();
    QPainter painter(this);
    widgets::drawBox(
        painter, rect(), theme.pxf(10), theme.color(Tone::Surface), theme.color(Tone::Line));
}

} // namespace moldau
