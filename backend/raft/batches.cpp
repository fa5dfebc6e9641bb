#include "raft/batches.h"

#include "protocol/controlrecord.h"
#include "protocol/messages/kraftversionrecord.h"
#include "protocol/messages/leaderchangemessage.h"
#include "protocol/messages/snapshotfooterrecord.h"
#include "protocol/messages/snapshotheaderrecord.h"
#include "protocol/messages/votersrecord.h"
#include "protocol/recordbatch.h"

#include <algorithm>

namespace moldau::raft {

namespace {

/**
 * Control records don't carry their version, so every reader assumes one: Kafka's brokers and tools
 * take all of them for version 0.
 */
constexpr std::int16_t kControlVersion = 0;

protocol::BatchOptions optionsAt(const BatchPlace& place)
{
    protocol::BatchOptions options;
    options.baseOffset = place.baseOffset;
    options.leaderEpoch = place.epoch;
    return options;
}

Bytes keyOf(protocol::ControlType type)
{
    constexpr std::int16_t kKeyVersion = 0;
    protocol::Writer writer;
    writer.writeInt16(kKeyVersion);
    writer.writeInt16(static_cast<std::int16_t>(type));
    return writer.takeBytes();
}

template <class Message> Result<Bytes> bytesOf(const Message& message)
{
    protocol::Writer writer;
    if (auto written = message.write(writer, kControlVersion); !written)
        return fail(written.error());
    return writer.takeBytes();
}

template <class Message>
Result<void> append(protocol::BatchBuilder& builder, const BatchPlace& place,
    protocol::ControlType type, const Message& message)
{
    const auto bytes = bytesOf(message);
    if (!bytes)
        return fail(bytes.error());
    builder.append(place.nowMs, keyOf(type), *bytes);
    return {};
}

/** The quorum's version and voters, as a log or a snapshot begins with them. */
Result<void> appendQuorum(protocol::BatchBuilder& builder, const BatchPlace& place,
    std::int16_t kraftVersion, const Bytes& voters)
{
    protocol::KRaftVersionRecord version;
    version.kRaftVersion = kraftVersion;
    if (auto added = append(builder, place, protocol::ControlType::KRaftVersion, version); !added)
        return added;
    builder.append(place.nowMs, keyOf(protocol::ControlType::KRaftVoters), voters);
    return {};
}

protocol::BatchBuilder controlBuilder(const BatchPlace& place)
{
    auto options = optionsAt(place);
    options.isControl = true;
    return protocol::BatchBuilder(options);
}

} // namespace

Result<Bytes> buildBatch(const BatchPlace& place, const std::vector<Bytes>& values)
{
    protocol::BatchBuilder builder(optionsAt(place));
    for (const Bytes& value : values)
        builder.append(place.nowMs, std::nullopt, value);
    return builder.build();
}

Result<Bytes> buildLeaderBatch(const BatchPlace& place, BrokerId leader,
    const std::vector<BrokerId>& granting, const std::vector<Voter>& voters)
{
    protocol::BatchBuilder builder = controlBuilder(place);
    protocol::LeaderChangeMessage change;
    change.version = kControlVersion;
    change.leaderId = leader;
    for (const Voter& voter : voters) {
        auto& entry = change.voters.emplace_back();
        entry.voterId = voter.id.value();
        if (std::find(granting.begin(), granting.end(), voter.id) != granting.end())
            change.grantingVoters.push_back(entry);
    }
    if (auto added = append(builder, place, protocol::ControlType::LeaderChange, change); !added)
        return fail(added.error());
    if (place.baseOffset > 0)
        return builder.build();
    const auto record = votersRecord(voters);
    if (!record)
        return fail(record.error());
    if (*record)
        if (auto added = appendQuorum(builder, place, kKraftVersion, **record); !added)
            return fail(added.error());
    return builder.build();
}

Result<Bytes> buildVotersBatch(const BatchPlace& place, const Bytes& voters)
{
    protocol::BatchBuilder builder = controlBuilder(place);
    builder.append(place.nowMs, keyOf(protocol::ControlType::KRaftVoters), voters);
    return builder.build();
}

Result<std::optional<Bytes>> findVoters(BytesView batches)
{
    std::optional<Bytes> voters;
    protocol::BatchIterator iterator(batches);
    while (const auto batch = iterator.next()) {
        if (!batch->isControl())
            continue;
        const auto records = batch->records();
        if (!records)
            return fail(records.error());
        for (const protocol::RecordView& record : *records) {
            const auto type = protocol::controlTypeOf(record);
            if (type && *type == static_cast<std::int16_t>(protocol::ControlType::KRaftVoters)
                && record.value)
                voters = Bytes(record.value->begin(), record.value->end());
        }
    }
    return voters;
}

Result<std::optional<Bytes>> votersRecord(const std::vector<Voter>& voters)
{
    if (std::any_of(voters.begin(), voters.end(),
            [](const Voter& voter) { return voter.directory == Uuid{}; }))
        return std::nullopt;
    protocol::VotersRecord record;
    for (const Voter& voter : voters) {
        auto& entry = record.voters.emplace_back();
        entry.voterId = voter.id;
        entry.voterDirectoryId = voter.directory;
        for (const Voter::Address& address : voter.addresses) {
            auto& endpoint = entry.endpoints.emplace_back();
            endpoint.name = address.listener;
            endpoint.host = address.endpoint.host;
            endpoint.port = address.endpoint.port;
        }
        entry.kRaftVersionFeature.minSupportedVersion = 0;
        entry.kRaftVersionFeature.maxSupportedVersion = kKraftVersion;
    }
    return bytesOf(record).map([](Bytes bytes) { return std::optional(std::move(bytes)); });
}

Result<Bytes> buildSnapshotHeader(const BatchPlace& place, const SnapshotHead& head)
{
    protocol::BatchBuilder builder = controlBuilder(place);
    protocol::SnapshotHeaderRecord header;
    header.version = kControlVersion;
    header.lastContainedLogTimestamp = head.lastContainedLogMs;
    if (auto added = append(builder, place, protocol::ControlType::SnapshotHeader, header); !added)
        return fail(added.error());
    if (head.voters)
        if (auto added = appendQuorum(builder, place, kKraftVersion, *head.voters); !added)
            return fail(added.error());
    return builder.build();
}

Result<Bytes> buildSnapshotFooter(const BatchPlace& place)
{
    protocol::BatchBuilder builder = controlBuilder(place);
    protocol::SnapshotFooterRecord footer;
    footer.version = kControlVersion;
    if (auto added = append(builder, place, protocol::ControlType::SnapshotFooter, footer); !added)
        return fail(added.error());
    return builder.build();
}

std::optional<std::int64_t> endOffsetOf(BytesView batches)
{
    std::optional<std::int64_t> end;
    protocol::BatchIterator iterator(batches);
    while (const auto batch = iterator.next())
        end = batch->nextOffset();
    if (iterator.position() != batches.size())
        return std::nullopt;
    return end;
}

} // namespace moldau::raft
