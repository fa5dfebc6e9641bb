#include "cluster/clusterdirectory.h"

#include "base/memoryfilesystem.h"

#include <QTest>

using namespace moldau;
using namespace moldau::cluster;

namespace {
const std::vector<BrokerId> kOne{BrokerId{9001}};
}

class TestClusterDirectory : public QObject {
    Q_OBJECT
private slots:
    void newDirectoryTakesTheRequestedIdAndKeepsIt()
    {
        MemoryFileSystem files;
        QCOMPARE(
            openClusterDirectory(files, "/data", "shop", "4L6g3nShT-eMCtK--X86sw", kOne).value(),
            std::string("4L6g3nShT-eMCtK--X86sw"));
        QCOMPARE(openClusterDirectory(files, "/data", "shop", {}, kOne).value(),
            std::string("4L6g3nShT-eMCtK--X86sw"));
    }

    void newDirectoriesWithoutARequestGetDifferentIds()
    {
        MemoryFileSystem files;
        QVERIFY(openClusterDirectory(files, "/one", "one", {}, kOne).value()
            != openClusterDirectory(files, "/two", "two", {}, kOne).value());
    }

    void anotherClustersDirectoryIsRefusedInKafkasWords()
    {
        MemoryFileSystem files;
        QVERIFY(openClusterDirectory(files, "/data", "shop", "first", kOne));
        const auto refused = openClusterDirectory(files, "/data", "shop", "second", kOne);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::InconsistentClusterId);
        QCOMPARE(refused.error().message,
            std::string("Invalid cluster.id in: /data/moldau.properties. Expected second, but read "
                        "first"));
    }

    void aClusterKeepsItsVoters()
    {
        MemoryFileSystem files;
        const std::vector<BrokerId> three{BrokerId{1}, BrokerId{2}, BrokerId{3}};
        QVERIFY(openClusterDirectory(files, "/three", "shop", {}, three));
        QVERIFY(openClusterDirectory(files, "/three", "shop", {}, three));
        const auto refused = openClusterDirectory(
            files, "/three", "shop", {}, {BrokerId{1}, BrokerId{2}, BrokerId{4}});
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::InvalidConfig);
        QCOMPARE(refused.error().message,
            std::string("the metadata of the cluster in /three are kept by the nodes 1,2,3 and "
                        "can't be read by 1,2,4: name the same controllers again, or start a new "
                        "cluster under another project name (-p) or in another directory "
                        "(--data)"));
        QVERIFY(!openClusterDirectory(files, "/three", "shop", {}, kOne));
        QVERIFY(!hasVoterOfItsOwn(files, "/three"));
        QVERIFY(!hasVoterOfItsOwn(files, "/none"));
    }

    void aDirectoryOfAnEarlierVersionKeepsItsNumberOfVoters()
    {
        MemoryFileSystem files;
        QVERIFY(files.createDirectories("/old"));
        QVERIFY(replaceFile(files, "/old/moldau.properties",
            asBytes("cluster.id=4L6g3nShT-eMCtK--X86sw\ncontrollers=1\nname=shop\n"),
            Durability::Process));
        QVERIFY(openClusterDirectory(files, "/old", "shop", {}, kOne));
        QVERIFY(hasVoterOfItsOwn(files, "/old"));
        QVERIFY(!openClusterDirectory(files, "/old", "shop", {}, {BrokerId{1}, BrokerId{2}}));
    }
};

QTEST_GUILESS_MAIN(TestClusterDirectory)
#include "test_clusterdirectory.moc"
