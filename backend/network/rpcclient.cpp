#include "network/rpcclient.h"

#include "network/frame.h"
#include "protocol/messages/requestheader.h"
#include "protocol/messages/responseheader.h"

#include <fmt/format.h>

namespace moldau::network {

class RpcClient::StreamSide final : public Stream::Handler {
public:
    explicit StreamSide(RpcClient& client)
        : m_client(client)
    {
    }
    std::span<std::uint8_t> receiveBuffer() override { return m_client.m_frames->receiveBuffer(); }
    void received(std::size_t size) override { m_client.received(size); }
    void closed(const Error& reason) override { m_client.closed(reason); }

private:
    RpcClient& m_client;
};

RpcClient::RpcClient(EventLoop& loop, Transport& transport, Endpoint endpoint, std::string clientId,
    std::size_t maxResponseBytes)
    : m_loop(loop)
    , m_transport(transport)
    , m_endpoint(std::move(endpoint))
    , m_clientId(std::move(clientId))
    , m_maxResponseBytes(maxResponseBytes)
    , m_side(std::make_unique<StreamSide>(*this))
{
}

RpcClient::~RpcClient()
{
    *m_isAlive = false;
    for (const Open& open : m_open)
        m_loop.cancel(open.timeout);
}

void RpcClient::disconnect()
{
    if (m_stream)
        closed(Error{ErrorCode::LocalConnectionClosed, "disconnected by us"});
}

protocol::Writer RpcClient::begin(protocol::ApiKey api, std::int16_t version)
{
    protocol::Writer writer;
    protocol::RequestHeader header;
    header.requestApiKey = static_cast<std::int16_t>(api);
    header.requestApiVersion = version;
    header.correlationId = ++m_lastCorrelation;
    header.clientId = m_clientId;
    static_cast<void>(header.write(writer, protocol::requestHeaderVersion(api, version)));
    return writer;
}

void RpcClient::send(protocol::ApiKey api, std::int16_t version, protocol::Writer writer,
    Duration timeout, Callback<void(Result<Slice>)> done)
{
    if (!m_stream) {
        m_frames = std::make_unique<FrameAssembler>(m_maxResponseBytes);
        m_stream = m_transport.connect(m_endpoint);
        m_stream->start(*m_side);
    }
    Open& open = m_open.emplace_back(Open{api, version, m_lastCorrelation, std::move(done)});
    open.timeout = m_loop.schedule(
        timeout, [this, correlation = open.correlation] { timedOut(correlation); });
    m_stream->send(framed(writer));
}

void RpcClient::received(std::size_t size)
{
    m_frames->received(size);
    const auto isAlive = m_isAlive;
    while (*isAlive && m_stream) {
        auto frame = m_frames->next();
        if (!frame)
            return closed(frame.error());
        if (!frame->has_value())
            return;
        answerFirst(**frame);
    }
}

void RpcClient::answerFirst(const Slice& frame)
{
    if (m_open.empty())
        return closed(Error{ErrorCode::LocalCorruptData, "an answer came that nobody asked for"});
    protocol::Reader reader(frame.bytes, frame.owner);
    protocol::ResponseHeader header;
    const Open& first = m_open.front();
    header.read(reader, protocol::responseHeaderVersion(first.api, first.version));
    if (!reader.ok() || header.correlationId != first.correlation)
        return closed(
            Error{ErrorCode::LocalCorruptData, "an answer does not belong to the request"});
    m_loop.cancel(first.timeout);
    auto done = std::move(m_open.front().done);
    m_open.pop_front();
    done(Slice(frame.bytes.subspan(frame.size() - reader.remaining()), frame.owner));
}

void RpcClient::timedOut(std::int32_t correlation)
{
    const auto found = std::find_if(m_open.begin(), m_open.end(),
        [&](const Open& open) { return open.correlation == correlation; });
    if (found != m_open.end())
        closed(Error{ErrorCode::LocalTimeout,
            fmt::format("{} did not answer in time", toString(m_endpoint))});
}

void RpcClient::closed(const Error& reason)
{
    m_stream.reset();
    auto open = std::exchange(m_open, {});
    for (const Open& request : open)
        m_loop.cancel(request.timeout);
    const auto isAlive = m_isAlive;
    for (Open& request : open) {
        if (!*isAlive)
            return;
        request.done(fail(reason));
    }
    if (*isAlive && m_onDisconnected)
        m_onDisconnected(reason);
}

} // namespace moldau::network
