#pragma once

#include "base/topicpartition.h"
#include "client/clusterconnection.h"

#include <map>
#include <optional>
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
};

} // namespace moldau::client
