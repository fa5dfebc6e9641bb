#include "controller/metadatareplay.h"

#include "protocol/controlrecord.h"
#include "protocol/messages/kraftversionrecord.h"

namespace moldau::controller {

namespace {

Result<void> replayData(
    const protocol::RecordView& record, MetadataImage& image, MetadataDelta* delta)
{
    if (!record.value) {
        return fail(ErrorCode::LocalCorruptData,
            "the metadata log has a record without a value at offset "
                + std::to_string(record.offset));
    }
    const auto decoded = decodeMetadataRecord(*record.value);
    if (!decoded)
        return fail(decoded.error());
    return image.apply(*decoded, record.offset, delta);
}

} // namespace

Result<void> replayBatches(BytesView batches, MetadataImage& image, MetadataDelta* delta)
{
    protocol::BatchIterator iterator(batches);
    while (const auto batch = iterator.next()) {
        if (batch->lastOffset() <= image.offset())
            continue;
        if (batch->isControl()) {
            if (auto replayed = replayControls(*batch, image, delta); !replayed)
                return replayed;
            continue;
        }
        const auto records = batch->records();
        if (!records)
            return fail(records.error());
        for (const protocol::RecordView& record : *records) {
            if (record.offset <= image.offset())
                continue;
            if (auto replayed = replayData(record, image, delta); !replayed)
                return replayed;
        }
        image.skipTo(batch->lastOffset());
    }
    if (iterator.hasFailed())
        return fail(*iterator.error());
    return {};
}

Result<void> replayControls(const protocol::BatchView& batch, MetadataImage& image,
    MetadataDelta* delta, std::optional<std::int64_t> offset)
{
    const auto records = batch.records();
    if (!records)
        return fail(records.error());
    for (const protocol::RecordView& record : *records) {
        const auto type = protocol::controlTypeOf(record);
        if (!type)
            return fail(type.error());
        if (*type != static_cast<std::int16_t>(protocol::ControlType::KRaftVersion)
            || !record.value)
            continue;
        const auto version = protocol::KRaftVersionRecord::parse(
            *record.value, protocol::KRaftVersionRecord::kMaxVersion);
        if (!version)
            return fail(version.error());
        image.setKraftVersion(version->kRaftVersion, offset.value_or(record.offset), delta);
    }
    image.skipTo(offset.value_or(batch.lastOffset()));
    return {};
}

} // namespace moldau::controller
