// WireAdmin's part for what holds replication back (KIP-73): settings of brokers and topics.

#include "client/wirehelpers.h"

#include "protocol/messages/describeconfigsrequest.h"
#include "protocol/messages/describeconfigsresponse.h"
#include "protocol/messages/incrementalalterconfigsrequest.h"
#include "protocol/messages/incrementalalterconfigsresponse.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

namespace moldau::client {

namespace {

using namespace moldau::protocol;

constexpr const char* kLeaderRate = "leader.replication.throttled.rate";
constexpr const char* kFollowerRate = "follower.replication.throttled.rate";
constexpr const char* kLeaderReplicas = "leader.replication.throttled.replicas";
constexpr const char* kFollowerReplicas = "follower.replication.throttled.replicas";

using DescribedResource = DescribeConfigsResponse::DescribeConfigsResult;
using AlteredResource = IncrementalAlterConfigsRequest::AlterConfigsResource;

/** The value of a setting where it is set for the resource itself. */
std::optional<std::string> valueOf(
    const DescribedResource& resource, std::string_view name, ConfigSource source)
{
    for (const auto& config : resource.configs) {
        if (config.name == name && static_cast<ConfigSource>(config.configSource) == source)
            return config.value;
    }
    return std::nullopt;
}

std::optional<std::int64_t> rateOf(const DescribedResource& resource, std::string_view name)
{
    const auto text = valueOf(resource, name, ConfigSource::DynamicBroker);
    if (!text)
        return std::nullopt;
    std::int64_t rate = 0;
    const char* end = text->data() + text->size();
    return std::from_chars(text->data(), end, rate).ptr == end ? std::optional(rate) : std::nullopt;
}

std::set<std::string> replicasOf(const DescribedResource& resource, std::string_view name)
{
    std::set<std::string> replicas;
    const std::string text = valueOf(resource, name, ConfigSource::Topic).value_or("");
    for (std::size_t from = 0; from < text.size();) {
        const std::size_t comma = std::min(text.find(',', from), text.size());
        const std::size_t first = text.find_first_not_of(' ', from);
        if (first < comma)
            replicas.insert(text.substr(first, text.find_last_not_of(' ', comma - 1) + 1 - first));
        from = comma + 1;
    }
    return replicas;
}

void addSetting(AlteredResource& resource, const char* name, std::optional<std::string> value)
{
    using Kind = ConfigOperation::Kind;
    auto& config = resource.configs.emplace_back();
    config.name = name;
    config.configOperation = static_cast<std::int8_t>(value ? Kind::Set : Kind::Delete);
    config.value = std::move(value);
}

void addRate(AlteredResource& resource, const char* name, std::optional<std::int64_t> rate)
{
    addSetting(resource, name, rate ? std::optional(std::to_string(*rate)) : std::nullopt);
}

void addReplicas(AlteredResource& resource, const char* name, const std::set<std::string>& replicas)
{
    addSetting(resource, name,
        replicas.empty() ? std::nullopt
                         : std::optional(fmt::format("{}", fmt::join(replicas, ","))));
}

DescribeConfigsRequest askFor(ConfigResourceKind kind, const std::vector<std::string>& names,
    const std::vector<std::string>& settings)
{
    DescribeConfigsRequest request;
    for (const std::string& name : names) {
        auto& wanted = request.resources.emplace_back();
        wanted.resourceType = static_cast<std::int8_t>(kind);
        wanted.resourceName = name;
        wanted.configurationKeys = settings;
    }
    return request;
}

/** The error of a broker's answer about itself, which it gives in one piece. */
template <class Response, class Pieces>
std::optional<Error> problemOf(const Result<Response>& response, Pieces pieces)
{
    if (!response)
        return response.error();
    const auto& all = (*response).*pieces;
    if (all.size() != 1)
        return incompleteAnswer();
    if (all[0].errorCode != 0)
        return wireError(all[0].errorCode, all[0].errorMessage);
    return std::nullopt;
}

} // namespace

void WireAdmin::describeThrottles(
    const std::vector<std::string>& topics, Answer<ReplicationThrottles> answer)
{
    const auto askTopics = [this, topics, answer](ReplicationThrottles found) {
        if (topics.empty())
            return answer(std::move(found));
        const auto build = [topics](std::int16_t) {
            return askFor(ConfigResourceKind::Topic, topics, {kLeaderReplicas, kFollowerReplicas});
        };
        m_wire.call<DescribeConfigsResponse>({}, build,
            [found = std::move(found), answer](Result<DescribeConfigsResponse> response) mutable {
                if (!response)
                    return answer(fail(response.error()));
                for (const DescribedResource& topic : response->results) {
                    // One that was deleted meanwhile has nothing set.
                    if (errorFromWire(topic.errorCode) == ErrorCode::UnknownTopicOrPartition)
                        continue;
                    if (topic.errorCode != 0) {
                        found.topicProblems.emplace(
                            topic.resourceName, wireError(topic.errorCode, topic.errorMessage));
                        continue;
                    }
                    ThrottledReplicas replicas{
                        replicasOf(topic, kLeaderReplicas), replicasOf(topic, kFollowerReplicas)};
                    if (replicas.isAny())
                        found.topics.emplace(topic.resourceName, std::move(replicas));
                }
                answer(std::move(found));
            });
    };
    m_wire.brokers([this, answer, askTopics](Result<std::map<BrokerId, Endpoint>> brokers) {
        if (!brokers)
            return answer(fail(brokers.error()));
        std::vector<BrokerId> ids;
        for (const auto& [id, address] : *brokers)
            ids.push_back(id);
        const auto build = [](BrokerId broker, std::int16_t) {
            return askFor(ConfigResourceKind::Broker, {std::to_string(broker.value())},
                {kLeaderRate, kFollowerRate});
        };
        askAll<DescribeConfigsResponse>(m_wire, ids, build,
            [askTopics](std::map<BrokerId, Result<DescribeConfigsResponse>> responses) {
                ReplicationThrottles found;
                for (const auto& [broker, response] : responses) {
                    if (auto problem = problemOf(response, &DescribeConfigsResponse::results)) {
                        found.brokerProblems.emplace(broker, std::move(*problem));
                        continue;
                    }
                    const DescribedResource& own = response->results[0];
                    const ThrottleRates rates{rateOf(own, kLeaderRate), rateOf(own, kFollowerRate)};
                    if (rates.isAny())
                        found.brokers.emplace(broker, rates);
                }
                askTopics(std::move(found));
            });
    });
}

void WireAdmin::setThrottles(
    const ReplicationThrottles& throttles, Answer<ReplicationThrottles> answer)
{
    const auto setBrokers = [this, brokers = throttles.brokers, answer](
                                ReplicationThrottles failed) {
        std::vector<BrokerId> ids;
        for (const auto& [broker, rates] : brokers)
            ids.push_back(broker);
        const auto build = [brokers](BrokerId broker, std::int16_t) {
            IncrementalAlterConfigsRequest request;
            AlteredResource& resource = request.resources.emplace_back();
            resource.resourceType = static_cast<std::int8_t>(ConfigResourceKind::Broker);
            resource.resourceName = std::to_string(broker.value());
            addRate(resource, kLeaderRate, brokers.at(broker).asLeader);
            addRate(resource, kFollowerRate, brokers.at(broker).asFollower);
            return request;
        };
        askAll<IncrementalAlterConfigsResponse>(m_wire, ids, build,
            [failed = std::move(failed), answer](
                std::map<BrokerId, Result<IncrementalAlterConfigsResponse>> responses) mutable {
                for (const auto& [broker, response] : responses) {
                    if (auto problem
                        = problemOf(response, &IncrementalAlterConfigsResponse::responses))
                        failed.brokerProblems.emplace(broker, std::move(*problem));
                }
                answer(std::move(failed));
            });
    };
    if (throttles.topics.empty())
        return setBrokers({});
    const auto build = [topics = throttles.topics](std::int16_t) {
        IncrementalAlterConfigsRequest request;
        for (const auto& [topic, replicas] : topics) {
            AlteredResource& resource = request.resources.emplace_back();
            resource.resourceType = static_cast<std::int8_t>(ConfigResourceKind::Topic);
            resource.resourceName = topic;
            addReplicas(resource, kLeaderReplicas, replicas.asLeaders);
            addReplicas(resource, kFollowerReplicas, replicas.asFollowers);
        }
        return request;
    };
    m_wire.call<IncrementalAlterConfigsResponse>(
        {}, build, [setBrokers, answer](Result<IncrementalAlterConfigsResponse> response) {
            if (!response)
                return answer(fail(response.error()));
            ReplicationThrottles failed;
            for (const auto& topic : response->responses) {
                if (topic.errorCode != 0)
                    failed.topicProblems.emplace(
                        topic.resourceName, wireError(topic.errorCode, topic.errorMessage));
            }
            setBrokers(std::move(failed));
        });
}

} // namespace moldau::client
