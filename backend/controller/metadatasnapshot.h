#pragma once

#include "controller/metadataimage.h"

#include <functional>

namespace moldau::controller {

/**
 * Gives `take` the values of the records that make this image from an empty one, in the order of
 * Apache Kafka's images: features (metadata.version first), brokers, controllers, topics with their
 * partitions, settings, producer ids. Ends at the first error of `take`. Reads only: a copy of an
 * image may be written on a worker while the original goes on.
 */
Result<void> writeImage(
    const MetadataImage& image, const std::function<Result<void>(Bytes value)>& take);

/**
 * The image that a snapshot's batches hold, as of the offset before `endOffset`: offsets within a
 * snapshot mean nothing. Every broker counts as registered there, as in Kafka.
 */
Result<MetadataImage> readImage(BytesView snapshot, std::int64_t endOffset);

/**
 * Notes in `delta` what leads from one image to another, as if records had made it so. Nothing is
 * noted of offsets, which a snapshot does not keep: images without difference are of one state.
 */
void noteDifference(const MetadataImage& before, const MetadataImage& after, MetadataDelta& delta);

} // namespace moldau::controller
