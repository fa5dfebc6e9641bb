#pragma once

#include "broker/brokernode.h"
#include "network/exchange.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

namespace moldau::broker {

/**
 * One request's answer while partitions wait for their replicas; it is these that keep it. When
 * they go without a word (the broker is killed) it goes too, and its connection closes. Made with
 * std::make_shared, on the broker's thread.
 */
template <class Response>
class PartitionWait : public std::enable_shared_from_this<PartitionWait<Response>> {
public:
    /** What is waited for: Partition::whenReplicated() or whenDeleted(), and how to stop it. */
    struct Kind {
        std::uint64_t (Partition::*wait)(std::int64_t offset, Callback<void(ErrorCode)> done);
        bool (Partition::*forget)(std::uint64_t ticket);
    };
    /** Notes how the wait of a partition ended, RequestTimedOut included; `partition` may be gone.
     */
    using Finished = void (*)(
        Response&, std::size_t topic, std::size_t index, ErrorCode outcome, Partition* partition);

    PartitionWait(BrokerNode& broker, network::Exchange exchange, Kind kind, Finished finished)
        : m_broker(broker)
        , m_exchange(std::move(exchange))
        , m_kind(kind)
        , m_finished(finished)
        , m_timeout(broker.world().loop)
    {
    }

    Response response;
    network::Exchange& exchange() { return m_exchange; }

    /** `topic` and `index` are the partition's place in the response. */
    void waitFor(Partition& partition, std::size_t topic, std::size_t index, std::int64_t offset)
    {
        ++m_open;
        const Place place{partition.topicId(), partition.name().partition, topic, index};
        const std::uint64_t ticket = (partition.*m_kind.wait)(
            offset, [self = this->shared_from_this(), place](ErrorCode outcome) {
                self->finish(place, outcome);
            });
        if (ticket != 0)
            m_tickets.push_back({place, ticket});
    }

    /** Every partition has been dealt with: answers, or starts to wait. */
    void begun(std::int32_t timeoutMs)
    {
        m_hasBegun = true;
        if (m_open == 0)
            return answer();
        m_timeout.start(
            std::chrono::milliseconds(std::max(timeoutMs, 0)), [weak = this->weak_from_this()] {
                if (const auto self = weak.lock())
                    self->timedOut();
            });
    }

private:
    struct Place {
        Uuid topicId;
        std::int32_t partition;
        std::size_t topic;
        std::size_t index;
    };
    struct Ticket {
        Place place;
        std::uint64_t number;
    };

    Partition* find(const Place& place)
    {
        return m_broker.replicas().find(place.topicId, place.partition);
    }

    void finish(const Place& place, ErrorCode outcome)
    {
        m_finished(response, place.topic, place.index, outcome, find(place));
        if (--m_open == 0 && m_hasBegun)
            answer();
    }

    void timedOut()
    {
        for (const Ticket& ticket : std::exchange(m_tickets, {})) {
            Partition* const partition = find(ticket.place);
            if (partition != nullptr
                && (partition->*m_kind.forget)(ticket.number)) // else answered in time
                m_finished(response, ticket.place.topic, ticket.place.index,
                    ErrorCode::RequestTimedOut, partition);
        }
        answer();
    }

    void answer()
    {
        m_timeout.cancel();
        m_exchange.answer(response);
    }

    BrokerNode& m_broker;
    network::Exchange m_exchange;
    Kind m_kind;
    Finished m_finished;
    Timer m_timeout;
    std::vector<Ticket> m_tickets;
    std::size_t m_open = 0;
    bool m_hasBegun = false;
};

} // namespace moldau::broker
