#include "cluster/composeplan.h"

#include "cluster/nodefile.h"

#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <fstream>

#include <fmt/format.h>

using namespace moldau;
using namespace moldau::cluster;
using client::NodeKind;

namespace {

constexpr std::string_view kVoters = "1@kafka-1:9093,2@kafka-2:9093,3@kafka-3:9093";

/** One service; `more` are further lines of its environment. */
std::string service(int id, std::string_view name, std::string_view roles, std::string_view voters,
    std::string_view more = {})
{
    const bool isBroker = roles.find("broker") != std::string_view::npos;
    const bool isController = roles.find("controller") != std::string_view::npos;
    std::string listeners = isBroker ? "PLAINTEXT://:9092" : "";
    if (isController)
        listeners += isBroker ? ",CONTROLLER://:9093" : "CONTROLLER://:9093";
    std::string text = fmt::format("  {}:\n"
                                   "    image: apache/kafka:4.1.0\n"
                                   "    environment:\n"
                                   "      CLUSTER_ID: MkU3OEVBNTcwNTJENDM2Qk\n"
                                   "      KAFKA_NODE_ID: {}\n"
                                   "      KAFKA_PROCESS_ROLES: {}\n"
                                   "      KAFKA_CONTROLLER_LISTENER_NAMES: CONTROLLER\n"
                                   "      KAFKA_LISTENERS: {}\n",
        name, id, roles, listeners);
    if (isBroker)
        text += fmt::format("      KAFKA_ADVERTISED_LISTENERS: PLAINTEXT://{}:9092\n", name);
    if (!voters.empty())
        text += fmt::format("      KAFKA_CONTROLLER_QUORUM_VOTERS: {}\n", voters);
    return text + std::string(more);
}

std::string threeCombined()
{
    std::string text = "services:\n";
    for (int id = 1; id <= 3; ++id)
        text += service(id, fmt::format("kafka-{}", id), "broker,controller", kVoters);
    return text;
}

} // namespace

/** Compose files as clusters to start: who keeps the metadata, under which id, at which address. */
class TestComposePlan : public QObject {
    Q_OBJECT
private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void composeFilesClusterIdIsRequested()
    {
        QCOMPARE(
            planOf(threeCombined())->requestedClusterId, std::string("MkU3OEVBNTcwNTJENDM2Qk"));
    }

    void combinedNodesAreBrokersAndVotersInOne()
    {
        const auto plan = planOf(threeCombined());
        QVERIFY2(plan, messageOf(plan));
        QCOMPARE(plan->services.size(), std::size_t(3));
        QCOMPARE(plan->voters.size(), std::size_t(3));
        for (int i = 0; i < 3; ++i) {
            const ServicePlan& node = plan->services[std::size_t(i)];
            QCOMPARE(node.service, fmt::format("kafka-{}", i + 1));
            QVERIFY(node.kind == NodeKind::Broker && node.isCombined && node.isVoter());
            QCOMPARE(node.id, BrokerId{i + 1});
            QCOMPARE(node.metadataDirectory, node.dataDirectory + "/controller");
            QCOMPARE(node.controllerBind->host, plan->hostAddresses.at(node.service));
            QCOMPARE(node.controllerBind->port, std::uint16_t(9093));
            QCOMPARE(node.config.nodeId, BrokerId{i + 1});
            QVERIFY((plan->voters[std::size_t(i)]
                == configs::ControllerVoter{node.id, {node.service, 9093}}));
        }
        QVERIFY((plan->voterIds() == std::vector<BrokerId>{BrokerId{1}, BrokerId{2}, BrokerId{3}}));
    }

    void controllersBesideBrokersAreTheVoters()
    {
        std::string text = "services:\n";
        const std::string voters = "101@one:9093,102@two:9093,103@three:9093";
        for (int id = 1; id <= 3; ++id)
            text += service(id, fmt::format("broker-{}", id), "broker", voters);
        int id = 101;
        for (const char* name : {"one", "two", "three"})
            text += service(id++, name, "controller", voters);
        const auto plan = planOf(text);
        QVERIFY2(plan, messageOf(plan));
        QCOMPARE(plan->services.size(), std::size_t(6));
        for (std::size_t i = 0; i < 6; ++i) {
            const ServicePlan& node = plan->services[i];
            QCOMPARE(node.isVoter(), i < 3); // what coordinates comes first
            QVERIFY(node.isRun && !node.isCombined);
            QVERIFY(node.kind == (i < 3 ? NodeKind::Controller : NodeKind::Broker));
        }
        QCOMPARE(plan->services[1].service, std::string("two"));
        QCOMPARE(plan->services[1].id, BrokerId{102});
        QVERIFY((plan->voterIds()
            == std::vector<BrokerId>{BrokerId{101}, BrokerId{102}, BrokerId{103}}));
    }

    void theOnlyCombinedNodeKeepsTheMetadata()
    {
        const auto plan
            = planOf("services:\n" + service(7, "kafka", "broker,controller", "7@localhost:9093"));
        QVERIFY2(plan, messageOf(plan));
        QCOMPARE(plan->services.size(), std::size_t(1));
        QVERIFY(plan->services[0].isCombined && plan->voters.empty());
        QVERIFY(plan->controller == *plan->services[0].controllerBind);
        QVERIFY((plan->voterIds() == std::vector<BrokerId>{BrokerId{7}}));
    }

    void bootstrapServersMakeVotersOfAllControllers()
    {
        const std::string servers
            = "      KAFKA_CONTROLLER_QUORUM_BOOTSTRAP_SERVERS: kafka-1:9093,kafka-2:9093\n";
        std::string text = "services:\n";
        for (int id = 1; id <= 3; ++id)
            text += service(id, fmt::format("kafka-{}", id), "broker,controller", "", servers);
        const auto plan = planOf(text);
        QVERIFY2(plan, messageOf(plan));
        QCOMPARE(plan->voters.size(), std::size_t(3));
        QVERIFY((plan->voters[2] == configs::ControllerVoter{BrokerId{3}, {"kafka-3", 9093}}));
    }

    void zooKeeperKeepsTheMetadataWhereNoNodeIsAController()
    {
        const auto plan = planOf("services:\n"
                                 "  zookeeper:\n"
                                 "    image: zookeeper\n"
                                 "  kafka:\n"
                                 "    image: confluentinc/cp-kafka:7.3.0\n"
                                 "    environment:\n"
                                 "      KAFKA_BROKER_ID: 1\n"
                                 "      KAFKA_ZOOKEEPER_CONNECT: zookeeper:2181\n"
                                 "      KAFKA_ADVERTISED_LISTENERS: PLAINTEXT://kafka:9092\n");
        QVERIFY2(plan, messageOf(plan));
        QVERIFY(plan->services[0].kind == NodeKind::ZooKeeper && plan->services[0].isVoter());
        QVERIFY(!plan->services[1].isVoter());
    }

    void aVoterThatNoServiceIsCountsAndLeadsNowhere()
    {
        std::string text = "services:\n";
        for (int id = 1; id <= 2; ++id)
            text += service(id, fmt::format("kafka-{}", id), "broker,controller", kVoters);
        const auto plan = planOf(text);
        QVERIFY2(plan, messageOf(plan));
        QCOMPARE(plan->voters.size(), std::size_t(3));
        const std::string nowhere = plan->hostAddresses.at("kafka-3");
        QVERIFY(nowhere.starts_with("127.0."));
        QVERIFY(nowhere != plan->hostAddresses.at("kafka-1"));
        QVERIFY(nowhere != plan->hostAddresses.at("kafka-2"));
    }

    void aDirectoryWithAVoterOfItsOwnGoesOnWithIt()
    {
        std::filesystem::create_directories(directory());
        std::ofstream(directory() + "/moldau.properties")
            << "cluster.id=MkU3OEVBNTcwNTJENDM2Qk\ncontrollers=1\nname=shop\n";
        const auto plan = planOf(threeCombined());
        QVERIFY2(plan, messageOf(plan));
        QCOMPARE(plan->services.size(), std::size_t(4));
        QCOMPARE(plan->services[0].service, std::string("controller-1"));
        QVERIFY((plan->voterIds() == std::vector<BrokerId>{BrokerId{9001}}));
        QVERIFY(plan->voters.empty());
        QVERIFY(!plan->services[1].isCombined);
    }

    void whatIsNoQuorumIsRefused_data()
    {
        QTest::addColumn<QString>("services");
        QTest::addColumn<QString>("message");
        const auto row = [](const char* name, const std::string& services, const char* message) {
            QTest::newRow(name) << QString::fromStdString(services) << message;
        };
        const auto two = [](std::string_view first, std::string_view second) {
            return service(1, "a", "broker,controller", first)
                + service(2, "b", "broker,controller", second);
        };
        row("different voters", two("1@a:9093", "2@b:9093"),
            "b has the voters 2@b:9093, but a has 1@a:9093: the services of a file are one cluster "
            "here, and a cluster has one quorum");
        row("another's address", two("1@a:9093,2@a:9093", "1@a:9093,2@a:9093"),
            "a: controller.quorum.voters looks for voter 2 at a, but a has the id 1");
        row("an id twice",
            service(1, "a", "broker,controller", "1@a:9093") + service(2, "b", "broker", "1@a:9093")
                + service(2, "c", "broker", "1@a:9093"),
            "c has the id 2 of b: every node of a cluster needs its own");
        row("not a voter", two("1@a:9093", "1@a:9093"),
            "b: requirement failed: If process.roles contains the 'controller' role, the node id 2 "
            "must be included in the set of voters controller.quorum.voters=Set(1)");
    }
    void whatIsNoQuorumIsRefused()
    {
        QFETCH(QString, services);
        QFETCH(QString, message);
        const auto plan = planOf("services:\n" + services.toStdString());
        QVERIFY(!plan);
        QCOMPARE(QString::fromStdString(plan.error().message), message);
    }

    void nodesOfAComposeFileComeBackFromTheirFiles()
    {
        auto plan = planOf(threeCombined());
        QVERIFY2(plan, messageOf(plan));
        plan->clusterId = plan->requestedClusterId;
        for (const ServicePlan& node : plan->services) {
            const auto properties = configs::readProperties(nodeFileText(*plan, node));
            QVERIFY(properties);
            const auto file = planNode(*properties);
            QVERIFY2(file, file ? "" : file.error().message.c_str());
            QCOMPARE(file->plan.services.size(), std::size_t(1));
            const ServicePlan& again = file->plan.services.front();
            QVERIFY(again.isCombined && again.id == node.id && again.kind == node.kind);
            QCOMPARE(again.service, node.service);
            QCOMPARE(again.dataDirectory, node.dataDirectory);
            QCOMPARE(again.metadataDirectory, node.metadataDirectory);
            QVERIFY(again.controllerBind == node.controllerBind);
            QVERIFY(file->plan.voters == plan->voters);
            QVERIFY(file->plan.hostAddresses == plan->hostAddresses);
            QVERIFY(again.listeners.front().binds == node.listeners.front().binds);
        }
    }

private:
    std::string directory() const
    {
        return m_folder->filePath(QStringLiteral("data")).toStdString();
    }
    Result<ClusterPlan> planOf(const std::string& text) const
    {
        const std::string file = m_folder->filePath(QStringLiteral("compose.yaml")).toStdString();
        std::ofstream(file) << text;
        return planCompose(file, {"shop", directory(), {}});
    }
    static const char* messageOf(const Result<ClusterPlan>& plan)
    {
        return plan ? "" : plan.error().message.c_str();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestComposePlan)
#include "test_composeplan.moc"
