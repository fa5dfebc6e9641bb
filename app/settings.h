#pragma once

#include "common/theme.h"

#include <QByteArray>
#include <QSettings>
#include <QSize>
#include <QString>
#include <QStringList>

#include <optional>

namespace moldau {

enum class ThemeChoice { System, Light, Dark };

/**
 * What the user chose, kept in $XDG_CONFIG_HOME/moldau/moldau.conf. What the command line asks for
 * holds for this run and isn't kept. GUI thread.
 */
class Settings {
public:
    Settings();

    ThemeChoice theme() const;
    void setTheme(ThemeChoice theme);
    /** "en", "ko", or empty: as the system. */
    QString language() const;
    void setLanguage(const QString& language);
    bool isPresenting() const;
    void setPresenting(bool isPresenting);
    bool isMotionReduced() const;
    void setMotionReduced(bool isReduced);
    bool showsMenuBar() const;
    void setShowsMenuBar(bool shows);
    QByteArray geometry() const;
    void setGeometry(const QByteArray& geometry);
    QString page() const;
    void setPage(const QString& page);

    /** Values for this run only. */
    void overrideTheme(ThemeChoice theme) { m_theme = theme; }
    void overrideLanguage(const QString& language) { m_language = language; }
    void overridePresenting(bool isPresenting) { m_isPresenting = isPresenting; }

    /** The language that holds: chosen, else the system's where we speak it, else English. */
    QString effectiveLanguage() const;
    /** How large everything is drawn: half as large again while presenting, if there is room. */
    double scale() const;
    /** What the window has at most, in pixels. */
    void setRoom(const QSize& room) { m_room = room; }

private:
    QSettings m_store;
    std::optional<ThemeChoice> m_theme;
    std::optional<QString> m_language;
    std::optional<bool> m_isPresenting;
    QSize m_room;
};

} // namespace moldau
