#include "compose/findinglist.h"

namespace moldau::compose {

Finding& FindingList::add(
    std::size_t offset, Severity severity, std::string_view code, Sentence message)
{
    Finding finding;
    finding.position = m_lines.positionOf(offset);
    finding.severity = severity;
    finding.code = code;
    finding.message = std::move(message);
    m_findings.push_back(std::move(finding));
    return m_findings.back();
}

} // namespace moldau::compose
