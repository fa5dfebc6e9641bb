// DescribeConfigs, v1–4.
//
// Topics, brokers (this one, or the defaults of all with an empty name) and groups, with source,
// synonyms, type and, from v3, documentation. Null names mean all; secrets have a null value.

#include "broker/handlers/32_describe_configs.h"

#include "broker/topiccreation.h"
#include "configs/configdescription.h"
#include "protocol/messages/describeconfigsresponse.h"

#include <algorithm>

#include <fmt/format.h>

namespace moldau::broker {

namespace {

using controller::ConfigResourceType;
using protocol::DescribeConfigsRequest;
using protocol::DescribeConfigsResponse;
using DescribedConfigs = DescribeConfigsResponse::DescribeConfigsResult;
using Described = std::vector<configs::DescribedConfig>;

void add(DescribedConfigs& answer, const DescribeConfigsRequest& request,
    const DescribeConfigsRequest::DescribeConfigsResource& asked, const Described& all)
{
    for (const configs::DescribedConfig& config : all) {
        if (asked.configurationKeys
            && std::find(
                   asked.configurationKeys->begin(), asked.configurationKeys->end(), config.name)
                == asked.configurationKeys->end())
            continue;
        auto& entry = answer.configs.emplace_back();
        entry.name = config.name;
        entry.value = config.value;
        entry.readOnly = config.isReadOnly;
        entry.configSource = static_cast<std::int8_t>(config.source);
        entry.isSensitive = config.isSensitive;
        entry.configType = static_cast<std::int8_t>(config.type);
        entry.documentation.reset();
        if (request.includeDocumentation)
            entry.documentation = std::string(config.documentation);
        if (!request.includeSynonyms)
            continue;
        for (const auto& synonym : config.synonyms) {
            auto& other = entry.synonyms.emplace_back();
            other.name = synonym.name;
            other.value = synonym.value;
            other.source = static_cast<std::int8_t>(synonym.source);
        }
    }
}

void refuse(DescribedConfigs& answer, ErrorCode code, std::string message)
{
    answer.errorCode = errorToWire(code);
    answer.errorMessage = std::move(message);
}

void describe(BrokerNode& broker, const DescribeConfigsRequest& request,
    const DescribeConfigsRequest::DescribeConfigsResource& asked, DescribedConfigs& answer)
{
    const std::string& name = asked.resourceName;
    const auto type = static_cast<ConfigResourceType>(asked.resourceType);
    const configs::BrokerLayers layers = broker.layers();
    if (type == ConfigResourceType::Topic) {
        if (!isValidTopicName(name))
            return refuse(answer, ErrorCode::InvalidTopicException,
                fmt::format("Topic name is invalid: '{}'", name));
        if (broker.image().topic(name) == nullptr)
            return refuse(answer, ErrorCode::UnknownTopicOrPartition, {});
        return add(answer, request, asked,
            configs::describeTopic(broker.image().configs({type, name}), layers));
    }
    if (type == ConfigResourceType::Broker) {
        if (name.empty())
            return add(answer, request, asked, configs::describeBrokerDefaults(layers));
        if (name == std::to_string(broker.self().value()))
            return add(answer, request, asked, configs::describeBroker(layers));
        return refuse(answer, ErrorCode::InvalidRequest,
            fmt::format("Unexpected broker id, expected {} or empty string, but received {}",
                broker.self().value(), name));
    }
    if (type == ConfigResourceType::Group) {
        if (name.empty())
            return refuse(answer, ErrorCode::InvalidRequest, "Group name must not be empty");
        return add(answer, request, asked,
            configs::describeGroup(broker.image().configs({type, name}), layers));
    }
    if (type == ConfigResourceType::ClientMetrics || type == ConfigResourceType::BrokerLogger)
        return; // nothing of either can be set here
    refuse(answer, ErrorCode::InvalidRequest, "Unsupported resource type: UNKNOWN");
}

} // namespace

void describeConfigs(BrokerNode& broker, DescribeConfigsRequest request, network::Exchange exchange)
{
    DescribeConfigsResponse response;
    for (const auto& asked : request.resources) {
        DescribedConfigs& answer = response.results.emplace_back();
        answer.resourceType = asked.resourceType;
        answer.resourceName = asked.resourceName;
        answer.errorMessage.reset();
        describe(broker, request, asked, answer);
    }
    exchange.answer(response);
}

} // namespace moldau::broker
