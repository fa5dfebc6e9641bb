#include "storageworld.h"

using namespace moldau;
using namespace moldau::storage;

namespace {

const TopicPartition kPartition{"orders", 0};

BatchHeader dataBatch(std::int64_t offset, std::int32_t sequence, std::int32_t count = 1,
    std::int16_t epoch = 0, bool isTransactional = false)
{
    BatchHeader batch;
    batch.baseOffset = offset;
    batch.lastOffsetDelta = count - 1;
    batch.recordCount = count;
    batch.producerId = ProducerId(7);
    batch.producerEpoch = epoch;
    batch.baseSequence = sequence;
    batch.maxTimestampMs = 1000 + offset;
    batch.attributes = isTransactional ? 0x10 : 0;
    return batch;
}

BatchHeader marker(std::int64_t offset, std::int64_t producer, std::int16_t epoch = 0)
{
    BatchHeader batch = dataBatch(offset, -1, 1, epoch, true);
    batch.producerId = ProducerId(producer);
    batch.attributes = 0x30;
    return batch;
}

std::string verdict(const ProducerState& state, const BatchHeader& batch,
    std::optional<std::int32_t> lowestRefused = {})
{
    LeaderAppend context;
    context.lowestRefused = lowestRefused;
    auto checked = state.check(batch, context, kPartition, 100);
    if (!checked)
        return std::string(factsOf(checked.error().code).name);
    return *checked ? "duplicate of " + std::to_string((*checked)->firstOffset()) : "new";
}

} // namespace

class TestProducerState : public QObject {
    Q_OBJECT
private slots:
    void sequencesFollowEachOther()
    {
        ProducerState state;
        QCOMPARE(verdict(state, dataBatch(0, 5)), std::string("new")); // nothing is known yet
        state.apply(dataBatch(0, 0, 3));
        QCOMPARE(verdict(state, dataBatch(3, 3)), std::string("new"));
        QCOMPARE(verdict(state, dataBatch(3, 4)), std::string("OUT_OF_ORDER_SEQUENCE_NUMBER"));
        QCOMPARE(verdict(state, dataBatch(3, 2)), std::string("OUT_OF_ORDER_SEQUENCE_NUMBER"));
        QCOMPARE(verdict(state, dataBatch(3, 0, 3)), std::string("duplicate of 0"));
    }
    void anUnknownProducerDoesNotBeginBehindABatchThatWasRefused()
    {
        const std::int32_t most = std::numeric_limits<std::int32_t>::max();
        ProducerState state;
        QCOMPARE(verdict(state, dataBatch(0, 5), 0), std::string("OUT_OF_ORDER_SEQUENCE_NUMBER"));
        QCOMPARE(verdict(state, dataBatch(0, 5), 5), std::string("new"));
        QCOMPARE(verdict(state, dataBatch(0, 5), 8), std::string("new"));
        QCOMPARE(
            verdict(state, dataBatch(0, 1), most - 2), std::string("OUT_OF_ORDER_SEQUENCE_NUMBER"));
        QCOMPARE(verdict(state, dataBatch(0, most - 2), 1), std::string("new"));
        state.apply(dataBatch(0, 0, 5)); // then the log knows best
        QCOMPARE(verdict(state, dataBatch(5, 5), 0), std::string("new"));
    }
    void theLastFiveBatchesAreRemembered()
    {
        ProducerState state;
        for (int i = 0; i < 8; ++i)
            state.apply(dataBatch(i * 10, i));
        QCOMPARE(verdict(state, dataBatch(80, 2)), std::string("OUT_OF_ORDER_SEQUENCE_NUMBER"));
        for (int i = 3; i < 8; ++i)
            QCOMPARE(verdict(state, dataBatch(80, i)), "duplicate of " + std::to_string(i * 10));
    }
    void sequencesWrapToZero()
    {
        const std::int32_t most = std::numeric_limits<std::int32_t>::max();
        ProducerState state;
        state.apply(dataBatch(0, most - 1, 4)); // most-1, most, 0, 1
        QCOMPARE(verdict(state, dataBatch(4, 2)), std::string("new"));
        QCOMPARE(verdict(state, dataBatch(4, most - 1, 4)), std::string("duplicate of 0"));
        state.apply(dataBatch(4, most, 1));
        QCOMPARE(verdict(state, dataBatch(5, 0)), std::string("new"));
    }
    void anEpochBeginsAtSequenceZero()
    {
        ProducerState state;
        state.apply(dataBatch(0, 0, 3, 1));
        QCOMPARE(verdict(state, dataBatch(3, 3, 1, 0)), std::string("INVALID_PRODUCER_EPOCH"));
        QCOMPARE(
            verdict(state, dataBatch(3, 3, 1, 2)), std::string("OUT_OF_ORDER_SEQUENCE_NUMBER"));
        QCOMPARE(verdict(state, dataBatch(3, 0, 1, 2)), std::string("new"));
    }
    void aPlainBatchInsideATransactionIsRefused()
    {
        ProducerState state;
        state.apply(dataBatch(0, 0, 1, 0, true));
        QCOMPARE(verdict(state, dataBatch(1, 1)), std::string("INVALID_TXN_STATE"));
        QCOMPARE(verdict(state, dataBatch(1, 1, 1, 0, true)), std::string("new"));
    }
    void anOpenTransactionHoldsTheStableOffsetBackUntilItsMarkerIsReplicated()
    {
        ProducerState state;
        QVERIFY(!state.firstUnstableOffset());
        state.apply(dataBatch(3, 0, 1, 0, true));
        state.apply(dataBatch(4, 1, 1, 0, true));
        BatchHeader other = dataBatch(5, 0, 1, 0, true);
        other.producerId = ProducerId(8);
        state.apply(other);
        QCOMPARE(*state.firstUnstableOffset(), 3);

        const auto aborted = state.applyMarker(marker(6, 7), {false, 2});
        const AbortedTransaction expected{ProducerId(7), 3, 6, 5};
        QVERIFY(aborted == expected);
        QCOMPARE(*state.firstUnstableOffset(), 3);
        state.highWatermarkMoved(6);
        QCOMPARE(*state.firstUnstableOffset(), 3);
        state.highWatermarkMoved(7);
        QCOMPARE(*state.firstUnstableOffset(), 5);
        QVERIFY(!state.applyMarker(marker(7, 8), {true, 2}));
        state.highWatermarkMoved(8);
        QVERIFY(!state.firstUnstableOffset());
    }
    void markersAreFencedByEpochs()
    {
        ProducerState state;
        state.apply(dataBatch(0, 0, 1, 5, true));
        const auto codeOf
            = [&state](std::int16_t epoch, std::int32_t coordinator, std::int16_t tv) {
                  auto checked = state.checkMarker(
                      marker(1, 7, epoch), {true, coordinator}, tv, kPartition, 1);
                  return checked ? ErrorCode::None : checked.error().code;
              };
        QVERIFY(codeOf(4, 0, 0) == ErrorCode::InvalidProducerEpoch);
        QVERIFY(codeOf(5, 0, 0) == ErrorCode::None);
        QVERIFY(codeOf(5, 0, 2) == ErrorCode::InvalidProducerEpoch);
        QVERIFY(codeOf(6, 0, 2) == ErrorCode::None);
        state.applyMarker(marker(1, 7, 6), {true, 3});
        QVERIFY(codeOf(6, 3, 2) == ErrorCode::None); // the same marker once more
        QVERIFY(codeOf(6, 2, 0) == ErrorCode::TransactionCoordinatorFenced);
    }
    void aSnapshotKeepsTheLastBatchOfEach()
    {
        ProducerState state;
        state.apply(dataBatch(0, 0, 3));
        state.apply(dataBatch(3, 3, 2));
        BatchHeader other = dataBatch(5, 0, 1, 2, true);
        other.producerId = ProducerId(8);
        state.apply(other);

        ProducerState loaded;
        VERIFY_OK(loaded.loadSnapshot(state.toSnapshot(), 6));
        QCOMPARE(loaded.mapEndOffset(), 6);
        QCOMPARE(verdict(loaded, dataBatch(6, 3, 2)), std::string("duplicate of 3"));
        QCOMPARE(verdict(loaded, dataBatch(6, 5)), std::string("new"));
        QCOMPARE(*loaded.firstUnstableOffset(), 5);
        QCOMPARE(loaded.find(ProducerId(8))->epoch, std::int16_t(2));

        Bytes damaged = state.toSnapshot();
        damaged[20] = static_cast<std::uint8_t>(damaged[20] ^ 1);
        QVERIFY(loaded.loadSnapshot(damaged, 6).error().code == ErrorCode::LocalCorruptData);
        damaged.resize(5);
        QVERIFY(loaded.loadSnapshot(damaged, 6).error().code == ErrorCode::LocalCorruptData);
    }
    void idleProducersAreForgottenButNotOpenTransactions()
    {
        ProducerState state;
        state.apply(dataBatch(0, 0));
        BatchHeader other = dataBatch(5, 0, 1, 2, true);
        other.producerId = ProducerId(8);
        state.apply(other);
        state.expire(10'000, 5000);
        QVERIFY(!state.find(ProducerId(7)));
        QVERIFY(state.find(ProducerId(8)));
    }
};

QTEST_APPLESS_MAIN(TestProducerState)
#include "test_producerstate.moc"
