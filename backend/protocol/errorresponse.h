#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "protocol/apikeys.h"
#include "protocol/writer.h"

#include <cstdint>

namespace moldau::protocol {

/**
 * Writes the answer that says `error` to a whole request, without its header: for each thing that
 * the request names where the API has an error for each, as the getErrorResponse() of Kafka's
 * requests does it. LocalUnsupported for a request that gets no answer (acks=0) or an API that has
 * no place for an error, LocalCorruptData for a body that does not parse.
 */
Result<void> writeErrorResponse(
    Writer& out, ApiKey api, std::int16_t version, BytesView body, ErrorCode error);

/** Whether requests of this API can be answered with an error. */
bool hasErrorResponse(ApiKey api);

} // namespace moldau::protocol
