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

QString formatByteRate(qint64 perSecond)
{
    return QCoreApplication::translate("Format", "%1/s", "bytes").arg(formatBytes(perSecond));
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

QString formatSpan(qint64 seconds)
{
    const auto two = [](qint64 value, qint64 unit, const char* one, const char* both) {
        const qint64 rest = value % unit;
        return rest == 0 ? QCoreApplication::translate("Format", one).arg(value / unit)
                         : QCoreApplication::translate("Format", both).arg(value / unit).arg(rest);
    };
    if (seconds < 60)
        return QCoreApplication::translate("Format", "%1 s").arg(seconds);
    const qint64 minutes = (seconds + 30) / 60;
    if (minutes < 60)
        return QCoreApplication::translate("Format", "%1 min").arg(minutes);
    if (minutes < 24 * 60)
        return two(minutes, 60, QT_TRANSLATE_NOOP("Format", "%1 h"),
            QT_TRANSLATE_NOOP("Format", "%1 h %2 min"));
    return two((minutes + 30) / 60, 24, QT_TRANSLATE_NOOP("Format", "%1 d"),
        QT_TRANSLATE_NOOP("Format", "%1 d %2 h"));
}

QString formatClock(qint64 nanosecondsSince1970)
{
    return QDateTime::fromMSecsSinceEpoch(nanosecondsSince1970 / 1'000'000)
        .toString(u"HH:mm:ss.zzz"_s);
}

} // namespace moldau::widgets
