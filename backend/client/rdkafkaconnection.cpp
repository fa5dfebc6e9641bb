#include "client/rdkafkaconnection.h"

#include "client/groupconsumer.h"
#include "client/partitionreader.h"
#include "client/rdkafkaadmin.h"
#include "client/rdkafkaconnectionloop.h"
#include "client/rdkafkaeventsource.h"
#include "client/rdkafkaproducer.h"
#include "client/readerpool.h"
#include "client/saslrelay.h"
#include "client/security.h"
#include "client/tlstransport.h"
#include "client/wireadmin.h"
#include "client/wireclient.h"
#include "network/resolvingtransport.h"

#include <fmt/format.h>

namespace moldau::client {

/** What the user of consume() holds: silences the listener at once and closes the rest later. */
class RdKafkaConnection::HeldConsumer final : public Consumer {
public:
    HeldConsumer(
        std::uint64_t id, RdKafkaConnection& connection, std::shared_ptr<ListenerGate> listener)
        : m_id(id)
        , m_connection(connection)
        , m_gate(connection.m_gate)
        , m_listener(std::move(listener))
    {
    }
    ~HeldConsumer() override
    {
        m_listener->silence();
        // A closed gate means that the connection is gone, and with it the consumer.
        m_gate->post(
            [id = m_id, connection = &m_connection] { connection->m_consumers.erase(id); });
    }
    void pause() override
    {
        withConsumer([](RdKafkaConsumer& consumer) { consumer.pause(); });
    }
    void resume() override
    {
        withConsumer([](RdKafkaConsumer& consumer) { consumer.resume(); });
    }

private:
    template <class F> void withConsumer(F function)
    {
        m_gate->post([id = m_id, connection = &m_connection, function] {
            const auto found = connection->m_consumers.find(id);
            if (found != connection->m_consumers.end())
                function(*found->second);
        });
    }

    std::uint64_t m_id;
    RdKafkaConnection& m_connection;
    std::shared_ptr<LoopGate> m_gate;
    std::shared_ptr<ListenerGate> m_listener;
};

namespace {

/** "host:port,host:port", each with blanks around it or with a protocol in front as Kafka allows.
 */
Result<std::vector<Endpoint>> bootstrapOf(std::string_view text)
{
    std::vector<Endpoint> endpoints;
    while (!text.empty()) {
        const auto comma = text.find(',');
        std::string_view address = text.substr(0, comma);
        text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
        if (const auto scheme = address.find("://"); scheme != std::string_view::npos)
            address.remove_prefix(scheme + 3);
        const auto begin = address.find_first_not_of(' ');
        if (begin == std::string_view::npos)
            continue;
        auto endpoint
            = parseEndpoint(address.substr(begin, address.find_last_not_of(' ') - begin + 1));
        if (!endpoint)
            return fail(endpoint.error());
        endpoints.push_back(std::move(*endpoint));
    }
    if (endpoints.empty())
        return fail(
            ErrorCode::LocalInvalidArgument, "No broker is named. Write its address as host:port.");
    return endpoints;
}

std::string joinedAddresses(const std::vector<Endpoint>& endpoints)
{
    std::string text;
    for (const Endpoint& endpoint : endpoints)
        text += (text.empty() ? "" : ",") + toString(endpoint);
    return text;
}

} // namespace

Result<std::unique_ptr<RdKafkaConnection>> RdKafkaConnection::open(ConnectionOptions options)
{
    auto properties = parseProperties(options.properties);
    if (!properties)
        return fail(properties.error());
    properties->insert(
        properties->end(), options.moreProperties.begin(), options.moreProperties.end());
    auto config = toClientConfig(*properties);
    if (!config)
        return fail(config.error());
    if (!options.bootstrap.empty())
        config->bootstrap = options.bootstrap;
    if (config->bootstrap.empty())
        return fail(ErrorCode::LocalInvalidArgument,
            "No broker is named. Write its address as host:port, or bootstrap.servers=host:port "
            "among the properties.");
    auto bootstrap = bootstrapOf(config->bootstrap);
    if (!bootstrap)
        return fail(bootstrap.error());
    config->bootstrap = joinedAddresses(*bootstrap);
    std::unique_ptr<RdKafkaConnection> connection(
        new RdKafkaConnection(std::move(options), std::move(*config), std::move(*bootstrap)));
    if (auto made = connection->makeAdmin(); !made)
        return fail(made.error());
    return connection;
}

RdKafkaConnection::RdKafkaConnection(
    ConnectionOptions options, ClientConfig config, std::vector<Endpoint> bootstrap)
    : m_options(std::move(options))
    , m_bootstrap(std::move(bootstrap))
    , m_config(std::move(config))
    , m_loop("client")
    , m_gate(std::make_shared<LoopGate>(m_loop))
    , m_events(std::make_shared<RdKafkaEventSource>(m_options.clientId))
{
    m_producer = std::make_unique<RdKafkaProducer>(
        [this](Properties byAcks) {
            Properties defaults{{"linger.ms", "0"}, {"partitioner", "murmur2_random"},
                {"delivery.timeout.ms", std::to_string(3 * timeoutMs())}};
            return makeHandle(
                RD_KAFKA_PRODUCER, std::move(defaults), m_config.producer, std::move(byAcks));
        },
        m_events.get());
    m_readers = std::make_unique<ReaderPool>(m_loop, m_gate, [this](const std::string& kind) {
        Properties defaults{{"fetch.wait.max.ms", "100"}, {"fetch.error.backoff.ms", "20"},
            {"queued.max.messages.kbytes", "4096"}};
        // An offset that is gone leads to the first that is there; ranges notice that.
        Properties overrides{{"auto.offset.reset", "earliest"}, {"enable.auto.commit", "false"},
            {"enable.partition.eof", "true"}};
        overrides.emplace_back("isolation.level", "read_" + kind.substr(0, kind.find(':')));
        overrides.emplace_back("client.id", kind.substr(kind.find(':') + 1));
        return makeHandle(
            RD_KAFKA_CONSUMER, std::move(defaults), m_config.consumer, std::move(overrides));
    });
}

Result<void> RdKafkaConnection::makeAdmin()
{
    auto security = wireSecurityOf(m_config);
    if (!security)
        return fail(security.error());
    if (!*security) {
        m_admin = std::make_unique<RdKafkaAdmin>(
            [this] { return makeHandle(RD_KAFKA_PRODUCER, {}, {}, {}); }, m_gate, timeoutMs());
        return {};
    }
    if ((*security)->sasl && (*security)->sasl->mechanism.starts_with("SCRAM")
        && !hasRightScram()) {
        auto relay = SaslRelay::make(**security, m_options.resolver);
        if (!relay)
            return fail(relay.error());
        m_relay = std::move(*relay);
    }
    m_resolving = std::make_unique<network::ResolvingTransport>(m_loop, m_options.resolver);
    Transport* transport = m_resolving.get();
    if ((*security)->tls) {
        auto tls = TlsTransport::make(*m_resolving, *(*security)->tls);
        if (!tls)
            return fail(tls.error());
        m_tls = std::move(*tls);
        transport = m_tls.get();
    }
    m_wire = std::make_unique<WireClient>(m_loop, *transport,
        WireClient::Options{m_bootstrap, m_options.clientId, (*security)->sasl, m_options.timeout});
    m_admin = std::make_unique<WireAdmin>(*m_wire);
    return {};
}

RdKafkaConnection::~RdKafkaConnection()
{
    m_loop.run([this] {
        m_isClosing = true;
        for (auto& [id, consumer] : m_consumers)
            consumer->finishNow();
        m_consumers.clear();
        m_owed.cancelAll();
        m_producer.reset();
        m_readers.reset();
        m_admin.reset();
        m_wire.reset();
        m_gate->close();
    });
    // What the last callbacks asked for in their turn is cancelled too.
    m_loop.run([] {});
    m_loop.stop();
}

EventSource& RdKafkaConnection::events()
{
    return *m_events;
}

Result<std::shared_ptr<RdKafkaHandle>> RdKafkaConnection::makeHandle(
    rd_kafka_type_t type, Properties defaults, const Properties& own, Properties overrides)
{
    RdKafkaHandle::Settings settings;
    settings.type = type;
    settings.bootstrap = m_config.bootstrap;
    settings.properties = {{"client.id", m_options.clientId}, {"log.connection.close", "false"},
        {"reconnect.backoff.ms", "50"}, {"reconnect.backoff.max.ms", "1000"},
        {"topic.metadata.refresh.sparse", "true"},
        {"socket.timeout.ms", std::to_string(timeoutMs())}};
    settings.properties = joined(joined(std::move(settings.properties), defaults), m_config.common);
    settings.properties = joined(joined(std::move(settings.properties), own), overrides);
    settings.resolver = m_options.resolver;
    settings.relay = m_relay;
    settings.gate = m_gate;
    settings.untilClosed = m_options.untilClosed;
    settings.log = m_options.log;
    settings.onCreated = [events = m_events](rd_kafka_t* rk) { events->watchRequests(rk); };
    return RdKafkaHandle::make(std::move(settings));
}

void RdKafkaConnection::send(RecordToSend record, Reply<SendReceipt> reply)
{
    onLoop(
        std::move(reply), [this, record = std::move(record)](Answer<SendReceipt> answer) mutable {
            m_producer->send(std::move(record), std::move(answer));
        });
}

std::unique_ptr<Consumer> RdKafkaConnection::consume(
    ConsumerOptions options, ConsumerListener& listener)
{
    const std::uint64_t id = ++m_lastConsumer;
    auto gate = std::make_shared<ListenerGate>(listener);
    m_gate->post([this, id, options = std::move(options), gate]() mutable {
        startConsumer(id, std::move(options), std::move(gate));
    });
    return std::make_unique<HeldConsumer>(id, *this, std::move(gate));
}

void RdKafkaConnection::startConsumer(
    std::uint64_t id, ConsumerOptions options, std::shared_ptr<ListenerGate> listener)
{
    auto& consumer = m_consumers[id];
    if (options.groupId.empty()) {
        consumer = std::make_unique<PartitionReader>(std::move(options), std::move(listener),
            m_events.get(), *m_readers, m_gate, timeoutMs());
        return consumer->start();
    }
    Properties defaults{{"queued.max.messages.kbytes", "16384"}, {"fetch.error.backoff.ms", "100"}};
    if (options.start.kind == StartPosition::Kind::Beginning)
        defaults.emplace_back("auto.offset.reset", "earliest");
    Properties overrides{{"group.id", options.groupId}, {"client.id", options.clientId},
        {"enable.partition.eof", "true"}, {"enable.auto.offset.store", "false"},
        {"isolation.level", options.readsCommitted ? "read_committed" : "read_uncommitted"}};
    auto handle = makeHandle(
        RD_KAFKA_CONSUMER, std::move(defaults), m_config.consumer, std::move(overrides));
    if (!handle) {
        m_consumers.erase(id);
        listener->call([&](ConsumerListener& to) {
            to.failed(handle.error());
            to.finished();
        });
        return;
    }
    consumer = std::make_unique<GroupConsumer>(
        std::move(options), std::move(listener), m_events.get(), std::move(*handle), m_loop);
    consumer->start();
}

bool waitForClosedConnections(int timeoutMs)
{
    return waitForClosedHandles(timeoutMs);
}

} // namespace moldau::client
