#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace moldau {

/** The integer whose bytes stand at `from`, highest first, as in everything of Kafka's. */
template <std::integral T> T loadBigEndian(const std::uint8_t* from)
{
    using Unsigned = std::make_unsigned_t<T>;
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < sizeof(T); ++i)
        value = value << 8 | from[i];
    return static_cast<T>(static_cast<Unsigned>(value));
}

template <std::integral T> void storeBigEndian(std::uint8_t* to, T value)
{
    auto rest = static_cast<std::uint64_t>(static_cast<std::make_unsigned_t<T>>(value));
    for (std::size_t i = sizeof(T); i-- > 0; rest >>= 8)
        to[i] = static_cast<std::uint8_t>(rest);
}

} // namespace moldau
