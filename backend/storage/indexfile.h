#pragma once

#include "base/filesystem.h"
#include "storage/segmentname.h"

#include <cstdint>
#include <memory>
#include <span>

namespace moldau::storage {

/**
 * Entries of one size in a file that only grows at its end: what the three indexes of a segment
 * have in common. New entries gather in memory and are written in blocks, for an index is rebuilt
 * after a crash anyway. The file is opened when it is first needed and closed by release().
 */
class IndexFile {
public:
    /** `name` outlives the index. */
    IndexFile(const SegmentName& name, const char* suffix, std::uint16_t entryBytes)
        : m_name(name)
        , m_suffix(suffix)
        , m_entryBytes(entryBytes)
    {
    }

    /** Makes the file, or empties it. */
    Result<void> create();
    Result<std::uint32_t> count();
    Result<void> append(BytesView entry);
    /** Copies an entry below count() into `entry`. */
    Result<void> read(std::uint32_t index, std::span<std::uint8_t> entry);
    /** Keeps the first `count` entries. */
    Result<void> truncate(std::uint32_t count);

    /** Writes what has gathered to the file (without sync). */
    Result<void> write();
    /** The file, to sync it; null when there is none. */
    Result<std::shared_ptr<File>> file();
    /** Closes the file; everything was written before, or need not be kept. */
    void release();

private:
    Result<void> load();

    const SegmentName& m_name;
    const char* m_suffix;
    std::shared_ptr<File> m_file;
    Bytes m_pending; ///< entries after the file's
    std::uint32_t m_fileCount = 0;
    std::uint16_t m_entryBytes;
    bool m_isLoaded = false;
};

} // namespace moldau::storage
