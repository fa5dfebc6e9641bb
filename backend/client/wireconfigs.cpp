// WireAdmin's part for configs.

#include "client/wirehelpers.h"

#include "protocol/messages/describeconfigsrequest.h"
#include "protocol/messages/describeconfigsresponse.h"
#include "protocol/messages/incrementalalterconfigsrequest.h"
#include "protocol/messages/incrementalalterconfigsresponse.h"

#include <charconv>

namespace moldau::client {

namespace {

using namespace moldau::protocol;

/** Configs of one broker are known to that broker only; everything else to any. */
WireClient::Target targetOf(const ConfigResource& resource)
{
    const bool isOneBroker = resource.kind == ConfigResourceKind::BrokerLogger
        || resource.kind == ConfigResourceKind::Broker;
    std::int32_t id = -1;
    if (isOneBroker)
        std::from_chars(resource.name.data(), resource.name.data() + resource.name.size(), id);
    return {BrokerId{id}, {}};
}

ConfigDetail detailOf(const DescribeConfigsResponse::DescribeConfigsResourceResult& from)
{
    ConfigDetail detail;
    detail.entry.name = from.name;
    detail.entry.value = from.value;
    detail.entry.source = static_cast<ConfigSource>(from.configSource);
    detail.entry.isReadOnly = from.readOnly;
    detail.entry.isSensitive = from.isSensitive;
    detail.entry.documentation = from.documentation.value_or("");
    detail.type = from.configType;
    for (const auto& synonym : from.synonyms)
        detail.synonyms.push_back(
            {synonym.name, synonym.value, static_cast<ConfigSource>(synonym.source)});
    return detail;
}

} // namespace

void WireAdmin::describeConfigs(
    const ConfigResource& resource, Answer<std::vector<ConfigDetail>> answer)
{
    const auto build = [resource](std::int16_t version) {
        DescribeConfigsRequest request;
        request.includeSynonyms = version >= 1;
        request.includeDocumentation = version >= 3;
        auto& wanted = request.resources.emplace_back();
        wanted.resourceType = static_cast<std::int8_t>(resource.kind);
        wanted.resourceName = resource.name;
        wanted.configurationKeys.reset();
        return request;
    };
    m_wire.call<DescribeConfigsResponse>(
        targetOf(resource), build, [answer](Result<DescribeConfigsResponse> response) {
            if (!response)
                return answer(fail(response.error()));
            if (response->results.size() != 1)
                return answer(fail(incompleteAnswer()));
            const auto& result = response->results.front();
            if (result.errorCode != 0)
                return answer(fail(wireError(result.errorCode, result.errorMessage)));
            std::vector<ConfigDetail> details;
            for (const auto& config : result.configs)
                details.push_back(detailOf(config));
            answer(std::move(details));
        });
}

void WireAdmin::changeConfigs(const ConfigResource& resource,
    const std::vector<ConfigOperation>& operations, Answer<Done> answer)
{
    const auto build = [resource, operations](std::int16_t) {
        IncrementalAlterConfigsRequest request;
        auto& wanted = request.resources.emplace_back();
        wanted.resourceType = static_cast<std::int8_t>(resource.kind);
        wanted.resourceName = resource.name;
        for (const ConfigOperation& operation : operations) {
            auto& config = wanted.configs.emplace_back();
            config.name = operation.name;
            config.configOperation = static_cast<std::int8_t>(operation.kind);
            config.value = operation.value;
            if (operation.kind == ConfigOperation::Kind::Delete)
                config.value.reset();
        }
        return request;
    };
    m_wire.call<IncrementalAlterConfigsResponse>(
        targetOf(resource), build, [answer](Result<IncrementalAlterConfigsResponse> response) {
            if (!response)
                return answer(fail(response.error()));
            if (response->responses.size() != 1)
                return answer(fail(incompleteAnswer()));
            answer(doneOr(response->responses[0].errorCode, response->responses[0].errorMessage));
        });
}

} // namespace moldau::client
