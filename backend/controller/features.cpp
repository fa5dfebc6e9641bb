#include "controller/features.h"

namespace moldau::controller {

std::span<const SupportedFeature> supportedFeatures()
{
    // metadata.version 7 is 3.3-IV3, the lowest that KRaft clusters of Kafka 4 may have; 30
    // is 4.3-IV0.
    static constexpr SupportedFeature kFeatures[] = {
        {kEligibleLeaders, {0, 1}},
        {"group.version", {0, 1}},
        {"kraft.version", {0, 1}},
        {"metadata.version", {7, 30}},
        {"share.version", {0, 1}},
        {"streams.version", {0, 0}},
        {"transaction.version", {0, 2}},
    };
    return kFeatures;
}

} // namespace moldau::controller
