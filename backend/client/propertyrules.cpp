#include "client/propertyrules.h"

#include <algorithm>
#include <cstdint>

namespace moldau::client {

namespace {

using Fate = PropertyRule::Fate;
using Scope = PropertyRule::Scope;

constexpr std::string_view kWritePem
    = "Convert it to PEM with keytool and openssl and name that file by ssl.keystore.location "
      "with ssl.keystore.type=PEM.";
constexpr std::string_view kOnlyJava = "It names a Java class, which runs only inside a JVM.";

// Names of librdkafka's own stand here only where their scope matters; all others are tried.
constexpr PropertyRule kRules[] = {
    {"bootstrap.servers", Fate::Special},
    {"metadata.broker.list", Fate::Special},
    {"client.id"},
    {"client.rack"},
    {"client.dns.lookup"},
    {"security.protocol", Fate::Special},
    {"metadata.max.age.ms"},
    {"request.timeout.ms", Fate::Pass, Scope::Common, "socket.timeout.ms"},
    {"socket.connection.setup.timeout.ms"},
    {"socket.connection.setup.timeout.max.ms", Fate::Ignore},
    {"connections.max.idle.ms"},
    {"reconnect.backoff.ms"},
    {"reconnect.backoff.max.ms"},
    {"retry.backoff.ms"},
    {"retry.backoff.max.ms", Fate::Ignore},
    {"send.buffer.bytes", Fate::Pass, Scope::Common, "socket.send.buffer.bytes"},
    {"receive.buffer.bytes", Fate::Pass, Scope::Common, "socket.receive.buffer.bytes"},
    {"default.api.timeout.ms", Fate::Ignore},
    {"metadata.recovery.strategy", Fate::Ignore},
    {"metadata.recovery.rebootstrap.trigger.ms", Fate::Ignore},
    {"metadata.max.idle.ms", Fate::Ignore},
    {"metric.reporters", Fate::Ignore},
    {"metrics.num.samples", Fate::Ignore},
    {"metrics.recording.level", Fate::Ignore},
    {"metrics.sample.window.ms", Fate::Ignore},
    {"auto.include.jmx.reporter", Fate::Ignore},
    {"enable.metrics.push", Fate::Ignore},
    {"security.providers", Fate::Refuse, Scope::Common, kOnlyJava},
    {"config.providers", Fate::Refuse, Scope::Common, kOnlyJava},

    {"ssl.truststore.location", Fate::Special},
    {"ssl.truststore.password", Fate::Special},
    {"ssl.truststore.type", Fate::Special},
    {"ssl.truststore.certificates", Fate::Pass, Scope::Common, "ssl.ca.pem"},
    {"ssl.keystore.location", Fate::Special},
    {"ssl.keystore.password", Fate::Special},
    {"ssl.keystore.type", Fate::Special},
    {"ssl.keystore.key", Fate::Pass, Scope::Common, "ssl.key.pem"},
    {"ssl.keystore.certificate.chain", Fate::Pass, Scope::Common, "ssl.certificate.pem"},
    {"ssl.key.password"},
    {"ssl.endpoint.identification.algorithm", Fate::Special},
    {"ssl.cipher.suites"},
    {"ssl.protocol", Fate::Ignore},
    {"ssl.enabled.protocols", Fate::Ignore},
    {"ssl.provider", Fate::Refuse, Scope::Common, kOnlyJava},
    {"ssl.engine.factory.class", Fate::Refuse, Scope::Common, kOnlyJava},
    {"ssl.keymanager.algorithm", Fate::Ignore},
    {"ssl.trustmanager.algorithm", Fate::Ignore},
    {"ssl.secure.random.implementation", Fate::Ignore},
    {"ssl.keystore.alias", Fate::Refuse, Scope::Common, kWritePem},

    {"sasl.mechanism"},
    {"sasl.mechanisms", Fate::Pass, Scope::Common, "sasl.mechanism"},
    {"sasl.username"},
    {"sasl.password"},
    {"sasl.jaas.config", Fate::Special},
    {"sasl.kerberos.service.name"},
    {"sasl.kerberos.kinit.cmd"},
    {"sasl.kerberos.min.time.before.relogin"},
    {"sasl.kerberos.ticket.renew.jitter", Fate::Ignore},
    {"sasl.kerberos.ticket.renew.window.factor", Fate::Ignore},
    {"sasl.client.callback.handler.class", Fate::Refuse, Scope::Common, kOnlyJava},
    {"sasl.login.callback.handler.class", Fate::Refuse, Scope::Common,
        "For tokens from an OpenID Connect server write sasl.oauthbearer.method=oidc, "
        "sasl.oauthbearer.client.id, sasl.oauthbearer.client.secret and "
        "sasl.oauthbearer.token.endpoint.url."},
    {"sasl.login.class", Fate::Refuse, Scope::Common, kOnlyJava},
    {"sasl.oauthbearer.token.endpoint.url"},

    {"acks", Fate::Pass, Scope::Producer},
    {"request.required.acks", Fate::Pass, Scope::Producer, "acks"},
    {"batch.size", Fate::Pass, Scope::Producer},
    {"batch.num.messages", Fate::Pass, Scope::Producer},
    {"linger.ms", Fate::Pass, Scope::Producer},
    {"queue.buffering.max.ms", Fate::Pass, Scope::Producer, "linger.ms"},
    {"queue.buffering.max.messages", Fate::Pass, Scope::Producer},
    {"queue.buffering.max.kbytes", Fate::Pass, Scope::Producer},
    {"compression.type", Fate::Pass, Scope::Producer},
    {"compression.codec", Fate::Pass, Scope::Producer, "compression.type"},
    {"compression.level", Fate::Pass, Scope::Producer},
    {"compression.gzip.level", Fate::Special, Scope::Producer},
    {"compression.lz4.level", Fate::Special, Scope::Producer},
    {"compression.zstd.level", Fate::Special, Scope::Producer},
    {"delivery.timeout.ms", Fate::Pass, Scope::Producer},
    {"message.timeout.ms", Fate::Pass, Scope::Producer, "delivery.timeout.ms"},
    {"enable.idempotence", Fate::Pass, Scope::Producer},
    {"retries", Fate::Pass, Scope::Producer},
    {"message.send.max.retries", Fate::Pass, Scope::Producer, "retries"},
    {"max.in.flight.requests.per.connection", Fate::Pass, Scope::Producer},
    {"max.request.size", Fate::Pass, Scope::Producer, "message.max.bytes"},
    {"message.max.bytes", Fate::Pass, Scope::Producer},
    {"buffer.memory", Fate::Special, Scope::Producer},
    {"max.block.ms", Fate::Ignore, Scope::Producer},
    {"partitioner", Fate::Pass, Scope::Producer},
    {"partitioner.class", Fate::Special, Scope::Producer},
    {"partitioner.ignore.keys", Fate::Ignore, Scope::Producer},
    {"partitioner.adaptive.partitioning.enable", Fate::Ignore, Scope::Producer},
    {"partitioner.availability.timeout.ms", Fate::Ignore, Scope::Producer},
    {"sticky.partitioning.linger.ms", Fate::Pass, Scope::Producer},
    {"key.serializer", Fate::Ignore, Scope::Producer},
    {"value.serializer", Fate::Ignore, Scope::Producer},
    {"interceptor.classes", Fate::Ignore},
    {"transactional.id", Fate::Refuse, Scope::Producer,
        "Records of this connection are sent without transactions; leave the line out."},
    {"transaction.timeout.ms", Fate::Ignore, Scope::Producer},

    {"group.id", Fate::Pass, Scope::Consumer},
    {"group.instance.id", Fate::Pass, Scope::Consumer},
    {"group.protocol", Fate::Special, Scope::Consumer},
    {"group.remote.assignor", Fate::Ignore, Scope::Consumer},
    {"auto.offset.reset", Fate::Special, Scope::Consumer},
    {"enable.auto.commit", Fate::Pass, Scope::Consumer},
    {"enable.auto.offset.store", Fate::Ignore, Scope::Consumer},
    {"enable.partition.eof", Fate::Ignore, Scope::Consumer},
    {"auto.commit.interval.ms", Fate::Pass, Scope::Consumer},
    {"session.timeout.ms", Fate::Pass, Scope::Consumer},
    {"heartbeat.interval.ms", Fate::Pass, Scope::Consumer},
    {"max.poll.interval.ms", Fate::Pass, Scope::Consumer},
    {"max.poll.records", Fate::Ignore, Scope::Consumer},
    {"fetch.min.bytes", Fate::Pass, Scope::Consumer},
    {"fetch.max.bytes", Fate::Pass, Scope::Consumer},
    {"fetch.max.wait.ms", Fate::Pass, Scope::Consumer, "fetch.wait.max.ms"},
    {"fetch.wait.max.ms", Fate::Pass, Scope::Consumer},
    {"max.partition.fetch.bytes", Fate::Pass, Scope::Consumer},
    {"isolation.level", Fate::Pass, Scope::Consumer},
    {"check.crcs", Fate::Pass, Scope::Consumer},
    {"allow.auto.create.topics", Fate::Pass, Scope::Consumer},
    {"exclude.internal.topics", Fate::Ignore, Scope::Consumer},
    {"partition.assignment.strategy", Fate::Special, Scope::Consumer},
    {"queued.min.messages", Fate::Pass, Scope::Consumer},
    {"queued.max.messages.kbytes", Fate::Pass, Scope::Consumer},
    {"key.deserializer", Fate::Ignore, Scope::Consumer},
    {"value.deserializer", Fate::Ignore, Scope::Consumer},
};

} // namespace

std::span<const PropertyRule> propertyRules()
{
    return kRules;
}

const PropertyRule* findPropertyRule(std::string_view name)
{
    const auto* rule = std::ranges::find(kRules, name, &PropertyRule::name);
    return rule == std::end(kRules) ? nullptr : rule;
}

} // namespace moldau::client
