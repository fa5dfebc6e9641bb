#pragma once

#include "base/eventloop.h"
#include "controller/metadatarecord.h"

#include <cstdint>
#include <string>
#include <vector>

namespace moldau::controller {

/** What a decision may depend on beyond the request and the state. */
struct RequestContext {
    Duration now{}; ///< EventLoop::now()
    std::int64_t nextOffset = 0; ///< of the first record that the decision may append
    std::int16_t version = 0; ///< of the request
};

/** Records that one decision appends as a whole or not at all. */
using Records = std::vector<MetadataRecord>;

/** A decision: first its records are committed, then its response leaves. */
template <class Response> struct Effect {
    Records records;
    Response response;
    std::string reason; ///< why leaders and ISRs change, in a few words for people
};

/** A decision that nobody waits for. */
template <> struct Effect<void> {
    Records records;
    std::string reason;
};

/** Kafka's limit of records that one request of a user may cause. */
constexpr std::size_t kMaxRecordsPerRequest = 10'000;

} // namespace moldau::controller
