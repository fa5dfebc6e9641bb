#include "coordinator/records.h"

#include <QTest>

using namespace moldau;
using namespace moldau::coordinator;

namespace {

TypedRecord decoded(const CoordinatorRecord& record)
{
    std::optional<BytesView> value;
    if (record.value)
        value = *record.value;
    return decode(record.key, value).value().value();
}

std::string hex(const Bytes& bytes)
{
    return QByteArray(reinterpret_cast<const char*>(bytes.data()), int(bytes.size()))
        .toHex()
        .toStdString();
}

OffsetRecord sampleOffset()
{
    CommittedOffset offset;
    offset.offset = 42;
    offset.leaderEpoch = 7;
    offset.metadata = "note";
    offset.commitTimestampMs = 1'700'000'000'123;
    offset.topicId.bytes[15] = 9;
    return {"g", "orders", 3, offset};
}

} // namespace

class TestCoordinatorRecords : public QObject {
    Q_OBJECT
private slots:
    void offsetsAreWrittenAsKafkaDoes()
    {
        const CoordinatorRecord record = encode(sampleOffset());
        QCOMPARE(hex(record.key),
            std::string("0001"
                        "000167"
                        "00066f7264657273"
                        "00000003"));
        QCOMPARE(hex(*record.value),
            std::string("0004"
                        "000000000000002a"
                        "00000007"
                        "056e6f7465"
                        "0000018bcfe5687b"
                        "01"
                        "00"
                        "10"
                        "00000000000000000000000000000009"));
    }
    void offsetsSurviveARoundTrip()
    {
        const OffsetRecord record = sampleOffset();
        const auto read = std::get<OffsetRecord>(decoded(encode(record)));
        QCOMPARE(read.group, record.group);
        QCOMPARE(read.topic, record.topic);
        QCOMPARE(read.partition, record.partition);
        QVERIFY(read.value == record.value);
    }
    void timeOfExpiryNeedsTheOldVersion()
    {
        OffsetRecord record = sampleOffset();
        record.value->expireTimestampMs = 5;
        const CoordinatorRecord encoded = encode(record);
        QCOMPARE(hex(*encoded.value),
            std::string("0001000000000000002a00046e6f74650000018bcfe5687b0000000000000005"));
        QCOMPARE(
            std::get<OffsetRecord>(decoded(encoded)).value->expireTimestampMs, std::int64_t(5));
    }
    void deletionsHaveNoValue()
    {
        const CoordinatorRecord offset = encode(OffsetRecord{"g", "t", 0, {}});
        QVERIFY(!offset.value && !std::get<OffsetRecord>(decoded(offset)).value);
        const CoordinatorRecord group = encode(GroupRecord{"g", {}});
        QVERIFY(!group.value && !std::get<GroupRecord>(decoded(group)).value);
        QCOMPARE(hex(group.key),
            std::string("0002"
                        "000167"));
    }
    void groupsSurviveARoundTrip()
    {
        protocol::GroupMetadataValue value;
        value.protocolType = "consumer";
        value.generation = 3;
        value.protocol = "range";
        value.leader = "m";
        value.currentStateTimestamp = 99;
        auto& member = value.members.emplace_back();
        member.memberId = "m";
        member.groupInstanceId = "i";
        member.clientId = "c";
        member.clientHost = "/127.0.0.1";
        member.rebalanceTimeout = 60'000;
        member.sessionTimeout = 10'000;
        member.subscription = {1, 2};
        member.assignment = {3};
        const CoordinatorRecord record = encode(GroupRecord{"g", value});
        // As Kafka 4.3.1's GroupCoordinatorRecordSerde writes it.
        QCOMPARE(hex(*record.value),
            std::string("00030008636f6e73756d657200000003000572616e676500016d0000000000000063"
                        "0000000100016d000169000163000a2f3132372e302e302e310000ea6000002710"
                        "000000020102"
                        "0000000103"));
        const auto read = std::get<GroupRecord>(decoded(record));
        QCOMPARE(read.group, std::string("g"));
        QVERIFY(*read.value == value);
    }
    void oldestKeysAreRead()
    {
        // Key kind 0, value version 0: before Kafka 0.9.
        const Bytes key{0, 0, 0, 1, 'g', 0, 1, 't', 0, 0, 0, 2};
        const Bytes value{0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 0, 1, 'x', 0, 0, 0, 0, 0, 0, 0, 6};
        const auto read = std::get<OffsetRecord>(decode(key, BytesView(value)).value().value());
        QCOMPARE(read.partition, 2);
        QCOMPARE(read.value->offset, std::int64_t(5));
        QCOMPARE(read.value->metadata, std::string("x"));
        QCOMPARE(read.value->commitTimestampMs, std::int64_t(6));
        QCOMPARE(read.value->leaderEpoch, -1);
    }
    void otherKindsAreLeftOut()
    {
        const Bytes consumerGroupKey{0, 3, 0, 1, 'g'};
        QVERIFY(!decode(consumerGroupKey, std::nullopt).value().has_value());
    }
    void brokenBytesAreErrors()
    {
        const CoordinatorRecord record = encode(sampleOffset());
        for (std::size_t size = 0; size < record.key.size(); ++size)
            QVERIFY(
                !decode(BytesView(record.key).first(size), BytesView(*record.value)).has_value());
        for (std::size_t size = 0; size < record.value->size(); ++size)
            QVERIFY(!decode(record.key, BytesView(*record.value).first(size)).has_value());
        Bytes unknownVersion = *record.value;
        unknownVersion[1] = 99;
        QVERIFY(!decode(record.key, BytesView(unknownVersion)).has_value());
    }
};

QTEST_APPLESS_MAIN(TestCoordinatorRecords)
#include "test_coordinatorrecords.moc"
