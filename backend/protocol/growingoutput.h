#pragma once

#include "base/bytes.h"
#include "base/result.h"

#include <algorithm>

namespace moldau::protocol {

/** Where a decompressor writes: grows as it fills, and never beyond a limit. */
class GrowingOutput {
public:
    /** `packedSize` is a first guess at how much comes; `limit` is the most that take() gives. */
    GrowingOutput(std::size_t packedSize, std::size_t limit)
        : m_limit(limit + 1) // one more, to tell full from too full
    {
        m_bytes.resize(std::min(m_limit, std::max<std::size_t>(4096, packedSize * 2)));
    }

    std::uint8_t* next() { return m_bytes.data() + m_used; }
    std::size_t room() const { return m_bytes.size() - m_used; }
    void advance(std::size_t size) { m_used += size; }
    std::size_t used() const { return m_used; }

    /** Makes room; false when the limit is reached. */
    bool grow()
    {
        if (m_bytes.size() >= m_limit)
            return false;
        m_bytes.resize(std::min(m_limit, m_bytes.size() * 2));
        return true;
    }

    Result<Bytes> take()
    {
        if (m_used >= m_limit)
            return fail(ErrorCode::CorruptMessage, "decompressed records are longer than allowed");
        m_bytes.resize(m_used);
        return std::move(m_bytes);
    }

private:
    Bytes m_bytes;
    std::size_t m_used = 0;
    std::size_t m_limit;
};

inline auto corrupt(std::string what)
{
    return fail(ErrorCode::CorruptMessage, std::move(what));
}

} // namespace moldau::protocol
