#pragma once

#include "base/eventloop.h"
#include "base/transport.h"

#include <memory>

namespace moldau {

/**
 * The real event loop and TCP transport of one node: an io_context with a thread of its own. Made
 * and destroyed by whoever owns the node, on another thread. Work that is still queued when it
 * stops is dropped, so a node is torn down by work posted to the loop before stop().
 */
class AsioLoop final : public EventLoop, public Transport {
public:
    /** `name` (at most 15 characters) is the thread's name. The thread runs from here on. */
    explicit AsioLoop(const std::string& name);
    ~AsioLoop() override;

    /** Ends the thread after the handler that runs; waits for it. Never from the loop's own thread.
     */
    void stop();
    bool isCurrentThread() const;
    /** Runs `work` on the loop and waits until it has run. Never from the loop's own thread. */
    void run(Callback<void()> work);

    std::int64_t wallClockMs() const override;
    Duration now() const override;
    void post(Callback<void()> work) override;
    TimerId schedule(Duration delay, Callback<void()> work) override;
    void cancel(TimerId id) override;
    void offload(Callback<void()> work, Callback<void()> done) override;

    Result<std::unique_ptr<Listener>> listen(
        const Endpoint& endpoint, Callback<void(std::unique_ptr<Stream>)> accept) override;
    std::unique_ptr<Stream> connect(const Endpoint& endpoint) override;
    /** A stream over a connected socket of any family, which it closes at its end. On the loop. */
    std::unique_ptr<Stream> adopt(int socket);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace moldau
