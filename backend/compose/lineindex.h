#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace moldau::compose {

/** A place in a text as editors count: lines and columns from 1, columns in characters. */
struct Position {
    int line = 0;
    int column = 0;

    bool operator==(const Position&) const = default;
    auto operator<=>(const Position&) const = default;
};

/** Where the lines of a text begin. The text outlives the index. */
class LineIndex {
public:
    explicit LineIndex(std::string_view text);

    /** Of a byte; of the end for anything behind it. */
    Position positionOf(std::size_t offset) const;
    int lineCount() const { return static_cast<int>(m_starts.size()); }
    /** The first byte of a line that exists, counted from 1. */
    std::size_t startOf(int line) const { return m_starts[static_cast<std::size_t>(line - 1)]; }
    /** A line without its end. */
    std::string_view lineAt(int line) const;

private:
    std::string_view m_text;
    std::vector<std::size_t> m_starts;
};

} // namespace moldau::compose
