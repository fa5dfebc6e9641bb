#pragma once

#include "tools/toolio.h"

#include <span>
#include <string>
#include <string_view>

namespace moldau::tools {

/** One of Kafka's command line tools. Lives as long as the program. */
struct Tool {
    std::string_view name; ///< "kafka-topics"
    std::string_view summary; ///< one sentence
    /** `args` without the tool's name. Blocks until it is done or stopped; the exit status. */
    int (*run)(std::span<const std::string> args, ToolIo& io);
};

std::span<const Tool> allTools();
/** By name, also with ".sh" at its end or with a folder in front; nullptr for an unknown one. */
const Tool* findTool(std::string_view name);
/** The tool that a misspelt name probably means, or nullptr. */
const Tool* similarTool(std::string_view name);

/**
 * Runs args[0] with the other arguments. Status 0 done, 1 failed or wrong usage, as Kafka's tools
 * have it; 127 for an unknown tool, as a shell has it, after a "did you mean".
 */
int runTool(std::span<const std::string> args, ToolIo& io);

} // namespace moldau::tools
