#pragma once

#include <cstdint>
#include <string_view>

namespace moldau::raft {

/** What a voter is to the quorum, in KRaft's words. */
enum class Role : std::uint8_t {
    Unattached, ///< knows no leader
    Prospective, ///< asks whether it would be elected, in the epoch that it has
    Candidate, ///< asks for votes in a new epoch
    Leader,
    Follower,
    Resigned, ///< was the leader and has let go
};

/** "Leader", as tools and the window show it. */
std::string_view nameOf(Role role);

} // namespace moldau::raft
