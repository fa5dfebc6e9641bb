#pragma once

#include "base/ids.h"
#include "base/uuid.h"

#include <cstdint>
#include <type_traits>

namespace moldau {

/** A string that stands in a NameTable; 0 is the empty string. */
using NameId = StrongId<struct NameIdTag, std::uint32_t>;

/** What happened. Comments name the fields of Event that are set beyond time, kind and node. */
enum class EventKind : std::uint8_t {
    // Connections, by the node that accepted.
    ConnectionOpened, ///< connection
    ConnectionIdentified, ///< connection, name = client id, peer if a broker follows; detail =
    ///< library and version
    ConnectionClosed, ///< connection, error; detail = reason when the node closed it
    // Requests, by the connection's dispatch.
    RequestReceived, ///< connection, correlation, api, apiVersion, bytes
    ResponseSent, ///< connection, correlation, api, apiVersion, bytes, error, offset = nanoseconds
    ///< since received
    // One batch's way. topic, partition, offset = first, count = records, bytes; name = client id.
    BatchAppended, ///< leader took a produced batch: connection, correlation, key = hash of the
    ///< first record's key
    BatchReplicated, ///< follower appended: peer = leader
    BatchDelivered, ///< fetch answered with records to a consumer: connection, correlation
    ProduceRejected, ///< error; connection, correlation
    ProduceAcknowledged, ///< acks satisfied: connection, correlation
    HighWatermarkMoved, ///< offset = the new high watermark
    // Partition state, by the node that applied it: topic, partition, epoch.
    LeaderChanged, ///< peer = new leader or none, detail = why
    IsrShrunk, ///< peer = the replica that left, detail = why
    IsrExpanded, ///< peer = the replica that came back
    LogTruncated, ///< offset = new log end
    // Cluster, by the controller.
    BrokerRegistered, ///< peer
    BrokerUnfenced, ///< peer
    BrokerFenced, ///< peer, detail = why
    BrokerShuttingDown, ///< peer
    TopicCreated, ///< topic, count = partitions
    TopicDeleted, ///< topic
    ConfigChanged, ///< name = resource, detail = key
    ControllerElected, ///< peer, epoch
    // Groups, by the coordinator: name = group id, detail = state or member, epoch = generation.
    GroupStateChanged,
    MemberJoined,
    MemberLeft,
    OffsetCommitted, ///< topic, partition, offset
    // Nodes.
    NodeStarted,
    NodeStopped,
    NodeKilled,
    LogDirectoryFailed, ///< detail = the directory and why
    NodePaused, ///< does nothing from here on, its connections stay
    NodeUnpaused,
    // Faults on purpose.
    FaultStruck, ///< count = the rule's number, detail = the rule; peer = the link's other end, or
    ///< connection, correlation, api, name = client id of the request
    // Told by the cluster itself: count = the rule's number, detail = the rule; node and peer = the
    // link's ends, or node = the rule's broker, or none.
    FaultAdded, ///< a rule is in force from here on
    FaultRemoved, ///< it was taken away or healed
    Count_, ///< how many kinds there are; never emitted
};

/**
 * One thing that happened in a node: trivially copyable, so that it passes through a ring without
 * a lock. Strings are ids of the NameTable that the sinks share. Fields that a kind doesn't name
 * keep their defaults.
 */
struct Event {
    std::int64_t timeNs = 0; ///< wall clock, nanoseconds since 1970
    std::uint64_t sequence
        = 0; ///< set by the ring; rises by one per node, so that a gap shows drops
    std::int64_t offset = -1;
    std::uint64_t connection = 0; ///< unique within the process; 0 is none
    Uuid topicId;
    NameId topic;
    NameId name;
    NameId detail;
    std::uint32_t key = 0; ///< hash for a dot's colour; 0 where there is no key
    std::int32_t correlation = -1;
    std::int32_t partition = -1;
    std::int32_t count = 0;
    std::int32_t bytes = 0;
    std::int32_t epoch = -1;
    BrokerId node = kNoBroker;
    BrokerId peer = kNoBroker;
    std::int16_t error = 0; ///< Kafka's code
    std::int16_t api = -1;
    std::int16_t apiVersion = -1;
    EventKind kind = EventKind::NodeStarted;
};
static_assert(std::is_trivially_copyable_v<Event>);
static_assert(sizeof(Event) <= 120);

} // namespace moldau
