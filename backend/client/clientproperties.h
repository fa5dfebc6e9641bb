#pragma once

#include "base/result.h"
#include "client/properties.h"

#include <string>
#include <string_view>
#include <vector>

namespace moldau::client {

/** The librdkafka settings that a properties text stands for. Holds secrets: never log its values.
 */
struct ClientConfig {
    std::string bootstrap; ///< "host:port,host:port"
    Properties common; ///< for every handle
    Properties producer; ///< for producers only
    Properties consumer; ///< for consumers only
    std::vector<std::string> warnings; ///< names that were passed over, in sentences
};

/**
 * Takes names of Apache Kafka's Java client and of librdkafka alike. What would change security or
 * meaning and can't be served is an error that says what to write instead; what only Java programs
 * need (serializers, metric reporters) is passed over. Reads the trust store that is named.
 */
Result<ClientConfig> toClientConfig(const Properties& properties);

/** The known name that `name` was probably meant to be, or empty. */
std::string similarPropertyName(std::string_view name);

} // namespace moldau::client
