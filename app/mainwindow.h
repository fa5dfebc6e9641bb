#pragma once

#include "bridge/session.h"
#include "pagelist.h"

#include <QHash>
#include <QMainWindow>
#include <QPointer>

#include <map>

class QActionGroup;
class QStackedWidget;

namespace moldau::widgets {
class EmptyState;
class Page;
} // namespace moldau::widgets

namespace moldau {

class Navigation;
class Settings;
class StatusLine;

/**
 * Makes pages and menus and leads between them; knows no more of clusters than their sessions.
 * Made anew by the WindowKeeper when the language or the scale changes.
 */
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    MainWindow(widgets::SessionHost& host, Settings& settings);
    ~MainWindow() override;

    /** Shows a page by its id; `what` names a thing on it. False where there is no such page. */
    bool openPage(const QString& id, const QVariantMap& what = {});
    QString currentPage() const { return m_pageId; }
    widgets::Page* page() const;
    void setSession(widgets::Session* session);
    widgets::Session* session() const { return m_session; }

signals:
    void themeChosen();
    void languageChosen(const QString& language);
    void presentingChosen(bool isPresenting);

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void makeMenus();
    void makeFileMenu();
    void makeViewMenu();
    void makeGoMenu();
    void fillClusterMenu();
    void showPageActions();
    void showPalette();
    void showAbout();
    void showOpening(const QString& name);
    void connectCluster();
    void openComposeFile();
    void closeSession(widgets::Session* session);
    void updateTitle();
    void applyMotion();
    const PageEntry* entryOf(const QString& id) const;

    widgets::SessionHost& m_host;
    Settings& m_settings;
    std::vector<PageEntry> m_pages;
    QPointer<widgets::Session> m_session;
    QString m_pageId;
    std::map<std::pair<widgets::Session*, QString>, QPointer<widgets::Page>> m_made;
    Navigation* m_navigation;
    QStackedWidget* m_stack;
    widgets::EmptyState* m_empty;
    StatusLine* m_status;
    QMenu* m_fileMenu = nullptr;
    QMenu* m_viewMenu = nullptr;
    QMenu* m_clusterMenu = nullptr;
    QMenu* m_goMenu = nullptr;
    QMenu* m_helpMenu = nullptr;
    QMenu* m_pageMenu = nullptr; // the actions of the page in front
    QAction* m_connectAction = nullptr;
    QAction* m_composeAction = nullptr;
    QAction* m_localAction = nullptr;
};

} // namespace moldau
