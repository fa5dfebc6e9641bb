#pragma once

#include <QString>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace moldau::widgets {

enum class JsonKind : std::uint8_t { Object, Array, String, Number, True, False, Null };

/**
 * One JSON text taken apart without changing a byte: numbers stay the text that was sent, so that
 * 9007199254740993 is shown as 9007199254740993; keys keep their order, also when one comes twice.
 * RFC 8259, nothing more lenient. A value type; reading it needs no lock.
 */
class JsonText {
public:
    static constexpr int kMaxDepth = 512;

    struct Node {
        std::uint32_t begin = 0; ///< of the value in text()
        std::uint32_t length = 0;
        std::uint32_t keyBegin
            = 0; ///< of the key's inside, without quotes; length 0 and begin 0 where there is none
        std::uint32_t keyLength = 0;
        std::int32_t parent = -1;
        std::int32_t firstChild = -1;
        std::int32_t next = -1; ///< next sibling
        std::int32_t childCount = 0;
        JsonKind kind = JsonKind::Null;
    };

    /** Why a text isn't JSON, and at which byte. */
    struct Problem {
        std::size_t at = 0;
        const char* what = "";
    };

    /** Takes `text` apart; the old content is gone, memory is used again. False: see problem(). */
    bool parse(std::string_view text);

    const Problem& problem() const { return m_problem; }
    const std::string& text() const { return m_text; }
    /** Depth first; 0 is the root. */
    const std::vector<Node>& nodes() const { return m_nodes; }

    std::string_view raw(std::int32_t node) const { return part(at(node).begin, at(node).length); }
    std::string_view rawKey(std::int32_t node) const
    {
        return part(at(node).keyBegin, at(node).keyLength);
    }
    /** The key or string with its escapes resolved. */
    std::string key(std::int32_t node) const { return unescape(rawKey(node)); }
    std::string string(std::int32_t node) const;
    /** First child with that key, or -1. */
    std::int32_t child(std::int32_t object, std::string_view key) const;
    /** The child at that place, counted from the end when negative, or -1. */
    std::int32_t element(std::int32_t array, std::int64_t index) const;

    /** Indented by two spaces, one member a line, numbers as sent. */
    QString pretty() const;

    static std::string unescape(std::string_view inside);

private:
    class Parser;
    const Node& at(std::int32_t node) const { return m_nodes[static_cast<std::size_t>(node)]; }
    std::string_view part(std::uint32_t begin, std::uint32_t length) const
    {
        return std::string_view(m_text).substr(begin, length);
    }
    void writePretty(std::int32_t node, int depth, std::string& out) const;

    std::string m_text;
    std::vector<Node> m_nodes;
    Problem m_problem;
};

/** Compares two JSON numbers by value, exactly, whatever their size; negative, 0 or positive. */
int compareJsonNumbers(std::string_view left, std::string_view right);

/** True for a number that a double can't hold exactly, so that programs with doubles change it. */
bool exceedsDouble(std::string_view number);

} // namespace moldau::widgets
