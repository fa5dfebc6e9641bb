#pragma once

#include "base/eventloop.h"
#include "base/uuid.h"
#include "events/eventsink.h"
#include "faults/faultboard.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace moldau::faults {

/** A request, as far as rules ask for it. The views live as long as the call that they are for. */
struct RequestFacts {
    protocol::ApiKey api{};
    std::int16_t version = 0;
    std::int32_t correlation = -1;
    std::uint64_t connection = 0;
    std::string_view clientId;
    BytesView body;
    /** The name of a topic of this id, or empty: later versions name topics by their ids. */
    std::function<std::string(const Uuid&)> topicName;
};

/** What happens to one request. */
struct RequestFault {
    Duration delay{}; ///< first
    std::optional<FaultAction> action; ///< then; none: it is handled
    ErrorCode error = ErrorCode::None;
};

/** How a link is for what is sent or received over it at this moment. */
struct LinkFault {
    Duration delay{};
    std::optional<FaultAction> action; ///< Cut, Drop or Close
};

/**
 * The rules of a cluster, as one node obeys them. Owned by whoever made the node, on its loop; the
 * board outlives it. While there is no rule, a question costs one comparison.
 */
class NodeFaults {
public:
    NodeFaults(FaultBoard& board, EventLoop& loop, EventSink& events, BrokerId self);

    /** Whether requests need be shown at all. */
    bool hasRequestRules()
    {
        refresh();
        return !m_requestRules.empty();
    }
    bool hasLinkRules()
    {
        refresh();
        return !m_linkRules.empty();
    }
    /** Counts the rules that fit, and tells of those that strike. */
    RequestFault onRequest(const RequestFacts& request);
    /** The same for a use of the connection to another node. Unknown addresses are never struck. */
    LinkFault onLink(const Endpoint& to);
    /** How the link is, without counting. */
    bool isCut(const Endpoint& to);

private:
    struct Rule {
        int id;
        FaultRule rule;
    };

    void refresh()
    {
        if (const std::uint64_t version = m_board.version(); version != m_version)
            read(version);
    }
    void read(std::uint64_t version);
    bool fits(const FaultRule& rule, const RequestFacts& request);
    void publish(const Rule& rule, const RequestFacts* request, BrokerId peer);

    FaultBoard& m_board;
    EventLoop& m_loop;
    EventSink& m_events;
    BrokerId m_self;
    std::uint64_t m_version = 0;
    std::vector<Rule> m_requestRules; ///< that this node may meet
    std::vector<Rule> m_linkRules;
};

} // namespace moldau::faults
