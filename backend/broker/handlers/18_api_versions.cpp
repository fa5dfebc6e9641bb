// ApiVersions, v0–4.
//
// v3 client software name and version (KIP-511), supported and finalized features (KIP-584) ·
// v4 features with a minimum of 0. A version that is unknown here is answered in v0 with
// UNSUPPORTED_VERSION and the range of this API only. The response header is v0 always.
// Produce is advertised from 0 although it is served from 3, as Kafka does for old librdkafka.

#include "broker/handlers/18_api_versions.h"

#include "broker/handlers/handlers.h"
#include "controller/features.h"
#include "network/connectionevents.h"
#include "protocol/messages/apiversionsresponse.h"
#include "protocol/messages/producerequest.h"

#include <algorithm>
#include <cctype>

namespace moldau::broker {

namespace {

using protocol::ApiVersionsRequest;
using protocol::ApiVersionsResponse;

// Letters and digits first and last, '.' and '-' between: KIP-511.
bool isSoftwareText(std::string_view text)
{
    const auto isAlnum = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
    return !text.empty() && isAlnum(text.front()) && isAlnum(text.back())
        && std::all_of(
            text.begin(), text.end(), [&](char c) { return isAlnum(c) || c == '.' || c == '-'; });
}

void addFeatures(const controller::MetadataImage& image, ApiVersionsResponse& response)
{
    for (const auto& feature : controller::supportedFeatures()) {
        auto& supported = response.supportedFeatures.emplace_back();
        supported.name = feature.name;
        supported.minVersion = feature.levels.min;
        supported.maxVersion = feature.levels.max;
    }
    for (const auto& [name, level] : image.features()) {
        auto& finalized = response.finalizedFeatures.emplace_back();
        finalized.name = name;
        finalized.maxVersionLevel = level;
        finalized.minVersionLevel = level;
    }
    response.finalizedFeaturesEpoch = image.featuresOffset();
}

} // namespace

void apiVersions(BrokerNode& broker, ApiVersionsRequest request, network::Exchange exchange)
{
    ApiVersionsResponse response;
    if (exchange.version >= 3) {
        if (!isSoftwareText(request.clientSoftwareName)
            || !isSoftwareText(request.clientSoftwareVersion)) {
            response.errorCode = errorToWire(ErrorCode::InvalidRequest);
            return exchange.answer(response);
        }
        network::ConnectionInfo& connection = exchange.connection();
        connection.softwareName = request.clientSoftwareName;
        connection.softwareVersion = request.clientSoftwareVersion;
        network::emitIdentified(
            broker.world().events, broker.self(), broker.world().loop.wallClockMs(), connection);
    }
    response.apiKeys = network::apiRanges(brokerRoutes());
    for (auto& range : response.apiKeys)
        if (range.apiKey == protocol::ProduceRequest::kApiKey)
            range.minVersion = 0;
    if (exchange.version >= 3)
        addFeatures(broker.image(), response);
    exchange.answer(response);
}

void answerUnknownApiVersions(BrokerNode&, network::Exchange exchange)
{
    exchange.answerIn(0, network::unsupportedApiVersions(brokerRoutes()));
}

} // namespace moldau::broker
