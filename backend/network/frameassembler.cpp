#include "network/frameassembler.h"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>

namespace moldau::network {

namespace {

constexpr std::size_t kSizeField = 4;
constexpr std::size_t kSmallBuffer = 4 * 1024;
constexpr std::size_t kLargestStep = 256 * 1024;

std::int32_t readSize(const std::uint8_t* bytes)
{
    return static_cast<std::int32_t>((std::uint32_t(bytes[0]) << 24)
        | (std::uint32_t(bytes[1]) << 16) | (std::uint32_t(bytes[2]) << 8)
        | std::uint32_t(bytes[3]));
}

} // namespace

std::span<std::uint8_t> FrameAssembler::receiveBuffer()
{
    const std::size_t pending = pendingBytes();
    if (m_frameBytes > pending) {
        // A frame that proves to be long gets room for all of it once a good part has come.
        const std::size_t missing = m_frameBytes - pending;
        makeRoom(pending >= kLargestStep / 4 ? missing : std::min(missing, kLargestStep));
    } else {
        makeRoom(1);
    }
    return {m_buffer->bytes.get() + m_end, m_buffer->size - m_end};
}

void FrameAssembler::makeRoom(std::size_t atLeast)
{
    if (m_buffer && m_buffer->size - m_end >= atLeast)
        return;
    const std::size_t pending = pendingBytes();
    if (pending == 0 && m_buffer && m_buffer.use_count() == 1 && m_buffer->size >= atLeast) {
        m_begin = m_end = 0; // nobody looks at the old frames any more
        return;
    }
    auto larger = std::make_shared<Buffer>(std::max(kSmallBuffer, pending + atLeast));
    if (pending > 0)
        std::memcpy(larger->bytes.get(), m_buffer->bytes.get() + m_begin, pending);
    m_buffer = std::move(larger);
    m_begin = 0;
    m_end = pending;
}

Result<std::optional<Slice>> FrameAssembler::next()
{
    if (pendingBytes() < kSizeField)
        return std::nullopt;
    const std::int32_t size = readSize(m_buffer->bytes.get() + m_begin);
    if (size < 0 || static_cast<std::size_t>(size) > m_maxFrameBytes)
        return fail(ErrorCode::InvalidRequest,
            fmt::format("Invalid receive (size = {} larger than {})", size, m_maxFrameBytes));
    m_frameBytes = kSizeField + static_cast<std::size_t>(size);
    if (pendingBytes() < m_frameBytes)
        return std::nullopt;
    Slice frame(
        BytesView(m_buffer->bytes.get() + m_begin + kSizeField, static_cast<std::size_t>(size)),
        m_buffer);
    m_begin += m_frameBytes;
    m_frameBytes = 0;
    return frame;
}

} // namespace moldau::network
