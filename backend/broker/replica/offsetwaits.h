#pragma once

#include "base/callback.h"
#include "base/errorcode.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace moldau::broker {

/**
 * Who waits for an offset to be reached: by the high watermark (acks=all), by the low watermark
 * (DeleteRecords). Part of a Partition, on the broker's thread. Callbacks may add and forget waits.
 */
class OffsetWaits {
public:
    using Done = Callback<void(ErrorCode)>;

    /** Keeps `done` until finishUpTo() has reached the offset. Returns a ticket, never 0. */
    std::uint64_t add(std::int64_t offset, Done done);
    /** False when it was called already. */
    bool forget(std::uint64_t ticket);
    /** Calls those whose offset is at most `offset`, in the order of their offsets. */
    void finishUpTo(std::int64_t offset, ErrorCode outcome);
    void finishAll(ErrorCode outcome);

    bool isEmpty() const { return m_waits.empty(); }

private:
    struct Wait {
        std::uint64_t ticket;
        std::int64_t offset;
        Done done;
    };

    std::vector<Wait> m_waits; ///< by rising offset
    std::uint64_t m_lastTicket = 0;
};

} // namespace moldau::broker
