#include "broker/topiccreation.h"

#include "protocol/messages/createtopicsrequest.h"
#include "protocol/messages/createtopicsresponse.h"

#include <algorithm>
#include <cctype>

namespace moldau::broker {

namespace {

constexpr std::string_view kOffsetsTopic = "__consumer_offsets";
constexpr std::int32_t kTimeoutMs = 30'000;

protocol::CreateTopicsRequest::CreatableTopic topicToCreate(
    const BrokerNode& broker, const std::string& name)
{
    protocol::CreateTopicsRequest::CreatableTopic topic;
    topic.name = name;
    topic.numPartitions = -1;
    topic.replicationFactor = -1;
    if (name == kOffsetsTopic) {
        topic.numPartitions = broker.settings().config.offsetsTopicPartitions;
        topic.replicationFactor = broker.settings().config.offsetsTopicReplicationFactor;
        const auto set = [&](const char* key, std::string value) {
            auto& config = topic.configs.emplace_back();
            config.name = key;
            config.value = std::move(value);
        };
        set("cleanup.policy", "compact");
        set("compression.type", "producer");
        set("segment.bytes", std::to_string(broker.settings().config.offsetsTopicSegmentBytes));
    }
    return topic;
}

} // namespace

bool isValidTopicName(std::string_view name)
{
    constexpr std::size_t kMostCharacters = 249;
    return !name.empty() && name.size() <= kMostCharacters && name != "." && name != ".."
        && std::all_of(name.begin(), name.end(), [](char c) {
               return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '_'
                   || c == '-';
           });
}

void createMissingTopics(BrokerNode& broker, const std::vector<std::string>& names)
{
    protocol::CreateTopicsRequest request;
    request.timeoutMs = kTimeoutMs;
    for (const std::string& name : names)
        if (broker.topicsBeingCreated().insert(name).second)
            request.topics.push_back(topicToCreate(broker, name));
    if (request.topics.empty())
        return;
    broker.controller().call<protocol::CreateTopicsResponse>(request,
        protocol::CreateTopicsRequest::kMaxVersion,
        [&broker, names](Result<protocol::CreateTopicsResponse> response) {
            for (const std::string& name : names)
                broker.topicsBeingCreated().erase(name);
            if (!response)
                return broker.log().warn("kafka.server.DefaultAutoTopicCreationManager",
                    "Auto topic creation failed: {}", response.error().message);
            for (const auto& topic : response->topics)
                if (topic.errorCode != 0)
                    broker.log().warn("kafka.server.DefaultAutoTopicCreationManager",
                        "Auto topic creation of {} failed: {}", topic.name,
                        topic.errorMessage.value_or(""));
        });
}

} // namespace moldau::broker
