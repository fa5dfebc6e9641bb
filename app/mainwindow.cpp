#include "mainwindow.h"

#include "bridge/clusterpulse.h"
#include "common/buttons.h"
#include "common/emptystate.h"
#include "common/page.h"
#include "navigation.h"
#include "panes/livepage.h"
#include "settings.h"
#include "statusline.h"

#include <QCloseEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QMenu>
#include <QMimeData>
#include <QStackedWidget>

namespace moldau {

using namespace Qt::Literals::StringLiterals;
using widgets::Page;
using widgets::Session;
using widgets::Theme;

MainWindow::MainWindow(widgets::SessionHost& host, Settings& settings)
    : m_host(host)
    , m_settings(settings)
    , m_pages(makePageList())
    , m_stack(new QStackedWidget(this))
    , m_empty(new widgets::EmptyState({}, {}, this))
    , m_status(new StatusLine(this))
{
    const Theme& theme = Theme::current();
    setObjectName(u"main-window"_s);
    setAcceptDrops(true);
    setMinimumSize(theme.px(900), theme.px(600));
    resize(theme.px(1440), theme.px(900));
    m_navigation = new Navigation(host, m_pages, this);

    auto* central = new QWidget(this);
    auto* columns = new QHBoxLayout(central);
    columns->setContentsMargins({});
    columns->setSpacing(0);
    columns->addWidget(m_navigation);
    auto* right = new QVBoxLayout;
    right->setSpacing(0);
    right->addWidget(m_stack, 1);
    right->addWidget(m_status);
    columns->addLayout(right, 1);
    setCentralWidget(central);
    m_stack->addWidget(m_empty);

    makeMenus();
    connect(
        m_navigation, &Navigation::pageChosen, this, [this](const QString& id) { openPage(id); });
    connect(m_navigation, &Navigation::sessionChosen, this, &MainWindow::setSession);
    connect(m_navigation, &Navigation::closeRequested, this, &MainWindow::closeSession);
    connect(
        m_empty, &widgets::EmptyState::actionTriggered, &m_host, &widgets::SessionHost::openLocal);
    connect(&m_host, &widgets::SessionHost::opening, this, &MainWindow::showOpening);
    connect(&m_host, &widgets::SessionHost::opened, this, [this](Session* session) {
        m_status->say({});
        setSession(session);
    });
    connect(&m_host, &widgets::SessionHost::aboutToClose, this, &MainWindow::closeSession);
    connect(&m_host, &widgets::SessionHost::failed, this,
        [this](const QString& name, const QString& reason) {
            m_empty->setSentence(
                tr("%1 could not be opened: %2").arg(name, reason), tr("Start the local cluster"));
            m_status->say(tr("%1: %2").arg(name, reason));
        });

    m_pageId = entryOf(settings.page()) ? settings.page() : u"live"_s;
    setSession(host.sessions().value(0));
    restoreGeometry(settings.geometry());
}

MainWindow::~MainWindow()
{
    // Pages die before the rest of the window: they use its parts in their last moments.
    for (auto& [key, page] : m_made)
        delete page;
}

const PageEntry* MainWindow::entryOf(const QString& id) const
{
    const auto it = std::find_if(
        m_pages.begin(), m_pages.end(), [&id](const PageEntry& entry) { return entry.id == id; });
    return it == m_pages.end() ? nullptr : &*it;
}

Page* MainWindow::page() const
{
    return qobject_cast<Page*>(m_stack->currentWidget());
}

bool MainWindow::openPage(const QString& id, const QVariantMap& what)
{
    const PageEntry* entry = entryOf(id);
    if (!entry)
        return false;
    m_pageId = id;
    m_navigation->setCurrentPage(id);
    if (entry->needsSession && !m_session) {
        m_stack->setCurrentWidget(m_empty);
        showPageActions();
        updateTitle();
        return true;
    }
    Session* session = entry->needsSession ? m_session.data() : nullptr;
    QPointer<Page>& made = m_made[{session, id}];
    if (!made) {
        made = entry->make({session, m_host}, m_stack);
        connect(made, &Page::openPageRequested, this, &MainWindow::openPage);
        connect(made, &Page::menuActionsChanged, this, [this, shown = made.data()] {
            if (page() == shown)
                showPageActions();
        });
        m_stack->addWidget(made);
        applyMotion();
    }
    m_stack->setCurrentWidget(made);
    made->open(what);
    showPageActions();
    updateTitle();
    return true;
}

void MainWindow::setSession(Session* session)
{
    if (session && session == m_session && page())
        return;
    m_session = session;
    if (session)
        m_navigation->setCurrentSession(session);
    else
        m_empty->setSentence(tr("No cluster is open. The local one has three brokers, starts at "
                                "once and lives in this window."),
            tr("Start the local cluster"));
    m_status->setSession(session);
    openPage(m_pageId);
}

void MainWindow::closeSession(Session* session)
{
    // The host says aboutToClose() in turn; the second call finds nothing left to do.
    const bool isOpen = m_host.sessions().contains(session);
    const bool wasCurrent = m_session == session;
    for (auto it = m_made.begin(); it != m_made.end();) {
        if (it->first.first == session) {
            delete it->second;
            it = m_made.erase(it);
        } else {
            ++it;
        }
    }
    if (wasCurrent) {
        QList<Session*> others = m_host.sessions();
        others.removeAll(session);
        m_session = nullptr;
        m_status->setSession(nullptr);
        setSession(others.value(0));
    }
    if (isOpen && sender() == m_navigation)
        m_host.close(session);
}

void MainWindow::showOpening(const QString& name)
{
    m_empty->setSentence(tr("Opening %1…").arg(name));
    m_status->say(tr("Opening %1…").arg(name));
}

void MainWindow::updateTitle()
{
    const PageEntry* entry = entryOf(m_pageId);
    const QString place = entry ? entry->title : QString();
    setWindowTitle(m_session ? tr("%1 – %2 – Moldau", "page, cluster").arg(place, m_session->name())
                             : tr("Moldau"));
}

void MainWindow::applyMotion()
{
    for (const auto& [key, page] : m_made) {
        if (auto* live = qobject_cast<widgets::LivePage*>(page.data()))
            live->setReducedMotion(m_settings.isMotionReduced());
    }
}

void MainWindow::openComposeFile()
{
    const QString path = QFileDialog::getOpenFileName(
        this, tr("Open a compose file"), {}, tr("Compose files (*.yaml *.yml);;All files (*)"));
    if (path.isEmpty())
        return;
    // The Compose page shows what is wrong with it before anything starts.
    if (!openPage(u"compose"_s, {{u"file"_s, path}}))
        m_host.openComposeFile(path);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (event->mimeData()->hasUrls())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    const QString path = event->mimeData()->urls().value(0).toLocalFile();
    if (!path.endsWith(u".yaml"_s) && !path.endsWith(u".yml"_s))
        return;
    if (!openPage(u"compose"_s, {{u"file"_s, path}}))
        m_host.openComposeFile(path);
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    m_settings.setGeometry(saveGeometry());
    m_settings.setPage(m_pageId);
    QMainWindow::closeEvent(event);
}

} // namespace moldau
