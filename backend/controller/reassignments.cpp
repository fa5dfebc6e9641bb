#include "controller/reassignments.h"

#include "controller/assignment.h"
#include "controller/partitionchange.h"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

namespace moldau::controller {

namespace {

constexpr std::string_view kReassignments = "org.apache.kafka.controller.ReplicationControlManager";

/** Sorted, as Kafka writes them. */
Replicas missingFrom(const Replicas& replicas, const Replicas& others)
{
    Replicas missing = without(replicas, others);
    std::sort(missing.begin(), missing.end());
    return missing;
}

} // namespace

Result<Reassignments::Change> Reassignments::begin(const TopicImage& topic, const PartitionKey& key,
    const PartitionImage& partition, const Wish& wish) const
{
    const Replicas adding = missingFrom(*wish.replicas, partition.replicas);
    const Replicas removing = missingFrom(partition.replicas, *wish.replicas);
    Replicas replicas = *wish.replicas;
    replicas.insert(replicas.end(), removing.begin(), removing.end());
    PartitionChange change = m_elections.changeOf(topic.name, key, partition,
        [&](BrokerId broker) { return m_elections.canLead(partition, broker); });
    return change
        .setReplicas(std::move(replicas),
            [&](BrokerId broker) { return directoryForNewReplica(m_image, broker); })
        .setReassignment(adding, removing)
        .build();
}

Result<Reassignments::Change> Reassignments::cancel(
    const TopicImage& topic, const PartitionKey& key, const PartitionImage& partition) const
{
    if (!partition.isReassigning())
        return fail(
            ErrorCode::NoReassignmentInProgress, "No partition reassignment is in progress.");
    Replicas replicas = without(partition.replicas, partition.adding);
    Replicas isr = without(partition.isr, partition.adding);
    if (replicas.empty())
        return fail(ErrorCode::InvalidReplicaAssignment,
            "Invalid replica assignment: addingReplicas contains all replicas.");
    const Election election = m_elections.electionFor(topic.name);
    if (isr.empty()) {
        // Only new replicas are in sync: going back means to lead with what an old one has.
        if (election != Election::Unclean)
            return fail(ErrorCode::InvalidReplicaAssignment,
                fmt::format("Unable to revert partition assignment for {}:{} because it would "
                            "require an unclean leader election.",
                    topic.name, key.partition));
        isr = {replicas.front()};
    }
    PartitionChange change = m_elections.changeOf(topic.name, key, partition,
        [&](BrokerId broker) { return m_elections.canLead(partition, broker); });
    return change.setElection(election)
        .setIsr(std::move(isr))
        .setReplicas(std::move(replicas), [](BrokerId) { return Uuid(); })
        .setReassignment({}, {})
        .build();
}

Result<Reassignments::Change> Reassignments::alterOne(
    const std::string& name, const Wish& wish, bool mayResize) const
{
    const TopicImage* const topic = m_image.topic(name);
    if (!topic)
        return fail(ErrorCode::UnknownTopicOrPartition,
            fmt::format("Unable to find a topic named {}.", name));
    const PartitionImage* const partition = m_image.partition(topic->id, wish.partitionIndex);
    if (!partition)
        return fail(ErrorCode::UnknownTopicOrPartition,
            fmt::format("Unable to find partition {}:{}.", name, wish.partitionIndex));
    const PartitionKey key{topic->id, wish.partitionIndex};
    if (!wish.replicas)
        return cancel(*topic, key, *partition);
    if (auto checked = checkAssignment(m_image, *wish.replicas, std::nullopt, wish.partitionIndex);
        !checked)
        return fail(checked.error());
    const std::size_t before = without(partition->replicas, partition->removing).size();
    if (!mayResize && before != wish.replicas->size())
        return fail(ErrorCode::InvalidReplicationFactor,
            fmt::format(
                "The replication factor is changed from {} to {}", before, wish.replicas->size()));
    return begin(*topic, key, *partition, wish);
}

Effect<protocol::AlterPartitionReassignmentsResponse> Reassignments::alter(
    const protocol::AlterPartitionReassignmentsRequest& request) const
{
    Effect<protocol::AlterPartitionReassignmentsResponse> effect;
    effect.reason = "asked for other replicas";
    effect.response.errorMessage.reset();
    effect.response.allowReplicationFactorChange = request.allowReplicationFactorChange;
    std::size_t asked = 0;
    std::size_t altered = 0;
    for (const auto& topic : request.topics) {
        auto& answers = effect.response.responses.emplace_back();
        answers.name = topic.name;
        for (const Wish& wish : topic.partitions) {
            ++asked;
            auto& answer = answers.partitions.emplace_back();
            answer.partitionIndex = wish.partitionIndex;
            answer.errorMessage.reset();
            auto change = alterOne(topic.name, wish, request.allowReplicationFactorChange);
            if (!change) {
                m_log.info(kReassignments,
                    "Unable to alter partition reassignment for {}:{} because of an {} error: {}",
                    topic.name, wish.partitionIndex, factsOf(change.error().code).exception,
                    change.error().message);
                answer.errorCode = errorToWire(change.error().code);
                answer.errorMessage = change.error().message;
                continue;
            }
            ++altered;
            if (*change)
                effect.records.emplace_back(std::move(**change));
        }
    }
    m_log.info(kReassignments, "Successfully altered {} out of {} partition reassignment(s).",
        altered, asked);
    return effect;
}

protocol::ListPartitionReassignmentsResponse Reassignments::list(
    const protocol::ListPartitionReassignmentsRequest& request) const
{
    protocol::ListPartitionReassignmentsResponse response;
    response.errorMessage.reset();
    const auto add = [&](const TopicImage& topic, const std::vector<std::int32_t>& numbers) {
        protocol::ListPartitionReassignmentsResponse::OngoingTopicReassignment ongoing;
        ongoing.name = topic.name;
        for (const std::int32_t number : numbers) {
            const PartitionImage* const partition = m_image.partition(topic.id, number);
            if (!partition || !partition->isReassigning())
                continue;
            auto& found = ongoing.partitions.emplace_back();
            found.partitionIndex = number;
            found.replicas = partition->replicas;
            found.addingReplicas = partition->adding;
            found.removingReplicas = partition->removing;
        }
        if (!ongoing.partitions.empty())
            response.topics.push_back(std::move(ongoing));
    };
    if (!request.topics) {
        for (const auto& [name, topic] : m_image.topics()) {
            std::vector<std::int32_t> all(topic->partitions.size());
            std::iota(all.begin(), all.end(), 0);
            add(*topic, all);
        }
        return response;
    }
    for (const auto& asked : *request.topics) {
        if (const TopicImage* const topic = m_image.topic(asked.name))
            add(*topic, asked.partitionIndexes);
    }
    return response;
}

} // namespace moldau::controller
