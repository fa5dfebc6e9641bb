#include "storage/indexfile.h"

#include <algorithm>

namespace moldau::storage {

namespace {

constexpr std::size_t kPendingBytes = 4096;

} // namespace

Result<void> IndexFile::load()
{
    if (m_isLoaded && (m_file || m_fileCount == 0))
        return {};
    auto opened = m_name.files->open(m_name.path(m_suffix), OpenMode::ReadWrite);
    if (opened)
        m_file = std::move(*opened);
    else if (opened.error().code != ErrorCode::LocalNotFound)
        return fail(std::move(opened.error()));
    if (!m_isLoaded) {
        // Half an entry at the end is none.
        m_fileCount = m_file ? static_cast<std::uint32_t>(m_file->size() / m_entryBytes) : 0;
        m_isLoaded = true;
    }
    return {};
}

Result<void> IndexFile::create()
{
    auto opened = m_name.files->open(m_name.path(m_suffix), OpenMode::Truncate);
    if (!opened)
        return fail(std::move(opened.error()));
    m_file = std::move(*opened);
    m_fileCount = 0;
    m_pending.clear();
    m_isLoaded = true;
    return {};
}

Result<std::uint32_t> IndexFile::count()
{
    if (!m_isLoaded) {
        if (auto loaded = load(); !loaded)
            return fail(std::move(loaded.error()));
    }
    return m_fileCount + static_cast<std::uint32_t>(m_pending.size() / m_entryBytes);
}

Result<void> IndexFile::append(BytesView entry)
{
    if (auto known = count(); !known)
        return fail(std::move(known.error()));
    m_pending.insert(m_pending.end(), entry.begin(), entry.end());
    return m_pending.size() >= kPendingBytes ? write() : Result<void>{};
}

Result<void> IndexFile::read(std::uint32_t index, std::span<std::uint8_t> entry)
{
    if (index >= m_fileCount) {
        const std::size_t at = std::size_t{index - m_fileCount} * m_entryBytes;
        std::copy_n(
            m_pending.begin() + static_cast<std::ptrdiff_t>(at), m_entryBytes, entry.begin());
        return {};
    }
    if (auto loaded = load(); !loaded)
        return loaded;
    if (!m_file)
        return fail(ErrorCode::LocalCorruptData, m_name.path(m_suffix) + " has gone");
    auto got = m_file->readAt(std::uint64_t{index} * m_entryBytes, entry.first(m_entryBytes));
    if (!got)
        return fail(std::move(got.error()));
    if (*got != m_entryBytes)
        return fail(ErrorCode::LocalCorruptData, m_file->path() + " is shorter than it was");
    return {};
}

Result<void> IndexFile::truncate(std::uint32_t count)
{
    auto known = this->count();
    if (!known)
        return fail(std::move(known.error()));
    if (count >= *known)
        return {};
    if (count >= m_fileCount) {
        m_pending.resize(std::size_t{count - m_fileCount} * m_entryBytes);
        return {};
    }
    m_pending.clear();
    if (auto loaded = load(); !loaded)
        return loaded;
    if (m_file) {
        if (auto cut = m_file->truncate(std::uint64_t{count} * m_entryBytes); !cut)
            return cut;
    }
    m_fileCount = count;
    return {};
}

Result<void> IndexFile::write()
{
    if (m_pending.empty())
        return {};
    if (!m_file) {
        auto opened = m_name.files->open(m_name.path(m_suffix), OpenMode::Create);
        if (!opened)
            return fail(std::move(opened.error()));
        m_file = std::move(*opened);
    }
    if (auto written = m_file->writeAt(std::uint64_t{m_fileCount} * m_entryBytes, m_pending);
        !written)
        return written;
    m_fileCount += static_cast<std::uint32_t>(m_pending.size() / m_entryBytes);
    m_pending.clear();
    return {};
}

Result<std::shared_ptr<File>> IndexFile::file()
{
    if (!m_file) {
        // Also when it is empty: that it was cut must be synced, too.
        auto opened = m_name.files->open(m_name.path(m_suffix), OpenMode::ReadWrite);
        if (opened)
            m_file = std::move(*opened);
        else if (opened.error().code != ErrorCode::LocalNotFound)
            return fail(std::move(opened.error()));
    }
    return m_file;
}

void IndexFile::release()
{
    m_file.reset();
    Bytes().swap(m_pending);
}

} // namespace moldau::storage
