#pragma once

#include "base/eventloop.h"
#include "base/transport.h"
#include "network/frameassembler.h"
#include "protocol/apikeys.h"
#include "protocol/reader.h"
#include "protocol/writer.h"

#include <algorithm>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>

namespace moldau::network {

/** Versions of one API that the other side serves. */
struct VersionRange {
    std::int16_t min = 0;
    std::int16_t max = -1;
};

/**
 * One connection to a node, with any number of requests under way. Owned by whoever asks, lives on
 * its loop. Connects when the first request is sent; when the connection breaks, every open request
 * fails with LocalConnectionClosed (or …Refused) and the next request connects again: when to try
 * again is the owner's business. Destroying it drops open callbacks without a call.
 */
class RpcClient {
public:
    RpcClient(EventLoop& loop, Transport& transport, Endpoint endpoint, std::string clientId,
        std::size_t maxResponseBytes = 256 << 20);
    ~RpcClient();
    RpcClient(const RpcClient&) = delete;
    RpcClient& operator=(const RpcClient&) = delete;

    /** Called once whenever an established or attempted connection ends. */
    void onDisconnected(std::function<void(const Error&)> handler)
    {
        m_onDisconnected = std::move(handler);
    }
    /** Cuts the connection; open requests fail. */
    void disconnect();
    bool isConnected() const { return m_stream != nullptr; }
    const Endpoint& endpoint() const { return m_endpoint; }

    /**
     * Sends `request` in `version` and gives the parsed answer, or why there is none:
     * LocalTimeout after `timeout` (the connection is then cut, as answers come in order),
     * LocalConnectionClosed, LocalCorruptData for an answer that doesn't parse.
     */
    template <class Response, class Request>
    void call(const Request& request, std::int16_t version, Duration timeout,
        Callback<void(Result<Response>)> done)
    {
        const auto api = protocol::ApiKey(Request::kApiKey);
        protocol::Writer writer = begin(api, version);
        if (const auto written = request.write(writer, version); !written)
            return m_loop.post(
                [done = std::move(done), error = written.error()]() mutable { done(fail(error)); });
        send(api, version, std::move(writer), timeout,
            [version, done = std::move(done)](Result<Slice> body) mutable {
                if (!body)
                    return done(fail(body.error()));
                done(Response::parse(body->bytes, version, body->owner));
            });
    }

private:
    class StreamSide;
    struct Open {
        protocol::ApiKey api;
        std::int16_t version;
        std::int32_t correlation;
        Callback<void(Result<Slice>)> done;
        EventLoop::TimerId timeout = 0;
    };

    protocol::Writer begin(protocol::ApiKey api, std::int16_t version);
    void send(protocol::ApiKey api, std::int16_t version, protocol::Writer writer, Duration timeout,
        Callback<void(Result<Slice>)> done);
    void received(std::size_t size);
    void closed(const Error& reason);
    void answerFirst(const Slice& frame);
    void timedOut(std::int32_t correlation);

    EventLoop& m_loop;
    Transport& m_transport;
    Endpoint m_endpoint;
    std::string m_clientId;
    std::size_t m_maxResponseBytes;
    std::function<void(const Error&)> m_onDisconnected;
    std::unique_ptr<StreamSide> m_side;
    std::unique_ptr<FrameAssembler> m_frames;
    std::unique_ptr<Stream> m_stream;
    std::deque<Open> m_open; // in order of sending, as answers come
    std::int32_t m_lastCorrelation = 0;
    std::shared_ptr<bool> m_isAlive = std::make_shared<bool>(true);
};

} // namespace moldau::network
