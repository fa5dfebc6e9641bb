#pragma once

#include "controller/metadataimage.h"

namespace moldau::controller {

/**
 * Applies whole record batches of the metadata log, as they are read or fetched: metadata records,
 * and what the quorum's control records say about it. Batches that the image has already are
 * skipped. After an error the image is of no further use.
 */
Result<void> replayBatches(BytesView batches, MetadataImage& image, MetadataDelta* delta = nullptr);

} // namespace moldau::controller
