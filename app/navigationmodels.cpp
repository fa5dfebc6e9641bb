#include "navigation.h"

#include "bridge/clusterpulse.h"
#include "common/painting.h"
#include "common/theme.h"

#include <QAbstractItemView>
#include <QPainter>

namespace moldau {

using namespace Qt::Literals::StringLiterals;
using widgets::Session;
using widgets::SessionKind;
using widgets::TextRole;
using widgets::Theme;
using widgets::Tone;

PageListModel::PageListModel(const std::vector<PageEntry>& pages, QObject* parent)
    : QAbstractListModel(parent)
{
    const auto addSection = [&](PageSection section, const QString& heading) {
        bool isFirst = true;
        for (const PageEntry& page : pages) {
            if (page.section != section)
                continue;
            if (std::exchange(isFirst, false))
                m_rows.push_back({{}, heading, {}, true});
            m_rows.push_back({page.id, page.title,
                page.digit > 0 ? tr("Alt %1").arg(page.digit) : QString(), false});
        }
    };
    addSection(PageSection::Cluster, tr("Cluster"));
    addSection(PageSection::Learn, tr("Learn"));
}

void PageListModel::setClusterName(const QString& name)
{
    if (m_rows.empty() || !m_rows.front().isHeading || m_rows.front().text == name)
        return;
    m_rows.front().text = name;
    emit dataChanged(index(0), index(0));
}

QModelIndex PageListModel::indexOf(const QString& id) const
{
    for (int row = 0; row < rowCount(); ++row) {
        if (m_rows[static_cast<std::size_t>(row)].id == id)
            return index(row);
    }
    return {};
}

int PageListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant PageListModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return row.text;
    case IdRole:
        return row.id;
    case IsHeadingRole:
        return row.isHeading;
    case HintRole:
        return row.hint;
    default:
        return {};
    }
}

Qt::ItemFlags PageListModel::flags(const QModelIndex& index) const
{
    if (!index.isValid() || m_rows[static_cast<std::size_t>(index.row())].isHeading)
        return Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

ClusterListModel::ClusterListModel(widgets::SessionHost& host, QObject* parent)
    : QAbstractListModel(parent)
{
    for (Session* session : host.sessions())
        add(session);
    connect(&host, &widgets::SessionHost::opened, this, &ClusterListModel::add);
    connect(&host, &widgets::SessionHost::aboutToClose, this, &ClusterListModel::remove);
}

void ClusterListModel::add(Session* session)
{
    if (m_sessions.contains(session))
        return;
    beginInsertRows({}, rowCount(), rowCount());
    m_sessions.append(session);
    endInsertRows();
    const auto changed = [this, session] {
        const int row = rowOf(session);
        if (row >= 0)
            emit dataChanged(index(row), index(row));
    };
    connect(session, &Session::described, this, changed);
    connect(session, &Session::failed, this, changed);
    connect(session, &Session::nodesChanged, this, changed);
}

void ClusterListModel::remove(Session* session)
{
    const int row = rowOf(session);
    if (row < 0)
        return;
    session->disconnect(this);
    beginRemoveRows({}, row, row);
    m_sessions.removeAt(row);
    endRemoveRows();
}

int ClusterListModel::rowOf(const Session* session) const
{
    return static_cast<int>(m_sessions.indexOf(const_cast<Session*>(session)));
}

int ClusterListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_sessions.size());
}

QVariant ClusterListModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Session* session = m_sessions[index.row()];
    const int brokers = session->pulse().brokers();
    switch (role) {
    case Qt::DisplayRole:
        return session->capabilities().canChange ? session->name()
                                                 : tr("%1 (read only)").arg(session->name());
    case Qt::ToolTipRole:
        return session->bootstrap();
    case SubtitleRole: {
        const QString kind = session->kind() == SessionKind::Local ? tr("embedded")
            : session->kind() == SessionKind::Compose              ? tr("compose file")
                                                                   : tr("external");
        return tr("%n broker(s) · %1", nullptr, brokers).arg(kind);
    }
    case CountRole:
        return brokers;
    case ToneRole:
        return static_cast<int>(!session->isConnected()                     ? Tone::Offline
                : session->pulse().brokersUp() < session->pulse().brokers() ? Tone::Warning
                                                                            : Tone::Good);
    default:
        return {};
    }
}

void PageDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Theme& theme = Theme::current();
    const QRectF rect = option.rect;
    painter->save();
    if (index.data(PageListModel::IsHeadingRole).toBool()) {
        painter->setFont(theme.font(TextRole::Section));
        painter->setPen(theme.color(Tone::Muted));
        widgets::drawElided(*painter,
            rect.adjusted(theme.pxf(20), 0, -theme.pxf(12), -theme.pxf(5)), Qt::AlignBottom,
            index.data().toString());
        painter->restore();
        return;
    }
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const bool isHovered = option.state.testFlag(QStyle::State_MouseOver);
    const QRectF box = rect.adjusted(theme.pxf(10), 1, -theme.pxf(10), -1);
    if (isSelected || isHovered)
        widgets::drawBox(*painter, box, theme.pxf(6),
            Theme::blend(
                theme.color(Tone::Raised), theme.color(Tone::Surface), isSelected ? 1 : 0.6));
    if (isSelected)
        widgets::drawBox(*painter,
            QRectF(
                box.left(), box.top() + theme.pxf(5), theme.pxf(3), box.height() - theme.pxf(10)),
            theme.pxf(1.5), theme.color(Tone::Accent));
    painter->setFont(theme.font(TextRole::Tiny));
    painter->setPen(theme.color(Tone::Faint));
    painter->drawText(box.adjusted(0, 0, -theme.pxf(10), 0), Qt::AlignVCenter | Qt::AlignRight,
        index.data(PageListModel::HintRole).toString());
    QFont font = theme.font(isSelected ? TextRole::Strong : TextRole::Body);
    painter->setFont(font);
    painter->setPen(theme.color(isSelected ? Tone::Ink : Tone::Muted));
    painter->drawText(box.adjusted(theme.pxf(14), 0, -theme.pxf(48), 0), Qt::AlignVCenter,
        index.data().toString());
    if (option.state.testFlag(QStyle::State_HasFocus)
        && option.state.testFlag(QStyle::State_KeyboardFocusChange))
        widgets::drawFocusRing(*painter, box, theme.pxf(6));
    painter->restore();
}

QSize PageDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const
{
    const Theme& theme = Theme::current();
    const bool isHeading = index.data(PageListModel::IsHeadingRole).toBool();
    return QSize(theme.px(160), theme.px(isHeading ? 30 : 32));
}

void ClusterDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Theme& theme = Theme::current();
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const bool isHovered = option.state.testFlag(QStyle::State_MouseOver);
    const QRectF box = QRectF(option.rect).adjusted(theme.pxf(10), 1, -theme.pxf(10), -1);
    painter->save();
    if (isSelected)
        widgets::drawBox(*painter, box, theme.pxf(7), theme.color(Tone::AccentGround));
    else if (isHovered)
        widgets::drawBox(*painter, box, theme.pxf(7), theme.color(Tone::Raised));
    const Tone tone = static_cast<Tone>(index.data(ClusterListModel::ToneRole).toInt());
    widgets::drawDot(*painter, QPointF(box.left() + theme.pxf(16), box.center().y()), theme.pxf(8),
        theme.color(tone));
    const QRectF words = box.adjusted(theme.pxf(30), 0, -theme.pxf(10), 0);
    painter->setPen(theme.color(Tone::Ink));
    if (isSelected) {
        painter->setFont(theme.font(TextRole::Strong));
        widgets::drawElided(*painter,
            QRectF(words.left(), box.top() + theme.pxf(4), words.width(), theme.pxf(17)),
            Qt::AlignVCenter, index.data().toString());
        painter->setFont(theme.font(TextRole::Small));
        painter->setPen(theme.color(Tone::Muted));
        widgets::drawElided(*painter,
            QRectF(words.left(), box.top() + theme.pxf(20), words.width(), theme.pxf(15)),
            Qt::AlignVCenter, index.data(ClusterListModel::SubtitleRole).toString());
    } else {
        painter->setFont(theme.font(TextRole::Small));
        painter->setPen(theme.color(Tone::Muted));
        painter->drawText(words, Qt::AlignVCenter | Qt::AlignRight,
            index.data(ClusterListModel::CountRole).toString());
        painter->setFont(theme.font(TextRole::Body));
        painter->setPen(theme.color(Tone::Ink));
        widgets::drawElided(*painter, words.adjusted(0, 0, -theme.pxf(20), 0), Qt::AlignVCenter,
            index.data().toString());
    }
    if (option.state.testFlag(QStyle::State_HasFocus)
        && option.state.testFlag(QStyle::State_KeyboardFocusChange))
        widgets::drawFocusRing(*painter, box, theme.pxf(7));
    painter->restore();
}

QSize ClusterDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Theme& theme = Theme::current();
    const auto* view = qobject_cast<const QAbstractItemView*>(option.widget);
    const bool isSelected
        = view && view->selectionModel() && view->selectionModel()->isSelected(index);
    return QSize(theme.px(160), theme.px(isSelected ? 40 : 29));
}

} // namespace moldau
