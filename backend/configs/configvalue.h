#pragma once

#include "base/result.h"
#include "configs/configdefinition.h"

#include <string>
#include <variant>
#include <vector>

namespace moldau::configs {

/**
 * A setting's value in its type; null where Kafka's default is null. String holds classes and
 * passwords as well; Int, Short and Long are all 64 bits wide and were checked against their type.
 */
class ConfigValue {
public:
    using List = std::vector<std::string>;

    ConfigValue() = default;
    explicit ConfigValue(bool value)
        : m_value(value)
    {
    }
    explicit ConfigValue(std::int64_t value)
        : m_value(value)
    {
    }
    explicit ConfigValue(double value)
        : m_value(value)
    {
    }
    explicit ConfigValue(std::string value)
        : m_value(std::move(value))
    {
    }
    explicit ConfigValue(List value)
        : m_value(std::move(value))
    {
    }

    bool isNull() const { return std::holds_alternative<std::monostate>(m_value); }
    // Each is for a value of that kind only.
    bool toBool() const { return std::get<bool>(m_value); }
    std::int64_t toInt() const { return std::get<std::int64_t>(m_value); }
    double toDouble() const { return std::get<double>(m_value); }
    const std::string& toString() const& { return std::get<std::string>(m_value); }
    const List& toList() const& { return std::get<List>(m_value); }
    // By value from a temporary: `for (const auto& each : config.value(…).toList())` is safe.
    std::string toString() && { return std::get<std::string>(std::move(m_value)); }
    List toList() && { return std::get<List>(std::move(m_value)); }

    /** As Kafka shows it: lists joined by commas, doubles as Java prints them; null is "". */
    std::string text() const;

    bool operator==(const ConfigValue&) const = default;

private:
    std::variant<std::monostate, bool, std::int64_t, double, std::string, List> m_value;
};

/**
 * Reads a value as Kafka does (trimmed, numbers as Java reads them) and checks its rule.
 * InvalidConfig with the text of Kafka's ConfigException; a password never appears in it.
 * `shownName` is the name that a message uses where it isn't the definition's own.
 */
Result<ConfigValue> parseValue(
    const ConfigDefinition& definition, std::string_view text, std::string_view shownName = {});

/** The default in its type; null when there is none. */
ConfigValue defaultOf(const ConfigDefinition& definition);

/** A double as Java's Double.toString prints it: 0.5, 1.0, 1.7976931348623157E308. */
std::string javaDouble(double value);

/** Without the characters up to U+0020 at both ends, as Java's String.trim. */
std::string_view trimmed(std::string_view text);

/** The parts between commas, trimmed; nothing for an empty text. */
std::vector<std::string> splitList(std::string_view text);

} // namespace moldau::configs
