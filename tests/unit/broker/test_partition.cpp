// A leader's replica: when time alone may change who is in sync.

#include "testpartitionhost.h"

#include <QTest>

using namespace moldau;
using namespace moldau::broker;

namespace {

constexpr BrokerId kSelf(1);
constexpr BrokerId kFollower(2);

class LedPartition final : public TestPartitionHost {
public:
    LedPartition()
        : m_log(makeLog("orders", 0))
        , partition(*this, m_log->topicPartition(), Uuid{}, *m_log)
    {
        lead({kSelf, kFollower});
    }

    void lead(controller::Replicas isr)
    {
        controller::PartitionImage image;
        image.replicas = {kSelf, kFollower};
        image.isr = std::move(isr);
        image.leader = kSelf;
        image.partitionEpoch = ++m_partitionEpoch;
        partition.apply(image);
    }
    void append() { QVERIFY(partition.append(storage::makeBatch({}), {}, true).has_value()); }
    void fetch(std::int64_t offset) { partition.followerFetched(kFollower, offset, 0); }
    std::int64_t end() const { return m_log->logEndOffset(); }
    /** As the host does when it has seen that the partition is settled. */
    void endWatch()
    {
        QVERIFY(partition.isSettled());
        partition.endIsrWatch();
        watched.clear();
    }

private:
    std::unique_ptr<storage::PartitionLog> m_log;
    std::int32_t m_partitionEpoch = 0;

public:
    Partition partition;
};

} // namespace

class TestPartition : public QObject {
    Q_OBJECT
private slots:
    void aNewLeaderIsWatchedUntilItsFollowersAreAtTheEnd()
    {
        LedPartition led;
        QCOMPARE(led.watched, std::vector<Partition*>{&led.partition});
        QVERIFY(!led.partition.isSettled()); // where the follower is, isn't known
        led.fetch(0);
        QVERIFY(led.partition.isSettled());
    }
    void anAppendAsksForOneWatchUntilItIsReplicated()
    {
        LedPartition led;
        led.fetch(0);
        led.endWatch();
        led.append();
        led.append();
        QCOMPARE(led.watched, std::vector<Partition*>{&led.partition});
        QVERIFY(!led.partition.isSettled());
        led.fetch(led.end());
        QVERIFY(led.partition.isSettled());
    }
    void aFollowerThatBeginsAnewIsWatched()
    {
        LedPartition led;
        led.append();
        led.fetch(led.end());
        led.endWatch();
        led.fetch(0);
        QCOMPARE(led.watched.size(), std::size_t(1));
        QVERIFY(!led.partition.isSettled());
    }
    void aFollowerThatLagsTooLongLeavesTheIsr()
    {
        LedPartition led;
        led.fetch(0);
        led.append();
        QVERIFY(!led.partition.wantedIsr());
        led.manualLoop.advance(31'000);
        QVERIFY(led.partition.wantedIsr() == controller::Replicas{kSelf});
    }
    void aReplicaOutsideTheIsrIsWatchedEvenAtTheEnd()
    {
        LedPartition led;
        led.fetch(0);
        led.endWatch();
        led.lead({kSelf});
        QCOMPARE(led.watched.size(), std::size_t(1));
        QVERIFY(!led.partition.isSettled());
        QVERIFY((led.partition.wantedIsr() == controller::Replicas{kSelf, kFollower}));
    }
    void aProposalIsWatchedUntilItIsAnswered()
    {
        LedPartition led;
        led.fetch(0);
        led.partition.proposeIsr({kSelf});
        QVERIFY(!led.partition.isSettled());
        led.partition.dropProposal();
        QVERIFY(led.partition.isSettled());
    }
};

QTEST_GUILESS_MAIN(TestPartition)
#include "test_partition.moc"
