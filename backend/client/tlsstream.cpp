#include "client/tlsstream.h"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

namespace moldau::client {

void TlsStream::FreeSsl::operator()(ssl_st* ssl) const
{
    SSL_free(ssl);
}

TlsStream::TlsStream(std::unique_ptr<Stream> inner, Ssl ssl)
    : m_inner(std::move(inner))
    , m_ssl(std::move(ssl))
{
    SSL_set_bio(m_ssl.get(), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem())); // the SSL owns both
    SSL_set_connect_state(m_ssl.get());
}

TlsStream::~TlsStream()
{
    *m_isAlive = false;
}

void TlsStream::start(Stream::Handler& handler)
{
    m_handler = &handler;
    m_inner->start(*this);
    shakeHands();
}

void TlsStream::resumeReading()
{
    if (!m_isPaused)
        return;
    m_isPaused = false;
    const auto isAlive = m_isAlive;
    readPlain();
    if (*isAlive && !m_hasFailed && !m_isPaused)
        m_inner->resumeReading();
}

void TlsStream::send(SliceChain chain)
{
    if (m_hasFailed)
        return;
    for (Slice& slice : chain) {
        if (slice.size() == 0)
            continue;
        m_unsentBytes += slice.size();
        m_unsent.push_back(std::move(slice));
    }
    if (m_isOpen)
        writePending();
}

std::size_t TlsStream::unsentBytes() const
{
    return m_unsentBytes + m_inner->unsentBytes();
}

std::span<std::uint8_t> TlsStream::receiveBuffer()
{
    return m_isPaused ? std::span<std::uint8_t>() : std::span<std::uint8_t>(m_buffer);
}

void TlsStream::received(std::size_t size)
{
    BIO_write(SSL_get_rbio(m_ssl.get()), m_buffer.data(), static_cast<int>(size));
    if (m_isOpen)
        readPlain();
    else
        shakeHands();
}

void TlsStream::drained()
{
    if (m_handler != nullptr && m_unsent.empty())
        m_handler->drained();
}

void TlsStream::closed(const Error& reason)
{
    // A listener without TLS, or one that refuses our certificate, just goes away.
    const bool isHandshake = !m_isOpen && reason.code == ErrorCode::LocalConnectionClosed;
    failWith(isHandshake ? Error{ErrorCode::LocalConnectionClosed,
                 "the broker closed the connection during the TLS handshake: does its listener "
                 "speak TLS (security.protocol), and does it want a client certificate?"}
                         : reason);
}

void TlsStream::shakeHands()
{
    ERR_clear_error();
    const int result = SSL_do_handshake(m_ssl.get());
    const int error = SSL_get_error(m_ssl.get(), result);
    flush();
    if (result == 1) {
        m_isOpen = true;
        const auto isAlive = m_isAlive;
        writePending();
        if (*isAlive && !m_hasFailed)
            readPlain();
    } else if (error != SSL_ERROR_WANT_READ) {
        failWith(handshakeError());
    }
}

void TlsStream::writePending()
{
    while (!m_unsent.empty() && !m_hasFailed) {
        const Slice slice = std::move(m_unsent.front());
        m_unsent.pop_front();
        m_unsentBytes -= slice.size();
        // Memory takes everything at once.
        std::size_t written = 0;
        if (SSL_write_ex(m_ssl.get(), slice.bytes.data(), slice.size(), &written) != 1)
            return failWith({ErrorCode::LocalConnectionClosed,
                "the TLS connection can't be written to any more"});
    }
    flush();
}

void TlsStream::readPlain()
{
    const auto isAlive = m_isAlive;
    while (m_handler != nullptr && !m_hasFailed) {
        const std::span<std::uint8_t> room = m_handler->receiveBuffer();
        if (room.empty()) {
            m_isPaused = true;
            return;
        }
        std::size_t size = 0;
        ERR_clear_error();
        const int result = SSL_read_ex(m_ssl.get(), room.data(), room.size(), &size);
        if (result == 1) {
            m_handler->received(size);
            if (!*isAlive)
                return;
            continue;
        }
        const int error = SSL_get_error(m_ssl.get(), result);
        flush(); // an answer to a key update
        if (error == SSL_ERROR_ZERO_RETURN)
            return failWith(
                {ErrorCode::LocalConnectionClosed, "the broker closed the TLS connection"});
        if (error != SSL_ERROR_WANT_READ)
            return failWith(handshakeError());
        return;
    }
}

void TlsStream::flush()
{
    BIO* out = SSL_get_wbio(m_ssl.get());
    const std::size_t size = BIO_ctrl_pending(out);
    if (size == 0)
        return;
    Bytes bytes(size);
    BIO_read(out, bytes.data(), static_cast<int>(size));
    SliceChain chain;
    chain.emplace_back(std::move(bytes));
    m_inner->send(std::move(chain));
}

void TlsStream::failWith(const Error& reason)
{
    if (std::exchange(m_hasFailed, true) || m_handler == nullptr)
        return;
    // The handler may let go of us, and of what holds the reason.
    const Error copy = reason; // NOLINT(performance-unnecessary-copy-initialization)
    std::exchange(m_handler, nullptr)->closed(copy);
}

Error TlsStream::handshakeError() const
{
    const long verified = SSL_get_verify_result(m_ssl.get());
    if (verified == X509_V_ERR_HOSTNAME_MISMATCH || verified == X509_V_ERR_IP_ADDRESS_MISMATCH)
        return {ErrorCode::LocalConnectionRefused,
            "the broker's certificate is for another name; connect by a name that stands in it, or "
            "write ssl.endpoint.identification.algorithm= (empty) to skip this check"};
    if (verified != X509_V_OK)
        return {ErrorCode::LocalConnectionRefused,
            fmt::format("the broker's certificate isn't trusted ({}); name the certificate "
                        "authority by ssl.truststore.location",
                X509_verify_cert_error_string(verified))};
    const char* text = ERR_reason_error_string(ERR_peek_last_error());
    return {ErrorCode::LocalConnectionRefused,
        fmt::format("the TLS handshake failed ({}); is security.protocol right, and the port?",
            text == nullptr ? "no reason given" : text)};
}

} // namespace moldau::client
