#include "cluster/freeports.h"

#include <cerrno>
#include <cstring>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace moldau::cluster {

namespace {

/** A bound socket, so that the system gives its port to nobody else until all are found. */
class BoundSocket {
public:
    BoundSocket()
        : m_descriptor(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
    }
    ~BoundSocket()
    {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
    }
    BoundSocket(BoundSocket&& other) noexcept
        : m_descriptor(other.m_descriptor)
    {
        other.m_descriptor = -1;
    }
    BoundSocket& operator=(BoundSocket&&) = delete;

    /** 0 when there is none, see errno. */
    std::uint16_t bind()
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof(address);
        auto* const plain = reinterpret_cast<sockaddr*>(&address);
        if (m_descriptor < 0 || ::bind(m_descriptor, plain, size) != 0
            || ::getsockname(m_descriptor, plain, &size) != 0)
            return 0;
        return ntohs(address.sin_port);
    }

private:
    int m_descriptor;
};

} // namespace

Result<std::vector<std::uint16_t>> freePorts(std::size_t count)
{
    std::vector<BoundSocket> sockets;
    std::vector<std::uint16_t> ports;
    while (ports.size() < count) {
        const std::uint16_t port = sockets.emplace_back().bind();
        if (port == 0)
            return fail(ErrorCode::LocalIoError,
                std::string("no free port on 127.0.0.1: ") + std::strerror(errno));
        ports.push_back(port);
    }
    return ports;
}

} // namespace moldau::cluster
