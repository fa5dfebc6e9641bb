#pragma once

#include "network/exchange.h"
#include "protocol/messages/apiversionsresponse.h"

#include <algorithm>
#include <span>

namespace moldau::network {

/** One API that a node serves: its versions and the function that gets the parsed request. */
template <class Node> struct Route {
    protocol::ApiKey api;
    std::int16_t minVersion;
    std::int16_t maxVersion;
    void (*handle)(Node&, Exchange);
};

/** Parses the body and calls `Handler(node, request, exchange)`; a body that doesn't parse closes
 * the connection. */
template <class Node, class Request, void (*Handler)(Node&, Request, Exchange)>
void parseAndHandle(Node& node, Exchange exchange)
{
    Result<Request> request
        = Request::parse(exchange.body().bytes, exchange.version, exchange.body().owner);
    if (!request)
        return exchange.close("a request does not parse: " + request.error().message);
    Handler(node, std::move(*request), std::move(exchange));
}

/** A route over all versions of the schema. */
template <class Node, class Request, void (*Handler)(Node&, Request, Exchange)>
constexpr Route<Node> route(
    std::int16_t minVersion = Request::kMinVersion, std::int16_t maxVersion = Request::kMaxVersion)
{
    return {protocol::ApiKey(Request::kApiKey), minVersion, maxVersion,
        &parseAndHandle<Node, Request, Handler>};
}

/**
 * Hands an exchange to its route. An unknown API or version closes the connection, but for
 * ApiVersions, which `onUnknownApiVersions` answers in v0 (KIP-511).
 */
template <class Node>
void dispatch(std::span<const Route<Node>> routes, Node& node, Exchange exchange,
    void (*onUnknownApiVersions)(Node&, Exchange))
{
    const auto found = std::find_if(routes.begin(), routes.end(),
        [&](const Route<Node>& route) { return route.api == exchange.api; });
    if (found != routes.end() && exchange.version >= found->minVersion
        && exchange.version <= found->maxVersion)
        return found->handle(node, std::move(exchange));
    if (exchange.api == protocol::ApiKey::ApiVersions)
        return onUnknownApiVersions(node, std::move(exchange));
    exchange.close(fmt::format("Received request for api with key {} and unsupported version {}",
        static_cast<int>(exchange.api), exchange.version));
}

/** What ApiVersions lists: every route's range. */
template <class Node>
std::vector<protocol::ApiVersionsResponse::ApiVersion> apiRanges(
    std::span<const Route<Node>> routes)
{
    std::vector<protocol::ApiVersionsResponse::ApiVersion> ranges;
    for (const Route<Node>& route : routes) {
        auto& range = ranges.emplace_back();
        range.apiKey = static_cast<std::int16_t>(route.api);
        range.minVersion = route.minVersion;
        range.maxVersion = route.maxVersion;
    }
    return ranges;
}

/** The v0 answer to ApiVersions in a version that has no route: it lists only its own range
 * (KIP-511). */
template <class Node>
protocol::ApiVersionsResponse unsupportedApiVersions(std::span<const Route<Node>> routes)
{
    protocol::ApiVersionsResponse response;
    response.errorCode = errorToWire(ErrorCode::UnsupportedVersion);
    response.apiKeys = apiRanges(routes);
    std::erase_if(response.apiKeys, [](const auto& range) {
        return range.apiKey != static_cast<std::int16_t>(protocol::ApiKey::ApiVersions);
    });
    return response;
}

} // namespace moldau::network
