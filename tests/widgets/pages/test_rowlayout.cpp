#include "models/recordmerge.h"
#include "models/rowcache.h"
#include "models/rowlayout.h"

#include <QTest>

#include <numeric>

using namespace moldau;
using namespace moldau::widgets;
using client::OffsetRange;

namespace {

/** Parts of `rows` rows each: together every offset once, each part full. */
void checkParts(const RowLayout& layout, std::int64_t rows)
{
    std::map<std::int32_t, std::int64_t> next;
    for (const OffsetRange& range : layout.ranges())
        next[range.partition] = range.from;
    for (std::int64_t first = 0; first < layout.rows(); first += rows) {
        const std::int64_t last = std::min(first + rows, layout.rows());
        std::int64_t size = 0;
        for (const OffsetRange& range : layout.rangesOf(first, last)) {
            QCOMPARE(range.from, next[range.partition]);
            next[range.partition] = range.to;
            size += range.to - range.from;
        }
        QCOMPARE(size, last - first);
    }
    for (const OffsetRange& range : layout.ranges())
        QCOMPARE(next[range.partition], range.to);
}

} // namespace

class TestRowLayout : public QObject {
    Q_OBJECT
private slots:
    void partsHoldEveryRecordOnce_data()
    {
        QTest::addColumn<QList<int>>("lengths");
        QTest::newRow("one") << QList<int>{1000};
        QTest::newRow("equal") << QList<int>{1000, 1000, 1000};
        QTest::newRow("skewed") << QList<int>{100'003, 1, 0, 17, 999};
        QTest::newRow("tiny") << QList<int>{1, 1, 1, 1, 1, 1, 1};
        QTest::newRow("empty") << QList<int>{0, 0};
    }
    void partsHoldEveryRecordOnce()
    {
        QFETCH(QList<int>, lengths);
        std::vector<OffsetRange> ranges;
        for (int i = 0; i < lengths.size(); ++i)
            ranges.push_back({i, 50 * i, 50 * i + lengths[i]});
        RowLayout layout(ranges);
        for (const std::int64_t rows : {1, 7, 256})
            checkParts(layout, rows);
        std::vector<std::int64_t> mark;
        for (int i = 0; i < lengths.size(); ++i)
            mark.push_back(50 * i + lengths[i] * (i % 3) / 2);
        layout.addTimeMark(mark);
        checkParts(layout, 256);
        checkParts(layout, 7);
    }
    void interleavesInProportion()
    {
        const RowLayout layout({{0, 0, 9'000'000}, {1, 0, 1'000'000}});
        const auto offsets = layout.offsetsAt(5'000'000);
        QVERIFY(std::abs(offsets[0] - 4'500'000) <= 1);
        QCOMPARE(offsets[0] + offsets[1], 5'000'000);
    }
    void timeMarksKeepMomentsTogether()
    {
        // Partition 1 was added later: its records are as new as the second half of partition 0's.
        RowLayout layout({{0, 0, 1000}, {1, 0, 500}});
        layout.addTimeMark({500, 0});
        QCOMPARE(layout.offsetsAt(500), (std::vector<std::int64_t>{500, 0}));
        QCOMPARE(layout.rangesOf(0, 500).size(), std::size_t(1));
        QCOMPARE(layout.rangesOf(500, 700).size(), std::size_t(2));
    }
    void disorderlyTimeMarksAreMovedIntoPlace()
    {
        RowLayout layout({{0, 10, 1000}, {1, 0, 500}});
        layout.addTimeMark({500, 300});
        layout.addTimeMark({400, 5000});
        layout.addTimeMark({0, 0});
        checkParts(layout, 64);
    }
    void hugeTopicsAreNoWork()
    {
        std::vector<OffsetRange> ranges;
        for (int i = 0; i < 100; ++i)
            ranges.push_back({i, 0, 1'000'000'000 + i * 77});
        const RowLayout layout(ranges);
        QBENCHMARK
        {
            (void)layout.rangesOf(layout.rows() / 3, layout.rows() / 3 + 256);
        }
        const auto part = layout.rangesOf(layout.rows() / 3, layout.rows() / 3 + 256);
        QCOMPARE(std::accumulate(part.begin(), part.end(), std::int64_t(0),
                     [](std::int64_t sum, const OffsetRange& range) {
                         return sum + range.to - range.from;
                     }),
            256);
    }

    void partCountsFindRows()
    {
        PartCounts counts({3, 0, 5, 0, 0, 2});
        const QList<int> expected = {0, 0, 0, 2, 2, 2, 2, 2, 5, 5};
        for (int row = 0; row < 10; ++row)
            QCOMPARE(counts.partOf(row), expected[row]);
        counts.setCount(2, 1);
        QCOMPARE(counts.total(), 6);
        QCOMPARE(counts.partOf(3), 2);
        QCOMPARE(counts.partOf(4), 5);
        QCOMPARE(counts.rowsBefore(5), 4);
    }

    void mergeKeepsOffsetsInOrder()
    {
        const auto record = [](int partition, int offset, int time) {
            ShownRecord r;
            r.partition = partition;
            r.offset = offset;
            r.timestampMs = time;
            return r;
        };
        // Partition 0's clock goes back: its order by offset stays.
        const auto merged = mergeByTime(
            {record(0, 0, 50), record(0, 1, 10), record(1, 0, 20), record(1, 1, 60)}, false);
        QStringList places;
        for (const ShownRecord& r : merged)
            places << QStringLiteral("%1:%2").arg(r.partition).arg(r.offset);
        QCOMPARE(places.join(u' '), QStringLiteral("1:0 0:0 0:1 1:1"));
    }

    void cacheForgetsWhatWasUsedLongestAgo()
    {
        struct Item {
            int value = 0;
            std::size_t cost() const { return 1; }
        };
        RowCache<Item> cache(600);
        for (int i = 0; i < 256; ++i) {
            cache.insert(i, {i});
            cache.insert(256 + i, {256 + i});
        }
        QVERIFY(cache.find(0));
        for (int i = 512; i < 768; ++i)
            cache.insert(i, {i});
        QVERIFY(cache.cost() <= 600);
        QVERIFY(cache.find(0));
        QVERIFY(!cache.find(300));
        QCOMPARE(cache.find(700)->value, 700);
    }
};

QTEST_GUILESS_MAIN(TestRowLayout)
#include "test_rowlayout.moc"
