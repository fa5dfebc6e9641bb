#pragma once

#include "base/result.h"
#include "base/transport.h"
#include "protocol/messages/beginquorumepochrequest.h"
#include "protocol/messages/beginquorumepochresponse.h"
#include "protocol/messages/endquorumepochrequest.h"
#include "protocol/messages/endquorumepochresponse.h"
#include "protocol/messages/fetchrequest.h"
#include "protocol/messages/fetchresponse.h"
#include "protocol/messages/fetchsnapshotrequest.h"
#include "protocol/messages/fetchsnapshotresponse.h"
#include "protocol/messages/voterequest.h"
#include "protocol/messages/voteresponse.h"
#include "raft/messages.h"
#include "raft/voter.h"

#include <optional>
#include <string>

/**
 * The quorum's messages as Kafka has them on the wire, and back: one topic, one partition, the
 * cluster's id and end points around what consensus says. Requests of other clusters or partitions
 * are refused here and never reach consensus.
 */
namespace moldau::raft {

constexpr std::string_view kMetadataTopic = "__cluster_metadata";

/** What stands around each message. */
struct WireContext {
    std::string clusterId;
    std::vector<Voter> voters; ///< with addresses

    /** The first address of a voter; none for who isn't one. */
    const Endpoint* addressOf(BrokerId voter) const;
};

protocol::VoteRequest toWire(const Vote& vote, BrokerId to, const WireContext& context);
protocol::BeginQuorumEpochRequest toWire(
    const BeginEpoch& begin, BrokerId to, const WireContext& context);
protocol::EndQuorumEpochRequest toWire(
    const EndEpoch& end, BrokerId to, const WireContext& context);
/** `maxWaitMs`: how long the leader may wait for news. */
protocol::FetchRequest toWire(
    const Fetch& fetch, std::int32_t maxWaitMs, std::int32_t maxBytes, const WireContext& context);
protocol::FetchSnapshotRequest toWire(
    const FetchSnapshot& fetch, std::int32_t maxBytes, const WireContext& context);

// What was asked, or the error code for the whole answer.
Result<Vote> fromWire(const protocol::VoteRequest& request, const WireContext& context);
Result<BeginEpoch> fromWire(
    const protocol::BeginQuorumEpochRequest& request, const WireContext& context);
Result<EndEpoch> fromWire(
    const protocol::EndQuorumEpochRequest& request, const WireContext& context);
Result<Fetch> fromWire(
    const protocol::FetchRequest& request, std::int16_t version, const WireContext& context);
Result<FetchSnapshot> fromWire(
    const protocol::FetchSnapshotRequest& request, const WireContext& context);

protocol::VoteResponse toWire(const Result<VoteAnswer>& answer, const WireContext& context);
protocol::BeginQuorumEpochResponse beginToWire(
    const Result<EpochAnswer>& answer, const WireContext& context);
protocol::EndQuorumEpochResponse endToWire(
    const Result<EpochAnswer>& answer, const WireContext& context);
protocol::FetchResponse toWire(const Result<FetchAnswer>& answer, const WireContext& context);
protocol::FetchSnapshotResponse toWire(
    const Result<SnapshotAnswer>& answer, const WireContext& context);

// An answer to our own request; the error of one that is refused as a whole.
Result<VoteAnswer> fromWire(const protocol::VoteResponse& response);
Result<EpochAnswer> fromWire(const protocol::BeginQuorumEpochResponse& response);
Result<EpochAnswer> fromWire(const protocol::EndQuorumEpochResponse& response);
Result<FetchAnswer> fromWire(const protocol::FetchResponse& response);
Result<SnapshotAnswer> fromWire(const protocol::FetchSnapshotResponse& response);

} // namespace moldau::raft
