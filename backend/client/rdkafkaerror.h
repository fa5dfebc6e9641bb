#pragma once

#include "base/result.h"

#include <librdkafka/rdkafka.h>

#include <string_view>

namespace moldau::client {

/** librdkafka's own codes become local ones; Kafka's stay what they are. */
ErrorCode codeOf(rd_kafka_resp_err_t error);

/**
 * The error in plain words with what to do about it. `reason` is librdkafka's text; what isn't
 * recognised is passed on as it is.
 */
Error explain(rd_kafka_resp_err_t error, std::string_view reason);

} // namespace moldau::client
