#pragma once

#include "compose/finding.h"
#include "compose/yamlnode.h"

namespace moldau::compose {

/** Collects findings about one text, which outlives the list. */
class FindingList {
public:
    explicit FindingList(std::string_view text)
        : m_text(text)
        , m_lines(text)
    {
    }

    /** The new finding, to which a fix may be given. It stays valid until the next add(). */
    Finding& add(std::size_t offset, Severity severity, std::string_view code, Sentence message);
    Finding& add(const YamlPtr& node, Severity severity, std::string_view code, Sentence message)
    {
        return add(node != nullptr ? node->offset : 0, severity, code, std::move(message));
    }

    std::string_view text() const { return m_text; }
    const LineIndex& lines() const { return m_lines; }
    std::vector<Finding> take() { return std::move(m_findings); }

private:
    std::string_view m_text;
    LineIndex m_lines;
    std::vector<Finding> m_findings;
};

} // namespace moldau::compose
