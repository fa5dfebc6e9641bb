#pragma once

#include "base/result.h"
#include "client/properties.h"

#include <string>
#include <string_view>

namespace moldau::client {

/** What stands in sasl.jaas.config: the login module's class and its options. */
struct JaasConfig {
    std::string loginModule; ///< simple class name, ScramLoginModule
    Properties options;
};

/**
 * Reads `module required name="value" … ;`. The error says what is wrong without the values, since
 * one of them is a password.
 */
Result<JaasConfig> parseJaasConfig(std::string_view text);

} // namespace moldau::client
