// GeneratedCluster as BrokerAdmin: three controllers, a log directory a broker, moves at once.
#include "generatedcluster.h"

#include <algorithm>

namespace moldau::test {

using namespace client;

namespace {

constexpr std::int64_t kDisk = 500'000'000'000;

std::vector<BrokerId> without(std::vector<BrokerId> all, const std::vector<BrokerId>& others)
{
    std::erase_if(all, [&](BrokerId broker) {
        return std::find(others.begin(), others.end(), broker) != others.end();
    });
    return all;
}

} // namespace

template <class T>
void GeneratedCluster::answerForBrokers(Reply<T> reply, std::function<Result<T>()> compute)
{
    answer<T>(std::move(reply), [this, compute = std::move(compute)]() -> Result<T> {
        if (m_brokerFailure)
            return fail(*m_brokerFailure);
        return compute();
    });
}

void GeneratedCluster::refuseBrokerAdmin(std::optional<Error> error)
{
    const std::lock_guard lock(m_mutex);
    m_brokerFailure = std::move(error);
}

void GeneratedCluster::holdMoves(bool areHeld)
{
    const std::lock_guard lock(m_mutex);
    m_areMovesHeld = areHeld;
    if (!areHeld)
        finishMoves();
}

GeneratedCluster::Partition* GeneratedCluster::findPartition(const TopicPartition& at)
{
    Topic* topic = find(at.topic);
    const auto place = static_cast<std::size_t>(at.partition);
    return topic && place < topic->partitions.size() ? &topic->partitions[place] : nullptr;
}

void GeneratedCluster::finishMoves()
{
    for (const auto& [at, move] : m_moves) {
        Partition& partition = *findPartition(at);
        partition.replicas = partition.inSync = move.second;
        if (std::find(move.second.begin(), move.second.end(), partition.leader)
            == move.second.end())
            partition.leader = move.second.front();
    }
    m_moves.clear();
}

void GeneratedCluster::describeQuorum(Reply<QuorumDescription> reply)
{
    answerForBrokers<QuorumDescription>(std::move(reply), [this]() -> Result<QuorumDescription> {
        QuorumDescription quorum;
        quorum.leader = BrokerId(101);
        quorum.leaderEpoch = 4;
        quorum.highWatermark = 1'204;
        const std::int64_t now = std::chrono::duration_cast<std::chrono::milliseconds>(
            std::chrono::system_clock::now().time_since_epoch())
                                     .count();
        quorum.voters = {{BrokerId(101), 1'205, -1, -1}, {BrokerId(102), 1'205, now - 40, now - 40},
            {BrokerId(103), 1'187, now - 62'000, now - 62'400}};
        for (int i = 1; i <= m_brokers; ++i)
            quorum.observers.push_back({BrokerId(i), 1'205, now - 120, now - 120});
        for (const int id : {101, 102, 103})
            quorum.addresses[BrokerId(id)] = {"127.0.0.1", static_cast<std::uint16_t>(19'000 + id)};
        return quorum;
    });
}

void GeneratedCluster::describeLogDirectories(Reply<std::vector<LogDirectory>> reply)
{
    answerForBrokers<std::vector<LogDirectory>>(
        std::move(reply), [this]() -> Result<std::vector<LogDirectory>> {
            std::vector<LogDirectory> directories;
            for (int i = 1; i <= m_brokers; ++i) {
                LogDirectory& directory = directories.emplace_back();
                directory.broker = BrokerId(i);
                directory.path = "/var/lib/kafka/broker-" + std::to_string(i);
                directory.totalBytes = kDisk;
                directory.usableBytes = kDisk / (i + 1);
            }
            for (const auto& [name, topic] : m_topics) {
                for (std::size_t i = 0; i < topic.partitions.size(); ++i) {
                    const auto number = static_cast<std::int32_t>(i);
                    const Partition& partition = topic.partitions[i];
                    const std::int64_t bytes
                        = (partition.end - partition.earliest) * topic.bytesPerRecord;
                    const auto move = m_moves.find({name, number});
                    const auto adding = move == m_moves.end()
                        ? std::vector<BrokerId>()
                        : without(move->second.second, move->second.first);
                    for (const BrokerId broker : partition.replicas) {
                        if (broker.value() <= m_brokers) // others are down
                            directories[static_cast<std::size_t>(broker.value() - 1)]
                                .replicas.push_back({broker, name, number, bytes, 0});
                    }
                    for (const BrokerId broker : adding)
                        directories[static_cast<std::size_t>(broker.value() - 1)]
                            .replicas.push_back({broker, name, number, bytes / 2, 50});
                }
            }
            return directories;
        });
}

void GeneratedCluster::electPreferredLeaders(
    std::vector<TopicPartition> partitions, Reply<PerPartition<Done>> reply)
{
    answerForBrokers<PerPartition<Done>>(
        std::move(reply), [this, partitions]() -> Result<PerPartition<Done>> {
            PerPartition<Done> results;
            for (const TopicPartition& at : partitions) {
                Partition* partition = findPartition(at);
                const BrokerId preferred = partition->replicas.front();
                const bool isInSync
                    = std::find(partition->inSync.begin(), partition->inSync.end(), preferred)
                    != partition->inSync.end();
                if (isInSync)
                    partition->leader = preferred;
                results.emplace(at,
                    isInSync ? Result<Done>(Done{})
                             : fail(ErrorCode::PreferredLeaderNotAvailable, "it is out of sync"));
            }
            return results;
        });
}

void GeneratedCluster::reassign(
    std::map<TopicPartition, std::optional<std::vector<BrokerId>>> wishes,
    Reply<PerPartition<Done>> reply)
{
    answerForBrokers<PerPartition<Done>>(
        std::move(reply), [this, wishes]() -> Result<PerPartition<Done>> {
            PerPartition<Done> results;
            for (const auto& [at, replicas] : wishes) {
                Partition* partition = findPartition(at);
                if (!replicas) {
                    const bool isMoving = m_moves.erase(at) > 0;
                    results.emplace(at,
                        isMoving ? Result<Done>(Done{})
                                 : fail(ErrorCode::NoReassignmentInProgress, "nothing moves"));
                    continue;
                }
                m_moves[at] = {partition->replicas, *replicas};
                results.emplace(at, Done{});
            }
            if (!m_areMovesHeld)
                finishMoves();
            return results;
        });
}

void GeneratedCluster::listReassignments(Reply<std::map<TopicPartition, Reassignment>> reply)
{
    answerForBrokers<std::map<TopicPartition, Reassignment>>(
        std::move(reply), [this]() -> Result<std::map<TopicPartition, Reassignment>> {
            std::map<TopicPartition, Reassignment> running;
            for (const auto& [at, move] : m_moves)
                running[at] = {without(move.second, move.first), without(move.first, move.second)};
            return running;
        });
}

ReplicationThrottles GeneratedCluster::throttles() const
{
    const std::lock_guard lock(m_mutex);
    return m_throttles;
}

void GeneratedCluster::setThrottlesTo(ReplicationThrottles throttles)
{
    const std::lock_guard lock(m_mutex);
    m_throttles = std::move(throttles);
}

void GeneratedCluster::describeThrottles(
    std::vector<std::string> topics, Reply<ReplicationThrottles> reply)
{
    answerForBrokers<ReplicationThrottles>(
        std::move(reply), [this, topics]() -> Result<ReplicationThrottles> {
            ReplicationThrottles found;
            found.brokerProblems = m_throttles.brokerProblems;
            for (const auto& [broker, rates] : m_throttles.brokers) {
                if (!found.brokerProblems.contains(broker))
                    found.brokers.emplace(broker, rates);
            }
            for (const std::string& topic : topics) {
                if (const auto set = m_throttles.topics.find(topic);
                    set != m_throttles.topics.end())
                    found.topics.insert(*set);
            }
            return found;
        });
}

void GeneratedCluster::setThrottles(
    ReplicationThrottles throttles, Reply<ReplicationThrottles> reply)
{
    answerForBrokers<ReplicationThrottles>(
        std::move(reply), [this, throttles]() -> Result<ReplicationThrottles> {
            ReplicationThrottles failed;
            const auto put = [](auto& map, const auto& key, const auto& value) {
                map.erase(key);
                if (value.isAny())
                    map.emplace(key, value);
            };
            for (const auto& [topic, replicas] : throttles.topics)
                put(m_throttles.topics, topic, replicas);
            for (const auto& [broker, rates] : throttles.brokers) {
                if (const auto problem = m_throttles.brokerProblems.find(broker);
                    problem != m_throttles.brokerProblems.end())
                    failed.brokerProblems.insert(*problem);
                else
                    put(m_throttles.brokers, broker, rates);
            }
            return failed;
        });
}

} // namespace moldau::test
