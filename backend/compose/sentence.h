#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <fmt/core.h>

namespace moldau::compose {

/**
 * Something the doctor says, in English and with its parts kept apart, so that a window can say it
 * in another language: what is translated is the pattern, whose "{}" stand for the parts in turn.
 * Parts are sentences again, or data, which is the same in every language: names, numbers and the
 * words of Kafka and docker compose, for which people search. A value; any thread.
 */
class Sentence {
public:
    Sentence() = default;
    /** Data. */
    Sentence(std::string data)
        : m_text(std::move(data))
    {
    }
    /** A pattern, which outlives the program's last sentence, and as many parts as it has "{}". */
    Sentence(std::string_view pattern, std::vector<Sentence> parts);

    const std::string& text() const { return m_text; } ///< in English
    bool isEmpty() const { return m_text.empty(); }
    bool isData() const { return m_pattern.empty(); }
    std::string_view pattern() const { return m_pattern; }
    const std::vector<Sentence>& parts() const { return m_parts; }

    bool operator==(const Sentence&) const = default;

private:
    std::string m_text;
    std::string_view m_pattern;
    std::vector<Sentence> m_parts;
};

inline Sentence partOf(Sentence sentence)
{
    return sentence;
}
template <class Data> Sentence partOf(const Data& data)
{
    return Sentence(fmt::format("{}", data));
}

template <class> using EachAsText = std::string;

/**
 * A sentence from a pattern that stands here as a literal: `say("{} is not {}", a, b)`.
 * resources/translations/doctor.py finds these calls, for translators and for the test.
 */
template <class... Parts>
Sentence say(fmt::format_string<EachAsText<Parts>...> pattern, const Parts&... parts)
{
    const fmt::string_view text = pattern;
    return Sentence(std::string_view(text.data(), text.size()), {partOf(parts)...});
}

} // namespace moldau::compose
