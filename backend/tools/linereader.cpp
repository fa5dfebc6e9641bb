#include "tools/linereader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace moldau::tools {

namespace {

using namespace moldau::client;

bool isTrue(const std::string* value)
{
    if (value == nullptr)
        return false;
    const auto begin = value->find_first_not_of(" \t");
    std::string text = begin == std::string::npos
        ? ""
        : value->substr(begin, value->find_last_not_of(" \t") - begin + 1);
    std::ranges::transform(text, text.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return text == "true";
}

void setIfGiven(std::string& target, const std::string* value)
{
    if (value != nullptr)
        target = *value;
}

} // namespace

Result<LineReader> LineReader::make(std::string topic, const Properties& properties)
{
    LineReader reader;
    reader.m_topic = std::move(topic);
    reader.m_hasKey = isTrue(findProperty(properties, "parse.key"));
    reader.m_hasHeaders = isTrue(findProperty(properties, "parse.headers"));
    reader.m_ignoresErrors = isTrue(findProperty(properties, "ignore.error"));
    setIfGiven(reader.m_keySeparator, findProperty(properties, "key.separator"));
    setIfGiven(reader.m_headersDelimiter, findProperty(properties, "headers.delimiter"));
    setIfGiven(reader.m_headersSeparator, findProperty(properties, "headers.separator"));
    setIfGiven(reader.m_headersKeySeparator, findProperty(properties, "headers.key.separator"));
    if (const std::string* marker = findProperty(properties, "null.marker"))
        reader.m_nullMarker = *marker;

    struct Pair {
        std::string_view a, nameOfA, b, nameOfB;
    };
    const std::string marker = reader.m_nullMarker.value_or("");
    const bool hasMarker = reader.m_nullMarker.has_value();
    const std::array<Pair, 7> pairs{{
        {reader.m_headersDelimiter, "headers.delimiter", reader.m_headersSeparator,
            "headers.separator"},
        {reader.m_headersDelimiter, "headers.delimiter", reader.m_headersKeySeparator,
            "headers.key.separator"},
        {reader.m_headersSeparator, "headers.separator", reader.m_headersKeySeparator,
            "headers.key.separator"},
        {marker, "null.marker", reader.m_keySeparator, "key.separator"},
        {marker, "null.marker", reader.m_headersSeparator, "headers.separator"},
        {marker, "null.marker", reader.m_headersDelimiter, "headers.delimiter"},
        {marker, "null.marker", reader.m_headersKeySeparator, "headers.key.separator"},
    }};
    for (const Pair& pair : pairs) {
        if (pair.a == pair.b && (hasMarker || pair.nameOfA != "null.marker"))
            return fail(ErrorCode::LocalInvalidArgument,
                fmt::format("{} and {} may not be equal", pair.nameOfA, pair.nameOfB));
    }
    return reader;
}

Result<RecordToSend> LineReader::recordOf(const std::string& line)
{
    ++m_line;
    std::string_view rest = line;
    const auto headers = take(m_hasHeaders, rest, line, m_headersDelimiter, "headers delimiter");
    if (!headers)
        return fail(headers.error());
    const auto key = take(m_hasKey, rest, line, m_keySeparator, "key separator");
    if (!key)
        return fail(key.error());
    RecordToSend record;
    record.topic = m_topic;
    if (*key)
        record.key = bytesOf(**key);
    record.value = bytesOf(rest);
    if (*headers && !isNull(**headers)) {
        auto split = headersOf(**headers);
        if (!split)
            return fail(split.error());
        record.headers = std::move(*split);
    }
    return record;
}

Result<std::optional<std::string>> LineReader::take(bool isEnabled, std::string_view& rest,
    const std::string& line, std::string_view separator, std::string_view what) const
{
    if (!isEnabled)
        return std::nullopt;
    const auto at = rest.find(separator);
    if (at == std::string_view::npos) {
        if (m_ignoresErrors)
            return std::nullopt;
        return fail(ErrorCode::LocalParseError,
            fmt::format("No {} found on line number {}: '{}'", what, m_line, line));
    }
    std::string part(rest.substr(0, at));
    rest.remove_prefix(at + separator.size());
    return part;
}

Result<std::vector<Header>> LineReader::headersOf(std::string_view text) const
{
    std::vector<Header> headers;
    while (!text.empty()) {
        const auto end = text.find(m_headersSeparator);
        const std::string_view pair = text.substr(0, end);
        text.remove_prefix(
            end == std::string_view::npos ? text.size() : end + m_headersSeparator.size());
        const auto colon = pair.find(m_headersKeySeparator);
        if (colon == std::string_view::npos) {
            if (!m_ignoresErrors)
                return fail(ErrorCode::LocalParseError,
                    fmt::format("No header key separator found in pair '{}' on line number {}",
                        pair, m_line));
            headers.push_back({std::string(pair), std::nullopt});
            continue;
        }
        const std::string_view name = pair.substr(0, colon);
        if (isNull(name))
            return fail(ErrorCode::LocalParseError,
                fmt::format(
                    "Header keys should not be equal to the null marker '{}' as they can't be null",
                    *m_nullMarker));
        headers.push_back(
            {std::string(name), bytesOf(pair.substr(colon + m_headersKeySeparator.size()))});
    }
    return headers;
}

std::optional<Bytes> LineReader::bytesOf(std::string_view text) const
{
    if (isNull(text))
        return std::nullopt;
    return Bytes(text.begin(), text.end());
}

} // namespace moldau::tools
