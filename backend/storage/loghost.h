#pragma once

#include "base/filesystem.h"
#include "base/log.h"
#include "base/result.h"

#include <cstdint>
#include <string>

namespace moldau::storage {

class PartitionLog;

/** What a partition's log needs of the directory it stands in. Same thread as the log. */
class LogHost {
public:
    virtual ~LogHost() = default;

    virtual FileSystem& fileSystem() = 0;
    virtual Log& log() = 0;
    /** Wall clock. */
    virtual std::int64_t nowMs() const = 0;

    /** KafkaStorageError while the directory is offline. */
    virtual Result<void> requireOnline() const = 0;
    /** A file operation failed: the directory goes offline. Returns the KafkaStorageError to pass
     * on. */
    virtual Error reportDiskError(const Error& cause) = 0;
    /** The log opened files; the host closes those of logs that were not used for long. */
    virtual void noteUse(PartitionLog& log) = 0;
    /** The log may have to be flushed sooner than it was: flush.ms has changed. */
    virtual void noteFlushWish(PartitionLog& log) = 0;
    /** An offset of the log that stands in a checkpoint file has moved. */
    virtual void noteMoved(PartitionLog& log) = 0;
    /** Removes a file or directory that has been renamed out of the way, `delayMs` from now on. */
    virtual void removeLater(std::string path, std::int64_t delayMs) = 0;
};

} // namespace moldau::storage
