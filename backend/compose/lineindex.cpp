#include "compose/lineindex.h"

#include <algorithm>

namespace moldau::compose {

LineIndex::LineIndex(std::string_view text)
    : m_text(text)
{
    m_starts.push_back(0);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\n')
            m_starts.push_back(i + 1);
    }
}

Position LineIndex::positionOf(std::size_t offset) const
{
    offset = std::min(offset, m_text.size());
    const auto next = std::upper_bound(m_starts.begin(), m_starts.end(), offset);
    const std::size_t start = *(next - 1);
    const auto isCharacterStart
        = [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; };
    const auto column
        = std::ranges::count_if(m_text.substr(start, offset - start), isCharacterStart);
    return {static_cast<int>(next - m_starts.begin()), static_cast<int>(column) + 1};
}

std::string_view LineIndex::lineAt(int line) const
{
    std::string_view rest = m_text.substr(startOf(line));
    rest = rest.substr(0, rest.find('\n'));
    if (rest.ends_with('\r'))
        rest.remove_suffix(1);
    return rest;
}

} // namespace moldau::compose
