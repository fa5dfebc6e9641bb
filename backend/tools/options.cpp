#include "tools/options.h"

#include "tools/spelling.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>

namespace moldau::tools {

namespace {

using Argument = OptionSpec::Argument;
using Type = OptionSpec::Type;

bool isNumber(std::string_view text, Type type)
{
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool isWhole = error == std::errc{} && end == text.data() + text.size();
    const bool fits = type == Type::Long
        || (value >= std::numeric_limits<std::int32_t>::min()
            && value <= std::numeric_limits<std::int32_t>::max());
    return isWhole && fits;
}

/** Options that Kafka 4 no longer has, and what to write instead. */
std::string_view newWordsFor(std::string_view name)
{
    if (name == "zookeeper")
        return "Kafka 4 has no ZooKeeper: give a broker by --bootstrap-server.";
    if (name == "new-consumer")
        return "Kafka 4 has only the new consumer; leave the option out.";
    return {};
}

} // namespace

std::optional<std::string> Options::find(std::string_view name) const
{
    const auto given = m_values.find(name);
    if (given != m_values.end() && !given->second.empty())
        return given->second.back();
    const auto byDefault = m_defaults.find(name);
    return byDefault == m_defaults.end() ? std::nullopt : std::optional(byDefault->second);
}

const std::vector<std::string>& Options::values(std::string_view name) const
{
    static const std::vector<std::string> none;
    const auto given = m_values.find(name);
    return given == m_values.end() ? none : given->second;
}

std::optional<std::int64_t> Options::number(std::string_view name) const
{
    const auto text = find(name);
    if (!text)
        return std::nullopt;
    std::int64_t value = 0;
    std::from_chars(text->data(), text->data() + text->size(), value);
    return value;
}

std::size_t Options::count(std::initializer_list<std::string_view> names) const
{
    return static_cast<std::size_t>(
        std::ranges::count_if(names, [this](std::string_view name) { return has(name); }));
}

/** One pass over the arguments. */
class OptionParser {
public:
    OptionParser(std::span<const OptionSpec> specs, std::span<const std::string> args)
        : m_specs(specs)
        , m_args(args)
    {
    }

    Result<Options> run()
    {
        for (const OptionSpec& spec : m_specs) {
            if (!spec.defaultValue.empty())
                m_options.m_defaults.emplace(spec.name, spec.defaultValue);
        }
        while (m_next < m_args.size()) {
            const std::string_view token = m_args[m_next++];
            if (token == "--")
                break;
            if (!token.starts_with("-") || token == "-")
                continue; // Kafka's tools pass over what is no option
            if (auto taken = takeOption(token.substr(token.starts_with("--") ? 2 : 1)); !taken)
                return fail(taken.error());
        }
        return std::move(m_options);
    }

private:
    Result<void> takeOption(std::string_view token)
    {
        const auto equals = token.find('=');
        const std::string_view name = token.substr(0, equals);
        const OptionSpec* spec = specFor(name);
        if (spec == nullptr)
            return fail(ErrorCode::LocalInvalidArgument, unrecognized(name));
        std::optional<std::string> value;
        if (equals != std::string_view::npos)
            value = token.substr(equals + 1);
        else if (spec->argument == Argument::Required && m_next < m_args.size())
            value = m_args[m_next++];
        else if (spec->argument == Argument::Optional && m_next < m_args.size()
            && !m_args[m_next].starts_with("-"))
            value = m_args[m_next++];
        return keep(*spec, std::move(value));
    }

    Result<void> keep(const OptionSpec& spec, std::optional<std::string> value)
    {
        if (spec.argument == Argument::Required && !value)
            return fail(ErrorCode::LocalInvalidArgument,
                fmt::format("Option {} requires an argument", spec.name));
        auto& values = m_options.m_values[std::string(spec.name)];
        if (spec.argument == Argument::None || !value)
            return {};
        if (spec.type != Type::Text && !isNumber(*value, spec.type))
            return fail(ErrorCode::LocalParseError,
                fmt::format("Cannot parse argument '{}' of option {}", *value, spec.name));
        if (!spec.isList && !values.empty())
            return fail(ErrorCode::LocalInvalidArgument,
                fmt::format("Found multiple arguments for option {}, but you asked for only one",
                    spec.name));
        values.push_back(std::move(*value));
        return {};
    }

    const OptionSpec* specFor(std::string_view name)
    {
        if (const OptionSpec* exact = exactSpec(name))
            return exact;
        if (name == "broker-list" && exactSpec("bootstrap-server") != nullptr) {
            m_options.m_notes.emplace_back(
                "Note: Kafka 4 calls --broker-list --bootstrap-server; it is taken as that.");
            return exactSpec("bootstrap-server");
        }
        const OptionSpec* only = nullptr;
        for (const OptionSpec& spec : m_specs) {
            if (name.size() < 3 || !spec.name.starts_with(name))
                continue;
            if (only != nullptr)
                return nullptr;
            only = &spec;
        }
        if (only != nullptr)
            m_options.m_notes.push_back(fmt::format(
                "Note: --{} is taken as --{}; Apache Kafka's own tool wants the whole name.", name,
                only->name));
        return only;
    }

    const OptionSpec* exactSpec(std::string_view name) const
    {
        const auto exact = std::ranges::find(m_specs, name, &OptionSpec::name);
        return exact == m_specs.end() ? nullptr : &*exact;
    }

    std::string unrecognized(std::string_view name) const
    {
        std::string message = fmt::format("{} is not a recognized option", name);
        std::vector<std::string_view> names;
        for (const OptionSpec& spec : m_specs)
            names.push_back(spec.name);
        const std::string_view meant = mostSimilar(name, names);
        if (const std::string_view words = newWordsFor(name); !words.empty())
            message += fmt::format("\n{}", words);
        else if (!meant.empty())
            message += fmt::format("\nDid you mean --{}?", meant);
        return message;
    }

    std::span<const OptionSpec> m_specs;
    std::span<const std::string> m_args;
    std::size_t m_next = 0;
    Options m_options;
};

Result<Options> parseOptions(std::span<const OptionSpec> specs, std::span<const std::string> args)
{
    return OptionParser(specs, args).run();
}

std::string helpOf(std::span<const OptionSpec> specs)
{
    std::vector<const OptionSpec*> sorted;
    for (const OptionSpec& spec : specs)
        sorted.push_back(&spec);
    std::ranges::sort(sorted, {}, [](const OptionSpec* spec) { return spec->name; });
    std::string text;
    for (const OptionSpec* spec : sorted) {
        std::string left = fmt::format("--{}", spec->name);
        if (spec->argument == Argument::Required)
            left += fmt::format(" <{}>", spec->valueName);
        else if (spec->argument == Argument::Optional)
            left += fmt::format(" [{}]", spec->valueName);
        text += left.size() > 32 ? fmt::format("  {}\n{:34}", left, "")
                                 : fmt::format("  {:<32}", left);
        text += spec->help;
        if (!spec->defaultValue.empty())
            text += fmt::format(" (default: {})", spec->defaultValue);
        text += '\n';
    }
    return text;
}

} // namespace moldau::tools
