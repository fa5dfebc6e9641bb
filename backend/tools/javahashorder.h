#pragma once

#include "base/topicpartition.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace moldau::tools {

/**
 * The order in which java.util.HashMap hands out what was put into it. Kafka's tools print many
 * lists straight from such a map, and output that is compared with theirs has to have their order.
 */
std::int32_t javaHash(std::string_view text);
std::int32_t javaHash(const TopicPartition& at);

/** Indexes of the elements in a map's order; `hashes` in the order of insertion. `capacity` is what
 * the map was made for. */
std::vector<std::size_t> javaHashOrder(
    const std::vector<std::int32_t>& hashes, std::size_t capacity = 16);

/** The elements themselves in that order. */
template <class T, class HashOf>
std::vector<T> inJavaHashOrder(std::vector<T> elements, HashOf hashOf, std::size_t capacity = 16)
{
    std::vector<std::int32_t> hashes;
    for (const T& element : elements)
        hashes.push_back(hashOf(element));
    std::vector<T> ordered;
    for (const std::size_t index : javaHashOrder(hashes, capacity))
        ordered.push_back(std::move(elements[index]));
    return ordered;
}

} // namespace moldau::tools
