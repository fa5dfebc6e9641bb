#include "client/saslrelay.h"

#include "client/saslstream.h"
#include "client/tlstransport.h"
#include "network/resolvingtransport.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <unistd.h>

namespace moldau::client {

namespace {

constexpr std::size_t kMostUnsent = 4 << 20; // then a side is read no more until the other has sent
constexpr std::uint32_t kFirstAddress = 0xf0000000; // 240.0.0.0 and on, which nobody has

} // namespace

/** Two streams, each of which gets what the other brings. */
class SaslRelay::Link {
public:
    Link(SaslRelay& relay, std::unique_ptr<Stream> near, std::unique_ptr<Stream> far)
        : m_relay(relay)
        , m_near(*this, std::move(near))
        , m_far(*this, std::move(far))
    {
        m_near.other = &m_far;
        m_far.other = &m_near;
        m_far.stream->start(m_far);
        m_near.stream->start(m_near);
    }

private:
    struct Side final : Stream::Handler {
        Side(Link& owner, std::unique_ptr<Stream> held)
            : link(owner)
            , stream(std::move(held))
        {
        }
        std::span<std::uint8_t> receiveBuffer() override
        {
            isPaused = other->stream->unsentBytes() > kMostUnsent;
            return isPaused ? std::span<std::uint8_t>() : std::span<std::uint8_t>(buffer);
        }
        void received(std::size_t size) override
        {
            SliceChain chain;
            chain.emplace_back(
                Bytes(buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(size)));
            other->stream->send(std::move(chain));
        }
        void drained() override
        {
            if (other->isPaused)
                other->stream->resumeReading();
        }
        void closed(const Error& reason) override { link.closed(reason); }

        Link& link;
        std::unique_ptr<Stream> stream;
        Side* other = nullptr;
        bool isPaused = false;
        std::array<std::uint8_t, 64 << 10> buffer;
    };

    void closed(const Error& reason)
    {
        if (!std::exchange(m_hasEnded, true))
            m_relay.ended(*this, reason);
    }

    SaslRelay& m_relay;
    Side m_near; ///< librdkafka's
    Side m_far; ///< the broker's
    bool m_hasEnded = false;
};

Result<std::shared_ptr<SaslRelay>> SaslRelay::make(WireSecurity security, AddressResolver resolver)
{
    std::shared_ptr<SaslRelay> relay(new SaslRelay(std::move(*security.sasl)));
    relay->m_resolving
        = std::make_unique<network::ResolvingTransport>(relay->m_loop, std::move(resolver));
    if (security.tls) {
        auto tls = TlsTransport::make(*relay->m_resolving, *security.tls);
        if (!tls)
            return fail(tls.error());
        relay->m_tls = std::move(*tls);
    }
    return relay;
}

SaslRelay::SaslRelay(SaslSettings sasl)
    : m_sasl(std::move(sasl))
{
}

SaslRelay::~SaslRelay()
{
    m_loop.run([this] { m_links.clear(); });
    m_loop.stop();
    for (const auto& [socket, other] : m_others)
        ::close(other);
}

int SaslRelay::resolve(const Endpoint& endpoint, const addrinfo* hints, addrinfo** out)
{
    std::uint32_t place = 0;
    {
        const std::lock_guard lock(m_mutex);
        auto known = std::ranges::find(m_endpoints, endpoint);
        if (known == m_endpoints.end())
            known = m_endpoints.insert(known, endpoint);
        place = static_cast<std::uint32_t>(known - m_endpoints.begin());
    }
    const in_addr address{htonl(kFirstAddress + place)};
    std::array<char, INET_ADDRSTRLEN> text{};
    ::inet_ntop(AF_INET, &address, text.data(), text.size());
    addrinfo any{};
    any.ai_socktype = hints == nullptr ? SOCK_STREAM : hints->ai_socktype;
    any.ai_flags = AI_NUMERICHOST;
    return ::getaddrinfo(text.data(), std::to_string(endpoint.port).c_str(), &any, out);
}

int SaslRelay::makeSocket()
{
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends.data()) != 0)
        return -1;
    const std::lock_guard lock(m_mutex);
    if (const auto forgotten = m_others.find(ends[0]); forgotten != m_others.end())
        ::close(forgotten->second); // closed before it was connected
    m_others[ends[0]] = ends[1];
    return ends[0];
}

int SaslRelay::connect(int socket, const sockaddr* address)
{
    const auto* const named = reinterpret_cast<const sockaddr_in*>(address);
    const std::uint32_t place = ntohl(named->sin_addr.s_addr) - kFirstAddress;
    const std::lock_guard lock(m_mutex);
    const auto other = m_others.find(socket);
    if (other == m_others.end() || address->sa_family != AF_INET || place >= m_endpoints.size())
        return EADDRNOTAVAIL;
    m_loop.post(
        [this, end = other->second, endpoint = m_endpoints[place]] { join(end, endpoint); });
    m_others.erase(other);
    return 0;
}

void SaslRelay::join(int socket, const Endpoint& endpoint)
{
    Transport& transport = m_tls ? static_cast<Transport&>(*m_tls) : *m_resolving;
    m_links.push_back(std::make_unique<Link>(*this, m_loop.adopt(socket),
        std::make_unique<SaslStream>(transport.connect(endpoint), m_sasl)));
}

void SaslRelay::ended(Link& link, const Error& reason)
{
    {
        const std::lock_guard lock(m_mutex);
        const bool isOurs = reason.code == ErrorCode::SaslAuthenticationFailed
            || reason.code == ErrorCode::UnsupportedSaslMechanism
            || reason.code == ErrorCode::LocalConnectionRefused;
        m_trouble = isOurs ? reason : Error{ErrorCode::None, {}};
    }
    // A handler of the link is what calls; it goes afterwards.
    m_loop.post([this, gone = &link] {
        std::erase_if(m_links, [gone](const auto& each) { return each.get() == gone; });
    });
}

Error SaslRelay::lastTrouble() const
{
    const std::lock_guard lock(m_mutex);
    return m_trouble;
}

} // namespace moldau::client
