#include "configs/configvalue.h"

#include "configs/isoduration.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace moldau::configs {

namespace {

/** Where a value is being read; makes Kafka's messages. */
struct Reading {
    const ConfigDefinition& definition;
    std::string_view name;

    tl::unexpected<Error> invalid(std::string_view value, std::string_view why) const
    {
        return fail(ErrorCode::InvalidConfig,
            fmt::format("Invalid value {} for configuration {}: {}", value, name, why));
    }
};

bool equalsIgnoringCase(std::string_view a, std::string_view b)
{
    return std::ranges::equal(a, b, [](char x, char y) {
        return std::tolower(static_cast<unsigned char>(x))
            == std::tolower(static_cast<unsigned char>(y));
    });
}

/** Java's Integer.parseInt and Long.parseLong: a sign and digits, nothing else. */
std::optional<std::int64_t> javaInteger(std::string_view text, std::int64_t min, std::int64_t max)
{
    if (text.starts_with('+')) {
        text.remove_prefix(1);
        if (text.starts_with('-'))
            return std::nullopt;
    }
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < min || value > max)
        return std::nullopt;
    return value;
}

/** Java's Double.parseDouble without its hexadecimal form. */
std::optional<double> javaDoubleFrom(std::string_view text)
{
    if (text.empty())
        return std::nullopt;
    std::string_view digits = text;
    if (digits.starts_with('+'))
        digits.remove_prefix(1);
    const std::string_view unsignedText = digits.starts_with('-') ? digits.substr(1) : digits;
    const double sign = digits.starts_with('-') ? -1.0 : 1.0;
    if (unsignedText == "NaN")
        return std::nan("");
    if (unsignedText == "Infinity")
        return sign * std::numeric_limits<double>::infinity();
    if (unsignedText.empty()
        || (!std::isdigit(static_cast<unsigned char>(unsignedText.front()))
            && unsignedText.front() != '.'))
        return std::nullopt;
    if (std::string_view("fFdD").find(digits.back()) != std::string_view::npos)
        digits.remove_suffix(1);
    double value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (end != digits.data() + digits.size() || error == std::errc::invalid_argument)
        return std::nullopt;
    if (error == std::errc::result_out_of_range) // Java goes to infinity or zero, as strtod does
        return std::strtod(std::string(digits).c_str(), nullptr);
    return value;
}

std::string bound(double value)
{
    return value == std::floor(value) ? fmt::format("{}", static_cast<std::int64_t>(value))
                                      : javaDouble(value);
}

Result<void> checkRange(const Reading& reading, double value, const std::string& shown)
{
    const ConfigRule& rule = reading.definition.rule;
    if (rule.kind != RuleKind::Range)
        return {};
    if (rule.isMinusOneAllowed) {
        if (value != -1 && (value < rule.min || value > rule.max))
            return reading.invalid(shown,
                fmt::format("Value must be between {} and {} or equal to -1", bound(rule.min),
                    bound(rule.max)));
        return {};
    }
    if (value < rule.min)
        return reading.invalid(shown, fmt::format("Value must be at least {}", bound(rule.min)));
    if (value > rule.max)
        return reading.invalid(
            shown, fmt::format("Value must be no more than {}", bound(rule.max)));
    return {};
}

Result<ConfigValue> readInteger(const Reading& reading, std::string_view text)
{
    const ConfigType type = reading.definition.type;
    using Int = std::numeric_limits<std::int32_t>;
    using Short = std::numeric_limits<std::int16_t>;
    using Long = std::numeric_limits<std::int64_t>;
    const std::int64_t min = type == ConfigType::Int ? Int::min()
        : type == ConfigType::Short                  ? Short::min()
                                                     : Long::min();
    const std::int64_t max = type == ConfigType::Int ? Int::max()
        : type == ConfigType::Short                  ? Short::max()
                                                     : Long::max();
    const auto value = javaInteger(trimmed(text), min, max);
    if (!value)
        return reading.invalid(text, fmt::format("Not a number of type {}", nameOf(type)));
    if (const auto checked
        = checkRange(reading, static_cast<double>(*value), std::to_string(*value));
        !checked)
        return fail(checked.error());
    return ConfigValue(*value);
}

Result<ConfigValue> readDouble(const Reading& reading, std::string_view text)
{
    const auto value = javaDoubleFrom(trimmed(text));
    if (!value)
        return reading.invalid(text, "Not a number of type DOUBLE");
    if (const auto checked = checkRange(reading, *value, javaDouble(*value)); !checked)
        return fail(checked.error());
    return ConfigValue(*value);
}

Result<ConfigValue> readString(const Reading& reading, std::string_view text)
{
    const ConfigRule& rule = reading.definition.rule;
    std::string value(trimmed(text));
    const auto isEqual = [&](std::string_view choice) {
        return rule.kind == RuleKind::OneOfAnyCase ? equalsIgnoringCase(choice, value)
                                                   : choice == value;
    };
    if (rule.kind == RuleKind::NotEmpty && value.empty())
        return reading.invalid(value, "String must be non-empty");
    if (rule.kind == RuleKind::OneOf || rule.kind == RuleKind::OneOfAnyCase) {
        if (!std::ranges::any_of(rule.choices, isEqual))
            return reading.invalid(value,
                fmt::format("String must be one of{}: {}",
                    rule.kind == RuleKind::OneOfAnyCase ? " (case insensitive)" : "",
                    fmt::join(rule.choices, ", ")));
    }
    if (rule.kind == RuleKind::OffsetReset && value != "latest" && value != "earliest"
        && !(value.starts_with("by_duration:")
            && isPositiveIsoDuration(std::string_view(value).substr(12))))
        return reading.invalid(value,
            fmt::format(
                "Invalid value `{}` for configuration {}. The value must be either 'earliest', "
                "'latest' or of the format 'by_duration:<PnDTnHnMn.nS>'.",
                value, reading.name));
    return ConfigValue(std::move(value));
}

bool isThrottledReplica(std::string_view text)
{
    const std::size_t colon = text.find(':');
    const auto isNumber = [](std::string_view part) {
        return !part.empty()
            && std::ranges::all_of(part, [](char c) { return c >= '0' && c <= '9'; });
    };
    return colon != std::string_view::npos && isNumber(text.substr(0, colon))
        && isNumber(text.substr(colon + 1));
}

Result<ConfigValue> readList(const Reading& reading, std::string_view text)
{
    const ConfigRule& rule = reading.definition.rule;
    const ConfigValue::List given = splitList(trimmed(text));
    if (rule.kind == RuleKind::ThrottledReplicas) {
        const bool isAll = given.size() == 1 && given.front() == "*";
        if (!isAll && !std::ranges::all_of(given, isThrottledReplica))
            return reading.invalid(fmt::format("[{}]", fmt::join(given, ", ")),
                fmt::format(
                    "{} must be the literal '*' or a list of replicas in the following format: "
                    "[partitionId]:[brokerId],[partitionId]:[brokerId],...",
                    reading.name));
        return ConfigValue(given);
    }
    if (given.empty() && !rule.canBeEmpty)
        return fail(ErrorCode::InvalidConfig,
            fmt::format("Configuration '{}' must not be empty. Valid values include: {}",
                reading.name,
                rule.choices.empty() ? std::string("any non-empty value")
                                     : fmt::format("[{}]", fmt::join(rule.choices, ", "))));
    ConfigValue::List values;
    for (const std::string& value : given) {
        if (value.empty())
            return fail(ErrorCode::InvalidConfig,
                fmt::format("Configuration '{}' values must not be empty.", reading.name));
        if (rule.kind == RuleKind::SomeOf
            && std::ranges::find(rule.choices, value) == rule.choices.end())
            return reading.invalid(
                value, fmt::format("String must be one of: {}", fmt::join(rule.choices, ", ")));
        if (std::ranges::find(values, value) == values.end())
            values.push_back(value);
    }
    return ConfigValue(std::move(values));
}

} // namespace

std::string_view trimmed(std::string_view text)
{
    const auto isSpace = [](char c) { return static_cast<unsigned char>(c) <= ' '; };
    while (!text.empty() && isSpace(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isSpace(text.back()))
        text.remove_suffix(1);
    return text;
}

std::vector<std::string> splitList(std::string_view text)
{
    std::vector<std::string> parts;
    if (trimmed(text).empty())
        return parts;
    for (std::size_t start = 0; start <= text.size();) {
        const std::size_t comma = std::min(text.find(',', start), text.size());
        parts.emplace_back(trimmed(text.substr(start, comma - start)));
        start = comma + 1;
    }
    return parts;
}

std::string javaDouble(double value)
{
    if (std::isnan(value))
        return "NaN";
    if (std::isinf(value))
        return value < 0 ? "-Infinity" : "Infinity";
    const double size = std::fabs(value);
    if (size == 0 || (size >= 1e-3 && size < 1e7)) {
        const std::string plain = fmt::format("{}", value);
        return plain.find('.') == std::string::npos ? plain + ".0" : plain;
    }
    char digits[64];
    const auto [end, error]
        = std::to_chars(digits, digits + sizeof digits, value, std::chars_format::scientific);
    const std::string_view text(digits, static_cast<std::size_t>(end - digits));
    const std::size_t e = text.find('e');
    std::string mantissa(text.substr(0, e));
    if (mantissa.find('.') == std::string::npos)
        mantissa += ".0";
    return fmt::format("{}E{}", mantissa, std::atoi(std::string(text.substr(e + 1)).c_str()));
}

std::string ConfigValue::text() const
{
    struct {
        std::string operator()(std::monostate) const { return {}; }
        std::string operator()(bool value) const { return value ? "true" : "false"; }
        std::string operator()(std::int64_t value) const { return std::to_string(value); }
        std::string operator()(double value) const { return javaDouble(value); }
        std::string operator()(const std::string& value) const { return value; }
        std::string operator()(const List& value) const
        {
            return fmt::format("{}", fmt::join(value, ","));
        }
    } const toText;
    return std::visit(toText, m_value);
}

Result<ConfigValue> parseValue(
    const ConfigDefinition& definition, std::string_view text, std::string_view shownName)
{
    const Reading reading{definition, shownName.empty() ? definition.name : shownName};
    switch (definition.type) {
    case ConfigType::Boolean:
        for (const bool value : {true, false})
            if (equalsIgnoringCase(trimmed(text), value ? "true" : "false"))
                return ConfigValue(value);
        return reading.invalid(text, "Expected value to be either true or false");
    case ConfigType::Int:
    case ConfigType::Short:
    case ConfigType::Long:
        return readInteger(reading, text);
    case ConfigType::Double:
        return readDouble(reading, text);
    case ConfigType::List:
        return readList(reading, text);
    case ConfigType::Password:
        return ConfigValue(std::string(trimmed(text)));
    case ConfigType::String:
    case ConfigType::Class:
    case ConfigType::Unknown:
        break;
    }
    return readString(reading, text);
}

ConfigValue defaultOf(const ConfigDefinition& definition)
{
    if (definition.defaultKind != DefaultKind::Value)
        return {};
    // Some of Kafka's defaults lie outside their own rule (an empty list of required ones).
    ConfigDefinition lenient = definition;
    lenient.rule = {};
    return parseValue(lenient, definition.defaultText).value_or(ConfigValue());
}

} // namespace moldau::configs
