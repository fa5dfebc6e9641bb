#pragma once

#include "base/bytes.h"

namespace moldau {

/** CRC-32C (Castagnoli) as in record batches v2: initial value and final xor are all ones. */
std::uint32_t crc32c(BytesView bytes);

} // namespace moldau
