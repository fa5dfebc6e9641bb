#include "storage/keyoffsets.h"

#include "base/random.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace moldau::storage {

namespace {

constexpr std::size_t kFirstSlots = 1024;

/** SipHash-2-4 with 128 bits of output (Aumasson, Bernstein). */
class SipHash {
public:
    SipHash(std::uint64_t k0, std::uint64_t k1)
        : m_v0(k0 ^ 0x736f6d6570736575u)
        , m_v1(k1 ^ 0x646f72616e646f6du ^ 0xee)
        , m_v2(k0 ^ 0x6c7967656e657261u)
        , m_v3(k1 ^ 0x7465646279746573u)
    {
    }

    void add(std::uint64_t word)
    {
        m_v3 ^= word;
        rounds(2);
        m_v0 ^= word;
    }
    std::uint64_t firstHalf()
    {
        m_v2 ^= 0xee;
        rounds(4);
        return m_v0 ^ m_v1 ^ m_v2 ^ m_v3;
    }
    std::uint64_t secondHalf()
    {
        m_v1 ^= 0xdd;
        rounds(4);
        return m_v0 ^ m_v1 ^ m_v2 ^ m_v3;
    }

private:
    void rounds(int count)
    {
        for (int i = 0; i < count; ++i) {
            m_v0 += m_v1;
            m_v1 = std::rotl(m_v1, 13) ^ m_v0;
            m_v0 = std::rotl(m_v0, 32);
            m_v2 += m_v3;
            m_v3 = std::rotl(m_v3, 16) ^ m_v2;
            m_v0 += m_v3;
            m_v3 = std::rotl(m_v3, 21) ^ m_v0;
            m_v2 += m_v1;
            m_v1 = std::rotl(m_v1, 17) ^ m_v2;
            m_v2 = std::rotl(m_v2, 32);
        }
    }

    std::uint64_t m_v0;
    std::uint64_t m_v1;
    std::uint64_t m_v2;
    std::uint64_t m_v3;
};

} // namespace

KeyOffsets::KeyOffsets(std::size_t maxBytes, double fill)
    : m_slots(kFirstSlots)
    , m_maxSlots(std::max(kFirstSlots, std::bit_floor(maxBytes / sizeof(Slot))))
    , m_maxKeys(std::min(
          m_maxSlots - 1, static_cast<std::size_t>(static_cast<double>(m_maxSlots) * fill)))
{
    for (std::uint64_t& word : m_secret)
        word = randomBits();
}

KeyOffsets::Digest KeyOffsets::digest(BytesView key) const
{
    SipHash hash(m_secret[0], m_secret[1]);
    const std::uint64_t length = key.size();
    while (key.size() >= 8) {
        std::uint64_t word;
        std::memcpy(&word, key.data(), 8);
        hash.add(word);
        key = key.subspan(8);
    }
    std::uint64_t last = length << 56;
    for (std::size_t i = 0; i < key.size(); ++i)
        last |= std::uint64_t{key[i]} << (8 * i);
    hash.add(last);
    Digest digest;
    digest.low = hash.firstHalf();
    digest.high = hash.secondHalf();
    return digest;
}

KeyOffsets::Slot* KeyOffsets::slotFor(const Digest& key)
{
    const std::size_t mask = m_slots.size() - 1;
    std::size_t index = static_cast<std::size_t>(key.low) & mask;
    while (m_slots[index].offset >= 0 && !(m_slots[index].key == key))
        index = (index + 1) & mask;
    return &m_slots[index];
}

bool KeyOffsets::grow()
{
    if (m_slots.size() >= m_maxSlots)
        return false;
    std::vector<Slot> old(m_slots.size() * 2);
    old.swap(m_slots);
    for (const Slot& slot : old) {
        if (slot.offset >= 0)
            *slotFor(slot.key) = slot;
    }
    return true;
}

bool KeyOffsets::put(BytesView key, std::int64_t offset)
{
    const Digest hashed = digest(key);
    Slot* slot = slotFor(hashed);
    if (slot->offset < 0) {
        if (m_size >= m_maxKeys)
            return false;
        if ((m_size + 1) * 4 > m_slots.size() * 3 && grow())
            slot = slotFor(hashed);
        ++m_size;
        slot->key = hashed;
    }
    slot->offset = offset;
    return true;
}

std::optional<std::int64_t> KeyOffsets::find(BytesView key) const
{
    const Slot* const slot = const_cast<KeyOffsets*>(this)->slotFor(digest(key));
    return slot->offset < 0 ? std::nullopt : std::optional(slot->offset);
}

} // namespace moldau::storage
