#pragma once

#include "base/bytes.h"
#include "base/result.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>

namespace moldau::network {

/**
 * Cuts a byte stream into Kafka's frames (int32 size, then that many bytes). Bytes are received
 * straight into the buffer that the frame later shows, so a large Produce request is never copied.
 * Memory follows the bytes that really came, not the size that a peer claims.
 */
class FrameAssembler {
public:
    /** Frames above `maxFrameBytes` are an error, as socket.request.max.bytes has it. */
    explicit FrameAssembler(std::size_t maxFrameBytes)
        : m_maxFrameBytes(maxFrameBytes)
    {
    }

    /** Where the next bytes go; never empty. */
    std::span<std::uint8_t> receiveBuffer();
    void received(std::size_t size) { m_end += size; }

    /**
     * The next whole frame without its size field, none while bytes are missing, or an error
     * (InvalidRequest) for a negative or too large size; the stream is then beyond repair.
     */
    Result<std::optional<Slice>> next();

    /** Bytes held for a frame that isn't whole yet. */
    std::size_t pendingBytes() const { return m_end - m_begin; }

private:
    struct Buffer {
        explicit Buffer(std::size_t size)
            : bytes(new std::uint8_t[size])
            , size(size)
        {
        }
        std::unique_ptr<std::uint8_t[]> bytes;
        std::size_t size;
    };

    void makeRoom(std::size_t atLeast);

    std::size_t m_maxFrameBytes;
    std::shared_ptr<Buffer> m_buffer;
    std::size_t m_begin = 0; // first byte that belongs to no finished frame
    std::size_t m_end = 0; // behind the last received byte
    std::size_t m_frameBytes = 0; // size field included; 0 while unknown
};

} // namespace moldau::network
