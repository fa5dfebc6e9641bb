#pragma once

#include "base/errorcode.h"
#include "base/eventloop.h"
#include "base/ids.h"

#include <compare>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>

namespace moldau::broker {

/**
 * Which batches of idempotent producers this broker has refused of late. A log that knows nothing
 * of a producer takes any sequence (KIP-360); without this it would take the batch behind one that
 * was refused a moment ago, while both were under way, and a client that sees the later one
 * accepted believes the earlier one to be there. Part of a BrokerNode, on its thread.
 */
class RefusedSequences {
public:
    /** A producer at a partition. */
    struct Key {
        std::string topic; ///< name or id, as the request has it
        std::int32_t partition = 0;
        ProducerId producer = kNoProducer;
        std::int16_t epoch = -1;

        auto operator<=>(const Key&) const = default;
    };

    /** The first sequence that was refused, and why. */
    struct Refusal {
        std::int32_t sequence = -1;
        ErrorCode error = ErrorCode::None;
    };

    static constexpr std::size_t kMost = 2000; ///< producers; then the oldest are forgotten
    /** Longer than clients try to deliver a record by their defaults. */
    static constexpr Duration kMemory = std::chrono::minutes(10);

    bool isEmpty() const { return m_lowest.empty(); }
    void note(Key key, Refusal refusal, Duration now);
    /** None when nothing was refused, or it has been accepted since. */
    std::optional<Refusal> find(const Key& key, Duration now);
    /** A batch of this sequence is in the log: what was refused before it came again. */
    void accepted(const Key& key, std::int32_t sequence);

private:
    struct Known {
        Refusal refusal;
        Duration since;
    };
    struct Noted {
        Duration at;
        Key key;
    };

    void forget(Duration now);
    void dropOldest();

    std::map<Key, Known> m_lowest;
    std::deque<Noted> m_order; ///< by the time of the first refusal; may name what was accepted
};

} // namespace moldau::broker
