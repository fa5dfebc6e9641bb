#include "broker/handlers/handlers.h"

#include "broker/handlers/00_produce.h"
#include "broker/handlers/01_fetch.h"
#include "broker/handlers/02_list_offsets.h"
#include "broker/handlers/03_metadata.h"
#include "broker/handlers/08_offset_commit.h"
#include "broker/handlers/09_offset_fetch.h"
#include "broker/handlers/10_find_coordinator.h"
#include "broker/handlers/11_join_group.h"
#include "broker/handlers/12_heartbeat.h"
#include "broker/handlers/13_leave_group.h"
#include "broker/handlers/14_sync_group.h"
#include "broker/handlers/15_describe_groups.h"
#include "broker/handlers/16_list_groups.h"
#include "broker/handlers/18_api_versions.h"
#include "broker/handlers/21_delete_records.h"
#include "broker/handlers/22_init_producer_id.h"
#include "broker/handlers/23_offset_for_leader_epoch.h"
#include "broker/handlers/32_describe_configs.h"
#include "broker/handlers/34_alter_replica_log_dirs.h"
#include "broker/handlers/35_describe_log_dirs.h"
#include "broker/handlers/42_delete_groups.h"
#include "broker/handlers/47_offset_delete.h"
#include "broker/handlers/60_describe_cluster.h"
#include "broker/handlers/75_describe_topic_partitions.h"
#include "broker/handlers/forwarded.h"
#include "protocol/messages/alterconfigsrequest.h"
#include "protocol/messages/alterconfigsresponse.h"
#include "protocol/messages/alterpartitionreassignmentsrequest.h"
#include "protocol/messages/alterpartitionreassignmentsresponse.h"
#include "protocol/messages/createpartitionsrequest.h"
#include "protocol/messages/createpartitionsresponse.h"
#include "protocol/messages/createtopicsrequest.h"
#include "protocol/messages/createtopicsresponse.h"
#include "protocol/messages/deletetopicsrequest.h"
#include "protocol/messages/deletetopicsresponse.h"
#include "protocol/messages/describequorumrequest.h"
#include "protocol/messages/describequorumresponse.h"
#include "protocol/messages/electleadersrequest.h"
#include "protocol/messages/electleadersresponse.h"
#include "protocol/messages/incrementalalterconfigsrequest.h"
#include "protocol/messages/incrementalalterconfigsresponse.h"
#include "protocol/messages/listpartitionreassignmentsrequest.h"
#include "protocol/messages/listpartitionreassignmentsresponse.h"
#include "protocol/messages/unregisterbrokerrequest.h"
#include "protocol/messages/unregisterbrokerresponse.h"
#include "protocol/messages/updatefeaturesrequest.h"
#include "protocol/messages/updatefeaturesresponse.h"

namespace moldau::broker {

namespace {

using namespace protocol;
using network::route;

// Ranges are those of Apache Kafka 4.3.1, also where the schemas know a newer version.
constexpr network::Route<BrokerNode> kRoutes[] = {
    route<BrokerNode, ProduceRequest, produce>(),
    route<BrokerNode, FetchRequest, fetch>(),
    route<BrokerNode, ListOffsetsRequest, listOffsets>(),
    route<BrokerNode, MetadataRequest, metadata>(),
    route<BrokerNode, OffsetCommitRequest, offsetCommit>(),
    route<BrokerNode, OffsetFetchRequest, offsetFetch>(),
    route<BrokerNode, FindCoordinatorRequest, findCoordinator>(),
    route<BrokerNode, JoinGroupRequest, joinGroup>(),
    route<BrokerNode, HeartbeatRequest, heartbeat>(),
    route<BrokerNode, LeaveGroupRequest, leaveGroup>(),
    route<BrokerNode, SyncGroupRequest, syncGroup>(),
    route<BrokerNode, DescribeGroupsRequest, describeGroups>(),
    route<BrokerNode, ListGroupsRequest, listGroups>(),
    route<BrokerNode, ApiVersionsRequest, apiVersions>(0, 4),
    route<BrokerNode, CreateTopicsRequest, forward<CreateTopicsRequest, CreateTopicsResponse>>(),
    route<BrokerNode, DeleteTopicsRequest, forward<DeleteTopicsRequest, DeleteTopicsResponse>>(),
    route<BrokerNode, DeleteRecordsRequest, deleteRecords>(),
    route<BrokerNode, InitProducerIdRequest, initProducerId>(0, 5),
    route<BrokerNode, OffsetForLeaderEpochRequest, offsetForLeaderEpoch>(),
    route<BrokerNode, DescribeConfigsRequest, describeConfigs>(),
    route<BrokerNode, AlterConfigsRequest, forward<AlterConfigsRequest, AlterConfigsResponse>>(),
    route<BrokerNode, AlterReplicaLogDirsRequest, alterReplicaLogDirs>(),
    route<BrokerNode, DescribeLogDirsRequest, describeLogDirs>(),
    route<BrokerNode, CreatePartitionsRequest,
        forward<CreatePartitionsRequest, CreatePartitionsResponse>>(),
    route<BrokerNode, ElectLeadersRequest, forward<ElectLeadersRequest, ElectLeadersResponse>>(),
    route<BrokerNode, IncrementalAlterConfigsRequest,
        forward<IncrementalAlterConfigsRequest, IncrementalAlterConfigsResponse>>(),
    route<BrokerNode, DeleteGroupsRequest, deleteGroups>(0, 2),
    route<BrokerNode, AlterPartitionReassignmentsRequest,
        forward<AlterPartitionReassignmentsRequest, AlterPartitionReassignmentsResponse>>(),
    route<BrokerNode, ListPartitionReassignmentsRequest,
        forward<ListPartitionReassignmentsRequest, ListPartitionReassignmentsResponse>>(),
    route<BrokerNode, OffsetDeleteRequest, offsetDelete>(),
    route<BrokerNode, DescribeQuorumRequest,
        forward<DescribeQuorumRequest, DescribeQuorumResponse>>(),
    route<BrokerNode, UpdateFeaturesRequest,
        forward<UpdateFeaturesRequest, UpdateFeaturesResponse>>(),
    route<BrokerNode, DescribeClusterRequest, describeCluster>(),
    route<BrokerNode, UnregisterBrokerRequest,
        forward<UnregisterBrokerRequest, UnregisterBrokerResponse>>(),
    route<BrokerNode, DescribeTopicPartitionsRequest, describeTopicPartitions>(),
};

} // namespace

std::span<const network::Route<BrokerNode>> brokerRoutes()
{
    return kRoutes;
}

} // namespace moldau::broker
