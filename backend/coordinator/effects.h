#pragma once

#include "base/bytes.h"
#include "base/errorcode.h"
#include "base/eventloop.h"
#include "base/ids.h"
#include "protocol/messages/deletegroupsresponse.h"
#include "protocol/messages/heartbeatresponse.h"
#include "protocol/messages/joingroupresponse.h"
#include "protocol/messages/leavegroupresponse.h"
#include "protocol/messages/offsetcommitresponse.h"
#include "protocol/messages/offsetdeleteresponse.h"
#include "protocol/messages/offsetfetchresponse.h"
#include "protocol/messages/syncgroupresponse.h"
#include "protocol/messages/txnoffsetcommitresponse.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace moldau::coordinator {

/** When an input happens: timeouts count on the steady clock, records carry the wall clock. */
struct Moment {
    Duration steady{};
    std::int64_t wallMs = 0;
};

/** Names a request until its Reply; given by the host. */
using RequestToken = StrongId<struct RequestTokenTag, std::uint64_t>;
/** Names an Append until the host tells how it ended; rises with each Append. */
using AppendToken = StrongId<struct AppendTokenTag, std::uint64_t>;

/** Who asks. */
struct ClientContext {
    RequestToken request;
    std::int16_t apiVersion = 0;
    std::string clientId;
    std::string clientHost; ///< as Kafka shows it: "/127.0.0.1"
};

/** One record of __consumer_offsets. Without a value it is a tombstone. */
struct CoordinatorRecord {
    Bytes key;
    std::optional<Bytes> value;

    bool operator==(const CoordinatorRecord&) const = default;
};

/** A transaction that an Append belongs to. */
struct TransactionalProducer {
    std::string transactionalId;
    ProducerId id = kNoProducer;
    std::int16_t epoch = -1;
};

/** Write these records as one batch to the shard's partition, then tell how it ended. */
struct Append {
    AppendToken token;
    std::vector<CoordinatorRecord> records;
    std::optional<TransactionalProducer> transaction;
};

using ReplyBody = std::variant<protocol::JoinGroupResponse, protocol::SyncGroupResponse,
    protocol::HeartbeatResponse, protocol::LeaveGroupResponse, protocol::OffsetCommitResponse,
    protocol::TxnOffsetCommitResponse, protocol::OffsetFetchResponse::OffsetFetchResponseGroup,
    protocol::OffsetDeleteResponse,
    std::vector<protocol::DeleteGroupsResponse::DeletableGroupResult>>;

/** The one answer to a request. */
struct Reply {
    RequestToken request;
    ReplyBody body;
};

/** Something for the event stream. */
struct GroupEvent {
    enum class Kind { StateChanged, MemberJoined, MemberLeft, OffsetCommitted };

    Kind kind = Kind::StateChanged;
    std::string group = {};
    std::string detail = {}; ///< the new state, or the member
    std::int32_t generation = -1;
    std::string topic = {}; ///< OffsetCommitted, as partition and offset
    std::int32_t partition = -1;
    std::int64_t offset = -1;
};

using Effect = std::variant<Append, Reply, GroupEvent>;

} // namespace moldau::coordinator
