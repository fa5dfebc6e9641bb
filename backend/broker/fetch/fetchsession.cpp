#include "broker/fetch/fetchsession.h"

#include "base/errorcode.h"
#include "base/random.h"

#include <algorithm>
#include <limits>

namespace moldau::broker {

namespace {

constexpr std::int32_t kFinalEpoch = -1;
constexpr std::int32_t kInitialEpoch = 0;
constexpr Duration kFullLookInterval = std::chrono::minutes(1);

std::vector<FetchedPartition> partitionsOf(protocol::FetchRequest& request)
{
    std::vector<FetchedPartition> partitions;
    for (auto& topic : request.topics)
        for (auto& partition : topic.partitions)
            partitions.push_back({topic.topicId, topic.topic, std::move(partition)});
    return partitions;
}

std::int32_t nextEpoch(std::int32_t epoch)
{
    return epoch == std::numeric_limits<std::int32_t>::max() ? 1 : epoch + 1;
}

} // namespace

FetchSession::~FetchSession()
{
    for (const auto& [partition, fetched] : m_watched)
        partition->removeWaiter(*this);
}

void FetchSession::put(FetchedPartition partition)
{
    const auto [place, isNew] = m_partitions.try_emplace(
        Key{partition.topicId, partition.topic, partition.request.partition});
    FetchedPartition& fetched = place->second;
    if (isNew) {
        fetched = std::move(partition);
        fetched.isDue = false;
    } else {
        // All of it, what was told as well: a follower that let go of the partition and took it
        // up again may not have listened in between.
        fetched.request = std::move(partition.request);
        fetched.lastHighWatermark = -1;
        fetched.lastLogStartOffset = -1;
    }
    makeDue(fetched);
}

void FetchSession::forget(const Uuid& topicId, const std::string& topic, std::int32_t partition)
{
    const auto found = m_partitions.find(Key{topicId, topic, partition});
    if (found == m_partitions.end() || std::exchange(found->second.isForgotten, true))
        return;
    if (found->second.watched != nullptr && follower != kNoBroker)
        found->second.watched->followerLeft(follower);
    unwatch(found->second);
    m_forgotten.push_back(found->first);
}

void FetchSession::dropForgotten()
{
    if (m_forgotten.empty())
        return;
    std::erase_if(m_due, [](const FetchedPartition* each) { return each->isForgotten; });
    for (const Key& key : std::exchange(m_forgotten, {}))
        m_partitions.erase(key);
}

const FetchedPartition* FetchSession::find(
    const Uuid& topicId, const std::string& topic, std::int32_t partition) const
{
    const auto found = m_partitions.find(Key{topicId, topic, partition});
    return found == m_partitions.end() ? nullptr : &found->second;
}

void FetchSession::makeDue(FetchedPartition& fetched)
{
    if (!std::exchange(fetched.isDue, true))
        m_due.push_back(&fetched);
}

void FetchSession::makeAllDue()
{
    for (auto& [key, fetched] : m_partitions)
        makeDue(fetched);
}

void FetchSession::watch(FetchedPartition& fetched, Partition& partition)
{
    if (fetched.watched == &partition)
        return;
    unwatch(fetched);
    // One partition may stand in a session by two names; then only one of them is watched.
    if (!m_watched.emplace(&partition, &fetched).second)
        return;
    fetched.watched = &partition;
    partition.addWaiter(*this);
}

void FetchSession::unwatch(FetchedPartition& fetched)
{
    if (fetched.watched == nullptr)
        return;
    fetched.watched->removeWaiter(*this);
    m_watched.erase(std::exchange(fetched.watched, nullptr));
}

void FetchSession::settle()
{
    std::erase_if(m_due, [](FetchedPartition* each) {
        each->isDue = each->watched == nullptr || !each->isQuiet;
        return !each->isDue;
    });
    std::stable_partition(
        m_due.begin(), m_due.end(), [](const FetchedPartition* each) { return !each->wasServed; });
}

void FetchSession::partitionChanged(Partition& partition)
{
    makeDue(*m_watched.at(&partition));
    if (wakePending)
        wakePending();
}

void FetchSession::partitionGone(Partition& partition)
{
    const auto found = m_watched.find(&partition);
    found->second->watched = nullptr;
    makeDue(*found->second);
    m_watched.erase(found);
    if (wakePending)
        wakePending();
}

FetchSessions::FetchSessions(std::size_t slots)
    : m_slots(slots)
{
}

FetchSessions::Opened FetchSessions::open(
    protocol::FetchRequest& request, std::int16_t version, Duration now)
{
    Opened opened;
    const bool isFull
        = request.sessionEpoch == kInitialEpoch || request.sessionEpoch == kFinalEpoch;
    if (isFull) {
        if (request.sessionId != 0)
            close(request.sessionId);
        std::vector<FetchedPartition> partitions = partitionsOf(request);
        if (request.sessionEpoch == kInitialEpoch && version >= 7) {
            const BrokerId replica
                = version >= 15 ? request.replicaState.replicaId : request.replicaId;
            const BrokerId follower = replica.value() >= 0 ? replica : kNoBroker;
            opened.session = create(std::move(partitions), version >= 13, follower, now);
            if (opened.session != nullptr)
                return opened;
            partitions = partitionsOf(request);
        }
        opened.sessionless = std::move(partitions);
        return opened;
    }
    FetchSession* const session = find(request.sessionId);
    if (session == nullptr) {
        opened.error = static_cast<std::int16_t>(ErrorCode::FetchSessionIdNotFound);
        return opened;
    }
    if (session->epoch != request.sessionEpoch) {
        opened.error = static_cast<std::int16_t>(ErrorCode::InvalidFetchSessionEpoch);
        return opened;
    }
    if (session->usesTopicIds != (version >= 13)) {
        opened.error = static_cast<std::int16_t>(ErrorCode::FetchSessionTopicIdError);
        return opened;
    }
    session->epoch = nextEpoch(session->epoch);
    session->lastUsed = now;
    update(*session, request);
    if (now >= session->nextFullLook) {
        session->nextFullLook = now + kFullLookInterval;
        session->makeAllDue();
    }
    opened.session = session;
    opened.isFull = false;
    return opened;
}

void FetchSessions::update(FetchSession& session, protocol::FetchRequest& request)
{
    for (const auto& topic : request.forgottenTopicsData)
        for (const std::int32_t partition : topic.partitions)
            session.forget(topic.topicId, topic.topic, partition);
    session.dropForgotten();
    for (FetchedPartition& changed : partitionsOf(request))
        session.put(std::move(changed));
}

FetchSession* FetchSessions::create(
    std::vector<FetchedPartition> partitions, bool usesTopicIds, BrokerId follower, Duration now)
{
    if (m_slots == 0)
        return nullptr;
    if (m_sessions.size() >= m_slots) {
        const auto oldest = std::min_element(
            m_sessions.begin(), m_sessions.end(), [](const auto& a, const auto& b) {
                const bool isFollower = a.second.follower != kNoBroker;
                if (isFollower != (b.second.follower != kNoBroker))
                    return !isFollower; // followers keep theirs longest
                return a.second.lastUsed < b.second.lastUsed;
            });
        close(oldest->first);
    }
    std::int32_t id = 0;
    do
        id = static_cast<std::int32_t>(randomBits() & std::numeric_limits<std::int32_t>::max());
    while (id == 0 || m_sessions.contains(id));
    FetchSession& session = m_sessions[id];
    session.id = id;
    session.usesTopicIds = usesTopicIds;
    session.follower = follower;
    session.lastUsed = now;
    session.nextFullLook = now + kFullLookInterval;
    for (FetchedPartition& partition : partitions)
        session.put(std::move(partition));
    return &session;
}

FetchSession* FetchSessions::find(std::int32_t id)
{
    const auto found = m_sessions.find(id);
    return found == m_sessions.end() ? nullptr : &found->second;
}

void FetchSessions::close(std::int32_t id)
{
    const auto found = m_sessions.find(id);
    if (found == m_sessions.end())
        return;
    // The request that waits answers itself and does not find its session any more.
    auto answerPending = std::move(found->second.answerPending);
    m_sessions.erase(found);
    if (answerPending)
        answerPending();
}

} // namespace moldau::broker
