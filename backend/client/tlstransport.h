#pragma once

#include "base/eventloop.h"
#include "base/transport.h"
#include "client/security.h"

#include <memory>
#include <string>

struct ssl_ctx_st;

namespace moldau::client {

/** Connects with TLS over another transport, which outlives it. Belongs to a connection, lives on
 * its loop. */
class TlsTransport final : public Transport {
public:
    /** Fails when a certificate or key can't be used. */
    static Result<std::unique_ptr<TlsTransport>> make(
        Transport& inner, const TlsSettings& settings);
    ~TlsTransport() override;

    /** Not for servers: always LocalUnsupported. */
    Result<std::unique_ptr<Listener>> listen(
        const Endpoint& endpoint, Callback<void(std::unique_ptr<Stream>)> accept) override;
    /** The endpoint's host is the name that the certificate has to have. */
    std::unique_ptr<Stream> connect(const Endpoint& endpoint) override;

private:
    struct FreeContext {
        void operator()(ssl_ctx_st* context) const;
    };
    using Context = std::unique_ptr<ssl_ctx_st, FreeContext>;

    TlsTransport(Transport& inner, Context context, bool verifiesHost);

    Transport& m_inner;
    Context m_context;
    bool m_verifiesHost;
};

} // namespace moldau::client
