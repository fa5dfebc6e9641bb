#include "tools/javahashorder.h"

#include <algorithm>
#include <bit>
#include <numeric>

namespace moldau::tools {

namespace {

/** UTF-16 units of UTF-8 text; what isn't UTF-8 counts byte by byte. */
std::vector<std::uint16_t> unitsOf(std::string_view text)
{
    std::vector<std::uint16_t> units;
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<std::uint8_t>(text[i]);
        const std::size_t size = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        std::uint32_t point = size == 1 ? lead : lead & (0xFFu >> (size + 1));
        for (std::size_t k = 1; k < size && i + k < text.size(); ++k)
            point = point << 6 | (static_cast<std::uint8_t>(text[i + k]) & 0x3Fu);
        if (point >= 0x10000) {
            units.push_back(static_cast<std::uint16_t>(0xD800 + ((point - 0x10000) >> 10)));
            units.push_back(static_cast<std::uint16_t>(0xDC00 + ((point - 0x10000) & 0x3FF)));
        } else {
            units.push_back(static_cast<std::uint16_t>(point));
        }
        i += size;
    }
    return units;
}

} // namespace

std::int32_t javaHash(std::string_view text)
{
    std::uint32_t hash = 0;
    for (const std::uint16_t unit : unitsOf(text))
        hash = 31 * hash + unit;
    return static_cast<std::int32_t>(hash);
}

std::int32_t javaHash(const TopicPartition& at)
{
    const std::uint32_t hash = 31 * (31 + static_cast<std::uint32_t>(at.partition));
    return static_cast<std::int32_t>(hash + static_cast<std::uint32_t>(javaHash(at.topic)));
}

std::vector<std::size_t> javaHashOrder(
    const std::vector<std::int32_t>& hashes, std::size_t capacity)
{
    // The table has a power of two of buckets and doubles when it is fuller than three quarters.
    std::size_t buckets = std::bit_ceil(std::max<std::size_t>(capacity, 1));
    while (hashes.size() * 4 > buckets * 3)
        buckets *= 2;
    const auto bucketOf = [&](std::size_t index) {
        const auto hash = static_cast<std::uint32_t>(hashes[index]);
        return (hash ^ hash >> 16) & (buckets - 1);
    };
    std::vector<std::size_t> order(hashes.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, bucketOf);
    return order;
}

} // namespace moldau::tools
