#pragma once

#include "base/eventloop.h"
#include "controller/metadataimage.h"

#include <map>
#include <optional>

namespace moldau::controller {

/**
 * When the active controller last heard of each broker, and how far each has read the metadata
 * log. Not in the log: a new controller presumes a full session for every broker that isn't fenced.
 * Part of a ControllerState.
 */
class BrokerSessions {
public:
    explicit BrokerSessions(Duration timeout)
        : m_timeout(timeout)
    {
    }

    /** A sign of life of the incarnation with this epoch; begins its session if there is none. */
    void touch(BrokerId broker, std::int64_t epoch, Duration now);
    /** Begins a session of an incarnation of which only the log tells. */
    void presume(BrokerId broker, std::int64_t epoch, Duration now);
    /** Whether this incarnation has a session and never gave a sign of life to this controller. */
    bool isPresumed(BrokerId broker, std::int64_t epoch) const;
    void noteMetadataOffset(BrokerId broker, std::int64_t epoch, std::int64_t offset);
    void close(BrokerId broker) { m_sessions.erase(broker); }
    /** Whether this incarnation gave a sign of life within the timeout and hasn't gone. */
    bool isAlive(BrokerId broker, std::int64_t epoch, Duration now) const;
    /** The unfenced brokers of the image whose session is over. */
    std::vector<BrokerId> expired(const MetadataImage& image, Duration now) const;
    /** When the next session of an unfenced broker ends; Duration::max() when there is none. */
    Duration nextExpiry(const MetadataImage& image) const;

    /** The offset that others must have read before the broker may go; set once per shutdown. */
    void beginShutdown(BrokerId broker, std::int64_t offset);
    /** Whether all brokers that stay have read the leader changes of the broker's shutdown. */
    bool haveAllSeenShutdown(BrokerId broker, const MetadataImage& image) const;

private:
    struct Session {
        std::int64_t epoch = -1;
        Duration lastContact{};
        bool isPresumed = false; // lastContact is this controller's own beginning
        std::int64_t metadataOffset = -1;
        std::optional<std::int64_t> shutdownOffset;
    };

    Duration m_timeout;
    std::map<BrokerId, Session> m_sessions;
};

} // namespace moldau::controller
