#pragma once

#include "base/bytes.h"
#include "base/eventloop.h"
#include "base/transport.h"
#include "network/frame.h"
#include "protocol/apikeys.h"
#include "protocol/writer.h"

#include <cstdint>
#include <memory>
#include <string>

namespace moldau::network {

/** What is known of one accepted connection. Lives as long as an exchange or the connection. */
struct ConnectionInfo {
    std::uint64_t id = 0; ///< unique within the process
    std::string listener; ///< name of the listener that accepted, "PLAINTEXT"
    Endpoint local;
    Endpoint peer;
    std::string clientId; ///< of the newest request
    std::string softwareName; ///< from ApiVersions v3+, else empty
    std::string softwareVersion;
};

class ServerConnection;

/**
 * One request and the duty to answer it. Moved into a handler, which answers at once or later, on
 * the node's thread; answers leave in the order of the requests. An exchange that is destroyed
 * unanswered closes its connection, so that no client waits for nothing.
 */
class Exchange {
public:
    Exchange(std::weak_ptr<ServerConnection> connection, std::shared_ptr<ConnectionInfo> info,
        std::uint64_t slot, Slice body);
    ~Exchange();
    Exchange(Exchange&&) noexcept = default;
    Exchange& operator=(Exchange&&) = delete;

    protocol::ApiKey api{};
    std::int16_t version = 0;
    std::int32_t correlation = 0;
    std::string clientId; ///< empty for null
    Duration receivedAt{}; ///< EventLoop::now() when the frame was whole

    const Slice& body() const { return m_body; }
    ConnectionInfo& connection() const { return *m_info; }
    /** False once the client is gone; answering is then harmless and pointless. */
    bool isConnected() const { return !m_connection.expired(); }

    /** Writes the message in the request's version. A message that can't be written closes the
     * connection. */
    template <class Response> void answer(const Response& response)
    {
        protocol::Writer writer = beginAnswer();
        const Result<void> written = response.write(writer, version);
        if (written)
            finishAnswer(std::move(writer), response);
        else
            close("cannot write the response: " + written.error().message);
    }
    /** As answer(), in another version (ApiVersions answers an unknown version in v0). */
    template <class Response> void answerIn(std::int16_t otherVersion, const Response& response)
    {
        version = otherVersion;
        answer(response);
    }
    /**
     * Says the error wherever the API has a place for one, as Kafka answers what it can't handle.
     * Closes the connection of a request that gets no answer, or has no place.
     */
    void answerError(ErrorCode error);
    /** The same request again, whose answer goes nowhere. */
    Exchange duplicate() const;
    /** For acks=0: the request is done, nothing is sent. */
    void answerNothing();
    /** Closes the connection; `reason` goes to the log and the event stream. */
    void close(const std::string& reason);

private:
    protocol::Writer beginAnswer() const;
    template <class Response> void finishAnswer(protocol::Writer writer, const Response& response)
    {
        if constexpr (requires { response.errorCode; })
            complete(framed(writer), response.errorCode);
        else
            complete(framed(writer), 0);
    }
    void complete(SliceChain answer, std::int16_t error);

    std::weak_ptr<ServerConnection> m_connection;
    std::shared_ptr<ConnectionInfo> m_info;
    std::uint64_t m_slot;
    Slice m_body;
    bool m_isOpen = true;

    friend class ServerConnection;
};

} // namespace moldau::network
