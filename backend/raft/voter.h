#pragma once

#include "base/ids.h"
#include "base/transport.h"
#include "base/uuid.h"

#include <string>
#include <vector>

namespace moldau::raft {

/** A member of the quorum: its node, the directory that holds its log, and its addresses. */
struct Voter {
    struct Address {
        std::string listener; ///< "CONTROLLER"
        Endpoint endpoint;
    };

    BrokerId id = kNoBroker;
    Uuid directory; ///< zero for voters that are named by a setting (controller.quorum.voters)
    std::vector<Address> addresses;
};

} // namespace moldau::raft
