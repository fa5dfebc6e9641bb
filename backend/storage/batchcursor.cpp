#include "storage/batchcursor.h"

#include <algorithm>

namespace moldau::storage {

namespace {

constexpr std::uint64_t kChunkBytes = 64 * 1024;

} // namespace

Result<std::optional<BatchHeader>> BatchCursor::next()
{
    m_position = m_next;
    m_size = 0;
    if (m_end - m_next < BatchHeader::kSize || m_next >= m_end)
        return std::nullopt;
    if (m_next < m_chunkStart || m_next + BatchHeader::kSize > m_chunkStart + m_chunk.size()) {
        auto chunk
            = m_file.view(m_next, static_cast<std::size_t>(std::min(kChunkBytes, m_end - m_next)));
        if (!chunk)
            return fail(std::move(chunk.error()));
        m_chunk = std::move(*chunk);
        m_chunkStart = m_next;
    }
    const auto header = BatchHeader::parse(
        m_chunk.bytes.subspan(static_cast<std::size_t>(m_next - m_chunkStart)));
    if (!header || header->magic != BatchHeader::kMagic
        || static_cast<std::uint64_t>(header->size) > m_end - m_next)
        return std::nullopt;
    m_size = header->size;
    m_next += static_cast<std::uint64_t>(header->size);
    return header;
}

Result<Slice> BatchCursor::batch()
{
    const auto size = static_cast<std::size_t>(m_size);
    if (m_position >= m_chunkStart && m_position + size <= m_chunkStart + m_chunk.size())
        return Slice(
            m_chunk.bytes.subspan(static_cast<std::size_t>(m_position - m_chunkStart), size),
            m_chunk.owner);
    return m_file.view(m_position, size);
}

} // namespace moldau::storage
