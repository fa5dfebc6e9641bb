#pragma once

#include "base/result.h"
#include "client/clientproperties.h"

#include <optional>
#include <string>

namespace moldau::client {

/** How TLS is spoken. Texts are PEM; files were read. Holds secrets: never log. */
struct TlsSettings {
    std::string authorities; ///< empty: those that the system trusts
    std::string certificates; ///< ours and those above it, or empty
    std::string key;
    std::string keyPassword;
    bool verifiesPeer = true;
    bool verifiesHost = true;
};

/** Who we are to the brokers. Never log. */
struct SaslSettings {
    std::string mechanism; ///< PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512
    std::string user;
    std::string password;
};

/** What our own codecs need to get through to a cluster's brokers. */
struct WireSecurity {
    std::optional<TlsSettings> tls;
    std::optional<SaslSettings> sasl;
};

/**
 * Reads a connection's settings; none when they ask for what only librdkafka speaks (Kerberos,
 * OAuth, keys on a smart card). Fails when a certificate or key can't be read.
 */
Result<std::optional<WireSecurity>> wireSecurityOf(const ClientConfig& config);

} // namespace moldau::client
