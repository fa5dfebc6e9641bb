#pragma once

#include "base/uuid.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace moldau::coordinator {

/** Java's String.hashCode of UTF-8 text (it counts UTF-16 units). */
std::int32_t javaHashCode(std::string_view text);

/** UTF-16 units of UTF-8 text: Java's String.length. */
std::size_t javaLength(std::string_view text);

/** The partition of __consumer_offsets (or __transaction_state) that an id belongs to. */
std::int32_t coordinatorPartition(std::string_view id, std::int32_t partitionCount);

/** "f81d4fae-7dec-11d0-a765-00a0c91e6bf6": how java.util.UUID is shown, as in member ids. */
std::string javaUuidText(const Uuid& id);

} // namespace moldau::coordinator
