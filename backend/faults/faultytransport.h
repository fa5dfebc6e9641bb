#pragma once

#include "base/eventloop.h"
#include "base/transport.h"
#include "faults/nodefaults.h"

#include <memory>
#include <vector>

namespace moldau::faults {

/**
 * A node's way to others, on which links can be cut, slow, lossy or closing. It wraps what the node
 * connects, both directions of it; who connects to the node has its own. Owned by whoever made the
 * node, on its loop; the inner transport, the loop and the faults outlive it.
 *
 * As long as no rule is for a link, bytes pass without a copy. A stream that is let go while its
 * link is cut is closed towards the other side only when the link is whole.
 */
class FaultyTransport final : public Transport {
public:
    FaultyTransport(Transport& inner, EventLoop& loop, NodeFaults& faults);
    ~FaultyTransport() override;

    /** Closes what cut links still keep: its node has died, and nobody sends for the dead. */
    void abandon();

    Result<std::unique_ptr<Listener>> listen(
        const Endpoint& endpoint, Callback<void(std::unique_ptr<Stream>)> accept) override
    {
        return m_inner.listen(endpoint, std::move(accept));
    }
    std::unique_ptr<Stream> connect(const Endpoint& endpoint) override;

private:
    class Pipe;
    class PipeStream;

    void stall(std::shared_ptr<Pipe> pipe);
    void look();

    Transport& m_inner;
    EventLoop& m_loop;
    NodeFaults& m_faults;
    std::vector<std::shared_ptr<Pipe>> m_stalled; ///< wait until their links are whole
    Timer m_lookTimer;
};

} // namespace moldau::faults
