#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "raft/snapshot.h"
#include "raft/voter.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace moldau::raft {

/** Where a batch of the metadata log stands. */
struct BatchPlace {
    std::int64_t baseOffset = 0;
    std::int32_t epoch = 0;
    std::int64_t nowMs = 0; ///< its timestamp
};

/** One whole batch of records without keys; `values` isn't empty. */
Result<Bytes> buildBatch(const BatchPlace& place, const std::vector<Bytes>& values);

/**
 * The control batch with which a leader begins its epoch: LeaderChange and, at the very beginning
 * of a log, the quorum's version (kraft.version 1) and its voters. Voters that a setting names have
 * no directories; then, as in Kafka, kraft.version stays 0 and the log doesn't tell of it.
 */
Result<Bytes> buildLeaderBatch(const BatchPlace& place, BrokerId leader,
    const std::vector<BrokerId>& granting, const std::vector<Voter>& voters);

/** The control batch that tells of voters that are reached at other addresses than before. */
Result<Bytes> buildVotersBatch(const BatchPlace& place, const Bytes& voters);

/** The newest VotersRecord in these batches; none where they don't tell of voters. */
Result<std::optional<Bytes>> findVoters(BytesView batches);

/** The voters as the log and snapshots tell of them; none where a setting names them. */
Result<std::optional<Bytes>> votersRecord(const std::vector<Voter>& voters);

/**
 * The control batch with which a snapshot begins: SnapshotHeader and, where the log tells of them,
 * the quorum's version and its voters.
 */
Result<Bytes> buildSnapshotHeader(const BatchPlace& place, const SnapshotHead& head);
/** The control batch with which a snapshot ends; without it, it isn't whole. */
Result<Bytes> buildSnapshotFooter(const BatchPlace& place);

/** The offset after the last of these whole batches; none when they are not whole. */
std::optional<std::int64_t> endOffsetOf(BytesView batches);

/** kraft.version of the quorums that we begin. */
constexpr std::int16_t kKraftVersion = 1;

} // namespace moldau::raft
