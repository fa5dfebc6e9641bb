// AlterReplicaLogDirs, v1–2.
//
// A broker has one log directory: a replica that is to move there is there already, and any other
// path is LOG_DIR_NOT_FOUND. KAFKA_STORAGE_ERROR while the directory is offline. As in Kafka, a
// partition that has no replica on this broker is NOT_LEADER_OR_FOLLOWER, an unknown one
// UNKNOWN_TOPIC_OR_PARTITION.

#include "broker/handlers/34_alter_replica_log_dirs.h"

#include "protocol/messages/alterreplicalogdirsresponse.h"

namespace moldau::broker {

namespace {

ErrorCode outcomeOf(BrokerNode& broker, const std::string& directory, const std::string& topic,
    std::int32_t partition)
{
    storage::LogDirectory& logs = broker.replicas().logs();
    if (directory != logs.path())
        return ErrorCode::LogDirNotFound;
    if (!logs.isOnline())
        return ErrorCode::KafkaStorageError;
    if (broker.replicas().find(topic, partition) != nullptr)
        return ErrorCode::None;
    return broker.replicas().whyMissing(topic, partition);
}

} // namespace

void alterReplicaLogDirs(
    BrokerNode& broker, protocol::AlterReplicaLogDirsRequest request, network::Exchange exchange)
{
    protocol::AlterReplicaLogDirsResponse response;
    for (const auto& directory : request.dirs) {
        for (const auto& topic : directory.topics) {
            auto& results = response.results.emplace_back();
            results.topicName = topic.name;
            for (const std::int32_t partition : topic.partitions) {
                auto& result = results.partitions.emplace_back();
                result.partitionIndex = partition;
                result.errorCode
                    = errorToWire(outcomeOf(broker, directory.path, topic.name, partition));
            }
        }
    }
    exchange.answer(response);
}

} // namespace moldau::broker
