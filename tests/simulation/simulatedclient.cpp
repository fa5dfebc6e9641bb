#include "simulatedclient.h"

#include "protocol/batchbuilder.h"
#include "protocol/messages/createtopicsrequest.h"
#include "protocol/messages/createtopicsresponse.h"
#include "protocol/messages/producerequest.h"
#include "protocol/messages/produceresponse.h"

namespace moldau::simulation {

network::RpcClient& SimulatedClient::connectionTo(int broker)
{
    auto& connection = m_connections[broker];
    if (!connection)
        connection = std::make_unique<network::RpcClient>(
            m_host.loop, m_host.transport, m_cluster.endpointOf(broker), m_name);
    return *connection;
}

Result<void> SimulatedClient::createTopic(
    const std::string& topic, int partitions, int replicas, const configs::ConfigMap& settings)
{
    protocol::CreateTopicsRequest request;
    request.timeoutMs = 30'000;
    auto& wanted = request.topics.emplace_back();
    wanted.name = topic;
    wanted.numPartitions = partitions;
    wanted.replicationFactor = static_cast<std::int16_t>(replicas);
    for (const auto& [name, value] : settings) {
        auto& config = wanted.configs.emplace_back();
        config.name = name;
        config.value = value;
    }
    const auto answer = ask<protocol::CreateTopicsResponse>(
        1, request, protocol::CreateTopicsRequest::kMaxVersion);
    if (!answer)
        return fail(answer.error());
    const auto& made = answer->topics.front();
    if (made.errorCode != 0)
        return fail(errorFromWire(made.errorCode), made.errorMessage.value_or(std::string()));
    const bool isLed = m_cluster.runUntil([&] {
        for (std::int32_t partition = 0; partition < partitions; ++partition) {
            if (m_cluster.leaderOf(topic, partition) == 0)
                return false;
        }
        return true;
    });
    return isLed ? Result<void>{} : fail(ErrorCode::LeaderNotAvailable, topic);
}

Result<std::int64_t> SimulatedClient::produce(
    const std::string& topic, std::int32_t partition, const std::vector<std::string>& values)
{
    protocol::BatchBuilder builder;
    for (const std::string& value : values)
        builder.append(m_host.loop.wallClockMs(), std::nullopt, asBytes(value));
    protocol::ProduceRequest request;
    request.acks = -1;
    request.timeoutMs = 10'000;
    auto& data = request.topicData.emplace_back();
    data.name = topic;
    auto& part = data.partitionData.emplace_back();
    part.index = partition;
    part.records.data = Slice(builder.build().value());
    constexpr std::int16_t kVersion = 12; // the last with names
    const auto answer
        = ask<protocol::ProduceResponse>(m_cluster.leaderOf(topic, partition), request, kVersion);
    if (!answer)
        return fail(answer.error());
    const auto& result = answer->responses.front().partitionResponses.front();
    if (result.errorCode != 0)
        return fail(errorFromWire(result.errorCode), result.errorMessage.value_or(std::string()));
    return result.baseOffset;
}

} // namespace moldau::simulation
