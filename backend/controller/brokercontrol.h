#pragma once

#include "base/log.h"
#include "controller/brokersessions.h"
#include "controller/effect.h"
#include "controller/elections.h"
#include "protocol/messages/brokerheartbeatrequest.h"
#include "protocol/messages/brokerheartbeatresponse.h"
#include "protocol/messages/brokerregistrationrequest.h"
#include "protocol/messages/brokerregistrationresponse.h"
#include "protocol/messages/unregisterbrokerrequest.h"
#include "protocol/messages/unregisterbrokerresponse.h"

#include <string>

namespace moldau::controller {

/**
 * Brokers' comings and goings: registration, heartbeats, fencing, controlled shutdown. Part of a
 * ControllerState. Sessions change at once; all else through the records it returns.
 */
class BrokerControl {
public:
    BrokerControl(std::string clusterId, const MetadataImage& image, BrokerSessions& sessions,
        const Elections& elections, Log& log);

    /**
     * DuplicateBrokerRegistration while another process with the broker's id has a session, as in
     * Kafka, but for one that this controller only presumes: see isSuccessor().
     */
    Effect<protocol::BrokerRegistrationResponse> registerBroker(
        const protocol::BrokerRegistrationRequest& request, const RequestContext& context);
    Effect<protocol::BrokerHeartbeatResponse> heartbeat(
        const protocol::BrokerHeartbeatRequest& request, const RequestContext& context);
    Effect<protocol::UnregisterBrokerResponse> unregister(
        const protocol::UnregisterBrokerRequest& request);

    /** The connection on which the broker sent its heartbeats broke: fences it at once. */
    Effect<void> connectionLost(BrokerId broker, std::int64_t epoch);
    /** Fences one broker whose session timed out; the next call takes the next. */
    Effect<void> fenceExpired(Duration now);

    /** StaleBrokerEpoch unless the broker is registered with this epoch. */
    Result<void> checkEpoch(BrokerId broker, std::int64_t epoch) const;

private:
    Result<void> checkRegistration(
        const protocol::BrokerRegistrationRequest& request, const RequestContext& context) const;
    /**
     * Whether the request comes from the next life of a process of which this controller has heard
     * nothing but what the log says. It has the same log directories, and a directory's lock has
     * one holder: the process before is gone. After a power cut of a whole cluster every broker is
     * in this place; Kafka lets them wait for the end of sessions that nobody keeps up.
     */
    bool isSuccessor(const protocol::BrokerRegistrationRequest& request) const;
    Result<void> checkFeatures(const protocol::BrokerRegistrationRequest& request) const;
    void fence(const BrokerImage& broker, Records& records) const;
    void reportDirectories(
        const BrokerImage& broker, const std::vector<Uuid>& offline, Records& records) const;

    std::string m_clusterId;
    const MetadataImage& m_image;
    BrokerSessions& m_sessions;
    const Elections& m_elections;
    Log& m_log;
};

} // namespace moldau::controller
