#include "simulatednetwork.h"

#include <algorithm>
#include <deque>
#include <optional>
#include <utility>

namespace moldau::simulation {

/** One side of a connection. Its stream holds it, and what is under way to it. */
class SimulatedNetwork::End : public std::enable_shared_from_this<End> {
public:
    End(SimulatedNetwork& network, SimulatedLoop& loop, Endpoint local, Endpoint peer)
        : m_network(network)
        , m_loop(loop)
        , m_local(std::move(local))
        , m_peer(std::move(peer))
    {
    }

    ~End() { hangUp(); }
    End(const End&) = delete;
    End& operator=(const End&) = delete;

    const Endpoint& local() const { return m_local; }
    const Endpoint& peer() const { return m_peer; }
    std::size_t unsentBytes() const { return m_unsent; }
    Duration& lastArrival() { return m_lastArrival; }

    void join(const std::shared_ptr<End>& other)
    {
        m_other = other;
        m_isConnected = true;
        push();
    }
    void start(Stream::Handler& handler)
    {
        m_handler = &handler;
        if (m_failure || !m_received.empty())
            wake();
    }
    void resumeReading()
    {
        if (std::exchange(m_isReading, true))
            return;
        wake();
    }
    void send(SliceChain chain)
    {
        if (m_failure)
            return;
        for (const Slice& slice : chain) {
            m_unsent += slice.size();
            m_queue.insert(m_queue.end(), slice.bytes.begin(), slice.bytes.end());
        }
        push();
    }
    void letGo()
    {
        m_handler = nullptr;
        hangUp();
    }
    /** The connection ends here, with what has arrived still to be read. */
    void peerClosed()
    {
        fail({ErrorCode::LocalConnectionClosed, toString(m_peer) + ": End of file"});
        wake();
    }
    void refused()
    {
        fail({ErrorCode::LocalConnectionRefused, toString(m_peer) + ": Connection refused"});
        wake();
    }

private:
    void hangUp()
    {
        if (m_failure)
            return;
        fail({ErrorCode::LocalCancelled, "closed by us"});
        m_network.carry(*this, [other = m_other] {
            if (const auto end = other.lock())
                end->peerClosed();
        });
    }
    /** Hands the network what the kernel's buffers take. */
    void push()
    {
        if (!m_isConnected || m_failure)
            return;
        while (!m_queue.empty() && m_underWay < m_network.m_kernelBuffer) {
            constexpr std::int64_t kMostPiece = 64 * 1024;
            const std::size_t room = m_network.m_kernelBuffer - m_underWay;
            const std::size_t piece = std::min({m_queue.size(), room,
                static_cast<std::size_t>(m_network.m_time.between(1, kMostPiece))});
            const auto end = m_queue.begin() + static_cast<std::ptrdiff_t>(piece);
            Bytes bytes(m_queue.begin(), end);
            m_queue.erase(m_queue.begin(), end);
            m_unsent -= piece;
            m_underWay += piece;
            m_network.carry(*this, [other = m_other, bytes = std::move(bytes)] {
                if (const auto receiver = other.lock())
                    receiver->arrived(bytes);
            });
        }
        if (!m_queue.empty())
            m_isBlocked = true;
        else if (std::exchange(m_isBlocked, false))
            m_loop.post([self = shared_from_this()] {
                if (self->m_handler != nullptr && self->m_unsent == 0 && !self->m_failure)
                    self->m_handler->drained();
            });
    }
    void arrived(const Bytes& bytes)
    {
        if (m_failure)
            return; // nobody is there any more
        m_received.insert(m_received.end(), bytes.begin(), bytes.end());
        wake();
    }
    void wake()
    {
        if (!std::exchange(m_isWoken, true))
            m_loop.post([self = shared_from_this()] {
                self->m_isWoken = false;
                self->deliver();
            });
    }
    void deliver()
    {
        const auto self = shared_from_this();
        while (m_handler != nullptr && m_isReading && !m_received.empty()) {
            const std::span<std::uint8_t> buffer = m_handler->receiveBuffer();
            if (buffer.empty()) {
                m_isReading = false;
                break;
            }
            const std::size_t size = std::min(buffer.size(), m_received.size());
            const auto end = m_received.begin() + static_cast<std::ptrdiff_t>(size);
            std::copy(m_received.begin(), end, buffer.begin());
            m_received.erase(m_received.begin(), end);
            if (const auto sender = m_other.lock())
                sender->taken(size);
            m_handler->received(size);
        }
        if (m_handler != nullptr && m_failure && m_received.empty() && m_isReading)
            std::exchange(m_handler, nullptr)->closed(*m_failure);
    }
    void taken(std::size_t size)
    {
        m_underWay -= size;
        push();
    }
    void fail(Error error)
    {
        if (!m_failure)
            m_failure = std::move(error);
        m_queue.clear();
        m_unsent = 0;
    }

    SimulatedNetwork& m_network;
    SimulatedLoop& m_loop;
    Endpoint m_local;
    Endpoint m_peer;
    std::weak_ptr<End> m_other;
    Stream::Handler* m_handler = nullptr;
    std::deque<std::uint8_t> m_queue;
    std::deque<std::uint8_t> m_received;
    std::size_t m_unsent = 0;
    std::size_t m_underWay = 0; ///< sent and not yet read
    Duration m_lastArrival{}; ///< of what was sent last: nothing overtakes it
    std::optional<Error> m_failure;
    bool m_isConnected = false;
    bool m_isReading = true;
    bool m_isBlocked = false;
    bool m_isWoken = false;
};

class SimulatedNetwork::EndStream final : public Stream {
public:
    explicit EndStream(std::shared_ptr<End> end)
        : m_end(std::move(end))
    {
    }
    ~EndStream() override { m_end->letGo(); }
    EndStream(const EndStream&) = delete;
    EndStream& operator=(const EndStream&) = delete;

    void start(Handler& handler) override { m_end->start(handler); }
    void resumeReading() override { m_end->resumeReading(); }
    void send(SliceChain chain) override { m_end->send(std::move(chain)); }
    std::size_t unsentBytes() const override { return m_end->unsentBytes(); }
    Endpoint localEndpoint() const override { return m_end->local(); }
    Endpoint peerEndpoint() const override { return m_end->peer(); }

private:
    std::shared_ptr<End> m_end;
};

/** A listener; gone, nobody gets in any more. */
class SimulatedNetwork::Door {
public:
    Door(SimulatedLoop& loop, Endpoint local, Callback<void(std::unique_ptr<Stream>)> accept)
        : m_loop(loop)
        , m_local(std::move(local))
        , m_accept(std::move(accept))
    {
    }

    SimulatedLoop& loop() { return m_loop; }
    const Endpoint& local() const { return m_local; }
    void enter(std::unique_ptr<Stream> stream) { m_accept(std::move(stream)); }

private:
    SimulatedLoop& m_loop;
    Endpoint m_local;
    Callback<void(std::unique_ptr<Stream>)> m_accept;
};

namespace {

template <class Door> class DoorListener final : public Listener {
public:
    explicit DoorListener(std::shared_ptr<Door> door)
        : m_door(std::move(door))
    {
    }
    Endpoint localEndpoint() const override { return m_door->local(); }

private:
    std::shared_ptr<Door> m_door;
};

} // namespace

void SimulatedNetwork::setLatency(Duration least, Duration most)
{
    m_leastLatency = least;
    m_mostLatency = most;
}

SimulatedNetwork::Link SimulatedNetwork::linkOf(const std::string& host, const std::string& other)
{
    return std::minmax(host, other);
}

void SimulatedNetwork::cut(const std::string& host, const std::string& other)
{
    m_cut.insert(linkOf(host, other));
}

void SimulatedNetwork::mend(const std::string& host, const std::string& other)
{
    const Link link = linkOf(host, other);
    m_cut.erase(link);
    auto waiting = m_waiting.extract(link);
    if (waiting.empty())
        return;
    for (Callback<void()>& arrive : waiting.mapped())
        arrive();
}

void SimulatedNetwork::mendAll()
{
    while (!m_cut.empty()) {
        const Link link = *m_cut.begin();
        mend(link.first, link.second);
    }
}

void SimulatedNetwork::mendAllOf(const std::string& host)
{
    for (const Link& link : std::set<Link>(m_cut)) {
        if (link.first == host || link.second == host)
            mend(link.first, link.second);
    }
}

bool SimulatedNetwork::isCut(const std::string& host, const std::string& other) const
{
    return m_cut.contains(linkOf(host, other));
}

void SimulatedNetwork::carry(End& from, Callback<void()> arrive)
{
    const Duration arrival = std::max(
        from.lastArrival(), m_time.now() + m_time.between(m_leastLatency, m_mostLatency));
    from.lastArrival() = arrival;
    m_time.at(arrival,
        [this, link = linkOf(from.local().host, from.peer().host),
            arrive = std::move(arrive)]() mutable { arrived(link, std::move(arrive)); });
}

void SimulatedNetwork::arrived(const Link& link, Callback<void()> arrive)
{
    if (m_cut.contains(link))
        m_waiting[link].push_back(std::move(arrive));
    else
        arrive();
}

Result<std::unique_ptr<Listener>> SimulatedTransport::listen(
    const Endpoint& endpoint, Callback<void(std::unique_ptr<Stream>)> accept)
{
    Endpoint local = endpoint;
    if (local.port == 0)
        local.port = ++m_network.m_lastPort;
    auto& place = m_network.m_doors[local];
    if (!place.expired())
        return fail(ErrorCode::LocalAddressInUse, toString(local) + " is in use");
    auto door = std::make_shared<SimulatedNetwork::Door>(m_loop, local, std::move(accept));
    place = door;
    return std::make_unique<DoorListener<SimulatedNetwork::Door>>(std::move(door));
}

std::unique_ptr<Stream> SimulatedTransport::connect(const Endpoint& endpoint)
{
    using End = SimulatedNetwork::End;
    const Endpoint local{m_host, ++m_network.m_lastPort};
    auto end = std::make_shared<End>(m_network, m_loop, local, endpoint);
    m_network.carry(*end, [&network = m_network, weak = std::weak_ptr<End>(end), local, endpoint] {
        const auto caller = weak.lock();
        if (!caller)
            return;
        const auto found = network.m_doors.find(endpoint);
        const auto door = found == network.m_doors.end() ? nullptr : found->second.lock();
        if (!door)
            return caller->refused();
        auto other = std::make_shared<End>(network, door->loop(), endpoint, local);
        other->join(caller);
        door->loop().post([weakDoor = std::weak_ptr(door), other] {
            auto stream = std::make_unique<SimulatedNetwork::EndStream>(other);
            if (const auto open = weakDoor.lock())
                open->enter(std::move(stream));
        });
        caller->join(other);
    });
    return std::make_unique<SimulatedNetwork::EndStream>(std::move(end));
}

} // namespace moldau::simulation
