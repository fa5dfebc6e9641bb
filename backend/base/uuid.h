#pragma once

#include "base/result.h"

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace moldau {

/** 128 bits as Kafka's org.apache.kafka.common.Uuid has them; text is URL-safe base64, 22 chars. */
struct Uuid {
    std::array<std::uint8_t, 16> bytes{};

    auto operator<=>(const Uuid&) const = default;
    bool isZero() const { return *this == Uuid{}; }

    /** A version-4 UUID whose text does not begin with '-', as Kafka's Uuid.randomUuid(). */
    static Uuid random();
    static Result<Uuid> parse(std::string_view text);
    std::string toString() const;
};

/** Topic id of __cluster_metadata. */
constexpr Uuid kMetadataTopicId{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}};

} // namespace moldau

template <> struct std::hash<moldau::Uuid> {
    std::size_t operator()(const moldau::Uuid& id) const noexcept
    {
        return std::hash<std::string_view>{}(
            {reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()});
    }
};
