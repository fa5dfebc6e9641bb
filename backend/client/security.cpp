#include "client/security.h"

#include "client/truststore.h"

#include <fmt/format.h>

#include <algorithm>

namespace moldau::client {

namespace {

std::string valueOf(const ClientConfig& config, std::string_view name)
{
    const std::string* value = findProperty(config.common, name);
    return value == nullptr ? std::string() : *value;
}

/** The text of `pemName`, else of the file that `locationName` names, else empty. */
Result<std::string> textOf(
    const ClientConfig& config, std::string_view pemName, std::string_view locationName)
{
    if (std::string pem = valueOf(config, pemName); !pem.empty())
        return pem;
    const std::string path = valueOf(config, locationName);
    if (path.empty())
        return std::string();
    return readStoreFile(path, std::string(locationName)).map([](const Bytes& content) {
        return std::string(asText(content));
    });
}

Result<TlsSettings> tlsOf(const ClientConfig& config)
{
    TlsSettings tls;
    auto authorities = textOf(config, "ssl.ca.pem", "ssl.ca.location");
    auto certificates = textOf(config, "ssl.certificate.pem", "ssl.certificate.location");
    auto key = textOf(config, "ssl.key.pem", "ssl.key.location");
    for (const auto* text : {&authorities, &certificates, &key}) {
        if (!*text)
            return fail(text->error());
    }
    tls.authorities = std::move(*authorities);
    tls.certificates = std::move(*certificates);
    tls.key = std::move(*key);
    tls.keyPassword = valueOf(config, "ssl.key.password");
    if (const std::string path = valueOf(config, "ssl.keystore.location"); !path.empty()) {
        auto store = readKeyStore(path, valueOf(config, "ssl.keystore.password"));
        if (!store)
            return fail(store.error());
        tls.certificates = std::move(store->certificates);
        tls.key = std::move(store->key);
    }
    tls.verifiesPeer = valueOf(config, "enable.ssl.certificate.verification") != "false";
    tls.verifiesHost
        = tls.verifiesPeer && valueOf(config, "ssl.endpoint.identification.algorithm") != "none";
    return tls;
}

bool isSpoken(std::string_view mechanism)
{
    return mechanism == "PLAIN" || mechanism == "SCRAM-SHA-256" || mechanism == "SCRAM-SHA-512";
}

} // namespace

Result<std::optional<WireSecurity>> wireSecurityOf(const ClientConfig& config)
{
    const std::string protocol = valueOf(config, "security.protocol");
    WireSecurity security;
    if (protocol.starts_with("sasl_")) {
        security.sasl = SaslSettings{valueOf(config, "sasl.mechanism"),
            valueOf(config, "sasl.username"), valueOf(config, "sasl.password")};
        if (!isSpoken(security.sasl->mechanism))
            return std::nullopt;
    }
    if (protocol == "ssl" || protocol == "sasl_ssl") {
        for (const std::string_view other : {"ssl.providers", "ssl.engine.location"}) {
            if (!valueOf(config, other).empty())
                return std::nullopt;
        }
        auto tls = tlsOf(config);
        if (!tls)
            return fail(tls.error());
        security.tls = std::move(*tls);
    }
    return security;
}

} // namespace moldau::client
