#pragma once

#include "base/asioloop.h"
#include "client/rdkafkahandle.h"
#include "client/security.h"

#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include <netdb.h>
#include <sys/socket.h>

namespace moldau::network {
class ResolvingTransport;
}

namespace moldau::client {

class TlsTransport;

/**
 * Brings a librdkafka whose own SCRAM brokers refuse to them all the same: it speaks plainly into
 * one end of a pair of sockets, and the other end is joined with a connection on which we have
 * spoken TLS and SASL. Nothing listens, so no other program can come in. Shared by the handles of a
 * connection and gone with the last; has a thread of its own.
 */
class SaslRelay {
public:
    /** Fails when a certificate or key can't be used. `resolver` may be empty. */
    static Result<std::shared_ptr<SaslRelay>> make(WireSecurity security, AddressResolver resolver);
    ~SaslRelay();

    // What librdkafka asks of its user instead of the system; any thread.

    /** An address that means this endpoint to connect(), to be released by freeaddrinfo(). */
    int resolve(const Endpoint& endpoint, const addrinfo* hints, addrinfo** out);
    /** One end of a new pair, or -1. */
    int makeSocket();
    /** Joins the pair of `socket` with a connection to the endpoint of `address`; 0 or errno. */
    int connect(int socket, const sockaddr* address);

    /** Why the last connection to a broker ended, if SASL or TLS were to blame; else None. */
    Error lastTrouble() const;

private:
    class Link;

    explicit SaslRelay(SaslSettings sasl);
    void join(int socket, const Endpoint& endpoint);
    void ended(Link& link, const Error& reason);

    SaslSettings m_sasl;
    mutable std::mutex m_mutex; // guards what librdkafka's threads use, down to m_trouble
    std::vector<Endpoint> m_endpoints; ///< each one's place is its address
    std::map<int, int> m_others; ///< librdkafka's end -> ours, until they are connected
    Error m_trouble{ErrorCode::None, {}};
    std::unique_ptr<network::ResolvingTransport> m_resolving;
    std::unique_ptr<TlsTransport> m_tls; ///< nullptr without TLS
    std::list<std::unique_ptr<Link>> m_links; // the loop's
    AsioLoop m_loop{"relay"}; // its thread uses everything above
};

} // namespace moldau::client
