#pragma once

#include "base/filesystem.h"

#include <functional>
#include <map>
#include <optional>
#include <set>

namespace moldau {

/**
 * A disk for tests and simulations, whose power can be cut. It keeps apart what was written and
 * what was synced: file bytes by File::sync(), names by syncDirectory(). One thread uses it and all
 * its files.
 */
class MemoryFileSystem final : public FileSystem {
public:
    /** What a power cut leaves of bytes and names that were not synced. */
    enum class CrashMode {
        LoseUnsynced, ///< nothing
        KeepSome, ///< of each file a prefix of its writes, the last one perhaps torn; names: some
        KeepAll, ///< everything, as when only the process dies
    };

    explicit MemoryFileSystem(std::uint64_t seed = 1);
    ~MemoryFileSystem() override;

    /** Cuts the power: open files fail from here on with LocalIoError, locks are free again. */
    void crash(CrashMode mode);

    /** The disk holds this many bytes in all; beyond, writes fail with LocalDiskFull. */
    void setCapacity(std::uint64_t bytes) { m_capacity = bytes; }
    std::uint64_t usedBytes() const { return m_usedBytes; }

    /**
     * The n-th write from here on (1 is the next) and all later ones fail with `code`; the first
     * `tornBytes` of that write still reach the file. Files whose path doesn't contain `pathPart`
     * are neither counted nor touched.
     */
    void failWrites(
        int nthWrite, ErrorCode code, std::size_t tornBytes = 0, std::string pathPart = {});
    void failSyncs(bool isFailing) { m_isSyncFailing = isFailing; }
    /** Writes and syncs succeed again. */
    void heal();

    /** How often a file or directory was synced: tests watch that nobody syncs needlessly. */
    std::uint64_t syncCount() const { return m_syncCount; }

    Result<std::shared_ptr<File>> open(const std::string& path, OpenMode mode) override;
    bool exists(const std::string& path) override;
    Result<std::uint64_t> sizeOf(const std::string& path) override;
    Result<void> rename(const std::string& from, const std::string& to) override;
    Result<void> remove(const std::string& path) override;
    Result<void> removeTree(const std::string& path) override;
    Result<std::vector<DirectoryEntry>> list(const std::string& path) override;
    Result<void> createDirectories(const std::string& path) override;
    Result<void> syncDirectory(const std::string& path) override;
    Result<std::unique_ptr<FileLock>> lock(const std::string& path) override;
    Result<std::uint64_t> freeSpace(const std::string& path) override;

private:
    class OpenFile;
    class Lock;
    struct Inode;

    struct Node { ///< what a path names
        std::shared_ptr<Inode> file; ///< null for a directory
    };
    using Names = std::map<std::string, Node>;

    Result<void> write(Inode& inode, std::uint64_t position, std::span<const BytesView> parts,
        const std::string& path);
    Result<void> sync(Inode& inode, const std::string& path);
    std::uint64_t random();

    Names m_names; ///< what programs see
    Names m_syncedNames; ///< what a power cut leaves
    std::set<std::string> m_locks;
    std::uint64_t m_capacity = ~std::uint64_t{0};
    std::uint64_t m_usedBytes = 0;
    std::uint64_t m_syncCount = 0;
    std::uint64_t m_random;
    std::uint64_t m_powerCycle = 0; ///< open files of an earlier one are dead
    struct WriteFault {
        int remaining;
        ErrorCode code;
        std::size_t tornBytes;
        std::string pathPart;
    };
    std::optional<WriteFault> m_writeFault;
    bool m_isSyncFailing = false;
};

} // namespace moldau
