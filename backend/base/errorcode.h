#pragma once

#include <cstdint>
#include <string_view>

namespace moldau {

/**
 * Kafka's error codes as they stand on the wire (org.apache.kafka.common.protocol.Errors), and
 * local ones from 10,001 up, which never go on the wire.
 */
enum class ErrorCode : std::int16_t {
#define X(code, id, name, retriable, exception, explanation) id = code,
#include "base/errorcodes.inc"
#undef X
};

/** What is known of an error code; see errorcodes.inc. */
struct ErrorFacts {
    std::string_view name; ///< as Kafka writes it, NOT_LEADER_OR_FOLLOWER
    bool isRetriable; ///< Kafka's Java client would try again
    std::string_view exception; ///< simple name of the Java exception; empty for local codes
    std::string_view explanation; ///< one plain sentence for somebody who learns Kafka
};

/** Facts of any code; those of UNKNOWN_SERVER_ERROR for a number that Kafka doesn't know. */
const ErrorFacts& factsOf(ErrorCode code);

/** A number from the wire as a code; UnknownServerError when it is not one of Kafka's. */
ErrorCode errorFromWire(std::int16_t code);

/** A code for the wire; local codes become UNKNOWN_SERVER_ERROR. */
std::int16_t errorToWire(ErrorCode code);

} // namespace moldau
