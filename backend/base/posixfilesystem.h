#pragma once

#include "base/filesystem.h"

#include <functional>
#include <memory>

namespace moldau {

/** The machine's disk, used from any thread. */
class PosixFileSystem final : public FileSystem {
public:
    /** Asked before each write, from any thread: whether to act as a disk without room. */
    using IsFull = std::function<bool()>;

    PosixFileSystem() = default;
    explicit PosixFileSystem(IsFull isFull)
        : m_isFull(std::make_shared<const IsFull>(std::move(isFull)))
    {
    }

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
    std::shared_ptr<const IsFull>
        m_isFull; ///< shared with its files, which may outlive it; or null
};

} // namespace moldau
