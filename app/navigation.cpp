#include "navigation.h"

#include "common/buttons.h"
#include "common/icons.h"
#include "common/label.h"
#include "common/painting.h"

#include <QCoreApplication>
#include <QListView>
#include <QMenu>
#include <QPainter>
#include <QVBoxLayout>

namespace moldau {

using namespace Qt::Literals::StringLiterals;
using widgets::Label;
using widgets::LinkButton;
using widgets::Session;
using widgets::TextRole;
using widgets::Theme;
using widgets::Tone;

namespace {
constexpr int kWidth = 208;
} // namespace

/** The wave and the name. */
class Navigation::Brand : public QWidget {
public:
    explicit Brand(QWidget* parent)
        : QWidget(parent)
        , menuButton(new widgets::IconButton(u"menu"_s, Navigation::tr("Menu"), this))
    {
        const Theme& theme = Theme::current();
        setFixedHeight(theme.px(58));
        auto* layout = new QHBoxLayout(this);
        layout->setContentsMargins(0, theme.px(6), theme.px(10), 0);
        layout->addStretch();
        menuButton->setPopupMode(QToolButton::InstantPopup);
        layout->addWidget(menuButton);
    }
    widgets::IconButton* menuButton;

protected:
    void paintEvent(QPaintEvent*) override
    {
        const Theme& theme = Theme::current();
        QPainter painter(this);
        const int side = theme.px(40);
        const double middle = height() / 2.0 + theme.pxf(3);
        painter.drawPixmap(QPointF(theme.pxf(18), middle - side / 2.0),
            widgets::iconPixmap(u"wave"_s, theme.color(Tone::Accent), side, devicePixelRatioF()));
        QFont font = theme.font(TextRole::PageTitle);
        font.setPointSizeF(font.pointSizeF() * 17 / 18);
        painter.setFont(font);
        painter.setPen(theme.color(Tone::Ink));
        painter.drawText(
            QRectF(theme.pxf(66), 0, width(), middle * 2), Qt::AlignVCenter, u"Moldau"_s);
    }
};

Navigation::Navigation(
    widgets::SessionHost& host, const std::vector<PageEntry>& pages, QWidget* parent)
    : QWidget(parent)
    , m_clusters(new ClusterListModel(host, this))
    , m_pages(new PageListModel(pages, this))
    , m_clusterView(new QListView(this))
    , m_pageView(new QListView(this))
    , m_brand(new Brand(this))
    , m_open(new LinkButton(tr("+ Connect or open a file"), this))
{
    const Theme& theme = Theme::current();
    setFixedWidth(theme.px(kWidth));
    setObjectName(u"navigation"_s);
    setAccessibleName(tr("Navigation"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 1, theme.px(10));
    layout->setSpacing(0);
    layout->addWidget(m_brand);
    auto* heading = new Label(tr("Clusters"), TextRole::Section, Tone::Muted, this);
    heading->setContentsMargins(theme.px(20), theme.px(4), 0, theme.px(5));
    layout->addWidget(heading);

    const auto setUp = [](QListView* view, const QString& name, QAbstractItemModel* model,
                           QAbstractItemDelegate* delegate) {
        view->setModel(model);
        view->setItemDelegate(delegate);
        view->setAccessibleName(name);
        view->setObjectName(name);
        view->setFrameShape(QFrame::NoFrame);
        view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        view->setEditTriggers(QAbstractItemView::NoEditTriggers);
        view->setMouseTracking(true);
        view->viewport()->setAutoFillBackground(false);
    };
    setUp(m_clusterView, tr("Clusters"), m_clusters, new ClusterDelegate(this));
    setUp(m_pageView, tr("Pages"), m_pages, new PageDelegate(this));
    m_pages->setClusterName(tr("Pages")); // until there is a cluster
    m_clusterView->setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    m_clusterView->setContextMenuPolicy(Qt::CustomContextMenu);
    layout->addWidget(m_clusterView);
    auto* openRow = new QHBoxLayout;
    openRow->setContentsMargins(theme.px(22), theme.px(2), theme.px(10), theme.px(2));
    openRow->addWidget(m_open);
    openRow->addStretch();
    layout->addLayout(openRow);
    layout->addWidget(m_pageView, 1);

    auto* palette
        = new LinkButton(tr("Moldau %1 · Ctrl K for everything")
                             .arg(QCoreApplication::applicationVersion().section(u'.', 0, 1)),
            this);
    palette->setFont(theme.font(TextRole::Small));
    widgets::setButtonKind(*palette, widgets::ButtonKind::Quiet);
    palette->setToolTip(tr("Finds every page and action by its name"));
    auto* footer = new QHBoxLayout;
    footer->setContentsMargins(theme.px(18), 0, theme.px(10), 0);
    footer->addWidget(palette);
    footer->addStretch();
    layout->addLayout(footer);

    m_open->setObjectName(u"Open"_s);
    m_palette = palette;
    m_palette->setObjectName(u"Everything"_s);
    connect(m_pageView->selectionModel(), &QItemSelectionModel::currentChanged, this,
        [this](const QModelIndex& current) {
            const QString id = current.data(PageListModel::IdRole).toString();
            if (!id.isEmpty())
                emit pageChosen(id);
        });
    connect(m_clusterView->selectionModel(), &QItemSelectionModel::currentChanged, this,
        [this](const QModelIndex& current) {
            if (Session* session = m_clusters->sessionAt(current.row()))
                emit sessionChosen(session);
            m_clusterView->doItemsLayout(); // the chosen one is higher
            fitClusterList();
        });
    connect(m_clusterView, &QListView::customContextMenuRequested, this,
        [this](const QPoint& position) {
            Session* session = m_clusters->sessionAt(m_clusterView->indexAt(position).row());
            if (!session)
                return;
            auto* menu = new QMenu(this);
            menu->setAttribute(Qt::WA_DeleteOnClose);
            menu->addAction(session->kind() == widgets::SessionKind::External
                    ? tr("Disconnect")
                    : tr("Stop and close"),
                this, [this, session] { emit closeRequested(session); });
            menu->popup(m_clusterView->viewport()->mapToGlobal(position));
        });
    connect(m_clusters, &QAbstractItemModel::rowsInserted, this, &Navigation::fitClusterList);
    connect(m_clusters, &QAbstractItemModel::rowsRemoved, this, &Navigation::fitClusterList);
    fitClusterList();
}

void Navigation::fitClusterList()
{
    const Theme& theme = Theme::current();
    const int rows = m_clusters->rowCount();
    const int height = rows == 0 ? 0 : theme.px(29) * rows + theme.px(11);
    m_clusterView->setFixedHeight(qMin(height, theme.px(29 * 6 + 11)));
}

void Navigation::setCurrentPage(const QString& id)
{
    const QModelIndex index = m_pages->indexOf(id);
    if (index.isValid())
        m_pageView->setCurrentIndex(index);
}

void Navigation::setCurrentSession(Session* session)
{
    const int row = m_clusters->rowOf(session);
    if (row >= 0)
        m_clusterView->setCurrentIndex(m_clusters->index(row));
    m_pages->setClusterName(session ? session->name() : tr("Pages"));
}

void Navigation::setMenu(QMenu* menu)
{
    m_brand->menuButton->setMenu(menu);
}

void Navigation::setPaletteAction(QAction& action)
{
    widgets::setButtonAction(*m_palette, action);
    connect(m_palette, &QPushButton::clicked, &action, &QAction::trigger);
}

void Navigation::setOpenMenu(QMenu* menu)
{
    widgets::setButtonAction(*m_open, *menu->menuAction());
    connect(m_open, &QPushButton::clicked, menu,
        [this, menu] { menu->popup(m_open->mapToGlobal(QPoint(0, m_open->height()))); });
}

void Navigation::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::current();
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(Tone::Surface));
    widgets::drawVerticalHairline(painter, width() - 1, 0, height(), theme.color(Tone::Line));
}

} // namespace moldau
