#pragma once

#include "controller/controllerstate.h"

#include <optional>
#include <string>
#include <vector>

namespace moldau::controller {

/**
 * A controller with its log in memory and a clock that stands still until told otherwise. Every
 * decision's records pass through their bytes on the way into log and state.
 */
class TestCluster {
public:
    static constexpr const char* kClusterId = "test-cluster";

    explicit TestCluster(ControllerOptions options = defaultOptions());

    static ControllerOptions defaultOptions();

    ControllerState& state() { return *m_state; }
    const MetadataImage& image() const { return m_state->image(); }
    std::int64_t nextOffset() const { return static_cast<std::int64_t>(m_log.size()); }
    const MetadataDelta& lastDelta() const { return m_lastDelta; }
    const std::string& lastReason() const { return m_lastReason; }
    std::size_t lastRecordCount() const { return m_lastRecordCount; }
    RequestContext context(std::int16_t version = 0) const
    {
        return {m_now, nextOffset(), version};
    }

    void advance(Duration duration) { m_now += duration; }
    /** What a fresh reader of the log sees. */
    MetadataImage replayed() const;
    /** A new controller takes over from the log. */
    void restartController();

    template <class Request>
    auto run(const Request& request, std::int16_t version = Request::kMaxVersion)
    {
        auto effect = m_state->handle(request, context(version));
        commit(effect.records, effect.reason);
        return effect.response;
    }
    void run(Effect<void> effect) { commit(effect.records, effect.reason); }
    /** Lets everything happen that is due by time. */
    void tick();

    protocol::BrokerRegistrationRequest registration(int broker) const;
    /** Registers a new incarnation; its epoch, or -1 when it was refused. */
    std::int64_t registerBroker(int broker, std::optional<std::string> rack = std::nullopt);
    protocol::BrokerHeartbeatRequest heartbeatOf(int broker) const;
    protocol::BrokerHeartbeatResponse heartbeat(int broker) { return run(heartbeatOf(broker)); }
    /** Registers and unfences. */
    void startBroker(int broker, std::optional<std::string> rack = std::nullopt);
    void startBrokers(std::initializer_list<int> brokers);
    void loseConnection(int broker);

    /** Creates a topic with these replicas for each partition; the error code. */
    ErrorCode createTopic(const std::string& name, const std::vector<std::vector<int>>& replicas,
        const std::vector<std::pair<std::string, std::string>>& configs = {});
    const PartitionImage& partition(const std::string& topic, int partition = 0) const;
    /** The request with which a partition's leader asks for this ISR, all epochs right. */
    protocol::AlterPartitionRequest isrRequest(
        const std::string& topic, int partition, const std::vector<int>& isr) const;

private:
    void commit(const Records& records, const std::string& reason);

    ControllerOptions m_options;
    Log m_quiet;
    Duration m_now = std::chrono::hours(1);
    std::unique_ptr<ControllerState> m_state;
    std::vector<Bytes> m_log;
    MetadataDelta m_lastDelta;
    std::string m_lastReason;
    std::size_t m_lastRecordCount = 0;
    int m_incarnations = 0;
};

/** Ids as an image has them. */
Replicas ids(std::initializer_list<int> numbers);

} // namespace moldau::controller
