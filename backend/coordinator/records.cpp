#include "coordinator/records.h"

#include "protocol/messages/groupmetadatakey.h"
#include "protocol/messages/legacyoffsetcommitkey.h"
#include "protocol/messages/legacyoffsetcommitvalue.h"
#include "protocol/messages/offsetcommitkey.h"
#include "protocol/messages/offsetcommitvalue.h"
#include "protocol/reader.h"
#include "protocol/writer.h"

#include <cassert>

namespace moldau::coordinator {

namespace {

constexpr std::int16_t kGroupValueVersion = 3;
constexpr std::int16_t kOffsetValueVersion = 4;
constexpr std::int16_t kExpiringOffsetValueVersion = 1;
constexpr std::size_t kPrefixSize = 2;

/** Keys begin with an int16 that tells their kind, values with one that tells their version. */
template <class Message>
Bytes write(std::int16_t prefix, const Message& message, std::int16_t version)
{
    protocol::Writer writer;
    writer.writeInt16(prefix);
    [[maybe_unused]] const auto written = message.write(writer, version);
    assert(written.has_value());
    return writer.takeBytes();
}

template <class Message> Bytes writeKey(const Message& key)
{
    return write(Message::kApiKey, key, 0);
}

template <class Message> Bytes writeValue(const Message& value, std::int16_t version)
{
    return write(version, value, version);
}

template <class Message> Result<Message> readKey(BytesView key)
{
    return Message::parse(key.subspan(kPrefixSize), 0);
}

template <class Message> Result<Message> readValue(BytesView value)
{
    if (value.size() < kPrefixSize)
        return fail(ErrorCode::CorruptMessage, "The record's value has no version.");
    const auto version = static_cast<std::int16_t>(value[0] << 8 | value[1]);
    if (version < Message::kMinVersion || version > Message::kMaxVersion)
        return fail(ErrorCode::UnsupportedVersion, "The record's value has an unknown version.");
    return Message::parse(value.subspan(kPrefixSize), version);
}

CommittedOffset fromValue(const protocol::OffsetCommitValue& value)
{
    CommittedOffset offset;
    offset.offset = value.offset;
    offset.leaderEpoch = value.leaderEpoch;
    offset.metadata = value.metadata;
    offset.commitTimestampMs = value.commitTimestamp;
    offset.expireTimestampMs = value.expireTimestamp;
    offset.topicId = value.topicId;
    return offset;
}

CommittedOffset fromValue(const protocol::LegacyOffsetCommitValue& value)
{
    CommittedOffset offset;
    offset.offset = value.offset;
    offset.metadata = value.metadata;
    offset.commitTimestampMs = value.commitTimestamp;
    return offset;
}

template <class Key, class Value>
Result<std::optional<TypedRecord>> decodeOffset(
    BytesView keyBytes, std::optional<BytesView> valueBytes)
{
    auto key = readKey<Key>(keyBytes);
    if (!key)
        return fail(std::move(key.error()));
    OffsetRecord record{std::move(key->group), std::move(key->topic), key->partition, {}};
    if (valueBytes) {
        const auto value = readValue<Value>(*valueBytes);
        if (!value)
            return fail(value.error());
        record.value = fromValue(*value);
    }
    return record;
}

Result<std::optional<TypedRecord>> decodeGroup(
    BytesView keyBytes, std::optional<BytesView> valueBytes)
{
    auto key = readKey<protocol::GroupMetadataKey>(keyBytes);
    if (!key)
        return fail(std::move(key.error()));
    GroupRecord record{std::move(key->group), {}};
    if (valueBytes) {
        auto value = readValue<protocol::GroupMetadataValue>(*valueBytes);
        if (!value)
            return fail(std::move(value.error()));
        record.value = std::move(*value);
    }
    return record;
}

CoordinatorRecord encodeOffset(const OffsetRecord& record)
{
    protocol::OffsetCommitKey key;
    key.group = record.group;
    key.topic = record.topic;
    key.partition = record.partition;
    CoordinatorRecord encoded{writeKey(key), {}};
    if (record.value) {
        protocol::OffsetCommitValue value;
        value.offset = record.value->offset;
        value.metadata = record.value->metadata;
        value.commitTimestamp = record.value->commitTimestampMs;
        value.leaderEpoch = record.value->leaderEpoch;
        value.expireTimestamp = record.value->expireTimestampMs;
        value.topicId = record.value->topicId;
        // Only version 1 has room for a time of expiry.
        const bool isExpiring = record.value->expireTimestampMs != -1;
        encoded.value
            = writeValue(value, isExpiring ? kExpiringOffsetValueVersion : kOffsetValueVersion);
    }
    return encoded;
}

CoordinatorRecord encodeGroup(const GroupRecord& record)
{
    protocol::GroupMetadataKey key;
    key.group = record.group;
    CoordinatorRecord encoded{writeKey(key), {}};
    if (record.value)
        encoded.value = writeValue(*record.value, kGroupValueVersion);
    return encoded;
}

} // namespace

CoordinatorRecord encode(const TypedRecord& record)
{
    if (const auto* offset = std::get_if<OffsetRecord>(&record))
        return encodeOffset(*offset);
    return encodeGroup(std::get<GroupRecord>(record));
}

Result<std::optional<TypedRecord>> decode(BytesView key, std::optional<BytesView> value)
{
    if (key.size() < kPrefixSize)
        return fail(ErrorCode::CorruptMessage, "The record's key has no kind.");
    switch (static_cast<std::int16_t>(key[0] << 8 | key[1])) {
    case protocol::LegacyOffsetCommitKey::kApiKey:
        return decodeOffset<protocol::LegacyOffsetCommitKey, protocol::LegacyOffsetCommitValue>(
            key, value);
    case protocol::OffsetCommitKey::kApiKey:
        return decodeOffset<protocol::OffsetCommitKey, protocol::OffsetCommitValue>(key, value);
    case protocol::GroupMetadataKey::kApiKey:
        return decodeGroup(key, value);
    default:
        return std::nullopt;
    }
}

} // namespace moldau::coordinator
