#include "base/posixfile.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <limits>
#include <system_error>

#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

namespace moldau {

namespace {

constexpr std::size_t kWindowBytes = 16u << 20; ///< address space only; pages come when touched
constexpr std::size_t kPresentBytes = 1u
    << 20; ///< shown by a window before its pages are let go of
constexpr std::size_t kSmallView = 4096; ///< copied while nothing is mapped: cheaper than a mapping
constexpr std::size_t kKeptWindows = 2; ///< one at the file's tail, one for a reader far behind
constexpr std::size_t kMaxParts = 64; ///< per pwritev; far below IOV_MAX

std::uint64_t pageSize()
{
    static const auto size = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    return size;
}

} // namespace

Error systemError(int number, std::string_view what, const std::string& path)
{
    ErrorCode code = ErrorCode::LocalIoError;
    if (number == ENOSPC || number == EDQUOT)
        code = ErrorCode::LocalDiskFull;
    else if (number == ENOENT)
        code = ErrorCode::LocalNotFound;
    return {
        code, fmt::format("cannot {} {}: {}", what, path, std::generic_category().message(number))};
}

/** A mapped range of a file. Unmapped when the file and the last view have let go. */
class PosixFile::Window {
public:
    Window(std::uint8_t* data, std::uint64_t position, std::size_t length)
        : m_data(data)
        , m_position(position)
        , m_length(length)
        , m_sharedEnd(position + length)
    {
    }
    ~Window() { ::munmap(m_data, m_length); }
    Window(const Window&) = delete;
    Window& operator=(const Window&) = delete;

    bool covers(std::uint64_t position, std::size_t length) const
    {
        return position >= m_position && position + length <= m_position + m_length;
    }
    /**
     * Now and then lets go of all pages, so that a log doesn't count as the process's memory once
     * it was read. The page cache keeps them: a slice in use has them back when it is touched.
     */
    BytesView show(std::uint64_t position, std::size_t length)
    {
        m_shown += length;
        if (m_shown > kPresentBytes) {
            ::madvise(m_data, static_cast<std::size_t>(m_sharedEnd - m_position), MADV_DONTNEED);
            m_shown = length;
        }
        return {m_data + (position - m_position), length};
    }
    /** Puts private copies in place of the pages that show [size, fileSize). */
    Result<void> detachBeyond(std::uint64_t size, std::uint64_t fileSize, const std::string& path)
    {
        const std::uint64_t from = std::max(size - size % pageSize(), m_position);
        if (from >= m_sharedEnd)
            return {};
        std::uint8_t* const start = m_data + (from - m_position);
        const auto length = static_cast<std::size_t>(m_sharedEnd - from);
        const Bytes copy(start, start + (std::clamp(fileSize, from, m_sharedEnd) - from));
        void* const pages = ::mmap(
            start, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
        if (pages == MAP_FAILED)
            return fail(systemError(errno, "keep the readers of", path));
        std::copy(copy.begin(), copy.end(), start);
        m_sharedEnd = from;
        return {};
    }

private:
    std::uint8_t* m_data;
    std::uint64_t m_position;
    std::size_t m_length;
    std::uint64_t m_sharedEnd; ///< of the file's own pages; those beyond are copies
    std::size_t m_shown = 0; ///< bytes since pages were let go of
};

PosixFile::PosixFile(std::string path, int descriptor, std::uint64_t size,
    std::shared_ptr<const std::function<bool()>> isFull)
    : m_path(std::move(path))
    , m_descriptor(descriptor)
    , m_size(size)
    , m_isFull(std::move(isFull))
{
}

PosixFile::~PosixFile()
{
    ::close(m_descriptor);
}

Result<void> PosixFile::writeAt(std::uint64_t position, std::span<const BytesView> parts)
{
    if (m_isFull && (*m_isFull)())
        return fail(systemError(ENOSPC, "write", m_path));
    std::size_t index = 0;
    std::size_t offset = 0; // written bytes of parts[index]
    while (index < parts.size()) {
        iovec vectors[kMaxParts];
        int count = 0;
        for (std::size_t i = index; i < parts.size() && count < static_cast<int>(kMaxParts); ++i) {
            const BytesView rest = i == index ? parts[i].subspan(offset) : parts[i];
            vectors[count++] = {const_cast<std::uint8_t*>(rest.data()), rest.size()};
        }
        const ssize_t written
            = ::pwritev(m_descriptor, vectors, count, static_cast<off_t>(position));
        if (written < 0) {
            if (errno == EINTR)
                continue;
            return fail(systemError(errno, "write", m_path));
        }
        position += static_cast<std::uint64_t>(written);
        m_size = std::max(m_size, position);
        auto left = static_cast<std::size_t>(written);
        while (index < parts.size() && left >= parts[index].size() - offset) {
            left -= parts[index].size() - offset;
            offset = 0;
            ++index;
        }
        offset += left;
    }
    return {};
}

Result<std::size_t> PosixFile::readAt(std::uint64_t position, std::span<std::uint8_t> buffer)
{
    std::size_t done = 0;
    while (done < buffer.size()) {
        const ssize_t count = ::pread(m_descriptor, buffer.data() + done, buffer.size() - done,
            static_cast<off_t>(position + done));
        if (count < 0) {
            if (errno == EINTR)
                continue;
            return fail(systemError(errno, "read", m_path));
        }
        if (count == 0)
            break;
        done += static_cast<std::size_t>(count);
    }
    return done;
}

Result<Slice> PosixFile::view(std::uint64_t position, std::size_t length)
{
    if (position + length > m_size)
        return fail(ErrorCode::LocalInvalidArgument,
            fmt::format("{} ends at {}, before {}", m_path, m_size, position + length));
    if (length == 0)
        return Slice();
    for (auto window = m_windows.rbegin(); window != m_windows.rend(); ++window) {
        if ((*window)->covers(position, length))
            return lend(*window, position, length);
    }
    if (length <= kSmallView) {
        Bytes copy(length);
        auto count = readAt(position, copy);
        if (!count)
            return fail(std::move(count.error()));
        if (*count != length)
            return fail(ErrorCode::LocalIoError, fmt::format("{} is shorter than it was", m_path));
        return Slice(std::move(copy));
    }

    const std::uint64_t start = position - position % pageSize();
    const std::size_t size
        = std::max<std::size_t>(kWindowBytes, static_cast<std::size_t>(position - start) + length);
    void* data
        = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, m_descriptor, static_cast<off_t>(start));
    if (data == MAP_FAILED)
        return fail(systemError(errno, "map", m_path));
    auto window = std::make_shared<Window>(static_cast<std::uint8_t*>(data), start, size);
    if (m_windows.size() == kKeptWindows) {
        std::erase_if(m_lentWindows, [](const auto& lent) { return lent.expired(); });
        m_lentWindows.push_back(m_windows.front());
        m_windows.erase(m_windows.begin());
    }
    m_windows.push_back(window);
    return lend(std::move(window), position, length);
}

/** The slice keeps this file object too, so that truncate() knows of every view there is. */
Slice PosixFile::lend(std::shared_ptr<Window> window, std::uint64_t position, std::size_t length)
{
    struct View {
        std::shared_ptr<Window> window;
        std::shared_ptr<PosixFile> file;
    };
    const BytesView bytes = window->show(position, length);
    return Slice(bytes, std::make_shared<View>(View{std::move(window), shared_from_this()}));
}

void PosixFile::releaseViews()
{
    std::erase_if(m_lentWindows, [](const auto& lent) { return lent.expired(); });
    m_lentWindows.insert(m_lentWindows.end(), m_windows.begin(), m_windows.end());
    m_windows.clear();
}

Result<void> PosixFile::truncate(std::uint64_t size)
{
    if (size < m_size) {
        if (auto detached = detachBeyond(size); !detached)
            return detached;
    }
    if (::ftruncate(m_descriptor, static_cast<off_t>(size)) != 0)
        return fail(systemError(errno, "truncate", m_path));
    m_size = size;
    return {};
}

/**
 * Touching a mapped page beyond the end of its file kills the process, and bytes written there
 * later would change under a reader. So every window that a view still holds gets private copies of
 * the pages from `size` on, in place.
 */
Result<void> PosixFile::detachBeyond(std::uint64_t size)
{
    releaseViews();
    for (const auto& lent : m_lentWindows) {
        const std::shared_ptr<Window> window = lent.lock();
        if (!window)
            continue;
        if (auto detached = window->detachBeyond(size, m_size, m_path); !detached)
            return detached;
    }
    return {};
}

Result<void> PosixFile::sync()
{
    if (::fdatasync(m_descriptor) != 0)
        return fail(systemError(errno, "sync", m_path));
    return {};
}

} // namespace moldau
