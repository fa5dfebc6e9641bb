#pragma once

#include <span>
#include <string_view>

namespace moldau::client {

/** What becomes of one property of the Java client. */
struct PropertyRule {
    enum class Fate : std::uint8_t {
        Pass, ///< librdkafka has it, by `target` when that isn't empty
        Ignore, ///< no effect outside Java
        Refuse, ///< an error; `target` says what to do
        Special, ///< translated by hand
    };
    enum class Scope : std::uint8_t { Common, Producer, Consumer };

    std::string_view name;
    Fate fate = Fate::Pass;
    Scope scope = Scope::Common;
    std::string_view target = {};
};

std::span<const PropertyRule> propertyRules();
const PropertyRule* findPropertyRule(std::string_view name);

} // namespace moldau::client
