#include "client/clientproperties.h"

#include "client/jaasconfig.h"
#include "client/propertyrules.h"
#include "client/truststore.h"

#include <fmt/format.h>
#include <librdkafka/rdkafka.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>

namespace moldau::client {

namespace {

using Scope = PropertyRule::Scope;

struct FreeConf {
    void operator()(rd_kafka_conf_t* conf) const { rd_kafka_conf_destroy(conf); }
};

tl::unexpected<Error> refuse(std::string_view name, std::string_view why)
{
    return fail(ErrorCode::LocalInvalidArgument, fmt::format("{}: {}", name, why));
}

std::string lowered(std::string_view text)
{
    std::string out(text);
    std::ranges::transform(out, out.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

std::string_view simpleClassName(std::string_view name)
{
    return name.substr(name.rfind('.') + 1);
}

bool isSecret(std::string_view name)
{
    return name.find("password") != std::string_view::npos
        || name.find("secret") != std::string_view::npos
        || name.find("jaas") != std::string_view::npos || name.ends_with(".key")
        || name.ends_with(".key.pem");
}

std::size_t distanceBetween(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row.back();
}

/** Translates one text; what needs several properties together is looked up in all of them. */
class Translation {
public:
    explicit Translation(const Properties& properties)
        : m_properties(properties)
        , m_scratch(rd_kafka_conf_new())
    {
    }

    Result<ClientConfig> run()
    {
        for (const auto& [name, value] : m_properties) {
            if (auto done = takeOne(name, value); !done)
                return fail(done.error());
        }
        return std::move(m_config);
    }

private:
    Result<void> takeOne(const std::string& name, const std::string& value)
    {
        const PropertyRule* rule = findPropertyRule(name);
        if (rule == nullptr)
            return takeUnlisted(name, value);
        switch (rule->fate) {
        case PropertyRule::Fate::Ignore:
            return {};
        case PropertyRule::Fate::Refuse:
            return refuse(name, fmt::format("Moldau can't use this property. {}", rule->target));
        case PropertyRule::Fate::Pass:
            return add(
                rule->scope, rule->target.empty() ? name : std::string(rule->target), value, name);
        case PropertyRule::Fate::Special:
            break;
        }
        return takeSpecial(name, value);
    }

    Result<void> takeUnlisted(const std::string& name, const std::string& value)
    {
        std::array<char, 16> text;
        std::size_t size = text.size();
        if (rd_kafka_conf_get(m_scratch.get(), name.c_str(), text.data(), &size)
            != RD_KAFKA_CONF_UNKNOWN)
            return add(Scope::Common, name, value, name);
        if (const std::string meant = similarPropertyName(name); !meant.empty())
            return refuse(name, fmt::format("no such property. Did you mean {}?", meant));
        m_config.warnings.push_back(
            fmt::format("{} is not a property of Kafka clients and has no effect here.", name));
        return {};
    }

    /** Tries the value, so that a bad one is named at once and not when a consumer starts. */
    Result<void> add(Scope scope, std::string target, std::string value, std::string_view writtenAs)
    {
        std::array<char, 512> reason;
        const auto result = rd_kafka_conf_set(
            m_scratch.get(), target.c_str(), value.c_str(), reason.data(), reason.size());
        if (result != RD_KAFKA_CONF_OK)
            return refuse(
                writtenAs, isSecret(writtenAs) ? "the value can't be used." : reason.data());
        Properties& list = scope == Scope::Producer ? m_config.producer
            : scope == Scope::Consumer              ? m_config.consumer
                                                    : m_config.common;
        list.emplace_back(std::move(target), std::move(value));
        return {};
    }

    Result<void> takeSpecial(const std::string& name, const std::string& value)
    {
        if (name == "bootstrap.servers" || name == "metadata.broker.list") {
            m_config.bootstrap = value;
            return {};
        }
        if (name == "security.protocol")
            return takeProtocol(value);
        if (name == "ssl.truststore.location")
            return takeTrustStore(value);
        if (name == "ssl.keystore.location")
            return takeKeyStore(value);
        if (name.starts_with("ssl.truststore.") || name.starts_with("ssl.keystore."))
            return {}; // read together with the location
        if (name == "ssl.endpoint.identification.algorithm")
            return add(Scope::Common, name, value.empty() ? "none" : lowered(value), name);
        if (name == "sasl.jaas.config")
            return takeJaas(value);
        if (name.starts_with("compression."))
            return takeCompressionLevel(name, value);
        if (name == "buffer.memory")
            return takeBufferMemory(value);
        if (name == "partitioner.class")
            return takePartitioner(value);
        if (name == "group.protocol")
            return lowered(value) == "classic"
                ? Result<void>{}
                : refuse(name,
                    "the consumer protocol of KIP-848 isn't available to Moldau's own consumers; "
                    "leave the line out or write classic.");
        if (name == "auto.offset.reset")
            return takeOffsetReset(value);
        return takeAssignors(value);
    }

    Result<void> takeProtocol(const std::string& value)
    {
        const std::string protocol = lowered(value);
        if (protocol != "plaintext" && protocol != "ssl" && protocol != "sasl_plaintext"
            && protocol != "sasl_ssl")
            return refuse("security.protocol",
                fmt::format("'{}' is none of PLAINTEXT, SSL, SASL_PLAINTEXT, SASL_SSL.", value));
        return add(Scope::Common, "security.protocol", protocol, "security.protocol");
    }

    std::string valueOf(std::string_view name) const
    {
        const std::string* value = findProperty(m_properties, name);
        return value == nullptr ? std::string() : *value;
    }

    Result<void> takeTrustStore(const std::string& path)
    {
        if (path.empty())
            return {};
        auto pem = readTrustStore(path, valueOf("ssl.truststore.password"));
        return pem ? add(Scope::Common, "ssl.ca.pem", std::move(*pem), "ssl.truststore.location")
                   : fail(pem.error());
    }

    Result<void> takeKeyStore(const std::string& path)
    {
        if (path.empty())
            return {};
        const auto content = readStoreFile(path, "ssl.keystore.location");
        if (!content)
            return fail(content.error());
        switch (storeFormatOf(*content)) {
        case StoreFormat::Pem:
            return add(Scope::Common, "ssl.certificate.location", path, "ssl.keystore.location")
                .and_then([&] {
                    return add(Scope::Common, "ssl.key.location", path, "ssl.keystore.location");
                });
        case StoreFormat::Pkcs12:
            return add(Scope::Common, "ssl.keystore.location", path, "ssl.keystore.location")
                .and_then([&] {
                    return add(Scope::Common, "ssl.keystore.password",
                        valueOf("ssl.keystore.password"), "ssl.keystore.password");
                });
        case StoreFormat::Jks:
            return refuse("ssl.keystore.location",
                fmt::format("{} is a JKS key store, which only Java opens. Convert it: keytool "
                            "-importkeystore -srckeystore {} -destkeystore client.p12 "
                            "-deststoretype pkcs12",
                    path, path));
        case StoreFormat::Unknown:
            break;
        }
        return refuse("ssl.keystore.location", fmt::format("{} is neither PEM nor PKCS12.", path));
    }

    Result<void> takeJaas(const std::string& value)
    {
        const auto jaas = parseJaasConfig(value);
        if (!jaas)
            return fail(jaas.error());
        if (jaas->loginModule == "PlainLoginModule" || jaas->loginModule == "ScramLoginModule") {
            const std::string* user = findProperty(jaas->options, "username");
            const std::string* password = findProperty(jaas->options, "password");
            if (user == nullptr || password == nullptr)
                return refuse("sasl.jaas.config", "username or password is missing.");
            return add(Scope::Common, "sasl.username", *user, "sasl.jaas.config").and_then([&] {
                return add(Scope::Common, "sasl.password", *password, "sasl.jaas.config");
            });
        }
        if (jaas->loginModule == "Krb5LoginModule")
            return takeKerberos(*jaas);
        return refuse("sasl.jaas.config",
            fmt::format("the login module {} runs only inside a JVM. PlainLoginModule, "
                        "ScramLoginModule and Krb5LoginModule are understood.",
                jaas->loginModule));
    }

    Result<void> takeKerberos(const JaasConfig& jaas)
    {
        constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kNames{
            {{"keyTab", "sasl.kerberos.keytab"}, {"principal", "sasl.kerberos.principal"},
                {"serviceName", "sasl.kerberos.service.name"}}};
        for (const auto& [option, target] : kNames) {
            const std::string* value = findProperty(jaas.options, option);
            if (value == nullptr)
                continue;
            if (auto done = add(Scope::Common, std::string(target), *value, "sasl.jaas.config");
                !done)
                return done;
        }
        return {};
    }

    /** Java has one level per codec; librdkafka one for the codec that is used. */
    Result<void> takeCompressionLevel(const std::string& name, const std::string& value)
    {
        const bool isUsed
            = name == fmt::format("compression.{}.level", valueOf("compression.type"));
        return isUsed ? add(Scope::Producer, "compression.level", value, name) : Result<void>{};
    }

    Result<void> takeBufferMemory(const std::string& value)
    {
        std::int64_t bytes = 0;
        const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), bytes);
        if (error != std::errc{} || end != value.data() + value.size() || bytes <= 0)
            return refuse("buffer.memory", "a number of bytes is expected.");
        return add(Scope::Producer, "queue.buffering.max.kbytes",
            std::to_string(std::max<std::int64_t>(1, bytes / 1024)), "buffer.memory");
    }

    Result<void> takePartitioner(const std::string& value)
    {
        const std::string_view name = simpleClassName(value);
        if (name.empty() || name == "DefaultPartitioner" || name == "UniformStickyPartitioner")
            return {};
        return refuse("partitioner.class",
            fmt::format("{} is a Java class. Moldau spreads keys as Java's default partitioner "
                        "does; leave the line out.",
                name));
    }

    Result<void> takeOffsetReset(const std::string& value)
    {
        const std::string reset = lowered(value);
        if (reset.starts_with("by_duration"))
            return refuse("auto.offset.reset",
                "by_duration isn't available here; choose earliest or latest.");
        return add(Scope::Consumer, "auto.offset.reset", reset == "none" ? "error" : reset,
            "auto.offset.reset");
    }

    /** Eager and cooperative assignors can't be mixed in librdkafka; the first of a list counts. */
    Result<void> takeAssignors(const std::string& value)
    {
        const std::string first(simpleClassName(value.substr(0, value.find(','))));
        const std::string name = first == "RangeAssignor" ? "range"
            : first == "RoundRobinAssignor"               ? "roundrobin"
            : first == "CooperativeStickyAssignor"        ? "cooperative-sticky"
                                                          : first;
        if (name == "StickyAssignor")
            return refuse("partition.assignment.strategy",
                "StickyAssignor isn't available here; CooperativeStickyAssignor is the nearest.");
        return add(Scope::Consumer, "partition.assignment.strategy", name,
            "partition.assignment.strategy");
    }

    const Properties& m_properties;
    std::unique_ptr<rd_kafka_conf_t, FreeConf> m_scratch;
    ClientConfig m_config;
};

} // namespace

std::string similarPropertyName(std::string_view name)
{
    std::string_view best;
    std::size_t bestDistance = 3;
    for (const PropertyRule& rule : propertyRules()) {
        const std::size_t distance = distanceBetween(lowered(name), rule.name);
        if (distance < bestDistance) {
            best = rule.name;
            bestDistance = distance;
        }
    }
    return std::string(best);
}

Result<ClientConfig> toClientConfig(const Properties& properties)
{
    return Translation(properties).run();
}

} // namespace moldau::client
