#pragma once

#include "base/bytes.h"
#include "raft/messages.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace moldau::raft {

/** What a snapshot tells besides the records in it. */
struct SnapshotHead {
    SnapshotId id;
    std::int64_t lastContainedLogMs = 0; ///< wall clock of the newest record that it stands for
    std::optional<Bytes> voters; ///< the quorum's VotersRecord, where its log has one
};

/** A whole snapshot, checked: all that the log had below head.id.offset. */
struct LoadedSnapshot {
    SnapshotHead head;
    Slice batches; ///< with the control batches around the records
};

/** A part of a snapshot's file. */
struct SnapshotPiece {
    std::int64_t size = 0; ///< of the file
    Slice bytes;
};

constexpr std::string_view kSnapshotSuffix = ".checkpoint";
constexpr std::string_view kPartSuffix = ".part"; ///< after the name, until it is whole

/** "00000000000000000123-0000000004.checkpoint": end offset and epoch, as Kafka names them. */
std::string snapshotFileName(const SnapshotId& id);
/** The snapshot that has this file name; none for other files. */
std::optional<SnapshotId> snapshotIn(std::string_view fileName);

} // namespace moldau::raft
