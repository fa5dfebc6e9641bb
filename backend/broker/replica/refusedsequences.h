#pragma once

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

    static constexpr std::size_t kMost = 2000; ///< producers; then the oldest are forgotten
    /** Longer than clients try to deliver a record by their defaults. */
    static constexpr Duration kMemory = std::chrono::minutes(10);

    bool isEmpty() const { return m_lowest.empty(); }
    void note(Key key, std::int32_t baseSequence, Duration now);
    /** The first sequence that was refused; none when nothing was. */
    std::optional<std::int32_t> lowestOf(const Key& key, Duration now);

private:
    struct Noted {
        Duration at;
        Key key;
    };

    void forget(Duration now);

    std::map<Key, std::int32_t> m_lowest;
    std::deque<Noted> m_order; ///< by the time of the first refusal
};

} // namespace moldau::broker
