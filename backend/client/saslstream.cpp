#include "client/saslstream.h"

#include "network/frame.h"
#include "protocol/apikeys.h"
#include "protocol/messages/requestheader.h"
#include "protocol/messages/responseheader.h"
#include "protocol/messages/saslauthenticaterequest.h"
#include "protocol/messages/saslauthenticateresponse.h"
#include "protocol/messages/saslhandshakerequest.h"
#include "protocol/messages/saslhandshakeresponse.h"
#include "protocol/reader.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <utility>

namespace moldau::client {

using namespace protocol;

namespace {

// Every broker that can be talked to has these.
constexpr std::int16_t kHandshakeVersion = 1;
constexpr std::int16_t kAuthenticateVersion = 1;
constexpr std::size_t kLongestAnswer = 1 << 20;

/** The message behind a response's header, or why it can't be read. */
template <class Response> Result<Response> answerIn(BytesView frame, std::int16_t version)
{
    Reader reader(frame);
    ResponseHeader header;
    header.read(reader, responseHeaderVersion(ApiKey(Response::kApiKey), version));
    if (!reader.ok())
        return fail(reader.error());
    return Response::parse(frame.subspan(frame.size() - reader.remaining()), version);
}

} // namespace

SaslStream::SaslStream(std::unique_ptr<Stream> inner, SaslSettings settings)
    : m_inner(std::move(inner))
    , m_settings(std::move(settings))
    , m_frames(kLongestAnswer)
{
}

template <class Request> void SaslStream::ask(const Request& request, std::int16_t version)
{
    Writer writer;
    RequestHeader header;
    header.requestApiKey = Request::kApiKey;
    header.requestApiVersion = version;
    header.clientId = "moldau";
    static_cast<void>(
        header.write(writer, requestHeaderVersion(ApiKey(Request::kApiKey), version)));
    static_cast<void>(request.write(writer, version));
    m_inner->send(network::framed(writer));
}

void SaslStream::start(Stream::Handler& handler)
{
    m_handler = &handler;
    m_inner->start(*this);
    SaslHandshakeRequest request;
    request.mechanism = m_settings.mechanism;
    ask(request, kHandshakeVersion);
}

void SaslStream::send(SliceChain chain)
{
    if (m_isOpen)
        return m_inner->send(std::move(chain));
    m_unsent.insert(m_unsent.end(), std::make_move_iterator(chain.begin()),
        std::make_move_iterator(chain.end()));
}

std::size_t SaslStream::unsentBytes() const
{
    return totalSize(m_unsent) + m_inner->unsentBytes();
}

std::span<std::uint8_t> SaslStream::receiveBuffer()
{
    if (m_handler == nullptr)
        return {};
    return m_isOpen ? m_handler->receiveBuffer() : m_frames.receiveBuffer();
}

void SaslStream::received(std::size_t size)
{
    if (m_isOpen)
        return m_handler->received(size);
    m_frames.received(size);
    const auto frame = m_frames.next();
    if (!frame)
        return closed(frame.error());
    if (!frame->has_value())
        return;
    const BytesView answer = (*frame)->bytes;
    if (const auto done = m_exchange ? authenticated(answer) : handshaken(answer); !done)
        closed(done.error());
}

void SaslStream::drained()
{
    if (m_isOpen && m_handler != nullptr)
        m_handler->drained();
}

void SaslStream::closed(const Error& reason)
{
    if (m_handler != nullptr)
        std::exchange(m_handler, nullptr)->closed(Error(reason)); // who may let go of us
}

Result<void> SaslStream::handshaken(BytesView answer)
{
    const auto response = answerIn<SaslHandshakeResponse>(answer, kHandshakeVersion);
    if (!response)
        return fail(response.error());
    if (response->errorCode != 0)
        return fail(errorFromWire(response->errorCode),
            fmt::format("The broker doesn't offer the SASL mechanism {}, only {}.",
                m_settings.mechanism, fmt::join(response->mechanisms, ", ")));
    auto exchange = makeSaslExchange(m_settings);
    if (!exchange)
        return fail(exchange.error());
    m_exchange = std::move(*exchange);
    SaslAuthenticateRequest request;
    request.authBytes = m_exchange->firstMessage();
    ask(request, kAuthenticateVersion);
    return {};
}

Result<void> SaslStream::authenticated(BytesView answer)
{
    const auto response = answerIn<SaslAuthenticateResponse>(answer, kAuthenticateVersion);
    if (!response)
        return fail(response.error());
    if (response->errorCode != 0)
        return fail(ErrorCode::SaslAuthenticationFailed,
            "The broker refused the user or the password (SASL).");
    auto next = m_exchange->answer(response->authBytes);
    if (!next)
        return fail(next.error());
    if (!*next) {
        open();
        return {};
    }
    SaslAuthenticateRequest request;
    request.authBytes = std::move(**next);
    ask(request, kAuthenticateVersion);
    return {};
}

void SaslStream::open()
{
    m_isOpen = true;
    m_exchange.reset();
    if (!m_unsent.empty())
        m_inner->send(std::exchange(m_unsent, {}));
}

} // namespace moldau::client
