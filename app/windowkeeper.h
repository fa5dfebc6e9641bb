#pragma once

#include "bridge/session.h"
#include "commandline.h"
#include "settings.h"

#include <QObject>

#include <memory>
#include <vector>

class QTranslator;

namespace moldau {

class MainWindow;

/**
 * Keeps the window and its look: theme, language, scale. The window is made anew when language or
 * scale change, so that nothing in it needs to know how to change them; clusters stay open. Owned
 * by main().
 */
class WindowKeeper : public QObject {
    Q_OBJECT
public:
    WindowKeeper(widgets::SessionHost& host, Settings& settings);
    ~WindowKeeper() override;

    /** Shows the window as the command line asks for. */
    void show(const CommandLine& line);
    MainWindow* window() const { return m_window.get(); }
    void setLanguage(const QString& language);
    void applyTheme();

private:
    void makeWindow();
    void remakeWindow();
    void loadLanguage();
    void takeScreenshot(const CommandLine& line);

    widgets::SessionHost& m_host;
    Settings& m_settings;
    std::vector<std::unique_ptr<QTranslator>> m_translators;
    std::unique_ptr<MainWindow> m_window;
    bool m_isSystemDark = false;
};

} // namespace moldau
