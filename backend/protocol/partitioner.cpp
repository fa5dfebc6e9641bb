#include "protocol/partitioner.h"

#include "protocol/recordbatch.h"

#include <limits>

namespace moldau::protocol {

namespace {

// Kafka takes the sign bit off rather than the absolute value, which has an overflow of its own.
std::int32_t toPositive(std::int32_t hash)
{
    return hash & std::numeric_limits<std::int32_t>::max();
}

/** Decodes one UTF-8 character; malformed bytes become U+FFFD one by one, as Java reads them. */
std::uint32_t nextCodePoint(std::string_view text, std::size_t& at)
{
    constexpr std::uint32_t kReplacement = 0xfffd;
    const auto lead = static_cast<std::uint8_t>(text[at++]);
    if (lead < 0x80)
        return lead;
    const int more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
    if (lead < 0xc2 || lead > 0xf4 || at + static_cast<std::size_t>(more) > text.size())
        return kReplacement;
    std::uint32_t point = lead & (0x3fu >> more);
    for (int i = 0; i < more; ++i) {
        const auto byte = static_cast<std::uint8_t>(text[at + static_cast<std::size_t>(i)]);
        if ((byte & 0xc0) != 0x80)
            return kReplacement;
        point = (point << 6) | (byte & 0x3fu);
    }
    at += static_cast<std::size_t>(more);
    return point;
}

} // namespace

std::int32_t murmur2(BytesView bytes)
{
    constexpr std::uint32_t kSeed = 0x9747b28c;
    constexpr std::uint32_t kMultiplier = 0x5bd1e995;
    constexpr unsigned kShift = 24;

    auto hash = kSeed ^ static_cast<std::uint32_t>(bytes.size());
    std::size_t at = 0;
    for (; at + 4 <= bytes.size(); at += 4) {
        std::uint32_t word = 0;
        for (std::size_t i = 0; i < 4; ++i)
            word |= std::uint32_t{bytes[at + i]} << (8 * i);
        word *= kMultiplier;
        word ^= word >> kShift;
        word *= kMultiplier;
        hash = (hash * kMultiplier) ^ word;
    }
    if (at < bytes.size()) {
        for (std::size_t i = 0; at + i < bytes.size(); ++i)
            hash ^= std::uint32_t{bytes[at + i]} << (8 * i);
        hash *= kMultiplier;
    }
    hash ^= hash >> 13;
    hash *= kMultiplier;
    hash ^= hash >> 15;
    return static_cast<std::int32_t>(hash);
}

std::int32_t partitionForKey(BytesView key, std::int32_t partitionCount)
{
    return toPositive(murmur2(key)) % partitionCount;
}

std::int32_t javaHashCode(std::string_view utf8)
{
    std::uint32_t hash = 0;
    for (std::size_t at = 0; at < utf8.size();) {
        std::uint32_t point = nextCodePoint(utf8, at);
        // Java counts UTF-16 units: characters beyond the first plane are two.
        if (point > 0xffff) {
            point -= 0x10000;
            hash = hash * 31 + (0xd800 + (point >> 10));
            point = 0xdc00 + (point & 0x3ff);
        }
        hash = hash * 31 + point;
    }
    return static_cast<std::int32_t>(hash);
}

std::int32_t partitionForId(std::string_view id, std::int32_t partitionCount)
{
    return toPositive(javaHashCode(id)) % partitionCount;
}

std::uint32_t firstKeyHash(const BatchView& batch)
{
    const auto first = batch.firstRecord();
    if (!first || !*first || !(*first)->front().key)
        return 0;
    return static_cast<std::uint32_t>(murmur2(*(*first)->front().key));
}

} // namespace moldau::protocol
