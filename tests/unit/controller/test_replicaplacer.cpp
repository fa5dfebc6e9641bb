#include "controller/replicaplacer.h"

#include <QTest>

#include <set>

using namespace moldau;
using namespace moldau::controller;

namespace {

std::vector<PlaceableBroker> brokers(int count, int racks = 0)
{
    std::vector<PlaceableBroker> all;
    for (int id = 1; id <= count; ++id) {
        PlaceableBroker broker{BrokerId(id), {}, false};
        if (racks > 0)
            broker.rack = "rack-" + std::to_string(id % racks);
        all.push_back(broker);
    }
    return all;
}

std::vector<Replicas> placed(
    const std::vector<PlaceableBroker>& brokers, int partitions, int factor, Random& random)
{
    return placeReplicas(brokers, partitions, factor, random).value();
}

} // namespace

class TestReplicaPlacer : public QObject {
    Q_OBJECT
private slots:
    void replicasOfAPartitionAreDifferentBrokers()
    {
        Random random(1);
        for (int seed = 0; seed < 50; ++seed) {
            for (const Replicas& replicas : placed(brokers(5), 20, 3, random))
                QCOMPARE(std::set<BrokerId>(replicas.begin(), replicas.end()).size(), 3u);
        }
    }
    void leadersAndReplicasAreSpreadEvenly()
    {
        Random random(2);
        std::map<BrokerId, int> leaders;
        std::map<BrokerId, int> all;
        for (const Replicas& replicas : placed(brokers(3), 30, 2, random)) {
            ++leaders[replicas.front()];
            for (const BrokerId replica : replicas)
                ++all[replica];
        }
        for (const auto& [broker, count] : leaders)
            QCOMPARE(count, 10);
        for (const auto& [broker, count] : all)
            QCOMPARE(count, 20);
    }
    void racksOfOneSizeGiveEveryBrokerAsManyReplicas_data()
    {
        QTest::addColumn<int>("racks");
        QTest::addColumn<int>("brokersOfEach");
        QTest::addColumn<int>("factor");
        for (int racks = 1; racks <= 4; ++racks) {
            for (int size = 1; size <= 4; ++size) {
                for (int factor = 1; factor <= racks * size; ++factor)
                    QTest::addRow("%d racks, %d brokers each, %d replicas", racks, size, factor)
                        << racks << size << factor;
            }
        }
    }
    void racksOfOneSizeGiveEveryBrokerAsManyReplicas()
    {
        QFETCH(int, racks);
        QFETCH(int, brokersOfEach);
        QFETCH(int, factor);
        constexpr int kRounds = 3;
        const int count = racks * brokersOfEach;
        for (std::uint32_t seed = 0; seed < 20; ++seed) {
            Random random(seed);
            std::map<BrokerId, int> leaders;
            std::map<BrokerId, int> all;
            for (const Replicas& replicas :
                placed(brokers(count, racks), kRounds * count, factor, random)) {
                ++leaders[replicas.front()];
                for (const BrokerId replica : replicas)
                    ++all[replica];
            }
            for (int id = 1; id <= count; ++id) {
                QCOMPARE(leaders[BrokerId(id)], kRounds);
                QCOMPARE(all[BrokerId(id)], kRounds * factor);
            }
        }
    }
    void eachPartitionCoversAsManyRacksAsItCan()
    {
        Random random(3);
        const auto all = brokers(9, 3);
        std::map<BrokerId, int> leaders;
        for (const Replicas& replicas : placed(all, 90, 3, random)) {
            std::set<std::string> racks;
            for (const BrokerId replica : replicas)
                racks.insert(*all[std::size_t(replica.value() - 1)].rack);
            QCOMPARE(racks.size(), 3u);
            ++leaders[replicas.front()];
        }
        for (const auto& [broker, count] : leaders)
            QCOMPARE(count, 10);
    }
    void unevenRacksStillGiveEveryReplicaABroker()
    {
        Random random(4);
        auto all = brokers(4);
        all[0].rack = all[1].rack = all[2].rack = "big";
        all[3].rack = "small";
        for (const Replicas& replicas : placed(all, 40, 4, random))
            QCOMPARE(std::set<BrokerId>(replicas.begin(), replicas.end()).size(), 4u);
    }
    void fencedBrokersNeverLeadAndComeLast()
    {
        Random random(5);
        auto all = brokers(4);
        all[0].isFenced = true;
        for (const Replicas& replicas : placed(all, 40, 3, random))
            QVERIFY(!contains(replicas, BrokerId(1)));
        for (const Replicas& replicas : placed(all, 40, 4, random))
            QVERIFY(replicas.front() != BrokerId(1));
    }
    void equalSeedsPlaceEqually()
    {
        Random first(6);
        Random second(6);
        QVERIFY(*placeReplicas(brokers(5, 2), 50, 3, first)
            == *placeReplicas(brokers(5, 2), 50, 3, second));
    }
    void impossibleWishesAreRefusedInKafkasWords_data()
    {
        QTest::addColumn<int>("brokerCount");
        QTest::addColumn<bool>("areFenced");
        QTest::addColumn<int>("factor");
        QTest::addColumn<QString>("text");
        QTest::newRow("zero")
            << 1 << false << 0
            << "Invalid replication factor 0: the replication factor must be positive.";
        QTest::newRow("none")
            << 0 << false << 1
            << "All brokers are currently fenced, or have all their log directories cordoned.";
        QTest::newRow("fenced")
            << 2 << true << 1
            << "All brokers are currently fenced, or have all their log directories cordoned.";
        QTest::newRow("few")
            << 2 << false << 3
            << "The target replication factor of 3 cannot be reached because only 2 broker(s) are "
               "registered or some brokers have all their log directories cordoned.";
    }
    void impossibleWishesAreRefusedInKafkasWords()
    {
        QFETCH(int, brokerCount);
        QFETCH(bool, areFenced);
        QFETCH(int, factor);
        QFETCH(QString, text);
        Random random(7);
        auto all = brokers(brokerCount);
        for (PlaceableBroker& broker : all)
            broker.isFenced = areFenced;
        const auto placed = placeReplicas(all, 1, factor, random);
        QVERIFY(!placed.has_value());
        QCOMPARE(placed.error().code, ErrorCode::InvalidReplicationFactor);
        QCOMPARE(QString::fromStdString(placed.error().message), text);
    }
};

QTEST_APPLESS_MAIN(TestReplicaPlacer)
#include "test_replicaplacer.moc"
