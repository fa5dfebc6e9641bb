#pragma once

#include "events/nametable.h"
#include "topology/topologymodel.h"

#include <initializer_list>
#include <string>

namespace moldau::tests {

/** Small helpers to build clusters and events for the tests of the picture. */
struct TopologyBuild {
    NameTable table;
    widgets::TopologyModel::Names names = [this](NameId id) {
        const std::string_view text = table.textOf(id);
        return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    };

    static client::ClusterDescription cluster(
        int brokers, std::initializer_list<std::pair<std::string, int>> topics, int replicas = 3)
    {
        client::ClusterDescription description;
        for (int i = 1; i <= brokers; ++i)
            description.brokers.push_back(
                {BrokerId(i), {"127.0.0.1", static_cast<std::uint16_t>(19091 + i)}, {}});
        int shift = 0;
        for (const auto& [name, partitions] : topics) {
            client::TopicDescription topic;
            topic.name = name;
            topic.isInternal = name.starts_with("__");
            for (int p = 0; p < partitions; ++p) {
                client::PartitionDescription partition;
                partition.index = p;
                partition.leaderEpoch = 1;
                for (int r = 0; r < std::min(replicas, brokers); ++r) {
                    partition.replicas.emplace_back((p + r + shift) % brokers + 1);
                    partition.inSync.push_back(partition.replicas.back());
                }
                partition.leader = partition.replicas.front();
                topic.partitions.push_back(std::move(partition));
            }
            ++shift;
            description.topics.push_back(std::move(topic));
        }
        return description;
    }

    static std::vector<client::NodeStatus> nodes(int brokers)
    {
        std::vector<client::NodeStatus> nodes;
        for (int i = 1; i <= brokers; ++i) {
            client::NodeStatus node;
            node.service = "broker-" + std::to_string(i);
            node.id = BrokerId(i);
            node.state = client::NodeState::Running;
            nodes.push_back(std::move(node));
        }
        return nodes;
    }

    Event event(EventKind kind, int node, std::int64_t timeNs = 1'000'000'000)
    {
        Event event;
        event.kind = kind;
        event.node = BrokerId(node);
        event.timeNs = timeNs;
        return event;
    }

    Event batch(EventKind kind, int node, const std::string& topic, int partition,
        std::int64_t offset, int count, const std::string& client = {},
        std::int64_t timeNs = 1'000'000'000)
    {
        Event made = event(kind, node, timeNs);
        made.topic = table.intern(topic);
        made.name = table.intern(client);
        made.partition = partition;
        made.offset = offset;
        made.count = count;
        made.bytes = count * 100;
        return made;
    }

    Event moved(EventKind kind, int node, const std::string& topic, int partition, int peer,
        int epoch, std::int64_t timeNs = 1'000'000'000)
    {
        Event made = event(kind, node, timeNs);
        made.topic = table.intern(topic);
        made.partition = partition;
        made.peer = BrokerId(peer);
        made.epoch = epoch;
        return made;
    }
};

} // namespace moldau::tests
