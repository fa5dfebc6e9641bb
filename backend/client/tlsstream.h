#pragma once

#include "base/transport.h"

#include <array>
#include <deque>
#include <memory>

struct ssl_st;

namespace moldau::client {

/**
 * One TLS connection over a stream of bytes. OpenSSL works on memory only; what it wants sent goes
 * to the inner stream, what comes from there goes to it. As any stream, it belongs to whoever holds
 * it, lives on the loop's thread, and may be destroyed inside a handler.
 */
class TlsStream final : public Stream, private Stream::Handler {
public:
    struct FreeSsl {
        void operator()(ssl_st* ssl) const;
    };
    using Ssl = std::unique_ptr<ssl_st, FreeSsl>;

    /** `ssl` is ready to connect, and has no BIOs yet. */
    TlsStream(std::unique_ptr<Stream> inner, Ssl ssl);
    ~TlsStream() override;

    void start(Stream::Handler& handler) override;
    void resumeReading() override;
    void send(SliceChain chain) override;
    std::size_t unsentBytes() const override;
    Endpoint localEndpoint() const override { return m_inner->localEndpoint(); }
    Endpoint peerEndpoint() const override { return m_inner->peerEndpoint(); }

private:
    // Stream::Handler, of the inner stream
    std::span<std::uint8_t> receiveBuffer() override;
    void received(std::size_t size) override;
    void drained() override;
    void closed(const Error& reason) override;

    void shakeHands();
    void writePending();
    /** Plain bytes to the handler until there are none, or it wants none. */
    void readPlain();
    /** What OpenSSL wants sent. */
    void flush();
    void failWith(const Error& reason);
    Error handshakeError() const;

    std::unique_ptr<Stream> m_inner;
    Ssl m_ssl;
    Stream::Handler* m_handler = nullptr;
    std::array<std::uint8_t, 16 << 10> m_buffer;
    std::deque<Slice> m_unsent; // waits for the handshake
    std::size_t m_unsentBytes = 0;
    bool m_isOpen = false; // hands were shaken
    bool m_isPaused = false; // the handler had no room
    bool m_hasFailed = false;
    std::shared_ptr<bool> m_isAlive = std::make_shared<bool>(true);
};

} // namespace moldau::client
