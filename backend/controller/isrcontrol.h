#pragma once

#include "base/log.h"
#include "controller/brokercontrol.h"
#include "controller/elections.h"
#include "protocol/messages/alterpartitionrequest.h"
#include "protocol/messages/alterpartitionresponse.h"

namespace moldau::controller {

/** AlterPartition: leaders shrink and grow their ISRs. Part of a ControllerState; changes nothing
 * itself. */
class IsrControl {
public:
    IsrControl(const MetadataImage& image, const BrokerControl& brokers, const Elections& elections,
        Log& log);

    Effect<protocol::AlterPartitionResponse> alterPartition(
        const protocol::AlterPartitionRequest& request, const RequestContext& context) const;

private:
    using PartitionRequest = protocol::AlterPartitionRequest::PartitionData;

    /** A member of the wished ISR; epoch -1 isn't compared (request v2 has none). */
    struct Member {
        BrokerId id;
        std::int64_t epoch = -1;
    };

    ErrorCode check(BrokerId sender, const std::string& topic, const PartitionImage* partition,
        const PartitionRequest& wish, const std::vector<Member>& isr) const;
    /** Why the broker can't join an ISR; empty when it can. */
    std::string ineligibility(const Member& member) const;

    const MetadataImage& m_image;
    const BrokerControl& m_brokers;
    const Elections& m_elections;
    Log& m_log;
};

} // namespace moldau::controller
