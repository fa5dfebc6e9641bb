#include "protocol/controlrecord.h"

#include "protocol/messages/endtxnmarker.h"
#include "protocol/reader.h"

namespace moldau::protocol {

namespace {

constexpr std::int16_t kKeyVersion = 0;

Bytes keyOf(ControlType type)
{
    Writer out;
    out.writeInt16(kKeyVersion);
    out.writeInt16(static_cast<std::int16_t>(type));
    return out.takeBytes();
}

} // namespace

Result<std::int16_t> controlTypeOf(const RecordView& record)
{
    // A newer key may be longer: version and type stay in front.
    Reader in(record.key.value_or(BytesView()));
    const std::int16_t version = in.readInt16();
    const std::int16_t type = in.readInt16();
    if (!in.ok() || version < 0)
        return fail(ErrorCode::CorruptMessage, "a control record without type");
    return type;
}

Result<std::optional<EndTransactionMarker>> endTransactionMarkerOf(const RecordView& record)
{
    const auto type = controlTypeOf(record);
    if (!type)
        return fail(type.error());
    if (*type != static_cast<std::int16_t>(ControlType::Abort)
        && *type != static_cast<std::int16_t>(ControlType::Commit))
        return std::nullopt;
    Reader in(record.value.value_or(BytesView()));
    const std::int16_t version = in.readInt16();
    const std::int32_t epoch = in.readInt32();
    if (!in.ok() || version < 0)
        return fail(ErrorCode::CorruptMessage, "a transaction marker without coordinator epoch");
    return EndTransactionMarker{*type == static_cast<std::int16_t>(ControlType::Commit), epoch};
}

Bytes endTransactionBatch(ProducerId producerId, std::int16_t producerEpoch,
    const EndTransactionMarker& marker, std::int64_t timestampMs)
{
    Writer value;
    value.writeInt16(EndTxnMarker::kMaxVersion);
    value.writeInt32(marker.coordinatorEpoch);
    BatchOptions options;
    options.producerId = producerId;
    options.producerEpoch = producerEpoch;
    options.isTransactional = true;
    return controlBatch(marker.isCommit ? ControlType::Commit : ControlType::Abort,
        value.takeBytes(), timestampMs, options);
}

Bytes controlBatch(
    ControlType type, BytesView value, std::int64_t timestampMs, BatchOptions options)
{
    options.isControl = true;
    options.codec = Codec::None;
    BatchBuilder builder(options);
    const Bytes key = keyOf(type);
    builder.append(timestampMs, key, value);
    // Uncompressed and small: building it can't fail.
    return builder.build().value();
}

} // namespace moldau::protocol
