#pragma once

#include "broker/replica/partition.h"
#include "coordinator/groupcoordinatorshard.h"
#include "network/world.h"
#include "protocol/recordbatch.h"

#include <functional>
#include <memory>
#include <unordered_map>

namespace moldau::broker {

/**
 * Runs the group coordinator of one partition of __consumer_offsets that this broker leads: reads
 * the log into the shard, appends what the shard asks for, tells it what is replicated, and lets
 * time pass. Owned by GroupCoordinator, on the broker's thread.
 */
class GroupShardHost {
public:
    using Shard = coordinator::GroupCoordinatorShard;
    using Answer = Callback<void(coordinator::ReplyBody)>;
    using Send = std::function<void(
        Shard&, const coordinator::Moment&, const coordinator::ClientContext&)>;

    /**
     * Without a partition every request is told NOT_COORDINATOR. Otherwise loading begins at once;
     * the partition lives until resign().
     */
    GroupShardHost(network::World world, BrokerId self,
        const coordinator::GroupCoordinatorConfig& config, Partition* partition);
    GroupShardHost(const GroupShardHost&) = delete;
    GroupShardHost& operator=(const GroupShardHost&) = delete;

    /** Gives a request to the shard; `answer` gets its one reply, perhaps before this returns. */
    void request(coordinator::ClientContext client, const Send& send, Answer answer);
    void topicsDeleted(std::span<const coordinator::DeletedTopic> topics);
    /** The broker doesn't lead the partition any more: everybody who waits is told so. */
    void resign();

    const Shard& shard() const { return m_shard; }

private:
    void loadMore();
    Result<void> replay(BytesView batches);
    Result<void> replay(const protocol::BatchView& batch);
    void finishLoading();
    void drain();
    void carryOut(coordinator::Append append);
    void carryOut(coordinator::Reply reply);
    void carryOut(const coordinator::GroupEvent& event);
    void replicated(coordinator::AppendToken token, std::int64_t baseOffset, ErrorCode outcome);
    void scheduleTick();
    coordinator::Moment now() const { return {m_world.loop.now(), m_world.loop.wallClockMs()}; }

    network::World m_world;
    BrokerId m_self;
    Shard m_shard;
    Partition* m_partition;
    std::int64_t m_loadOffset = 0;
    std::int64_t m_loadEnd = 0;
    Duration m_loadBegan{};
    std::unordered_map<coordinator::RequestToken, Answer> m_waiting;
    std::uint64_t m_lastRequest = 0;
    Timer m_timer;
    bool m_isDraining = false;
    std::shared_ptr<bool> m_isAlive = std::make_shared<bool>(true);
};

} // namespace moldau::broker
