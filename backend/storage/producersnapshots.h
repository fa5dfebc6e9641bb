#pragma once

#include "base/filesystem.h"
#include "storage/producerstate.h"

#include <cstdint>
#include <string>
#include <vector>

namespace moldau::storage {

/**
 * The .snapshot files of one partition's directory: the producers' state at some offsets, from
 * which a log replays its batches. Part of a PartitionLog.
 */
class ProducerSnapshots {
public:
    /** `directory` outlives the object. */
    ProducerSnapshots(FileSystem& files, const std::string& directory)
        : m_files(files)
        , m_directory(directory)
    {
    }

    /** A file that is there already, found by whoever listed the directory. */
    void add(std::int64_t offset);
    bool isEmpty() const { return m_offsets.empty(); }
    const std::vector<std::int64_t>& offsets() const { return m_offsets; }

    /** Writes the state as of its mapEndOffset(). */
    Result<void> take(const ProducerState& state);
    /**
     * Loads the newest good snapshot at or below `offset` into `state`; damaged ones are removed.
     * False when there is none: `state` is then empty.
     */
    Result<bool> loadLatest(std::int64_t offset, ProducerState& state);

    Result<void> removeAbove(std::int64_t offset);
    /** Keeps what a log that starts at `offset` may need. */
    Result<void> removeBelow(std::int64_t offset);
    Result<void> removeAll();
    /** Of those that are at no segment's beginning only the newest is of use. */
    Result<void> removeStray(const std::vector<std::int64_t>& segmentBases);

    std::string pathOf(std::int64_t offset) const;

private:
    template <class Predicate> Result<void> removeIf(Predicate isUseless);

    FileSystem& m_files;
    const std::string& m_directory;
    std::vector<std::int64_t> m_offsets; ///< rising
};

} // namespace moldau::storage
