#pragma once

#include "base/errorcode.h"
#include "base/ids.h"
#include "base/result.h"
#include "protocol/apikeys.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace moldau::faults {

enum class FaultAction : std::uint8_t {
    Error, ///< a request is answered with an error instead of being handled
    Delay, ///< a request or the bytes of a link come later
    Drop, ///< a request is never handled nor answered; bytes of a link are lost
    Duplicate, ///< a request is handled twice
    Close, ///< connections end
    Cut, ///< a link lets nothing through until it is whole again
    DiskFull, ///< a broker's disk has no room left
};

/** "error", "delay", … as `moldauctl fault` and its JSON have them. */
std::string_view nameOf(FaultAction action);
std::optional<FaultAction> faultActionOf(std::string_view name);

/** Two nodes that talk to each other; the order means nothing. */
struct FaultLink {
    BrokerId one = kNoBroker;
    BrokerId other = kNoBroker;

    bool isBetween(BrokerId a, BrokerId b) const
    {
        return (one == a && other == b) || (one == b && other == a);
    }
    bool operator==(const FaultLink&) const = default;
};

/**
 * Something that goes wrong on purpose: to which requests, over which link or on which disk, what,
 * and how often. A plain value; what the actions mean stands in README.md. Conditions that are not
 * set are always met.
 */
struct FaultRule {
    std::optional<protocol::ApiKey> api;
    BrokerId broker = kNoBroker; ///< the node that is asked, or whose disk is full
    std::string client; ///< of client ids, with `*` and `?`; empty: any but the cluster's own nodes
    std::string topic; ///< that the request names
    std::optional<FaultLink> link;

    FaultAction action = FaultAction::Error;
    ErrorCode error = ErrorCode::None; ///< of FaultAction::Error
    std::chrono::milliseconds delay{0}; ///< of FaultAction::Delay

    std::uint64_t count = 0; ///< strikes at most; 0: always
    std::uint64_t after = 0; ///< what fits is spared so many times first

    bool operator==(const FaultRule&) const = default;
};

/** LocalInvalidArgument, in words for the user, for a rule that makes no sense. */
Result<void> check(const FaultRule& rule);

/** The rule as a sentence: "Produce by billing-* on broker 2: delay 500 ms". */
std::string toText(const FaultRule& rule);

/** Whether `text` fits a pattern in which `*` stands for any letters and `?` for one. */
bool fitsGlob(std::string_view pattern, std::string_view text);

} // namespace moldau::faults
