#pragma once

#include "base/transport.h"
#include "client/saslexchange.h"
#include "network/frameassembler.h"

#include <memory>
#include <string>

namespace moldau::client {

/**
 * A connection to a broker on which SASL is spoken first; from then on its bytes are the holder's.
 * What is sent before waits. A refusal closes it with SaslAuthenticationFailed or
 * UnsupportedSaslMechanism. As any stream, it belongs to whoever holds it, lives on the loop's
 * thread, and may be destroyed inside a handler.
 */
class SaslStream final : public Stream, private Stream::Handler {
public:
    SaslStream(std::unique_ptr<Stream> inner, SaslSettings settings);

    void start(Stream::Handler& handler) override;
    void resumeReading() override { m_inner->resumeReading(); }
    void send(SliceChain chain) override;
    std::size_t unsentBytes() const override;
    Endpoint localEndpoint() const override { return m_inner->localEndpoint(); }
    Endpoint peerEndpoint() const override { return m_inner->peerEndpoint(); }
    bool isOpen() const { return m_isOpen; }

private:
    // Stream::Handler, of the inner stream
    std::span<std::uint8_t> receiveBuffer() override;
    void received(std::size_t size) override;
    void drained() override;
    void closed(const Error& reason) override;

    template <class Request> void ask(const Request& request, std::int16_t version);
    Result<void> handshaken(BytesView answer);
    Result<void> authenticated(BytesView answer);
    void open();

    std::unique_ptr<Stream> m_inner;
    SaslSettings m_settings;
    std::unique_ptr<SaslExchange> m_exchange; ///< from the handshake to the end of SASL
    network::FrameAssembler m_frames;
    Stream::Handler* m_handler = nullptr;
    SliceChain m_unsent; ///< waits for the end of SASL
    bool m_isOpen = false;
};

} // namespace moldau::client
