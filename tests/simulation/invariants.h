#pragma once

#include "protocol/recordbatch.h"
#include "simulatedcluster.h"

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace moldau::simulation {

/**
 * What must hold after every step of a cluster, looked at in the node that has just done something:
 * one leader per epoch (of partitions and of the metadata quorum), equal logs below the high
 * watermark, a high watermark that never goes back while its broker lives, a leader that has
 * all that was ever committed, an ISR within the replicas, sequences of idempotent producers
 * without gap or repetition, and equal metadata at equal offsets. Keeps the committed log of each
 * watched partition, as the first broker that knew of it had it. Outlived by the cluster; on its
 * thread.
 */
class Invariants {
public:
    explicit Invariants(SimulatedCluster& cluster);
    ~Invariants();
    Invariants(const Invariants&) = delete;
    Invariants& operator=(const Invariants&) = delete;

    /** The partitions of this topic from here on; its records are kept, so it isn't compacted. */
    void watch(const std::string& topic, std::int32_t partitions);

    /** Values by offset: what is below the highest high watermark that any broker ever had. */
    const std::map<std::int64_t, std::string>& committed(
        const std::string& topic, std::int32_t partition) const;
    std::int64_t committedEnd(const std::string& topic, std::int32_t partition) const;
    /** As far as any broker ever took it for committed, also one whose disk failed at that moment,
     * so that nobody could look at it. */
    std::int64_t claimedEnd(const std::string& topic, std::int32_t partition) const;

    /** Of all leaders that there ever were; -1 before the first. */
    std::int32_t newestEpoch(const std::string& topic, std::int32_t partition) const;

    /** Every node that ever ran has read the metadata equally far. */
    bool isMetadataEven() const;
    /** To be called when the cluster is settled: everybody is at the end of everything. */
    void checkSettled();

    void violation(const std::string& what);
    /** A line each; empty: all is well. */
    std::string violations() const;
    std::size_t checks() const { return m_checks; }
    std::size_t leaderEpochs() const { return m_leaders.size(); }
    std::size_t controllerEpochs() const { return m_controllers.size(); }
    /** Differs when anything happened at another time, in another order or elsewhere. */
    std::uint64_t fingerprint() const { return m_fingerprint; }

private:
    struct Batch {
        std::int64_t nextOffset;
        std::int32_t epoch;
        std::uint32_t crc;

        bool operator==(const Batch&) const = default;
    };
    /** What one broker's replica looked like after its last step. */
    struct Seen {
        const broker::Partition* replica = nullptr;
        std::uint64_t life = 0; ///< of the broker: pointers come again
        std::int64_t highWatermark = 0;
        std::int64_t checkedTo = 0; ///< of the log, against the committed one
        std::int32_t leaderEpoch = -1;
        std::int32_t partitionEpoch = -1;
    };
    struct Watched {
        std::string topic;
        std::int32_t partition = 0;
        std::map<std::int64_t, Batch> batches; ///< by base offset
        std::map<std::int64_t, std::string> values;
        std::int64_t end = 0; ///< of what is committed
        std::int64_t claimedEnd = 0; ///< the highest high watermark
        /** Epoch and last sequence of each producer. */
        std::map<ProducerId, std::pair<std::int16_t, std::int32_t>> producers;
        std::vector<Seen> seen; ///< by broker
    };

    void acted(Host& host);
    void checkBroker(int number);
    void checkReplica(int number, Watched& watched, broker::Partition& replica, Seen& seen);
    void checkRoles(int number, const Watched& watched, const broker::Partition& replica);
    void checkSequence(Watched& watched, const protocol::BatchView& batch);
    void checkLog(int number, Watched& watched, broker::Partition& replica, Seen& seen);
    void checkController(Host& host, int number);
    void checkImage(const controller::MetadataImage& image, int node);
    const Watched& find(const std::string& topic, std::int32_t partition) const;

    SimulatedCluster& m_cluster;
    std::vector<Watched> m_watched;
    std::map<std::pair<std::size_t, std::int32_t>, int> m_leaders; ///< watched, epoch: broker
    std::map<std::int32_t, int> m_controllers; ///< epoch: controller
    std::map<std::int64_t, controller::MetadataImage> m_images; ///< by offset
    std::map<int, std::int64_t> m_imageOffsets; ///< that were looked at, by node
    std::size_t m_checks = 0;
    std::uint64_t m_fingerprint = 14695981039346656037ULL;
    std::vector<std::string> m_violations;
};

} // namespace moldau::simulation
