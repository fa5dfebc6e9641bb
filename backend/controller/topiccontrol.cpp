#include "controller/topiccontrol.h"

#include "configs/configvalidation.h"
#include "controller/assignment.h"
#include "controller/topicnames.h"

#include <algorithm>
#include <map>
#include <set>

namespace moldau::controller {

namespace {

constexpr std::string_view kTopicControl = "org.apache.kafka.controller.ReplicationControlManager";
constexpr std::int32_t kDefault = -1; ///< "as the controller is configured"

auto duplicateName()
{
    return fail(ErrorCode::InvalidRequest, "Duplicate topic name.");
}

Result<void> checkRecordCount(std::size_t count)
{
    if (count <= kMaxRecordsPerRequest)
        return {};
    return fail(ErrorCode::PolicyViolation, "Unable to perform excessively large batch operation.");
}

std::string nobodyLives(std::size_t replicationFactor)
{
    return fmt::format(
        "Unable to replicate the partition {} time(s): All brokers are currently fenced or in "
        "controlled shutdown.",
        replicationFactor);
}

} // namespace

TopicControl::TopicControl(const MetadataImage& image, const ConfigControl& configs,
    const TopicSettings& settings, TopicDefaults defaults, Random& random, Log& log)
    : m_image(image)
    , m_configs(configs)
    , m_settings(settings)
    , m_defaults(defaults)
    , m_random(random)
    , m_log(log)
{
}

TopicControl::Collisions TopicControl::collisions() const
{
    Collisions collisions;
    for (const auto& [name, topic] : m_image.topics()) {
        if (hasCollisionChars(name))
            collisions.emplace(unifiedTopicName(name), name);
    }
    return collisions;
}

Uuid TopicControl::newTopicId()
{
    // As Kafka's Uuid.randomUuid(): version 4, and no text that begins with '-'.
    Uuid id;
    do {
        for (std::size_t half = 0; half < 2; ++half) {
            const std::uint64_t bits = m_random();
            for (std::size_t index = 0; index < 8; ++index)
                id.bytes[half * 8 + index] = static_cast<std::uint8_t>(bits >> (8 * index));
        }
        id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0f) | 0x40);
        id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3f) | 0x80);
    } while (id.toString().starts_with('-') || m_image.topic(id));
    return id;
}

std::vector<PlaceableBroker> TopicControl::placeableBrokers() const
{
    std::vector<PlaceableBroker> brokers;
    for (const auto& [id, broker] : m_image.brokers()) {
        if (!broker.isInControlledShutdown)
            brokers.push_back({id, broker.rack, broker.isFenced});
    }
    return brokers;
}

std::optional<protocol::PartitionRecord> TopicControl::newPartition(
    const Uuid& topicId, std::int32_t number, const Replicas& replicas) const
{
    protocol::PartitionRecord record;
    record.topicId = topicId;
    record.partitionId = number;
    record.replicas = replicas;
    record.leaderEpoch = 0;
    record.partitionEpoch = 0;
    record.leader = kNoBroker;
    for (const BrokerId replica : replicas) {
        record.directories.push_back(directoryForNewReplica(m_image, replica));
        if (!m_image.isActive(replica))
            continue;
        if (record.leader == kNoBroker)
            record.leader = replica;
        record.isr.push_back(replica.value());
    }
    if (record.isr.empty())
        return std::nullopt;
    return record;
}

Result<void> TopicControl::checkName(const NewTopic& wish, const Collisions& collisions) const
{
    if (wish.name == kMetadataTopicName) {
        return fail(ErrorCode::InvalidRequest,
            "Creation of internal topic " + std::string(kMetadataTopicName) + " is prohibited.");
    }
    if (auto checked = checkTopicName(wish.name); !checked)
        return checked;
    if (m_image.topic(wish.name))
        return fail(ErrorCode::TopicAlreadyExists, "Topic '" + wish.name + "' already exists.");
    if (hasCollisionChars(wish.name)) {
        if (const auto found = collisions.find(unifiedTopicName(wish.name));
            found != collisions.end()) {
            return fail(ErrorCode::InvalidTopicException,
                "Topic '" + wish.name + "' collides with existing topic: " + found->second);
        }
    }
    return {};
}

Result<std::vector<Replicas>> TopicControl::assigned(const NewTopic& wish) const
{
    if (wish.replicationFactor != kDefault) {
        return fail(ErrorCode::InvalidRequest,
            "A manual partition assignment was specified, but replication factor was not set to "
            "-1.");
    }
    if (wish.numPartitions != kDefault) {
        return fail(ErrorCode::InvalidRequest,
            "A manual partition assignment was specified, but numPartitions was not set to -1.");
    }
    std::map<std::int32_t, Replicas> byNumber;
    std::optional<std::size_t> replicationFactor;
    for (const auto& assignment : wish.assignments) {
        if (byNumber.contains(assignment.partitionIndex)) {
            return fail(ErrorCode::InvalidReplicaAssignment,
                fmt::format("Found multiple manual partition assignments for partition {}",
                    assignment.partitionIndex));
        }
        if (auto checked = checkAssignment(
                m_image, assignment.brokerIds, replicationFactor, assignment.partitionIndex);
            !checked)
            return fail(checked.error());
        replicationFactor = assignment.brokerIds.size();
        byNumber.emplace(assignment.partitionIndex, assignment.brokerIds);
    }
    std::vector<Replicas> replicas;
    for (const auto& [number, brokers] : byNumber) {
        if (number != static_cast<std::int32_t>(replicas.size())) {
            return fail(ErrorCode::InvalidReplicaAssignment,
                "partitions should be a consecutive 0-based integer sequence");
        }
        replicas.push_back(brokers);
    }
    return replicas;
}

Result<std::vector<Replicas>> TopicControl::replicasOf(const NewTopic& wish)
{
    if (!wish.assignments.empty())
        return assigned(wish);
    if (wish.replicationFactor < kDefault || wish.replicationFactor == 0) {
        return fail(ErrorCode::InvalidReplicationFactor,
            "Replication factor must be larger than 0, or -1 to use the default value.");
    }
    if (wish.numPartitions < kDefault || wish.numPartitions == 0) {
        return fail(ErrorCode::InvalidPartitions,
            "Number of partitions was set to an invalid non-positive value.");
    }
    const std::int32_t partitions
        = wish.numPartitions == kDefault ? m_defaults.partitions : wish.numPartitions;
    const std::int16_t factor = wish.replicationFactor == kDefault ? m_defaults.replicationFactor
                                                                   : wish.replicationFactor;
    if (auto checked = checkRecordCount(static_cast<std::size_t>(partitions)); !checked)
        return fail(checked.error());
    auto placed = placeReplicas(placeableBrokers(), partitions, factor, m_random);
    if (!placed) {
        return fail(placed.error().code,
            fmt::format("Unable to replicate the partition {} time(s): {}", factor,
                placed.error().message));
    }
    return placed;
}

Result<TopicControl::NewTopicResult> TopicControl::create(const NewTopic& wish, Records& records)
{
    std::vector<std::pair<std::string, std::optional<std::string>>> pairs;
    for (const auto& config : wish.configs)
        pairs.emplace_back(config.name, config.value);
    const auto overrides = configs::withoutNulls(pairs);
    if (!overrides)
        return fail(overrides.error());
    auto settings = m_configs.settingsOfNewTopic(wish.name, *overrides);
    if (!settings)
        return fail(settings.error());
    const auto replicas = replicasOf(wish);
    if (!replicas)
        return fail(replicas.error());

    protocol::TopicRecord topic;
    topic.name = wish.name;
    topic.topicId = newTopicId();
    Records own;
    own.emplace_back(topic);
    std::move(settings->begin(), settings->end(), std::back_inserter(own));
    for (std::size_t index = 0; index < replicas->size(); ++index) {
        auto partition
            = newPartition(topic.topicId, static_cast<std::int32_t>(index), (*replicas)[index]);
        if (!partition)
            return fail(
                ErrorCode::InvalidReplicationFactor, nobodyLives((*replicas)[index].size()));
        own.emplace_back(std::move(*partition));
    }
    if (auto checked = checkRecordCount(records.size() + own.size()); !checked)
        return fail(checked.error());

    NewTopicResult result;
    result.name = wish.name;
    result.errorMessage.reset();
    result.topicId = topic.topicId;
    result.numPartitions = static_cast<std::int32_t>(replicas->size());
    result.replicationFactor = static_cast<std::int16_t>(replicas->front().size());
    auto& described = result.configs.emplace();
    for (auto& setting : m_settings.describe(*overrides)) {
        auto& config = described.emplace_back();
        config.name = std::move(setting.name);
        config.value = std::move(setting.value);
        config.readOnly = setting.isReadOnly;
        config.configSource = static_cast<std::int8_t>(setting.source);
        config.isSensitive = setting.isSensitive;
    }
    std::move(own.begin(), own.end(), std::back_inserter(records));
    return result;
}

Effect<protocol::CreateTopicsResponse> TopicControl::createTopics(
    const protocol::CreateTopicsRequest& request)
{
    Effect<protocol::CreateTopicsResponse> effect;
    std::map<std::string_view, int> mentions;
    for (const NewTopic& wish : request.topics)
        ++mentions[wish.name];
    const bool canCollide = std::any_of(request.topics.begin(), request.topics.end(),
        [](const NewTopic& wish) { return hasCollisionChars(wish.name); });
    Collisions taken = canCollide ? collisions() : Collisions();
    std::set<std::string_view> answeredDuplicates;
    for (const NewTopic& wish : request.topics) {
        Result<NewTopicResult> result = duplicateName();
        if (mentions[wish.name] > 1) {
            if (!answeredDuplicates.insert(wish.name).second)
                continue;
        } else if (auto checked = checkName(wish, taken); !checked) {
            result = fail(checked.error());
        } else {
            result = create(wish, effect.records);
        }
        if (!result) {
            m_log.info(kTopicControl, "CreateTopics result(s): {}: {} ({})", wish.name,
                factsOf(result.error().code).name, result.error().message);
            NewTopicResult& refused = effect.response.topics.emplace_back();
            refused.name = wish.name;
            refused.errorCode = errorToWire(result.error().code);
            refused.errorMessage = result.error().message;
            continue;
        }
        m_log.info(kTopicControl, "{}CreateTopics result(s): {}: SUCCESS",
            request.validateOnly ? "Validate-only " : "", wish.name);
        if (hasCollisionChars(wish.name))
            taken.emplace(unifiedTopicName(wish.name), wish.name);
        effect.response.topics.push_back(std::move(*result));
    }
    if (request.validateOnly)
        effect.records.clear();
    return effect;
}

Result<Records> TopicControl::grow(const MorePartitions& wish)
{
    const TopicImage* topic = m_image.topic(wish.name);
    if (!topic)
        return fail(
            ErrorCode::UnknownTopicOrPartition, "This server does not host this topic-partition.");
    const auto present = static_cast<std::int32_t>(topic->partitions.size());
    if (wish.count == present)
        return fail(ErrorCode::InvalidPartitions,
            fmt::format("Topic already has {} partition(s).", present));
    if (wish.count < present) {
        return fail(ErrorCode::InvalidPartitions,
            fmt::format("The topic {} currently has {} partition(s); {} would not be an increase.",
                wish.name, present, wish.count));
    }
    const std::int32_t added = wish.count - present;
    if (auto checked = checkRecordCount(static_cast<std::size_t>(added)); !checked)
        return fail(checked.error());
    const std::size_t factor = topic->partitions.front().replicas.size();
    std::vector<Replicas> replicas;
    if (wish.assignments) {
        if (wish.assignments->size() != static_cast<std::size_t>(added)) {
            return fail(ErrorCode::InvalidReplicaAssignment,
                fmt::format("Attempted to add {} additional partition(s), but only {} "
                            "assignment(s) were specified.",
                    added, wish.assignments->size()));
        }
        std::int32_t number = present;
        for (const auto& assignment : *wish.assignments) {
            if (auto checked = checkAssignment(m_image, assignment.brokerIds, factor, number++);
                !checked)
                return fail(checked.error());
            replicas.push_back(assignment.brokerIds);
        }
    } else {
        auto placed = placeReplicas(placeableBrokers(), added, static_cast<int>(factor), m_random);
        if (!placed)
            return fail(placed.error());
        replicas = std::move(*placed);
    }
    Records records;
    for (std::size_t index = 0; index < replicas.size(); ++index) {
        auto partition
            = newPartition(topic->id, present + static_cast<std::int32_t>(index), replicas[index]);
        if (!partition)
            return fail(ErrorCode::InvalidReplicationFactor, nobodyLives(factor));
        records.emplace_back(std::move(*partition));
    }
    return records;
}

Effect<protocol::CreatePartitionsResponse> TopicControl::createPartitions(
    const protocol::CreatePartitionsRequest& request)
{
    Effect<protocol::CreatePartitionsResponse> effect;
    std::map<std::string_view, int> mentions;
    for (const MorePartitions& wish : request.topics)
        ++mentions[wish.name];
    std::set<std::string_view> answeredDuplicates;
    for (const MorePartitions& wish : request.topics) {
        Result<Records> records = duplicateName();
        if (mentions[wish.name] == 1)
            records = grow(wish);
        else if (!answeredDuplicates.insert(wish.name).second)
            continue;
        if (records) {
            if (auto checked = checkRecordCount(effect.records.size() + records->size()); !checked)
                records = fail(checked.error());
        }
        auto& result = effect.response.results.emplace_back();
        result.name = wish.name;
        if (!records) {
            result.errorCode = errorToWire(records.error().code);
            result.errorMessage = records.error().message;
            continue;
        }
        std::move(records->begin(), records->end(), std::back_inserter(effect.records));
    }
    if (request.validateOnly)
        effect.records.clear();
    return effect;
}

Effect<protocol::DeleteTopicsResponse> TopicControl::deleteTopics(
    const protocol::DeleteTopicsRequest& request, const RequestContext& context)
{
    Effect<protocol::DeleteTopicsResponse> effect;
    std::vector<std::pair<std::optional<std::string>, Uuid>> wishes;
    for (const std::string& name : request.topicNames)
        wishes.emplace_back(name, Uuid());
    for (const auto& topic : request.topics)
        wishes.emplace_back(topic.name, topic.topicId);

    std::map<std::pair<std::optional<std::string>, Uuid>, int> mentions;
    for (const auto& wish : wishes)
        ++mentions[wish];
    std::set<std::pair<std::optional<std::string>, Uuid>> answered;
    const auto idOf = [&](const std::optional<std::string>& name, const Uuid& id) -> Result<Uuid> {
        constexpr std::int16_t kFirstVersionWithDisabledError = 3;
        if (!m_defaults.isDeletionEnabled) {
            return fail(context.version < kFirstVersionWithDisabledError
                    ? ErrorCode::InvalidRequest
                    : ErrorCode::TopicDeletionDisabled,
                "Topic deletion is disabled.");
        }
        if (!name && id.isZero())
            return fail(ErrorCode::InvalidRequest, "Neither topic name nor id were specified.");
        if (name && !id.isZero())
            return fail(
                ErrorCode::InvalidRequest, "You may not specify both topic name and topic id.");
        if (mentions[{name, id}] > 1)
            return fail(
                ErrorCode::InvalidRequest, name ? "Duplicate topic name." : "Duplicate topic id.");
        const TopicImage* topic = name ? m_image.topic(*name) : m_image.topic(id);
        if (!topic && name)
            return fail(ErrorCode::UnknownTopicOrPartition,
                "This server does not host this topic-partition.");
        if (!topic)
            return fail(ErrorCode::UnknownTopicId, "This server does not host this topic ID.");
        if (name && mentions.contains({std::nullopt, topic->id})) {
            return fail(ErrorCode::InvalidRequest,
                "The provided topic name maps to an ID that was already supplied.");
        }
        return topic->id;
    };
    for (const auto& [name, id] : wishes) {
        if (!answered.insert({name, id}).second)
            continue;
        auto& response = effect.response.responses.emplace_back();
        response.name = name;
        response.topicId = id;
        const auto found = idOf(name, id);
        if (!found) {
            response.errorCode = errorToWire(found.error().code);
            response.errorMessage = found.error().message;
            continue;
        }
        response.name = m_image.topic(*found)->name;
        response.topicId = *found;
        m_log.info(
            kTopicControl, "Deleting topic {} with ID {}", *response.name, found->toString());
        protocol::RemoveTopicRecord record;
        record.topicId = *found;
        effect.records.emplace_back(std::move(record));
    }
    return effect;
}

} // namespace moldau::controller
