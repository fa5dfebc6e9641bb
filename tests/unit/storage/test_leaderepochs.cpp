#include "storage/leaderepochs.h"

#include <QTest>

using namespace moldau::storage;

class TestLeaderEpochs : public QObject {
    Q_OBJECT
private slots:
    void anEpochInForceIsNotAssignedTwice()
    {
        LeaderEpochs epochs;
        QVERIFY(epochs.assign(1, 10));
        QVERIFY(!epochs.assign(1, 20));
        QVERIFY(epochs.assign(2, 20));
        QCOMPARE(epochs.entries().size(), std::size_t(2));
    }
    void aNewAssignmentReplacesWhatContradictsIt()
    {
        LeaderEpochs epochs;
        epochs.setEntries({{1, 0}, {3, 10}, {5, 20}});
        QVERIFY(epochs.assign(4, 15));
        const std::vector<EpochEntry> expected{{1, 0}, {3, 10}, {4, 15}};
        QVERIFY(epochs.entries() == expected);
    }
    void anEpochKeepsItsBeginningWhenLaterOnesAreFoundToBeWrong()
    {
        LeaderEpochs epochs;
        epochs.setEntries({{6, 18}, {7, 29}, {8, 30}});
        QVERIFY(epochs.assign(6, 23));
        const std::vector<EpochEntry> expected{{6, 18}};
        QVERIFY(epochs.entries() == expected);
    }
    void theEndOfAnEpochIsWhereTheNextBegins_data()
    {
        QTest::addColumn<int>("asked");
        QTest::addColumn<int>("epoch");
        QTest::addColumn<qlonglong>("end");
        QTest::newRow("latest") << 5 << 5 << 33ll;
        QTest::newRow("known") << 3 << 3 << 20ll;
        QTest::newRow("between") << 4 << 3 << 20ll;
        QTest::newRow("before all") << 0 << 0 << 7ll;
        QTest::newRow("after all") << 6 << -1 << -1ll;
        QTest::newRow("none") << -1 << -1 << -1ll;
    }
    void theEndOfAnEpochIsWhereTheNextBegins()
    {
        QFETCH(int, asked);
        QFETCH(int, epoch);
        QFETCH(qlonglong, end);
        LeaderEpochs epochs;
        epochs.setEntries({{1, 7}, {3, 10}, {5, 20}});
        const EpochEndOffset found = epochs.endOffsetFor(asked, 33);
        QCOMPARE(found.epoch, epoch);
        QCOMPARE(found.endOffset, end);
    }
    void theEpochOfAnOffsetIsTheLastThatBeganBeforeIt()
    {
        LeaderEpochs epochs;
        epochs.setEntries({{1, 7}, {3, 10}});
        QVERIFY(!epochs.epochForOffset(6));
        QCOMPARE(*epochs.epochForOffset(7), 1);
        QCOMPARE(*epochs.epochForOffset(9), 1);
        QCOMPARE(*epochs.epochForOffset(100), 3);
    }
    void truncationForgetsEpochs()
    {
        LeaderEpochs epochs;
        epochs.setEntries({{1, 0}, {3, 10}, {5, 20}});
        QVERIFY(!epochs.truncateFromEnd(21));
        QVERIFY(epochs.truncateFromEnd(20));
        QCOMPARE(*epochs.latestEpoch(), 3);
        QVERIFY(!epochs.truncateFromStart(0));
        QVERIFY(epochs.truncateFromStart(15));
        const std::vector<EpochEntry> expected{{3, 15}};
        QVERIFY(epochs.entries() == expected);
    }
};

QTEST_APPLESS_MAIN(TestLeaderEpochs)
#include "test_leaderepochs.moc"
