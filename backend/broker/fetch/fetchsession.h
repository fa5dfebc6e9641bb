#pragma once

#include "base/eventloop.h"
#include "base/uuid.h"
#include "protocol/messages/fetchrequest.h"
#include "protocol/messages/fetchresponse.h"

#include <cstdint>
#include <functional>
#include <list>
#include <string>
#include <unordered_map>
#include <vector>

namespace moldau::broker {

/** One partition of a fetch as the client last asked for it, and what it was last told. */
struct FetchedPartition {
    Uuid topicId; ///< zero in requests below v13
    std::string topic; ///< empty in requests from v13 on, until resolved
    protocol::FetchRequest::FetchPartition request;
    std::int64_t lastHighWatermark = -1;
    std::int64_t lastLogStartOffset = -1;
};

/**
 * What one consumer or follower fetches again and again (KIP-227). A request names only what
 * changed; an answer holds only partitions with news. Owned by FetchSessions.
 */
struct FetchSession {
    std::int32_t id = 0;
    std::int32_t epoch = 1; ///< that the next request must have
    bool usesTopicIds = false;
    bool isFollower = false;
    Duration lastUsed{};
    std::vector<FetchedPartition> partitions; ///< in the order in which they are served
    std::function<void()> answerPending; ///< answers the request that waits, if one does
};

/** The sessions of one broker, at most max.incremental.fetch.session.cache.slots; the oldest goes.
 */
class FetchSessions {
public:
    explicit FetchSessions(std::size_t slots = 1000);

    /** What a request is about, or the error that answers all of it. */
    struct Opened {
        std::int16_t error = 0;
        FetchSession* session = nullptr; ///< null: a request without a session
        std::vector<FetchedPartition> sessionless; ///< its partitions
        bool isFull = true; ///< the answer names every partition
    };
    Opened open(protocol::FetchRequest& request, std::int16_t version, Duration now);

    FetchSession* find(std::int32_t id);
    void close(std::int32_t id);
    std::size_t size() const { return m_sessions.size(); }

private:
    FetchSession* create(
        std::vector<FetchedPartition> partitions, bool usesTopicIds, bool isFollower, Duration now);
    static void update(FetchSession& session, protocol::FetchRequest& request);

    std::size_t m_slots;
    std::unordered_map<std::int32_t, FetchSession> m_sessions;
};

} // namespace moldau::broker
