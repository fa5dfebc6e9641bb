#pragma once

#include "controller/images.h"
#include "controller/metadatadelta.h"
#include "controller/metadatarecord.h"

#include <memory>
#include <string_view>
#include <unordered_map>

namespace moldau::controller {

/**
 * The cluster's state as the metadata log tells it, up to one offset. Every broker and the
 * controller has its own and feeds it the log's records in order; equal logs make equal images.
 * Used on its owner's thread. A copy is cheap (topics are shared until one side changes them).
 */
class MetadataImage {
public:
    using TopicPointer = std::shared_ptr<const TopicImage>;

    /**
     * Applies the record at `offset`; notes in `delta`, if given, what changed. LocalCorruptData
     * when the record contradicts what came before (an unknown topic or broker, another epoch),
     * LocalUnsupported for kinds of records that this image has no place for.
     */
    Result<void> apply(
        const MetadataRecord& record, std::int64_t offset, MetadataDelta* delta = nullptr);

    /** Offset of the last applied record; -1 before the first. */
    std::int64_t offset() const { return m_offset; }
    /** Notes an offset that holds no metadata record (control batches of the quorum). */
    void skipTo(std::int64_t offset) { m_offset = offset; }
    /** The quorum's own version, which its control records tell; shown as a feature. */
    void setKraftVersion(std::int16_t level, std::int64_t offset, MetadataDelta* delta = nullptr);

    const std::map<BrokerId, BrokerImage>& brokers() const { return m_brokers; }
    const BrokerImage* broker(BrokerId id) const;
    /** Whether the broker may lead and be in sync: registered, not fenced, not shutting down. */
    bool isActive(BrokerId id) const;

    /** By name, sorted. */
    const std::map<std::string, TopicPointer, std::less<>>& topics() const
    {
        return m_topicsByName;
    }
    const TopicImage* topic(std::string_view name) const;
    const TopicImage* topic(const Uuid& id) const;
    const PartitionImage* partition(const Uuid& topicId, std::int32_t partition) const;

    /** What was set for the resource; an empty map when nothing was. */
    const ConfigMap& configs(const ConfigResource& resource) const;
    const std::map<ConfigResource, ConfigMap>& configs() const { return m_configs; }

    /** Finalized level of a feature; 0 when it isn't finalized. */
    std::int16_t featureLevel(std::string_view name) const;
    const std::map<std::string, std::int16_t, std::less<>>& features() const { return m_features; }
    /** Offset of the last change of a feature, ApiVersions' FinalizedFeaturesEpoch; -1 before. */
    std::int64_t featuresOffset() const { return m_featuresOffset; }

    const std::map<std::int32_t, ControllerImage>& controllers() const { return m_controllers; }
    std::int64_t nextProducerId() const { return m_nextProducerId; }

    bool operator==(const MetadataImage& other) const;

private:
    Result<void> applyRecord(const protocol::RegisterBrokerRecord& record, MetadataDelta* delta);
    Result<void> applyRecord(const protocol::UnregisterBrokerRecord& record, MetadataDelta* delta);
    Result<void> applyRecord(const protocol::FenceBrokerRecord& record, MetadataDelta* delta);
    Result<void> applyRecord(const protocol::UnfenceBrokerRecord& record, MetadataDelta* delta);
    Result<void> applyRecord(
        const protocol::BrokerRegistrationChangeRecord& record, MetadataDelta* delta);
    Result<void> applyRecord(const protocol::TopicRecord& record, MetadataDelta* delta);
    Result<void> applyRecord(const protocol::PartitionRecord& record, MetadataDelta* delta);
    Result<void> applyRecord(const protocol::PartitionChangeRecord& record, MetadataDelta* delta);
    Result<void> applyRecord(const protocol::RemoveTopicRecord& record, MetadataDelta* delta);
    Result<void> applyRecord(const protocol::ConfigRecord& record, MetadataDelta* delta);
    Result<void> applyRecord(const protocol::FeatureLevelRecord& record, MetadataDelta* delta);
    Result<void> applyRecord(const protocol::ProducerIdsRecord& record, MetadataDelta* delta);
    Result<void> applyRecord(
        const protocol::RegisterControllerRecord& record, MetadataDelta* delta);
    Result<void> applyRecord(
        const protocol::UnregisterControllerRecord& record, MetadataDelta* delta);
    Result<void> applyRecord(const protocol::ClearElrRecord& record, MetadataDelta* delta);

    void setFeature(const std::string& name, std::int16_t level, MetadataDelta* delta);
    /** The broker with this id and epoch, for a change; its state before goes into the delta. */
    Result<BrokerImage*> brokerToChange(BrokerId id, std::int64_t epoch, MetadataDelta* delta);
    /** The topic for a change: its own copy when another image shares it. */
    TopicImage* topicToChange(const Uuid& id);

    std::map<BrokerId, BrokerImage> m_brokers;
    // Both maps share their topics. Only m_topicsById changes one, and only while no other image
    // holds it, see topicToChange().
    std::unordered_map<Uuid, std::shared_ptr<TopicImage>> m_topicsById;
    std::map<std::string, TopicPointer, std::less<>> m_topicsByName;
    std::map<ConfigResource, ConfigMap> m_configs;
    std::map<std::string, std::int16_t, std::less<>> m_features;
    std::map<std::int32_t, ControllerImage> m_controllers;
    std::int64_t m_nextProducerId = 0;
    std::int64_t m_featuresOffset = -1;
    std::int64_t m_offset = -1;
};

/** The partition after a change record: what the record leaves out stays as it was. */
PartitionImage merged(const PartitionImage& before, const protocol::PartitionChangeRecord& change);

/** Kafka's "leader is not changed by this record". */
constexpr BrokerId kNoLeaderChange{-2};

} // namespace moldau::controller
