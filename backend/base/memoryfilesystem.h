#pragma once

#include "base/filesystem.h"

#include <optional>
#include <random>
#include <set>

namespace moldau {

/**
 * A disk for tests and simulations, whose power can be cut. It keeps apart what was written and
 * what was synced: file bytes by File::sync(), names by syncDirectory(). One thread uses it and all
 * its files; it outlives them.
 */
class MemoryFileSystem final : public FileSystem {
public:
    /** What a power cut leaves of bytes and names that were not synced. */
    enum class CrashMode {
        LoseUnsynced, ///< nothing
        KeepSome, ///< of each file and directory the first few changes, the last write perhaps torn
        KeepAll, ///< everything, as when only the process dies
    };

    explicit MemoryFileSystem(std::uint32_t seed = 1);
    ~MemoryFileSystem() override;

    /** Cuts the power: files that are open fail with LocalIoError from here on, locks are free. */
    void crash(CrashMode mode);

    /** The disk holds this many bytes in all; beyond, writes fail with LocalDiskFull. */
    void setCapacity(std::uint64_t bytes) { m_capacity = bytes; }
    std::uint64_t usedBytes() const;

    /** A write that fails, and all writes after it. */
    struct WriteFault {
        int nthWrite = 1; ///< counted from failWrites() on; 1 is the next
        ErrorCode code = ErrorCode::LocalIoError;
        std::size_t tornBytes = 0; ///< of that write, these first bytes still reach the file
        std::string pathPart; ///< only files with this in their path are counted and fail
    };
    void failWrites(WriteFault fault) { m_writeFault = std::move(fault); }
    /** The first `count` renames from here on succeed, all later ones fail with LocalIoError. */
    void failRenames(int count) { m_renamesLeft = count; }
    void failSyncs(bool isFailing) { m_isSyncFailing = isFailing; }
    /** Everything succeeds again. */
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
    Result<void> syncAll(const std::string& path) override;
    Result<std::unique_ptr<FileLock>> lock(const std::string& path) override;
    Result<std::uint64_t> freeSpace(const std::string& path) override;

private:
    class OpenFile;
    class Lock;
    struct Node;
    struct Place; ///< a name in a directory that exists

    Result<Place> place(const std::string& path) const;
    Result<std::shared_ptr<Node>> node(const std::string& path) const;
    void crashNode(Node& node, CrashMode mode);
    std::size_t randomUpTo(std::size_t most);

    Result<void> write(Node& file, std::uint64_t position, std::span<const BytesView> parts,
        const std::string& path);
    Result<void> sync(Node& node, const std::string& path);

    std::shared_ptr<Node> m_root;
    std::set<std::string> m_locks;
    std::uint64_t m_capacity = ~std::uint64_t{0};
    std::uint64_t m_syncCount = 0;
    std::uint64_t m_powerCycle = 0; ///< what was opened in an earlier one is dead
    std::mt19937 m_random;
    std::optional<WriteFault> m_writeFault;
    std::optional<int> m_renamesLeft; ///< none: all succeed
    bool m_isSyncFailing = false;
};

} // namespace moldau
