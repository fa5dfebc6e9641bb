#pragma once

#include "controller/metadataimage.h"
#include "events/eventsink.h"

namespace moldau::controller {

/**
 * Tells the event stream what a committed decision changed. Used by the active controller only, so
 * that each change is told once; brokers that apply the same records stay silent about them.
 */
class EventReporter {
public:
    /** `node` is the controller. `sink` outlives the reporter. */
    EventReporter(EventSink& sink, BrokerId node)
        : m_sink(sink)
        , m_node(node)
    {
    }

    /** `after` is the image with the change; `reason` says why, in a few words. */
    void report(const MetadataDelta& delta, const MetadataImage& after, std::string_view reason,
        std::int64_t nowMs);

private:
    Event event(EventKind kind, std::int64_t nowMs) const;
    void reportBrokers(
        const MetadataDelta& delta, const MetadataImage& after, NameId reason, std::int64_t nowMs);
    void reportPartitions(
        const MetadataDelta& delta, const MetadataImage& after, NameId reason, std::int64_t nowMs);

    EventSink& m_sink;
    BrokerId m_node;
};

} // namespace moldau::controller
