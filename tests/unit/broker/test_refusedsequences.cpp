#include "broker/replica/refusedsequences.h"

#include <QTest>

using namespace moldau;
using namespace moldau::broker;
using namespace std::chrono_literals;

namespace {

RefusedSequences::Key keyOf(std::int64_t producer, std::int16_t epoch = 0)
{
    return {"orders", 0, ProducerId(producer), epoch};
}

} // namespace

class TestRefusedSequences : public QObject {
    Q_OBJECT
private slots:
    void theLowestOfEachProducerIsKept()
    {
        RefusedSequences refused;
        QVERIFY(refused.isEmpty());
        refused.note(keyOf(7), {5, ErrorCode::NotLeaderOrFollower}, 0s);
        refused.note(keyOf(7), {3, ErrorCode::NotLeaderOrFollower}, 1s);
        refused.note(keyOf(7), {8, ErrorCode::NotLeaderOrFollower}, 2s);
        QCOMPARE(refused.find(keyOf(7), 2s)->sequence, 3);
        QVERIFY(!refused.find(keyOf(7, 1), 2s));
        QVERIFY(!refused.find(keyOf(8), 2s));
        refused.note(keyOf(9),
            {std::numeric_limits<std::int32_t>::max(), ErrorCode::NotLeaderOrFollower}, 3s);
        refused.note(keyOf(9), {4, ErrorCode::NotLeaderOrFollower}, 3s); // around the end
        QCOMPARE(refused.find(keyOf(9), 3s)->sequence, std::numeric_limits<std::int32_t>::max());
    }
    void whatWasAcceptedIsNoLongerRefused()
    {
        RefusedSequences refused;
        refused.note(keyOf(7), {5, ErrorCode::NotEnoughReplicas}, 0s);
        refused.note(keyOf(7), {8, ErrorCode::NotLeaderOrFollower}, 1s);
        QCOMPARE(refused.find(keyOf(7), 1s)->error, ErrorCode::NotEnoughReplicas);
        refused.accepted(keyOf(7), 2);
        QVERIFY(refused.find(keyOf(7), 1s).has_value());
        refused.accepted(keyOf(7), 5);
        QVERIFY(!refused.find(keyOf(7), 1s));
        // Refused anew, it is kept as long as anything.
        refused.note(keyOf(7), {9, ErrorCode::NotEnoughReplicas}, 5min);
        QVERIFY(refused.find(keyOf(7), RefusedSequences::kMemory + 1s).has_value());
    }
    void itForgetsWhatNoClientTriesAnyMore()
    {
        RefusedSequences refused;
        refused.note(keyOf(7), {5, ErrorCode::NotLeaderOrFollower}, 0s);
        refused.note(keyOf(8), {5, ErrorCode::NotLeaderOrFollower}, 5min);
        QVERIFY(refused.find(keyOf(7), RefusedSequences::kMemory).has_value());
        QVERIFY(!refused.find(keyOf(7), RefusedSequences::kMemory + 1ms));
        QVERIFY(refused.find(keyOf(8), RefusedSequences::kMemory + 1ms).has_value());
    }
    void itKeepsNoMoreThanItMay()
    {
        RefusedSequences refused;
        const auto most = static_cast<std::int64_t>(RefusedSequences::kMost);
        for (std::int64_t producer = 0; producer <= most; ++producer)
            refused.note(keyOf(producer), {0, ErrorCode::NotLeaderOrFollower}, 0s);
        QVERIFY(!refused.find(keyOf(0), 0s));
        QVERIFY(refused.find(keyOf(1), 0s).has_value());
        QVERIFY(refused.find(keyOf(most), 0s).has_value());
    }
};

QTEST_GUILESS_MAIN(TestRefusedSequences)
#include "test_refusedsequences.moc"
