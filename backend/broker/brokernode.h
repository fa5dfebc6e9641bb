#pragma once

#include "broker/brokersettings.h"
#include "broker/controllerchannel.h"
#include "broker/fetch/fetchsession.h"
#include "broker/fetch/fetchwait.h"
#include "broker/groups/groupcoordinator.h"
#include "broker/metadatasnapshots.h"
#include "broker/producerids.h"
#include "broker/replica/refusedsequences.h"
#include "broker/replica/replicamanager.h"
#include "controller/metadataimage.h"
#include "network/node.h"
#include "network/server.h"
#include "network/world.h"
#include "storage/logcleaner.h"
#include "storage/logdirectory.h"
#include "storage/logflusher.h"

#include <functional>
#include <memory>
#include <set>
#include <string>

namespace moldau::broker {

/**
 * One Kafka-compatible broker: listeners, the handlers of handlers/, the replicas, the metadata
 * image and the channel to the controller. Made, used and destroyed on its loop's thread; brokers
 * know each other only over the wire.
 */
class BrokerNode final : public network::Node, public network::RequestHandler {
public:
    BrokerNode(network::World world, BrokerSettings settings);
    ~BrokerNode() override;

    // network::Node. Serving means registered and unfenced; stop() is a controlled shutdown:
    // leaders move first.
    void start(Callback<void(Result<void>)> serving) override;
    void stop(Callback<void()> stopped) override;
    void onFailure(std::function<void(const Error&)> handler) override
    {
        m_onFailure = std::move(handler);
    }

    /** Called during start() with the listeners as they were bound. */
    void onListening(std::function<void(const std::vector<ListenerPlan>&)> handler)
    {
        m_onListening = std::move(handler);
    }

    // What handlers work with.
    const BrokerSettings& settings() const { return m_settings; }
    network::World& world() { return m_world; }
    const controller::MetadataImage& image() const { return m_image; }
    ReplicaManager& replicas() { return *m_replicas; }
    GroupCoordinator& groups() { return *m_groups; }
    FetchSessions& fetchSessions() { return m_fetchSessions; }
    FetchWaits& fetchWaits() { return m_fetchWaits; }
    ControllerChannel& controller() { return *m_controller; }
    ProducerIds& producerIds() { return m_producerIds; }
    RefusedSequences& refusedSequences() { return m_refusedSequences; }
    BrokerId self() const { return m_settings.id(); }
    Log& log() { return m_world.log; }
    /** Names that this broker has asked the controller to create and not heard of yet. */
    std::set<std::string>& topicsBeingCreated() { return m_topicsBeingCreated; }
    /** This broker's settings as they are in force: its file, and what was set dynamically. */
    configs::BrokerLayers layers() const;

    // network::RequestHandler
    void handle(network::Exchange exchange) override;
    void refusedByRule(const network::Exchange& exchange, ErrorCode error) override;
    std::string topicNameOf(const Uuid& id) const override;

private:
    Result<void> open();
    Result<void> openLogs();
    void startLogWork();
    Result<void> listen();
    std::vector<controller::ListenerImage> advertised() const;
    Result<void> connectToController();
    /** Opens the snapshots and takes over what the newest one holds; where the log goes on. */
    Result<std::optional<raft::SnapshotId>> loadMetadata();
    Result<void> takeSnapshot(const raft::LoadedSnapshot& snapshot);
    bool forgetMetadata();
    bool knowsItsRegistration() const;
    void metadataApplied();
    void unfenced();
    TopicSettings topicSettings(const std::string& topic) const;
    void fail(const Error& error);
    void publish(EventKind kind, const std::string& detail = {});

    network::World m_world;
    BrokerSettings m_settings;
    controller::MetadataImage m_image;
    controller::MetadataDelta m_delta; // since the last applied()
    bool m_isCaughtUp = false; // has read the metadata log up to its own registration
    std::vector<network::Exchange> m_early; // requests that came before
    ProducerIds m_producerIds;
    RefusedSequences m_refusedSequences;
    std::set<std::string> m_topicsBeingCreated;
    std::unique_ptr<storage::LogDirectory> m_logs;
    std::unique_ptr<storage::LogFlusher> m_flusher;
    std::unique_ptr<storage::LogCleaner> m_cleaner; // none with log.cleaner.enable=false
    std::unique_ptr<ReplicaManager> m_replicas;
    std::unique_ptr<GroupCoordinator> m_groups;
    std::unique_ptr<network::Server> m_server;
    std::unique_ptr<MetadataSnapshots> m_snapshots;
    std::unique_ptr<ControllerChannel> m_controller;
    // After the replicas: sessions watch partitions, waits look at them.
    FetchSessions m_fetchSessions;
    FetchWaits m_fetchWaits;
    std::shared_ptr<bool> m_isAlive = std::make_shared<bool>(true); // for posted work
    Callback<void(Result<void>)> m_serving;
    std::function<void(const Error&)> m_onFailure;
    std::function<void(const std::vector<ListenerPlan>&)> m_onListening;
};

} // namespace moldau::broker
