#include "broker/replica/isrupdates.h"

#include <algorithm>

namespace moldau::broker {

IsrUpdates::IsrUpdates(
    EventLoop& loop, Log& log, BrokerId self, Send send, Find find, BrokerEpochOf brokerEpochOf)
    : m_loop(loop)
    , m_log(log)
    , m_self(self)
    , m_send(std::move(send))
    , m_find(std::move(find))
    , m_brokerEpochOf(std::move(brokerEpochOf))
    , m_kick(loop)
{
}

void IsrUpdates::propose(Partition& partition, controller::Replicas isr)
{
    m_waiting.emplace_back(Proposal{partition.topicId(), partition.name().partition}, isr);
    partition.proposeIsr(std::move(isr));
    if (!m_isSending && !m_kick.isRunning())
        m_kick.start(Duration::zero(), [this] { send(); });
}

void IsrUpdates::send()
{
    protocol::AlterPartitionRequest request;
    request.brokerId = m_self;
    request.brokerEpoch = m_brokerEpochOf(m_self);
    std::vector<Proposal> proposals;
    for (auto& [proposal, isr] : std::exchange(m_waiting, {})) {
        const Partition* const partition = m_find(proposal.topicId, proposal.partition);
        if (partition == nullptr || !partition->hasProposal())
            continue; // the leadership moved meanwhile
        auto topic = std::find_if(request.topics.begin(), request.topics.end(),
            [&](const auto& known) { return known.topicId == proposal.topicId; });
        if (topic == request.topics.end()) {
            topic = request.topics.emplace(request.topics.end());
            topic->topicId = proposal.topicId;
        }
        auto& data = topic->partitions.emplace_back();
        data.partitionIndex = proposal.partition;
        data.leaderEpoch = partition->leaderEpoch();
        data.partitionEpoch = partition->partitionEpoch();
        // After an unclean election there is nothing to recover: its log is the truth (KIP-704).
        data.leaderRecoveryState = static_cast<std::int8_t>(controller::LeaderRecovery::Recovered);
        for (const BrokerId id : isr) {
            auto& state = data.newIsrWithEpochs.emplace_back();
            state.brokerId = id;
            state.brokerEpoch = m_brokerEpochOf(id);
        }
        proposals.push_back(proposal);
    }
    if (proposals.empty())
        return;
    m_isSending = true;
    m_send(std::move(request), [this, proposals = std::move(proposals)](Result<Response> response) {
        m_isSending = false;
        answered(response, proposals);
        if (!m_waiting.empty() && !m_kick.isRunning())
            m_kick.start(Duration::zero(), [this] { send(); });
    });
}

void IsrUpdates::answered(const Result<Response>& response, const std::vector<Proposal>& proposals)
{
    const auto drop = [this](const Uuid& topicId, std::int32_t index) {
        if (Partition* const partition = m_find(topicId, index))
            partition->dropProposal();
    };
    if (!response || response->errorCode != 0) {
        for (const Proposal& proposal : proposals)
            drop(proposal.topicId, proposal.partition);
        return;
    }
    for (const auto& topic : response->topics) {
        for (const auto& data : topic.partitions) {
            if (data.errorCode == 0)
                continue; // the metadata log brings the new ISR
            m_log.info("kafka.cluster.Partition",
                "The controller did not change the ISR of {}-{}: {}", topic.topicId.toString(),
                data.partitionIndex, factsOf(errorFromWire(data.errorCode)).name);
            drop(topic.topicId, data.partitionIndex);
        }
    }
}

} // namespace moldau::broker
