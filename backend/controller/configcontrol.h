#pragma once

#include "controller/effect.h"
#include "controller/topicsettings.h"
#include "protocol/messages/alterconfigsrequest.h"
#include "protocol/messages/alterconfigsresponse.h"
#include "protocol/messages/incrementalalterconfigsrequest.h"
#include "protocol/messages/incrementalalterconfigsresponse.h"

#include <set>

namespace moldau::controller {

/**
 * What takes all brokers to one min.insync.replicas for topics that have none of their own, as
 * eligible leader replicas need (KIP-966): set for all brokers, by this controller's own properties
 * where nobody has set it, and for no single broker. Kafka does the same when it switches them on.
 */
Records unifyMinInSyncReplicas(const MetadataImage& image, const TopicSettings& settings);

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
    void clearEligibleLeaders(const ConfigResource& resource, Records& records) const;
    /** Refuses what would give brokers different values of min.insync.replicas, or none. */
    Result<void> checkMinInSyncReplicas(const ConfigResource& resource, const ConfigMap& wished,
        const std::set<std::string>& touched) const;
    /** The records that take the resource to `wished`; `touched` were named by the request. */
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
