#include "controller/metadatarecord.h"

#include <QTest>

using namespace moldau;
using namespace moldau::controller;

namespace {

template <std::size_t... Index> std::vector<MetadataRecord> oneOfEach(std::index_sequence<Index...>)
{
    return {MetadataRecord(std::in_place_index<Index>)...};
}

} // namespace

class TestMetadataRecord : public QObject {
    Q_OBJECT
private slots:
    void everyKindSurvivesARoundTrip()
    {
        for (const MetadataRecord& record :
            oneOfEach(std::make_index_sequence<std::variant_size_v<MetadataRecord>>())) {
            const auto bytes = encodeMetadataRecord(record);
            QVERIFY(bytes.has_value());
            const auto decoded = decodeMetadataRecord(*bytes);
            QVERIFY2(decoded.has_value(), decoded ? "" : decoded.error().message.c_str());
            QVERIFY(*decoded == record);
        }
    }
    void theFrameIsKafkas()
    {
        protocol::FeatureLevelRecord record;
        record.name = "group.version";
        record.featureLevel = 1;
        const auto bytes = encodeMetadataRecord(record);
        // Frame version 1, type 12, version 0, compact string, int16, no tags.
        QByteArray expected
            = QByteArray::fromHex("010c000e") + "group.version" + QByteArray::fromHex("000100");
        QCOMPARE(QByteArray(reinterpret_cast<const char*>(bytes->data()), qsizetype(bytes->size())),
            expected);
    }
    void everyCutIsAnErrorAndNothingMore()
    {
        protocol::TopicRecord record;
        record.name = "orders";
        record.topicId = kMetadataTopicId;
        const auto bytes = encodeMetadataRecord(record);
        for (std::size_t size = 0; size < bytes->size(); ++size)
            QVERIFY(!decodeMetadataRecord(BytesView(*bytes).first(size)).has_value());
    }
    void unknownKindsAndVersionsAreNamed_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("frame version") << QByteArray::fromHex("020c0000");
        QTest::newRow("record type") << QByteArray::fromHex("017f00");
        QTest::newRow("record version") << QByteArray::fromHex("010c7f");
    }
    void unknownKindsAndVersionsAreNamed()
    {
        QFETCH(QByteArray, value);
        const auto decoded
            = decodeMetadataRecord(asBytes({value.constData(), std::size_t(value.size())}));
        QVERIFY(!decoded.has_value());
        QCOMPARE(decoded.error().code, ErrorCode::LocalUnsupported);
    }
};

QTEST_APPLESS_MAIN(TestMetadataRecord)
#include "test_metadatarecord.moc"
