#pragma once

#include "invariants.h"
#include "simulatedcluster.h"

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace moldau::simulation {

/**
 * What clients were told and brokers claimed during a run, and whether that fits together. Rules
 * and names are those of the published Kafka checks of Jepsen: lost-write, duplicate,
 * inconsistent-offsets, nonmonotonic-poll.
 */
class History {
public:
    History(SimulatedCluster& cluster, std::string topic, std::int32_t partitions)
        : m_cluster(cluster)
        , m_topic(std::move(topic))
        , m_partitions(partitions)
    {
    }

    const std::string& topic() const { return m_topic; }
    std::int32_t partitions() const { return m_partitions; }

    /** From here on what is acknowledged has to be committed at that very moment. */
    void believe(const Invariants& truth) { m_truth = &truth; }

    void acknowledged(std::int32_t partition, std::int64_t offset, const std::string& value);
    /** A client takes the records for delivered, at offsets that it wasn't told. */
    void acknowledgedSomewhere(std::int32_t partition, const std::vector<std::string>& values);
    /** A consumer read it below the high watermark. */
    void read(std::int32_t partition, std::int64_t offset, const std::string& value);
    void violation(const std::string& what);

    /** To be called often: who takes itself for the leader of which epoch. */
    void observe();
    /** To be called when the cluster is settled: compares everything with the replicas' logs. */
    void checkLogs();

    /** Compares what was said of a partition with what it holds, by offset. */
    void checkContent(std::int32_t partition, const std::map<std::int64_t, std::string>& values);

    std::size_t acknowledgedCount() const { return m_acknowledged; }
    std::size_t readCount() const { return m_reads; }
    std::size_t epochCount() const { return m_leaders.size(); }
    /** All violations, a line each; empty: all is well. */
    std::string violations() const;

private:
    using Place = std::pair<std::int32_t, std::int64_t>; ///< partition and offset

    void note(
        std::int32_t partition, std::int64_t offset, const std::string& value, const char* who);
    std::map<std::int64_t, std::string> contentOf(int broker, std::int32_t partition);

    SimulatedCluster& m_cluster;
    std::string m_topic;
    std::int32_t m_partitions;
    const Invariants* m_truth = nullptr;
    std::map<Place, std::string> m_values; ///< that somebody was told
    std::vector<std::pair<std::int32_t, std::string>> m_somewhere; ///< partitions and values
    std::map<std::pair<std::int32_t, std::int32_t>, int> m_leaders; ///< partition, epoch: broker
    std::size_t m_acknowledged = 0;
    std::size_t m_reads = 0;
    std::vector<std::string> m_violations;
};

} // namespace moldau::simulation
