#include "controller/configcontrol.h"

#include "configs/configvalidation.h"
#include "controller/features.h"
#include "controller/topicnames.h"

#include <charconv>
#include <map>

namespace moldau::controller {

namespace {

constexpr std::int8_t kDelete = static_cast<std::int8_t>(configs::ChangeKind::Delete);
constexpr std::int8_t kLastChangeKind = static_cast<std::int8_t>(configs::ChangeKind::Subtract);

/** The resource named by a request, or why there can't be one. */
Result<ConfigResource> resourceOf(std::int8_t type, const std::string& name)
{
    const ConfigResource resource{static_cast<ConfigResourceType>(type), name};
    switch (resource.type) {
    case ConfigResourceType::Topic:
        if (name.empty())
            return fail(ErrorCode::InvalidRequest, "Default topic resources are not allowed.");
        if (const auto checked = checkTopicName(name); !checked)
            return fail(checked.error());
        return resource;
    case ConfigResourceType::Broker: {
        std::int32_t id = 0;
        const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), id);
        if (!name.empty() && (error != std::errc() || end != name.data() + name.size()))
            return fail(
                ErrorCode::InvalidRequest, "Node id must be an integer, but it is: " + name);
        if (id < 0)
            return fail(ErrorCode::InvalidRequest, "Invalid negative broker ID.");
        return resource;
    }
    case ConfigResourceType::Group:
        if (name.empty())
            return fail(ErrorCode::InvalidRequest, "Default group resources are not allowed.");
        return resource;
    case ConfigResourceType::BrokerLogger:
    case ConfigResourceType::ClientMetrics:
        break;
    }
    return fail(ErrorCode::InvalidRequest, "Unknown resource type " + std::to_string(type));
}

protocol::ConfigRecord recordOf(
    const ConfigResource& resource, const std::string& name, std::optional<std::string> value)
{
    protocol::ConfigRecord record;
    record.resourceType = static_cast<std::int8_t>(resource.type);
    record.resourceName = resource.name;
    record.name = name;
    record.value = std::move(value);
    return record;
}

/** Names of the request's settings: each once, and with a value where one is needed. */
template <class Wish, class NeedsValue>
Result<std::set<std::string>> namesIn(const Wish& wish, NeedsValue needsValue)
{
    std::set<std::string> names;
    std::string withoutValue;
    for (const auto& config : wish.configs) {
        if (!names.insert(config.name).second)
            return fail(ErrorCode::InvalidRequest, "Error due to duplicate config keys");
        if (!config.value && needsValue(config))
            withoutValue += (withoutValue.empty() ? "" : ", ") + config.name;
    }
    if (!withoutValue.empty())
        return fail(ErrorCode::InvalidRequest, "Null value not supported for : " + withoutValue);
    return names;
}

} // namespace

Records unifyMinInSyncReplicas(const MetadataImage& image, const TopicSettings& settings)
{
    const std::string name(kMinInSyncReplicas);
    const ConfigResource all{ConfigResourceType::Broker, {}};
    Records records;
    if (!image.configs(all).contains(name))
        records.emplace_back(recordOf(all, name, std::to_string(settings.ownMinInSyncReplicas())));
    for (const auto& [resource, configs] : image.configs()) {
        if (resource.type == ConfigResourceType::Broker && resource != all
            && configs.contains(name))
            records.emplace_back(recordOf(resource, name, std::nullopt));
    }
    return records;
}

Result<void> ConfigControl::checkMinInSyncReplicas(const ConfigResource& resource,
    const ConfigMap& wished, const std::set<std::string>& touched) const
{
    const std::string name(kMinInSyncReplicas);
    if (resource.type != ConfigResourceType::Broker || m_image.featureLevel(kEligibleLeaders) == 0
        || (!touched.contains(name) && !m_image.configs(resource).contains(name)))
        return {};
    const bool isForAll = resource.name.empty();
    if (!isForAll && (touched.contains(name) || !wished.contains(name)))
        return fail(ErrorCode::InvalidConfig,
            "Broker-level min.insync.replicas cannot be altered while ELR is enabled.");
    if (isForAll && !wished.contains(name))
        return fail(ErrorCode::InvalidConfig,
            "Cluster-level min.insync.replicas cannot be removed while ELR is enabled.");
    return {};
}

Result<void> ConfigControl::check(const ConfigResource& resource, const ConfigMap& wished,
    const std::set<std::string>& touched) const
{
    switch (resource.type) {
    case ConfigResourceType::Topic:
        return configs::validateTopicConfigs(wished);
    case ConfigResourceType::Group:
        return configs::validateGroupConfigs(wished, m_settings.layers());
    case ConfigResourceType::Broker: {
        ConfigMap changes;
        for (const std::string& name : touched) {
            if (const auto found = wished.find(name); found != wished.end())
                changes.insert(*found);
        }
        return configs::validateBrokerChanges(changes, resource.name.empty());
    }
    default:
        return fail(ErrorCode::InvalidRequest,
            "Unknown resource type " + std::to_string(static_cast<int>(resource.type)));
    }
}

Result<Records> ConfigControl::move(const ConfigResource& resource, const ConfigMap& wished,
    const std::set<std::string>& touched) const
{
    if (auto checked = checkMinInSyncReplicas(resource, wished, touched); !checked)
        return fail(checked.error());
    if (auto checked = check(resource, wished, touched); !checked)
        return fail(checked.error());
    if (resource.type == ConfigResourceType::Topic && !m_image.topic(resource.name)) {
        return fail(ErrorCode::UnknownTopicOrPartition,
            "The topic '" + resource.name + "' does not exist.");
    }
    if (resource.type == ConfigResourceType::Broker && !resource.name.empty()
        && !m_image.broker(BrokerId(std::stoi(resource.name)))) {
        return fail(
            ErrorCode::BrokerIdNotRegistered, "No node with id " + resource.name + " found.");
    }
    const ConfigMap& current = m_image.configs(resource);
    Records records;
    for (const auto& [name, value] : wished) {
        const auto before = current.find(name);
        const bool isChanged = before == current.end() || before->second != value;
        // Brokers read files (keystores) anew when a setting is set again to what it was.
        if (isChanged || (resource.type == ConfigResourceType::Broker && touched.contains(name)))
            records.emplace_back(recordOf(resource, name, value));
    }
    for (const auto& [name, value] : current) {
        if (!wished.contains(name))
            records.emplace_back(recordOf(resource, name, std::nullopt));
    }
    clearEligibleLeaders(resource, records);
    return records;
}

// Who was eligible under another min.insync.replicas need not have what is committed under this.
void ConfigControl::clearEligibleLeaders(const ConfigResource& resource, Records& records) const
{
    const auto isMinIsr = [](const MetadataRecord& record) {
        const auto* const config = std::get_if<protocol::ConfigRecord>(&record);
        return config != nullptr && config->name == kMinInSyncReplicas;
    };
    if (m_image.featureLevel(kEligibleLeaders) == 0
        || std::none_of(records.begin(), records.end(), isMinIsr))
        return;
    protocol::ClearElrRecord record;
    if (resource.type == ConfigResourceType::Topic)
        record.topicName = resource.name;
    records.emplace_back(std::move(record));
}

Result<Records> ConfigControl::change(const IncrementalWish& wish) const
{
    const auto names
        = namesIn(wish, [](const auto& config) { return config.configOperation != kDelete; });
    if (!names)
        return fail(names.error());
    const auto resource = resourceOf(wish.resourceType, wish.resourceName);
    if (!resource)
        return fail(resource.error());
    std::vector<configs::ConfigChange> changes;
    for (const auto& config : wish.configs) {
        if (config.configOperation < 0 || config.configOperation > kLastChangeKind) {
            return fail(ErrorCode::InvalidRequest,
                "Unknown operations type " + std::to_string(config.configOperation));
        }
        changes.push_back({config.name, static_cast<configs::ChangeKind>(config.configOperation),
            config.value.value_or(std::string())});
    }
    configs::ConfigScope scope = configs::ConfigScope::Broker;
    if (resource->type == ConfigResourceType::Topic)
        scope = configs::ConfigScope::Topic;
    else if (resource->type == ConfigResourceType::Group)
        scope = configs::ConfigScope::Group;
    auto wished = configs::applyChanges(scope, m_image.configs(*resource), changes);
    if (!wished)
        return fail(wished.error());
    return move(*resource, *wished, *names);
}

Result<Records> ConfigControl::change(const WholeWish& wish) const
{
    const auto names = namesIn(wish, [](const auto&) { return true; });
    if (!names)
        return fail(names.error());
    const auto resource = resourceOf(wish.resourceType, wish.resourceName);
    if (!resource)
        return fail(resource.error());
    ConfigMap wished;
    for (const auto& config : wish.configs)
        wished.emplace(config.name, *config.value);
    return move(*resource, wished, *names);
}

template <class Response, class Request>
Effect<Response> ConfigControl::alterEach(const Request& request) const
{
    Effect<Response> effect;
    std::map<std::pair<std::int8_t, std::string>, int> mentions;
    for (const auto& wish : request.resources)
        ++mentions[{wish.resourceType, wish.resourceName}];
    for (const auto& wish : request.resources) {
        auto& response = effect.response.responses.emplace_back();
        response.resourceType = wish.resourceType;
        response.resourceName = wish.resourceName;
        response.errorMessage.reset();
        auto records = mentions[{wish.resourceType, wish.resourceName}] == 1
            ? change(wish)
            : Result<Records>(
                fail(ErrorCode::InvalidRequest, "Each resource must appear at most once."));
        if (!records) {
            response.errorCode = errorToWire(records.error().code);
            response.errorMessage = records.error().message;
        } else if (!request.validateOnly) {
            std::move(records->begin(), records->end(), std::back_inserter(effect.records));
        }
    }
    return effect;
}

Effect<protocol::IncrementalAlterConfigsResponse> ConfigControl::incrementalAlterConfigs(
    const protocol::IncrementalAlterConfigsRequest& request) const
{
    return alterEach<protocol::IncrementalAlterConfigsResponse>(request);
}

Effect<protocol::AlterConfigsResponse> ConfigControl::alterConfigs(
    const protocol::AlterConfigsRequest& request) const
{
    return alterEach<protocol::AlterConfigsResponse>(request);
}

Result<Records> ConfigControl::settingsOfNewTopic(
    const std::string& topic, const ConfigMap& overrides) const
{
    if (auto checked = configs::validateTopicConfigs(overrides); !checked)
        return fail(checked.error());
    Records records;
    for (const auto& [name, value] : overrides)
        records.emplace_back(recordOf({ConfigResourceType::Topic, topic}, name, value));
    return records;
}

} // namespace moldau::controller
