#pragma once

#include "base/eventloop.h"
#include "base/uuid.h"
#include "broker/replica/partition.h"
#include "protocol/messages/fetchrequest.h"
#include "protocol/messages/fetchresponse.h"

#include <cstdint>
#include <functional>
#include <string>
#include <tuple>
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
    bool isDue = true; ///< in a session: to be looked at by the next request
    bool isQuiet = false; ///< as of the last look: until it changes, another one finds the same
    bool wasServed = false; ///< the last answer had records of it
    bool isForgotten = false;
    Partition* watched = nullptr; ///< whose changes make it due
};

/**
 * What one consumer or follower fetches again and again (KIP-227). A request names only what
 * changed; an answer holds only partitions with news. Of thousands of partitions most are quiet:
 * only those are looked at that were named, that had news, or that told of a change. Owned by
 * FetchSessions; outlives no partition that it watches.
 */
class FetchSession final : public DataWaiter {
public:
    FetchSession() = default;
    FetchSession(const FetchSession&) = delete;
    FetchSession& operator=(const FetchSession&) = delete;
    ~FetchSession() override;

    std::int32_t id = 0;
    std::int32_t epoch = 1; ///< that the next request must have
    bool usesTopicIds = false;
    BrokerId follower = kNoBroker; ///< a consumer's when none
    Duration lastUsed{};
    Duration nextFullLook{}; ///< when all are looked at, be they quiet or not
    std::function<void()> answerPending; ///< answers the request that waits, if one does
    std::function<void()> wakePending; ///< lets it look again

    /** As the request has it, whether or not it was there before. */
    void put(FetchedPartition partition);
    void forget(const Uuid& topicId, const std::string& topic, std::int32_t partition);
    /** Ends a run of forget(). */
    void dropForgotten();
    const FetchedPartition* find(
        const Uuid& topicId, const std::string& topic, std::int32_t partition) const;
    std::size_t size() const { return m_partitions.size(); }

    /** What a look goes over; those that were served last stand at the end. */
    const std::vector<FetchedPartition*>& due() const { return m_due; }
    void makeAllDue();
    /** From now on a change of `partition` makes `fetched`, which is of this session, due. */
    void watch(FetchedPartition& fetched, Partition& partition);
    /** The quiet ones of those that are due no longer are: nothing is left to tell of them. */
    void settle();

private:
    using Key = std::tuple<Uuid, std::string, std::int32_t>;
    struct KeyHash {
        std::size_t operator()(const Key& key) const noexcept
        {
            return std::hash<Uuid>{}(std::get<0>(key)) ^ std::hash<std::string>{}(std::get<1>(key))
                ^ (static_cast<std::size_t>(std::get<2>(key)) * 0x9e3779b97f4a7c15u);
        }
    };

    void partitionChanged(Partition& partition) override;
    void partitionGone(Partition& partition) override;
    void makeDue(FetchedPartition& fetched);
    void unwatch(FetchedPartition& fetched);

    std::unordered_map<Key, FetchedPartition, KeyHash> m_partitions;
    std::unordered_map<Partition*, FetchedPartition*> m_watched;
    std::vector<FetchedPartition*> m_due;
    std::vector<Key> m_forgotten; // until dropForgotten()
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
    FetchSession* create(std::vector<FetchedPartition> partitions, bool usesTopicIds,
        BrokerId follower, Duration now);
    static void update(FetchSession& session, protocol::FetchRequest& request);

    std::size_t m_slots;
    std::unordered_map<std::int32_t, FetchSession> m_sessions;
};

} // namespace moldau::broker
