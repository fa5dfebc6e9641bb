#include "models/jsontext.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <limits>

namespace moldau::widgets {

namespace {

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

int hexValue(char c)
{
    if (isDigit(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

void appendUtf8(std::string& out, std::uint32_t code)
{
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out += static_cast<char>(0xc0 | (code >> 6));
        out += static_cast<char>(0x80 | (code & 0x3f));
    } else if (code < 0x10000) {
        out += static_cast<char>(0xe0 | (code >> 12));
        out += static_cast<char>(0x80 | ((code >> 6) & 0x3f));
        out += static_cast<char>(0x80 | (code & 0x3f));
    } else {
        out += static_cast<char>(0xf0 | (code >> 18));
        out += static_cast<char>(0x80 | ((code >> 12) & 0x3f));
        out += static_cast<char>(0x80 | ((code >> 6) & 0x3f));
        out += static_cast<char>(0x80 | (code & 0x3f));
    }
}

/** Four hex digits at `at`, or nothing. */
std::optional<std::uint32_t> fourHex(std::string_view text, std::size_t at)
{
    if (at + 4 > text.size())
        return std::nullopt;
    std::uint32_t value = 0;
    for (std::size_t i = at; i < at + 4; ++i) {
        const int digit = hexValue(text[i]);
        if (digit < 0)
            return std::nullopt;
        value = value * 16 + static_cast<std::uint32_t>(digit);
    }
    return value;
}

} // namespace

/** Walks the text once, with a stack of its own instead of recursion: hostile nesting costs no
 * stack. */
class JsonText::Parser {
public:
    explicit Parser(JsonText& out)
        : m_out(out)
        , m_text(out.m_text)
    {
    }

    bool run()
    {
        m_out.m_nodes.clear();
        if (m_text.size() > std::numeric_limits<std::uint32_t>::max())
            return refuse("too long");
        skipSpace();
        if (!value(0, 0))
            return false;
        while (!m_open.empty()) {
            if (!step())
                return false;
        }
        skipSpace();
        return m_at == m_text.size() || refuse("more text after the value");
    }

private:
    bool refuse(const char* what)
    {
        m_out.m_problem = {m_at, what};
        m_out.m_nodes.clear();
        return false;
    }

    char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
    void skipSpace()
    {
        while (m_at < m_text.size() && isSpace(m_text[m_at]))
            ++m_at;
    }

    Node& node(std::int32_t index) { return m_out.m_nodes[static_cast<std::size_t>(index)]; }

    /** What stands in the innermost open object or array: its end, or one more member. */
    bool step()
    {
        const std::int32_t container = m_open.back();
        const bool isObject = node(container).kind == JsonKind::Object;
        skipSpace();
        if (peek() == (isObject ? '}' : ']')) {
            ++m_at;
            node(container).length = static_cast<std::uint32_t>(m_at) - node(container).begin;
            m_open.pop_back();
            m_last.pop_back();
            return true;
        }
        if (node(container).childCount > 0) {
            if (peek() != ',')
                return refuse(isObject ? "expected , or }" : "expected , or ]");
            ++m_at;
            skipSpace();
        }
        if (!isObject)
            return value(0, 0);
        if (peek() != '"')
            return refuse("expected a key in quotes");
        const std::size_t begin = m_at + 1;
        if (!string())
            return false;
        const std::size_t end = m_at - 1;
        skipSpace();
        if (peek() != ':')
            return refuse("expected :");
        ++m_at;
        skipSpace();
        return value(static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end - begin));
    }

    bool value(std::uint32_t keyBegin, std::uint32_t keyLength)
    {
        const auto index = static_cast<std::int32_t>(m_out.m_nodes.size());
        Node added;
        added.begin = static_cast<std::uint32_t>(m_at);
        added.keyBegin = keyBegin;
        added.keyLength = keyLength;
        added.parent = m_open.empty() ? -1 : m_open.back();
        m_out.m_nodes.push_back(added);
        if (added.parent >= 0) {
            Node& parent = node(added.parent);
            ++parent.childCount;
            if (m_last.back() >= 0)
                node(m_last.back()).next = index;
            else
                parent.firstChild = index;
            m_last.back() = index;
        }

        const char c = peek();
        if (c == '{' || c == '[') {
            if (m_open.size() >= static_cast<std::size_t>(kMaxDepth))
                return refuse("nested too deep");
            node(index).kind = c == '{' ? JsonKind::Object : JsonKind::Array;
            ++m_at;
            m_open.push_back(index);
            m_last.push_back(-1);
            return true;
        }
        if (c == '"') {
            node(index).kind = JsonKind::String;
            if (!string())
                return false;
        } else if (c == '-' || isDigit(c)) {
            node(index).kind = JsonKind::Number;
            if (!number())
                return false;
        } else if (word("true")) {
            node(index).kind = JsonKind::True;
        } else if (word("false")) {
            node(index).kind = JsonKind::False;
        } else if (word("null")) {
            node(index).kind = JsonKind::Null;
        } else {
            return refuse("expected a value");
        }
        node(index).length = static_cast<std::uint32_t>(m_at) - node(index).begin;
        return true;
    }

    bool word(std::string_view expected)
    {
        if (m_text.substr(m_at, expected.size()) != expected)
            return false;
        m_at += expected.size();
        return true;
    }

    bool string()
    {
        ++m_at;
        while (m_at < m_text.size()) {
            const char c = m_text[m_at];
            if (c == '"') {
                ++m_at;
                return true;
            }
            if (static_cast<unsigned char>(c) < 0x20)
                return refuse("control character in a string");
            if (c == '\\') {
                ++m_at;
                const char escape = peek();
                if (escape == 'u') {
                    if (!fourHex(m_text, m_at + 1))
                        return refuse("bad \\u escape");
                    m_at += 4;
                } else if (std::string_view("\"\\/bfnrt").find(escape) == std::string_view::npos
                    || escape == '\0') {
                    return refuse("bad escape");
                }
            }
            ++m_at;
        }
        return refuse("string without end");
    }

    bool number()
    {
        if (peek() == '-')
            ++m_at;
        if (peek() == '0')
            ++m_at;
        else if (!digits())
            return false;
        if (peek() == '.') {
            ++m_at;
            if (!digits())
                return false;
        }
        if (peek() == 'e' || peek() == 'E') {
            ++m_at;
            if (peek() == '+' || peek() == '-')
                ++m_at;
            if (!digits())
                return false;
        }
        return true;
    }

    bool digits()
    {
        if (!isDigit(peek()))
            return refuse("expected a digit");
        while (isDigit(peek()))
            ++m_at;
        return true;
    }

    JsonText& m_out;
    std::string_view m_text;
    std::size_t m_at = 0;
    std::vector<std::int32_t> m_open; // objects and arrays that aren't closed yet
    std::vector<std::int32_t> m_last; // the last child of each of them
};

bool JsonText::parse(std::string_view text)
{
    m_text.assign(text);
    m_problem = {};
    return Parser(*this).run();
}

std::string JsonText::unescape(std::string_view inside)
{
    if (inside.find('\\') == std::string_view::npos)
        return std::string(inside);
    std::string out;
    out.reserve(inside.size());
    for (std::size_t i = 0; i < inside.size(); ++i) {
        if (inside[i] != '\\') {
            out += inside[i];
            continue;
        }
        ++i;
        switch (i < inside.size() ? inside[i] : '\0') {
        case 'b':
            out += '\b';
            break;
        case 'f':
            out += '\f';
            break;
        case 'n':
            out += '\n';
            break;
        case 'r':
            out += '\r';
            break;
        case 't':
            out += '\t';
            break;
        case 'u': {
            std::uint32_t code = fourHex(inside, i + 1).value_or(0xfffd);
            i += 4;
            if (code >= 0xd800 && code < 0xdc00 && inside.substr(i + 1, 2) == "\\u") {
                const std::uint32_t low = fourHex(inside, i + 3).value_or(0);
                if (low >= 0xdc00 && low < 0xe000) {
                    code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
                    i += 6;
                }
            }
            if (code >= 0xd800 && code < 0xe000)
                code = 0xfffd; // half a pair is no character
            appendUtf8(out, code);
            break;
        }
        default:
            out += inside[i];
            break;
        }
    }
    return out;
}

std::string JsonText::string(std::int32_t node) const
{
    const std::string_view quoted = raw(node);
    return unescape(quoted.substr(1, quoted.size() - 2));
}

std::int32_t JsonText::child(std::int32_t object, std::string_view key) const
{
    if (at(object).kind != JsonKind::Object)
        return -1;
    for (std::int32_t i = at(object).firstChild; i >= 0; i = at(i).next) {
        const std::string_view rawName = rawKey(i);
        if (rawName == key
            || (rawName.find('\\') != std::string_view::npos && unescape(rawName) == key))
            return i;
    }
    return -1;
}

std::int32_t JsonText::element(std::int32_t array, std::int64_t index) const
{
    if (at(array).kind != JsonKind::Array)
        return -1;
    if (index < 0)
        index += at(array).childCount;
    if (index < 0 || index >= at(array).childCount)
        return -1;
    std::int32_t i = at(array).firstChild;
    while (index-- > 0)
        i = at(i).next;
    return i;
}

void JsonText::writePretty(std::int32_t index, int depth, std::string& out) const
{
    const Node& node = at(index);
    const bool isObject = node.kind == JsonKind::Object;
    if (!isObject && node.kind != JsonKind::Array) {
        out += raw(index);
        return;
    }
    out += isObject ? '{' : '[';
    for (std::int32_t i = node.firstChild; i >= 0; i = at(i).next) {
        out += '\n';
        out.append(static_cast<std::size_t>(depth + 1) * 2, ' ');
        if (isObject) {
            out += '"';
            out += rawKey(i);
            out += "\": ";
        }
        writePretty(i, depth + 1, out);
        if (at(i).next >= 0)
            out += ',';
    }
    if (node.childCount > 0) {
        out += '\n';
        out.append(static_cast<std::size_t>(depth) * 2, ' ');
    }
    out += isObject ? '}' : ']';
}

QString JsonText::pretty() const
{
    std::string out;
    out.reserve(m_text.size() * 2);
    if (!m_nodes.empty())
        writePretty(0, 0, out);
    return QString::fromStdString(out);
}

namespace {

/** A number as sign, digits without zeros at either end, and the power of ten of the first digit.
 */
struct Decimal {
    bool isNegative = false;
    std::string digits;
    std::int64_t magnitude = 0;
};

Decimal decimalOf(std::string_view text)
{
    Decimal out;
    if (!text.empty() && text.front() == '-') {
        out.isNegative = true;
        text.remove_prefix(1);
    }
    std::int64_t exponent = 0;
    if (const auto e = text.find_first_of("eE"); e != std::string_view::npos) {
        std::string_view power = text.substr(e + 1);
        if (!power.empty() && power.front() == '+')
            power.remove_prefix(1);
        const auto [end, problem] = std::from_chars(power.begin(), power.end(), exponent);
        if (problem == std::errc::result_out_of_range)
            exponent = power.front() == '-' ? -1'000'000'000'000 : 1'000'000'000'000;
        exponent = std::clamp<std::int64_t>(exponent, -1'000'000'000'000, 1'000'000'000'000);
        text = text.substr(0, e);
    }
    const std::size_t point = std::min(text.find('.'), text.size());
    out.digits = text.substr(0, point);
    if (point < text.size())
        out.digits += text.substr(point + 1);
    const std::size_t zeros = std::min(out.digits.find_first_not_of('0'), out.digits.size());
    out.magnitude = exponent + static_cast<std::int64_t>(point) - static_cast<std::int64_t>(zeros);
    out.digits.erase(0, zeros);
    while (!out.digits.empty() && out.digits.back() == '0')
        out.digits.pop_back();
    if (out.digits.empty())
        return {}; // -0 equals 0
    return out;
}

} // namespace

int compareJsonNumbers(std::string_view left, std::string_view right)
{
    const Decimal a = decimalOf(left);
    const Decimal b = decimalOf(right);
    const int signA = a.digits.empty() ? 0 : a.isNegative ? -1 : 1;
    const int signB = b.digits.empty() ? 0 : b.isNegative ? -1 : 1;
    if (signA != signB)
        return signA < signB ? -1 : 1;
    if (a.magnitude != b.magnitude)
        return (a.magnitude < b.magnitude ? -1 : 1) * signA;
    return a.digits.compare(b.digits) * signA;
}

bool exceedsDouble(std::string_view number)
{
    const std::string text(number);
    const double value = std::strtod(text.c_str(), nullptr);
    if (value > std::numeric_limits<double>::max() || value < std::numeric_limits<double>::lowest())
        return true;
    if (text.find_first_of(".eE") != std::string::npos)
        return false; // decimal fractions are rounded everywhere; only whole numbers surprise
    char exact[400];
    const auto [end, problem]
        = std::to_chars(exact, exact + sizeof exact, value, std::chars_format::fixed, 0);
    return problem != std::errc()
        || std::string_view(exact, static_cast<std::size_t>(end - exact)) != text;
}

} // namespace moldau::widgets
