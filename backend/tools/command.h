#pragma once

#include "tools/options.h"
#include "tools/toolio.h"

#include <fmt/format.h>

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace moldau::tools {

/** What --help and wrong usage are answered with. Texts live as long as the program. */
struct Command {
    std::string_view name;
    std::string_view purpose;
    std::span<const OptionSpec> options;
};

/** The options of every tool, for its table: --help, --version. */
inline constexpr OptionSpec kHelpOption{"help", OptionSpec::Argument::None, {}, "Shows this text."};
inline constexpr OptionSpec kVersionOption{
    "version", OptionSpec::Argument::None, {}, "Shows which Kafka's options and output these are."};

/** Kafka's words where an option and its older name are both given, else empty. */
inline std::string problemOfBothNames(const Options& options,
    std::initializer_list<std::pair<std::string_view, std::string_view>> pairs)
{
    for (const auto& [first, second] : pairs) {
        if (options.has(first) && options.has(second))
            return fmt::format(
                "Options --{} and --{} cannot be specified together.", first, second);
    }
    return {};
}

/** Wrong usage: the message, then where help is. Always 1, the exit status. */
inline int usageError(const Command& command, ToolIo& io, std::string_view message)
{
    io.err(fmt::format("{}\n{} --help shows the options.\n", message, command.name));
    return 1;
}

/** Notes, --help and --version; the exit status when that was all. Nothing at all shows the help,
 * too. */
inline std::optional<int> beginCommand(
    const Command& command, const Options& options, ToolIo& io, bool hasArguments)
{
    if (!hasArguments) {
        io.err(fmt::format("{}\n\n{}", command.purpose, helpOf(command.options)));
        return 1;
    }
    for (const std::string& note : options.notes())
        io.err(note + "\n");
    if (options.has("help")) {
        io.out(fmt::format("{}\n\n{}", command.purpose, helpOf(command.options)));
        return 0;
    }
    if (options.has("version")) {
        io.out("4.3.1 (Moldau)\n");
        return 0;
    }
    return std::nullopt;
}

/** "Missing required argument" for the first of `names` that wasn't given, else empty. */
inline std::string missingOf(const Options& options, std::initializer_list<std::string_view> names)
{
    for (const std::string_view name : names) {
        if (!options.has(name))
            return fmt::format("Missing required argument \"[{}]\"", name);
    }
    return {};
}

/** An option under an older name, which Kafka's tools still take. */
struct RenamedOption {
    std::string_view old;
    std::string_view current;
};

/** Kafka's words for each older name that was used, from "--NAME is deprecated" on. */
inline std::vector<std::string> oldNamesOf(
    const Options& options, std::span<const RenamedOption> renamed)
{
    std::vector<std::string> notes;
    for (const auto& [old, current] : renamed) {
        if (options.has(old))
            notes.push_back(fmt::format("--{} is deprecated and will be removed in a future "
                                        "version. Use --{} instead.",
                old, current));
    }
    return notes;
}

/** The value of an option, else of its older name; empty when neither was given. */
inline std::string firstGiven(
    const Options& options, std::string_view name, std::string_view oldName)
{
    return options.has(name) ? options.value(name) : options.value(oldName);
}

/** A message when `used` was given together with one of `others`, else empty. */
inline std::string conflictOf(
    const Options& options, std::string_view used, const std::vector<std::string_view>& others)
{
    for (const std::string_view other : others) {
        if (options.has(used) && options.has(other))
            return fmt::format("Option \"[{}]\" can't be used with option \"[{}]\"", used, other);
    }
    return {};
}

} // namespace moldau::tools
