#pragma once

#include "controller/effect.h"
#include "controller/metadataimage.h"
#include "controller/topicsettings.h"
#include "protocol/messages/updatefeaturesrequest.h"
#include "protocol/messages/updatefeaturesresponse.h"

namespace moldau::controller {

/**
 * Feature levels go up and down, on request (KIP-584, KIP-1022; Kafka's FeatureControlManager).
 * Part of a ControllerState; changes nothing itself.
 */
class FeatureControl {
public:
    FeatureControl(BrokerId node, const MetadataImage& image, const TopicSettings& settings)
        : m_node(node)
        , m_image(image)
        , m_settings(settings)
    {
    }

    /** All updates of the request, or none. */
    Effect<protocol::UpdateFeaturesResponse> updateFeatures(
        const protocol::UpdateFeaturesRequest& request, const RequestContext& context) const;

private:
    using Update = protocol::UpdateFeaturesRequest::FeatureUpdateKey;

    Result<void> check(const Update& update, std::int16_t requestVersion) const;
    Records recordsOf(const Update& update) const;
    /** Why some node can't have the level, else empty. */
    std::string whyUnsupported(const std::string& feature, std::int16_t level) const;

    BrokerId m_node;
    const MetadataImage& m_image;
    const TopicSettings& m_settings;
};

} // namespace moldau::controller
