#include "compose/tabs.h"

#include <algorithm>
#include <optional>

namespace moldau::compose {

namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

std::size_t columnsOf(std::string_view blanks)
{
    return withoutTabs(blanks, 0, 8).size();
}

/**
 * Follows YAML just far enough to know, at the start of a line, whether a text, a pair of
 * brackets or a block text goes on there.
 */
class Scanner {
public:
    explicit Scanner(std::string_view text)
        : m_text(text)
    {
    }

    std::vector<TabbedIndent> scan()
    {
        for (std::size_t start = 0; start < m_text.size();) {
            const std::size_t end = std::min(m_text.find('\n', start), m_text.size());
            scanLine(start, end);
            start = end + 1;
        }
        return std::move(m_found);
    }

private:
    void scanLine(std::size_t start, std::size_t end)
    {
        std::size_t at = start;
        if (m_quote != 0 || m_depth > 0) {
            scanContent(start, at, end);
            return;
        }
        while (at < end && isBlank(m_text[at]))
            ++at;
        if (at == end || m_text[at] == '\r')
            return;
        const std::string_view blanks = m_text.substr(start, at - start);
        if (m_blockColumns && columnsOf(blanks) > *m_blockColumns) {
            // Only blanks up to the parent's column are indentation; what follows is text.
            const std::size_t spaces = std::min(blanks.find_first_not_of(' '), blanks.size());
            if (spaces <= *m_blockColumns && spaces < blanks.size())
                report(start, start, at);
            return;
        }
        m_blockColumns.reset();
        report(start, start, at);
        at = skipDashes(start, at, end);
        m_lineColumns = columnsOf(blanks);
        scanContent(start, at, end);
    }

    /** Blanks behind the dashes of "- - key: value" are indentation as well. */
    std::size_t skipDashes(std::size_t lineStart, std::size_t at, std::size_t end)
    {
        while (at + 1 < end && m_text[at] == '-' && isBlank(m_text[at + 1])) {
            const std::size_t begin = at + 1;
            at = begin;
            while (at < end && isBlank(m_text[at]))
                ++at;
            report(lineStart, begin, at);
        }
        return at;
    }

    void report(std::size_t lineStart, std::size_t begin, std::size_t end)
    {
        const std::size_t tab = m_text.substr(begin, end - begin).find('\t');
        if (tab != std::string_view::npos && lineStart <= begin)
            m_found.push_back({begin + tab, begin, end});
    }

    /** Reads one line's values: what stays open at its end, and whether a block text begins. */
    void scanContent(std::size_t lineStart, std::size_t at, std::size_t end)
    {
        bool isValueStart = true;
        for (; at < end; ++at) {
            const char c = m_text[at];
            if (m_quote != 0) {
                at = skipQuoted(at, end);
                continue;
            }
            if (c == '#' && (at == lineStart || isBlank(m_text[at - 1])))
                return;
            if (isBlank(c))
                continue;
            if ((c == '"' || c == '\'') && isValueStart) {
                m_quote = c;
                isValueStart = false;
            } else if ((c == '[' || c == '{') && (isValueStart || m_depth > 0)) {
                ++m_depth;
                isValueStart = true;
            } else if ((c == ']' || c == '}') && m_depth > 0) {
                --m_depth;
                isValueStart = false;
            } else if (c == ',' && m_depth > 0) {
                isValueStart = true;
            } else if (c == ':'
                && (at + 1 == end || isBlank(m_text[at + 1]) || m_text[at + 1] == '\r')) {
                isValueStart = true;
            } else if ((c == '|' || c == '>') && isValueStart && m_depth == 0) {
                m_blockColumns = m_lineColumns;
                return;
            } else if ((c == '&' || c == '!') && isValueStart) {
                while (at + 1 < end && !isBlank(m_text[at + 1]))
                    ++at;
            } else {
                isValueStart = false;
            }
        }
    }

    /** The last byte of the quoted text that goes on at `at`, or of the line. */
    std::size_t skipQuoted(std::size_t at, std::size_t end)
    {
        for (; at < end; ++at) {
            if (m_quote == '"' && m_text[at] == '\\') {
                ++at;
            } else if (m_text[at] == m_quote) {
                const bool isDoubled = m_quote == '\'' && at + 1 < end && m_text[at + 1] == '\'';
                if (!isDoubled) {
                    m_quote = 0;
                    return at;
                }
                ++at;
            }
        }
        return end;
    }

    std::string_view m_text;
    std::vector<TabbedIndent> m_found;
    char m_quote = 0; ///< of the text that is open, or 0
    int m_depth = 0; ///< of open brackets
    std::size_t m_lineColumns = 0; ///< indentation of the last line outside of a block text
    std::optional<std::size_t>
        m_blockColumns; ///< indentation of the line that began the block text
};

} // namespace

std::vector<TabbedIndent> findTabs(std::string_view text)
{
    return Scanner(text).scan();
}

std::string withoutTabs(std::string_view blanks, std::size_t column, std::size_t width)
{
    std::string spaces;
    for (const char c : blanks)
        spaces.append(c == '\t' ? width - (column + spaces.size()) % width : 1, ' ');
    return spaces;
}

} // namespace moldau::compose
