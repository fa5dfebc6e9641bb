#include "faults/faultytransport.h"

#include <algorithm>
#include <array>
#include <deque>
#include <optional>
#include <utility>

namespace moldau::faults {

namespace {

constexpr Duration kLookInterval = std::chrono::milliseconds(5); ///< for a cut link to be whole
constexpr std::size_t kPieceBytes = 64 * 1024;
constexpr std::size_t kMostWaitingBytes = 4 << 20; ///< received and delayed; then we stop reading

} // namespace

/** One connection's bytes on their way through the faults of its link. */
class FaultyTransport::Pipe final : public Stream::Handler,
                                    public std::enable_shared_from_this<Pipe> {
public:
    Pipe(FaultyTransport& transport, Endpoint peer)
        : m_transport(transport)
        , m_faults(transport.m_faults)
        , m_peer(std::move(peer))
        , m_sendTimer(transport.m_loop)
        , m_deliverTimer(transport.m_loop)
    {
    }

    void open()
    {
        if (!m_faults.isCut(m_peer))
            connect();
        else
            m_transport.stall(shared_from_this());
    }

    // The holder's side.
    void start(Stream::Handler& handler)
    {
        m_handler = &handler;
        if (m_inner)
            m_inner->start(*this);
    }
    void resumeReading()
    {
        m_isHolderFull = false;
        deliver();
        readOn();
    }
    void send(SliceChain chain)
    {
        if (m_isDead)
            return;
        if (m_inner && m_outgoing.empty() && !m_faults.hasLinkRules())
            return m_inner->send(std::move(chain));
        const LinkFault fault = m_faults.onLink(m_peer);
        if (fault.action == FaultAction::Drop)
            return die();
        if (fault.action == FaultAction::Close)
            return end();
        const Duration due = m_transport.m_loop.now() + fault.delay;
        const Duration last = m_outgoing.empty() ? Duration::zero() : m_outgoing.back().due;
        m_waitingToLeave += totalSize(chain);
        m_outgoing.push_back({std::max(due, last), std::move(chain)});
        flush();
    }
    std::size_t unsentBytes() const
    {
        return m_waitingToLeave + (m_inner ? m_inner->unsentBytes() : 0);
    }
    Endpoint local() const { return m_inner ? m_inner->localEndpoint() : Endpoint{}; }
    const Endpoint& peer() const { return m_peer; }
    void letGo()
    {
        m_handler = nullptr;
        m_deliverTimer.cancel();
        if (m_inner && !m_isDead && m_faults.isCut(m_peer))
            return m_transport.stall(shared_from_this()); // nobody over there learns of it
        abandon();
    }

    // The transport's.
    void abandon()
    {
        m_handler = nullptr;
        m_sendTimer.cancel();
        m_deliverTimer.cancel();
        m_outgoing.clear();
        m_inner.reset();
    }
    bool isStillCut() { return m_faults.isCut(m_peer); }
    void linkIsWhole()
    {
        const auto self = shared_from_this();
        if (!m_inner && !m_end && !m_isDead && m_handler != nullptr)
            connect();
        flush();
        if (m_handler == nullptr)
            return abandon(); // after its last words
        deliver();
        readOn();
    }

private:
    struct Outgoing {
        Duration due;
        SliceChain chain;
    };
    struct Incoming {
        Duration due;
        Bytes bytes;
        std::size_t taken = 0;
    };

    void connect()
    {
        m_inner = m_transport.m_inner.connect(m_peer);
        if (m_handler != nullptr)
            m_inner->start(*this);
    }

    // Stream::Handler, of the real stream.
    std::span<std::uint8_t> receiveBuffer() override
    {
        if (m_isDead || m_handler == nullptr)
            return {};
        m_isDirect = m_incoming.empty() && !m_faults.hasLinkRules();
        if (m_isDirect)
            return m_handler->receiveBuffer();
        if (m_faults.isCut(m_peer)) {
            m_transport.stall(shared_from_this());
            return {};
        }
        if (m_waitingToArrive > kMostWaitingBytes)
            return {};
        if (!m_piece)
            m_piece = std::make_unique<std::array<std::uint8_t, kPieceBytes>>();
        return *m_piece;
    }
    void received(std::size_t size) override
    {
        const auto self = shared_from_this();
        if (m_isDirect)
            return m_handler->received(size);
        const LinkFault fault = m_faults.onLink(m_peer);
        if (fault.action == FaultAction::Drop)
            return die();
        if (fault.action == FaultAction::Close)
            return end();
        const Duration due = m_transport.m_loop.now() + fault.delay;
        const Duration last = m_incoming.empty() ? Duration::zero() : m_incoming.back().due;
        m_incoming.push_back(
            {std::max(due, last), Bytes(m_piece->begin(), m_piece->begin() + size)});
        m_waitingToArrive += size;
        deliver();
    }
    void drained() override
    {
        if (m_handler != nullptr && m_outgoing.empty())
            m_handler->drained();
    }
    void closed(const Error& reason) override
    {
        const auto self = shared_from_this();
        if (m_isDead)
            return;
        m_end = reason;
        deliver();
    }

    /** Sends what is due, unless the link is cut. */
    void flush()
    {
        if (m_outgoing.empty())
            return;
        if (m_faults.isCut(m_peer))
            return m_transport.stall(shared_from_this());
        if (!m_inner) {
            if (m_end || m_handler == nullptr)
                return;
            connect();
        }
        const Duration now = m_transport.m_loop.now();
        while (!m_outgoing.empty() && (m_outgoing.front().due <= now || m_handler == nullptr)) {
            m_waitingToLeave -= totalSize(m_outgoing.front().chain);
            m_inner->send(std::move(m_outgoing.front().chain));
            m_outgoing.pop_front();
        }
        if (!m_outgoing.empty())
            m_sendTimer.start(m_outgoing.front().due - now, [this] { flush(); });
    }

    /** Hands the holder what has arrived and is due, and then the end of the connection. */
    void deliver()
    {
        if (m_isDelivering)
            return;
        m_isDelivering = true;
        const auto self = shared_from_this();
        const Duration now = m_transport.m_loop.now();
        while (m_handler != nullptr && !m_isHolderFull && !m_incoming.empty()
            && m_incoming.front().due <= now) {
            Incoming& front = m_incoming.front();
            const std::span<std::uint8_t> buffer = m_handler->receiveBuffer();
            if (buffer.empty()) {
                m_isHolderFull = true;
                break;
            }
            const std::size_t size = std::min(buffer.size(), front.bytes.size() - front.taken);
            std::copy_n(front.bytes.begin() + static_cast<std::ptrdiff_t>(front.taken), size,
                buffer.begin());
            front.taken += size;
            m_waitingToArrive -= size;
            if (front.taken == front.bytes.size())
                m_incoming.pop_front();
            m_handler->received(size);
        }
        m_isDelivering = false;
        if (m_handler == nullptr)
            return;
        if (!m_incoming.empty()) {
            if (!m_isHolderFull)
                m_deliverTimer.start(m_incoming.front().due - now, [this] { arrivedLater(); });
        } else if (m_end && m_faults.isCut(m_peer)) {
            m_transport.stall(self);
        } else if (m_end) {
            std::exchange(m_handler, nullptr)->closed(*m_end);
        }
    }
    void arrivedLater()
    {
        const auto self = shared_from_this();
        deliver();
        readOn();
    }
    void readOn()
    {
        if (m_inner && m_handler != nullptr && !m_end)
            m_inner->resumeReading();
    }

    /** What is sent from here on is lost, and nothing comes any more; nobody is told. */
    void die()
    {
        m_isDead = true;
        m_outgoing.clear();
        m_waitingToLeave = 0;
    }

    /** The connection ends for both sides. The holder is told later: it may be sending. */
    void end()
    {
        m_outgoing.clear();
        m_waitingToLeave = 0;
        m_inner.reset();
        m_end = Error{ErrorCode::LocalConnectionClosed, toString(m_peer) + ": closed by a fault"};
        m_transport.m_loop.post([weak = weak_from_this()] {
            if (const auto pipe = weak.lock())
                pipe->deliver();
        });
    }

    FaultyTransport& m_transport;
    NodeFaults& m_faults;
    Endpoint m_peer;
    std::unique_ptr<Stream> m_inner; ///< none before a cut link lets it connect
    Stream::Handler* m_handler = nullptr;
    std::deque<Outgoing> m_outgoing;
    std::deque<Incoming> m_incoming;
    std::size_t m_waitingToLeave = 0;
    std::size_t m_waitingToArrive = 0;
    std::unique_ptr<std::array<std::uint8_t, kPieceBytes>> m_piece;
    std::optional<Error> m_end; ///< to be told behind what has arrived
    bool m_isDirect = true; ///< the buffer that was asked for last is the holder's
    bool m_isHolderFull = false;
    bool m_isDelivering = false;
    bool m_isDead = false;
    Timer m_sendTimer;
    Timer m_deliverTimer;
};

class FaultyTransport::PipeStream final : public Stream {
public:
    explicit PipeStream(std::shared_ptr<Pipe> pipe)
        : m_pipe(std::move(pipe))
    {
    }
    ~PipeStream() override { m_pipe->letGo(); }
    PipeStream(const PipeStream&) = delete;
    PipeStream& operator=(const PipeStream&) = delete;

    void start(Handler& handler) override { m_pipe->start(handler); }
    void resumeReading() override { m_pipe->resumeReading(); }
    void send(SliceChain chain) override { m_pipe->send(std::move(chain)); }
    std::size_t unsentBytes() const override { return m_pipe->unsentBytes(); }
    Endpoint localEndpoint() const override { return m_pipe->local(); }
    Endpoint peerEndpoint() const override { return m_pipe->peer(); }

private:
    std::shared_ptr<Pipe> m_pipe;
};

FaultyTransport::FaultyTransport(Transport& inner, EventLoop& loop, NodeFaults& faults)
    : m_inner(inner)
    , m_loop(loop)
    , m_faults(faults)
    , m_lookTimer(loop)
{
}

FaultyTransport::~FaultyTransport()
{
    abandon();
}

void FaultyTransport::abandon()
{
    m_lookTimer.cancel();
    for (const auto& pipe : std::exchange(m_stalled, {}))
        pipe->abandon();
}

std::unique_ptr<Stream> FaultyTransport::connect(const Endpoint& endpoint)
{
    auto pipe = std::make_shared<Pipe>(*this, endpoint);
    pipe->open();
    return std::make_unique<PipeStream>(std::move(pipe));
}

void FaultyTransport::stall(std::shared_ptr<Pipe> pipe)
{
    if (std::find(m_stalled.begin(), m_stalled.end(), pipe) == m_stalled.end())
        m_stalled.push_back(std::move(pipe));
    if (!m_lookTimer.isRunning())
        m_lookTimer.start(kLookInterval, [this] { look(); });
}

void FaultyTransport::look()
{
    // Whoever is still cut, or again, stalls anew.
    for (const auto& pipe : std::exchange(m_stalled, {})) {
        if (pipe->isStillCut())
            stall(pipe);
        else
            pipe->linkIsWhole();
    }
}

} // namespace moldau::faults
