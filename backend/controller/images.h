#pragma once

#include "base/ids.h"
#include "base/transport.h"
#include "base/uuid.h"
#include "configs/configlayers.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace moldau::controller {

/** Broker ids in an order that matters: of replicas, the first is the preferred leader. */
using Replicas = std::vector<BrokerId>;

inline bool contains(const Replicas& replicas, BrokerId broker)
{
    return std::find(replicas.begin(), replicas.end(), broker) != replicas.end();
}

/** What is left of `replicas`, in their order. */
Replicas without(const Replicas& replicas, const Replicas& unwanted);

/** "[1,2,3]", as Kafka's logs and tools write it. */
std::string toText(const Replicas& replicas);

/** Whether a leader still has to recover from an unclean election (KIP-704). */
enum class LeaderRecovery : std::int8_t { Recovered = 0, Recovering = 1 };

/** What the metadata log says of one partition. */
struct PartitionImage {
    Replicas replicas;
    Replicas isr;
    Replicas removing; ///< replicas that a reassignment takes away
    Replicas adding; ///< replicas that a reassignment brings
    Replicas eligibleLeaders; ///< ELR (KIP-966)
    Replicas lastKnownEligibleLeaders;
    std::vector<Uuid> directories; ///< log directory of each replica, in the order of `replicas`
    BrokerId leader = kNoBroker;
    std::int32_t leaderEpoch = -1; ///< rises with each change of leader
    std::int32_t partitionEpoch = -1; ///< rises with each change at all
    LeaderRecovery leaderRecovery = LeaderRecovery::Recovered;

    bool isReassigning() const { return !removing.empty() || !adding.empty(); }
    bool hasLeader() const { return leader != kNoBroker; }
    bool hasPreferredLeader() const { return !replicas.empty() && leader == replicas.front(); }
    bool operator==(const PartitionImage&) const = default;
};

/** A topic and its partitions; a partition's number is its place in the vector. */
struct TopicImage {
    std::string name;
    Uuid id;
    std::vector<PartitionImage> partitions;

    bool operator==(const TopicImage&) const = default;
};

/** One address of a broker or controller, by listener name. */
struct ListenerImage {
    std::string name;
    Endpoint address;
    std::int16_t securityProtocol = 0; ///< 0 PLAINTEXT, 1 SSL, 2 SASL_PLAINTEXT, 3 SASL_SSL

    bool operator==(const ListenerImage&) const = default;
};

struct VersionRange {
    std::int16_t min = 0;
    std::int16_t max = 0;

    bool includes(std::int16_t version) const { return version >= min && version <= max; }
    bool operator==(const VersionRange&) const = default;
};

/** A registered broker. A fenced one leads nothing and is not shown to clients. */
struct BrokerImage {
    BrokerId id = kNoBroker;
    std::int64_t epoch = -1; ///< given at registration; requests with another one are refused
    std::int64_t registrationOffset = -1; ///< where in the log it registered
    Uuid incarnation; ///< new at each start of the broker's process
    std::vector<ListenerImage> listeners;
    std::map<std::string, VersionRange> features;
    std::optional<std::string> rack;
    std::vector<Uuid> directories;
    std::optional<std::vector<Uuid>> cordonedDirectories;
    bool isFenced = true;
    bool isInControlledShutdown = false;

    /** May lead partitions and be in an ISR. */
    bool isActive() const { return !isFenced && !isInControlledShutdown; }
    const ListenerImage* listener(std::string_view name) const;
    bool operator==(const BrokerImage&) const = default;
};

/** A controller that registered itself (RegisterControllerRecord). */
struct ControllerImage {
    std::int32_t id = -1;
    Uuid incarnation;
    std::vector<ListenerImage> listeners;
    std::map<std::string, VersionRange> features;

    bool operator==(const ControllerImage&) const = default;
};

/** Numbers as in Kafka's ConfigResource.Type. */
enum class ConfigResourceType : std::int8_t {
    Topic = 2,
    Broker = 4, ///< an empty name is the default of all brokers
    BrokerLogger = 8,
    ClientMetrics = 16,
    Group = 32,
};

struct ConfigResource {
    ConfigResourceType type = ConfigResourceType::Topic;
    std::string name;

    auto operator<=>(const ConfigResource&) const = default;
};

/** Names and values that were set for one resource; what isn't here has its default. */
using configs::ConfigMap;

} // namespace moldau::controller
