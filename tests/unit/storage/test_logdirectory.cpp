#include "storage/logflusher.h"
#include "storageworld.h"

using namespace moldau;
using namespace moldau::storage;

class TestLogDirectory : public QObject {
    Q_OBJECT

    std::unique_ptr<MemoryFileSystem> m_files;
    std::unique_ptr<ManualLoop> m_loop;
    Log m_log;
    std::shared_ptr<LogConfig> m_config;
    std::unique_ptr<LogDirectory> m_directory;

    LogDirectory::Options options()
    {
        LogDirectory::Options options;
        options.path = "/data/broker-1";
        options.clusterId = "cluster";
        options.nodeId = BrokerId(1);
        options.configOf = [this](const std::string&) { return m_config; };
        options.maxOpenLogs = 4;
        return options;
    }
    void open()
    {
        m_directory.reset();
        auto directory = LogDirectory::open(*m_loop, *m_files, m_log, options());
        VERIFY_OK(directory);
        m_directory = std::move(*directory);
    }
    PartitionLog& create(const std::string& topic, int partition = 0, Uuid id = {})
    {
        auto log = m_directory->findOrCreate({topic, partition}, id, m_config);
        if (!log)
            qFatal("%s", messageOf(log.error()).c_str());
        return **log;
    }
    void fill(PartitionLog& log, int count)
    {
        for (int i = 0; i < count; ++i)
            VERIFY_OK(log.appendAsLeader(makeBatch({}), clientAppend()));
        log.setHighWatermark(log.logEndOffset());
    }
    std::vector<std::string> namesIn(const std::string& path)
    {
        std::vector<std::string> names;
        for (const DirectoryEntry& entry :
            m_files->list(path).value_or(std::vector<DirectoryEntry>{}))
            names.push_back(entry.name);
        return names;
    }

private slots:
    void init()
    {
        m_directory.reset();
        m_files = std::make_unique<MemoryFileSystem>();
        m_loop = std::make_unique<ManualLoop>();
        m_config = smallConfig();
        open();
    }
    void cleanup() { m_directory.reset(); }

    void aNewDirectoryGetsItsIdentity()
    {
        const Uuid id = m_directory->directoryId();
        QVERIFY(!id.isZero());
        QVERIFY(!m_directory->wasUnclean());
        const std::string text(
            asText(readFile(*m_files, "/data/broker-1/meta.properties").value()));
        for (const std::string& line :
            {std::string("version=1\n"), std::string("cluster.id=cluster\n"),
                std::string("node.id=1\n"), "directory.id=" + id.toString() + "\n"})
            QVERIFY(text.find(line) != std::string::npos);
        VERIFY_OK(m_directory->close());
        open();
        QVERIFY(m_directory->directoryId() == id);
    }
    void startingAnEmptyDirectorySyncsOnlyItsIdentityAndMakingTopicsNothing()
    {
        QCOMPARE(m_files->syncCount(), std::uint64_t(3)); // meta.properties and where it stands
        create("orders");
        fill(create("payments"), 3);
        QCOMPARE(m_files->syncCount(), std::uint64_t(3));
    }
    void aPowerCutKeepsTheIdentity()
    {
        const Uuid id = m_directory->directoryId();
        VERIFY_OK(m_files->syncDirectory("/")); // where /data stands is its maker's business
        m_directory.reset();
        m_files->crash(MemoryFileSystem::CrashMode::LoseUnsynced);
        open();
        QVERIFY(m_directory->directoryId() == id);
    }
    void aDirectoryInUseIsRefused()
    {
        const auto second = LogDirectory::open(*m_loop, *m_files, m_log, options());
        QVERIFY(!second);
        QVERIFY(second.error().message.find(".lock in /data/broker-1") != std::string::npos);
    }
    void aDirectoryOfAnotherNodeOrClusterIsRefused()
    {
        VERIFY_OK(m_directory->close());
        m_directory.reset();
        auto other = options();
        other.nodeId = BrokerId(2);
        QVERIFY(!LogDirectory::open(*m_loop, *m_files, m_log, other));
        other = options();
        other.clusterId = "other";
        const auto refused = LogDirectory::open(*m_loop, *m_files, m_log, other);
        QVERIFY(refused.error().code == ErrorCode::InconsistentClusterId);
        other.clusterId.clear();
        auto taken = LogDirectory::open(*m_loop, *m_files, m_log, other);
        VERIFY_OK(taken);
        QCOMPARE((*taken)->metaProperties().clusterId, std::string("cluster"));
    }

    void aPartitionsDirectoryLooksAsKafkasDoes()
    {
        const Uuid id = Uuid::random();
        PartitionLog& log = create("orders", 3, id);
        fill(log, 60);
        VERIFY_OK(m_directory->close(77));
        const auto names = namesIn("/data/broker-1/orders-3");
        for (const char* name : {"00000000000000000000.index", "00000000000000000000.log",
                 "00000000000000000000.timeindex", "leader-epoch-checkpoint", "partition.metadata"})
            QVERIFY2(std::find(names.begin(), names.end(), name) != names.end(), name);
        QCOMPARE(std::string(asText(
                     readFile(*m_files, "/data/broker-1/orders-3/partition.metadata").value())),
            "version: 0\ntopic_id: " + id.toString());
        QCOMPARE(
            std::string(asText(
                readFile(*m_files, "/data/broker-1/orders-3/leader-epoch-checkpoint").value())),
            std::string("0\n1\n0 0\n"));
        QCOMPARE(
            std::string(asText(
                readFile(*m_files, "/data/broker-1/recovery-point-offset-checkpoint").value())),
            std::string("0\n1\norders 3 60\n"));
        QCOMPARE(std::string(asText(
                     readFile(*m_files, "/data/broker-1/replication-offset-checkpoint").value())),
            std::string("0\n1\norders 3 60\n"));
        QVERIFY(m_files->exists("/data/broker-1/.kafka_cleanshutdown"));
    }
    void aCleanStopIsRemembered()
    {
        const Uuid id = Uuid::random();
        fill(create("orders", 0, id), 60);
        create("payments", 1);
        VERIFY_OK(m_directory->close(77));
        open();
        QVERIFY(!m_directory->wasUnclean());
        QCOMPARE(*m_directory->previousBrokerEpoch(), 77);
        QVERIFY(!m_files->exists("/data/broker-1/.kafka_cleanshutdown"));
        const std::vector<TopicPartition> expected{{"orders", 0}, {"payments", 1}};
        QVERIFY(m_directory->partitions() == expected);
        QVERIFY(m_directory->openLogs().empty());
        QVERIFY(m_directory->topicIdOf({"orders", 0}).value() == id);
        auto log = m_directory->find({"orders", 0});
        VERIFY_OK(log);
        QCOMPARE((*log)->logEndOffset(), 60);
        QCOMPARE((*log)->highWatermark(), 60);
        QVERIFY((*log)->topicId() == id);
        QVERIFY(m_directory->find({"orders", 1}).error().code == ErrorCode::LocalNotFound);
    }
    void checkpointsFollowWhatMoves()
    {
        const auto highWatermarks = [this] {
            return std::string(
                asText(readFile(*m_files, "/data/broker-1/replication-offset-checkpoint").value()));
        };
        fill(create("orders"), 60);
        create("payments");
        VERIFY_OK(m_directory->writeCheckpoints());
        QVERIFY(highWatermarks().find("orders 0 60\n") != std::string::npos);
        QVERIFY(highWatermarks().find("payments 0 0\n") != std::string::npos);
        fill(create("payments"), 5);
        VERIFY_OK(m_directory->writeCheckpoints());
        QVERIFY(highWatermarks().find("payments 0 5\n") != std::string::npos);
        create("returns");
        VERIFY_OK(m_directory->remove({"orders", 0}));
        VERIFY_OK(m_directory->writeCheckpoints());
        QVERIFY(highWatermarks().find("orders") == std::string::npos);
        QVERIFY(highWatermarks().find("returns 0 0\n") != std::string::npos);
        VERIFY_OK(m_directory->find({"payments", 0}).value()->flush());
        VERIFY_OK(m_directory->writeCheckpoints());
        const Bytes recovery
            = readFile(*m_files, "/data/broker-1/recovery-point-offset-checkpoint").value();
        QVERIFY(asText(recovery).find("payments 0 5\n") != std::string_view::npos);
    }
    void quietPartitionsAreNotWrittenAgain()
    {
        fill(create("orders"), 60);
        VERIFY_OK(m_directory->writeCheckpoints());
        VERIFY_OK(m_files->remove("/data/broker-1/replication-offset-checkpoint"));
        VERIFY_OK(m_directory->writeCheckpoints());
        QVERIFY(!m_files->exists("/data/broker-1/replication-offset-checkpoint"));
        fill(create("orders"), 1);
        VERIFY_OK(m_directory->writeCheckpoints());
        QVERIFY(m_files->exists("/data/broker-1/replication-offset-checkpoint"));
    }
    void aCrashIsRecoveredFrom()
    {
        fill(create("orders"), 60);
        VERIFY_OK(m_directory->writeCheckpoints());
        fill(create("orders"), 5);
        m_directory.reset();
        m_files->crash(MemoryFileSystem::CrashMode::KeepAll);
        open();
        QVERIFY(m_directory->wasUnclean());
        auto log = m_directory->find({"orders", 0});
        VERIFY_OK(log);
        QCOMPARE((*log)->logEndOffset(), 65);
        QCOMPARE((*log)->highWatermark(), 60);
    }
    void aLogThatNobodyOpenedKeepsWaitingForItsRecovery()
    {
        fill(create("orders"), 60);
        m_directory.reset();
        m_files->crash(MemoryFileSystem::CrashMode::KeepAll);
        open();
        VERIFY_OK(m_directory->close());
        open();
        QVERIFY(m_directory->wasUnclean());
        VERIFY_OK(m_directory->find({"orders", 0}));
        VERIFY_OK(m_directory->close());
        open();
        QVERIFY(!m_directory->wasUnclean());
        QCOMPARE((*m_directory->find({"orders", 0}))->logEndOffset(), 60);
    }
    void aTopicMadeAnewIsNotMistakenForTheOldOne()
    {
        const Uuid id = Uuid::random();
        create("orders", 0, id);
        QVERIFY(m_directory->findOrCreate({"orders", 0}, Uuid::random(), m_config).error().code
            == ErrorCode::InconsistentTopicId);
        VERIFY_OK(m_directory->findOrCreate({"orders", 0}, id, m_config));
        VERIFY_OK(m_directory->close());
        open();
        QVERIFY(m_directory->findOrCreate({"orders", 0}, Uuid::random(), m_config).error().code
            == ErrorCode::InconsistentTopicId);
    }
    void aRemovedPartitionIsRenamedAtOnceAndGoesLater()
    {
        fill(create("orders"), 10);
        VERIFY_OK(m_directory->remove({"orders", 0}));
        QVERIFY(!m_directory->has({"orders", 0}));
        QVERIFY(!m_files->exists("/data/broker-1/orders-0"));
        const auto isDoomed = [this] {
            for (const std::string& name : namesIn("/data/broker-1")) {
                if (name.starts_with("orders-0.") && name.ends_with("-delete"))
                    return true;
            }
            return false;
        };
        QVERIFY(isDoomed());
        QCOMPARE(create("orders").logEndOffset(), 0);
        m_loop->advance(m_config->fileDeleteDelayMs);
        QVERIFY(!isDoomed());
        QVERIFY(m_files->exists("/data/broker-1/orders-0"));
    }
    void whatWasDoomedBeforeARestartGoesAfterIt()
    {
        fill(create("orders"), 10);
        VERIFY_OK(m_directory->remove({"orders", 0}));
        VERIFY_OK(m_directory->close());
        open();
        QVERIFY(m_directory->partitions().empty());
        m_loop->advance(1);
        for (const std::string& name : namesIn("/data/broker-1"))
            QVERIFY(!name.ends_with("-delete"));
    }
    void retentionFreesTheDiskAfterTheDelay()
    {
        m_config->retentionMs = 1000;
        PartitionLog& log = create("orders");
        fill(log, 60);
        m_loop->advance(10'000);
        VERIFY_OK(m_directory->applyRetention());
        QCOMPARE(log.logStartOffset(), 60);
        const auto used = m_files->usedBytes();
        m_loop->advance(m_config->fileDeleteDelayMs);
        QVERIFY(m_files->usedBytes() < used - 3000);
    }
    void rolledSegmentsAreFlushedInTheBackground()
    {
        LogFlusher flusher(*m_loop, *m_directory);
        flusher.start();
        PartitionLog& log = create("orders");
        fill(log, 60);
        QCOMPARE(log.recoveryPoint(), 0);
        m_loop->advance(1000);
        QCOMPARE(log.recoveryPoint(), log.segments().back().baseOffset);
        const auto syncs = m_files->syncCount();
        m_loop->advance(10'000);
        QCOMPARE(m_files->syncCount(), syncs);
    }
    void aQuietLogIsNotLookedAtAgain()
    {
        for (int i = 0; i < 20; ++i)
            fill(create("orders", i), 1);
        QCOMPARE(m_directory->takeUsed().size(), 20u);
        QVERIFY(m_directory->takeUsed().empty());
        fill(create("orders", 7), 1);
        QCOMPARE(m_directory->takeUsed(), std::vector<PartitionLog*>{&create("orders", 7)});
        // Gone logs are not among them.
        fill(create("orders", 8), 1);
        VERIFY_OK(m_directory->remove({"orders", 8}));
        QVERIFY(m_directory->takeUsed().empty());
        // Who waits at the end of a log opens none of its files.
        m_directory->releaseIdle();
        PartitionLog& log = create("orders", 9);
        QVERIFY(log.read(log.logEndOffset(), 1000, ReadLimit::LogEnd).has_value());
        QVERIFY(!log.useMark().hasOpenFiles);
        QVERIFY(log.read(0, 1000, ReadLimit::LogEnd).has_value());
        QVERIFY(log.useMark().hasOpenFiles);
    }
    void flushSettingsAreKept()
    {
        LogFlusher flusher(*m_loop, *m_directory);
        flusher.start();
        m_config->flushMs = 5000;
        PartitionLog& log = create("orders");
        fill(log, 1);
        m_loop->advance(4000);
        QCOMPARE(log.recoveryPoint(), 0);
        m_loop->advance(1000);
        QCOMPARE(log.recoveryPoint(), 1);
        m_config->flushMessages = 1;
        fill(log, 1);
        QCOMPARE(log.recoveryPoint(), 2);
    }
    void onlySomeLogsKeepFilesOpen()
    {
        for (int round = 0; round < 3; ++round) {
            for (int i = 0; i < 20; ++i)
                fill(create("orders", i), 1);
            int open = 0;
            for (PartitionLog* log : m_directory->openLogs())
                open += log->useMark().hasOpenFiles;
            QVERIFY(open <= 4);
        }
        for (int i = 0; i < 20; ++i)
            QCOMPARE(readAll(create("orders", i), 0), std::string("0-0 1-1 2-2"));
    }
    void aFailedWriteTakesTheDirectoryOffline()
    {
        PartitionLog& log = create("orders");
        PartitionLog& other = create("payments");
        fill(log, 3);
        fill(other, 1);
        int calls = 0;
        m_directory->setOfflineHandler([&calls](const Error& cause) {
            ++calls;
            QVERIFY(cause.code == ErrorCode::LocalDiskFull);
        });
        m_files->failWrites(
            {.nthWrite = 1, .code = ErrorCode::LocalDiskFull, .pathPart = "orders"});
        QVERIFY(log.appendAsLeader(makeBatch({}), clientAppend()).error().error.code
            == ErrorCode::KafkaStorageError);
        QVERIFY(!m_directory->isOnline());
        QCOMPARE(calls, 1);
        QVERIFY(other.read(0, 10, ReadLimit::LogEnd).error().code == ErrorCode::KafkaStorageError);
        QVERIFY(m_directory->findOrCreate({"more", 0}, {}, m_config).error().code
            == ErrorCode::KafkaStorageError);
        QVERIFY(!m_directory->close());
        m_files->heal();
        open();
        QVERIFY(m_directory->wasUnclean());
        QCOMPARE((*m_directory->find({"orders", 0}))->logEndOffset(), 3);
    }
    void damagedCheckpointsMeanARecoveryFromTheBeginning()
    {
        fill(create("orders"), 60);
        VERIFY_OK(m_directory->close());
        m_directory.reset();
        VERIFY_OK(replaceFile(*m_files, "/data/broker-1/recovery-point-offset-checkpoint",
            asBytes("0\n7\norders 0"), Durability::Process));
        open();
        QVERIFY(m_directory->wasUnclean());
        QCOMPARE((*m_directory->find({"orders", 0}))->logEndOffset(), 60);
    }
    void otherDirectoriesAreLeftAlone()
    {
        VERIFY_OK(m_directory->close());
        for (const char* name : {"lost+found", "orders", "orders-x", "-1", "orders-0-stray"})
            VERIFY_OK(m_files->createDirectories(std::string("/data/broker-1/") + name));
        VERIFY_OK(m_files->createDirectories("/data/broker-1/__cluster_metadata-0"));
        open();
        QVERIFY(m_directory->partitions().empty());
        QVERIFY(m_directory->has({"__cluster_metadata", 0}));
    }
};

QTEST_APPLESS_MAIN(TestLogDirectory)
#include "test_logdirectory.moc"
