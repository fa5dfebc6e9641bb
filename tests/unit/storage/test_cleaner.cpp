#include "storage/keyoffsets.h"
#include "storage/logcleaner.h"
#include "storageworld.h"

#include <random>
#include <sstream>

using namespace moldau;
using namespace moldau::storage;

class TestCleaner : public QObject {
    Q_OBJECT

    using Table = std::map<std::string, std::optional<std::string>>;

    std::unique_ptr<MemoryFileSystem> m_files;
    std::unique_ptr<ManualLoop> m_loop;
    Log m_log;
    std::shared_ptr<LogConfig> m_config;
    std::unique_ptr<LogDirectory> m_directory;
    std::unique_ptr<LogCleaner> m_cleaner;
    PartitionLog* m_partition = nullptr;

    void open()
    {
        m_cleaner.reset();
        m_directory.reset();
        LogDirectory::Options options;
        options.path = "/data";
        options.nodeId = BrokerId(1);
        options.configOf = [this](const std::string&) { return m_config; };
        auto directory = LogDirectory::open(*m_loop, *m_files, m_log, options);
        VERIFY_OK(directory);
        m_directory = std::move(*directory);
        LogCleaner::Options cleaning;
        cleaning.stepBytes = 300; // many steps
        m_cleaner = std::make_unique<LogCleaner>(*m_loop, *m_directory, cleaning);
        auto log = m_directory->findOrCreate({"table", 0}, {}, m_config);
        VERIFY_OK(log);
        m_partition = *log;
        m_partition->setHighWatermark(m_partition->logEndOffset());
    }
    void put(const std::string& key, const std::optional<std::string>& value, BatchSpec spec = {})
    {
        protocol::BatchOptions options;
        options.codec = spec.codec;
        options.producerId = ProducerId(spec.producerId);
        options.producerEpoch = spec.producerEpoch;
        options.baseSequence = spec.sequence;
        options.isTransactional = spec.isTransactional;
        protocol::BatchBuilder builder(options);
        builder.append(m_loop->wallClockMs(), asBytes(key),
            value ? std::optional(asBytes(*value)) : std::nullopt);
        append(builder.build().value(), AppendOrigin::Client);
    }
    void append(const Bytes& batch, AppendOrigin origin)
    {
        VERIFY_OK(m_partition->appendAsLeader(
            batch, {.leaderEpoch = 0, .nowMs = m_loop->wallClockMs(), .origin = origin}));
        m_partition->setHighWatermark(m_partition->logEndOffset());
    }
    /** Everything so far may be cleaned. */
    void roll()
    {
        put("last", "x");
        VERIFY_OK(m_partition->roll(m_loop->wallClockMs()));
    }
    bool clean()
    {
        const bool isCleaning = m_cleaner->cleanNext();
        return isCleaning && !m_cleaner->isCleaning();
    }
    std::vector<std::string> names()
    {
        std::vector<std::string> names;
        const auto entries = m_files->list("/data/table-0").value();
        for (const DirectoryEntry& entry : entries)
            names.push_back(entry.name);
        return names;
    }
    /** "offset:key=value" of all records that a reader gets, "offset:key-" for tombstones. */
    std::string content()
    {
        std::string text;
        std::int64_t offset = m_partition->logStartOffset();
        while (true) {
            auto read = m_partition->read(offset, 100'000, ReadLimit::LogEnd);
            if (!read || read->batchCount == 0)
                return text;
            protocol::BatchIterator batches(read->records.bytes);
            while (const auto batch = batches.next()) {
                if (batch->isControl())
                    text += " " + std::to_string(batch->baseOffset()) + ":marker";
                if (batch->isControl() || !batch->isCrcRight())
                    continue;
                const auto records = batch->records().value();
                for (const protocol::RecordView& record : records) {
                    text += " " + std::to_string(record.offset) + ":"
                        + std::string(asText(*record.key))
                        + (record.value ? "=" + std::string(asText(*record.value)) : "-");
                }
            }
            offset = read->nextOffset;
        }
    }
    /** What a reader takes for the table: the last value of each key, none where it was deleted. */
    Table latestValues()
    {
        Table found;
        std::istringstream words(content());
        for (std::string word; words >> word;) {
            word = word.substr(word.find(':') + 1);
            const std::size_t equals = word.find('=');
            if (equals == std::string::npos)
                found[word.substr(0, word.size() - 1)] = std::nullopt;
            else
                found[word.substr(0, equals)] = word.substr(equals + 1);
        }
        return found;
    }

private slots:
    void init()
    {
        m_cleaner.reset();
        m_directory.reset();
        m_files = std::make_unique<MemoryFileSystem>();
        m_loop = std::make_unique<ManualLoop>();
        m_config = smallConfig();
        m_config->isDelete = false;
        m_config->isCompact = true;
        m_config->segmentBytes = 500;
        open();
    }
    void cleanup()
    {
        m_cleaner.reset();
        m_directory.reset();
    }

    void theLastValueOfEachKeyStays()
    {
        put("a", "1");
        put("b", "1");
        put("a", "2");
        put("c", "1");
        put("b", "2");
        roll();
        QVERIFY(clean());
        QCOMPARE(content(), std::string(" 2:a=2 3:c=1 4:b=2 5:last=x"));
        QCOMPARE(m_partition->logEndOffset(), 6);
        put("a", "3");
        m_config->minCleanableDirtyRatio = 0;
        QVERIFY(!clean()); // the active segment is left alone
        roll();
        QVERIFY(clean());
        QCOMPARE(content(), std::string(" 3:c=1 4:b=2 6:a=3 7:last=x"));
    }
    void aLogThatIsNotDirtyEnoughIsLeftAlone()
    {
        for (int i = 0; i < 20; ++i)
            put("key" + std::to_string(i), std::string(100, 'v'));
        roll();
        QVERIFY(clean());
        QVERIFY(!clean());
        put("key0", "new");
        roll();
        QVERIFY(!clean());
        m_config->minCleanableDirtyRatio = 0.01;
        QVERIFY(clean());
    }
    void whatIsYoungIsNotCleaned()
    {
        m_config->minCompactionLagMs = 10'000;
        put("a", "1");
        put("a", "2");
        roll();
        QVERIFY(!clean());
        m_loop->advance(10'001);
        QVERIFY(clean());
        QCOMPARE(content(), std::string(" 1:a=2 2:last=x"));
    }
    void whatIsOldIsCleanedEvenWhenItIsLittle()
    {
        m_config->minCleanableDirtyRatio = 1;
        m_config->maxCompactionLagMs = 60'000;
        put("a", "1");
        put("a", "2");
        roll();
        QVERIFY(!clean());
        m_loop->advance(60'001);
        QVERIFY(clean());
    }
    void aTombstoneGoesAfterItsTime()
    {
        m_config->deleteRetentionMs = 5000;
        put("a", "1");
        put("b", "1");
        put("a", std::nullopt);
        roll();
        QVERIFY(clean());
        QCOMPARE(content(), std::string(" 1:b=1 2:a- 3:last=x"));
        m_loop->advance(4000);
        put("b", "2");
        roll();
        m_config->minCleanableDirtyRatio = 0;
        QVERIFY(clean());
        QCOMPARE(content(), std::string(" 2:a- 4:b=2 5:last=x"));
        m_loop->advance(1001);
        put("c", "1");
        roll();
        QVERIFY(clean());
        QCOMPARE(content(), std::string(" 4:b=2 6:c=1 7:last=x"));
    }
    void timestampsSurviveADeleteHorizon()
    {
        put("a", std::nullopt, {.codec = protocol::Codec::Zstd});
        const std::int64_t time = m_loop->wallClockMs();
        m_loop->advance(500);
        roll();
        QVERIFY(clean());
        const auto found = m_partition->offsetForTimestamp(time).value();
        QCOMPARE(found->offset, 0);
        QCOMPARE(found->timestampMs, time);
        auto read = m_partition->read(0, 10'000, ReadLimit::LogEnd);
        const auto batch = protocol::BatchView::parse(read->records.bytes).value();
        QVERIFY(batch.deleteHorizonMs().has_value());
        QVERIFY(batch.isCrcRight());
        QCOMPARE(batch.maxTimestamp(), time);
    }
    void whatWasRolledBackIsNoValue()
    {
        put("a", "1");
        const BatchSpec first{
            .producerId = 7, .producerEpoch = 0, .sequence = 0, .isTransactional = true};
        put("a", "aborted", first);
        append(makeMarker(7, 0, false), AppendOrigin::Coordinator);
        BatchSpec second = first;
        second.sequence = 1;
        put("b", "committed", second);
        append(makeMarker(7, 0, true), AppendOrigin::Coordinator);
        roll();
        QVERIFY(clean());
        QCOMPARE(content(), std::string(" 0:a=1 2:marker 3:b=committed 4:marker 5:last=x"));
        // The producer is still known, and so is its sequence.
        VERIFY_OK(m_directory->close());
        open();
        QCOMPARE(m_partition->activeProducers().front().lastSequence(), 1);
        QCOMPARE(m_partition->lastStableOffset(), 6);
    }
    void aProducersLastBatchStaysAsAHead()
    {
        put("a", "1", {.producerId = 7, .producerEpoch = 0, .sequence = 0});
        put("a", "2");
        roll();
        QVERIFY(clean());
        QCOMPARE(content(), std::string(" 1:a=2 2:last=x"));
        // As after a loss of all snapshots: the head alone tells of the producer.
        m_cleaner.reset();
        m_directory.reset();
        m_files->crash(MemoryFileSystem::CrashMode::KeepAll);
        for (const std::string& name : names()) {
            if (name.ends_with(".snapshot"))
                VERIFY_OK(m_files->remove("/data/table-0/" + name));
        }
        open();
        QCOMPARE(m_partition->activeProducers().size(), std::size_t(1));
        QCOMPARE(m_partition->activeProducers().front().lastSequence(), 0);
    }
    void smallSegmentsBecomeOne()
    {
        for (int round = 0; round < 20; ++round) {
            for (int key = 0; key < 5; ++key)
                put("key" + std::to_string(key), std::string(50, static_cast<char>('a' + round)));
        }
        roll();
        const auto before = m_partition->segments().size();
        QVERIFY(before > 20);
        QVERIFY(clean());
        for (int i = 0; i < 5; ++i) {
            put("more", "x");
            roll();
            m_config->minCleanableDirtyRatio = 0;
            QVERIFY(clean());
        }
        QVERIFY(m_partition->segments().size() <= 5);
        const auto stay = content();
        VERIFY_OK(m_directory->close());
        open();
        QCOMPARE(content(), stay);
    }
    void aTableThatIsTooSmallCleansBitByBit()
    {
        LogCleaner::Options options;
        options.limits.keyTableBytes = 1; // the least: some 900 keys
        m_cleaner = std::make_unique<LogCleaner>(*m_loop, *m_directory, options);
        for (int round = 0; round < 2; ++round) {
            for (int key = 0; key < 1000; ++key)
                put("key" + std::to_string(key), std::to_string(round));
        }
        roll();
        m_config->minCleanableDirtyRatio = 0;
        int rounds = 0;
        while (clean())
            ++rounds;
        QVERIFY(rounds > 1);
        const std::string left = content();
        for (int key : {0, 500, 999}) {
            const std::string name = ":key" + std::to_string(key) + "=";
            QVERIFY(left.find(name + "1") != std::string::npos);
            QVERIFY(left.find(name + "0") == std::string::npos);
        }
    }
    void aLogThatWasCutMeanwhileStaysAsItIs()
    {
        put("a", "1");
        put("a", "2");
        roll();
        auto plan = m_partition->planCleaning(0, m_loop->wallClockMs()).value();
        VERIFY_OK(m_partition->completePlan(*plan));
        CleanJob job(*m_files, *plan);
        QVERIFY(job.step(1'000'000).value());
        VERIFY_OK(m_partition->truncateFullyAndStartAt(0));
        put("b", "1");
        QCOMPARE(m_partition->adoptCleaned(job).value(), false);
        QCOMPARE(content(), std::string(" 0:b=1"));
        for (const std::string& name : names())
            QVERIFY(!name.ends_with(".cleaned"));
    }
    void aFullDiskEndsTheCleaningButNotTheLog()
    {
        put("a", "1");
        put("a", "2");
        roll();
        m_files->failWrites(
            {.nthWrite = 1, .code = ErrorCode::LocalDiskFull, .pathPart = ".cleaned"});
        QVERIFY(clean());
        m_files->heal();
        QVERIFY(m_directory->isOnline());
        QCOMPARE(content(), std::string(" 0:a=1 1:a=2 2:last=x"));
        QVERIFY(clean());
        QCOMPARE(content(), std::string(" 1:a=2 2:last=x"));
    }
    void aCrashDuringTheSwapLosesNoValue_data()
    {
        QTest::addColumn<int>("renames");
        for (int renames = 0; renames < 14; ++renames)
            QTest::addRow("%d renames", renames) << renames;
    }
    /** Cuts the power after each of the swap's steps: the disk keeps what was done up to there. */
    void aCrashDuringTheSwapLosesNoValue()
    {
        QFETCH(int, renames);
        m_config->deleteRetentionMs = 0;
        put("a", "1");
        put("b", "1");
        roll();
        put("a", std::nullopt);
        put("b", "2");
        roll();
        QVERIFY(clean()); // starts the tombstone's horizon
        m_loop->advance(10);
        put("c", "1");
        roll();
        m_config->minCleanableDirtyRatio = 0;
        auto plan = m_partition->planCleaning(0, m_loop->wallClockMs()).value();
        VERIFY_OK(m_partition->completePlan(*plan));
        CleanJob job(*m_files, *plan);
        while (!job.step(100).value()) { }
        m_files->failRenames(renames);
        (void)m_partition->adoptCleaned(job);
        m_files->heal();
        m_cleaner.reset();
        m_directory.reset();
        m_files->crash(MemoryFileSystem::CrashMode::KeepAll);
        open();
        const std::string left = content();
        QVERIFY2(left.find(":a=") == std::string::npos, left.c_str());
        QVERIFY2(left.find(":b=2") != std::string::npos, left.c_str());
        QVERIFY2(left.find(":c=1") != std::string::npos, left.c_str());
        QCOMPARE(m_partition->logEndOffset(), 8);
    }
    void aPowerCutAtAnyMomentOfACleaningLosesNoValue_data()
    {
        QTest::addColumn<int>("seed");
        for (int seed = 1; seed <= 60; ++seed)
            QTest::addRow("seed %d", seed) << seed;
    }
    void aPowerCutAtAnyMomentOfACleaningLosesNoValue()
    {
        QFETCH(int, seed);
        m_cleaner.reset();
        m_directory.reset();
        m_files = std::make_unique<MemoryFileSystem>(static_cast<std::uint32_t>(seed));
        std::mt19937 random(static_cast<unsigned>(seed));
        const auto upTo = [&random](int most) {
            return static_cast<int>(random() % static_cast<unsigned>(most + 1));
        };
        m_config->minCleanableDirtyRatio = 0;
        m_config->deleteRetentionMs = 20;
        open();
        Table table;
        for (int cut = 0; cut < 5; ++cut) {
            for (int i = 0; i < 100; ++i) {
                const std::string key = "key" + std::to_string(upTo(15));
                table[key] = upTo(4) == 0 ? std::nullopt : std::optional(std::to_string(i));
                put(key, table[key]);
                m_loop->advance(1);
            }
            roll();
            table["last"] = "x";
            VERIFY_OK(m_partition->flush());
            VERIFY_OK(m_directory->writeCheckpoints());
            VERIFY_OK(m_files->syncAll("/data"));
            auto plan = m_partition->planCleaning(0, m_loop->wallClockMs()).value();
            VERIFY_OK(m_partition->completePlan(*plan));
            CleanJob job(*m_files, *plan);
            bool isDone = false;
            for (int steps = upTo(120); steps > 0 && !isDone; --steps)
                isDone = job.step(200).value();
            if (isDone) {
                m_files->failRenames(upTo(60));
                (void)m_partition->adoptCleaned(job);
                m_files->heal();
            }
            m_cleaner.reset();
            m_directory.reset();
            using Mode = MemoryFileSystem::CrashMode;
            m_files->crash(upTo(2) == 0 ? Mode::LoseUnsynced : Mode::KeepSome);
            open();
            for (int isCleanAgain = 0; isCleanAgain < 2; ++isCleanAgain) {
                Table found = latestValues();
                for (const auto& [name, expected] : table)
                    QVERIFY2(found[name] == expected, (name + content()).c_str());
                QCOMPARE(m_partition->logEndOffset(), (cut + 1) * 101);
                if (isCleanAgain == 0)
                    clean();
            }
        }
    }
    void theCleanerComesBackByItself()
    {
        m_config->minCleanableDirtyRatio = 0;
        m_cleaner->start();
        put("a", "1");
        put("a", "2");
        roll();
        m_loop->advance(15'000);
        QCOMPARE(content(), std::string(" 1:a=2 2:last=x"));
        put("a", "3");
        roll();
        m_loop->advance(15'000);
        QCOMPARE(content(), std::string(" 3:a=3 4:last=x"));
        QCOMPARE(std::string(asText(readFile(*m_files, "/data/cleaner-offset-checkpoint").value())),
            std::string("0\n1\ntable 0 5\n"));
    }
    void theReadingSpeedIsKept()
    {
        LogCleaner::Options options;
        options.bytesPerSecond = 500;
        options.stepBytes = 1000;
        m_cleaner = std::make_unique<LogCleaner>(*m_loop, *m_directory, options);
        for (int i = 0; i < 30; ++i)
            put("a", std::string(100, 'v'));
        roll();
        QVERIFY(m_cleaner->cleanNext());
        m_loop->advance(5000);
        QVERIFY(m_cleaner->isCleaning());
        m_loop->advance(60'000);
        QVERIFY(!m_cleaner->isCleaning());
        QCOMPARE(m_partition->segments().size(), std::size_t(2));
    }
    void aPausedCleanerBeginsNothing()
    {
        LogCleaner::Options options;
        options.isPaused = true;
        m_cleaner->setOptions(options);
        put("a", "1");
        put("a", "2");
        roll();
        QVERIFY(!m_cleaner->cleanNext());
        m_cleaner->setOptions({});
        QVERIFY(m_cleaner->cleanNext());
    }
    void readersOfTheOldSegmentsGoOn()
    {
        put("a", "1");
        put("a", "2");
        roll();
        auto read = m_partition->read(0, 100'000, ReadLimit::LogEnd);
        QVERIFY(clean());
        m_loop->advance(m_config->fileDeleteDelayMs);
        QCOMPARE(rangesIn(read->records.bytes), std::string("0-0 1-1 2-2"));
        QCOMPARE(readAll(*m_partition, 0), std::string("1-1 2-2"));
    }

    void randomTablesKeepTheirValues()
    {
        std::mt19937 random(42);
        const auto upTo = [&random](int most) {
            return static_cast<int>(random() % static_cast<unsigned>(most + 1));
        };
        m_config->minCleanableDirtyRatio = 0;
        m_config->deleteRetentionMs = 50;
        Table table;
        for (int i = 0; i < 1500; ++i) {
            const std::string key = "key" + std::to_string(upTo(20));
            const auto value = upTo(4) == 0 ? std::nullopt : std::optional(std::to_string(i));
            put(key, value, {.codec = upTo(1) == 0 ? protocol::Codec::None : protocol::Codec::Lz4});
            table[key] = value;
            m_loop->advance(1);
            if (upTo(30) == 0) {
                roll();
                table["last"] = "x";
                clean();
            }
            if (upTo(200) == 0) {
                VERIFY_OK(m_directory->close());
                open();
            }
            if (upTo(10) != 0)
                continue;
            Table found = latestValues();
            for (const auto& [name, expected] : table)
                QVERIFY2(found[name] == expected, (name + content()).c_str());
        }
    }

    void theKeyTableKnowsTheNewestOffset()
    {
        KeyOffsets keys(std::size_t{1} << 20);
        for (int round = 0; round < 2; ++round) {
            for (int i = 0; i < 10'000; ++i)
                QVERIFY(keys.put(asBytes("key" + std::to_string(i)), i + round * 100'000));
        }
        QCOMPARE(keys.size(), std::size_t(10'000));
        QCOMPARE(*keys.find(asBytes("key77")), 100'077);
        QVERIFY(!keys.find(asBytes("key")));
        KeyOffsets small(1);
        int count = 0;
        while (small.put(asBytes("key" + std::to_string(count)), count))
            ++count;
        QVERIFY(count > 500);
        QVERIFY(small.put(asBytes("key0"), 7)); // known keys still fit
        QCOMPARE(*small.find(asBytes("key0")), 7);
    }
};

QTEST_APPLESS_MAIN(TestCleaner)
#include "test_cleaner.moc"
