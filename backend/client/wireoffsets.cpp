// WireAdmin's part for requests that only a partition's leader answers.

#include "client/wirehelpers.h"

#include "protocol/messages/deleterecordsrequest.h"
#include "protocol/messages/deleterecordsresponse.h"
#include "protocol/messages/listoffsetsrequest.h"
#include "protocol/messages/listoffsetsresponse.h"
#include "protocol/messages/metadatarequest.h"
#include "protocol/messages/metadataresponse.h"

#include <fmt/format.h>

namespace moldau::client {

namespace {

using namespace moldau::protocol;

constexpr Duration kLeaderRetryDelay = std::chrono::milliseconds(50);

/** Worth another try once metadata are newer. */
bool isLeaderElsewhere(ErrorCode code)
{
    return code == ErrorCode::NotLeaderOrFollower || code == ErrorCode::LeaderNotAvailable
        || code == ErrorCode::FencedLeaderEpoch || code == ErrorCode::UnknownLeaderEpoch
        || code == ErrorCode::LocalConnectionClosed || code == ErrorCode::LocalConnectionRefused
        || code == ErrorCode::BrokerNotAvailable || code == ErrorCode::ReplicaNotAvailable;
}

/** ListOffsets learnt its special timestamps one after the other. */
std::int16_t versionWith(std::int64_t timestamp)
{
    switch (timestamp) {
    case OffsetSpec::kMaxTimestamp:
        return 7;
    case OffsetSpec::kEarliestLocal:
        return 8;
    case OffsetSpec::kLatestTiered:
        return 9;
    case OffsetSpec::kEarliestPendingUpload:
        return 11;
    default:
        return 0;
    }
}

/**
 * One question about many partitions: finds the leaders, asks each for its partitions at once, and
 * asks again for those whose leader has moved. Keeps itself alive until it has answered.
 *
 * `Ask` has the request's and response's types, how to build and how to read them.
 */
template <class Ask>
class LeaderQuestion : public std::enable_shared_from_this<LeaderQuestion<Ask>> {
public:
    using Found = PerPartition<typename Ask::Value>;
    using Wanted = std::map<TopicPartition, std::int64_t>;

    LeaderQuestion(WireClient& wire, Wanted wanted, Ask ask, Callback<void(Result<Found>)> done)
        : m_wire(wire)
        , m_wanted(std::move(wanted))
        , m_ask(std::move(ask))
        , m_done(std::move(done))
        , m_deadline(wire.loop().now() + wire.timeout())
    {
    }

    void run()
    {
        std::set<std::string> topics;
        for (const auto& [at, value] : m_wanted)
            topics.insert(at.topic);
        const auto build = [topics](std::int16_t version) {
            MetadataRequest request;
            request.allowAutoTopicCreation = version < 4;
            for (const std::string& topic : topics)
                request.topics->emplace_back().name = topic;
            return request;
        };
        m_wire.template call<MetadataResponse>(
            {}, build, [self = this->shared_from_this()](Result<MetadataResponse> response) {
                if (!response)
                    return self->m_done(fail(response.error()));
                self->askLeaders(*response);
            });
    }

private:
    void askLeaders(const MetadataResponse& metadata)
    {
        std::map<BrokerId, Endpoint> brokers;
        for (const auto& broker : metadata.brokers)
            brokers[broker.nodeId] = {broker.host, static_cast<std::uint16_t>(broker.port)};
        m_wire.rememberBrokers(std::move(brokers));
        Wanted unknown = m_wanted;
        std::map<BrokerId, Wanted> byLeader;
        for (const auto& topic : metadata.topics) {
            for (const auto& partition : topic.partitions) {
                const auto wanted = unknown.extract(
                    TopicPartition{topic.name.value_or(""), partition.partitionIndex});
                if (wanted.empty())
                    continue;
                if (partition.leaderId == kNoBroker)
                    setFound(
                        wanted.key(), fail(wireError(errorToWire(ErrorCode::LeaderNotAvailable))));
                else
                    byLeader[partition.leaderId].emplace(wanted.key(), wanted.mapped());
            }
        }
        for (const auto& [at, value] : unknown)
            setFound(at,
                fail(ErrorCode::UnknownTopicOrPartition,
                    fmt::format("There is no partition {}.", at.toString())));
        std::vector<BrokerId> leaders;
        for (const auto& [leader, partitions] : byLeader)
            leaders.push_back(leader);
        askAll<typename Ask::Response>(
            m_wire, leaders,
            [ask = m_ask, byLeader](BrokerId leader, std::int16_t version) {
                return ask.build(byLeader.at(leader), version);
            },
            [self = this->shared_from_this(), byLeader](
                std::map<BrokerId, Result<typename Ask::Response>> responses) {
                for (const auto& [leader, response] : responses)
                    self->read(byLeader.at(leader), response);
                self->answerOrRepeat();
            },
            m_ask.minVersion);
    }

    void read(const Wanted& asked, const Result<typename Ask::Response>& response)
    {
        for (const auto& [at, value] : asked)
            setFound(at, fail(response ? incompleteAnswer() : response.error()));
        if (response)
            m_ask.read(
                *response, [this](const TopicPartition& at, Result<typename Ask::Value> value) {
                    setFound(at, std::move(value));
                });
    }

    void setFound(const TopicPartition& at, Result<typename Ask::Value> value)
    {
        m_found.insert_or_assign(at, std::move(value));
    }

    void answerOrRepeat()
    {
        Wanted again;
        for (const auto& [at, value] : m_wanted) {
            const auto& found = m_found.at(at);
            if (!found && isLeaderElsewhere(found.error().code))
                again[at] = value;
        }
        // Half of the time for leaders that come back, so that the answer is still in time.
        if (again.empty() || m_wire.loop().now() + m_wire.timeout() / 2 >= m_deadline)
            return m_done(std::move(m_found));
        m_wanted = std::move(again);
        m_wire.later(kLeaderRetryDelay, [self = this->shared_from_this()] { self->run(); });
    }

    WireClient& m_wire;
    Wanted m_wanted;
    Ask m_ask;
    Callback<void(Result<Found>)> m_done;
    Duration m_deadline;
    Found m_found;
};

template <class Ask>
void askLeaders(WireClient& wire, const std::map<TopicPartition, std::int64_t>& wanted, Ask ask,
    Callback<void(Result<PerPartition<typename Ask::Value>>)> done)
{
    std::make_shared<LeaderQuestion<Ask>>(wire, wanted, std::move(ask), std::move(done))->run();
}

struct AskOffsets {
    using Response = ListOffsetsResponse;
    using Value = FoundOffset;

    std::int32_t timeoutMs = 0;
    std::int16_t minVersion = 0;

    ListOffsetsRequest build(
        const std::map<TopicPartition, std::int64_t>& wanted, std::int16_t version) const
    {
        ListOffsetsRequest request;
        request.replicaId = kNoBroker;
        request.timeoutMs = version >= 10 ? timeoutMs : 0;
        for (const auto& [at, timestamp] : wanted) {
            if (request.topics.empty() || request.topics.back().name != at.topic)
                request.topics.emplace_back().name = at.topic;
            auto& partition = request.topics.back().partitions.emplace_back();
            partition.partitionIndex = at.partition;
            partition.timestamp = timestamp;
        }
        return request;
    }
    template <class Set> void read(const ListOffsetsResponse& response, Set set) const
    {
        for (const auto& topic : response.topics) {
            for (const auto& partition : topic.partitions) {
                const TopicPartition at{topic.name, partition.partitionIndex};
                if (partition.errorCode != 0)
                    set(at, fail(wireError(partition.errorCode)));
                else
                    set(at,
                        FoundOffset{partition.offset, partition.timestamp, partition.leaderEpoch});
            }
        }
    }
};

struct AskDeletion {
    using Response = DeleteRecordsResponse;
    using Value = ClusterConnection::Done;

    std::int32_t timeoutMs = 0;
    std::int16_t minVersion = 0;

    DeleteRecordsRequest build(
        const std::map<TopicPartition, std::int64_t>& wanted, std::int16_t) const
    {
        DeleteRecordsRequest request;
        request.timeoutMs = timeoutMs;
        for (const auto& [at, offset] : wanted) {
            if (request.topics.empty() || request.topics.back().name != at.topic)
                request.topics.emplace_back().name = at.topic;
            auto& partition = request.topics.back().partitions.emplace_back();
            partition.partitionIndex = at.partition;
            partition.offset = offset;
        }
        return request;
    }
    template <class Set> void read(const DeleteRecordsResponse& response, Set set) const
    {
        for (const auto& topic : response.topics) {
            for (const auto& partition : topic.partitions)
                set({topic.name, partition.partitionIndex}, doneOr(partition.errorCode));
        }
    }
};

} // namespace

void WireAdmin::findOffsets(
    const std::map<TopicPartition, std::int64_t>& what, Answer<PerPartition<FoundOffset>> answer)
{
    AskOffsets ask{milliseconds(m_wire.timeout()), 0};
    for (const auto& [at, timestamp] : what)
        ask.minVersion = std::max(ask.minVersion, versionWith(timestamp));
    askLeaders(m_wire, what, ask,
        [answer](Result<PerPartition<FoundOffset>> found) { answer(std::move(found)); });
}

void WireAdmin::deleteRecords(const std::string& topic,
    const std::map<std::int32_t, std::int64_t>& before, Answer<Done> answer)
{
    std::map<TopicPartition, std::int64_t> offsets;
    for (const auto& [partition, offset] : before)
        offsets[{topic, partition}] = offset;
    askLeaders(m_wire, offsets, AskDeletion{milliseconds(m_wire.timeout()), 0},
        [answer](Result<PerPartition<Done>> deleted) {
            if (!deleted)
                return answer(fail(deleted.error()));
            for (const auto& [at, result] : *deleted) {
                if (!result)
                    return answer(fail(result.error().code,
                        fmt::format("{}: {}", at.toString(), result.error().message)));
            }
            answer(Done{});
        });
}

} // namespace moldau::client
