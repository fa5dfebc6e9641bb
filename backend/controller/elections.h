#pragma once

#include "controller/effect.h"
#include "controller/metadataimage.h"
#include "controller/partitionchange.h"
#include "controller/topicsettings.h"
#include "protocol/messages/electleadersrequest.h"
#include "protocol/messages/electleadersresponse.h"

#include <functional>

namespace moldau::controller {

/**
 * Who leads, when brokers come and go: writes the records that move leaders and shrink ISRs. Part
 * of a ControllerState; changes nothing itself.
 */
class Elections {
public:
    Elections(const MetadataImage& image, const TopicSettings& settings)
        : m_image(image)
        , m_settings(settings)
    {
    }

    /** The broker leaves every ISR (but where it is the last member) and leads nothing any more. */
    void brokerLeaves(BrokerId broker, Records& records) const;
    /** The broker's process ended badly: it may have lost what made it an eligible leader. */
    void brokerLostData(BrokerId broker, Records& records) const;
    /** The same for the partitions that the broker keeps in these directories. */
    void directoriesFail(
        BrokerId broker, const std::vector<Uuid>& directories, Records& records) const;
    /** The broker may lead again: partitions without a leader get one where they can. */
    void brokerArrives(BrokerId broker, Records& records) const;
    bool leadsAnything(BrokerId broker) const;

    /** Gives partitions back to their preferred leaders, at most `limit` at once. */
    void balanceLeaders(std::size_t limit, Records& records) const;
    /** Unclean elections for leaderless partitions whose topic allows them, at most `limit`. */
    void electUncleanLeaders(std::size_t limit, Records& records) const;
    Effect<protocol::ElectLeadersResponse> electLeaders(
        const protocol::ElectLeadersRequest& request) const;

    /** Whether the broker is alive and the directory of its replica works. */
    bool canLead(const PartitionImage& partition, BrokerId broker) const;
    Election electionFor(const std::string& topic) const;
    /** For a change of a partition of this topic, with its eligible leaders where they are on. */
    PartitionChange changeOf(const std::string& topic, const PartitionKey& key,
        const PartitionImage& partition, PartitionChange::CanLead canLead) const;

private:
    using Visit
        = std::function<void(const TopicImage&, const PartitionKey&, const PartitionImage&)>;

    void forEachPartition(const Visit& visit) const;
    void removeFromIsr(BrokerId broker, const TopicImage& topic, const PartitionKey& key,
        const PartitionImage& partition, Records& records) const;

    const MetadataImage& m_image;
    const TopicSettings& m_settings;
};

} // namespace moldau::controller
