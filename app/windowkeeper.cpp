#include "windowkeeper.h"

#include "common/icons.h"
#include "common/style.h"
#include "mainwindow.h"

#include <QApplication>
#include <QDir>
#include <QLibraryInfo>
#include <QLocale>
#include <QScreen>
#include <QStyle>
#include <QTimer>
#include <QTranslator>

void initMoldauResources();

namespace moldau {

using namespace Qt::Literals::StringLiterals;
using widgets::MoldauStyle;
using widgets::Theme;
using widgets::ThemeMode;

WindowKeeper::WindowKeeper(widgets::SessionHost& host, Settings& settings)
    : m_host(host)
    , m_settings(settings)
{
    initMoldauResources();
    // The palette that the platform gave, before ours replaces it, tells light from dark.
    m_isSystemDark = QApplication::palette().color(QPalette::Window).lightness() < 128;
    loadLanguage();
    if (const QScreen* screen = QGuiApplication::primaryScreen())
        m_settings.setRoom(screen->availableSize());
    applyTheme();
}

WindowKeeper::~WindowKeeper() = default;

void WindowKeeper::show(const CommandLine& line)
{
    if (line.size) {
        m_settings.setRoom(*line.size);
        applyTheme();
    }
    makeWindow();
    if (!line.page.isEmpty()) {
        m_window->openPage(line.page, line.pageThings);
        // What is to be shown there has to wait for the cluster.
        if (!line.pageThings.isEmpty() && !m_window->session())
            connect(
                &m_host, &widgets::SessionHost::opened, this,
                [this, line] { m_window->openPage(line.page, line.pageThings); },
                Qt::SingleShotConnection);
    }
    if (!line.composeFile.isEmpty()
        && !m_window->openPage(u"compose"_s, {{u"file"_s, line.composeFile}}))
        m_host.openComposeFile(line.composeFile);
    if (line.size)
        m_window->resize(*line.size);
    m_window->show();
    if (!line.screenshot.isEmpty())
        takeScreenshot(line);
}

void WindowKeeper::setLanguage(const QString& language)
{
    m_settings.setLanguage(language);
    loadLanguage();
    remakeWindow();
}

void WindowKeeper::applyTheme()
{
    const ThemeChoice choice = m_settings.theme();
    const bool isDark
        = choice == ThemeChoice::Dark || (choice == ThemeChoice::System && m_isSystemDark);
    MoldauStyle::install(
        *qApp, Theme(isDark ? ThemeMode::Dark : ThemeMode::Light, m_settings.scale()));
}

void WindowKeeper::makeWindow()
{
    m_window = std::make_unique<MainWindow>(m_host, m_settings);
    m_window->setWindowIcon(widgets::themedIcon(u"moldau"_s, Qt::black));
    connect(m_window.get(), &MainWindow::themeChosen, this, &WindowKeeper::applyTheme);
    connect(m_window.get(), &MainWindow::languageChosen, this, &WindowKeeper::setLanguage,
        Qt::QueuedConnection);
    connect(
        m_window.get(), &MainWindow::presentingChosen, this,
        [this](bool isPresenting) {
            m_settings.setPresenting(isPresenting);
            if (const QScreen* screen = m_window->screen())
                m_settings.setRoom(screen->availableSize());
            applyTheme();
            remakeWindow();
        },
        Qt::QueuedConnection);
}

void WindowKeeper::remakeWindow()
{
    const QByteArray geometry = m_window->saveGeometry();
    const QString page = m_window->currentPage();
    widgets::Session* session = m_window->session();
    m_window.reset();
    makeWindow();
    m_window->restoreGeometry(geometry);
    if (session)
        m_window->setSession(session);
    m_window->openPage(page);
    m_window->show();
}

void WindowKeeper::loadLanguage()
{
    for (const auto& translator : m_translators)
        QCoreApplication::removeTranslator(translator.get());
    m_translators.clear();
    const QString language = m_settings.effectiveLanguage();
    const QLocale locale(language == u"ko"_s ? QLocale::Korean : QLocale::English);
    // Numbers and dates follow the chosen language unless the system's locale already speaks it.
    QLocale::setDefault(
        QLocale::system().language() == locale.language() ? QLocale::system() : locale);
    const auto load = [this](const QString& file) {
        auto translator = std::make_unique<QTranslator>();
        if (translator->load(file) && QCoreApplication::installTranslator(translator.get()))
            m_translators.push_back(std::move(translator));
    };
    load(QLibraryInfo::path(QLibraryInfo::TranslationsPath) + u"/qtbase_%1.qm"_s.arg(language));
    const QDir own(u":/i18n"_s);
    for (const QString& file : own.entryList({u"moldau_*_%1.qm"_s.arg(language)}))
        load(own.filePath(file));
}

void WindowKeeper::takeScreenshot(const CommandLine& line)
{
    QTimer::singleShot(line.screenshotAfterMs, this, [this, line] {
        // Words that have just changed get their room first.
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
        const QImage picture = m_window->grab().toImage();
        const bool isSaved = picture.save(line.screenshot, "PNG");
        if (!isSaved)
            fprintf(stderr, "moldau: error: can't write %s\n", qPrintable(line.screenshot));
        QCoreApplication::exit(isSaved ? 0 : 1);
    });
}

} // namespace moldau
