#pragma once

#include "base/filesystem.h"
#include "base/log.h"
#include "raft/snapshot.h"

#include <memory>
#include <vector>

namespace moldau::raft {

/** How much of log and snapshots is kept: metadata.max.retention.bytes and .ms; -1 is no limit. */
struct SnapshotRetention {
    std::int64_t bytes = -1;
    std::int64_t ms = -1;
};

/**
 * The snapshots in the directory of a metadata log: finds them at the start, reads them, stores
 * those that another node sends, removes old ones. Owned by a log or a broker, on its thread.
 */
class SnapshotFiles {
public:
    struct Entry {
        SnapshotId id;
        std::int64_t bytes = 0;
        std::int64_t lastContainedLogMs = 0;
    };

    /** `files` and `log` outlive it; `directory` exists. */
    SnapshotFiles(FileSystem& files, Log& log, std::string directory);

    /**
     * Lists what is there and whole, to the last byte. What is damaged is ignored, what was half
     * written is removed; the log tells of both.
     */
    Result<void> open();

    const std::string& directory() const { return m_directory; }
    /** Oldest first. */
    const std::vector<Entry>& entries() const { return m_entries; }
    std::optional<SnapshotId> newest() const
    {
        return m_entries.empty() ? std::nullopt : std::optional(m_entries.back().id);
    }

    /** The whole snapshot. LocalCorruptData when it isn't whole, LocalNotFound without it. */
    Result<LoadedSnapshot> load(const SnapshotId& id) const;
    /**
     * Bytes of its file from `position` on. SnapshotNotFound when there is none of that name,
     * PositionOutOfRange where the file has no byte.
     */
    Result<SnapshotPiece> read(const SnapshotId& id, std::int64_t position, std::size_t maxBytes);

    /** A writer has finished this one. */
    Result<void> note(const SnapshotHead& head);
    /**
     * A piece of another node's snapshot, in order; with the last one it is checked, made durable
     * and listed. LocalCorruptData when it came damaged: it is gone then.
     */
    Result<void> store(const SnapshotId& id, std::int64_t position, BytesView bytes, bool isLast);

    /** Removes all that end before `id`, whole or not. */
    Result<void> removeBefore(const SnapshotId& id);
    /**
     * The snapshot that becomes the oldest one, by Kafka's rule: of two and more the oldest goes
     * when it is over age, or log and snapshots are over size. None when all stay.
     */
    std::optional<SnapshotId> nextOldest(
        const SnapshotRetention& retention, std::int64_t logBytes, std::int64_t nowMs) const;

private:
    std::string pathOf(const SnapshotId& id) const
    {
        return m_directory + "/" + snapshotFileName(id);
    }

    FileSystem& m_files;
    Log& m_log;
    std::string m_directory;
    std::vector<Entry> m_entries;
    SnapshotId m_readId; // of m_reading
    std::shared_ptr<File> m_reading; // the one that was last read from
    std::shared_ptr<File> m_storing;
};

/** A snapshot's file, all of it checked; LocalCorruptData says what is wrong. */
Result<LoadedSnapshot> readSnapshot(
    FileSystem& files, const std::string& path, const SnapshotId& id);

} // namespace moldau::raft
