#include "base/transport.h"

#include <charconv>

#include <fmt/format.h>

namespace moldau {

std::string toString(const Endpoint& endpoint)
{
    if (endpoint.host.find(':') != std::string::npos)
        return fmt::format("[{}]:{}", endpoint.host, endpoint.port);
    return fmt::format("{}:{}", endpoint.host, endpoint.port);
}

Result<Endpoint> parseEndpoint(std::string_view text)
{
    const auto colon = text.rfind(':');
    std::string_view host = text.substr(0, colon);
    const bool isBracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
    if (isBracketed)
        host = host.substr(1, host.size() - 2);
    std::uint16_t port = 0;
    const std::string_view digits = colon == std::string_view::npos ? "" : text.substr(colon + 1);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    const bool isPortWhole = error == std::errc{} && end == digits.data() + digits.size();
    if (host.empty() || !isPortWhole || (!isBracketed && host.find(':') != std::string_view::npos))
        return fail(ErrorCode::LocalInvalidArgument,
            fmt::format("'{}' is not an address of the form host:port", text));
    return Endpoint{std::string(host), port};
}

} // namespace moldau
