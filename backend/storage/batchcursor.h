#pragma once

#include "base/filesystem.h"
#include "storage/batchheader.h"

#include <cstdint>
#include <optional>

namespace moldau::storage {

/** Walks over the batches of a segment's file, looking at heads only until batch() is called. */
class BatchCursor {
public:
    /** From `position`, where a batch begins, to `end`. The file outlives the cursor. */
    BatchCursor(File& file, std::uint64_t position, std::uint64_t end)
        : m_file(file)
        , m_next(position)
        , m_end(end)
    {
    }

    /**
     * The next batch's head; none at the end and where the rest is no whole batch of v2 (then
     * isAtEnd() is false and position() where the rest begins).
     */
    Result<std::optional<BatchHeader>> next();
    bool isAtEnd() const { return m_next >= m_end; }

    /** Where the batch that next() gave begins, or the rest that is none. */
    std::uint64_t position() const { return m_position; }
    std::uint64_t nextPosition() const { return m_next; }
    /** All bytes of the batch that next() gave. */
    Result<Slice> batch();

private:
    File& m_file;
    Slice m_chunk;
    std::uint64_t m_chunkStart = 0;
    std::uint64_t m_position = 0;
    std::uint64_t m_next;
    std::uint64_t m_end;
    std::int32_t m_size = 0;
};

} // namespace moldau::storage
