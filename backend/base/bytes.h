#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace moldau {

using Bytes = std::vector<std::uint8_t>;
using BytesView = std::span<const std::uint8_t>;

inline BytesView asBytes(std::string_view text)
{
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

inline std::string_view asText(BytesView bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/**
 * Bytes that somebody else keeps alive: a part of a received frame, of a mapped segment or of a
 * heap buffer. Copying a slice copies no byte. A slice without an owner points at bytes whose life
 * the caller guarantees.
 */
struct Slice {
    BytesView bytes;
    std::shared_ptr<const void> owner;

    Slice() = default;
    Slice(BytesView view, std::shared_ptr<const void> keepAlive)
        : bytes(view)
        , owner(std::move(keepAlive))
    {
    }
    /** Takes a buffer over; the slice shows all of it. */
    explicit Slice(Bytes buffer)
    {
        auto shared = std::make_shared<const Bytes>(std::move(buffer));
        bytes = *shared;
        owner = std::move(shared);
    }

    std::size_t size() const { return bytes.size(); }
};

/** What is sent in one go: its slices follow each other on the wire. */
using SliceChain = std::vector<Slice>;

inline std::size_t totalSize(const SliceChain& chain)
{
    std::size_t total = 0;
    for (const Slice& slice : chain)
        total += slice.size();
    return total;
}

} // namespace moldau
