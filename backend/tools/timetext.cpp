#include "tools/timetext.h"

#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <optional>
#include <string>

namespace moldau::tools {

namespace {

/** Takes parts of a text from its front; the first thing that isn't there ends it. */
class Scanner {
public:
    explicit Scanner(std::string_view text)
        : m_rest(text)
    {
    }
    bool isAtEnd() const { return m_rest.empty(); }
    bool take(char c)
    {
        if (m_rest.empty()
            || (m_rest.front() != c && m_rest.front() != (c >= 'A' && c <= 'Z' ? c + 32 : c)))
            return false;
        m_rest.remove_prefix(1);
        return true;
    }
    /** Up to `most` digits, without a sign. */
    std::optional<std::int64_t> digits(std::size_t most)
    {
        std::size_t count = 0;
        while (
            count < m_rest.size() && count < most && m_rest[count] >= '0' && m_rest[count] <= '9')
            ++count;
        std::int64_t number = 0;
        if (count == 0
            || std::from_chars(m_rest.data(), m_rest.data() + count, number).ec != std::errc{})
            return std::nullopt;
        m_rest.remove_prefix(count);
        m_lastCount = count;
        return number;
    }
    std::size_t lastCount() const { return m_lastCount; }

private:
    std::string_view m_rest;
    std::size_t m_lastCount = 0;
};

tl::unexpected<Error> unreadable(std::string_view text)
{
    return fail(ErrorCode::LocalInvalidArgument, fmt::format("Unparseable date: \"{}\"", text));
}

/** Digits after a point, as milliseconds. */
std::int64_t fraction(std::int64_t digits, std::size_t count)
{
    for (; count < 3; ++count)
        digits *= 10;
    for (; count > 3; --count)
        digits /= 10;
    return digits;
}

/** Minutes east of UTC; none for what is no zone. */
std::optional<std::int64_t> zone(Scanner& scanner)
{
    if (scanner.isAtEnd() || scanner.take('Z'))
        return 0;
    const bool isWest = scanner.take('-');
    if (!isWest && !scanner.take('+'))
        return std::nullopt;
    const auto hours = scanner.digits(2);
    if (!hours)
        return std::nullopt;
    scanner.take(':');
    const std::int64_t minutes = scanner.digits(2).value_or(0);
    return (isWest ? -1 : 1) * (*hours * 60 + minutes);
}

} // namespace

Result<std::int64_t> timestampOf(std::string_view text)
{
    using namespace std::chrono;
    if (text.find('T') == std::string_view::npos)
        return fail(ErrorCode::LocalInvalidArgument,
            "Error parsing timestamp. It does not contain a 'T' according to ISO8601 format");
    Scanner scanner(text);
    std::int64_t parts[6];
    constexpr char kAfter[] = {'-', '-', 'T', ':', ':', '\0'};
    for (std::size_t i = 0; i < 6; ++i) {
        const auto number = scanner.digits(i == 0 ? 4 : 2);
        if (!number || (kAfter[i] != '\0' && !scanner.take(kAfter[i])))
            return unreadable(text);
        parts[i] = *number;
    }
    std::int64_t millis = 0;
    if (scanner.take('.')) {
        const auto digits = scanner.digits(9);
        if (!digits)
            return unreadable(text);
        millis = fraction(*digits, scanner.lastCount());
    }
    const auto minutesEast = zone(scanner);
    const year_month_day date{year(static_cast<int>(parts[0])),
        month(static_cast<unsigned>(parts[1])), day(static_cast<unsigned>(parts[2]))};
    if (!minutesEast || !scanner.isAtEnd() || !date.ok() || parts[3] > 23 || parts[4] > 59
        || parts[5] > 59)
        return unreadable(text);
    const auto time = sys_days(date) + hours(parts[3]) + minutes(parts[4] - *minutesEast)
        + seconds(parts[5]) + milliseconds(millis);
    return duration_cast<milliseconds>(time.time_since_epoch()).count();
}

namespace {

/** One "12D" or "4.5S" of a duration in milliseconds; none when the scanner stands before no such
 * thing. */
std::optional<std::int64_t> part(Scanner& scanner, char unit, std::int64_t millisPerUnit)
{
    Scanner ahead = scanner;
    const bool isNegative = ahead.take('-');
    const auto whole = ahead.digits(15);
    std::int64_t millis = 0;
    if (whole && unit == 'S' && ahead.take('.'))
        millis = fraction(ahead.digits(9).value_or(0), ahead.lastCount());
    if (!whole || !ahead.take(unit))
        return std::nullopt;
    scanner = ahead;
    return (isNegative ? -1 : 1) * (*whole * millisPerUnit + millis);
}

} // namespace

Result<std::int64_t> millisecondsOfDuration(std::string_view text)
{
    Scanner scanner(text);
    const bool isNegative = scanner.take('-');
    const bool isDuration = scanner.take('P');
    std::int64_t total = 0;
    bool hasParts = false;
    const auto add = [&](char unit, std::int64_t millisPerUnit) {
        const auto millis = part(scanner, unit, millisPerUnit);
        total += millis.value_or(0);
        hasParts = hasParts || millis.has_value();
    };
    add('D', 86'400'000);
    if (scanner.take('T')) {
        hasParts = false;
        add('H', 3'600'000);
        add('M', 60'000);
        add('S', 1000);
    }
    if (!isDuration || !hasParts || !scanner.isAtEnd())
        return fail(ErrorCode::LocalInvalidArgument,
            fmt::format("Text cannot be parsed to a Duration: {}", text));
    return isNegative ? -total : total;
}

} // namespace moldau::tools
