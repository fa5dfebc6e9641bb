#include "cluster/listenerbinds.h"

#include <algorithm>
#include <array>
#include <memory>

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <fmt/format.h>

namespace moldau::cluster {

bool isEveryAddress(const std::string& host)
{
    return host.empty() || host == "0.0.0.0" || host == "::";
}

Result<std::vector<Endpoint>> bindsOf(
    const Endpoint& listener, const std::map<std::string, std::string>& hosts)
{
    if (isEveryAddress(listener.host) || listener.host == "localhost")
        return std::vector<Endpoint>{{"127.0.0.1", listener.port}, {"::1", listener.port}};
    if (const auto known = hosts.find(listener.host); known != hosts.end())
        return std::vector<Endpoint>{{known->second, listener.port}};

    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (::getaddrinfo(listener.host.c_str(), nullptr, &hints, &found) != 0)
        return fail(ErrorCode::LocalInvalidArgument,
            fmt::format(
                "Socket server failed to bind to {}: Unresolved address.", toString(listener)));
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owned(found, &::freeaddrinfo);
    std::vector<Endpoint> binds;
    for (const addrinfo* entry = found; entry != nullptr; entry = entry->ai_next) {
        std::array<char, INET6_ADDRSTRLEN> text{};
        const void* const address = entry->ai_family == AF_INET
            ? static_cast<const void*>(
                &reinterpret_cast<const sockaddr_in*>(entry->ai_addr)->sin_addr)
            : &reinterpret_cast<const sockaddr_in6*>(entry->ai_addr)->sin6_addr;
        if (::inet_ntop(entry->ai_family, address, text.data(), text.size()) == nullptr)
            continue;
        const Endpoint endpoint{text.data(), listener.port};
        if (std::ranges::find(binds, endpoint) == binds.end())
            binds.push_back(endpoint);
    }
    return binds;
}

} // namespace moldau::cluster
