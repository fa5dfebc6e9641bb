// The main window's menus. Every action of the window has its place here.
#include "mainwindow.h"

#include "commandpalette.h"
#include "common/buttons.h"
#include "common/page.h"
#include "navigation.h"
#include "settings.h"
#include "statusline.h"

#include <QActionGroup>
#include <QApplication>
#include <QClipboard>
#include <QGuiApplication>
#include <QMenuBar>
#include <QMessageBox>

namespace moldau {

using namespace Qt::Literals::StringLiterals;
using widgets::Session;

namespace {

/** All entries of a menu and of those below it. */
void collect(const QMenu* menu, QList<QAction*>& actions)
{
    for (QAction* action : menu->actions()) {
        if (action->menu())
            collect(action->menu(), actions);
        else if (!action->isSeparator())
            actions.append(action);
    }
}

} // namespace

void MainWindow::makeMenus()
{
    m_fileMenu = menuBar()->addMenu(tr("&File"));
    m_viewMenu = menuBar()->addMenu(tr("&View"));
    m_clusterMenu = menuBar()->addMenu(tr("&Cluster"));
    m_pageMenu = menuBar()->addMenu(tr("&Page"));
    m_goMenu = menuBar()->addMenu(tr("&Go"));
    m_helpMenu = menuBar()->addMenu(tr("&Help"));
    makeFileMenu();
    makeViewMenu();
    makeGoMenu();
    connect(m_clusterMenu, &QMenu::aboutToShow, this, &MainWindow::fillClusterMenu);
    fillClusterMenu();

    m_helpMenu->addAction(tr("About Moldau"), this, &MainWindow::showAbout);
    m_helpMenu->addAction(tr("About Qt"), qApp, &QApplication::aboutQt);

    // The same menus behind the button beside the name, for when the bar is hidden.
    auto* all = new QMenu(this);
    for (QMenu* menu : {m_fileMenu, m_viewMenu, m_clusterMenu, m_pageMenu, m_goMenu, m_helpMenu})
        all->addMenu(menu);
    m_navigation->setMenu(all);
    auto* open = new QMenu(this);
    open->addAction(m_connectAction);
    open->addAction(m_composeAction);
    open->addAction(m_localAction);
    m_navigation->setOpenMenu(open);

    menuBar()->setVisible(m_settings.showsMenuBar());
    // A hidden bar doesn't answer to shortcuts; the window does.
    QList<QAction*> actions;
    for (const QMenu* menu : {m_fileMenu, m_viewMenu, m_goMenu, m_helpMenu})
        collect(menu, actions);
    addActions(actions);
}

void MainWindow::makeFileMenu()
{
    m_connectAction = m_fileMenu->addAction(tr("Connect to a cluster…"));
    if (const auto connectDialog = makeConnectDialog())
        connect(m_connectAction, &QAction::triggered, this,
            [this, connectDialog] { connectDialog(m_host, this); });
    else
        m_connectAction->setVisible(false);
    m_connectAction->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O));
    m_composeAction
        = m_fileMenu->addAction(tr("Open a compose file…"), this, &MainWindow::openComposeFile);
    m_composeAction->setShortcut(QKeySequence::Open);
    m_localAction = m_fileMenu->addAction(
        tr("Start the local cluster"), &m_host, &widgets::SessionHost::openLocal);
    m_fileMenu->addSeparator();
    QAction* quit = m_fileMenu->addAction(tr("Quit"), this, &QWidget::close);
    quit->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Q));
    quit->setMenuRole(QAction::QuitRole);
}

void MainWindow::makeViewMenu()
{
    QMenu* theme = m_viewMenu->addMenu(tr("Theme"));
    auto* themes = new QActionGroup(this);
    const std::pair<QString, ThemeChoice> choices[] = {{tr("As the system"), ThemeChoice::System},
        {tr("Light"), ThemeChoice::Light}, {tr("Dark"), ThemeChoice::Dark}};
    for (const auto& [text, choice] : choices) {
        QAction* action = theme->addAction(text);
        action->setCheckable(true);
        action->setChecked(m_settings.theme() == choice);
        themes->addAction(action);
        connect(action, &QAction::triggered, this, [this, choice = choice] {
            m_settings.setTheme(choice);
            emit themeChosen();
        });
    }
    QMenu* language = m_viewMenu->addMenu(tr("Language"));
    auto* languages = new QActionGroup(this);
    // A language is named in itself, so that it is found by those who speak it.
    for (const auto& [text, code] :
        {std::pair(u"English"_s, u"en"_s), std::pair(u"한국어"_s, u"ko"_s)}) {
        QAction* action = language->addAction(text);
        action->setCheckable(true);
        action->setChecked(m_settings.effectiveLanguage() == code);
        languages->addAction(action);
        connect(
            action, &QAction::triggered, this, [this, code = code] { emit languageChosen(code); });
    }
    m_viewMenu->addSeparator();
    QAction* present = m_viewMenu->addAction(tr("Present (larger)"));
    present->setCheckable(true);
    present->setChecked(m_settings.isPresenting());
    present->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_F5));
    connect(present, &QAction::triggered, this, &MainWindow::presentingChosen);
    QAction* fullScreen = m_viewMenu->addAction(tr("Full screen"));
    fullScreen->setCheckable(true);
    fullScreen->setShortcut(QKeySequence(Qt::Key_F11));
    connect(fullScreen, &QAction::toggled, this,
        [this](bool isFull) { isFull ? showFullScreen() : showNormal(); });
    QAction* motion = m_viewMenu->addAction(tr("Reduce motion"));
    motion->setCheckable(true);
    motion->setChecked(m_settings.isMotionReduced());
    connect(motion, &QAction::toggled, this, [this](bool isReduced) {
        m_settings.setMotionReduced(isReduced);
        applyMotion();
    });
    QAction* bar = m_viewMenu->addAction(tr("Menu bar"));
    bar->setCheckable(true);
    bar->setChecked(m_settings.showsMenuBar());
    bar->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_M));
    connect(bar, &QAction::toggled, this, [this](bool shows) {
        m_settings.setShowsMenuBar(shows);
        menuBar()->setVisible(shows);
    });
}

void MainWindow::makeGoMenu()
{
    QAction* everything = m_goMenu->addAction(tr("Everything…"), this, &MainWindow::showPalette);
    everything->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_K));
    m_navigation->setPaletteAction(*everything);
    m_goMenu->addSeparator();
    for (const PageEntry& entry : m_pages) {
        QAction* action
            = m_goMenu->addAction(entry.title, this, [this, id = entry.id] { openPage(id); });
        if (entry.digit > 0)
            action->setShortcut(QKeySequence(u"Alt+%1"_s.arg(entry.digit)));
    }
}

void MainWindow::fillClusterMenu()
{
    m_clusterMenu->clear();
    for (Session* session : m_host.sessions()) {
        QAction* action = m_clusterMenu->addAction(
            session->name(), this, [this, session] { setSession(session); });
        action->setCheckable(true);
        action->setChecked(session == m_session);
    }
    if (!m_host.sessions().isEmpty())
        m_clusterMenu->addSeparator();
    QAction* refresh = m_clusterMenu->addAction(tr("Read the metadata again"), this, [this] {
        if (m_session)
            m_session->refresh();
    });
    refresh->setEnabled(m_session != nullptr);
    QAction* copy = m_clusterMenu->addAction(tr("Copy the bootstrap address"), this, [this] {
        if (m_session)
            QGuiApplication::clipboard()->setText(m_session->bootstrap());
    });
    copy->setEnabled(m_session != nullptr);
    m_clusterMenu->addSeparator();
    if (m_session && m_session->kind() == widgets::SessionKind::Local) {
        QAction* reset
            = m_clusterMenu->addAction(tr("Delete everything and start anew…"), this, [this] {
                  const auto answer = QMessageBox::question(this, tr("Start anew"),
                      tr("All topics and records of the local cluster are deleted. Delete them?"));
                  if (answer == QMessageBox::Yes)
                      m_host.resetLocal();
              });
        widgets::setDestructive(*reset);
    }
    QAction* close = m_clusterMenu->addAction(
        m_session && m_session->kind() == widgets::SessionKind::External ? tr("Disconnect")
                                                                         : tr("Stop and close"),
        this, [this] {
            if (m_session)
                m_host.close(m_session);
        });
    close->setEnabled(m_session != nullptr);
}

void MainWindow::showPageActions()
{
    for (QAction* action : m_pageMenu->actions())
        removeAction(action);
    m_pageMenu->clear();
    if (const widgets::Page* current = page()) {
        for (QAction* action : current->menuActions()) {
            m_pageMenu->addAction(action);
            addAction(action);
        }
    }
    m_pageMenu->menuAction()->setVisible(!m_pageMenu->isEmpty());
}

void MainWindow::showPalette()
{
    fillClusterMenu();
    QList<QAction*> actions;
    for (const QMenu* menu :
        {m_pageMenu, m_goMenu, m_fileMenu, m_clusterMenu, m_viewMenu, m_helpMenu})
        collect(menu, actions);
    (new CommandPalette(actions, this))->show();
}

void MainWindow::showAbout()
{
    QMessageBox::about(this, tr("About Moldau"),
        tr("<b>Moldau %1</b><p>A Kafka-compatible cluster in a window, and a window on any "
           "Kafka.</p>"
           "<p>Free software under the GNU General Public License, version 3 or later.</p>")
            .arg(QCoreApplication::applicationVersion()));
}

} // namespace moldau
