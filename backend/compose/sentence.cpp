#include "compose/sentence.h"

namespace moldau::compose {

Sentence::Sentence(std::string_view pattern, std::vector<Sentence> parts)
    : m_pattern(pattern)
    , m_parts(std::move(parts))
{
    std::size_t done = 0;
    for (const Sentence& part : m_parts) {
        const std::size_t place = pattern.find("{}", done);
        if (place == std::string_view::npos)
            break;
        m_text += pattern.substr(done, place - done);
        m_text += part.text();
        done = place + 2;
    }
    m_text += pattern.substr(done);
}

} // namespace moldau::compose
