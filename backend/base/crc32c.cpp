#include "base/crc32c.h"

#include <isa-l/crc.h>

#include <algorithm>
#include <limits>

namespace moldau {

std::uint32_t crc32c(BytesView bytes)
{
    std::uint32_t crc = ~0u;
    // ISA-L takes the length as int and does not change the buffer although it takes it as mutable.
    while (!bytes.empty()) {
        const auto size = std::min<std::size_t>(bytes.size(), std::numeric_limits<int>::max());
        crc = crc32_iscsi(const_cast<unsigned char*>(bytes.data()), static_cast<int>(size), crc);
        bytes = bytes.subspan(size);
    }
    return ~crc;
}

} // namespace moldau
