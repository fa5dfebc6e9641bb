#pragma once

#include "base/filesystem.h"
#include "base/ids.h"
#include "base/uuid.h"

#include <optional>

namespace moldau::raft {

/**
 * What a voter must remember of elections besides its log: the file `quorum-state` in the log's
 * directory, JSON as Apache Kafka writes it (version 1; version 0 is read, too).
 */
struct QuorumState {
    BrokerId leader = kNoBroker;
    std::int32_t epoch = 0;
    BrokerId voted = kNoBroker;
    Uuid votedDirectory; ///< zero when nobody was voted for

    bool operator==(const QuorumState&) const = default;
};

constexpr const char* kQuorumStateFile = "quorum-state";

/** None when the file is missing; LocalCorruptData when it isn't one. */
Result<std::optional<QuorumState>> readQuorumState(FileSystem& files, const std::string& path);
Result<void> writeQuorumState(
    FileSystem& files, const std::string& path, const QuorumState& state, Durability durability);

} // namespace moldau::raft
