#pragma once

#include "controller/effect.h"
#include "controller/topicsettings.h"
#include "protocol/messages/alterconfigsrequest.h"
#include "protocol/messages/alterconfigsresponse.h"
#include "protocol/messages/incrementalalterconfigsrequest.h"
#include "protocol/messages/incrementalalterconfigsresponse.h"

#include <set>

namespace moldau::controller {

/** Dynamic settings of topics, brokers and groups. Part of a ControllerState; changes nothing
 * itself. */
class ConfigControl {
public:
    ConfigControl(const MetadataImage& image, const TopicSettings& settings)
        : m_image(image)
        , m_settings(settings)
    {
    }

    Effect<protocol::IncrementalAlterConfigsResponse> incrementalAlterConfigs(
        const protocol::IncrementalAlterConfigsRequest& request) const;
    Effect<protocol::AlterConfigsResponse> alterConfigs(
        const protocol::AlterConfigsRequest& request) const;

    /** The settings of a topic that is about to be created, checked. */
    Result<Records> settingsOfNewTopic(const std::string& topic, const ConfigMap& overrides) const;

private:
    using IncrementalWish = protocol::IncrementalAlterConfigsRequest::AlterConfigsResource;
    using WholeWish = protocol::AlterConfigsRequest::AlterConfigsResource;

    Result<Records> change(const IncrementalWish& wish) const;
    Result<Records> change(const WholeWish& wish) const;
    /** The records that take the resource to `wished`; `touched` were named by the request. */
    void clearEligibleLeaders(const ConfigResource& resource, Records& records) const;
    Result<Records> move(const ConfigResource& resource, const ConfigMap& wished,
        const std::set<std::string>& touched) const;
    /** Whether the resource exists and may have the settings `wished`. */
    Result<void> check(const ConfigResource& resource, const ConfigMap& wished,
        const std::set<std::string>& touched) const;
    template <class Response, class Request>
    Effect<Response> alterEach(const Request& request) const;

    const MetadataImage& m_image;
    const TopicSettings& m_settings;
};

} // namespace moldau::controller
