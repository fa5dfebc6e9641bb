#include "configs/properties.h"

#include <charconv>

#include <fmt/format.h>

namespace moldau::configs {

namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\f';
}

void appendUtf8(std::string& out, std::uint32_t code)
{
    const auto put = [&](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xc0 | code >> 6);
        put(0x80 | (code & 0x3f));
    } else if (code < 0x10000) {
        put(0xe0 | code >> 12);
        put(0x80 | (code >> 6 & 0x3f));
        put(0x80 | (code & 0x3f));
    } else {
        put(0xf0 | code >> 18);
        put(0x80 | (code >> 12 & 0x3f));
        put(0x80 | (code >> 6 & 0x3f));
        put(0x80 | (code & 0x3f));
    }
}

/** The four digits after \u at `at`; nothing when they aren't there. */
std::optional<std::uint32_t> hexAt(std::string_view text, std::size_t at)
{
    std::uint32_t code = 0;
    if (at + 4 > text.size())
        return std::nullopt;
    const auto [end, error] = std::from_chars(text.data() + at, text.data() + at + 4, code, 16);
    return error == std::errc{} && end == text.data() + at + 4 ? std::optional(code) : std::nullopt;
}

/** Resolves the escapes of a key or a value. */
Result<std::string> unescaped(std::string_view text, int line)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\' || ++i == text.size()) {
            if (i < text.size())
                out.push_back(text[i]);
            continue;
        }
        switch (text[i]) {
        case 't':
            out.push_back('\t');
            break;
        case 'n':
            out.push_back('\n');
            break;
        case 'r':
            out.push_back('\r');
            break;
        case 'f':
            out.push_back('\f');
            break;
        case 'u': {
            auto code = hexAt(text, i + 1);
            if (!code)
                return fail(ErrorCode::LocalInvalidArgument,
                    fmt::format("line {}: \\u needs four hexadecimal digits", line));
            i += 4;
            const bool isPair
                = *code >= 0xd800 && *code < 0xdc00 && text.substr(i + 1).starts_with("\\u");
            if (const auto low = isPair ? hexAt(text, i + 3) : std::nullopt;
                low && *low >= 0xdc00 && *low < 0xe000) {
                code = 0x10000 + ((*code - 0xd800) << 10) + (*low - 0xdc00);
                i += 6;
            }
            const bool isHalf = *code >= 0xd800 && *code < 0xe000; // half a pair has no UTF-8 form
            appendUtf8(out, isHalf ? 0xfffd : *code);
            break;
        }
        default:
            out.push_back(text[i]);
        }
    }
    return out;
}

/** Hands out logical lines: continued ones joined, comments and blank ones left out. */
class LineReader {
public:
    explicit LineReader(std::string_view text)
        : m_rest(text)
    {
    }

    bool next(std::string& logical, int& line)
    {
        logical.clear();
        while (!m_rest.empty()) {
            std::string_view natural = takeNatural();
            line = m_line;
            while (!natural.empty() && isBlank(natural.front()))
                natural.remove_prefix(1);
            if (natural.empty() || natural.front() == '#' || natural.front() == '!')
                continue;
            while (endsInBackslash(natural)) {
                logical += natural.substr(0, natural.size() - 1);
                natural = takeNatural();
                while (!natural.empty() && isBlank(natural.front()))
                    natural.remove_prefix(1);
            }
            logical += natural;
            if (!logical.empty())
                return true;
        }
        return false;
    }

private:
    static bool endsInBackslash(std::string_view line)
    {
        std::size_t count = 0;
        while (count < line.size() && line[line.size() - 1 - count] == '\\')
            ++count;
        return count % 2 == 1;
    }

    std::string_view takeNatural()
    {
        ++m_line;
        const std::size_t end = std::min(m_rest.find_first_of("\r\n"), m_rest.size());
        const std::string_view line = m_rest.substr(0, end);
        m_rest.remove_prefix(end);
        if (m_rest.starts_with("\r\n"))
            m_rest.remove_prefix(2);
        else if (!m_rest.empty())
            m_rest.remove_prefix(1);
        return line;
    }

    std::string_view m_rest;
    int m_line = 0;
};

void appendEscaped(std::string& out, std::string_view text, bool isKey)
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        switch (c) {
        case '\t':
            out += "\\t";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\f':
            out += "\\f";
            break;
        case '\\':
            out += "\\\\";
            break;
        default: {
            const bool isSeparator = isKey && (c == '=' || c == ':' || c == ' ');
            const bool isLeading = i == 0 && (c == ' ' || c == '#' || c == '!');
            if (isSeparator || isLeading)
                out.push_back('\\');
            out.push_back(c);
        }
        }
    }
}

} // namespace

Result<std::vector<Property>> readProperties(std::string_view text)
{
    std::vector<Property> properties;
    LineReader reader(text);
    std::string logical;
    for (int line = 0; reader.next(logical, line);) {
        std::size_t keyEnd = 0;
        while (keyEnd < logical.size() && logical[keyEnd] != '=' && logical[keyEnd] != ':'
            && !isBlank(logical[keyEnd]))
            keyEnd += logical[keyEnd] == '\\' ? 2 : 1;
        keyEnd = std::min(keyEnd, logical.size());
        std::size_t valueStart = keyEnd;
        while (valueStart < logical.size() && isBlank(logical[valueStart]))
            ++valueStart;
        if (valueStart < logical.size()
            && (logical[valueStart] == '=' || logical[valueStart] == ':')) {
            ++valueStart;
            while (valueStart < logical.size() && isBlank(logical[valueStart]))
                ++valueStart;
        }
        const std::string_view whole = logical;
        auto key = unescaped(whole.substr(0, keyEnd), line);
        auto value = unescaped(whole.substr(valueStart), line);
        if (!key)
            return fail(key.error());
        if (!value)
            return fail(value.error());
        properties.push_back({*std::move(key), *std::move(value), line});
    }
    return properties;
}

ConfigMap toMap(const std::vector<Property>& properties)
{
    ConfigMap map;
    for (const Property& property : properties)
        map.insert_or_assign(property.key, property.value);
    return map;
}

std::string writeProperties(const ConfigMap& properties)
{
    std::string out;
    for (const auto& [key, value] : properties) {
        appendEscaped(out, key, true);
        out.push_back('=');
        appendEscaped(out, value, false);
        out.push_back('\n');
    }
    return out;
}

} // namespace moldau::configs
