#include "common/format.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <cmath>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

namespace {

QString withUnit(double value, const QString& unit)
{
    const int decimals = value >= 99.95 || value == std::floor(value) ? 0 : 1;
    return QLocale().toString(value, 'f', decimals) + u' ' + unit;
}

} // namespace

QString formatNumber(qint64 value)
{
    return QLocale().toString(value);
}

QString formatShortNumber(double value)
{
    if (value >= 1e9)
        return withUnit(value / 1e9, u"G"_s);
    if (value >= 1e6)
        return withUnit(value / 1e6, u"M"_s);
    if (value >= 1e4)
        return withUnit(value / 1e3, u"k"_s);
    return QLocale().toString(value, 'f', value < 10 && value != std::floor(value) ? 1 : 0);
}

QString formatBytes(qint64 bytes)
{
    const double value = static_cast<double>(bytes);
    if (value >= 1e12)
        return withUnit(value / 1e12, u"TB"_s);
    if (value >= 1e9)
        return withUnit(value / 1e9, u"GB"_s);
    if (value >= 1e6)
        return withUnit(value / 1e6, u"MB"_s);
    if (value >= 1e3)
        return withUnit(value / 1e3, u"kB"_s);
    return QLocale().toString(bytes) + u" B"_s;
}

QString formatRate(double perSecond)
{
    return QCoreApplication::translate("Format", "%1 /s").arg(formatShortNumber(perSecond));
}

QString formatDuration(qint64 nanoseconds)
{
    const double value = static_cast<double>(nanoseconds);
    if (value >= 1e9)
        return withUnit(value / 1e9, u"s"_s);
    if (value >= 1e6)
        return withUnit(value / 1e6, u"ms"_s);
    return withUnit(value / 1e3, u"µs"_s);
}

QString formatClock(qint64 nanosecondsSince1970)
{
    return QDateTime::fromMSecsSinceEpoch(nanosecondsSince1970 / 1'000'000)
        .toString(u"HH:mm:ss.zzz"_s);
}

} // namespace moldau::widgets
