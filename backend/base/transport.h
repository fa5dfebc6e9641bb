#pragma once

#include "base/bytes.h"
#include "base/callback.h"
#include "base/result.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace moldau {

/** A host (name or numeric address, IPv6 without brackets) and a TCP port. */
struct Endpoint {
    std::string host;
    std::uint16_t port = 0;

    bool operator==(const Endpoint&) const = default;
    auto operator<=>(const Endpoint&) const = default;
};

/** "host:port", with brackets around an IPv6 address. */
std::string toString(const Endpoint& endpoint);

/** Reads "host:port", "[::1]:port". LocalInvalidArgument when it is neither. */
Result<Endpoint> parseEndpoint(std::string_view text);

/**
 * One connection's bytes in order. Belongs to whoever holds it and lives on its loop's thread.
 * Destroying a stream closes it at once and calls nothing any more, also from inside a handler.
 */
class Stream {
public:
    /** The holder's side. Functions are called on the loop's thread, never from inside send(). */
    class Handler {
    public:
        virtual ~Handler() = default;
        /**
         * Where the next bytes go. An empty span stops reading until resumeReading(). The span
         * stays valid until received() or the stream's end.
         */
        virtual std::span<std::uint8_t> receiveBuffer() = 0;
        /** The first `size` bytes of receiveBuffer() are filled. */
        virtual void received(std::size_t size) = 0;
        /** All that was sent has left for the kernel. */
        virtual void drained() { }
        /** The other side closed (LocalConnectionClosed), refused, or failed. Called once. */
        virtual void closed(const Error& reason) = 0;
    };

    virtual ~Stream() = default;

    /** Starts reading; call once. A stream that connects may send before it is connected. */
    virtual void start(Handler& handler) = 0;
    virtual void resumeReading() = 0;
    /** Takes the slices over and sends them after what was sent before. */
    virtual void send(SliceChain chain) = 0;
    /** Bytes that were given to send() and are not yet with the kernel. */
    virtual std::size_t unsentBytes() const = 0;
    virtual Endpoint localEndpoint() const = 0;
    virtual Endpoint peerEndpoint() const = 0;
};

/** Accepts connections until it is destroyed. */
class Listener {
public:
    virtual ~Listener() = default;
    virtual Endpoint localEndpoint() const = 0;
};

/** A node's way to others: TCP in reality, memory in simulations. */
class Transport {
public:
    virtual ~Transport() = default;

    /**
     * Listens at a numeric address; port 0 takes a free one. `accept` gets each new stream on the
     * loop's thread. Errors name the address and what to do (in use, not allowed).
     */
    virtual Result<std::unique_ptr<Listener>> listen(
        const Endpoint& endpoint, Callback<void(std::unique_ptr<Stream>)> accept)
        = 0;

    /** A stream that is connecting; failure arrives at its handler's closed(). */
    virtual std::unique_ptr<Stream> connect(const Endpoint& endpoint) = 0;
};

} // namespace moldau
