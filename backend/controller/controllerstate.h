#pragma once

#include "base/log.h"
#include "controller/brokercontrol.h"
#include "controller/brokersessions.h"
#include "controller/configcontrol.h"
#include "controller/elections.h"
#include "controller/featurecontrol.h"
#include "controller/isrcontrol.h"
#include "controller/reassignments.h"
#include "controller/topiccontrol.h"
#include "controller/topicsettings.h"
#include "protocol/messages/allocateproduceridsrequest.h"
#include "protocol/messages/allocateproduceridsresponse.h"

namespace moldau::controller {

/** The settings of a controller; defaults are Kafka's. */
struct ControllerOptions {
    BrokerId node = kNoBroker;
    std::string clusterId;
    ConfigMap properties; ///< the node's own file, below everything that is set dynamically
    TopicDefaults topics;
    Duration sessionTimeout = std::chrono::seconds(9); ///< broker.session.timeout.ms
    bool isLeaderBalanceEnabled = true; ///< auto.leader.rebalance.enable
    Duration leaderBalanceInterval
        = std::chrono::seconds(300); ///< leader.imbalance.check.interval.seconds
    Duration uncleanElectionInterval
        = std::chrono::minutes(5); ///< unclean.leader.election.interval.ms
    /** Levels that a new cluster starts with. */
    std::map<std::string, std::int16_t> features = defaultFeatures();
    /** Of topic ids and placements, for simulations; none: from the system's randomness. */
    std::optional<std::uint64_t> seed;

    /** What Apache Kafka 4.3 finalizes in a new cluster, of the features that we have. */
    static std::map<std::string, std::int16_t> defaultFeatures();
    /** The options that a node's properties ask for; InvalidConfig where a value is wrong. */
    static Result<ControllerOptions> fromProperties(
        BrokerId node, std::string clusterId, ConfigMap properties);
};

/**
 * The active controller's mind: every decision about the cluster, and nothing of how requests come
 * and records are kept. A request goes in, an Effect comes out; whoever owns it appends the
 * records, calls apply() with each at once, and lets the response go when they are committed. So
 * the next decision sees the state after this one, and equal logs give equal states. Owned by the
 * controller's node, lives on its thread; made anew with the image when the node becomes active.
 */
class ControllerState {
public:
    ControllerState(ControllerOptions options, MetadataImage image, Duration now, Log& log);
    ControllerState(const ControllerState&) = delete;
    ControllerState& operator=(const ControllerState&) = delete;

    const MetadataImage& image() const { return m_image; }
    Result<void> apply(
        const MetadataRecord& record, std::int64_t offset, MetadataDelta* delta = nullptr);

    /** What a new cluster's log begins with; empty when the log has it already. */
    Records bootstrapRecords() const;

    Effect<protocol::BrokerRegistrationResponse> handle(
        const protocol::BrokerRegistrationRequest& request, const RequestContext& context);
    Effect<protocol::BrokerHeartbeatResponse> handle(
        const protocol::BrokerHeartbeatRequest& request, const RequestContext& context);
    Effect<protocol::UnregisterBrokerResponse> handle(
        const protocol::UnregisterBrokerRequest& request, const RequestContext& context);
    Effect<protocol::AlterPartitionResponse> handle(
        const protocol::AlterPartitionRequest& request, const RequestContext& context);
    Effect<protocol::ElectLeadersResponse> handle(
        const protocol::ElectLeadersRequest& request, const RequestContext& context);
    Effect<protocol::AlterPartitionReassignmentsResponse> handle(
        const protocol::AlterPartitionReassignmentsRequest& request, const RequestContext& context);
    Effect<protocol::ListPartitionReassignmentsResponse> handle(
        const protocol::ListPartitionReassignmentsRequest& request, const RequestContext& context);
    Effect<protocol::CreateTopicsResponse> handle(
        const protocol::CreateTopicsRequest& request, const RequestContext& context);
    Effect<protocol::DeleteTopicsResponse> handle(
        const protocol::DeleteTopicsRequest& request, const RequestContext& context);
    Effect<protocol::CreatePartitionsResponse> handle(
        const protocol::CreatePartitionsRequest& request, const RequestContext& context);
    Effect<protocol::IncrementalAlterConfigsResponse> handle(
        const protocol::IncrementalAlterConfigsRequest& request, const RequestContext& context);
    Effect<protocol::AlterConfigsResponse> handle(
        const protocol::AlterConfigsRequest& request, const RequestContext& context);
    Effect<protocol::UpdateFeaturesResponse> handle(
        const protocol::UpdateFeaturesRequest& request, const RequestContext& context);
    Effect<protocol::AllocateProducerIdsResponse> handle(
        const protocol::AllocateProducerIdsRequest& request, const RequestContext& context);

    /** The connection on which a broker sent its heartbeats broke. */
    Effect<void> connectionLost(BrokerId broker, std::int64_t epoch);
    /** A broker fetched the metadata log from `fetchOffset` on: it has all before. */
    void noteMetadataFetch(BrokerId broker, std::int64_t fetchOffset);
    /**
     * What is due by time: fencing, preferred and unclean elections. One thing at a time: call
     * again after applying, until there are no records.
     */
    Effect<void> tick(const RequestContext& context);
    /** When tick() has something to do at the earliest. */
    Duration nextTick() const;

private:
    ControllerOptions m_options;
    MetadataImage m_image;
    Random m_random;
    BrokerSessions m_sessions;
    TopicSettings m_settings;
    Elections m_elections;
    BrokerControl m_brokers;
    IsrControl m_isr;
    Reassignments m_reassignments;
    ConfigControl m_configs;
    TopicControl m_topics;
    FeatureControl m_features;
    Duration m_nextBalance;
    Duration m_nextUncleanElection;
};

} // namespace moldau::controller
