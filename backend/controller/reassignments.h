#pragma once

#include "base/log.h"
#include "controller/effect.h"
#include "controller/elections.h"
#include "controller/metadataimage.h"
#include "protocol/messages/alterpartitionreassignmentsrequest.h"
#include "protocol/messages/alterpartitionreassignmentsresponse.h"
#include "protocol/messages/listpartitionreassignmentsrequest.h"
#include "protocol/messages/listpartitionreassignmentsresponse.h"

namespace moldau::controller {

/**
 * Partitions move to other brokers, on request (KIP-455, Kafka's ReplicationControlManager): the
 * new replicas join the old ones, and once they are in sync the old ones go (PartitionChange ends
 * it). Part of a ControllerState; changes nothing itself.
 */
class Reassignments {
public:
    Reassignments(const MetadataImage& image, const Elections& elections, Log& log)
        : m_image(image)
        , m_elections(elections)
        , m_log(log)
    {
    }

    /** Begins, changes or (replicas null) cancels reassignments, each partition by itself. */
    Effect<protocol::AlterPartitionReassignmentsResponse> alter(
        const protocol::AlterPartitionReassignmentsRequest& request) const;
    /** Those under way, of all topics or of the partitions that are asked for. */
    protocol::ListPartitionReassignmentsResponse list(
        const protocol::ListPartitionReassignmentsRequest& request) const;

private:
    using Wish = protocol::AlterPartitionReassignmentsRequest::ReassignablePartition;
    using Change = std::optional<protocol::PartitionChangeRecord>;

    Result<Change> alterOne(const std::string& topic, const Wish& wish, bool mayResize) const;
    Result<Change> begin(const TopicImage& topic, const PartitionKey& key,
        const PartitionImage& partition, const Wish& wish) const;
    Result<Change> cancel(
        const TopicImage& topic, const PartitionKey& key, const PartitionImage& partition) const;

    const MetadataImage& m_image;
    const Elections& m_elections;
    Log& m_log;
};

} // namespace moldau::controller
