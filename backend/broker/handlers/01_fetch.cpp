// Fetch, v4–18.
//
// v4 isolation level, record batches v2 · v5 log start offset · v7 sessions (KIP-227) · v9 leader
// epochs (KIP-320) · v11 rack · v12 diverging epochs (KIP-595), flexible · v13 topic ids (KIP-516)
// · v15 replica state (KIP-903) · v16 node endpoints (KIP-951) · v17 directory id · v18 follower's
// high watermark.
// Waits until min.bytes are there, an error shows, or max.wait.ms are over; a newer request of the
// same session ends the wait, which is how followers get new partitions at once.
// Left out: reading from the closest replica (KIP-392) and tiered storage.

#include "broker/handlers/01_fetch.h"

#include "broker/fetch/fetchread.h"
#include "broker/fetch/fetchwait.h"
#include "protocol/messages/fetchresponse.h"
#include "protocol/recordbatch.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace moldau::broker {

namespace {

using protocol::FetchRequest;
using protocol::FetchResponse;

/** A request that is being served: who asked, on what terms, and of which partitions. */
struct Serving {
    BrokerNode& broker;
    network::Exchange exchange;
    FetchTerms terms;
    std::int32_t sessionId = 0;
    bool isFull = true;
    std::vector<FetchedPartition> sessionless;
    std::vector<FetchedPartition*> all; ///< of the sessionless

    FetchSession* session() { return broker.fetchSessions().find(sessionId); }
    bool hasSession() const { return sessionId != 0; }
};

FetchOutcome look(Serving& serving)
{
    FetchSession* const session = serving.session();
    if (serving.hasSession() && session == nullptr) {
        FetchOutcome gone;
        gone.hasNews = true;
        return gone;
    }
    const FetchRead read(serving.broker.replicas(), serving.broker.image(), serving.broker.self());
    return read.read(serving.hasSession() ? session->due() : serving.all, serving.terms);
}

/** What was answered and stays as it is need not be looked at by the session's next request. */
void settle(FetchSession& session, const std::vector<FetchOutcome::Part>& parts)
{
    for (const auto& part : parts)
        if (part.partition != nullptr)
            session.watch(*part.of, *part.partition);
    session.settle();
}

void emitDelivered(
    Serving& serving, const FetchedPartition& fetched, const FetchResponse::PartitionData& data)
{
    const FetchRead read(serving.broker.replicas(), serving.broker.image(), serving.broker.self());
    const Partition* const partition = read.partitionOf(fetched);
    if (partition == nullptr)
        return;
    EventSink& events = serving.broker.world().events;
    Event event;
    event.timeNs = serving.broker.world().loop.wallClockMs() * 1'000'000;
    event.kind = EventKind::BatchDelivered;
    event.node = serving.broker.self();
    event.connection = serving.exchange.connection().id;
    event.correlation = serving.exchange.correlation;
    event.topic = events.intern(partition->name().topic);
    event.topicId = partition->topicId();
    event.partition = data.partitionIndex;
    event.name = events.intern(serving.exchange.clientId);
    event.offset = fetched.request.fetchOffset;
    event.bytes = static_cast<std::int32_t>(data.records.data.size());
    protocol::BatchIterator batches(data.records.data.bytes);
    while (const auto batch = batches.next())
        event.count += batch->recordCount();
    events.publish(event);
}

/** What followers get of throttled partitions counts, also of those in sync (KIP-73). */
void countThrottled(
    Serving& serving, const FetchedPartition& fetched, const FetchResponse::PartitionData& data)
{
    ReplicaManager& replicas = serving.broker.replicas();
    const FetchRead read(replicas, serving.broker.image(), serving.broker.self());
    const Partition* const partition = read.partitionOf(fetched);
    if (partition != nullptr && partition->isThrottled())
        replicas.leaderQuota().record(
            static_cast<std::int64_t>(data.records.data.size()), serving.broker.world().loop.now());
}

/** Only partitions with news are named in an incremental answer. */
bool isNews(const FetchedPartition& fetched, const FetchResponse::PartitionData& data)
{
    return data.errorCode != 0 || data.records.data.size() > 0 || data.divergingEpoch.epoch >= 0
        || data.highWatermark != fetched.lastHighWatermark
        || data.logStartOffset != fetched.lastLogStartOffset;
}

void addEndpoints(Serving& serving, FetchResponse& response)
{
    if (serving.terms.version < 16)
        return;
    for (const auto& topic : response.responses) {
        for (const auto& data : topic.partitions) {
            const controller::BrokerImage* const leader
                = serving.broker.image().broker(data.currentLeader.leaderId);
            const controller::ListenerImage* const listener = leader == nullptr
                ? nullptr
                : leader->listener(serving.exchange.connection().listener);
            const bool isKnown
                = std::any_of(response.nodeEndpoints.begin(), response.nodeEndpoints.end(),
                    [&](const auto& node) { return node.nodeId == data.currentLeader.leaderId; });
            if (listener == nullptr || isKnown)
                continue;
            auto& node = response.nodeEndpoints.emplace_back();
            node.nodeId = leader->id;
            node.host = listener->address.host;
            node.port = listener->address.port;
            node.rack = leader->rack;
        }
    }
}

void answer(Serving& serving, FetchOutcome outcome)
{
    FetchResponse response;
    response.sessionId = serving.sessionId;
    const bool isWatched = serving.broker.world().events.isWanted();
    const bool isConsumer = serving.terms.follower == kNoBroker;
    FetchSession* const session = serving.session();
    if (serving.hasSession() && session == nullptr)
        response.errorCode = errorToWire(ErrorCode::FetchSessionIdNotFound);
    if (session != nullptr)
        settle(*session, outcome.parts);
    for (auto& part : outcome.parts) {
        FetchedPartition& fetched = *part.of; // nothing was forgotten since the look
        if (!serving.isFull && !isNews(fetched, part.data))
            continue;
        fetched.lastHighWatermark = part.data.highWatermark;
        fetched.lastLogStartOffset = part.data.logStartOffset;
        if (!isConsumer && part.data.records.data.size() > 0)
            countThrottled(serving, fetched, part.data);
        if (isWatched && isConsumer && part.data.records.data.size() > 0)
            emitDelivered(serving, fetched, part.data);
        const bool isSameTopic = !response.responses.empty()
            && response.responses.back().topic == fetched.topic
            && response.responses.back().topicId == fetched.topicId;
        if (!isSameTopic) {
            auto& topic = response.responses.emplace_back();
            topic.topic = fetched.topic;
            topic.topicId = fetched.topicId;
        }
        response.responses.back().partitions.push_back(std::move(part.data));
    }
    addEndpoints(serving, response);
    serving.exchange.answer(response);
}

} // namespace

void fetch(BrokerNode& broker, FetchRequest request, network::Exchange exchange)
{
    const std::int16_t version = exchange.version;
    EventLoop& loop = broker.world().loop;
    // A newer request of a session: the one that still waits is answered before.
    if (request.sessionId != 0)
        if (FetchSession* const session = broker.fetchSessions().find(request.sessionId);
            session && session->answerPending)
            std::exchange(session->answerPending, nullptr)();

    FetchSessions::Opened opened = broker.fetchSessions().open(request, version, loop.now());
    if (opened.error != 0) {
        FetchResponse refused;
        refused.errorCode = opened.error;
        return exchange.answer(refused);
    }
    auto serving = std::make_shared<Serving>(Serving{
        broker, std::move(exchange), {}, 0, opened.isFull, std::move(opened.sessionless), {}});
    for (FetchedPartition& each : serving->sessionless)
        serving->all.push_back(&each);
    serving->sessionId = opened.session == nullptr ? 0 : opened.session->id;
    FetchTerms& terms = serving->terms;
    terms.version = version;
    terms.follower = version >= 15 ? request.replicaState.replicaId : request.replicaId;
    terms.maxBytes = request.maxBytes;
    terms.minBytes = request.minBytes;
    if (terms.follower.value() < 0)
        terms.follower = kNoBroker;
    terms.limit = terms.follower != kNoBroker ? storage::ReadLimit::LogEnd
        : request.isolationLevel == 1         ? storage::ReadLimit::LastStable
                                              : storage::ReadLimit::HighWatermark;

    if (terms.follower != kNoBroker)
        broker.replicas().noteFetchOf(terms.follower);
    FetchOutcome outcome = look(*serving);
    terms.isFirstLook = false;
    const bool isEmptyRequest
        = opened.session != nullptr ? opened.session->size() == 0 : serving->all.empty();
    if (request.maxWaitMs <= 0 || outcome.hasNews || outcome.bytes >= terms.minBytes
        || isEmptyRequest) {
        answer(*serving, std::move(outcome));
    } else {
        std::vector<Partition*> watched; // a session watches its own
        for (const auto& part : outcome.parts) {
            if (part.partition != nullptr && opened.session != nullptr)
                opened.session->watch(*part.of, *part.partition);
            else if (part.partition != nullptr)
                watched.push_back(part.partition);
            // Of most there is nothing to tell: they need no second look.
            if (opened.isFull || isNews(*part.of, part.data))
                part.of->isQuiet = false;
        }
        if (opened.session != nullptr)
            opened.session->settle();
        auto wait = FetchWait::start(
            loop, broker.fetchWaits(), std::move(watched), terms.minBytes,
            std::chrono::milliseconds(request.maxWaitMs), [serving] { return look(*serving); },
            [serving](FetchOutcome found) {
                if (FetchSession* const session
                    = serving->broker.fetchSessions().find(serving->sessionId)) {
                    session->answerPending = nullptr;
                    session->wakePending = nullptr;
                }
                answer(*serving, std::move(found));
            });
        if (opened.session != nullptr) {
            opened.session->answerPending = [weak = std::weak_ptr(wait)] {
                if (const auto pending = weak.lock())
                    pending->finishNow();
            };
            opened.session->wakePending = [weak = std::weak_ptr(wait)] {
                if (const auto pending = weak.lock())
                    pending->wake();
            };
        }
    }
}

} // namespace moldau::broker
