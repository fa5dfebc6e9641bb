#include "models/shownrecord.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace moldau::widgets {

namespace {

std::optional<Bytes> firstBytes(const std::optional<Bytes>& bytes)
{
    if (!bytes || bytes->size() <= ShownRecord::kShownBytes)
        return bytes;
    return Bytes(bytes->begin(), bytes->begin() + ShownRecord::kShownBytes);
}

std::uint32_t sizeOf(const std::optional<Bytes>& bytes)
{
    return bytes ? static_cast<std::uint32_t>(bytes->size()) : 0;
}

/** Length of the UTF-8 character at `at`, or 0 where the bytes are none. */
std::size_t characterLength(BytesView bytes, std::size_t at)
{
    const std::uint8_t lead = bytes[at];
    std::size_t length = 0;
    std::uint32_t code = 0;
    std::uint32_t least = 0;
    if (lead < 0x80)
        return 1;
    if (lead >= 0xc2 && lead < 0xe0) {
        length = 2, code = lead & 0x1f, least = 0x80;
    } else if (lead >= 0xe0 && lead < 0xf0) {
        length = 3, code = lead & 0x0f, least = 0x800;
    } else if (lead >= 0xf0 && lead < 0xf5) {
        length = 4, code = lead & 0x07, least = 0x10000;
    } else {
        return 0;
    }
    if (at + length > bytes.size())
        return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((bytes[at + i] & 0xc0) != 0x80)
            return 0;
        code = (code << 6) | (bytes[at + i] & 0x3fu);
    }
    return code < least || code > 0x10ffff || (code >= 0xd800 && code < 0xe000) ? 0 : length;
}

/** Where the readable text at the front ends. */
std::size_t readableLength(BytesView bytes)
{
    std::size_t at = 0;
    while (at < bytes.size()) {
        const std::uint8_t c = bytes[at];
        if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f)
            return at;
        const std::size_t length = characterLength(bytes, at);
        if (length == 0)
            return at;
        at += length;
    }
    return at;
}

QString fromUtf8(BytesView bytes)
{
    return QString::fromUtf8(
        reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size()));
}

} // namespace

ShownRecord ShownRecord::of(const client::Record& record)
{
    ShownRecord shown;
    shown.offset = record.offset;
    shown.timestampMs = record.timestampMs;
    shown.partition = record.partition;
    shown.leaderEpoch = record.leaderEpoch;
    shown.keySize = sizeOf(record.key);
    shown.valueSize = sizeOf(record.value);
    shown.headerCount
        = static_cast<std::uint16_t>(std::min<std::size_t>(record.headers.size(), 0xffff));
    shown.isLogAppendTime = record.isLogAppendTime;
    shown.key = firstBytes(record.key);
    shown.value = firstBytes(record.value);
    return shown;
}

bool isReadableText(BytesView bytes)
{
    return readableLength(bytes) == bytes.size();
}

QString oneLine(BytesView bytes, bool isCut)
{
    // A cut may have gone through the middle of a character: up to three bytes at the end are
    // forgiven.
    const std::size_t readable = readableLength(bytes);
    if (readable == bytes.size() || (isCut && bytes.size() - readable < 4)) {
        QString text = fromUtf8(bytes.first(readable));
        for (QChar& c : text) {
            if (c == u'\n' || c == u'\r' || c == u'\t' || c == QChar::LineSeparator
                || c == QChar::ParagraphSeparator)
                c = u' ';
        }
        if (isCut)
            text += u'…';
        return text;
    }
    constexpr std::size_t kShown = 64;
    QString text = QStringLiteral("0x");
    text += QString::fromLatin1(QByteArray(reinterpret_cast<const char*>(bytes.data()),
        static_cast<qsizetype>(std::min(bytes.size(), kShown)))
                                    .toHex());
    if (isCut || bytes.size() > kShown)
        text += u'…';
    return text;
}

QString wholeText(BytesView bytes)
{
    return isReadableText(bytes) ? fromUtf8(bytes) : hexDump(bytes);
}

QString hexDump(BytesView bytes, std::size_t limit)
{
    static constexpr char kDigits[] = "0123456789abcdef";
    const std::size_t shown = std::min(bytes.size(), limit);
    std::string out;
    out.reserve((shown / 16 + 1) * 77);
    for (std::size_t row = 0; row < shown; row += 16) {
        for (int shift = 28; shift >= 0; shift -= 4)
            out += kDigits[(row >> shift) & 0xf];
        out += "  ";
        std::string characters;
        for (std::size_t i = row; i < row + 16; ++i) {
            if (i == row + 8)
                out += ' ';
            if (i >= shown) {
                out += "   ";
                continue;
            }
            out += kDigits[bytes[i] >> 4];
            out += kDigits[bytes[i] & 0xf];
            out += ' ';
            characters += bytes[i] >= 0x20 && bytes[i] < 0x7f ? static_cast<char>(bytes[i]) : '.';
        }
        out += ' ' + characters + '\n';
    }
    QString text = QString::fromStdString(out);
    if (shown < bytes.size()) {
        text += QCoreApplication::translate("moldau::widgets::ShownRecord", "… %1 more bytes")
                    .arg(QLocale().toString(static_cast<qulonglong>(bytes.size() - shown)));
    }
    return text;
}

QString shortTime(std::int64_t timestampMs)
{
    if (timestampMs < 0)
        return QStringLiteral("—");
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(timestampMs);
    static const int kThisYear = QDate::currentDate().year();
    return time.toString(time.date().year() == kThisYear
            ? QStringLiteral("MM-dd HH:mm:ss.zzz")
            : QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz"));
}

QString fullTime(std::int64_t timestampMs)
{
    if (timestampMs < 0)
        return QStringLiteral("—");
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(timestampMs);
    return time.toOffsetFromUtc(time.offsetFromUtc())
        .toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz t"));
}

} // namespace moldau::widgets
