#pragma once

#include "base/callback.h"
#include "base/result.h"

#include <functional>

namespace moldau::network {

/**
 * A broker, a controller, or another server of a cluster. Made, used and destroyed on its loop's
 * thread. Destroying it without stop() is a crash: nothing is flushed, connections are cut.
 */
class Node {
public:
    virtual ~Node() = default;

    /** `serving` is called once: when clients are served, or with the reason why that will never
     * be. */
    virtual void start(Callback<void(Result<void>)> serving) = 0;
    /** Ends in good order, everything flushed and closed; then calls `stopped`. */
    virtual void stop(Callback<void()> stopped) = 0;
    /** Called when a running node can't go on, e.g. because its disk failed; it serves nothing any
     * more. */
    virtual void onFailure(std::function<void(const Error&)> handler) = 0;
};

} // namespace moldau::network
