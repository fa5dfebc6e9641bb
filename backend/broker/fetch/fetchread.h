#pragma once

#include "broker/fetch/fetchsession.h"
#include "broker/replica/replicamanager.h"
#include "storage/partitionlog.h"

#include <cstdint>
#include <string>
#include <vector>

namespace moldau::broker {

/** Who fetches and how much; the same for every partition of one request. */
struct FetchTerms {
    BrokerId follower = kNoBroker; ///< a consumer when none
    storage::ReadLimit limit = storage::ReadLimit::HighWatermark;
    std::int16_t version = 0;
    std::int32_t maxBytes = 0;
    std::int32_t minBytes = 0;
    /** A request tells where its follower is once, when it comes: who waits may be gone, and back
     * with less. */
    bool isFirstLook = true;
};

/** What one look at all partitions of a fetch brought. */
struct FetchOutcome {
    struct Part {
        FetchedPartition* of;
        protocol::FetchResponse::PartitionData data;
        Partition* partition = nullptr; ///< null where it has no replica here
    };
    std::vector<Part> parts;
    std::int64_t bytes = 0;
    bool hasNews = false; ///< an error or a diverging epoch: answer without waiting
};

/**
 * Reads for a Fetch: for each partition checks the epoch, compares the last fetched epoch
 * (KIP-595), and reads whole batches within the limits of the request (KIP-74). Holds nothing.
 */
class FetchRead {
public:
    FetchRead(ReplicaManager& replicas, const controller::MetadataImage& image, BrokerId self)
        : m_replicas(replicas)
        , m_image(image)
        , m_self(self)
    {
    }

    FetchOutcome read(
        const std::vector<FetchedPartition*>& partitions, const FetchTerms& terms) const;
    /** The partition that `fetched` names, or null. */
    Partition* partitionOf(const FetchedPartition& fetched) const;

private:
    using Data = protocol::FetchResponse::PartitionData;

    /** UnknownTopicOrPartition, UnknownTopicId, NotLeaderOrFollower or InconsistentTopicId; None
     * with a replica. */
    ErrorCode missingReason(const FetchedPartition& fetched) const;
    FetchOutcome::Part readOne(
        FetchedPartition& fetched, const FetchTerms& terms, std::int64_t room, bool isFirst) const;
    void addLeader(Data& data, const FetchedPartition& fetched, const FetchTerms& terms) const;

    ReplicaManager& m_replicas;
    const controller::MetadataImage& m_image;
    BrokerId m_self;
};

} // namespace moldau::broker
