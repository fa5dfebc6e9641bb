#pragma once

#include "base/result.h"
#include "base/uuid.h"
#include "coordinator/effects.h"
#include "protocol/messages/groupmetadatavalue.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

namespace moldau::coordinator {

/** What a group has committed for one partition. */
struct CommittedOffset {
    std::int64_t offset = -1;
    std::int32_t leaderEpoch = -1;
    std::string metadata;
    std::int64_t commitTimestampMs = -1;
    std::int64_t expireTimestampMs = -1; ///< set by clients before OffsetCommit v5; -1 is none
    Uuid topicId; ///< zero when unknown
    std::int64_t recordOffset = -1; ///< where the commit stands in __consumer_offsets

    bool operator==(const CommittedOffset&) const = default;
};

/** A commit, or without a value the deletion of one. */
struct OffsetRecord {
    std::string group;
    std::string topic;
    std::int32_t partition = -1;
    std::optional<CommittedOffset> value;
};

/** A classic group's members and generation, or without a value its deletion. */
struct GroupRecord {
    std::string group;
    std::optional<protocol::GroupMetadataValue> value;
};

using TypedRecord = std::variant<OffsetRecord, GroupRecord>;

/**
 * Bytes as Apache Kafka 4.3 writes them: OffsetCommitKey v1 with OffsetCommitValue v4 (v1 when it
 * has a time of expiry), GroupMetadataKey v2 with GroupMetadataValue v3.
 */
CoordinatorRecord encode(const TypedRecord& record);

/**
 * Reads any version that Kafka has written, also the offset keys of before 0.9. Empty when the key
 * is of a kind that isn't ours (consumer, share and streams groups).
 */
Result<std::optional<TypedRecord>> decode(BytesView key, std::optional<BytesView> value);

} // namespace moldau::coordinator
