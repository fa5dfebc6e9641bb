#pragma once

#include "base/log.h"
#include "client/wireadmin.h"
#include "network/server.h"
#include "protocol/messages/apiversionsresponse.h"
#include "protocol/messages/metadataresponse.h"
#include "simulatednetwork.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace moldau::client {

/** Nobody looks. */
class NoEvents final : public EventSink {
public:
    bool isWanted() const override { return false; }
    void publish(const Event&) override { }
    NameId intern(std::string_view) override { return {}; }
};

/**
 * A broker that answers as a test says, in the virtual time of one thread. It knows ApiVersions and
 * Metadata by itself; it doesn't tell of requests for which it has no script.
 */
class ScriptedBroker final : public network::RequestHandler {
public:
    ScriptedBroker(simulation::SimulatedNetwork& network, simulation::VirtualTime& time, int id)
        : m_id(id)
        , m_loop(time)
        , m_transport(network, m_loop, host())
    {
        start();
    }

    std::string host() const { return "10.0.0." + std::to_string(m_id); }
    Endpoint endpoint() const { return {host(), 9092}; }
    /** Takes connections from here on. */
    void start()
    {
        m_server = std::make_unique<network::Server>(
            m_loop, m_transport, m_events, m_log, BrokerId(m_id), *this);
        (void)m_server->listen("PLAINTEXT", endpoint());
    }
    /** Is gone: connections break, new ones are refused. */
    void stop() { m_server.reset(); }

    /** What is answered to a request; none: never. */
    template <class Request, class Response>
    void answers(std::function<std::optional<Response>(const Request&)> script)
    {
        m_scripts[protocol::ApiKey(Request::kApiKey)] = {
            Request::kMinVersion, Request::kMaxVersion, [this, script](network::Exchange exchange) {
                const auto request = Request::parse(
                    exchange.body().bytes, exchange.version, exchange.body().owner);
                const auto response = script(request.value());
                if (response)
                    exchange.answer(*response);
                else
                    m_silent.push_back(std::move(exchange));
            }};
    }
    /** The brokers that Metadata names. */
    void setMembers(std::vector<Endpoint> members) { m_members = std::move(members); }

private:
    struct Script {
        std::int16_t min = 0;
        std::int16_t max = 0;
        std::function<void(network::Exchange)> handle;
    };

    void handle(network::Exchange exchange) override
    {
        if (exchange.api == protocol::ApiKey::ApiVersions)
            return exchange.answer(versions());
        if (exchange.api == protocol::ApiKey::Metadata)
            return exchange.answer(metadata());
        m_scripts.at(exchange.api).handle(std::move(exchange));
    }
    protocol::ApiVersionsResponse versions() const
    {
        protocol::ApiVersionsResponse response;
        const auto add = [&response](protocol::ApiKey api, std::int16_t min, std::int16_t max) {
            auto& range = response.apiKeys.emplace_back();
            range.apiKey = static_cast<std::int16_t>(api);
            range.minVersion = min;
            range.maxVersion = max;
        };
        add(protocol::ApiKey::ApiVersions, 0, 3);
        add(protocol::ApiKey::Metadata, 4, 12);
        for (const auto& [api, script] : m_scripts)
            add(api, script.min, script.max);
        return response;
    }
    protocol::MetadataResponse metadata() const
    {
        protocol::MetadataResponse response;
        for (std::size_t i = 0; i < m_members.size(); ++i) {
            auto& broker = response.brokers.emplace_back();
            broker.nodeId = BrokerId(static_cast<std::int32_t>(i) + 1);
            broker.host = m_members[i].host;
            broker.port = m_members[i].port;
        }
        return response;
    }

    int m_id;
    simulation::SimulatedLoop m_loop;
    simulation::SimulatedTransport m_transport;
    NoEvents m_events;
    Log m_log;
    std::map<protocol::ApiKey, Script> m_scripts;
    std::vector<network::Exchange> m_silent;
    std::vector<Endpoint> m_members;
    std::unique_ptr<network::Server> m_server;
};

/** Brokers 1, 2, … and a WireAdmin that begins at the first. */
class ScriptedCluster {
public:
    static constexpr Duration kTimeout = std::chrono::seconds(10);

    explicit ScriptedCluster(int brokers)
    {
        std::vector<Endpoint> members;
        for (int id = 1; id <= brokers; ++id) {
            m_brokers.push_back(std::make_unique<ScriptedBroker>(m_network, m_time, id));
            members.push_back(m_brokers.back()->endpoint());
        }
        for (const auto& broker : m_brokers)
            broker->setMembers(members);
        m_wire.emplace(
            m_loop, m_transport, WireClient::Options{{members.front()}, "test", {}, kTimeout});
        m_admin.emplace(*m_wire);
    }

    ScriptedBroker& broker(int id) { return *m_brokers.at(static_cast<std::size_t>(id - 1)); }
    WireAdmin& admin() { return *m_admin; }
    /** All brokers answer so. */
    template <class Request, class Response>
    void answer(std::function<std::optional<Response>(const Request&)> script)
    {
        for (const auto& broker : m_brokers)
            broker->answers<Request, Response>(script);
    }
    /** Calls `start` with the right to answer and lets time pass until that is used. */
    template <class T, class Start> Result<T> ask(Start start)
    {
        std::optional<Result<T>> result;
        const Duration began = m_time.now();
        m_loop.post([&] {
            start(
                m_owed.keep<T>([&result](Result<T> answer) { result.emplace(std::move(answer)); }));
        });
        m_time.runUntil([&result] { return result.has_value(); }, 10 * kTimeout);
        m_took = m_time.now() - began;
        if (!result)
            return fail(ErrorCode::LocalTimeout, "never answered");
        return std::move(*result);
    }
    /** How long the last ask() took. */
    Duration took() const { return m_took; }

private:
    simulation::VirtualTime m_time{1};
    simulation::SimulatedNetwork m_network{m_time};
    simulation::SimulatedLoop m_loop{m_time};
    simulation::SimulatedTransport m_transport{m_network, m_loop, "10.0.0.100"};
    OwedReplies m_owed;
    std::vector<std::unique_ptr<ScriptedBroker>> m_brokers;
    std::optional<WireClient> m_wire;
    std::optional<WireAdmin> m_admin;
    Duration m_took{};
};

} // namespace moldau::client
