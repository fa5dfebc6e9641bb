#include "base/asiotcp.h"

#include <asio/connect.hpp>
#include <asio/ip/v6_only.hpp>
#include <asio/post.hpp>
#include <asio/steady_timer.hpp>

#include <array>
#include <deque>
#include <optional>
#include <vector>

#include <sys/ioctl.h>

#include <fmt/format.h>

namespace moldau::asiotcp {

namespace {

using asio::ip::tcp;

Error errorFrom(const asio::error_code& error, const std::string& what)
{
    ErrorCode code = ErrorCode::LocalIoError;
    if (error == asio::error::eof || error == asio::error::connection_reset
        || error == asio::error::broken_pipe)
        code = ErrorCode::LocalConnectionClosed;
    else if (error == asio::error::connection_refused)
        code = ErrorCode::LocalConnectionRefused;
    else if (error == asio::error::address_in_use)
        code = ErrorCode::LocalAddressInUse;
    else if (error == asio::error::host_not_found)
        code = ErrorCode::LocalNotFound;
    return {code, fmt::format("{}: {}", what, error.message())};
}

Endpoint toEndpoint(const tcp::endpoint& endpoint)
{
    return {endpoint.address().to_string(), endpoint.port()};
}

/**
 * The socket with what is under way. Kept alive by its asynchronous operations; `handler` is null
 * before start() and after the holder let go.
 */
class Connection : public std::enable_shared_from_this<Connection> {
public:
    Connection(asio::io_context& context, tcp::socket socket)
        : m_context(context)
        , m_socket(std::move(socket))
        , m_resolver(context)
    {
    }

    void adopt()
    {
        asio::error_code ignored;
        m_socket.set_option(tcp::no_delay(true), ignored);
        m_socket.non_blocking(true, ignored);
        m_local = toEndpoint(m_socket.local_endpoint(ignored));
        m_peer = toEndpoint(m_socket.remote_endpoint(ignored));
        m_isConnected = true;
    }

    /** A socket that is connected already, and has no names. */
    void takeConnected()
    {
        asio::error_code ignored;
        m_socket.non_blocking(true, ignored);
        m_isConnected = true;
    }

    void connect(const Endpoint& endpoint)
    {
        m_peer = endpoint;
        asio::error_code notNumeric;
        const auto address = asio::ip::make_address(endpoint.host, notNumeric);
        if (!notNumeric) {
            connectTo(std::vector<tcp::endpoint>{{address, endpoint.port}});
            return;
        }
        auto self = shared_from_this();
        m_resolver.async_resolve(endpoint.host, std::to_string(endpoint.port),
            [self](const asio::error_code& error, const tcp::resolver::results_type& results) {
                if (error)
                    return self->fail(error);
                std::vector<tcp::endpoint> endpoints;
                for (const auto& result : results)
                    endpoints.push_back(result.endpoint());
                self->connectTo(std::move(endpoints));
            });
    }

    void start(Stream::Handler& handler)
    {
        m_handler = &handler;
        if (m_failure) // failed before the holder was ready to hear of it
            asio::post(m_context, [self = shared_from_this()] { self->report(); });
        else if (m_isConnected)
            resumeReading();
    }

    void resumeReading()
    {
        if (m_handler == nullptr || m_isReading || !m_isConnected || m_failure)
            return;
        m_isReading = true;
        waitReadable();
    }

    void send(SliceChain chain)
    {
        if (m_failure)
            return;
        for (Slice& slice : chain) {
            if (slice.size() == 0)
                continue;
            m_unsent += slice.size();
            m_queue.push_back(std::move(slice));
        }
        if (m_isConnected && !m_isWriting)
            writeNow();
    }

    std::size_t unsentBytes() const { return m_unsent; }
    const Endpoint& local() const { return m_local; }
    const Endpoint& peer() const { return m_peer; }

    void letGo()
    {
        m_handler = nullptr;
        m_failure = Error{ErrorCode::LocalCancelled, "closed by us"};
        m_resolver.cancel();
        asio::error_code ignored;
        m_socket.close(ignored);
    }

private:
    void connectTo(std::vector<tcp::endpoint> endpoints)
    {
        auto self = shared_from_this();
        auto shared = std::make_shared<std::vector<tcp::endpoint>>(std::move(endpoints));
        asio::async_connect(
            m_socket, *shared, [self, shared](const asio::error_code& error, const tcp::endpoint&) {
                if (error)
                    return self->fail(error);
                self->adopt();
                if (self->m_handler != nullptr)
                    self->resumeReading();
                if (!self->m_queue.empty())
                    self->writeNow();
            });
    }

    void waitReadable()
    {
        m_socket.async_wait(
            tcp::socket::wait_read, [self = shared_from_this()](const asio::error_code& error) {
                if (error)
                    return self->fail(error);
                self->readNow();
            });
    }

    // Reads what the kernel has, a few buffers at most, so that one busy peer doesn't starve
    // others.
    void readNow()
    {
        constexpr int kReadsPerTurn = 8;
        for (int i = 0; i < kReadsPerTurn; ++i) {
            if (m_handler == nullptr)
                return;
            const std::span<std::uint8_t> buffer = m_handler->receiveBuffer();
            if (buffer.empty()) {
                m_isReading = false;
                return;
            }
            asio::error_code error;
            const std::size_t size
                = m_socket.read_some(asio::buffer(buffer.data(), buffer.size()), error);
            if (error == asio::error::would_block)
                break;
            if (error)
                return fail(error);
            m_handler->received(size);
            if (size < buffer.size())
                break;
        }
        if (m_handler != nullptr && !m_failure)
            waitReadable();
    }

    // Hands the kernel as much as it takes; the rest waits until the socket is writable.
    void writeNow()
    {
        constexpr std::size_t kBuffersPerCall = 64;
        while (!m_queue.empty()) {
            std::array<asio::const_buffer, kBuffersPerCall> buffers;
            const std::size_t count = std::min(kBuffersPerCall, m_queue.size());
            std::size_t offered = 0;
            for (std::size_t i = 0; i < count; ++i) {
                buffers[i] = asio::buffer(m_queue[i].bytes.data(), m_queue[i].bytes.size());
                offered += m_queue[i].size();
            }
            asio::error_code error;
            const std::size_t written = m_socket.write_some(
                std::span<const asio::const_buffer>(buffers.data(), count), error);
            if (error && error != asio::error::would_block)
                return failLater(error);
            consume(error ? 0 : written);
            if (error || written < offered) {
                m_isWriting = true;
                m_socket.async_wait(tcp::socket::wait_write,
                    [self = shared_from_this()](const asio::error_code& failure) {
                        self->m_isWriting = false;
                        if (failure)
                            return self->fail(failure);
                        if (!self->m_failure) {
                            self->writeNow();
                            if (self->m_queue.empty() && self->m_handler != nullptr)
                                self->m_handler->drained();
                        }
                    });
                return;
            }
        }
    }

    void consume(std::size_t written)
    {
        m_unsent -= written;
        while (written > 0) {
            Slice& front = m_queue.front();
            if (front.size() > written) {
                front.bytes = front.bytes.subspan(written);
                return;
            }
            written -= front.size();
            m_queue.pop_front();
        }
    }

    void fail(const asio::error_code& error)
    {
        if (m_failure)
            return;
        m_failure = errorFrom(error, toString(m_peer));
        m_queue.clear();
        m_unsent = 0;
        asio::error_code ignored;
        m_socket.close(ignored);
        report();
    }

    // send() never calls its caller back.
    void failLater(const asio::error_code& error)
    {
        asio::post(m_context, [self = shared_from_this(), error] { self->fail(error); });
    }

    void report()
    {
        if (m_handler == nullptr)
            return;
        Stream::Handler* const handler = std::exchange(m_handler, nullptr);
        const Error reason = *m_failure; // the handler may let go of the stream, which changes it
        handler->closed(reason);
    }

    asio::io_context& m_context;
    tcp::socket m_socket;
    tcp::resolver m_resolver;
    Stream::Handler* m_handler = nullptr;
    std::deque<Slice> m_queue;
    std::size_t m_unsent = 0;
    Endpoint m_local;
    Endpoint m_peer;
    std::optional<Error> m_failure;
    bool m_isConnected = false;
    bool m_isReading = false;
    bool m_isWriting = false;
};

class TcpStream final : public Stream {
public:
    explicit TcpStream(std::shared_ptr<Connection> connection)
        : m_connection(std::move(connection))
    {
    }
    ~TcpStream() override { m_connection->letGo(); }
    TcpStream(const TcpStream&) = delete;
    TcpStream& operator=(const TcpStream&) = delete;

    void start(Handler& handler) override { m_connection->start(handler); }
    void resumeReading() override { m_connection->resumeReading(); }
    void send(SliceChain chain) override { m_connection->send(std::move(chain)); }
    std::size_t unsentBytes() const override { return m_connection->unsentBytes(); }
    Endpoint localEndpoint() const override { return m_connection->local(); }
    Endpoint peerEndpoint() const override { return m_connection->peer(); }

private:
    std::shared_ptr<Connection> m_connection;
};

class Acceptor : public std::enable_shared_from_this<Acceptor> {
public:
    Acceptor(asio::io_context& context, Callback<void(std::unique_ptr<Stream>)> accept)
        : m_context(context)
        , m_acceptor(context)
        , m_pause(context)
        , m_accept(std::move(accept))
    {
    }

    Result<void> open(const Endpoint& endpoint)
    {
        asio::error_code error;
        const auto address = asio::ip::make_address(endpoint.host, error);
        if (error)
            return moldau::fail(ErrorCode::LocalInvalidArgument,
                fmt::format("'{}' is not a numeric address to listen at", endpoint.host));
        const tcp::endpoint at{address, endpoint.port};
        m_acceptor.open(at.protocol(), error);
        if (!error)
            m_acceptor.set_option(tcp::acceptor::reuse_address(true), error);
        if (!error && address.is_v6())
            m_acceptor.set_option(asio::ip::v6_only(true), error);
        if (!error)
            m_acceptor.bind(at, error);
        if (!error)
            m_acceptor.listen(asio::socket_base::max_listen_connections, error);
        if (error)
            return moldau::fail(
                errorFrom(error, fmt::format("Cannot listen at {}", toString(endpoint))));
        m_local = toEndpoint(m_acceptor.local_endpoint(error));
        return {};
    }

    void acceptNext()
    {
        m_acceptor.async_accept([self = shared_from_this()](
                                    const asio::error_code& error, tcp::socket socket) {
            if (!self->m_acceptor.is_open() || error == asio::error::operation_aborted)
                return;
            if (!error) {
                auto connection = std::make_shared<Connection>(self->m_context, std::move(socket));
                connection->adopt();
                self->m_accept(std::make_unique<TcpStream>(std::move(connection)));
            }
            if (!self->m_acceptor.is_open())
                return;
            if (error)
                self->acceptLater();
            else
                self->acceptNext();
        });
    }

    void close()
    {
        asio::error_code ignored;
        m_acceptor.close(ignored);
        m_pause.cancel();
    }
    const Endpoint& local() const { return m_local; }

private:
    // Out of file descriptors: peers wait in the backlog until some are free.
    void acceptLater()
    {
        m_pause.expires_after(std::chrono::milliseconds(50));
        m_pause.async_wait([self = shared_from_this()](const asio::error_code& error) {
            if (!error && self->m_acceptor.is_open())
                self->acceptNext();
        });
    }

    asio::io_context& m_context;
    tcp::acceptor m_acceptor;
    asio::steady_timer m_pause;
    Callback<void(std::unique_ptr<Stream>)> m_accept;
    Endpoint m_local;
};

class TcpListener final : public Listener {
public:
    explicit TcpListener(std::shared_ptr<Acceptor> acceptor)
        : m_acceptor(std::move(acceptor))
    {
    }
    ~TcpListener() override { m_acceptor->close(); }
    TcpListener(const TcpListener&) = delete;
    TcpListener& operator=(const TcpListener&) = delete;

    Endpoint localEndpoint() const override { return m_acceptor->local(); }

private:
    std::shared_ptr<Acceptor> m_acceptor;
};

} // namespace

Result<std::unique_ptr<Listener>> listen(asio::io_context& context, const Endpoint& endpoint,
    Callback<void(std::unique_ptr<Stream>)> accept)
{
    auto acceptor = std::make_shared<Acceptor>(context, std::move(accept));
    if (auto opened = acceptor->open(endpoint); !opened)
        return tl::unexpected(opened.error());
    acceptor->acceptNext();
    return std::make_unique<TcpListener>(std::move(acceptor));
}

std::unique_ptr<Stream> adopt(asio::io_context& context, int socket)
{
    // Reading and writing is the same for every family; asio wants to be told one.
    tcp::socket owned(context);
    asio::error_code error;
    owned.assign(tcp::v4(), socket, error);
    auto connection = std::make_shared<Connection>(context, std::move(owned));
    connection->takeConnected();
    return std::make_unique<TcpStream>(std::move(connection));
}

std::unique_ptr<Stream> connect(asio::io_context& context, const Endpoint& endpoint)
{
    auto connection = std::make_shared<Connection>(context, tcp::socket(context));
    connection->connect(endpoint);
    return std::make_unique<TcpStream>(std::move(connection));
}

} // namespace moldau::asiotcp
