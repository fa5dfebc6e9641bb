#include "client/wireclient.h"

#include "protocol/apikeys.h"
#include "protocol/messages/apiversionsrequest.h"
#include "protocol/messages/apiversionsresponse.h"
#include "protocol/messages/findcoordinatorrequest.h"
#include "protocol/messages/findcoordinatorresponse.h"
#include "protocol/messages/metadatarequest.h"
#include "protocol/messages/metadataresponse.h"
#include "protocol/messages/saslauthenticaterequest.h"
#include "protocol/messages/saslauthenticateresponse.h"
#include "protocol/messages/saslhandshakerequest.h"
#include "protocol/messages/saslhandshakeresponse.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace moldau::client {

namespace {

using namespace moldau::protocol;

constexpr Duration kRetryDelay = std::chrono::milliseconds(50);

Error unreachable(const std::string& reasons)
{
    return {ErrorCode::LocalConnectionRefused,
        fmt::format(
            "No broker can be reached: {}. Are the brokers running, and is the address right?",
            reasons)};
}

struct Coordinator {
    BrokerId broker = kNoBroker;
    Endpoint address;
    ErrorCode error = ErrorCode::None;
    std::string message;
};

/** Version 4 has a list where there was one. */
Coordinator readCoordinator(const FindCoordinatorResponse& response)
{
    if (response.coordinators.empty())
        return {response.nodeId, {response.host, static_cast<std::uint16_t>(response.port)},
            errorFromWire(response.errorCode), response.errorMessage.value_or("")};
    const auto& first = response.coordinators.front();
    return {first.nodeId, {first.host, static_cast<std::uint16_t>(first.port)},
        errorFromWire(first.errorCode), first.errorMessage.value_or("")};
}

} // namespace

WireClient::Peer::Peer(
    EventLoop& loop, Transport& transport, const Endpoint& endpoint, const std::string& clientId)
    : rpc(loop, transport, endpoint, clientId)
{
    rpc.onDisconnected([this](const Error&) { isReady = false; });
}

WireClient::WireClient(EventLoop& loop, Transport& transport, Options options)
    : m_loop(loop)
    , m_transport(transport)
    , m_options(std::move(options))
{
}

WireClient::~WireClient()
{
    *m_isAlive = false;
}

void WireClient::later(Duration delay, Callback<void()> work)
{
    m_loop.schedule(delay, [isAlive = m_isAlive, work = std::move(work)]() mutable {
        if (*isAlive)
            work();
    });
}

void WireClient::withPeer(const Target& target, WithPeer done)
{
    if (!target.group.empty())
        withCoordinator(target.group, std::move(done), m_loop.now() + m_options.timeout);
    else if (target.broker != kNoBroker)
        withBroker(target.broker, std::move(done));
    else
        withAny(std::move(done));
}

void WireClient::withAddress(const Endpoint& address, WithPeer done)
{
    auto& peer = m_peers[address];
    if (peer == nullptr) {
        peer = std::make_unique<Peer>(m_loop, m_transport, address, m_options.clientId);
    }
    if (peer->isReady)
        return done(peer.get());
    peer->waiting.push_back(std::move(done));
    if (!std::exchange(peer->isGreeting, true))
        greet(*peer, 3);
}

void WireClient::greet(Peer& peer, std::int16_t version)
{
    ApiVersionsRequest request;
    if (version >= 3) {
        request.clientSoftwareName = "moldau";
        request.clientSoftwareVersion = "1";
    }
    peer.rpc.call<ApiVersionsResponse>(request, version, m_options.timeout,
        [this, &peer, version](Result<ApiVersionsResponse> response) {
            // A broker that doesn't know version 3 answers in the layout of version 0.
            const bool isOldBroker = response
                ? errorFromWire(response->errorCode) == ErrorCode::UnsupportedVersion
                : response.error().code == ErrorCode::LocalParseError;
            if (isOldBroker && version > 0)
                return greet(peer, 0);
            if (!response)
                return greeted(peer, fail(response.error()));
            if (response->errorCode != 0)
                return greeted(peer,
                    fail(errorFromWire(response->errorCode),
                        "The broker refused to tell its versions."));
            peer.versions.clear();
            for (const auto& api : response->apiKeys)
                peer.versions[api.apiKey] = {api.minVersion, api.maxVersion};
            if (m_options.sasl)
                return authenticate(peer);
            greeted(peer, {});
        });
}

void WireClient::authenticate(Peer& peer)
{
    SaslHandshakeRequest request;
    request.mechanism = m_options.sasl->mechanism;
    peer.rpc.call<SaslHandshakeResponse>(request, SaslHandshakeRequest::kMaxVersion,
        m_options.timeout, [this, &peer](Result<SaslHandshakeResponse> response) {
            if (!response)
                return greeted(peer, fail(response.error()));
            if (response->errorCode != 0)
                return greeted(peer,
                    fail(errorFromWire(response->errorCode),
                        fmt::format("the broker doesn't offer the SASL mechanism {}, only {}",
                            m_options.sasl->mechanism, fmt::join(response->mechanisms, ", "))));
            auto exchange = makeSaslExchange(*m_options.sasl);
            if (!exchange)
                return greeted(peer, fail(exchange.error()));
            peer.sasl = std::move(*exchange);
            authenticate(peer, peer.sasl->firstMessage());
        });
}

void WireClient::authenticate(Peer& peer, Bytes message)
{
    SaslAuthenticateRequest request;
    request.authBytes = std::move(message);
    const std::int16_t version = std::min(
        SaslAuthenticateRequest::kMaxVersion, peer.versions[SaslAuthenticateRequest::kApiKey].max);
    peer.rpc.call<SaslAuthenticateResponse>(request, version, m_options.timeout,
        [this, &peer](Result<SaslAuthenticateResponse> response) {
            if (!response)
                return greeted(peer, fail(response.error()));
            if (response->errorCode != 0)
                return greeted(peer,
                    fail(errorFromWire(response->errorCode),
                        fmt::format("the broker refused the user or the password ({})",
                            response->errorMessage.value_or("SASL"))));
            auto answer = peer.sasl->answer(response->authBytes);
            if (!answer)
                return greeted(peer, fail(answer.error()));
            if (*answer)
                return authenticate(peer, std::move(**answer));
            peer.sasl.reset();
            greeted(peer, {});
        });
}

void WireClient::greeted(Peer& peer, Result<void> result)
{
    peer.isGreeting = false;
    peer.isReady = result.has_value();
    const auto isAlive = m_isAlive;
    auto waiting = std::exchange(peer.waiting, {});
    for (WithPeer& done : waiting) {
        if (!*isAlive)
            return;
        done(result ? Result<Peer*>(&peer) : fail(result.error()));
    }
}

void WireClient::withAny(WithPeer done)
{
    // Those that are connected first, then known brokers, then where we began.
    std::vector<Endpoint> candidates;
    const auto add = [&candidates](const Endpoint& endpoint) {
        if (std::ranges::find(candidates, endpoint) == candidates.end())
            candidates.push_back(endpoint);
    };
    for (const auto& [endpoint, peer] : m_peers) {
        if (peer->isReady)
            add(endpoint);
    }
    for (const auto& [broker, endpoint] : m_brokers)
        add(endpoint);
    for (const Endpoint& endpoint : m_options.bootstrap)
        add(endpoint);
    std::ranges::reverse(candidates); // the next one is at the back
    tryNext(std::move(candidates), {}, std::move(done));
}

void WireClient::tryNext(std::vector<Endpoint> candidates, std::string reasons, WithPeer done)
{
    if (candidates.empty())
        return done(fail(unreachable(reasons)));
    const Endpoint next = candidates.back();
    candidates.pop_back();
    withAddress(next,
        [this, next, candidates = std::move(candidates), reasons = std::move(reasons),
            done = std::move(done)](Result<Peer*> peer) mutable {
            if (peer)
                return done(peer);
            reasons += fmt::format(
                "{}{} ({})", reasons.empty() ? "" : ", ", toString(next), peer.error().message);
            tryNext(std::move(candidates), std::move(reasons), std::move(done));
        });
}

void WireClient::withBroker(BrokerId broker, WithPeer done)
{
    const auto known = m_brokers.find(broker);
    if (known != m_brokers.end())
        return withAddress(known->second, std::move(done));
    m_brokers.clear();
    brokers(
        [this, broker, done = std::move(done)](Result<std::map<BrokerId, Endpoint>> found) mutable {
            if (!found)
                return done(fail(found.error()));
            const auto address = found->find(broker);
            if (address == found->end())
                return done(fail(ErrorCode::BrokerNotAvailable,
                    fmt::format("Broker {} is not there.", broker.value())));
            withAddress(address->second, std::move(done));
        });
}

void WireClient::brokers(Callback<void(Result<std::map<BrokerId, Endpoint>>)> done)
{
    if (!m_brokers.empty())
        return done(m_brokers);
    const auto build = [](std::int16_t version) {
        MetadataRequest request;
        if (version == 0)
            request.topics->clear(); // there, this means all; nobody speaks it any more
        request.allowAutoTopicCreation = version < 4;
        return request;
    };
    call<MetadataResponse>(
        {}, build, [this, done = std::move(done)](Result<MetadataResponse> response) mutable {
            if (!response)
                return done(fail(response.error()));
            m_brokers.clear();
            for (const auto& broker : response->brokers)
                m_brokers[broker.nodeId] = {broker.host, static_cast<std::uint16_t>(broker.port)};
            done(m_brokers);
        });
}

void WireClient::withCoordinator(const std::string& group, WithPeer done, Duration deadline)
{
    if (const auto known = m_coordinators.find(group); known != m_coordinators.end())
        return withBroker(known->second, std::move(done));
    const auto build = [group](std::int16_t version) {
        FindCoordinatorRequest request;
        if (version >= 4)
            request.coordinatorKeys = {group};
        else
            request.key = group;
        return request;
    };
    call<FindCoordinatorResponse>({}, build,
        [this, group, deadline, done = std::move(done)](
            Result<FindCoordinatorResponse> response) mutable {
            if (!response)
                return done(fail(response.error()));
            Coordinator coordinator = readCoordinator(*response);
            // The topic of the offsets may only just be coming into being.
            if (factsOf(coordinator.error).isRetriable && m_loop.now() < deadline) {
                return later(
                    kRetryDelay, [this, group, deadline, done = std::move(done)]() mutable {
                        withCoordinator(group, std::move(done), deadline);
                    });
            }
            if (coordinator.error != ErrorCode::None)
                return done(fail(coordinator.error,
                    coordinator.message.empty() ? "The group has no coordinator."
                                                : coordinator.message));
            m_coordinators[group] = coordinator.broker;
            m_brokers[coordinator.broker] = coordinator.address;
            withAddress(coordinator.address, std::move(done));
        });
}

void WireClient::coordinatorOf(
    const std::string& group, Callback<void(Result<std::pair<BrokerId, Endpoint>>)> done)
{
    withCoordinator(
        group,
        [this, group, done = std::move(done)](Result<Peer*> peer) mutable {
            if (!peer)
                return done(fail(peer.error()));
            const BrokerId broker = m_coordinators[group];
            done(std::pair(broker, m_brokers[broker]));
        },
        m_loop.now() + m_options.timeout);
}

Result<std::int16_t> WireClient::versionFor(
    const Peer& peer, std::int16_t api, std::int16_t min, std::int16_t max) const
{
    const ApiFacts* facts = findApi(api);
    const std::string_view name = facts == nullptr ? "?" : facts->name;
    const auto theirs = peer.versions.find(api);
    if (theirs == peer.versions.end())
        return fail(ErrorCode::LocalUnsupported,
            fmt::format(
                "This cluster doesn't know the request {}; newer versions of Kafka do.", name));
    if (facts != nullptr)
        max = std::min(max, facts->maxStableVersion());
    const std::int16_t version = std::min(max, theirs->second.max);
    if (version < min || version < theirs->second.min)
        return fail(ErrorCode::LocalUnsupported,
            fmt::format(
                "This cluster serves {} only in versions {} to {}, which Moldau doesn't speak.",
                name, theirs->second.min, theirs->second.max));
    return version;
}

} // namespace moldau::client
