#pragma once

#include "base/filesystem.h"

#include <functional>
#include <memory>
#include <vector>

namespace moldau {

/**
 * A file behind a descriptor, written with pwritev and shown by mmap. Views come out of windows
 * that reach beyond the file's end, so that a growing file needs a new mapping only now and then.
 */
class PosixFile final : public File, public std::enable_shared_from_this<PosixFile> {
public:
    /** `isFull` as for PosixFileSystem, or null. */
    PosixFile(std::string path, int descriptor, std::uint64_t size,
        std::shared_ptr<const std::function<bool()>> isFull);
    ~PosixFile() override;
    PosixFile(const PosixFile&) = delete;
    PosixFile& operator=(const PosixFile&) = delete;

    const std::string& path() const override { return m_path; }
    std::uint64_t size() const override { return m_size; }
    using File::writeAt;
    Result<void> writeAt(std::uint64_t position, std::span<const BytesView> parts) override;
    Result<std::size_t> readAt(std::uint64_t position, std::span<std::uint8_t> buffer) override;
    Result<Slice> view(std::uint64_t position, std::size_t length) override;
    void releaseViews() override;
    Result<void> truncate(std::uint64_t size) override;
    Result<void> sync() override;

private:
    class Window;

    Slice lend(std::shared_ptr<Window> window, std::uint64_t position, std::size_t length);
    Result<void> detachBeyond(std::uint64_t size);

    std::string m_path;
    int m_descriptor;
    std::uint64_t m_size;
    std::shared_ptr<const std::function<bool()>> m_isFull;
    std::vector<std::shared_ptr<Window>> m_windows; ///< kept for the next view, newest last
    std::vector<std::weak_ptr<Window>>
        m_lentWindows; ///< dropped here, perhaps still read elsewhere
};

/** What errno says, with the file and what was tried: "cannot write /x/y: No space left on device".
 */
Error systemError(int number, std::string_view what, const std::string& path);

} // namespace moldau
