// RdKafkaConnection's part for brokers: quorum, directories, leaders and replicas.

#include "client/administration.h"
#include "client/rdkafkaconnectionloop.h"

#include <algorithm>

namespace moldau::client {

void RdKafkaConnection::describeQuorum(Reply<QuorumDescription> reply)
{
    onLoop(std::move(reply),
        [this](Answer<QuorumDescription> answer) { m_admin->describeQuorum(std::move(answer)); });
}

void RdKafkaConnection::describeLogDirectories(Reply<std::vector<LogDirectory>> reply)
{
    onLoop(std::move(reply), [this](Answer<std::vector<LogDirectory>> answer) {
        m_admin->describeLogDirectories(std::move(answer));
    });
}

void RdKafkaConnection::describeLogDirs(Reply<std::vector<ReplicaSize>> reply)
{
    describeLogDirectories(
        [reply = std::move(reply)](Result<std::vector<LogDirectory>> directories) mutable {
            if (!directories)
                return reply(fail(directories.error()));
            std::vector<ReplicaSize> sizes;
            const LogDirectory* failed = nullptr;
            for (LogDirectory& directory : *directories) {
                if (directory.problem)
                    failed = &directory;
                std::ranges::move(directory.replicas, std::back_inserter(sizes));
            }
            // A broker that is down hides its directories, not those of the others.
            if (sizes.empty() && failed)
                return reply(fail(*failed->problem));
            reply(std::move(sizes));
        });
}

void RdKafkaConnection::electPreferredLeaders(
    std::vector<TopicPartition> partitions, Reply<PerPartition<Done>> reply)
{
    onLoop(std::move(reply),
        [this, partitions = std::move(partitions)](Answer<PerPartition<Done>> answer) {
            if (partitions.empty())
                return answer(PerPartition<Done>{});
            m_admin->electPreferredLeaders(partitions, std::move(answer));
        });
}

void RdKafkaConnection::reassign(
    std::map<TopicPartition, std::optional<std::vector<BrokerId>>> wishes,
    Reply<PerPartition<Done>> reply)
{
    onLoop(std::move(reply), [this, wishes = std::move(wishes)](Answer<PerPartition<Done>> answer) {
        if (wishes.empty())
            return answer(PerPartition<Done>{});
        m_admin->reassign(wishes, std::move(answer));
    });
}

void RdKafkaConnection::listReassignments(Reply<std::map<TopicPartition, Reassignment>> reply)
{
    onLoop(std::move(reply), [this](Answer<std::map<TopicPartition, Reassignment>> answer) {
        m_admin->listReassignments(std::move(answer));
    });
}

void RdKafkaConnection::describeThrottles(
    std::vector<std::string> topics, Reply<ReplicationThrottles> reply)
{
    onLoop(
        std::move(reply), [this, topics = std::move(topics)](Answer<ReplicationThrottles> answer) {
            m_admin->describeThrottles(topics, std::move(answer));
        });
}

void RdKafkaConnection::setThrottles(
    ReplicationThrottles throttles, Reply<ReplicationThrottles> reply)
{
    onLoop(std::move(reply),
        [this, throttles = std::move(throttles)](Answer<ReplicationThrottles> answer) {
            m_admin->setThrottles(throttles, std::move(answer));
        });
}

} // namespace moldau::client
