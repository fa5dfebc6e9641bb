#pragma once

#include "base/bytes.h"

#include <cstdint>

namespace moldau::protocol {

class BatchView;

/** MurmurHash2 as Kafka's clients use it to spread keys over partitions. */
std::int32_t murmur2(BytesView bytes);

/** Where Kafka's default partitioner puts a record with this key. */
std::int32_t partitionForKey(BytesView key, std::int32_t partitionCount);

/** Java's String.hashCode of a UTF-8 text; brokers choose group and transaction partitions by it.
 */
std::int32_t javaHashCode(std::string_view utf8);

/** Partition of __consumer_offsets or __transaction_state that owns a group or transactional id. */
std::int32_t partitionForId(std::string_view id, std::int32_t partitionCount);

/** Hash of the key of the batch's first record, the same for the same key; 0 when it has none. */
std::uint32_t firstKeyHash(const BatchView& batch);

} // namespace moldau::protocol
