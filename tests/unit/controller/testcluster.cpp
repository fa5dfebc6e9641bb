#include "testcluster.h"

#include "controller/features.h"

#include <stdexcept>

namespace moldau::controller {

namespace {

Uuid uuidOf(int high, int low)
{
    Uuid id;
    id.bytes[3] = static_cast<std::uint8_t>(high);
    id.bytes[14] = static_cast<std::uint8_t>(low >> 8);
    id.bytes[15] = static_cast<std::uint8_t>(low);
    return id;
}

} // namespace

Replicas ids(std::initializer_list<int> numbers)
{
    Replicas replicas;
    for (const int number : numbers)
        replicas.emplace_back(number);
    return replicas;
}

ControllerOptions TestCluster::defaultOptions()
{
    ControllerOptions options;
    options.node = BrokerId(100);
    options.clusterId = kClusterId;
    options.seed = 7;
    return options;
}

TestCluster::TestCluster(ControllerOptions options)
    : m_options(std::move(options))
{
    m_state = std::make_unique<ControllerState>(m_options, MetadataImage(), m_now, m_quiet);
    commit(m_state->bootstrapRecords(), {});
}

void TestCluster::commit(const Records& records, const std::string& reason)
{
    m_lastDelta = {};
    m_lastReason = reason;
    m_lastRecordCount = records.size();
    for (const MetadataRecord& record : records) {
        auto bytes = encodeMetadataRecord(record);
        if (!bytes)
            throw std::runtime_error(bytes.error().message);
        auto decoded = decodeMetadataRecord(*bytes);
        if (!decoded || *decoded != record)
            throw std::runtime_error("a record changed on its way through the log");
        if (auto applied = m_state->apply(*decoded, nextOffset(), &m_lastDelta); !applied)
            throw std::runtime_error(applied.error().message);
        m_log.push_back(std::move(*bytes));
    }
}

MetadataImage TestCluster::replayed() const
{
    MetadataImage image;
    std::int64_t offset = 0;
    for (const Bytes& bytes : m_log) {
        const auto record = decodeMetadataRecord(bytes);
        if (!record || !image.apply(*record, offset++))
            throw std::runtime_error("the log can't be replayed");
    }
    return image;
}

void TestCluster::restartController()
{
    m_state = std::make_unique<ControllerState>(m_options, replayed(), m_now, m_quiet);
}

void TestCluster::tick()
{
    while (true) {
        Effect<void> effect = m_state->tick(context());
        if (effect.records.empty())
            return;
        run(std::move(effect));
    }
}

protocol::BrokerRegistrationRequest TestCluster::registration(int broker) const
{
    protocol::BrokerRegistrationRequest request;
    request.brokerId = BrokerId(broker);
    request.clusterId = kClusterId;
    request.incarnationId = uuidOf(broker, m_incarnations);
    request.logDirs = {uuidOf(broker, 1000)};
    auto& listener = request.listeners.emplace_back();
    listener.name = "PLAINTEXT";
    listener.host = "127.0.0.1";
    listener.port = static_cast<std::uint16_t>(9000 + broker);
    for (const SupportedFeature& supported : supportedFeatures()) {
        auto& feature = request.features.emplace_back();
        feature.name = supported.name;
        feature.minSupportedVersion = supported.levels.min;
        feature.maxSupportedVersion = supported.levels.max;
    }
    return request;
}

std::int64_t TestCluster::registerBroker(int broker, std::optional<std::string> rack)
{
    ++m_incarnations;
    auto request = registration(broker);
    request.rack = std::move(rack);
    const auto response = run(request);
    return response.errorCode == 0 ? response.brokerEpoch : -1;
}

protocol::BrokerHeartbeatRequest TestCluster::heartbeatOf(int broker) const
{
    protocol::BrokerHeartbeatRequest request;
    request.brokerId = BrokerId(broker);
    if (const BrokerImage* image = m_state->image().broker(request.brokerId))
        request.brokerEpoch = image->epoch;
    request.currentMetadataOffset = nextOffset() - 1;
    return request;
}

void TestCluster::startBroker(int broker, std::optional<std::string> rack)
{
    registerBroker(broker, std::move(rack));
    heartbeat(broker);
}

void TestCluster::startBrokers(std::initializer_list<int> brokers)
{
    for (const int broker : brokers)
        startBroker(broker);
}

void TestCluster::loseConnection(int broker)
{
    run(m_state->connectionLost(BrokerId(broker), image().broker(BrokerId(broker))->epoch));
}

ErrorCode TestCluster::createTopic(const std::string& name,
    const std::vector<std::vector<int>>& replicas,
    const std::vector<std::pair<std::string, std::string>>& configs)
{
    protocol::CreateTopicsRequest request;
    auto& topic = request.topics.emplace_back();
    topic.name = name;
    topic.numPartitions = -1;
    topic.replicationFactor = -1;
    for (const auto& each : replicas) {
        auto& assignment = topic.assignments.emplace_back();
        assignment.partitionIndex = static_cast<std::int32_t>(topic.assignments.size() - 1);
        for (const int broker : each)
            assignment.brokerIds.emplace_back(broker);
    }
    for (const auto& [key, value] : configs) {
        auto& config = topic.configs.emplace_back();
        config.name = key;
        config.value = value;
    }
    return errorFromWire(run(request).topics.front().errorCode);
}

const PartitionImage& TestCluster::partition(const std::string& topic, int partition) const
{
    return image().topic(topic)->partitions.at(static_cast<std::size_t>(partition));
}

protocol::AlterPartitionRequest TestCluster::isrRequest(
    const std::string& topic, int number, const std::vector<int>& isr) const
{
    const PartitionImage& now = partition(topic, number);
    protocol::AlterPartitionRequest request;
    request.brokerId = now.leader;
    if (const BrokerImage* leader = image().broker(now.leader))
        request.brokerEpoch = leader->epoch;
    auto& wanted = request.topics.emplace_back();
    wanted.topicId = image().topic(topic)->id;
    auto& partition = wanted.partitions.emplace_back();
    partition.partitionIndex = number;
    partition.leaderEpoch = now.leaderEpoch;
    partition.partitionEpoch = now.partitionEpoch;
    for (const int broker : isr) {
        auto& member = partition.newIsrWithEpochs.emplace_back();
        member.brokerId = BrokerId(broker);
        const BrokerImage* image = this->image().broker(member.brokerId);
        member.brokerEpoch = image ? image->epoch : -1;
    }
    return request;
}

} // namespace moldau::controller
