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
        refused.note(keyOf(7), 5, 0s);
        refused.note(keyOf(7), 3, 1s);
        refused.note(keyOf(7), 8, 2s);
        QCOMPARE(refused.lowestOf(keyOf(7), 2s).value(), 3);
        QVERIFY(!refused.lowestOf(keyOf(7, 1), 2s));
        QVERIFY(!refused.lowestOf(keyOf(8), 2s));
        refused.note(keyOf(9), std::numeric_limits<std::int32_t>::max(), 3s);
        refused.note(keyOf(9), 4, 3s); // around the end
        QCOMPARE(refused.lowestOf(keyOf(9), 3s).value(), std::numeric_limits<std::int32_t>::max());
    }
    void itForgetsWhatNoClientTriesAnyMore()
    {
        RefusedSequences refused;
        refused.note(keyOf(7), 5, 0s);
        refused.note(keyOf(8), 5, 5min);
        QVERIFY(refused.lowestOf(keyOf(7), RefusedSequences::kMemory).has_value());
        QVERIFY(!refused.lowestOf(keyOf(7), RefusedSequences::kMemory + 1ms));
        QVERIFY(refused.lowestOf(keyOf(8), RefusedSequences::kMemory + 1ms).has_value());
    }
    void itKeepsNoMoreThanItMay()
    {
        RefusedSequences refused;
        const auto most = static_cast<std::int64_t>(RefusedSequences::kMost);
        for (std::int64_t producer = 0; producer <= most; ++producer)
            refused.note(keyOf(producer), 0, 0s);
        QVERIFY(!refused.lowestOf(keyOf(0), 0s));
        QVERIFY(refused.lowestOf(keyOf(1), 0s).has_value());
        QVERIFY(refused.lowestOf(keyOf(most), 0s).has_value());
    }
};

QTEST_GUILESS_MAIN(TestRefusedSequences)
#include "test_refusedsequences.moc"
