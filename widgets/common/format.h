#pragma once

#include <QString>

namespace moldau::widgets {

/** Numbers as people of the language write them. */
QString formatNumber(qint64 value); ///< "10,482,113"
QString formatShortNumber(double value); ///< "1.4 M"
QString formatBytes(qint64 bytes); ///< "3.1 GB", powers of 1,000
QString formatRate(double perSecond); ///< "412 /s"
QString formatByteRate(qint64 perSecond); ///< "3.1 MB/s"
QString formatDuration(qint64 nanoseconds); ///< "1.2 ms"
/** A longer time in its two largest units: "4 min", "2 h 5 min", "3 d 1 h". */
QString formatSpan(qint64 seconds);
/** Local wall-clock time of nanoseconds since 1970: "20:46:03.114". */
QString formatClock(qint64 nanosecondsSince1970);

} // namespace moldau::widgets
