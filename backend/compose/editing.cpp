#include "compose/editing.h"

#include <fmt/format.h>

namespace moldau::compose {

namespace {

std::string quoted(std::string_view value, char quote)
{
    std::string out(1, quote);
    for (const char c : value) {
        if (quote == '\'' && c == '\'')
            out.push_back('\'');
        if (quote == '"' && (c == '"' || c == '\\'))
            out.push_back('\\');
        out.push_back(c);
    }
    out.push_back(quote);
    return out;
}

std::size_t lineStart(std::string_view text, std::size_t offset)
{
    const std::size_t newline = text.substr(0, offset).rfind('\n');
    return newline == std::string_view::npos ? 0 : newline + 1;
}

/** What stands before an entry in its line: blanks, or for the first of a map in a list "  - ". */
std::string indentBefore(std::string_view text, std::size_t offset)
{
    const std::size_t start = lineStart(text, offset);
    return std::string(offset - start, ' ');
}

/** A whole line of its own behind the line in which a scalar ends. */
std::optional<TextEdit> lineBehind(
    std::string_view text, const YamlNode& last, std::string_view line)
{
    std::size_t end = last.offset;
    if (last.isScalar()) {
        const auto raw = rawScalar(text, last);
        if (!raw)
            return std::nullopt;
        end = raw->offset + raw->length;
    } else if (!last.isNull()) {
        return std::nullopt;
    }
    const std::size_t newline = text.find('\n', end);
    const bool isWindows
        = newline != std::string_view::npos && newline > 0 && text[newline - 1] == '\r';
    const std::string_view lineEnd = isWindows ? "\r\n" : "\n";
    if (newline == std::string_view::npos)
        return TextEdit{text.size(), 0, fmt::format("\n{}", line)};
    return TextEdit{newline + 1, 0, fmt::format("{}{}", line, lineEnd)};
}

bool isInBrackets(std::string_view text, const YamlNode& collection)
{
    return collection.offset < text.size()
        && (text[collection.offset] == '{' || text[collection.offset] == '[');
}

} // namespace

std::string asScalar(std::string_view value)
{
    constexpr std::string_view kIndicators = "-?:,[]{}#&*!|>'\"%@` ";
    const bool isPlain = !value.empty() && kIndicators.find(value.front()) == std::string_view::npos
        && value.back() != ' ' && value.back() != ':' && value.find(": ") == std::string_view::npos
        && value.find(" #") == std::string_view::npos;
    return isPlain ? std::string(value) : quoted(value, '"');
}

std::optional<TextEdit> replaceScalar(
    std::string_view text, const YamlNode& node, std::string_view value)
{
    const auto raw = rawScalar(text, node);
    if (!raw)
        return std::nullopt;
    return TextEdit{
        raw->offset, raw->length, raw->quote != 0 ? quoted(value, raw->quote) : asScalar(value)};
}

std::optional<TextEdit> replaceInScalar(std::string_view text, const YamlNode& node,
    std::size_t start, std::size_t length, std::string_view part)
{
    const auto raw = rawScalar(text, node);
    if (!raw || start + length > node.value.size())
        return std::nullopt;
    return TextEdit{raw->offset + (raw->quote != 0 ? 1 : 0) + start, length, std::string(part)};
}

std::optional<TextEdit> appendEntry(
    std::string_view text, const YamlNode& map, std::string_view key, std::string_view value)
{
    // Merged entries stand elsewhere; the last of the map's own is the one with the highest place.
    const YamlNode::Entry* last = nullptr;
    for (const YamlNode::Entry& entry : map.entries) {
        const bool isOwn = entry.first->offset >= map.offset;
        if (isOwn && (last == nullptr || entry.first->offset > last->first->offset))
            last = &entry;
    }
    if (last == nullptr || isInBrackets(text, map) || last->second->offset < last->first->offset)
        return std::nullopt;
    return lineBehind(text, *last->second,
        fmt::format("{}{}: {}", indentBefore(text, last->first->offset), key, asScalar(value)));
}

std::optional<TextEdit> appendItem(
    std::string_view text, const YamlNode& sequence, std::string_view value)
{
    if (sequence.items.empty() || isInBrackets(text, sequence))
        return std::nullopt;
    const YamlNode& last = *sequence.items.back();
    const std::size_t start = lineStart(text, last.offset);
    const std::size_t dash = text.find('-', start);
    if (last.offset < sequence.offset || dash == std::string_view::npos || dash >= last.offset)
        return std::nullopt;
    const auto raw = rawScalar(text, last);
    const std::string item = raw && raw->quote != 0 ? quoted(value, raw->quote) : asScalar(value);
    return lineBehind(text, last,
        fmt::format("{}{}", std::string(text.substr(start, last.offset - start)), item));
}

} // namespace moldau::compose
