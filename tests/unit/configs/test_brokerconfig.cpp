#include "configs/brokerconfig.h"
#include "configs/properties.h"

#include <QTest>

using namespace moldau;
using namespace moldau::configs;

namespace {

/** A node that is broker and controller, with lines added or, as "-name", taken away. */
ConfigMap combined(const QByteArray& changes)
{
    ConfigMap properties{{"process.roles", "broker,controller"}, {"node.id", "1"},
        {"controller.quorum.voters", "1@localhost:9093"},
        {"controller.listener.names", "CONTROLLER"},
        {"listeners", "PLAINTEXT://:9092,CONTROLLER://:9093"}};
    for (const auto& [name, value] : toMap(*readProperties(changes.toStdString()))) {
        if (name.starts_with('-'))
            properties.erase(name.substr(1));
        else
            properties.insert_or_assign(name, value);
    }
    return properties;
}

const char kEveryListener[]
    = "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_PLAINTEXT:SASL_PLAINTEXT,"
      "CONTROLLER:PLAINTEXT,A:PLAINTEXT\n";

} // namespace

/** The answers are those of Apache Kafka 4.3.1 to the same properties, list brackets left out. */
class TestBrokerConfig : public QObject {
    Q_OBJECT
private slots:
    void propertiesAreAnsweredInKafkasWords_data()
    {
        QTest::addColumn<QByteArray>("changes");
        QTest::addColumn<QByteArray>("answer");
        const auto row = [](const QByteArray& changes, const char* answer) {
            QTest::addRow("%s", changes.simplified().constData()) << changes << QByteArray(answer);
        };
        const auto withMap = [&](const char* changes, const char* answer) {
            row(QByteArray(kEveryListener) + changes, answer);
        };
        row("", "ok");
        row("listeners=plaintext://:9092,controller://:9093", "ok");
        row("listeners=PLAINTEXT://:9092, CONTROLLER://:9093", "ok");
        row("listeners=PLAINTEXT://my_host:9092,CONTROLLER://:9093", "ok");
        row("listeners=PLAINTEXT://0.0.0.0:29092,PLAINTEXT_HOST://0.0.0.0:9092,CONTROLLER://:9093\n"
            "advertised.listeners=PLAINTEXT://broker:29092,PLAINTEXT_HOST://localhost:9092",
            "Error creating broker listeners from "
            "'PLAINTEXT://0.0.0.0:29092,PLAINTEXT_HOST://0.0.0.0:9092,"
            "CONTROLLER://:9093': No security protocol defined for listener PLAINTEXT_HOST");
        row("listener.security.protocol.map=PLAINTEXT:PLAINTEXT",
            "Error creating broker listeners from 'PLAINTEXT://:9092,CONTROLLER://:9093': No "
            "security protocol defined "
            "for listener CONTROLLER");
        row("listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAIN",
            "Invalid security protocol `PLAIN` defined in listener.security.protocol.map");
        row("listener.security.protocol.map=PLAINTEXT",
            "Error parsing configuration property 'listener.security.protocol.map': begin 0, end "
            "-1, length 9");
        row("listener.security.protocol.map=PLAINTEXT:PLAINTEXT, CONTROLLER:plaintext", "ok");
        row("listeners=PLAINTEXT://:9092,PLAINTEXT://:9094,CONTROLLER://:9093",
            "Error creating broker listeners from "
            "'PLAINTEXT://:9092,PLAINTEXT://:9094,CONTROLLER://:9093': Each listener "
            "must have a different name, listeners: "
            "PLAINTEXT://:9092,PLAINTEXT://:9094,CONTROLLER://:9093");
        row("listeners=PLAINTEXT//:9092,CONTROLLER://:9093",
            "Error creating broker listeners from 'PLAINTEXT//:9092,CONTROLLER://:9093': Unable to "
            "parse "
            "PLAINTEXT//:9092 to a broker endpoint");
        row("listeners=PLAINTEXT://:abc,CONTROLLER://:9093",
            "Error creating broker listeners from 'PLAINTEXT://:abc,CONTROLLER://:9093': Unable to "
            "parse PLAINTEXT://:abc "
            "to a broker endpoint");
        row("listeners=",
            "Configuration 'listeners' must not be empty. Valid values include: any non-empty "
            "value");
        row("listeners=CONTROLLER://:9093",
            "requirement failed: There must be at least one broker advertised listener. Perhaps "
            "all listeners appear in "
            "controller.listener.names?");
        row("listeners=PLAINTEXT://:9092",
            "requirement failed: controller.listener.names must contain at least one value "
            "appearing in the 'listeners' "
            "configuration when running the KRaft controller role");
        row("advertised.listeners=PLAINTEXT://0.0.0.0:9092",
            "requirement failed: advertised.listeners cannot use the nonroutable meta-address "
            "0.0.0.0. Use a routable IP address.");
        row("advertised.listeners=SSL://a:9092",
            "requirement failed: inter.broker.listener.name must be a listener name defined in "
            "advertised.listeners. The "
            "valid options based on currently configured listeners are SSL");
        row("advertised.listeners=PLAINTEXT://a",
            "Error creating broker listeners from 'PLAINTEXT://a': Unable to parse "
            "PLAINTEXT://a to a broker endpoint");
        row("advertised.listeners=PLAINTEXT://a:9092,CONTROLLER://b:9093", "ok");
        row("inter.broker.listener.name=FOO",
            "Listener with name FOO defined in inter.broker.listener.name not found in "
            "listener.security.protocol.map.");
        row("inter.broker.listener.name=FOO\nsecurity.inter.broker.protocol=PLAINTEXT",
            "Only one of inter.broker.listener.name and security.inter.broker.protocol should be "
            "set.");
        row("security.inter.broker.protocol=FOO",
            "Invalid value FOO for configuration security.inter.broker.protocol: String must be "
            "one of: PLAINTEXT, SSL, "
            "SASL_PLAINTEXT, SASL_SSL");
        row("-node.id=", "Missing required configuration \"node.id\" which has no default value.");
        row("broker.id=3", "You must set `node.id` to the same value as `broker.id`.");
        row("node.id=a", "Invalid value a for configuration broker.id: Not a number of type INT");
        row("node.id=-1", "Invalid value -1 for configuration node.id: Value must be at least 0");
        row("-process.roles=",
            "Missing required configuration \"process.roles\" which has no default value.");
        row("process.roles=",
            "Configuration 'process.roles' must not be empty. Valid values include: [broker, "
            "controller]");
        row("process.roles=foo",
            "Invalid value foo for configuration process.roles: String must be one of: broker, "
            "controller");
        row("process.roles=broker",
            "requirement failed: If process.roles contains just the 'broker' role, the node id 1 "
            "must not be included in "
            "the set of voters controller.quorum.voters=Set(1)");
        row("process.roles=broker\nlisteners=PLAINTEXT://:9092\nnode.id=2", "ok");
        row("process.roles=broker\nnode.id=2",
            "requirement failed: controller.listener.names must not contain a value appearing in "
            "the 'listeners' "
            "configuration when running KRaft with just the broker role");
        row("process.roles=controller",
            "requirement failed: The listeners config must only contain KRaft controller listeners "
            "from "
            "controller.listener.names when process.roles=controller");
        row("process.roles=controller\nlisteners=CONTROLLER://:9093", "ok");
        row("-controller.quorum.voters=",
            "If using process.roles, either controller.quorum.bootstrap.servers must contain the "
            "set of bootstrap "
            "controllers or controller.quorum.voters must contain a parseable set of controllers.");
        row("controller.quorum.voters=2@a:1",
            "requirement failed: If process.roles contains the 'controller' role, the node id 1 "
            "must be included in the "
            "set of voters controller.quorum.voters=Set(2)");
        row("controller.quorum.voters=a@b", "Failed to parse voter ID as an integer from a");
        row("controller.quorum.voters=1@b:x",
            "Failed to parse host name from entry 1@b:x for the configuration "
            "controller.quorum.voters. Each entry should "
            "be in the form `{id}@{host}:{port}`.");
        row("controller.quorum.voters=1@0.0.0.0:1", "Host string (0.0.0.0) is not routeable");
        row("log.dirs=",
            "Configuration 'log.dirs' must not be empty. Valid values include: any non-empty "
            "value");
        row("log.retention.hours=0",
            "requirement failed: log.retention.ms must be unlimited (-1) or, greater than or equal "
            "to 1");
        row("log.retention.hours=-2", "ok");
        row("log.cleaner.dedupe.buffer.size=1",
            "requirement failed: log.cleaner.dedupe.buffer.size must be at least 1MB per cleaner "
            "thread.");
        row("replica.fetch.wait.max.ms=100000",
            "requirement failed: replica.socket.timeout.ms should always be at least "
            "replica.fetch.wait.max.ms to prevent "
            "unnecessary socket timeouts");
        row("replica.lag.time.max.ms=1",
            "requirement failed: replica.fetch.wait.max.ms should always be less than or equal to "
            "replica.lag.time.max.ms "
            "to prevent frequent changes in ISR");
        row("offsets.topic.compression.codec=9", "Unknown compression type id: 9");
        row("group.consumer.heartbeat.interval.ms=50000",
            "group.consumer.heartbeat.interval.ms must be less than or equal to "
            "group.consumer.max.heartbeat.interval.ms");
        row("group.consumer.min.session.timeout.ms=50000",
            "group.consumer.session.timeout.ms must be greater than or equal to "
            "group.consumer.min.session.timeout.ms");
        row("group.share.heartbeat.interval.ms=1",
            "group.share.heartbeat.interval.ms must be greater than or equal to "
            "group.share.min.heartbeat.interval.ms");
        row("group.coordinator.rebalance.protocols=consumer",
            "Disabling the 'classic' protocol is not supported.");
        row("auto.create.topics.enable=yes",
            "Invalid value yes for configuration auto.create.topics.enable: Expected value to be "
            "either true or false");
        row("foo=bar", "ok");
        row("max.connections.per.ip=0",
            "requirement failed: max.connections.per.ip can be set to zero only if "
            "max.connections.per.ip.overrides property is set.");
        row("queued.max.request.bytes=5",
            "requirement failed: queued.max.request.bytes must be larger or equal to "
            "socket.request.max.bytes");
        row("connection.failed.authentication.delay.ms=600000",
            "requirement failed: connection.failed.authentication.delay.ms=600000 should always be "
            "less than "
            "connections.max.idle.ms=600000 to prevent failed authentication responses from timing "
            "out");
        withMap("listeners=PLAINTEXT://:9092,SSL://:9092,CONTROLLER://:9093",
            "Error creating broker listeners from "
            "'PLAINTEXT://:9092,SSL://:9092,CONTROLLER://:9093': Each listener must "
            "have a different port, listeners: PLAINTEXT://:9092,SSL://:9092,CONTROLLER://:9093");
        withMap("listeners=PLAINTEXT://127.0.0.1:9092,SSL://[::1]:9092,CONTROLLER://:9093", "ok");
        withMap("listeners=PLAINTEXT://127.0.0.1:9092,SSL://127.0.0.2:9092,CONTROLLER://:9093",
            "Error creating broker listeners from "
            "'PLAINTEXT://127.0.0.1:9092,SSL://127.0.0.2:9092,CONTROLLER://:9093': If "
            "you have two listeners on the same port then one needs to be IPv4 and the other IPv6, "
            "listeners: "
            "PLAINTEXT://127.0.0.1:9092,SSL://127.0.0.2:9092,CONTROLLER://:9093, port: 9092");
        withMap("listeners=PLAINTEXT://:0,SSL://:0,CONTROLLER://:9093", "ok");
        withMap("advertised.listeners=PLAINTEXT://a:9092,SSL://b:1",
            "requirement failed: advertised.listeners listener names must be equal to or a subset "
            "of the ones defined in "
            "listeners. Found PLAINTEXT,SSL. The valid options based on the current configuration "
            "are PLAINTEXT,CONTROLLER");
        withMap("sasl.mechanism.inter.broker.protocol=PLAIN\nsecurity.inter.broker.protocol=SASL_"
                "PLAINTEXT\n"
                "listeners=SASL_PLAINTEXT://:9092,CONTROLLER://:9093",
            "requirement failed: sasl.mechanism.inter.broker.protocol must be included in "
            "sasl.enabled.mechanisms when "
            "SASL is used for inter-broker communication");
        withMap("process.roles=broker\nnode.id=2\nlisteners=PLAINTEXT://"
                ":9092\ncontroller.listener.names=X",
            "Controller listener with name X defined in controller.listener.names not found in "
            "listener.security.protocol.map  (an explicit security mapping for each controller "
            "listener is required if "
            "listener.security.protocol.map is non-empty, or if there are security protocols other "
            "than PLAINTEXT in use)");
    }
    void propertiesAreAnsweredInKafkasWords()
    {
        QFETCH(QByteArray, changes);
        QFETCH(QByteArray, answer);
        const auto config = BrokerConfig::fromProperties(combined(changes));
        QCOMPARE(
            config ? QByteArray("ok") : QByteArray::fromStdString(config.error().message), answer);
        QVERIFY(config || config.error().code == ErrorCode::InvalidConfig);
    }

    void defaultsAreKafkas()
    {
        const BrokerConfig config = *BrokerConfig::fromProperties(combined(""));
        const BrokerConfig defaults;
        QCOMPARE(config.replicaLagTimeMaxMs, defaults.replicaLagTimeMaxMs);
        QCOMPARE(config.offsetsRetentionMs, defaults.offsetsRetentionMs);
        QCOMPARE(config.transactionStateMinIsr, defaults.transactionStateMinIsr);
        QCOMPARE(config.connectionsMaxIdleMs, defaults.connectionsMaxIdleMs);
        QCOMPARE(config.logDirs, std::vector<std::string>{"/tmp/kafka-logs"});
        QCOMPARE(config.metadataLogDir, std::string("/tmp/kafka-logs"));
        QCOMPARE(config.nodeId, BrokerId(1));
        QVERIFY(config.isBroker && config.isController);
        QCOMPARE(config.advertisedListeners.size(), std::size_t(1));
        QCOMPARE(config.interBrokerListenerName, std::string("PLAINTEXT"));
        QCOMPARE(config.listener("CONTROLLER")->port, std::uint16_t(9093));
        QCOMPARE(config.voters.front().address.host, std::string("localhost"));
    }
    void brokerOfAZooKeeperClusterIsUnderstood()
    {
        const BrokerConfig config = *BrokerConfig::fromProperties({{"broker.id", "1"},
            {"zookeeper.connect", "zk1:2181,zk2/kafka"},
            {"listeners", "PLAINTEXT://0.0.0.0:29092,PLAINTEXT_HOST://0.0.0.0:9092"},
            {"advertised.listeners", "PLAINTEXT://broker:29092,PLAINTEXT_HOST://localhost:9092"},
            {"listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,PLAINTEXT_HOST:PLAINTEXT"},
            {"inter.broker.listener.name", "PLAINTEXT"},
            {"offsets.topic.replication.factor", "1"}});
        QCOMPARE(config.coordination, Coordination::ZooKeeper);
        QVERIFY((config.zookeeperServers.back() == Endpoint{"zk2", 2181}));
        QCOMPARE(config.zookeeperRoot, std::string("/kafka"));
        QCOMPARE(config.offsetsTopicReplicationFactor, std::int16_t(1));
        QCOMPARE(
            config.advertisedListeners.front().toString(), std::string("PLAINTEXT://broker:29092"));
    }
    void brokerWithoutIdMayGetOneFromZooKeeper()
    {
        QCOMPARE(BrokerConfig::fromProperties({{"zookeeper.connect", "zk"}})->nodeId, kNoBroker);
        QCOMPARE(BrokerConfig::fromProperties({{"zookeeper.connect", "zk"}, {"broker.id", "5000"}})
                     .error()
                     .message,
            std::string("requirement failed: broker.id must be greater than or equal to -1 and not "
                        "greater than "
                        "reserved.broker.max.id"));
    }
};

QTEST_APPLESS_MAIN(TestBrokerConfig)
#include "test_brokerconfig.moc"
