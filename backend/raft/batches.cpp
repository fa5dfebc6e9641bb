#include "raft/batches.h"

#include "protocol/controlrecord.h"
#include "protocol/messages/kraftversionrecord.h"
#include "protocol/messages/leaderchangemessage.h"
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

template <class Message>
Result<void> append(protocol::BatchBuilder& builder, const BatchPlace& place,
    protocol::ControlType type, const Message& message)
{
    protocol::Writer writer;
    if (auto written = message.write(writer, kControlVersion); !written)
        return written;
    builder.append(place.nowMs, keyOf(type), writer.takeBytes());
    return {};
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
    auto options = optionsAt(place);
    options.isControl = true;
    protocol::BatchBuilder builder(options);

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

    const bool haveDirectories = std::none_of(
        voters.begin(), voters.end(), [](const Voter& voter) { return voter.directory == Uuid{}; });
    if (place.baseOffset == 0 && haveDirectories) {
        protocol::KRaftVersionRecord version;
        version.kRaftVersion = kKraftVersion;
        if (auto added = append(builder, place, protocol::ControlType::KRaftVersion, version);
            !added)
            return fail(added.error());
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
        if (auto added = append(builder, place, protocol::ControlType::KRaftVoters, record); !added)
            return fail(added.error());
    }
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
