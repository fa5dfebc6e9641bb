#include "controller/metadatareplay.h"
#include "controller/metadatasnapshot.h"
#include "protocol/batchbuilder.h"
#include "protocol/controlrecord.h"
#include "protocol/messages/kraftversionrecord.h"
#include "testcluster.h"

#include <QElapsedTimer>
#include <QTest>

using namespace moldau;
using namespace moldau::controller;

namespace {

MetadataRecord topicRecord(const std::string& name, std::uint8_t id)
{
    protocol::TopicRecord record;
    record.name = name;
    record.topicId.bytes[15] = id;
    return record;
}

MetadataRecord partitionRecord(std::uint8_t id, int number)
{
    protocol::PartitionRecord record;
    record.topicId.bytes[15] = id;
    record.partitionId = number;
    record.replicas = ids({1, 2});
    record.isr = {1, 2};
    record.leader = BrokerId(1);
    record.leaderEpoch = 0;
    record.partitionEpoch = 0;
    return record;
}

Bytes batchAt(std::int64_t offset, const std::vector<MetadataRecord>& records)
{
    protocol::BatchOptions options;
    options.baseOffset = offset;
    protocol::BatchBuilder builder(options);
    for (const MetadataRecord& record : records)
        builder.append(1, std::nullopt, *encodeMetadataRecord(record));
    return *builder.build();
}

Bytes kraftVersionAt(std::int64_t offset, std::int16_t level)
{
    protocol::KRaftVersionRecord record;
    record.kRaftVersion = level;
    protocol::Writer writer;
    if (!record.write(writer, 0))
        return {};
    protocol::BatchOptions options;
    options.baseOffset = offset;
    return protocol::controlBatch(
        protocol::ControlType::KRaftVersion, writer.takeBytes(), 1, options);
}

Uuid idOf(std::uint8_t last)
{
    Uuid id;
    id.bytes[15] = last;
    return id;
}

} // namespace

class TestMetadataImage : public QObject {
    Q_OBJECT
private slots:
    void topicsAreFoundByNameAndId()
    {
        MetadataImage image;
        QVERIFY(image.apply(topicRecord("orders", 9), 0));
        QVERIFY(image.apply(partitionRecord(9, 0), 1));
        QVERIFY(image.apply(partitionRecord(9, 1), 2));
        QCOMPARE(image.topic("orders")->partitions.size(), 2u);
        QCOMPARE(image.topic(idOf(9)), image.topic("orders"));
        QCOMPARE(image.partition(idOf(9), 1)->leader, BrokerId(1));
        QVERIFY(image.partition(idOf(9), 2) == nullptr);
        QCOMPARE(image.offset(), std::int64_t(2));
    }
    void aChangeLeavesOutWhatStays()
    {
        MetadataImage image;
        QVERIFY(image.apply(topicRecord("orders", 9), 0));
        QVERIFY(image.apply(partitionRecord(9, 0), 1));
        protocol::PartitionChangeRecord shrink;
        shrink.topicId = idOf(9);
        shrink.partitionId = 0;
        shrink.isr = ids({1});
        QVERIFY(image.apply(shrink, 2));
        const PartitionImage& partition = *image.partition(idOf(9), 0);
        QCOMPARE(partition.isr, ids({1}));
        QCOMPARE(partition.leader, BrokerId(1));
        QCOMPARE(partition.leaderEpoch, 0);
        QCOMPARE(partition.partitionEpoch, 1);
        protocol::PartitionChangeRecord elect;
        elect.topicId = idOf(9);
        elect.partitionId = 0;
        elect.leader = BrokerId(2);
        QVERIFY(image.apply(elect, 3));
        QCOMPARE(image.partition(idOf(9), 0)->leaderEpoch, 1);
    }
    void aCopyStaysAsItWas()
    {
        MetadataImage image;
        QVERIFY(image.apply(topicRecord("orders", 9), 0));
        QVERIFY(image.apply(partitionRecord(9, 0), 1));
        const MetadataImage before = image;
        protocol::PartitionChangeRecord elect;
        elect.topicId = idOf(9);
        elect.partitionId = 0;
        elect.leader = BrokerId(2);
        QVERIFY(image.apply(elect, 2));
        QCOMPARE(before.partition(idOf(9), 0)->leader, BrokerId(1));
        QCOMPARE(before.topic("orders")->partitions.front().leader, BrokerId(1));
        QCOMPARE(image.topic("orders")->partitions.front().leader, BrokerId(2));
        QVERIFY(!(before == image));
    }
    void theDeltaNamesEachThingOnceWithItsStateBefore()
    {
        MetadataImage image;
        QVERIFY(image.apply(topicRecord("orders", 9), 0));
        QVERIFY(image.apply(partitionRecord(9, 0), 1));
        MetadataDelta delta;
        for (const int leader : {2, 1}) {
            protocol::PartitionChangeRecord elect;
            elect.topicId = idOf(9);
            elect.partitionId = 0;
            elect.leader = BrokerId(leader);
            QVERIFY(image.apply(elect, image.offset() + 1, &delta));
        }
        QCOMPARE(delta.partitions().size(), 1u);
        QCOMPARE(delta.partitions().front().before->leaderEpoch, 0);
        QVERIFY(image.apply(topicRecord("payments", 10), 5, &delta));
        QVERIFY(image.apply(partitionRecord(10, 0), 6, &delta));
        QCOMPARE(delta.createdTopics, std::vector<Uuid>{idOf(10)});
        QVERIFY(!delta.partitions().back().before.has_value());
        protocol::RemoveTopicRecord remove;
        remove.topicId = idOf(9);
        QVERIFY(image.apply(remove, 7, &delta));
        QCOMPARE(delta.deletedTopics.front()->name, std::string("orders"));
        QVERIFY(image.topic("orders") == nullptr);
    }
    void aDeletedTopicTakesItsSettingsAlong()
    {
        MetadataImage image;
        QVERIFY(image.apply(topicRecord("orders", 9), 0));
        protocol::ConfigRecord config;
        config.resourceType = 2;
        config.resourceName = "orders";
        config.name = "retention.ms";
        config.value = "1";
        QVERIFY(image.apply(config, 1));
        QCOMPARE(image.configs({ConfigResourceType::Topic, "orders"}).size(), 1u);
        protocol::RemoveTopicRecord remove;
        remove.topicId = idOf(9);
        QVERIFY(image.apply(remove, 2));
        QVERIFY(image.configs().empty());
    }
    void recordsThatContradictTheLogAreRefused()
    {
        MetadataImage image;
        QCOMPARE(image.apply(partitionRecord(9, 0), 0).error().code, ErrorCode::LocalCorruptData);
        protocol::RemoveTopicRecord remove;
        QCOMPARE(image.apply(remove, 0).error().code, ErrorCode::LocalCorruptData);
        protocol::BrokerRegistrationChangeRecord change;
        change.brokerId = BrokerId(1);
        QCOMPARE(image.apply(change, 0).error().code, ErrorCode::LocalCorruptData);
        QVERIFY(image.apply(topicRecord("orders", 9), 0));
        QCOMPARE(
            image.apply(topicRecord("orders", 10), 1).error().code, ErrorCode::LocalCorruptData);
        QCOMPARE(image.apply(protocol::AbortTransactionRecord(), 2).error().code,
            ErrorCode::LocalUnsupported);
    }
    void batchesAreReplayedWithTheQuorumsVersion()
    {
        Bytes log = kraftVersionAt(0, 1);
        for (const Bytes& batch : {batchAt(1, {topicRecord("orders", 9), partitionRecord(9, 0)}),
                 batchAt(3, {partitionRecord(9, 1)})})
            log.insert(log.end(), batch.begin(), batch.end());
        MetadataImage image;
        MetadataDelta delta;
        QVERIFY(replayBatches(log, image, &delta));
        QCOMPARE(image.featureLevel("kraft.version"), std::int16_t(1));
        QVERIFY(delta.hasChangedFeatures);
        QCOMPARE(image.topic("orders")->partitions.size(), 2u);
        QCOMPARE(image.offset(), std::int64_t(3));
        const MetadataImage before = image;
        QVERIFY(replayBatches(log, image)); // what it has already is skipped
        QVERIFY(image == before);
    }
    void aSnapshotTellsTheQuorumsVersion()
    {
        Bytes snapshot = kraftVersionAt(0, 1);
        const Bytes records = batchAt(1, {topicRecord("orders", 9), partitionRecord(9, 0)});
        snapshot.insert(snapshot.end(), records.begin(), records.end());
        const auto image = readImage(snapshot, 2); // fewer records than the snapshot's own
        QVERIFY(image.has_value());
        QCOMPARE(image->featureLevel("kraft.version"), std::int16_t(1));
        QCOMPARE(image->topic("orders")->partitions.size(), 1u);
        QCOMPARE(image->offset(), std::int64_t(1));
    }
    void damagedBatchesAreRefused()
    {
        MetadataImage image;
        Bytes log = batchAt(0, {topicRecord("orders", 9)});
        log[16] = 7; // magic
        QVERIFY(!replayBatches(log, image).has_value());
        QVERIFY(!replayBatches(batchAt(0, {partitionRecord(9, 0)}), image).has_value());
    }
    void tenThousandTopicsAreCheap()
    {
        constexpr int kTopics = 10'000;
        QElapsedTimer timer;
        timer.start();
        MetadataImage image;
        std::int64_t offset = 0;
        for (int index = 0; index < kTopics; ++index) {
            protocol::TopicRecord topic;
            topic.name = "topic-" + std::to_string(index);
            topic.topicId.bytes[14] = std::uint8_t(index >> 8);
            topic.topicId.bytes[15] = std::uint8_t(index);
            QVERIFY(image.apply(topic, offset++));
            for (int number = 0; number < 5; ++number) {
                auto record = std::get<protocol::PartitionRecord>(partitionRecord(0, number));
                record.topicId = topic.topicId;
                QVERIFY(image.apply(record, offset++));
            }
        }
        const auto applied = timer.restart();
        const MetadataImage copy = image;
        const auto copied = timer.elapsed();
        qInfo("10,000 topics: applied in %lld ms, copied in %lld ms", applied, copied);
        QCOMPARE(copy.topics().size(), std::size_t(kTopics));
        QVERIFY(applied < 5000);
    }
};

QTEST_APPLESS_MAIN(TestMetadataImage)
#include "test_metadataimage.moc"
