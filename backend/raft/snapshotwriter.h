#pragma once

#include "base/filesystem.h"
#include "raft/snapshot.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace moldau::raft {

/**
 * Writes one snapshot of the metadata: header, batches of records, footer, to a file whose name
 * says that it is not whole. finish() makes it durable and gives it its name; a writer that goes
 * without it takes its file along. Any one thread, so usually a worker.
 */
class SnapshotWriter {
public:
    /** `directory` is that of the metadata log; `nowMs` stands in the batches. */
    static Result<SnapshotWriter> begin(FileSystem& files, const std::string& directory,
        const SnapshotHead& head, std::int64_t nowMs);
    SnapshotWriter(SnapshotWriter&&) = default;
    SnapshotWriter& operator=(SnapshotWriter&&) = delete;
    ~SnapshotWriter();

    /** One metadata record's value. */
    Result<void> append(Bytes value);
    Result<void> finish();

private:
    SnapshotWriter(FileSystem& files, std::string directory, SnapshotId id, std::int64_t nowMs);

    Result<void> write(const Result<Bytes>& batch);
    Result<void> writeCollected();
    std::string wholePath() const { return m_directory + "/" + snapshotFileName(m_id); }
    std::string partPath() const { return wholePath() + std::string(kPartSuffix); }

    FileSystem& m_files;
    std::string m_directory;
    SnapshotId m_id;
    std::int64_t m_nowMs;
    std::shared_ptr<File> m_file; // none once it is whole
    std::uint64_t m_position = 0;
    std::int64_t m_nextOffset = 0; // offsets of a snapshot count from 0
    std::vector<Bytes> m_collected;
    std::size_t m_collectedBytes = 0;
};

/** Puts all records of a state into a snapshot; runs on a worker. */
using SnapshotSource = std::function<Result<void>(SnapshotWriter& writer)>;

/** A whole snapshot from begin() to finish(). */
Result<void> writeSnapshot(FileSystem& files, const std::string& directory,
    const SnapshotHead& head, std::int64_t nowMs, const SnapshotSource& source);

} // namespace moldau::raft
