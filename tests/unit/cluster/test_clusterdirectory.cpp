#include "cluster/clusterdirectory.h"

#include "base/memoryfilesystem.h"
#include "cluster/composeplan.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>

using namespace moldau;
using namespace moldau::cluster;

class TestClusterDirectory : public QObject {
    Q_OBJECT
private slots:
    void newDirectoryTakesTheRequestedIdAndKeepsIt()
    {
        MemoryFileSystem files;
        QCOMPARE(openClusterDirectory(files, "/data", "shop", "4L6g3nShT-eMCtK--X86sw").value(),
            std::string("4L6g3nShT-eMCtK--X86sw"));
        QCOMPARE(openClusterDirectory(files, "/data", "shop", {}).value(),
            std::string("4L6g3nShT-eMCtK--X86sw"));
    }

    void newDirectoriesWithoutARequestGetDifferentIds()
    {
        MemoryFileSystem files;
        QVERIFY(openClusterDirectory(files, "/one", "one", {}).value()
            != openClusterDirectory(files, "/two", "two", {}).value());
    }

    void anotherClustersDirectoryIsRefusedInKafkasWords()
    {
        MemoryFileSystem files;
        QVERIFY(openClusterDirectory(files, "/data", "shop", "first"));
        const auto refused = openClusterDirectory(files, "/data", "shop", "second");
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::InconsistentClusterId);
        QCOMPARE(refused.error().message,
            std::string("Invalid cluster.id in: /data/moldau.properties. Expected second, but read "
                        "first"));
    }

    void aClusterKeepsItsNumberOfControllers()
    {
        MemoryFileSystem files;
        QVERIFY(openClusterDirectory(files, "/three", "shop", {}, 3));
        QVERIFY(openClusterDirectory(files, "/three", "shop", {}, 3));
        const auto refused = openClusterDirectory(files, "/three", "shop", {}, 1);
        QVERIFY(!refused);
        QCOMPARE(refused.error().message,
            std::string("the cluster in /three was made with 3 controller(s) and can't be started "
                        "with 1"));
        QVERIFY(openClusterDirectory(files, "/one", "shop", {}));
        QVERIFY(!openClusterDirectory(files, "/one", "shop", {}, 3));
    }

    void composeFilesClusterIdIsRequested()
    {
        const QTemporaryDir folder;
        const std::string file = folder.filePath(QStringLiteral("compose.yaml")).toStdString();
        std::ofstream(file)
            << "services:\n"
               "  kafka:\n"
               "    image: confluentinc/cp-kafka:7.9.0\n"
               "    environment:\n"
               "      CLUSTER_ID: MkU3OEVBNTcwNTJENDM2Qk\n"
               "      KAFKA_NODE_ID: 1\n"
               "      KAFKA_PROCESS_ROLES: broker,controller\n"
               "      KAFKA_CONTROLLER_QUORUM_VOTERS: 1@kafka:29093\n"
               "      KAFKA_CONTROLLER_LISTENER_NAMES: CONTROLLER\n"
               "      KAFKA_LISTENERS: PLAINTEXT://kafka:9092,CONTROLLER://kafka:29093\n"
               "      KAFKA_ADVERTISED_LISTENERS: PLAINTEXT://kafka:9092\n"
               "      KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: "
               "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT\n";
        const auto plan = planCompose(
            file, {"shop", folder.filePath(QStringLiteral("data")).toStdString(), {}});
        QVERIFY2(plan, plan ? "" : plan.error().message.c_str());
        QCOMPARE(plan->requestedClusterId, std::string("MkU3OEVBNTcwNTJENDM2Qk"));
    }
};

QTEST_GUILESS_MAIN(TestClusterDirectory)
#include "test_clusterdirectory.moc"
