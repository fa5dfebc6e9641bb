#pragma once

#include "base/filesystem.h"
#include "base/topicpartition.h"
#include "base/uuid.h"
#include "storage/leaderepochs.h"

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace moldau::storage {

/**
 * Kafka's small text files. A checkpoint is a line with version 0, a line with the number of
 * entries, and the entries, one per line. A file that isn't there reads as empty; one that is
 * damaged gives LocalCorruptData.
 */
using OffsetCheckpoint = std::unordered_map<TopicPartition, std::int64_t>;

constexpr const char* kRecoveryPointFile = "recovery-point-offset-checkpoint";
constexpr const char* kLogStartOffsetFile = "log-start-offset-checkpoint";
constexpr const char* kHighWatermarkFile = "replication-offset-checkpoint";
constexpr const char* kCleanerOffsetFile = "cleaner-offset-checkpoint";
constexpr const char* kEpochFile = "leader-epoch-checkpoint";
constexpr const char* kPartitionMetadataFile = "partition.metadata";

/** Entries "topic partition offset". */
Result<OffsetCheckpoint> readOffsetCheckpoint(FileSystem& files, const std::string& path);
/** The text of such a checkpoint; the partitions outlive the call. */
std::string offsetCheckpointText(
    const std::vector<std::pair<const TopicPartition*, std::int64_t>>& offsets);

/** leader-epoch-checkpoint: entries "epoch startOffset". */
Result<std::vector<EpochEntry>> readEpochCheckpoint(FileSystem& files, const std::string& path);
Result<void> writeEpochCheckpoint(
    FileSystem& files, const std::string& path, const std::vector<EpochEntry>& entries);

/** partition.metadata: which topic id a partition's directory belongs to; zero when there is no
 * file. */
Result<Uuid> readPartitionMetadata(FileSystem& files, const std::string& path);
Result<void> writePartitionMetadata(
    FileSystem& files, const std::string& path, const Uuid& topicId);

/** "key=value" lines of a properties file without escapes, as in meta.properties. */
std::unordered_map<std::string, std::string> parseProperties(std::string_view text);

} // namespace moldau::storage
