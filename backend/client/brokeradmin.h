#pragma once

#include "base/topicpartition.h"
#include "client/clusterconnection.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace moldau::client {

/** One partition's part of an answer: what it asked for, or why not. */
template <class T> using PerPartition = std::map<TopicPartition, Result<T>>;

/** A replica set that is being changed. */
struct Reassignment {
    std::vector<BrokerId> adding;
    std::vector<BrokerId> removing;

    bool operator==(const Reassignment&) const = default;
};

/** A node that keeps the metadata log: it votes, or it only reads along. */
struct QuorumReplica {
    BrokerId id = kNoBroker;
    std::int64_t logEnd = -1;
    std::int64_t lastFetchMs = -1; ///< milliseconds since 1970; -1: not told, or the leader itself
    std::int64_t lastCaughtUpMs = -1;
};

/** The metadata quorum as its leader sees it. */
struct QuorumDescription {
    BrokerId leader = kNoBroker;
    std::int32_t leaderEpoch = -1;
    std::int64_t highWatermark = -1;
    std::vector<QuorumReplica> voters; ///< by id
    std::vector<QuorumReplica> observers; ///< by id
    /** Where voters are reached; empty where the cluster's version doesn't tell. */
    std::map<BrokerId, Endpoint> addresses;
};

/** A folder in which a broker keeps logs, or a broker that couldn't be asked for its folders. */
struct LogDirectory {
    BrokerId broker = kNoBroker;
    std::string path; ///< empty: the broker didn't answer
    std::optional<Error> problem;
    std::int64_t totalBytes = -1; ///< of its file system; -1: not told
    std::int64_t usableBytes = -1; ///< the same
    std::vector<ReplicaSize> replicas;
};

/** How fast a broker copies those replicas that are throttled, in bytes a second (KIP-73). */
struct ThrottleRates {
    std::optional<std::int64_t> asLeader; ///< what followers fetch of it; none: without limit
    std::optional<std::int64_t> asFollower; ///< what it fetches

    bool isAny() const { return asLeader || asFollower; }
    bool operator==(const ThrottleRates&) const = default;
};

/** Which of a topic's replicas are throttled: "partition:broker" each, or "*" alone for all. */
struct ThrottledReplicas {
    std::set<std::string> asLeaders;
    std::set<std::string> asFollowers;

    bool isAny() const { return !asLeaders.empty() || !asFollowers.empty(); }
    bool operator==(const ThrottledReplicas&) const = default;
};

/** What holds replication back. It takes both, rates and replicas that they count for. */
struct ReplicationThrottles {
    std::map<BrokerId, ThrottleRates> brokers;
    std::map<std::string, ThrottledReplicas> topics;
    /** Those that didn't answer, or didn't do it. */
    std::map<BrokerId, Error> brokerProblems;
    std::map<std::string, Error> topicProblems;
};

/**
 * The nodes' side of a cluster: who decides, who leads what, and which broker keeps which replica.
 * The rules of ClusterConnection hold: nothing blocks, one call of each callback on the
 * connection's thread. What a cluster or our way to it can't serve ends in LocalUnsupported with a
 * sentence that says why.
 */
class BrokerAdmin {
public:
    template <class T> using Reply = Callback<void(Result<T>)>;
    using Done = ClusterConnection::Done;

    virtual ~BrokerAdmin() = default;

    virtual void describeQuorum(Reply<QuorumDescription> reply) = 0;
    /** Of every broker; one that doesn't answer is named with its problem. */
    virtual void describeLogDirectories(Reply<std::vector<LogDirectory>> reply) = 0;
    /** Gives the partitions back to their preferred leaders, the first of their replicas. */
    virtual void electPreferredLeaders(
        std::vector<TopicPartition> partitions, Reply<PerPartition<Done>> reply)
        = 0;
    /**
     * Moves partitions to these replicas, the preferred leader first; an answer without error says
     * that it has begun. No replicas: what is under way is cancelled.
     */
    virtual void reassign(std::map<TopicPartition, std::optional<std::vector<BrokerId>>> wishes,
        Reply<PerPartition<Done>> reply)
        = 0;
    virtual void listReassignments(Reply<std::map<TopicPartition, Reassignment>> reply) = 0;
    /**
     * What is set for each broker itself, and for those of these topics that there are; brokers and
     * topics with nothing set are left out. A default for all brokers isn't told.
     */
    virtual void describeThrottles(
        std::vector<std::string> topics, Reply<ReplicationThrottles> reply)
        = 0;
    /**
     * Sets exactly this for the brokers and topics that it names, nothing at all where they are
     * named with nothing; first the topics, as kafka-reassign-partitions does. The answer names
     * those that could not be set, by their problems. A broker that is down can't.
     */
    virtual void setThrottles(ReplicationThrottles throttles, Reply<ReplicationThrottles> reply)
        = 0;
};

} // namespace moldau::client
