#pragma once

#include "compose/lineindex.h"
#include "compose/sentence.h"

#include <string>
#include <vector>

namespace moldau::compose {

enum class Severity { Error, Warning, Hint };

std::string_view nameOf(Severity severity);

/** Replaces `length` bytes at `offset`; length 0 inserts. */
struct TextEdit {
    std::size_t offset = 0;
    std::size_t length = 0;
    std::string text;

    bool operator==(const TextEdit&) const = default;
};

/** One thing that the doctor has to say about a compose file. Codes are listed in README.md. */
struct Finding {
    Position position;
    Severity severity = Severity::Error;
    std::string code;
    Sentence message;
    Sentence fix; ///< what to do, or empty
    std::vector<TextEdit> edits; ///< how to do it without a person, or empty
};

/** `text` after the edits. Of two that overlap the earlier in the vector wins. */
std::string applyEdits(std::string_view text, std::vector<TextEdit> edits);

/** One line each: "FILE:LINE:COLUMN: error CODE: text (fix: …)". */
std::string toText(const std::vector<Finding>& findings, std::string_view fileName);

/** [{line, column, severity, code, message, fix}]; fix is null where there is none. */
std::string toJson(const std::vector<Finding>& findings);

} // namespace moldau::compose
