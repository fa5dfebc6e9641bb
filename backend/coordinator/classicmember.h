#pragma once

#include "base/bytes.h"
#include "coordinator/effects.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace moldau::coordinator {

/** An assignor that a member can use, with its subscription in that assignor's words. */
struct MemberProtocol {
    std::string name;
    Bytes metadata;

    bool operator==(const MemberProtocol&) const = default;
};

/** A request that a member waits in. */
struct WaitingRequest {
    RequestToken request;
    std::int16_t apiVersion = 0;
};

/** One member of a classic group. Owned by its ClassicGroup. */
struct ClassicMember {
    std::string id;
    std::optional<std::string> instanceId; ///< static members have one
    std::string clientId;
    std::string clientHost;
    std::int32_t rebalanceTimeoutMs = 0;
    std::int32_t sessionTimeoutMs = 0;
    std::vector<MemberProtocol> protocols; ///< what it prefers first
    Bytes assignment;
    std::uint64_t order = 0; ///< rises with each member that joined the group
    bool isNew = false; ///< hasn't been through a rebalance, so its client doesn't know its id
    std::optional<WaitingRequest> join; ///< waits for the end of the join phase
    std::optional<WaitingRequest> sync; ///< waits for the leader's assignment

    /** Whether a member whose session time is up may stay, because it waits for us. */
    bool isExcused() const { return !isNew && (join || sync); }
    /** nullptr when the member doesn't know the protocol. */
    const Bytes* metadataFor(const std::string& protocol) const
    {
        for (const MemberProtocol& known : protocols) {
            if (known.name == protocol)
                return &known.metadata;
        }
        return nullptr;
    }
};

} // namespace moldau::coordinator
