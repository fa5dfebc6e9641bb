#pragma once

#include "network/rpcclient.h"
#include "simulatedcluster.h"

#include <map>
#include <optional>
#include <string>

namespace moldau::simulation {

/** A client on a machine of its own, with a connection to each broker it talks to. */
class SimulatedClient {
public:
    SimulatedClient(SimulatedCluster& cluster, std::string name)
        : m_cluster(cluster)
        , m_host(cluster.addHost())
        , m_name(std::move(name))
    {
    }

    SimulatedCluster& cluster() { return m_cluster; }
    Host& host() { return m_host; }
    const std::string& name() const { return m_name; }
    VirtualTime& time() { return m_cluster.time(); }
    int anyBroker() { return static_cast<int>(time().between(std::int64_t{1}, m_cluster.size())); }

    template <class Response, class Request>
    void call(int broker, const Request& request, std::int16_t version,
        Callback<void(Result<Response>)> done, std::optional<Duration> timeout = {})
    {
        connectionTo(broker).call<Response>(
            request, version, timeout.value_or(m_patience), std::move(done));
    }
    /** How long calls wait that don't say it. */
    void setPatience(Duration patience) { m_patience = patience; }
    /** Asks and lets the world live until the answer is there. */
    template <class Response, class Request>
    Result<Response> ask(int broker, const Request& request, std::int16_t version,
        Duration timeout = std::chrono::seconds(30))
    {
        std::optional<Result<Response>> answer;
        call<Response>(
            broker, request, version, [&](Result<Response> got) { answer = std::move(got); },
            timeout);
        m_cluster.runUntil([&] { return answer.has_value(); }, 2 * timeout);
        return std::move(*answer);
    }

    /** Makes a topic and waits until each partition has its leader. */
    Result<void> createTopic(const std::string& topic, int partitions, int replicas,
        const configs::ConfigMap& settings = {});
    /** One batch with acks=all to whoever leads; its base offset. */
    Result<std::int64_t> produce(
        const std::string& topic, std::int32_t partition, const std::vector<std::string>& values);

    network::RpcClient& connectionTo(int broker);

private:
    SimulatedCluster& m_cluster;
    Host& m_host;
    std::string m_name;
    Duration m_patience = std::chrono::seconds(3);
    std::map<int, std::unique_ptr<network::RpcClient>> m_connections;
};

} // namespace moldau::simulation
