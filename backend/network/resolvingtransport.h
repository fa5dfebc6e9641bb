#pragma once

#include "base/transport.h"

#include <map>
#include <string>

namespace moldau::network {

/**
 * A transport for nodes of a compose project: names of its services lead to their loopback
 * addresses, as the resolver of a container network has it. All else goes on as it is. Used on the
 * node's thread; the inner transport outlives it.
 */
class ResolvingTransport final : public Transport {
public:
    ResolvingTransport(Transport& inner, std::map<std::string, std::string> addresses)
        : m_inner(inner)
        , m_addresses(std::move(addresses))
    {
    }

    Result<std::unique_ptr<Listener>> listen(
        const Endpoint& endpoint, Callback<void(std::unique_ptr<Stream>)> accept) override
    {
        return m_inner.listen(endpoint, std::move(accept));
    }
    std::unique_ptr<Stream> connect(const Endpoint& endpoint) override
    {
        const auto known = m_addresses.find(endpoint.host);
        return m_inner.connect(known == m_addresses.end() ? endpoint : Endpoint{known->second, endpoint.port});
    }

private:
    Transport& m_inner;
    std::map<std::string, std::string> m_addresses;
};

} // namespace moldau::network
