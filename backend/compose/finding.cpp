#include "compose/finding.h"

#include <iterator>
#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace moldau::compose {

std::string_view nameOf(Severity severity)
{
    switch (severity) {
    case Severity::Error:
        return "error";
    case Severity::Warning:
        return "warning";
    case Severity::Hint:
        return "hint";
    }
    return "";
}

std::string applyEdits(std::string_view text, std::vector<TextEdit> edits)
{
    std::map<std::size_t, TextEdit> kept; // by offset; they never overlap
    for (TextEdit& edit : edits) {
        const auto next = kept.lower_bound(edit.offset);
        const bool isInside
            = edit.offset <= text.size() && edit.length <= text.size() - edit.offset;
        const bool meetsNext = next != kept.end()
            && (next->first == edit.offset || next->first < edit.offset + edit.length);
        const auto before = next == kept.begin() ? kept.end() : std::prev(next);
        const bool meetsBefore
            = before != kept.end() && edit.offset < before->first + before->second.length;
        if (isInside && !meetsNext && !meetsBefore)
            kept.emplace(edit.offset, std::move(edit));
    }
    std::string result;
    std::size_t done = 0;
    for (const auto& [offset, edit] : kept) {
        result += text.substr(done, offset - done);
        result += edit.text;
        done = offset + edit.length;
    }
    result += text.substr(done);
    return result;
}

std::string toText(const std::vector<Finding>& findings, std::string_view fileName)
{
    std::string out;
    for (const Finding& finding : findings) {
        const std::string fix
            = finding.fix.isEmpty() ? std::string() : fmt::format(" (fix: {})", finding.fix.text());
        out += fmt::format("{}:{}:{}: {} {}: {}{}\n", fileName, finding.position.line,
            finding.position.column, nameOf(finding.severity), finding.code, finding.message.text(),
            fix);
    }
    return out;
}

std::string toJson(const std::vector<Finding>& findings)
{
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const Finding& finding : findings) {
        nlohmann::ordered_json entry;
        entry["line"] = finding.position.line;
        entry["column"] = finding.position.column;
        entry["severity"] = nameOf(finding.severity);
        entry["code"] = finding.code;
        entry["message"] = finding.message.text();
        entry["fix"] = finding.fix.isEmpty() ? nlohmann::ordered_json(nullptr)
                                             : nlohmann::ordered_json(finding.fix.text());
        list.push_back(std::move(entry));
    }
    return list.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

} // namespace moldau::compose
