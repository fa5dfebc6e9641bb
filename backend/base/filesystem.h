#pragma once

#include "base/bytes.h"
#include "base/result.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace moldau {

/**
 * An open file. One thread uses it at a time, but sync() may run on a worker beside the owner's
 * other calls. Closed when the last pointer goes. Every error names the file and is LocalDiskFull
 * when there is no room (or quota), LocalIoError otherwise.
 */
class File {
public:
    virtual ~File() = default;

    virtual const std::string& path() const = 0;

    /** The file's size as this object knows it: found at open(), moved by writes and truncate(). */
    virtual std::uint64_t size() const = 0;

    /**
     * Writes the parts one after the other from `position` on, as one call to the system where it
     * can. After an error any prefix of the parts may be on the disk.
     */
    virtual Result<void> writeAt(std::uint64_t position, std::span<const BytesView> parts) = 0;
    Result<void> writeAt(std::uint64_t position, BytesView bytes)
    {
        return writeAt(position, std::span<const BytesView>(&bytes, 1));
    }

    /** Fills `buffer` from `position` on; fewer bytes than asked only at the end of the file. */
    virtual Result<std::size_t> readAt(std::uint64_t position, std::span<std::uint8_t> buffer) = 0;

    /**
     * Shows bytes that exist, without copying them where the file can be mapped. The slice keeps
     * what it shows alive and unchanged, also when this object truncates the file, writes beyond
     * the new end, or is let go, and when the file is removed. It keeps this object alive, so that
     * whoever truncates can find it again by a weak pointer: another object for the same file
     * knows nothing of these views. LocalInvalidArgument when the range reaches past size().
     */
    virtual Result<Slice> view(std::uint64_t position, std::size_t length) = 0;

    /** Lets go of mappings that were kept for later views; slices that are in use stay valid. */
    virtual void releaseViews() = 0;

    virtual Result<void> truncate(std::uint64_t size) = 0;

    /** Returns once the file's bytes and size are on the disk. Any thread may call. */
    virtual Result<void> sync() = 0;
};

enum class OpenMode {
    Read, ///< must exist
    ReadWrite, ///< must exist
    Create, ///< made when missing, kept as it is otherwise
    Truncate, ///< made when missing, emptied otherwise
};

struct DirectoryEntry {
    std::string name; ///< without the directory
    bool isDirectory = false;

    bool operator==(const DirectoryEntry&) const = default;
};

/** Held by whoever locked a file; the lock ends with the object (or the process). */
class FileLock {
public:
    virtual ~FileLock() = default;
};

/**
 * The way to the disk, or to what a simulation takes for one. Given to a node by constructor. Paths
 * are UTF-8 with '/'. Functions may be called from any thread unless an implementation says
 * otherwise. Errors: LocalNotFound for a missing file or directory, else as for File.
 */
class FileSystem {
public:
    virtual ~FileSystem() = default;

    virtual Result<std::shared_ptr<File>> open(const std::string& path, OpenMode mode) = 0;
    virtual bool exists(const std::string& path) = 0;
    virtual Result<std::uint64_t> sizeOf(const std::string& path) = 0;

    /** Replaces `to` when it exists. Durable only after syncDirectory() of the directories. */
    virtual Result<void> rename(const std::string& from, const std::string& to) = 0;
    /** Removes a file; no error when it is not there. */
    virtual Result<void> remove(const std::string& path) = 0;
    /** Removes a directory with all that is in it; no error when it is not there. */
    virtual Result<void> removeTree(const std::string& path) = 0;
    /** Entries without "." and "..", in the order of their names. */
    virtual Result<std::vector<DirectoryEntry>> list(const std::string& path) = 0;
    /** Makes the directory and those above it; no error when it exists. */
    virtual Result<void> createDirectories(const std::string& path) = 0;
    /** Returns once what was created, renamed and removed in the directory is on the disk. */
    virtual Result<void> syncDirectory(const std::string& path) = 0;
    /** Returns once everything that was written below `path` is on the disk: one call for many
     * files. */
    virtual Result<void> syncAll(const std::string& path) = 0;

    /** Takes the lock of a file, which is made when missing; LocalIoError when another has it. */
    virtual Result<std::unique_ptr<FileLock>> lock(const std::string& path) = 0;

    /** Bytes that may still be written below `path`. */
    virtual Result<std::uint64_t> freeSpace(const std::string& path) = 0;
};

/** Whether a replaced file survives a power cut, or only the death of the process. */
enum class Durability { Process, Power };

/** The whole file. For small files: checkpoints, properties. */
Result<Bytes> readFile(FileSystem& files, const std::string& path);

/**
 * Replaces a file as a whole: a reader sees the old or the new bytes, never a mixture (by a
 * neighbour NAME.tmp and rename). With Durability::Power that also holds after a power cut.
 */
Result<void> replaceFile(
    FileSystem& files, const std::string& path, BytesView bytes, Durability durability);

/** The directory part of a path, "." when there is none. */
std::string parentPath(std::string_view path);

} // namespace moldau
