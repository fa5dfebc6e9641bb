#pragma once

#include "base/transport.h"

#include <functional>
#include <utility>

namespace moldau::network {

/**
 * A transport for a compose project: names of its services lead to their loopback addresses, as the
 * resolver of a container network has it. Used on the thread of a node or of a client; the inner
 * transport outlives it.
 */
class ResolvingTransport final : public Transport {
public:
    /** Where a name's endpoint really is; an empty one leaves all as it is. */
    using Resolver = std::function<Endpoint(const Endpoint&)>;

    ResolvingTransport(Transport& inner, Resolver resolver)
        : m_inner(inner)
        , m_resolver(std::move(resolver))
    {
    }

    Result<std::unique_ptr<Listener>> listen(
        const Endpoint& endpoint, Callback<void(std::unique_ptr<Stream>)> accept) override
    {
        return m_inner.listen(endpoint, std::move(accept));
    }
    std::unique_ptr<Stream> connect(const Endpoint& endpoint) override
    {
        return m_inner.connect(m_resolver ? m_resolver(endpoint) : endpoint);
    }

private:
    Transport& m_inner;
    Resolver m_resolver;
};

} // namespace moldau::network
