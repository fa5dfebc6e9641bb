#include "raft/role.h"

namespace moldau::raft {

std::string_view nameOf(Role role)
{
    switch (role) {
    case Role::Unattached:
        return "Unattached";
    case Role::Prospective:
        return "Prospective";
    case Role::Candidate:
        return "Candidate";
    case Role::Leader:
        return "Leader";
    case Role::Follower:
        return "Follower";
    case Role::Resigned:
        return "Resigned";
    }
    return {};
}

} // namespace moldau::raft
