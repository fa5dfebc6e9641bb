#include "storage/segment.h"
#include "storageworld.h"

using namespace moldau;
using namespace moldau::storage;

class TestSegment : public QObject {
    Q_OBJECT

    MemoryFileSystem m_files;
    const std::string m_directory = "/log";
    std::vector<std::size_t> m_sizes;

    /** One batch of `records` at `offset`, appended with an index entry every 100 bytes. */
    void append(Segment& segment, std::int64_t offset, int records = 1, std::int64_t timestamp = -1)
    {
        const Bytes batch = makeBatch({.records = records,
            .timestampMs = timestamp < 0 ? 1000 + offset : timestamp,
            .baseOffset = offset});
        const BytesView part(batch);
        const BatchHeader header = *BatchHeader::parse(batch);
        VERIFY_OK(segment.append({&part, 1}, {&header, 1}, 100));
    }
    std::string read(Segment& segment, std::int64_t offset, std::size_t maxBytes,
        std::int64_t end = 1'000'000, bool atLeastOne = true)
    {
        auto found = segment.read(offset, end, maxBytes, atLeastOne);
        return found ? rangesIn(found->records.bytes) : messageOf(found.error());
    }

private slots:
    void init()
    {
        VERIFY_OK(m_files.removeTree(m_directory));
        VERIFY_OK(m_files.createDirectories(m_directory));
    }

    void readersGetWholeBatches()
    {
        Segment segment(m_files, m_directory, 10);
        for (std::int64_t offset = 10; offset < 40; offset += 3)
            append(segment, offset, 3);
        QCOMPARE(read(segment, 10, 1), std::string("10-12"));
        QCOMPARE(read(segment, 10, 1, 1'000'000, false), std::string());
        QCOMPARE(read(segment, 14, 1), std::string("13-15"));
        QCOMPARE(read(segment, 14, 100'000, 21), std::string("13-15 16-18"));
        QCOMPARE(read(segment, 14, 100'000, 22), std::string("13-15 16-18 19-21"));
        QCOMPARE(read(segment, 31, 100'000), std::string("31-33 34-36 37-39"));
        QCOMPARE(read(segment, 40, 100'000), std::string());
        const auto size = segment.read(10, 1'000'000, 1, true)->records.size();
        QCOMPARE(read(segment, 10, 2 * size), std::string("10-12 13-15"));
        QCOMPARE(read(segment, 10, 2 * size - 1), std::string("10-12"));
    }
    void aReaderInAGapGetsWhatFollows()
    {
        Segment segment(m_files, m_directory, 0);
        append(segment, 5);
        append(segment, 20);
        QCOMPARE(read(segment, 0, 1), std::string("5-5"));
        QCOMPARE(read(segment, 7, 1), std::string("20-20"));
        auto after = segment.read(21, 1'000'000, 100, true);
        QVERIFY(after->isAtSegmentEnd);
    }
    void anIndexEntryNamesALastOffsetAndWhereItsBatchBegins()
    {
        Segment segment(m_files, m_directory, 100);
        for (std::int64_t offset = 100; offset < 160; offset += 2)
            append(segment, offset, 2);
        VERIFY_OK(segment.writeIndexes());
        const auto count = *segment.offsetIndex().file().count();
        QVERIFY(count > 5);
        for (std::uint32_t i = 0; i < count; ++i) {
            const OffsetIndexEntry entry = *segment.offsetIndex().at(i);
            QCOMPARE(segment.batchAt(entry.position)->lastOffset(), entry.offset);
        }
        QCOMPARE(
            m_files.sizeOf("/log/00000000000000000100.index").value(), std::uint64_t(8 * count));
    }
    void aReopenedSegmentKnowsItsEndAndLargestTimestamp()
    {
        std::size_t size = 0;
        {
            Segment segment(m_files, m_directory, 0);
            for (std::int64_t offset = 0; offset < 30; ++offset)
                append(segment, offset, 1, offset == 11 ? 9000 : 1000 + offset);
            VERIFY_OK(segment.finish());
            size = segment.sizeBytes();
        }
        Segment segment(m_files, m_directory, 0);
        VERIFY_OK(segment.load());
        QCOMPARE(segment.sizeBytes(), std::uint64_t(size));
        QCOMPARE(segment.findNextOffset().value(), 30);
        const TimeIndexEntry expected{9000, 11};
        QVERIFY(segment.largestTimestamp().value() == expected);
        QCOMPARE(segment.firstTimestamp().value().value(), 1000);
        append(segment, 30);
        QCOMPARE(read(segment, 29, 100'000), std::string("29-29 30-30"));
    }
    void aReleasedSegmentOpensAgainWhenNeeded()
    {
        Segment segment(m_files, m_directory, 0);
        for (std::int64_t offset = 0; offset < 10; ++offset)
            append(segment, offset);
        const Slice before = segment.read(3, 100, 1, true)->records;
        VERIFY_OK(segment.release());
        QVERIFY(!segment.isOpen());
        QCOMPARE(rangesIn(before.bytes), std::string("3-3"));
        QCOMPARE(read(segment, 8, 100'000), std::string("8-8 9-9"));
        append(segment, 10);
        VERIFY_OK(segment.release());
        QCOMPARE(read(segment, 9, 100'000), std::string("9-9 10-10"));
    }
    void truncationCutsFileAndIndexes()
    {
        Segment segment(m_files, m_directory, 0);
        for (std::int64_t offset = 0; offset < 60; offset += 2)
            append(segment, offset, 2);
        const std::uint64_t before = segment.sizeBytes();
        const std::uint64_t dropped = segment.truncateTo(31).value();
        QCOMPARE(segment.sizeBytes() + dropped, before);
        QCOMPARE(segment.findNextOffset().value(), 30);
        QCOMPARE(read(segment, 28, 100'000), std::string("28-29"));
        QVERIFY(segment.offsetIndex().last()->offset < 31);
        QCOMPARE(segment.largestTimestamp()->timestampMs, 1029);
        append(segment, 30, 1, 5000);
        QCOMPARE(read(segment, 28, 100'000), std::string("28-29 30-30"));
        const std::uint64_t all = segment.sizeBytes();
        QCOMPARE(segment.truncateTo(0).value(), all);
        QCOMPARE(segment.sizeBytes(), std::uint64_t(0));
        QCOMPARE(segment.findNextOffset().value(), 0);
        QCOMPARE(segment.largestTimestamp()->timestampMs, -1);
    }
    void recoveryKeepsWhatIsWholeAndMakesTheSameIndexes()
    {
        Segment segment(m_files, m_directory, 0);
        for (std::int64_t offset = 0; offset < 50; ++offset)
            append(segment, offset);
        VERIFY_OK(segment.finish());
        const std::uint64_t good = segment.positionOf(40).value();
        const Bytes index = readFile(m_files, "/log/00000000000000000000.index").value();
        const Bytes times = readFile(m_files, "/log/00000000000000000000.timeindex").value();

        int visited = 0;
        const auto visit = [&visited](const BatchHeader&, const Slice&) { return ++visited > 0; };
        QCOMPARE(segment.recover(100, visit).value(), std::uint64_t(0));
        QCOMPARE(visited, 50);
        QVERIFY(readFile(m_files, "/log/00000000000000000000.index").value() == index);
        QVERIFY(readFile(m_files, "/log/00000000000000000000.timeindex").value() == times);

        auto file = m_files.open(segment.logPath(), OpenMode::ReadWrite).value();
        VERIFY_OK(file->writeAt(good + 70, asBytes("#")));
        const std::uint64_t size = segment.sizeBytes();
        QCOMPARE(segment.recover(100, visit).value(), size - good);
        QCOMPARE(segment.findNextOffset().value(), 40);
        QCOMPARE(file->size(), good);

        VERIFY_OK(file->writeAt(good, asBytes("rubbish that is no batch")));
        VERIFY_OK(segment.recover(100, visit));
        QCOMPARE(segment.findNextOffset().value(), 40);
    }
    void aFailedWriteChangesNothingForReaders()
    {
        Segment segment(m_files, m_directory, 0);
        append(segment, 0);
        m_files.failWrites(
            {.nthWrite = 1, .code = ErrorCode::LocalDiskFull, .tornBytes = 20, .pathPart = ".log"});
        const Bytes batch = makeBatch({.baseOffset = 1});
        const BytesView part(batch);
        const BatchHeader header = *BatchHeader::parse(batch);
        QVERIFY(
            segment.append({&part, 1}, {&header, 1}, 100).error().code == ErrorCode::LocalDiskFull);
        QCOMPARE(read(segment, 0, 100'000), std::string("0-0"));
        QCOMPARE(segment.findNextOffset().value(), 1);
        m_files.heal();
    }
};

QTEST_APPLESS_MAIN(TestSegment)
#include "test_segment.moc"
