#pragma once

#include "base/filesystem.h"

namespace moldau {

/** The machine's disk. Has no state: one for the process, used from any thread. */
class PosixFileSystem final : public FileSystem {
public:
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
};

} // namespace moldau
