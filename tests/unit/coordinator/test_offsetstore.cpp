#include "coordinator/offsetstore.h"

#include <QTest>

using namespace moldau;
using namespace moldau::coordinator;

namespace {

constexpr ProducerId kProducer{7};
constexpr ProducerId kOther{8};

OffsetRecord commitOf(std::int64_t offset, std::int32_t partition = 0)
{
    CommittedOffset value;
    value.offset = offset;
    return {"g", "t", partition, value};
}

} // namespace

class TestOffsetStore : public QObject {
    Q_OBJECT
private slots:
    void laterCommitReplacesEarlier()
    {
        OffsetStore store;
        store.apply(commitOf(1), 10, kNoProducer);
        store.apply(commitOf(2), 11, kNoProducer);
        QCOMPARE(store.find("g", "t", 0)->offset, std::int64_t(2));
        QCOMPARE(store.find("g", "t", 0)->recordOffset, std::int64_t(11));
        QVERIFY(!store.find("g", "t", 1));
        QVERIFY(!store.find("g", "u", 0));
        QVERIFY(!store.find("h", "t", 0));
    }
    void deletionLeavesNothingBehind()
    {
        OffsetStore store;
        store.apply(commitOf(1), 10, kNoProducer);
        store.apply({"g", "t", 0, {}}, 11, kNoProducer);
        QVERIFY(!store.topicsOf("g"));
        store.apply({"g", "t", 0, {}}, 12, kNoProducer); // again does no harm
    }
    void transactionsCountWhenTheyCommit()
    {
        OffsetStore store;
        store.apply(commitOf(5), 10, kProducer);
        QVERIFY(!store.find("g", "t", 0));
        QVERIFY(store.hasOpenTransaction("g", "t", 0));
        QVERIFY(store.hasOpenTransaction("g"));
        const auto valid = store.endTransaction(kProducer, true);
        QCOMPARE(valid.size(), std::size_t(1));
        QCOMPARE(store.find("g", "t", 0)->offset, std::int64_t(5));
        QVERIFY(!store.hasOpenTransaction("g"));
    }
    void transactionsLeaveNothingWhenTheyAbort()
    {
        OffsetStore store;
        store.apply(commitOf(1), 9, kNoProducer);
        store.apply(commitOf(5), 10, kProducer);
        QVERIFY(store.endTransaction(kProducer, false).empty());
        QCOMPARE(store.find("g", "t", 0)->offset, std::int64_t(1));
        QVERIFY(!store.hasOpenTransaction("g", "t", 0));
    }
    void positionInTheLogDecidesNotTheMarker()
    {
        OffsetStore store;
        store.apply(commitOf(5), 10, kProducer);
        store.apply(commitOf(9), 11, kNoProducer); // stands behind it in the log
        QVERIFY(store.endTransaction(kProducer, true).empty());
        QCOMPARE(store.find("g", "t", 0)->offset, std::int64_t(9));
    }
    void twoTransactionsMayBeOpenForOnePartition()
    {
        OffsetStore store;
        store.apply(commitOf(5), 10, kProducer);
        store.apply(commitOf(6), 11, kOther);
        store.endTransaction(kOther, true);
        QVERIFY(store.hasOpenTransaction("g", "t", 0));
        store.endTransaction(kProducer, true);
        QVERIFY(!store.hasOpenTransaction("g", "t", 0));
        QCOMPARE(store.find("g", "t", 0)->offset, std::int64_t(6));
    }
    void deletionForgetsPendingOffsets()
    {
        OffsetStore store;
        store.apply(commitOf(5), 10, kProducer);
        store.apply(commitOf(6, 1), 11, kProducer);
        store.apply({"g", "t", 0, {}}, 12, kNoProducer);
        QVERIFY(!store.hasOpenTransaction("g", "t", 0));
        QVERIFY(store.hasOpenTransaction("g", "t", 1));
        store.endTransaction(kProducer, true);
        QVERIFY(!store.find("g", "t", 0));
        QCOMPARE(store.find("g", "t", 1)->offset, std::int64_t(6));
    }
    void writesUnderWayAreKnown()
    {
        OffsetStore store;
        store.beginWrite(commitOf(1), kNoProducer);
        store.beginWrite(commitOf(2), kProducer);
        QVERIFY(store.hasWriteUnderWay("g"));
        QVERIFY(store.isKnown("g", "t", 0));
        QVERIFY(store.hasOpenTransaction("g", "t", 0));
        int partitions = 0;
        store.forEachPartition("g", [&](const std::string&, std::int32_t) { ++partitions; });
        QCOMPARE(partitions, 1);
        store.endWrite(commitOf(2), kProducer);
        QVERIFY(!store.hasOpenTransaction("g"));
        QVERIFY(store.hasWriteUnderWay("g"));
        store.endWrite(commitOf(1), kNoProducer);
        QVERIFY(!store.hasWriteUnderWay("g"));
        QVERIFY(!store.isKnown("g", "t", 0));
    }
    void unknownProducersMarkerIsIgnored()
    {
        OffsetStore store;
        QVERIFY(store.endTransaction(kProducer, true).empty());
    }
};

QTEST_APPLESS_MAIN(TestOffsetStore)
#include "test_offsetstore.moc"
