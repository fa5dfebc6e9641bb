#include "storageworld.h"

using namespace moldau;
using namespace moldau::storage;

class TestPartitionLog : public QObject {
    Q_OBJECT

    std::unique_ptr<MemoryFileSystem> m_files;
    std::unique_ptr<TestHost> m_host;
    std::unique_ptr<PartitionLog> m_log;

    void open(PartitionLog::Options options = logOptions())
    {
        m_log.reset();
        auto log = PartitionLog::open(*m_host, std::move(options));
        VERIFY_OK(log);
        m_log = std::move(*log);
    }
    AppendInfo append(const BatchSpec& spec, LeaderAppend context = clientAppend())
    {
        auto info = m_log->appendAsLeader(makeBatch(spec), context);
        if (!info)
            qFatal("%s", messageOf(info.error()).c_str());
        return *info;
    }
    ErrorCode refusal(const BatchSpec& spec, LeaderAppend context = clientAppend())
    {
        auto info = m_log->appendAsLeader(makeBatch(spec), context);
        return info ? ErrorCode::None : info.error().error.code;
    }
    /** As many one-record batches, so that several segments come about. */
    void fill(int batches, std::int32_t epoch = 0)
    {
        for (int i = 0; i < batches; ++i)
            append({.timestampMs = 1'000'000 + m_log->logEndOffset()}, clientAppend(epoch));
        m_log->setHighWatermark(m_log->logEndOffset());
    }
    void closeAndReopen()
    {
        VERIFY_OK(m_log->close());
        VERIFY_OK(m_log->flush());
        PartitionLog::Options options = logOptions();
        options.recoveryPoint = m_log->recoveryPoint();
        options.logStartOffset = m_log->logStartOffset();
        options.highWatermark = m_log->highWatermark();
        open(options);
    }
    void crashAndReopen(std::int64_t recoveryPoint = 0)
    {
        PartitionLog::Options options = logOptions();
        options.isClean = false;
        options.recoveryPoint = recoveryPoint;
        open(options);
    }

private slots:
    void init()
    {
        m_log.reset();
        m_files = std::make_unique<MemoryFileSystem>();
        VERIFY_OK(m_files->createDirectories("/data"));
        VERIFY_OK(m_files->syncDirectory("/"));
        m_host = std::make_unique<TestHost>(*m_files);
        open();
    }
    void cleanup() { m_log.reset(); }

    void aLeaderGivesOffsetsAndItsEpoch()
    {
        QCOMPARE(append({.records = 3}, clientAppend(4)).baseOffset, 0);
        const AppendInfo info = append({.records = 2}, clientAppend(4));
        QCOMPARE(info.baseOffset, 3);
        QCOMPARE(info.lastOffset, 4);
        QCOMPARE(info.recordCount, 2);
        QCOMPARE(m_log->logEndOffset(), 5);
        QCOMPARE(*m_log->latestEpoch(), 4);
        auto read = m_log->read(3, 1000, ReadLimit::LogEnd);
        VERIFY_OK(read);
        const auto batch = protocol::BatchView::parse(read->records.bytes).value();
        QCOMPARE(batch.baseOffset(), 3);
        QCOMPARE(batch.leaderEpoch(), 4);
        QVERIFY(batch.isCrcRight());
    }
    void readersSeeUpToTheirLimit()
    {
        fill(5);
        m_log->setHighWatermark(3);
        QCOMPARE(readAll(*m_log, 1, ReadLimit::HighWatermark), std::string("1-1 2-2"));
        QCOMPARE(readAll(*m_log, 1, ReadLimit::LogEnd), std::string("1-1 2-2 3-3 4-4"));
        QCOMPARE(readAll(*m_log, 5, ReadLimit::LogEnd), std::string());
        QVERIFY(m_log->read(6, 10, ReadLimit::LogEnd).error().code == ErrorCode::OffsetOutOfRange);
        QVERIFY(m_log->read(-1, 10, ReadLimit::LogEnd).error().code == ErrorCode::OffsetOutOfRange);
        QCOMPARE(m_log->setHighWatermark(99), 5);
    }
    void segmentsAreRolledBySize()
    {
        fill(100);
        const auto segments = m_log->segments();
        QVERIFY(segments.size() > 3);
        for (const SegmentInfo& segment : segments)
            QVERIFY(segment.sizeBytes <= 2000);
        for (std::size_t i = 1; i < segments.size(); ++i)
            QCOMPARE(segments[i - 1].nextOffset, segments[i].baseOffset);
        std::string expected;
        for (int i = 0; i < 100; ++i)
            expected += (i > 0 ? " " : "") + std::to_string(i) + "-" + std::to_string(i);
        QCOMPARE(readAll(*m_log, 0), expected);
    }
    void segmentsAreRolledByTheTimeOfTheirRecords()
    {
        auto config = smallConfig();
        config->segmentMs = 10'000;
        config->messageTimestampAfterMaxMs = LogConfig::kForever;
        m_log->setConfig(config);
        append({.timestampMs = 1'000'000});
        append({.timestampMs = 1'010'000});
        QCOMPARE(m_log->segments().size(), std::size_t(1));
        append({.timestampMs = 1'010'001});
        QCOMPARE(m_log->segments().size(), std::size_t(2));
    }
    void segmentsAreRolledWhenAnIndexIsFull()
    {
        auto config = smallConfig();
        config->segmentBytes = 1'000'000;
        config->indexIntervalBytes = 0;
        config->segmentIndexBytes = 100;
        m_log->setConfig(config);
        fill(30);
        QVERIFY(m_log->segments().size() >= 3);
    }

    void theSameBatchAgainIsADuplicate()
    {
        const BatchSpec first{.records = 3, .producerId = 7, .producerEpoch = 0, .sequence = 0};
        const BatchSpec second{.records = 1, .producerId = 7, .producerEpoch = 0, .sequence = 3};
        append(first);
        append(second);
        const AppendInfo again = append(first);
        QVERIFY(again.isDuplicate);
        QCOMPARE(again.baseOffset, 0);
        QCOMPARE(m_log->logEndOffset(), 4);
        closeAndReopen();
        QVERIFY(append(second).isDuplicate);
        QVERIFY(refusal({.producerId = 7, .producerEpoch = 0, .sequence = 9})
            == ErrorCode::OutOfOrderSequenceNumber);
        crashAndReopen();
        QVERIFY(append(first).isDuplicate);
    }
    void afterACleanStartAllThatAClientMaySendAgainIsADuplicate()
    {
        BatchSpec spec{.value = std::string(400, 'x'), .producerId = 7, .producerEpoch = 2};
        const auto sequence = [&spec](std::int32_t number) {
            spec.sequence = number;
            return spec;
        };
        for (std::int32_t i = 0; i < 9; ++i) // over several segments
            append(sequence(i));
        closeAndReopen();
        for (std::int32_t i = 4; i < 9; ++i) {
            const AppendInfo again = append(sequence(i));
            QVERIFY(again.isDuplicate);
            QCOMPARE(again.baseOffset, i);
        }
        QVERIFY(refusal(sequence(3)) == ErrorCode::OutOfOrderSequenceNumber);
        VERIFY_OK(m_log->truncateTo(7));
        for (std::int32_t i = 2; i < 7; ++i)
            QCOMPARE(append(sequence(i)).baseOffset, i);
        QCOMPARE(m_log->logEndOffset(), 7);
        QVERIFY(!append(sequence(7)).isDuplicate);
        crashAndReopen(7);
        for (std::int32_t i = 3; i < 8; ++i)
            QCOMPARE(append(sequence(i)).baseOffset, i);
    }
    void readCommittedStopsAtAnOpenTransaction()
    {
        append({});
        append({.producerId = 7, .producerEpoch = 0, .sequence = 0, .isTransactional = true});
        append({});
        m_log->setHighWatermark(3);
        QCOMPARE(m_log->lastStableOffset(), 1);
        QCOMPARE(readAll(*m_log, 0, ReadLimit::LastStable), std::string("0-0"));
        VERIFY_OK(m_log->appendAsLeader(makeMarker(7, 0, false), coordinatorAppend()));
        QCOMPARE(m_log->lastStableOffset(), 1);
        m_log->setHighWatermark(4);
        QCOMPARE(m_log->lastStableOffset(), 4);

        const std::vector<AbortedTransaction> expected{{ProducerId(7), 1, 3, 4}};
        QVERIFY(m_log->abortedTransactions(0, 4).value() == expected);
        QVERIFY(m_log->abortedTransactions(0, 1).value().empty());
        QVERIFY(m_log->abortedTransactions(4, 9).value().empty());
        crashAndReopen();
        QVERIFY(m_log->abortedTransactions(0, 4).value() == expected);
        QVERIFY(!m_log->activeProducers().front().hasOpenTransaction());
    }

    void aFollowerTakesBatchesAsTheyCame()
    {
        Bytes batches = makeBatch({.records = 2, .baseOffset = 0, .leaderEpoch = 1});
        for (const Bytes& more : {makeBatch({.records = 1, .baseOffset = 5, .leaderEpoch = 1}),
                 makeBatch({.records = 3, .baseOffset = 6, .leaderEpoch = 3})})
            batches.insert(batches.end(), more.begin(), more.end());
        Bytes cut = batches;
        const Bytes last = makeBatch({.baseOffset = 9, .leaderEpoch = 3});
        cut.insert(cut.end(), last.begin(), last.end() - 3);
        auto info = m_log->appendAsFollower(cut, 0);
        VERIFY_OK(info);
        QCOMPARE(info->batchCount, 3);
        QCOMPARE(info->lastOffset, 8);
        QCOMPARE(readAll(*m_log, 0), std::string("0-1 5-5 6-8"));
        QCOMPARE(readAll(*m_log, 3), std::string("5-5 6-8"));
        const EpochEndOffset expected{1, 6};
        QVERIFY(m_log->endOffsetForEpoch(1) == expected);
        QVERIFY(m_log->endOffsetForEpoch(2) == expected);

        QVERIFY(
            m_log->appendAsFollower(batches, 0).error().error.code == ErrorCode::OffsetOutOfRange);
        Bytes damaged = last;
        damaged.back() = static_cast<std::uint8_t>(damaged.back() ^ 1);
        QVERIFY(
            m_log->appendAsFollower(damaged, 0).error().error.code == ErrorCode::CorruptMessage);
        QCOMPARE(m_log->logEndOffset(), 9);
    }
    void aFollowerIgnoresBatchesOfALaterLeader()
    {
        Bytes batches = makeBatch({.baseOffset = 0, .leaderEpoch = 1});
        const Bytes later = makeBatch({.baseOffset = 1, .leaderEpoch = 2});
        batches.insert(batches.end(), later.begin(), later.end());
        VERIFY_OK(m_log->appendAsFollower(batches, 0, 1));
        QCOMPARE(m_log->logEndOffset(), 1);
    }
    void aFetchLargerThanASegmentIsSpreadOverSeveral()
    {
        Bytes batches;
        for (int i = 0; i < 100; ++i) {
            const Bytes batch = makeBatch({.baseOffset = i, .leaderEpoch = 0});
            batches.insert(batches.end(), batch.begin(), batch.end());
        }
        auto info = m_log->appendAsFollower(batches, 0);
        VERIFY_OK(info);
        QCOMPARE(info->batchCount, 100);
        QCOMPARE(info->bytes, static_cast<std::int32_t>(batches.size()));
        QVERIFY(m_log->segments().size() > 3);
        QCOMPARE(m_log->logEndOffset(), 100);
    }

    void timestampsAreFoundInsideCompressedBatches()
    {
        append({.records = 5, .timestampMs = 1'000'000, .codec = protocol::Codec::Lz4});
        append({.records = 5, .timestampMs = 1'000'100, .codec = protocol::Codec::Gzip});
        append({.records = 5, .timestampMs = 1'000'050}, clientAppend(2));
        const auto at = [this](std::int64_t timestamp) {
            const auto found = m_log->offsetForTimestamp(timestamp).value();
            return found ? found->offset : -1;
        };
        QCOMPARE(at(0), 0);
        QCOMPARE(at(1'000'003), 3);
        QCOMPARE(at(1'000'005), 5);
        QCOMPARE(at(1'000'102), 7);
        QCOMPARE(at(1'000'105), -1);
        const TimestampedOffset most{9, 1'000'104, 0};
        QVERIFY(m_log->offsetOfMaxTimestamp().value() == most);
    }
    void timestampsAreFoundAcrossSegments()
    {
        fill(200);
        for (std::int64_t offset : {0, 1, 17, 63, 120, 199}) {
            const auto found = m_log->offsetForTimestamp(1'000'000 + offset).value();
            QVERIFY(found);
            QCOMPARE(found->offset, offset);
        }
        closeAndReopen();
        QCOMPARE(m_log->offsetForTimestamp(1'000'120).value()->offset, 120);
        QCOMPARE(m_log->offsetOfMaxTimestamp().value()->offset, 199);
    }

    void truncationAtTheEndTakesAnEpochWithoutBatches()
    {
        append({}, clientAppend(2));
        const std::int64_t end = m_log->logEndOffset();
        VERIFY_OK(m_log->assignEpochStart(5, end));
        QCOMPARE(*m_log->latestEpoch(), 5);
        VERIFY_OK(m_log->truncateTo(end));
        QCOMPARE(*m_log->latestEpoch(), 2);
        QCOMPARE(m_log->logEndOffset(), end);
        VERIFY_OK(m_log->assignEpochStart(6, end));
        VERIFY_OK(m_log->truncateTo(end + 100));
        QCOMPARE(*m_log->latestEpoch(), 2);
    }

    void truncationTakesWholeBatchesAndWhatBelongsToThem()
    {
        fill(50, 1);
        append({.records = 4}, clientAppend(2));
        append({.producerId = 7, .producerEpoch = 0, .sequence = 0}, clientAppend(2));
        VERIFY_OK(m_log->truncateTo(52)); // inside the batch 50-53
        QCOMPARE(m_log->logEndOffset(), 50);
        QCOMPARE(m_log->highWatermark(), 50);
        QCOMPARE(*m_log->latestEpoch(), 1);
        QVERIFY(m_log->activeProducers().empty());
        VERIFY_OK(m_log->truncateTo(10));
        QCOMPARE(m_log->segments().size(), std::size_t(1));
        QCOMPARE(append({}, clientAppend(3)).baseOffset, 10);
        QCOMPARE(readAll(*m_log, 9), std::string("9-9 10-10"));
        VERIFY_OK(m_log->truncateTo(1000));
        QCOMPARE(m_log->logEndOffset(), 11);
        crashAndReopen();
        QCOMPARE(readAll(*m_log, 9), std::string("9-9 10-10"));
    }
    void anEmptiedLogBeginsWhereItIsTold()
    {
        fill(50, 1);
        VERIFY_OK(m_log->truncateFullyAndStartAt(1000));
        QCOMPARE(m_log->logStartOffset(), 1000);
        QCOMPARE(m_log->logEndOffset(), 1000);
        QCOMPARE(m_log->highWatermark(), 1000);
        QVERIFY(!m_log->latestEpoch());
        QCOMPARE(append({}, clientAppend(2)).baseOffset, 1000);
        closeAndReopen();
        QCOMPARE(m_log->logStartOffset(), 1000);
        QCOMPARE(readAll(*m_log, 1000), std::string("1000-1000"));
    }
    void deletedRecordsAreNoLongerRead()
    {
        fill(100);
        m_log->setHighWatermark(60);
        QVERIFY(m_log->advanceLogStartOffset(61).error().code == ErrorCode::OffsetOutOfRange);
        const std::size_t before = m_log->segments().size();
        VERIFY_OK(m_log->advanceLogStartOffset(50));
        QCOMPARE(m_log->logStartOffset(), 50);
        QVERIFY(m_log->segments().size() < before);
        QVERIFY(m_log->segments().front().baseOffset <= 50);
        QVERIFY(m_log->read(49, 10, ReadLimit::LogEnd).error().code == ErrorCode::OffsetOutOfRange);
        VERIFY_OK(m_log->read(50, 10, ReadLimit::LogEnd));
        QCOMPARE(m_log->offsetForTimestamp(0).value()->offset, 50);
        VERIFY_OK(m_log->advanceLogStartOffset(20));
        QCOMPARE(m_log->logStartOffset(), 50);
        QVERIFY(!m_host->removals.empty());
        closeAndReopen();
        QCOMPARE(m_log->logStartOffset(), 50);
    }
    void deletingEverythingFreesTheDisk()
    {
        fill(10);
        VERIFY_OK(m_log->advanceLogStartOffset(10));
        QCOMPARE(m_log->sizeBytes(), 0);
        QCOMPARE(append({}).baseOffset, 10);
        crashAndReopen();
        QCOMPARE(m_log->logEndOffset(), 11);
    }
    void retentionTakesOldSegmentsBelowTheHighWatermark()
    {
        auto config = smallConfig();
        config->retentionMs = 100;
        config->retentionBytes = -1;
        m_log->setConfig(config);
        fill(100);
        m_log->setHighWatermark(0);
        QCOMPARE(m_log->applyRetention(2'000'000).value(), 0);
        m_log->setHighWatermark(50);
        QVERIFY(m_log->applyRetention(2'000'000).value() > 0);
        QVERIFY(m_log->logStartOffset() > 0 && m_log->logStartOffset() <= 50);
        m_log->setHighWatermark(100);
        QVERIFY(m_log->applyRetention(2'000'000).value() > 0);
        QCOMPARE(m_log->logStartOffset(), 100);
        QCOMPARE(m_log->sizeBytes(), 0);
        QCOMPARE(m_log->applyRetention(3'000'000).value(), 0);
    }
    void retentionBySizeLeavesAtLeastThatMuch()
    {
        auto config = smallConfig();
        config->retentionMs = -1;
        config->retentionBytes = 5000;
        m_log->setConfig(config);
        fill(200);
        QVERIFY(m_log->applyRetention(1'000'000).value() > 0);
        QVERIFY(m_log->sizeBytes() >= 5000);
        QVERIFY(m_log->sizeBytes() < 5000 + 2000);
        QCOMPARE(m_log->logStartOffset(), m_log->segments().front().baseOffset);
    }

    void aCleanStopIsFollowedByAStartWithoutReadingTheLog()
    {
        fill(120, 3);
        append({.producerId = 7, .producerEpoch = 0, .sequence = 0}, clientAppend(3));
        const auto segments = m_log->segments().size();
        closeAndReopen();
        QCOMPARE(m_log->logEndOffset(), 121);
        QCOMPARE(m_log->highWatermark(), 120);
        QCOMPARE(m_log->recoveryPoint(), 121);
        QCOMPARE(m_log->segments().size(), segments);
        QCOMPARE(*m_log->latestEpoch(), 3);
        QCOMPARE(m_log->activeProducers().size(), std::size_t(1));
        QVERIFY(refusal({.producerId = 7, .producerEpoch = 0, .sequence = 5})
            == ErrorCode::OutOfOrderSequenceNumber);
    }
    void aKilledProcessLosesNothing()
    {
        fill(120, 3);
        append({.producerId = 7, .producerEpoch = 0, .sequence = 0}, clientAppend(4));
        crashAndReopen();
        QCOMPARE(m_log->logEndOffset(), 121);
        QCOMPARE(*m_log->latestEpoch(), 4);
        QCOMPARE(m_log->activeProducers().size(), std::size_t(1));
        QCOMPARE(m_log->offsetForTimestamp(1'000'050).value()->offset, 50);
    }
    void aPowerCutLosesOnlyWhatWasNotFlushed()
    {
        for (const auto mode :
            {MemoryFileSystem::CrashMode::LoseUnsynced, MemoryFileSystem::CrashMode::KeepSome}) {
            init();
            fill(70);
            VERIFY_OK(m_log->flush());
            QCOMPARE(m_log->recoveryPoint(), 70);
            fill(50);
            m_files->crash(mode);
            crashAndReopen(70);
            QVERIFY(m_log->logEndOffset() >= 70);
            QVERIFY(m_log->logEndOffset() <= 120);
            QVERIFY(!readAll(*m_log, 0).empty());
            const std::int64_t end = m_log->logEndOffset();
            QCOMPARE(append({}).baseOffset, end);
        }
    }
    void aHalfWrittenBatchIsCutOff()
    {
        fill(5);
        m_files->failWrites(
            {.nthWrite = 1, .code = ErrorCode::LocalDiskFull, .tornBytes = 40, .pathPart = ".log"});
        QVERIFY(refusal({}) == ErrorCode::KafkaStorageError);
        QVERIFY(m_host->failure->code == ErrorCode::LocalDiskFull);
        QVERIFY(refusal({}) == ErrorCode::KafkaStorageError);
        QVERIFY(m_log->read(0, 10, ReadLimit::LogEnd).error().code == ErrorCode::KafkaStorageError);
        m_files->heal();
        m_host->failure.reset();
        crashAndReopen();
        QCOMPARE(m_log->logEndOffset(), 5);
        QCOMPARE(append({}).baseOffset, 5);
    }
    void whatWasCutOffDoesNotComeBackWithAPowerCut()
    {
        fill(8, 0);
        VERIFY_OK(m_log->flush());
        VERIFY_OK(m_log->truncateTo(5));
        fill(3, 1);
        QCOMPARE(m_log->segments().size(), std::size_t(2));
        // The new segment has reached the disk, the cut has not.
        const std::string newest = m_log->segments().back().path;
        VERIFY_OK((*m_files->open(newest, OpenMode::ReadWrite))->sync());
        VERIFY_OK(m_files->syncDirectory("/data/orders-0"));
        m_log.reset();
        m_files->crash(MemoryFileSystem::CrashMode::LoseUnsynced);
        crashAndReopen(8); // the checkpoint of the recovery point is older than the cut
        QCOMPARE(m_log->logEndOffset(), 8);
        QCOMPARE(readAll(*m_log, 0), std::string("0-0 1-1 2-2 3-3 4-4 5-5 6-6 7-7"));
        QCOMPARE(m_log->epochForOffset(4).value(), 0);
        QCOMPARE(m_log->epochForOffset(5).value(), 1);
        QCOMPARE(m_log->endOffsetForEpoch(0).endOffset, 5);
    }
    void aSegmentThatWasTruncatedAwayDoesNotComeBackWithAPowerCut()
    {
        fill(120, 0);
        QVERIFY(m_log->segments().size() > 2);
        const std::string path = m_log->segments()[1].path;
        const std::int64_t base = m_log->segments()[1].baseOffset;
        const Bytes old = readFile(*m_files, path).value();
        VERIFY_OK(m_log->truncateTo(base - 2));
        for (int i = 0; i < 6; ++i)
            append({}, clientAppend(1));
        const std::int64_t end = m_log->logEndOffset();
        QVERIFY(end > base);
        m_log.reset();
        VERIFY_OK(replaceFile(*m_files, path, old, Durability::Process));
        crashAndReopen();
        QCOMPARE(m_log->logEndOffset(), end);
        QCOMPARE(m_log->epochForOffset(base).value(), 1);
        fill(120, 1);
        QCOMPARE(m_log->logEndOffset(), end + 120);
    }
    void aSegmentThatWasEmptiedByACutIsEmptyOnTheDisk()
    {
        fill(120, 0);
        VERIFY_OK(m_log->flush());
        const std::int64_t base = m_log->segments()[1].baseOffset;
        VERIFY_OK(m_log->truncateTo(base));
        m_log.reset();
        m_files->crash(MemoryFileSystem::CrashMode::LoseUnsynced);
        crashAndReopen();
        QCOMPARE(m_log->logEndOffset(), base);
    }
    void flushingSyncsOnlyWhatIsNew()
    {
        fill(100);
        QVERIFY(m_log->isRolledFlushDue());
        auto rolled = m_log->prepareFlush(PartitionLog::FlushScope::Rolled);
        VERIFY_OK(rolled);
        VERIFY_OK(m_log->finishFlush(*rolled, rolled->run()));
        QCOMPARE(m_log->recoveryPoint(), m_log->segments().back().baseOffset);
        QVERIFY(!m_log->isRolledFlushDue());
        VERIFY_OK(m_log->flush());
        QCOMPARE(m_log->recoveryPoint(), 100);
        const auto before = m_files->syncCount();
        VERIFY_OK(m_log->flush());
        QCOMPARE(m_files->syncCount(), before);
        append({});
        auto work = m_log->prepareFlush();
        VERIFY_OK(work);
        QVERIFY(work->files.size() <= 4);
    }
    void whatWasCutDuringAFlushIsNotTakenForFlushed()
    {
        fill(10);
        auto work = m_log->prepareFlush();
        VERIFY_OK(m_log->truncateTo(5));
        fill(5);
        VERIFY_OK(m_log->finishFlush(*work, work->run()));
        QVERIFY(m_log->recoveryPoint() <= 5);
    }
    void aFailingSyncTakesTheDirectoryOffline()
    {
        fill(10);
        m_files->failSyncs(true);
        QVERIFY(m_log->flush().error().code == ErrorCode::KafkaStorageError);
        QVERIFY(refusal({}) == ErrorCode::KafkaStorageError);
    }
    void appendingNeedsNoSync()
    {
        const auto before = m_files->syncCount();
        fill(100);
        QCOMPARE(m_files->syncCount(), before);
    }
    void anIdleLogOpensItsFilesAgain()
    {
        fill(60);
        VERIFY_OK(m_log->releaseIdle());
        QCOMPARE(append({}).baseOffset, 60);
        VERIFY_OK(m_log->releaseIdle());
        QCOMPARE(readAll(*m_log, 58), std::string("58-58 59-59 60-60"));
        QCOMPARE(m_log->offsetForTimestamp(1'000'030).value()->offset, 30);
    }
    void lostIndexesAreMadeAgain()
    {
        fill(60);
        VERIFY_OK(m_log->close());
        VERIFY_OK(m_log->flush());
        const std::string index = m_log->path() + "/00000000000000000000.index";
        const Bytes before = readFile(*m_files, index).value();
        VERIFY_OK(m_files->remove(index));
        PartitionLog::Options options = logOptions();
        options.recoveryPoint = 60;
        open(options);
        QVERIFY(readFile(*m_files, index).value() == before);
        QCOMPARE(m_log->logEndOffset(), 60);
    }
};

QTEST_APPLESS_MAIN(TestPartitionLog)
#include "test_partitionlog.moc"
