#pragma once

#include "base/result.h"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace moldau::configs {

/** Numbers as on the wire and in metadata records. */
enum class SecurityProtocol : std::int16_t {
    Plaintext = 0,
    Ssl = 1,
    SaslPlaintext = 2,
    SaslSsl = 3
};

/** "SASL_SSL" and so on. */
std::string_view nameOf(SecurityProtocol protocol);

/** Any case; InvalidConfig in Kafka's words, naming the setting that it stands in. */
Result<SecurityProtocol> parseSecurityProtocol(std::string_view name, std::string_view setting);

/** Which protocol each listener speaks, by its name in capitals. */
using ListenerProtocols = std::map<std::string, SecurityProtocol, std::less<>>;

/** listener.security.protocol.map as written: "PLAINTEXT:PLAINTEXT,INTERNAL:SSL". */
Result<ListenerProtocols> parseListenerProtocols(std::string_view text);

/** One listener, "NAME://host:port". An empty host is every address. */
struct ListenerSetting {
    std::string name; ///< in capitals
    std::string host; ///< IPv6 without brackets
    std::uint16_t port = 0;
    SecurityProtocol protocol = SecurityProtocol::Plaintext;

    std::string toString() const;
    bool operator==(const ListenerSetting&) const = default;
};

/** Name, host and port of "NAME://host:port"; the protocol is not known yet. */
Result<ListenerSetting> parseListener(std::string_view text);

/**
 * All of a listeners or advertised.listeners value. Names differ, and ports too where the broker
 * binds them. InvalidConfig in Kafka's words: "Error creating broker listeners from '…': …".
 */
Result<std::vector<ListenerSetting>> parseListeners(
    std::span<const std::string> texts, const ListenerProtocols& protocols, bool mustPortsDiffer);

} // namespace moldau::configs
