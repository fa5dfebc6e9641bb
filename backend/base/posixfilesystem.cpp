#include "base/posixfilesystem.h"

#include "base/posixfile.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace moldau {

namespace {

/** Closes a descriptor at the end of a scope. */
class Descriptor {
public:
    explicit Descriptor(int number)
        : m_number(number)
    {
    }
    ~Descriptor()
    {
        if (m_number >= 0)
            ::close(m_number);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int number() const { return m_number; }

private:
    int m_number;
};

class PosixFileLock final : public FileLock {
public:
    explicit PosixFileLock(int descriptor)
        : m_descriptor(descriptor)
    {
    }

private:
    Descriptor m_descriptor; ///< the lock belongs to the open file and ends with it
};

} // namespace

Result<std::shared_ptr<File>> PosixFileSystem::open(const std::string& path, OpenMode mode)
{
    int flags = O_CLOEXEC;
    switch (mode) {
    case OpenMode::Read:
        flags |= O_RDONLY;
        break;
    case OpenMode::ReadWrite:
        flags |= O_RDWR;
        break;
    case OpenMode::Create:
        flags |= O_RDWR | O_CREAT;
        break;
    case OpenMode::Truncate:
        flags |= O_RDWR | O_CREAT | O_TRUNC;
        break;
    }
    const int descriptor = ::open(path.c_str(), flags, 0644);
    if (descriptor < 0)
        return fail(systemError(errno, "open", path));
    struct stat status { };
    if (::fstat(descriptor, &status) != 0) {
        const int number = errno;
        ::close(descriptor);
        return fail(systemError(number, "examine", path));
    }
    return std::make_shared<PosixFile>(
        path, descriptor, static_cast<std::uint64_t>(status.st_size), m_isFull);
}

bool PosixFileSystem::exists(const std::string& path)
{
    return ::access(path.c_str(), F_OK) == 0;
}

Result<std::uint64_t> PosixFileSystem::sizeOf(const std::string& path)
{
    struct stat status { };
    if (::stat(path.c_str(), &status) != 0)
        return fail(systemError(errno, "examine", path));
    return static_cast<std::uint64_t>(status.st_size);
}

Result<void> PosixFileSystem::rename(const std::string& from, const std::string& to)
{
    if (::rename(from.c_str(), to.c_str()) != 0)
        return fail(systemError(errno, "rename", from));
    return {};
}

Result<void> PosixFileSystem::remove(const std::string& path)
{
    if (::unlink(path.c_str()) != 0 && errno != ENOENT)
        return fail(systemError(errno, "remove", path));
    return {};
}

Result<void> PosixFileSystem::removeTree(const std::string& path)
{
    // A link to a directory goes as a link; what it points to is not ours.
    if (::unlink(path.c_str()) == 0 || errno == ENOENT)
        return {};
    auto entries = list(path);
    if (!entries)
        return fail(std::move(entries.error()));
    for (const DirectoryEntry& entry : *entries) {
        if (auto removed = removeTree(path + "/" + entry.name); !removed)
            return removed;
    }
    if (::rmdir(path.c_str()) != 0 && errno != ENOENT)
        return fail(systemError(errno, "remove", path));
    return {};
}

Result<std::vector<DirectoryEntry>> PosixFileSystem::list(const std::string& path)
{
    const std::unique_ptr<DIR, int (*)(DIR*)> directory(::opendir(path.c_str()), &::closedir);
    if (!directory)
        return fail(systemError(errno, "list", path));
    std::vector<DirectoryEntry> entries;
    errno = 0;
    while (const dirent* found = ::readdir(directory.get())) {
        std::string name = found->d_name;
        if (name == "." || name == "..")
            continue;
        bool isDirectory = found->d_type == DT_DIR;
        if (found->d_type == DT_UNKNOWN || found->d_type == DT_LNK) {
            struct stat status { };
            isDirectory = ::stat((path + "/").append(name).c_str(), &status) == 0
                && S_ISDIR(status.st_mode);
        }
        entries.push_back({std::move(name), isDirectory});
        errno = 0;
    }
    if (errno != 0)
        return fail(systemError(errno, "list", path));
    std::sort(entries.begin(), entries.end(),
        [](const DirectoryEntry& a, const DirectoryEntry& b) { return a.name < b.name; });
    return entries;
}

Result<void> PosixFileSystem::createDirectories(const std::string& path)
{
    if (::mkdir(path.c_str(), 0755) == 0)
        return {};
    if (errno == ENOENT) {
        if (auto above = createDirectories(parentPath(path)); !above)
            return above;
        if (::mkdir(path.c_str(), 0755) == 0)
            return {};
    }
    const int number = errno;
    struct stat status { };
    if (number == EEXIST && ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode))
        return {};
    return fail(systemError(number, "make directory", path));
}

Result<void> PosixFileSystem::syncDirectory(const std::string& path)
{
    const Descriptor descriptor(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (descriptor.number() < 0)
        return fail(systemError(errno, "open", path));
    if (::fsync(descriptor.number()) != 0)
        return fail(systemError(errno, "sync", path));
    return {};
}

Result<void> PosixFileSystem::syncAll(const std::string& path)
{
    const Descriptor descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (descriptor.number() < 0)
        return fail(systemError(errno, "open", path));
    if (::syncfs(descriptor.number()) != 0)
        return fail(systemError(errno, "sync", path));
    return {};
}

Result<std::unique_ptr<FileLock>> PosixFileSystem::lock(const std::string& path)
{
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (descriptor < 0)
        return fail(systemError(errno, "open", path));
    auto lock = std::make_unique<PosixFileLock>(descriptor);
    // An open-file lock also keeps out a second broker of this process, and Apache Kafka, whose
    // Java lock is of the same family.
    struct flock whole { };
    whole.l_type = F_WRLCK;
    whole.l_whence = SEEK_SET;
    if (::fcntl(descriptor, F_OFD_SETLK, &whole) != 0) {
        if (errno == EAGAIN || errno == EACCES)
            return fail(ErrorCode::LocalIoError,
                fmt::format("{} is locked: another broker uses this directory", path));
        return fail(systemError(errno, "lock", path));
    }
    return lock;
}

Result<std::uint64_t> PosixFileSystem::freeSpace(const std::string& path)
{
    struct statvfs status { };
    if (::statvfs(path.c_str(), &status) != 0)
        return fail(systemError(errno, "examine", path));
    return static_cast<std::uint64_t>(status.f_bavail) * status.f_frsize;
}

} // namespace moldau
