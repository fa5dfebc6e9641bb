#include "configs/isoduration.h"

#include <cctype>
#include <string>

namespace moldau::configs {

namespace {
/** Takes digits (and, for seconds, a fraction) and the unit's letter from the front. */
bool takePart(std::string_view& text, char unit)
{
    std::size_t end = 0;
    if (end < text.size() && text[end] == '+')
        ++end;
    const std::size_t first = end;
    while (end < text.size() && std::isdigit(static_cast<unsigned char>(text[end])))
        ++end;
    if (end == first)
        return false;
    if (unit == 'S' && end < text.size() && (text[end] == '.' || text[end] == ',')) {
        const std::size_t fraction = ++end;
        while (end < text.size() && std::isdigit(static_cast<unsigned char>(text[end])))
            ++end;
        if (end - fraction > 9)
            return false;
    }
    if (end >= text.size() || std::toupper(static_cast<unsigned char>(text[end])) != unit)
        return false;
    text.remove_prefix(end + 1);
    return true;
}
} // namespace

bool isPositiveIsoDuration(std::string_view text)
{
    if (text.starts_with('+'))
        text.remove_prefix(1);
    if (text.empty() || std::toupper(static_cast<unsigned char>(text.front())) != 'P')
        return false;
    text.remove_prefix(1);
    bool hasPart = takePart(text, 'D');
    if (!text.empty()) {
        if (std::toupper(static_cast<unsigned char>(text.front())) != 'T')
            return false;
        text.remove_prefix(1);
        bool hasTime = false;
        for (const char unit : {'H', 'M', 'S'})
            hasTime |= takePart(text, unit);
        if (!hasTime)
            return false;
        hasPart = true;
    }
    return hasPart && text.empty();
}

} // namespace moldau::configs
