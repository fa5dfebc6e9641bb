#include "settings.h"

#include <QLocale>

#include <optional>

namespace moldau {

using namespace Qt::Literals::StringLiterals;

Settings::Settings()
    : m_store(QSettings::IniFormat, QSettings::UserScope, u"moldau"_s, u"moldau"_s)
{
}

ThemeChoice Settings::theme() const
{
    if (m_theme)
        return *m_theme;
    const QString name = m_store.value(u"look/theme"_s).toString();
    return name == u"light"_s ? ThemeChoice::Light
        : name == u"dark"_s   ? ThemeChoice::Dark
                              : ThemeChoice::System;
}

void Settings::setTheme(ThemeChoice theme)
{
    m_theme.reset();
    m_store.setValue(u"look/theme"_s,
        theme == ThemeChoice::Light      ? u"light"_s
            : theme == ThemeChoice::Dark ? u"dark"_s
                                         : u"system"_s);
}

QString Settings::language() const
{
    return m_language ? *m_language : m_store.value(u"look/language"_s).toString();
}

void Settings::setLanguage(const QString& language)
{
    m_language.reset();
    m_store.setValue(u"look/language"_s, language);
}

QString Settings::effectiveLanguage() const
{
    const QString chosen = language();
    if (chosen == u"en"_s || chosen == u"ko"_s)
        return chosen;
    return QLocale::system().language() == QLocale::Korean ? u"ko"_s : u"en"_s;
}

bool Settings::isPresenting() const
{
    return m_isPresenting.value_or(m_store.value(u"look/present"_s, false).toBool());
}

void Settings::setPresenting(bool isPresenting)
{
    m_isPresenting.reset();
    m_store.setValue(u"look/present"_s, isPresenting);
}

bool Settings::isMotionReduced() const
{
    return m_store.value(u"look/reduce-motion"_s, false).toBool();
}

void Settings::setMotionReduced(bool isReduced)
{
    m_store.setValue(u"look/reduce-motion"_s, isReduced);
}

bool Settings::showsMenuBar() const
{
    return m_store.value(u"look/menu-bar"_s, false).toBool();
}

void Settings::setShowsMenuBar(bool shows)
{
    m_store.setValue(u"look/menu-bar"_s, shows);
}

QByteArray Settings::geometry() const
{
    return m_store.value(u"window/geometry"_s).toByteArray();
}

void Settings::setGeometry(const QByteArray& geometry)
{
    m_store.setValue(u"window/geometry"_s, geometry);
}

QString Settings::page() const
{
    return m_store.value(u"window/page"_s).toString();
}

void Settings::setPage(const QString& page)
{
    m_store.setValue(u"window/page"_s, page);
}

double Settings::scale() const
{
    // What the Live page needs at scale 1, its panes and all. A projector's 1280 × 720 is little
    // more than that: larger letters would push the picture out of it.
    constexpr QSize kNeeded(1180, 640);
    constexpr double kMost = 1.5;
    if (!isPresenting())
        return 1;
    if (m_room.isEmpty())
        return kMost;
    const double fits = qMin(static_cast<double>(m_room.width()) / kNeeded.width(),
        static_cast<double>(m_room.height()) / kNeeded.height());
    return qBound(1.0, fits, kMost);
}

} // namespace moldau
