#pragma once

#include "base/result.h"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace moldau::tools {

/** One option of a tool. Texts live as long as the program. */
struct OptionSpec {
    enum class Argument : std::uint8_t { None, Required, Optional };
    enum class Type : std::uint8_t { Text, Int, Long };

    std::string_view name; ///< without the dashes
    Argument argument = Argument::None;
    std::string_view valueName = {}; ///< for the help
    std::string_view help = {};
    Type type = Type::Text;
    bool isList = false; ///< may be given several times
    std::string_view defaultValue = {};
};

/** What was given on a command line. */
class Options {
public:
    bool has(std::string_view name) const { return m_values.contains(name); }
    /** The value that was given, else the default, else none. */
    std::optional<std::string> find(std::string_view name) const;
    /** As find(), empty where there is none. */
    std::string value(std::string_view name) const { return find(name).value_or(""); }
    const std::vector<std::string>& values(std::string_view name) const;
    /** Of an option that takes a number. */
    std::optional<std::int64_t> number(std::string_view name) const;
    /** Remarks for the user, to be written to standard error. */
    const std::vector<std::string>& notes() const { return m_notes; }
    /** How many of these were given. */
    std::size_t count(std::initializer_list<std::string_view> names) const;

private:
    friend class OptionParser;
    std::map<std::string, std::vector<std::string>, std::less<>> m_values;
    std::map<std::string, std::string, std::less<>> m_defaults;
    std::vector<std::string> m_notes;
};

/**
 * Reads arguments as Kafka's tools do: --name value, --name=value, anything else passed over; an
 * unambiguous beginning of a name is taken with a note. Errors have the words of Kafka's tools,
 * followed by a "did you mean" where one helps. LocalParseError is a number that isn't one.
 */
Result<Options> parseOptions(std::span<const OptionSpec> specs, std::span<const std::string> args);

/** The table of options that --help shows. */
std::string helpOf(std::span<const OptionSpec> specs);

} // namespace moldau::tools
