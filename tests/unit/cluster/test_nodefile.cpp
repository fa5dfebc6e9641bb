#include "cluster/nodefile.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>

using namespace moldau;
using namespace moldau::cluster;

namespace {

Result<NodeFile> planOf(std::string_view text)
{
    return planNode(*configs::readProperties(text));
}

QString messageOf(const Result<NodeFile>& file)
{
    return file ? QStringLiteral("(accepted)") : QString::fromStdString(file.error().message);
}

const std::string kBroker
    = "process.roles=broker\nnode.id=2\ncontroller.listener.names=CONTROLLER\n"
      "controller.quorum.bootstrap.servers=localhost:9093\n"
      "listeners=PLAINTEXT://localhost:9092\nlog.dirs=/nowhere/data\n";

} // namespace

class TestNodeFile : public QObject {
    Q_OBJECT

private slots:
    void aBrokerLooksForTheControllerAndBindsBothLoopbackFamilies()
    {
        const auto file = planOf(kBroker);
        QVERIFY2(file, qPrintable(messageOf(file)));
        QCOMPARE(file->plan.services.size(), std::size_t(1));
        const ServicePlan& broker = file->plan.services.front();
        QCOMPARE(broker.service, std::string("broker-2"));
        QVERIFY(broker.kind == client::NodeKind::Broker);
        QCOMPARE(broker.dataDirectory, std::string("/nowhere/data"));
        QVERIFY((broker.listeners.front().binds
            == std::vector<Endpoint>{{"127.0.0.1", 9092}, {"::1", 9092}}));
        QVERIFY((broker.listeners.front().advertised == Endpoint{"localhost", 9092}));
        QVERIFY((file->plan.controller == Endpoint{"localhost", 9093}));
        QVERIFY(file->plan.clusterId.empty());
        QVERIFY(file->warnings.empty());
    }

    void kafkasOwnQuickstartFileIsABrokerAndAController()
    {
        const auto file
            = planOf("process.roles=broker,controller\nnode.id=1\n"
                     "controller.quorum.bootstrap.servers=localhost:9093\n"
                     "listeners=PLAINTEXT://:9092,CONTROLLER://:9093\n"
                     "inter.broker.listener.name=PLAINTEXT\n"
                     "advertised.listeners=PLAINTEXT://localhost:9092,CONTROLLER://localhost:9093\n"
                     "controller.listener.names=CONTROLLER\n"
                     "listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT\n"
                     "log.dirs=/nowhere/data\n");
        QVERIFY2(file, qPrintable(messageOf(file)));
        QCOMPARE(file->plan.services.size(), std::size_t(1));
        const ServicePlan& node = file->plan.services.front();
        QVERIFY(node.kind == client::NodeKind::Broker && node.isCombined && node.isVoter());
        QCOMPARE(node.dataDirectory, std::string("/nowhere/data"));
        QCOMPARE(node.metadataDirectory, std::string("/nowhere/data/controller"));
        QVERIFY((file->plan.controller == Endpoint{"127.0.0.1", 9093}));
        QCOMPARE(file->warnings.size(), std::size_t(2)); // every address is loopback here
    }

    void aFormattedDirectoryKnowsItsCluster()
    {
        QTemporaryDir directory;
        std::ofstream(directory.filePath("meta.properties").toStdString())
            << "cluster.id=MkU3OEVBNTcwNTJENDM2Qk\nnode.id=2\nversion=1\n";
        const auto file = planOf(kBroker + "log.dirs=" + directory.path().toStdString() + "\n");
        QVERIFY(file);
        QCOMPARE(file->plan.clusterId, std::string("MkU3OEVBNTcwNTJENDM2Qk"));
    }

    void namesThatKafkaDoesNotHaveAreWarnedOf()
    {
        const auto file = planOf(kBroker + "log.retention.hour=1\n");
        QVERIFY(file);
        QCOMPARE(file->warnings.size(), std::size_t(1));
        QCOMPARE(file->warnings.front(),
            std::string(
                "line 7: Kafka has no setting log.retention.hour; was log.retention.hours meant?"));
    }

    void whatCannotRunIsSaidInKafkasWords_data()
    {
        QTest::addColumn<QString>("more");
        QTest::addColumn<QString>("message");
        QTest::newRow("number")
            << "num.partitions=many"
            << "Invalid value many for configuration num.partitions: Not a number of type INT";
        QTest::newRow("listener")
            << "listeners=CLIENTS://localhost:9092"
            << "Error creating broker listeners from 'CLIENTS://localhost:9092': "
               "No security protocol defined for listener CLIENTS";
        QTest::newRow("no controller")
            << "controller.quorum.bootstrap.servers="
            << "If using process.roles, either controller.quorum.bootstrap.servers must "
               "contain the set of bootstrap controllers or controller.quorum.voters must "
               "contain a parseable set of controllers.";
        QTest::newRow("TLS")
            << "listeners=SSL://localhost:9092\nsecurity.inter.broker.protocol=SSL\n"
               "listener.security.protocol.map=SSL:SSL,CONTROLLER:PLAINTEXT"
            << "listener SSL asks for SSL, and only PLAINTEXT is served here";
        QTest::newRow("disks") << "log.dirs=/a,/b"
                               << "log.dirs names 2 directories, and one is served here";
        QTest::newRow("voters")
            << "controller.quorum.bootstrap.servers=a:1,b:1"
            << "the settings name several controllers by controller.quorum.bootstrap.servers; name "
               "them by controller.quorum.voters here";
        QTest::newRow("host")
            << "listeners=PLAINTEXT://no-such-host.invalid:9092"
            << "Socket server failed to bind to no-such-host.invalid:9092: Unresolved address.";
        QTest::newRow("bind")
            << "moldau.bind.PLAINTEXT=nothing"
            << "Invalid value nothing for configuration moldau.bind.PLAINTEXT: HOST:PORT is wanted";
    }
    void whatCannotRunIsSaidInKafkasWords()
    {
        QFETCH(QString, more);
        QFETCH(QString, message);
        QCOMPARE(messageOf(planOf(kBroker + more.toStdString() + "\n")), message);
    }

    void missingSettingsAreNamed()
    {
        QCOMPARE(messageOf(planOf("process.roles=broker\ncontroller.listener.names=CONTROLLER\n")),
            QStringLiteral(
                "Missing required configuration \"node.id\" which has no default value."));
        QVERIFY(messageOf(planOf("broker.id=1\nzookeeper.connect=localhost:2181\n"))
                    .startsWith("a broker of a ZooKeeper cluster"));
    }

    void whatAPlanSaysComesBackFromItsFiles()
    {
        LocalOptions options;
        options.name = "test";
        options.directory = "/nowhere/test";
        auto plan = planLocal(options);
        QVERIFY(plan);
        plan->clusterId = "MkU3OEVBNTcwNTJENDM2Qk";
        plan->controller = {"127.0.0.1", 40001};
        plan->hostAddresses = {{"broker", "127.0.1.2"}, {"zookeeper", "127.0.1.1"}};
        for (const ServicePlan& service : plan->services) {
            const auto file = planOf(nodeFileText(*plan, service));
            QVERIFY2(file, qPrintable(messageOf(file)));
            QCOMPARE(file->plan.services.size(), std::size_t(1));
            const ServicePlan& again = file->plan.services.front();
            QCOMPARE(again.service, service.service);
            QVERIFY(again.kind == service.kind && again.id == service.id);
            QCOMPARE(again.dataDirectory, service.dataDirectory);
            QCOMPARE(file->plan.clusterId, plan->clusterId);
            QVERIFY(file->plan.controller == plan->controller);
            QVERIFY(file->plan.hostAddresses == plan->hostAddresses);
            QVERIFY(file->warnings.empty());
            QCOMPARE(again.listeners.size(), service.listeners.size());
            for (std::size_t i = 0; i < again.listeners.size(); ++i) {
                QCOMPARE(again.listeners[i].name, service.listeners[i].name);
                QVERIFY(again.listeners[i].binds == service.listeners[i].binds);
                QVERIFY(again.listeners[i].advertised == service.listeners[i].advertised);
            }
            for (const auto& [name, value] : again.properties)
                QVERIFY2(!name.starts_with("moldau.") && name != "cluster.id", name.c_str());
        }
    }

    void severalControllersAreNamedByEveryFile()
    {
        LocalOptions options;
        options.name = "test";
        options.directory = "/nowhere/test";
        options.controllers = 3;
        auto plan = planLocal(options);
        QVERIFY(plan);
        QCOMPARE(plan->services.size(), std::size_t(6));
        QCOMPARE(plan->services[2].service, std::string("controller-3"));
        plan->clusterId = "MkU3OEVBNTcwNTJENDM2Qk";
        std::uint16_t port = 40001;
        for (configs::ControllerVoter& voter : plan->voters)
            voter.address.port = port++;
        for (const ServicePlan& service : plan->services) {
            const auto file = planOf(nodeFileText(*plan, service));
            QVERIFY2(file, qPrintable(messageOf(file)));
            QVERIFY(file->plan.voters == plan->voters);
            QVERIFY(file->plan.controllers() == plan->controllers());
        }
    }

    void anEvenNumberOfControllersIsRefused()
    {
        LocalOptions options;
        options.name = "test";
        options.controllers = 2;
        const auto plan = planLocal(options);
        QVERIFY(!plan);
        QVERIFY(plan.error().message.find("majority") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestNodeFile)
#include "test_nodefile.moc"
