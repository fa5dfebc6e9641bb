#include "compose/doctor.h"

#include "compose/doctor/examination.h"
#include "compose/tabs.h"

#include <algorithm>
#include <array>
#include <climits>

#include <fmt/format.h>

namespace moldau::compose {

namespace {

void sortAndUnite(std::vector<Finding>& findings)
{
    std::ranges::stable_sort(findings, [](const Finding& a, const Finding& b) {
        return std::pair(a.position, a.severity) < std::pair(b.position, b.severity);
    });
    // Anchored nodes are examined once for each service that uses them.
    const auto isSame = [](const Finding& a, const Finding& b) {
        return a.position == b.position && a.code == b.code && a.message == b.message;
    };
    findings.erase(std::unique(findings.begin(), findings.end(), isSame), findings.end());
}

std::vector<Finding> examineWithoutTabs(std::string_view text, const ComposeContext& context)
{
    const ComposeFile file = readComposeFile(text, context);
    const ComposeProject project = projectOf(file);
    FindingList list(text);
    Examination examination(file, project, list);
    for (const auto check : {checkForm, checkCommands, checkVariables, checkStart, checkListeners,
             checkIds, checkReplication, checkCoordination, checkQuorum, checkClients})
        check(examination);
    std::vector<Finding> findings = file.findings;
    for (Finding& finding : list.take())
        findings.push_back(std::move(finding));
    sortAndUnite(findings);
    return findings;
}

/** The text with spaces for tabs, and where that moved columns. */
struct Expanded {
    struct Move {
        int line = 0;
        int begin = 0; ///< column of the first blank, in the new text
        int end = 0; ///< behind the last
        int longer = 0; ///< by how much the blanks grew
    };
    std::string text;
    std::vector<Move> moves;
    std::vector<TextEdit> edits; ///< one per tabbed place, in the old text

    /** A place of the new text in the old one. */
    Position oldPosition(Position position) const
    {
        int shift = 0;
        for (const Move& move : moves) {
            if (move.line == position.line && position.column >= move.end)
                shift += move.longer;
        }
        return {position.line, std::max(1, position.column - shift)};
    }
};

Expanded expand(std::string_view text, const std::vector<TabbedIndent>& tabs, std::size_t width)
{
    const LineIndex lines(text);
    Expanded expanded;
    int line = 0, grown = 0;
    for (const TabbedIndent& tab : tabs) {
        const Position begin = lines.positionOf(tab.begin);
        grown = begin.line == line ? grown : 0;
        line = begin.line;
        const int column = begin.column + grown;
        const std::string spaces = withoutTabs(text.substr(tab.begin, tab.end - tab.begin),
            static_cast<std::size_t>(column - 1), width);
        const int longer = static_cast<int>(spaces.size()) - static_cast<int>(tab.end - tab.begin);
        expanded.edits.push_back({tab.begin, tab.end - tab.begin, spaces});
        expanded.moves.push_back({line, column, column + static_cast<int>(spaces.size()), longer});
        grown += longer;
    }
    expanded.text = applyEdits(text, expanded.edits);
    return expanded;
}

/** The smallest indentation by spaces that the file has, or 2. */
std::size_t ownIndent(std::string_view text)
{
    const LineIndex lines(text);
    std::size_t smallest = 0;
    for (int number = 1; number <= lines.lineCount(); ++number) {
        const std::string_view line = lines.lineAt(number);
        const std::size_t indent = line.find_first_not_of(' ');
        const bool isIndented = indent != std::string_view::npos && indent > 0
            && line[indent] != '\t' && line[indent] != '#';
        if (isIndented && (smallest == 0 || indent < smallest))
            smallest = indent;
    }
    return smallest == 0 ? 2 : smallest;
}

std::size_t errorCount(const std::vector<Finding>& findings)
{
    return static_cast<std::size_t>(
        std::ranges::count(findings, Severity::Error, &Finding::severity));
}

/** With tabs of that many columns that make the most sense of the file. */
Expanded bestExpansion(
    std::string_view text, const std::vector<TabbedIndent>& tabs, const ComposeContext& context)
{
    Expanded best;
    std::size_t fewest = SIZE_MAX;
    for (const std::size_t width : std::array<std::size_t, 6>{ownIndent(text), 4, 2, 8, 3, 6}) {
        Expanded expanded = expand(text, tabs, width);
        const ComposeFile file = readComposeFile(expanded.text, context);
        // A text that isn't YAML has one error only, and hides all others.
        const std::size_t errors = file.root == nullptr ? SIZE_MAX - 1 : errorCount(file.findings);
        if (errors < fewest) {
            fewest = errors;
            best = std::move(expanded);
        }
    }
    return best;
}

std::vector<Finding> examineWithTabs(
    std::string_view text, const std::vector<TabbedIndent>& tabs, const ComposeContext& context)
{
    const Expanded expanded = bestExpansion(text, tabs, context);
    std::vector<Finding> findings;
    const LineIndex lines(text);
    for (std::size_t i = 0; i < tabs.size(); ++i) {
        Finding finding;
        finding.position = lines.positionOf(tabs[i].offset);
        finding.code = "MLD001";
        finding.message
            = say("tab in the indentation: YAML allows only spaces there (docker compose: "
                  "found character that cannot start any token)");
        finding.fix = say("write {} spaces", expanded.edits[i].text.size());
        finding.edits.push_back(expanded.edits[i]);
        findings.push_back(std::move(finding));
    }
    for (Finding& finding : examineWithoutTabs(expanded.text, context)) {
        finding.position = expanded.oldPosition(finding.position);
        finding.edits.clear(); // they belong to the text without tabs, which repairing makes first
        findings.push_back(std::move(finding));
    }
    sortAndUnite(findings);
    return findings;
}

} // namespace

bool Diagnosis::hasErrors() const
{
    return errorCount(findings) > 0;
}

Diagnosis examine(std::string_view text, const ComposeContext& context)
{
    const std::vector<TabbedIndent> tabs = findTabs(text);
    return {
        tabs.empty() ? examineWithoutTabs(text, context) : examineWithTabs(text, tabs, context)};
}

std::string repaired(std::string_view text, const ComposeContext& context)
{
    constexpr int kMostRounds = 30; // a repair may uncover the next mistake
    std::string result(text);
    std::vector<Finding> findings = examine(result, context).findings;
    for (int round = 0; round < kMostRounds; ++round) {
        std::vector<TextEdit> edits;
        for (const Finding& finding : findings) {
            if (finding.severity != Severity::Hint)
                edits.insert(edits.end(), finding.edits.begin(), finding.edits.end());
        }
        std::string next = applyEdits(result, std::move(edits));
        if (next == result)
            return result;
        std::vector<Finding> after = examine(next, context).findings;
        const bool isBroken = std::ranges::find(after, "MLD002", &Finding::code) != after.end()
            && std::ranges::find(findings, "MLD002", &Finding::code) == findings.end();
        if (isBroken)
            return result;
        result = std::move(next);
        findings = std::move(after);
    }
    return std::string(text); // repairs that undo each other help nobody
}

} // namespace moldau::compose
