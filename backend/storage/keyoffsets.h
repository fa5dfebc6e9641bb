#pragma once

#include "base/bytes.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace moldau::storage {

/**
 * The newest offset of each key of a stretch of a log, for compaction. Keys are kept as 128-bit
 * SipHash values under a random secret, so that a table of some megabytes holds a million keys and
 * nobody can make two keys collide. One thread.
 */
class KeyOffsets {
public:
    /** The table grows up to `maxBytes` and is then full when `fill` of its slots are taken. */
    explicit KeyOffsets(std::size_t maxBytes, double fill = 0.75);

    /** False when the table is full and the key is new: then nothing has changed. */
    bool put(BytesView key, std::int64_t offset);
    std::optional<std::int64_t> find(BytesView key) const;
    std::size_t size() const { return m_size; }

private:
    struct Digest {
        std::uint64_t low = 0;
        std::uint64_t high = 0;

        bool operator==(const Digest&) const = default;
    };
    struct Slot {
        Digest key;
        std::int64_t offset = -1; ///< -1: free
    };

    Digest digest(BytesView key) const;
    Slot* slotFor(const Digest& key);
    bool grow();

    std::uint64_t m_secret[2];
    std::vector<Slot> m_slots; ///< a power of two of them
    std::size_t m_size = 0;
    std::size_t m_maxSlots;
    std::size_t m_maxKeys;
};

} // namespace moldau::storage
