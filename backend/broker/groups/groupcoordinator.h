#pragma once

#include "broker/groups/groupshardhost.h"
#include "configs/brokerconfig.h"
#include "controller/metadataimage.h"
#include "network/exchange.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>

namespace moldau::broker {

/** The topic that groups and their offsets live in. */
constexpr std::string_view kOffsetsTopic = "__consumer_offsets";

/**
 * All groups whose partition of __consumer_offsets this broker leads (Kafka's
 * GroupCoordinatorService): finds the shard of a group and hears when partitions come and go.
 * Owned by the BrokerNode, on its thread.
 */
class GroupCoordinator {
public:
    using Shard = coordinator::GroupCoordinatorShard;

    GroupCoordinator(network::World world, BrokerId self, const configs::BrokerConfig& config,
        const controller::MetadataImage& image);

    /** Any partition's leader or epoch changed; those of other topics are not looked at. */
    void leadershipChanged(Partition& partition);
    void partitionRetired(const TopicPartition& partition);
    void topicsDeleted(const controller::MetadataDelta& delta);
    /** The broker stops serving: everybody who waits is told NOT_COORDINATOR. */
    void shutdown();

    /** Of __consumer_offsets, by the group's hash. */
    std::int32_t partitionOf(const std::string& groupId) const;
    /** Partitions that it is loading or serves. */
    const std::map<std::int32_t, std::unique_ptr<GroupShardHost>>& shards() const
    {
        return m_shards;
    }
    /** The group's shard; one that says NOT_COORDINATOR when another broker has it. */
    GroupShardHost& shardOf(const std::string& groupId);

    static coordinator::ClientContext clientOf(const network::Exchange& exchange);
    /**
     * Gives a group's request to its shard: `send(shard, now, client)` calls the function that
     * answers with a `Response`, and `done` gets that, perhaps before this returns.
     */
    template <class Response, class Send, class Done>
    void request(
        const std::string& groupId, coordinator::ClientContext client, const Send& send, Done done)
    {
        shardOf(groupId).request(std::move(client), std::cref(send),
            [done = std::move(done)](coordinator::ReplyBody body) mutable {
                done(std::get<Response>(std::move(body)));
            });
    }
    /** The same where the shard's response is the client's. */
    template <class Response, class Send>
    void answer(const std::string& groupId, network::Exchange exchange, const Send& send)
    {
        auto client = clientOf(exchange);
        request<Response>(groupId, std::move(client), send,
            [exchange = std::move(exchange)](
                const Response& response) mutable { exchange.answer(response); });
    }

private:
    void resign(std::int32_t partition);

    network::World m_world;
    BrokerId m_self;
    coordinator::GroupCoordinatorConfig m_config;
    std::int32_t m_configuredPartitions;
    const controller::MetadataImage& m_image;
    GroupShardHost m_elsewhere;
    std::map<std::int32_t, std::unique_ptr<GroupShardHost>> m_shards;
};

} // namespace moldau::broker
