#include "coordinator/groupkey.h"

#include <fmt/format.h>

#include <limits>

namespace moldau::coordinator {

namespace {

/** Calls `unit` for each UTF-16 unit of `text`; a broken sequence counts as U+FFFD per byte. */
template <class F> void forEachUtf16Unit(std::string_view text, F unit)
{
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<std::uint8_t>(text[i]);
        const std::size_t length = lead < 0x80 ? 1
            : lead >= 0xc2 && lead < 0xe0      ? 2
            : lead >= 0xe0 && lead < 0xf0      ? 3
            : lead >= 0xf0 && lead < 0xf5      ? 4
                                               : 0;
        std::uint32_t point = length < 2 ? lead : lead & (0x7fu >> length);
        bool isWhole = length != 0 && i + length <= text.size();
        for (std::size_t k = 1; isWhole && k < length; ++k) {
            const auto next = static_cast<std::uint8_t>(text[i + k]);
            isWhole = (next & 0xc0) == 0x80;
            point = point << 6 | (next & 0x3fu);
        }
        if (!isWhole) {
            unit(std::uint16_t{0xfffd});
            ++i;
            continue;
        }
        i += length;
        if (point < 0x10000) {
            unit(static_cast<std::uint16_t>(point));
        } else {
            unit(static_cast<std::uint16_t>(0xd7c0 + (point >> 10)));
            unit(static_cast<std::uint16_t>(0xdc00 | (point & 0x3ff)));
        }
    }
}

} // namespace

std::int32_t javaHashCode(std::string_view text)
{
    std::uint32_t hash = 0;
    forEachUtf16Unit(text, [&](std::uint16_t unit) { hash = 31 * hash + unit; });
    return static_cast<std::int32_t>(hash);
}

std::size_t javaLength(std::string_view text)
{
    std::size_t length = 0;
    forEachUtf16Unit(text, [&](std::uint16_t) { ++length; });
    return length;
}

std::int32_t coordinatorPartition(std::string_view id, std::int32_t partitionCount)
{
    const std::int32_t hash = javaHashCode(id);
    // Kafka's Utils.abs: the one number without a positive twin counts as 0.
    const std::int32_t positive = hash == std::numeric_limits<std::int32_t>::min() ? 0
        : hash < 0                                                                 ? -hash
                                                                                   : hash;
    return positive % partitionCount;
}

std::string javaUuidText(const Uuid& id)
{
    std::string text;
    for (std::size_t i = 0; i < id.bytes.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            text += '-';
        text += fmt::format("{:02x}", id.bytes[i]);
    }
    return text;
}

} // namespace moldau::coordinator
