#include "broker/fetch/fetchsession.h"

#include "base/errorcode.h"
#include "base/random.h"

#include <algorithm>
#include <limits>

namespace moldau::broker {

namespace {

constexpr std::int32_t kFinalEpoch = -1;
constexpr std::int32_t kInitialEpoch = 0;

std::vector<FetchedPartition> partitionsOf(protocol::FetchRequest& request)
{
    std::vector<FetchedPartition> partitions;
    for (auto& topic : request.topics)
        for (auto& partition : topic.partitions)
            partitions.push_back({topic.topicId, topic.topic, std::move(partition), -1, -1});
    return partitions;
}

bool isSame(const FetchedPartition& known, const Uuid& topicId, const std::string& topic,
    std::int32_t partition)
{
    return known.request.partition == partition && known.topicId == topicId && known.topic == topic;
}

std::int32_t nextEpoch(std::int32_t epoch)
{
    return epoch == std::numeric_limits<std::int32_t>::max() ? 1 : epoch + 1;
}

} // namespace

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
            const bool isFollower
                = request.replicaState.replicaId.value() >= 0 || request.replicaId.value() >= 0;
            opened.session = create(std::move(partitions), version >= 13, isFollower, now);
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
    opened.session = session;
    opened.isFull = false;
    return opened;
}

void FetchSessions::update(FetchSession& session, protocol::FetchRequest& request)
{
    for (const auto& topic : request.forgottenTopicsData)
        for (const std::int32_t partition : topic.partitions)
            std::erase_if(session.partitions, [&](const FetchedPartition& known) {
                return isSame(known, topic.topicId, topic.topic, partition);
            });
    for (FetchedPartition& changed : partitionsOf(request)) {
        const auto found = std::find_if(session.partitions.begin(), session.partitions.end(),
            [&](const FetchedPartition& known) {
                return isSame(known, changed.topicId, changed.topic, changed.request.partition);
            });
        // All of it, what was told as well: a follower that let go of the partition and took it up
        // again may not have listened in between.
        if (found != session.partitions.end())
            *found = std::move(changed);
        else
            session.partitions.push_back(std::move(changed));
    }
}

FetchSession* FetchSessions::create(
    std::vector<FetchedPartition> partitions, bool usesTopicIds, bool isFollower, Duration now)
{
    if (m_slots == 0)
        return nullptr;
    if (m_sessions.size() >= m_slots) {
        const auto oldest = std::min_element(
            m_sessions.begin(), m_sessions.end(), [](const auto& a, const auto& b) {
                if (a.second.isFollower != b.second.isFollower)
                    return !a.second.isFollower; // followers keep theirs longest
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
    session.isFollower = isFollower;
    session.lastUsed = now;
    session.partitions = std::move(partitions);
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
