#include "compose/interpolation.h"

#include <fmt/format.h>

namespace moldau::compose {

namespace {

bool isNameStart(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool isNameCharacter(char c)
{
    return isNameStart(c) || (c >= '0' && c <= '9');
}

std::size_t nameEnd(std::string_view text, std::size_t at)
{
    while (at < text.size() && isNameCharacter(text[at]))
        ++at;
    return at;
}

class Filler {
public:
    Filler(const VariableLookup& lookup, Interpolated& result)
        : m_lookup(lookup)
        , m_result(result)
    {
    }

    std::string fill(std::string_view text, int depth)
    {
        std::string out;
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] != '$') {
                out.push_back(text[i]);
            } else if (i + 1 < text.size() && text[i + 1] == '$') {
                out.push_back('$');
                ++i;
            } else if (i + 1 < text.size() && text[i + 1] == '{') {
                const std::size_t end = closingBrace(text, i + 2);
                if (end == std::string_view::npos || depth > kDeepest) {
                    refuse(text);
                    return out;
                }
                out += fillBraced(text.substr(i + 2, end - i - 2), text, depth);
                i = end;
            } else if (i + 1 < text.size() && isNameStart(text[i + 1])) {
                const std::size_t end = nameEnd(text, i + 1);
                out += valueOf(text.substr(i + 1, end - i - 1));
                i = end - 1;
            } else {
                refuse(text);
                return out;
            }
        }
        return out;
    }

private:
    static constexpr int kDeepest = 20;

    static std::size_t closingBrace(std::string_view text, std::size_t at)
    {
        for (int depth = 1; at < text.size(); ++at) {
            if (text[at] == '{' && at > 0 && text[at - 1] == '$')
                ++depth;
            else if (text[at] == '}' && --depth == 0)
                return at;
        }
        return std::string_view::npos;
    }

    void refuse(std::string_view text)
    {
        if (m_result.problem.empty())
            m_result.problem = fmt::format(
                "invalid interpolation format: \"{}\". You may need to escape any $ with another $",
                text);
    }

    std::string valueOf(std::string_view name)
    {
        if (const auto value = m_lookup(name))
            return *value;
        m_result.unset.emplace_back(name);
        return {};
    }

    std::string fillBraced(std::string_view inner, std::string_view whole, int depth)
    {
        const std::size_t end = nameEnd(inner, 0);
        const std::string_view name = inner.substr(0, end);
        std::string_view rest = inner.substr(end);
        if (name.empty() || !isNameStart(name.front())) {
            refuse(whole);
            return {};
        }
        if (rest.empty())
            return valueOf(name);
        const bool isEmptyLikeUnset = rest.front() == ':';
        if (isEmptyLikeUnset)
            rest.remove_prefix(1);
        const char kind = rest.empty() ? '\0' : rest.front();
        const auto value = m_lookup(name);
        const bool isSet = value && !(isEmptyLikeUnset && value->empty());
        switch (kind) {
        case '-':
            return isSet ? *value : fill(rest.substr(1), depth + 1);
        case '+':
            return isSet ? fill(rest.substr(1), depth + 1) : std::string();
        case '?':
            if (!isSet && m_result.problem.empty())
                m_result.problem = fmt::format("required variable {} is missing a value: {}", name,
                    fill(rest.substr(1), depth + 1));
            return value.value_or("");
        default:
            refuse(whole);
            return {};
        }
    }

    const VariableLookup& m_lookup;
    Interpolated& m_result;
};

} // namespace

Interpolated interpolate(std::string_view text, const VariableLookup& lookup)
{
    Interpolated result;
    result.isChanged = text.find('$') != std::string_view::npos;
    result.text = result.isChanged ? Filler(lookup, result).fill(text, 0) : std::string(text);
    return result;
}

} // namespace moldau::compose
