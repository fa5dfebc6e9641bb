#include "controller/isrcontrol.h"

#include <algorithm>
#include <set>

namespace moldau::controller {

namespace {

constexpr std::string_view kIsrControl = "org.apache.kafka.controller.ReplicationControlManager";
constexpr std::int16_t kFirstVersionWithEpochs = 3;

} // namespace

IsrControl::IsrControl(
    const MetadataImage& image, const BrokerControl& brokers, const Elections& elections, Log& log)
    : m_image(image)
    , m_brokers(brokers)
    , m_elections(elections)
    , m_log(log)
{
}

std::string IsrControl::ineligibility(const Member& member) const
{
    const BrokerImage* broker = m_image.broker(member.id);
    if (!broker)
        return "not registered";
    if (broker->isInControlledShutdown)
        return "shutting down";
    if (broker->isFenced)
        return "fenced";
    if (member.epoch != -1 && member.epoch != broker->epoch) {
        return fmt::format(
            "broker epoch mismatch: requested={} VS expected={}", member.epoch, broker->epoch);
    }
    return {};
}

ErrorCode IsrControl::check(BrokerId sender, const std::string& topic,
    const PartitionImage* partition, const PartitionRequest& wish,
    const std::vector<Member>& isr) const
{
    const auto refuse = [&](ErrorCode code, const std::string& why) {
        m_log.info(kIsrControl,
            "Rejecting AlterPartition request from node {} for {}-{} because {}.", sender.value(),
            topic, wish.partitionIndex, why);
        return code;
    };
    if (!partition)
        return refuse(ErrorCode::UnknownTopicOrPartition, "the partition is unknown");
    // A leader that knows more than we do has heard of a newer controller.
    if (wish.leaderEpoch > partition->leaderEpoch
        || wish.partitionEpoch > partition->partitionEpoch)
        return refuse(ErrorCode::NotController, "it knows a newer epoch than this controller");
    if (wish.leaderEpoch < partition->leaderEpoch) {
        return refuse(ErrorCode::FencedLeaderEpoch,
            fmt::format("the current leader epoch is {}, not {}", partition->leaderEpoch,
                wish.leaderEpoch));
    }
    if (sender != partition->leader) {
        return refuse(ErrorCode::InvalidRequest,
            fmt::format("the current leader is {}", partition->leader.value()));
    }
    if (wish.partitionEpoch < partition->partitionEpoch) {
        return refuse(ErrorCode::InvalidUpdateVersion,
            fmt::format("the current partition epoch is {}, not {}", partition->partitionEpoch,
                wish.partitionEpoch));
    }
    std::set<BrokerId> distinct;
    for (const Member& member : isr) {
        if (!contains(partition->replicas, member.id) || !distinct.insert(member.id).second)
            return refuse(ErrorCode::InvalidRequest, "it specified an invalid ISR");
    }
    if (!distinct.contains(sender))
        return refuse(
            ErrorCode::InvalidRequest, "it specified an invalid ISR that doesn't include itself");
    const bool isRecovering
        = wish.leaderRecoveryState == static_cast<std::int8_t>(LeaderRecovery::Recovering);
    if (isRecovering && isr.size() > 1) {
        return refuse(ErrorCode::InvalidRequest,
            "the ISR had more than one replica while the leader was still recovering from an "
            "unclean leader "
            "election");
    }
    if (isRecovering && partition->leaderRecovery == LeaderRecovery::Recovered) {
        return refuse(ErrorCode::InvalidRequest,
            "the leader recovery state cannot change from RECOVERED to RECOVERING");
    }
    for (const Member& member : isr) {
        if (const std::string why = ineligibility(member); !why.empty()) {
            return refuse(ErrorCode::IneligibleReplica,
                fmt::format("replica {} in the new ISR is ineligible: {}", member.id.value(), why));
        }
    }
    return ErrorCode::None;
}

Effect<protocol::AlterPartitionResponse> IsrControl::alterPartition(
    const protocol::AlterPartitionRequest& request, const RequestContext& context) const
{
    Effect<protocol::AlterPartitionResponse> effect;
    if (const auto checked = m_brokers.checkEpoch(request.brokerId, request.brokerEpoch);
        !checked) {
        effect.response.errorCode = errorToWire(checked.error().code);
        return effect;
    }
    effect.reason = fmt::format("leader {} found it lagging", request.brokerId.value());
    for (const auto& topicWish : request.topics) {
        auto& topicResponse = effect.response.topics.emplace_back();
        topicResponse.topicId = topicWish.topicId;
        const TopicImage* topic = m_image.topic(topicWish.topicId);
        for (const PartitionRequest& wish : topicWish.partitions) {
            auto& response = topicResponse.partitions.emplace_back();
            response.partitionIndex = wish.partitionIndex;
            if (!topic) {
                response.errorCode = errorToWire(ErrorCode::UnknownTopicId);
                continue;
            }
            std::vector<Member> members;
            if (context.version >= kFirstVersionWithEpochs) {
                for (const auto& member : wish.newIsrWithEpochs)
                    members.push_back({member.brokerId, member.brokerEpoch});
            } else {
                for (const BrokerId member : wish.newIsr)
                    members.push_back({member});
            }
            const PartitionImage* partition = m_image.partition(topic->id, wish.partitionIndex);
            const ErrorCode error = check(request.brokerId, topic->name, partition, wish, members);
            if (error != ErrorCode::None) {
                response.errorCode = errorToWire(error);
                continue;
            }
            Replicas isr;
            for (const Member& member : members)
                isr.push_back(member.id);
            PartitionChange change
                = m_elections.changeOf(topic->name, {topic->id, wish.partitionIndex}, *partition,
                    [&](BrokerId other) { return m_elections.canLead(*partition, other); });
            change.setElection(m_elections.electionFor(topic->name))
                .setIsr(std::move(isr))
                .setLeaderRecovery(static_cast<LeaderRecovery>(wish.leaderRecoveryState));
            PartitionImage after = *partition;
            if (auto record = change.build()) {
                after = merged(*partition, *record);
                const bool hasNewLeader
                    = record->leader != kNoLeaderChange && record->leader != request.brokerId;
                effect.records.emplace_back(std::move(*record));
                if (hasNewLeader) {
                    // The new ISR ended a reassignment that takes this leader away: an error, and
                    // yet a change.
                    response.errorCode = errorToWire(ErrorCode::NewLeaderElected);
                    continue;
                }
            }
            response.leaderId = after.leader;
            response.leaderEpoch = after.leaderEpoch;
            response.isr = after.isr;
            response.leaderRecoveryState = static_cast<std::int8_t>(after.leaderRecovery);
            response.partitionEpoch = after.partitionEpoch;
        }
    }
    return effect;
}

} // namespace moldau::controller
