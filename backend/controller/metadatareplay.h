#pragma once

#include "controller/metadataimage.h"
#include "protocol/recordbatch.h"

#include <optional>

namespace moldau::controller {

/**
 * Applies whole record batches of the metadata log, as they are read or fetched: metadata records,
 * and what the quorum's control records say about it. Batches that the image has already are
 * skipped. After an error the image is of no further use.
 */
Result<void> replayBatches(BytesView batches, MetadataImage& image, MetadataDelta* delta = nullptr);

/**
 * What a control batch of the quorum says about the metadata: kraft.version. `offset` stands for
 * its records' own ones where it comes from a snapshot.
 */
Result<void> replayControls(const protocol::BatchView& batch, MetadataImage& image,
    MetadataDelta* delta = nullptr, std::optional<std::int64_t> offset = std::nullopt);

} // namespace moldau::controller
