#include "configs/listenersetting.h"

#include "configs/configvalue.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace moldau::configs {

namespace {

std::string inCapitals(std::string_view text)
{
    std::string capitals(text);
    for (char& c : capitals) {
        if (c >= 'a' && c <= 'z')
            c = static_cast<char>(c - 'a' + 'A');
    }
    return capitals;
}

bool isIpv4(std::string_view host)
{
    int dots = 0;
    for (const char c : host) {
        dots += c == '.';
        if (c != '.' && (c < '0' || c > '9'))
            return false;
    }
    return dots == 3;
}

bool isIpv6(std::string_view host)
{
    return host.find(':') != std::string_view::npos;
}

/**
 * Ports must differ, but one address of each family may share one: then what a listener binds
 * is different all the same.
 */
std::optional<std::string> portProblem(
    std::span<const ListenerSetting> listeners, std::string_view shown)
{
    std::map<std::uint16_t, std::vector<const ListenerSetting*>> byPort;
    for (const ListenerSetting& listener : listeners) {
        if (listener.port != 0)
            byPort[listener.port].push_back(&listener);
    }
    for (const auto& [port, sharing] : byPort) {
        if (sharing.size() < 2)
            continue;
        const auto areAddresses = std::ranges::all_of(sharing,
            [](const ListenerSetting* each) { return isIpv4(each->host) || isIpv6(each->host); });
        if (!areAddresses)
            return fmt::format("Each listener must have a different port, listeners: {}", shown);
        if (sharing.size() > 2)
            return fmt::format(
                "Each listener must have a different port unless exactly one listener has "
                "an IPv4 address and the other IPv6 address, listeners: {}, port: {}",
                shown, port);
        if (isIpv4(sharing[0]->host) == isIpv4(sharing[1]->host))
            return fmt::format(
                "If you have two listeners on the same port then one needs to be IPv4 and "
                "the other IPv6, listeners: {}, port: {}",
                shown, port);
    }
    return std::nullopt;
}

} // namespace

std::string_view nameOf(SecurityProtocol protocol)
{
    switch (protocol) {
    case SecurityProtocol::Plaintext:
        return "PLAINTEXT";
    case SecurityProtocol::Ssl:
        return "SSL";
    case SecurityProtocol::SaslPlaintext:
        return "SASL_PLAINTEXT";
    case SecurityProtocol::SaslSsl:
        return "SASL_SSL";
    }
    return "";
}

Result<SecurityProtocol> parseSecurityProtocol(std::string_view name, std::string_view setting)
{
    const std::string capitals = inCapitals(name);
    for (const SecurityProtocol protocol : {SecurityProtocol::Plaintext, SecurityProtocol::Ssl,
             SecurityProtocol::SaslPlaintext, SecurityProtocol::SaslSsl}) {
        if (nameOf(protocol) == capitals)
            return protocol;
    }
    return fail(ErrorCode::InvalidConfig,
        fmt::format("Invalid security protocol `{}` defined in {}", name, setting));
}

Result<ListenerProtocols> parseListenerProtocols(std::string_view text)
{
    constexpr std::string_view kSetting = "listener.security.protocol.map";
    ListenerProtocols protocols;
    for (const std::string& entry : splitList(text)) {
        const std::size_t colon = entry.rfind(':');
        if (colon == std::string::npos) // Kafka shows Java's complaint about a substring
            return fail(ErrorCode::InvalidConfig,
                fmt::format("Error parsing configuration property '{}': begin 0, end -1, length {}",
                    kSetting, entry.size()));
        const auto protocol
            = parseSecurityProtocol(trimmed(std::string_view(entry).substr(colon + 1)), kSetting);
        if (!protocol)
            return fail(protocol.error());
        protocols.insert_or_assign(
            inCapitals(trimmed(std::string_view(entry).substr(0, colon))), *protocol);
    }
    return protocols;
}

std::string ListenerSetting::toString() const
{
    return isIpv6(host) ? fmt::format("{}://[{}]:{}", name, host, port)
                        : fmt::format("{}://{}:{}", name, host, port);
}

Result<ListenerSetting> parseListener(std::string_view text)
{
    const auto unreadable = [&] {
        return fail(
            ErrorCode::InvalidConfig, fmt::format("Unable to parse {} to a broker endpoint", text));
    };
    const std::size_t separator = text.rfind("://");
    const std::size_t colon = text.rfind(':');
    if (separator == std::string_view::npos || colon < separator + 3)
        return unreadable();
    std::string_view host = text.substr(separator + 3, colon - separator - 3);
    if (host.starts_with('['))
        host.remove_prefix(1);
    if (host.ends_with(']'))
        host.remove_suffix(1);
    const auto isHostCharacter = [](char c) {
        return std::isalnum(static_cast<unsigned char>(c))
            || std::string_view("-%._:").find(c) != std::string_view::npos;
    };
    int port = 0;
    const std::string_view digits = text.substr(colon + 1);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (!std::ranges::all_of(host, isHostCharacter) || error != std::errc{}
        || end != digits.data() + digits.size())
        return unreadable();
    if (port < 0 || port > 65535)
        return fail(ErrorCode::InvalidConfig, fmt::format("port out of range:{}", port));
    return ListenerSetting{
        inCapitals(text.substr(0, separator)), std::string(host), static_cast<std::uint16_t>(port)};
}

Result<std::vector<ListenerSetting>> parseListeners(
    std::span<const std::string> texts, const ListenerProtocols& protocols, bool mustPortsDiffer)
{
    const auto refuse = [&](std::string_view why) {
        return fail(ErrorCode::InvalidConfig,
            fmt::format(
                "Error creating broker listeners from '{}': {}", fmt::join(texts, ","), why));
    };
    std::vector<ListenerSetting> listeners;
    for (const std::string& text : texts) {
        auto listener = parseListener(text);
        if (!listener)
            return refuse(listener.error().message);
        const auto protocol = protocols.find(listener->name);
        if (protocol == protocols.end())
            return refuse(
                fmt::format("No security protocol defined for listener {}", listener->name));
        listener->protocol = protocol->second;
        listeners.push_back(*std::move(listener));
    }
    const std::string shown = fmt::format("{}", fmt::join(texts, ","));
    std::set<std::string_view> names;
    for (const ListenerSetting& listener : listeners) {
        if (!names.insert(listener.name).second)
            return refuse(
                fmt::format("Each listener must have a different name, listeners: {}", shown));
    }
    if (const auto problem = mustPortsDiffer ? portProblem(listeners, shown) : std::nullopt)
        return refuse(*problem);
    return listeners;
}

} // namespace moldau::configs
