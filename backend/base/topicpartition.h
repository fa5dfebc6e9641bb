#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>

namespace moldau {

/** A partition by its topic's name. */
struct TopicPartition {
    std::string topic;
    std::int32_t partition = 0;

    bool operator==(const TopicPartition&) const = default;
    auto operator<=>(const TopicPartition&) const = default;
    /** "orders-0", also the name of its directory. */
    std::string toString() const { return topic + "-" + std::to_string(partition); }
};

} // namespace moldau

template <> struct std::hash<moldau::TopicPartition> {
    std::size_t operator()(const moldau::TopicPartition& key) const noexcept
    {
        return std::hash<std::string>{}(key.topic) * 31u + static_cast<std::size_t>(key.partition);
    }
};
