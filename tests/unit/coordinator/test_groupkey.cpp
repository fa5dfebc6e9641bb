#include "coordinator/groupkey.h"
#include "coordinator/timerqueue.h"

#include <QTest>

using namespace moldau;
using namespace moldau::coordinator;
using namespace std::chrono_literals;

class TestGroupKey : public QObject {
    Q_OBJECT
private slots:
    void hashIsJavas_data()
    {
        // From Java's own String.hashCode.
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("hash");
        QTest::newRow("empty") << "" << 0;
        QTest::newRow("one") << "a" << 97;
        QTest::newRow("word") << "my-group" << -1906497762;
        QTest::newRow("least number") << "polygenelubricants" << std::numeric_limits<int>::min();
        QTest::newRow("two bytes") << QString::fromUtf8("é") << 233;
        QTest::newRow("three bytes") << QString::fromUtf8("한글") << 1737764;
        QTest::newRow("four bytes, two units") << QString::fromUtf8("😀") << 1772899;
    }
    void hashIsJavas()
    {
        QFETCH(QString, text);
        QFETCH(int, hash);
        QCOMPARE(javaHashCode(text.toStdString()), hash);
    }
    void lengthCountsUtf16Units()
    {
        QCOMPARE(javaLength("abc"), std::size_t(3));
        QCOMPARE(javaLength("한글"), std::size_t(2));
        QCOMPARE(javaLength("😀"), std::size_t(2));
        QCOMPARE(javaLength("\xff\xc3"), std::size_t(2)); // broken bytes count one each
    }
    void partitionIsNeverNegative()
    {
        QCOMPARE(coordinatorPartition("polygenelubricants", 50), 0);
        for (int i = 0; i < 1'000; ++i) {
            const int partition = coordinatorPartition("group-" + std::to_string(i), 50);
            QVERIFY(partition >= 0 && partition < 50);
        }
    }
    void memberIdsShowUuidsAsJavaDoes()
    {
        Uuid id;
        for (std::size_t i = 0; i < 16; ++i)
            id.bytes[i] = static_cast<std::uint8_t>(0x10 + i);
        QCOMPARE(javaUuidText(id), std::string("10111213-1415-1617-1819-1a1b1c1d1e1f"));
    }
    void timersComeInOrderAndOnce()
    {
        const TimerKey session{TimerKey::Kind::MemberSession, "g", "m"};
        const TimerKey join{TimerKey::Kind::JoinPhase, "g", ""};
        TimerQueue timers;
        QVERIFY(!timers.next());
        timers.schedule(session, 5s);
        timers.schedule(join, 3s);
        timers.schedule(session, 2s); // instead of 5 s
        QVERIFY(timers.next() == Duration(2s));
        QVERIFY(!timers.popDue(1s));
        QVERIFY(timers.popDue(9s) == session);
        QVERIFY(timers.popDue(9s) == join);
        QVERIFY(!timers.popDue(9s));
        timers.schedule(join, 3s);
        timers.cancel(join);
        QVERIFY(!timers.next());
    }
};

QTEST_APPLESS_MAIN(TestGroupKey)
#include "test_groupkey.moc"
