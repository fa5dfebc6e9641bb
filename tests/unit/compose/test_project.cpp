#include "compose/project.h"
#include "configs/brokerconfig.h"
#include "samples.h"

#include <QTest>

using namespace moldau;
using namespace moldau::compose;

namespace {

ComposeProject project(const std::string& text, ComposeContext context = {})
{
    context.projectName = "test";
    const auto loaded = loadProject(text, context);
    if (!loaded)
        qFatal("%s", loaded.error().message.c_str());
    return *loaded;
}

std::string startError(const ServiceSpec& service)
{
    const auto config = configs::BrokerConfig::fromProperties(service.properties);
    return config ? std::string("ok") : config.error().message;
}

} // namespace

class TestProject : public QObject {
    Q_OBJECT
private slots:
    void courseFileBecomesAZooKeeperAndABroker()
    {
        const ComposeProject course = project(sample("one-broker-zookeeper.yaml"));
        QCOMPARE(course.services.size(), std::size_t(2));
        const ServiceSpec& zookeeper = course.services[0];
        QCOMPARE(zookeeper.kind, ServiceKind::ZooKeeper);
        QCOMPARE(zookeeper.id, BrokerId(1));
        QCOMPARE(zookeeper.properties.at("clientPort"), std::string("2181"));
        const ServiceSpec& broker = course.services[1];
        QCOMPARE(broker.kind, ServiceKind::Broker);
        QCOMPARE(broker.id, BrokerId(1));
        QCOMPARE(broker.containerName, std::string("broker"));
        QCOMPARE(broker.properties.at("listeners"),
            std::string("PLAINTEXT://0.0.0.0:29092,PLAINTEXT_HOST://0.0.0.0:9092"));
        QCOMPARE(broker.properties.at("offsets.topic.replication.factor"), std::string("1"));
        QCOMPARE(broker.variableOf.at("zookeeper.connect"), std::string("KAFKA_ZOOKEEPER_CONNECT"));
        QCOMPARE(startError(broker), std::string("ok"));
        QVERIFY(broker.problem.empty());
        QCOMPARE(broker.dependsOn, std::vector<std::string>{"zookeeper"});
        QVERIFY(broker.loopbackAddress.starts_with("127.0.")
            && broker.loopbackAddress != zookeeper.loopbackAddress);
        QCOMPARE(course.hostAddresses().at("broker"), broker.loopbackAddress);
        const auto bindings = bindingsOf(broker);
        QCOMPARE(bindings.size(), std::size_t(2));
        QVERIFY((bindings[0].bind == std::vector<Endpoint>{{broker.loopbackAddress, 29092}}));
        QVERIFY((bindings[1].bind
            == std::vector<Endpoint>{{broker.loopbackAddress, 9092}, {"127.0.0.1", 9092}}));
    }
    void misspeltVariableEndsInKafkasWords()
    {
        const ComposeProject course = project(sample("mistake-misspelt-variable.yaml"));
        QCOMPARE(startError(*course.service("broker")),
            std::string("Error creating broker listeners from "
                        "'PLAINTEXT://0.0.0.0:29092,PLAINTEXT_HOST://0.0.0.0:9092': "
                        "No security protocol defined for listener PLAINTEXT_HOST"));
    }
    void tabsAreRefusedWithTheirPlace()
    {
        const auto loaded = loadProject(sample("mistake-tabs.yaml"), {});
        QVERIFY(!loaded);
        QVERIFY2(loaded.error().message.starts_with("8:1: tab in the indentation"),
            loaded.error().message.c_str());
    }
    void anchorsAndMergeKeysMakeThreeBrokers()
    {
        ComposeContext context;
        context.environment = {{"FIRST_PORT", "29092"}};
        const ComposeProject cluster = project(sample("three-brokers-kraft.yaml"), context);
        QCOMPARE(cluster.brokerCount(), std::size_t(3));
        for (int i = 1; i <= 3; ++i) {
            const ServiceSpec& broker = *cluster.service("broker-" + std::to_string(i));
            QCOMPARE(broker.id, BrokerId(i));
            QCOMPARE(broker.clusterId, std::string("5L6g3nShT-eMCtK--X86sw"));
            QCOMPARE(startError(broker), std::string("ok"));
            QCOMPARE(broker.properties.at("min.insync.replicas"), std::string("2"));
        }
        QCOMPARE(int(cluster.services[0].ports.front().hostPort), 29092);
    }
    void companionsAreKnown()
    {
        const ComposeProject all = project(sample("with-connect-and-registry.yaml"));
        QCOMPARE(all.service("connect")->kind, ServiceKind::Connect);
        QCOMPARE(all.service("connect")->properties.at("bootstrap.servers"),
            std::string("broker:29092"));
        QCOMPARE(all.service("schema-registry")->kind, ServiceKind::Registry);
        QCOMPARE(all.service("schema-registry")->properties.at("kafkastore.bootstrap.servers"),
            std::string("broker:29092"));
        QCOMPARE(startError(*all.service("broker")), std::string("ok"));
    }
    void apacheImageHasDefaultsOfItsOwn()
    {
        const ComposeProject one
            = project("services:\n  kafka:\n    image: apache/kafka\n    ports: ['9092:9092']\n");
        QCOMPARE(startError(one.services[0]), std::string("ok"));
        QCOMPARE(one.services[0].properties.at("advertised.listeners"),
            std::string("PLAINTEXT://localhost:9092"));
    }
    void bitnamiHasItsOwnPrefix()
    {
        const ComposeProject one = project(
            "services:\n  kafka:\n    image: docker.io/bitnami/kafka:3.6\n    environment:\n"
            "      - KAFKA_CFG_NODE_ID=0\n      - KAFKA_CFG_PROCESS_ROLES=controller,broker\n"
            "      - KAFKA_CFG_LISTENERS=PLAINTEXT://:9092,CONTROLLER://:9093\n"
            "      - "
            "KAFKA_CFG_LISTENER_SECURITY_PROTOCOL_MAP=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT\n"
            "      - KAFKA_CFG_CONTROLLER_QUORUM_VOTERS=0@kafka:9093\n"
            "      - KAFKA_CFG_CONTROLLER_LISTENER_NAMES=CONTROLLER\n      - "
            "ALLOW_PLAINTEXT_LISTENER=yes\n");
        QCOMPARE(one.services[0].id, BrokerId(0));
        QCOMPARE(startError(one.services[0]), std::string("ok"));
        QVERIFY(!one.services[0].properties.contains("allow.plaintext.listener"));
    }
    void controllerOnlyNodesNeedNoAdvertisedListeners()
    {
        const ComposeProject one = project(
            "services:\n  c:\n    image: confluentinc/cp-kafka:7.6.0\n    environment:\n"
            "      CLUSTER_ID: x\n      KAFKA_NODE_ID: 9\n      KAFKA_PROCESS_ROLES: controller\n"
            "      KAFKA_LISTENERS: CONTROLLER://:9093\n      KAFKA_CONTROLLER_LISTENER_NAMES: "
            "CONTROLLER\n"
            "      KAFKA_CONTROLLER_QUORUM_VOTERS: 9@c:9093\n");
        QCOMPARE(one.services[0].kind, ServiceKind::Controller);
        QCOMPARE(one.services[0].problem, std::string());
        QCOMPARE(startError(one.services[0]), std::string("ok"));
    }
    void whatTheImageItselfRequiresIsNamed()
    {
        const ComposeProject one
            = project("services:\n  b:\n    image: confluentinc/cp-kafka:7.3.0\n    environment:\n"
                      "      KAFKA_ZOOKEEPER_CONNECT: zk:2181\n");
        QCOMPARE(one.services[0].problem, std::string("KAFKA_ADVERTISED_LISTENERS is required."));
    }
    void otherImagesAreListedButNotRun()
    {
        const ComposeProject one
            = project("services:\n  ui:\n    image: ghcr.io/kafbat/kafka-ui:latest\n");
        QCOMPARE(one.services[0].kind, ServiceKind::Other);
    }
    void brokersWithoutIdGetOneInAZooKeeperCluster()
    {
        const std::string broker = "    image: confluentinc/cp-kafka:7.3.0\n    environment: "
                                   "{KAFKA_ZOOKEEPER_CONNECT: 'zk:2181'}\n";
        const ComposeProject two = project("services:\n  a:\n" + broker + "  b:\n" + broker);
        QCOMPARE(two.services[0].id, BrokerId(1001));
        QCOMPARE(two.services[1].id, BrokerId(1002));
    }
    void envFileComesBeforeEnvironment()
    {
        ComposeContext context;
        context.readFile = [](const std::string& path) -> std::optional<std::string> {
            if (path == ".env")
                return "IMAGE_TAG=7.3.0\n";
            return path == "kafka.env"
                ? std::optional<std::string>("KAFKA_BROKER_ID=5\nKAFKA_NUM_PARTITIONS=3\n")
                : std::nullopt;
        };
        const ComposeProject one
            = project("services:\n  b:\n    image: confluentinc/cp-kafka:${IMAGE_TAG}\n    "
                      "env_file: kafka.env\n"
                      "    environment:\n      KAFKA_BROKER_ID: 7\n",
                context);
        QCOMPARE(one.services[0].image, std::string("confluentinc/cp-kafka:7.3.0"));
        QCOMPARE(one.services[0].id, BrokerId(7));
        QCOMPARE(one.services[0].properties.at("num.partitions"), std::string("3"));
    }
    void underscoresBecomeDotsUnderscoresAndDashes()
    {
        QCOMPARE(settingName("KAFKA_A_B__C___D", "KAFKA_"), std::string("a.b_c-d"));
        QCOMPARE(variableName("a.b_c-d", "KAFKA_"), std::string("KAFKA_A_B__C___D"));
    }
    void imageNamesAreTakenApart()
    {
        QCOMPARE(imageOf("localhost:5000/confluentinc/cp-kafka:8.0.1@sha256:abc").repository,
            std::string("confluentinc/cp-kafka"));
        QVERIFY(imageOf("confluentinc/cp-kafka:8.0.1").isKRaftOnly());
        QVERIFY(imageOf("confluentinc/cp-kafka").isKRaftOnly());
        QVERIFY(!imageOf("confluentinc/cp-kafka:7.9.0").isKRaftOnly());
        QVERIFY(imageOf("zookeeper:3.8").isZooKeeper());
        QCOMPARE(imageOf("mycorp/kafka").kind, ImageKind::Other);
    }
    void portsAreReadInBothForms()
    {
        const ComposeProject one = project(
            "services:\n  ui:\n    image: x\n    ports:\n      - 127.0.0.1:8000-8001:80-81\n      "
            "- \"90\"\n"
            "      - 53:53/udp\n      - {target: 70, published: '7000', protocol: tcp}\n");
        const auto& ports = one.services[0].ports;
        QCOMPARE(ports.size(), std::size_t(5));
        QCOMPARE(int(ports[1].hostPort), 8001);
        QCOMPARE(int(ports[1].containerPort), 81);
        QCOMPARE(ports[1].hostAddress, std::string("127.0.0.1"));
        QCOMPARE(int(ports[2].hostPort), 0);
        QCOMPARE(ports[3].protocol, std::string("udp"));
        QCOMPARE(int(ports[4].hostPort), 7000);
    }
};

QTEST_APPLESS_MAIN(TestProject)
#include "test_project.moc"
