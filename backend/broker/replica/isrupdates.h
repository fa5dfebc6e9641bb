#pragma once

#include "base/callback.h"
#include "base/eventloop.h"
#include "base/log.h"
#include "broker/replica/partition.h"
#include "protocol/messages/alterpartitionrequest.h"
#include "protocol/messages/alterpartitionresponse.h"

#include <functional>
#include <vector>

namespace moldau::broker {

/**
 * Asks the controller for changes of in-sync replicas, many partitions in one AlterPartition, one
 * request at a time (Kafka's AlterPartitionManager). The new ISR comes into force through the
 * metadata log; until then a proposal counts into the maximal ISR. Owned by the ReplicaManager.
 */
class IsrUpdates {
public:
    using Response = protocol::AlterPartitionResponse;
    using Send
        = std::function<void(protocol::AlterPartitionRequest, Callback<void(Result<Response>)>)>;
    using Find = std::function<Partition*(const Uuid&, std::int32_t)>;
    using BrokerEpochOf = std::function<std::int64_t(BrokerId)>;

    IsrUpdates(EventLoop& loop, Log& log, BrokerId self, Send send, Find find,
        BrokerEpochOf brokerEpochOf);

    /** Proposes `isr` for the partition; it has no other proposal under way. */
    void propose(Partition& partition, controller::Replicas isr);
    /** Sends nothing any more: the broker ends. */
    void stop() { m_kick.cancel(); }

private:
    struct Proposal {
        Uuid topicId;
        std::int32_t partition;
    };

    void send();
    void answered(const Result<Response>& response, const std::vector<Proposal>& proposals);

    EventLoop& m_loop;
    Log& m_log;
    BrokerId m_self;
    Send m_send;
    Find m_find;
    BrokerEpochOf m_brokerEpochOf;
    std::vector<std::pair<Proposal, controller::Replicas>> m_waiting;
    bool m_isSending = false;
    Timer m_kick;
};

} // namespace moldau::broker
