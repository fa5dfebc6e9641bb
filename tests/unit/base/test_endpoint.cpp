#include "base/crc32c.h"
#include "base/transport.h"
#include "base/uuid.h"

#include <QTest>

using namespace moldau;

class TestEndpoint : public QObject {
    Q_OBJECT
private slots:
    void hostAndPortAreRead()
    {
        QCOMPARE(parseEndpoint("localhost:9092").value().host, std::string("localhost"));
        QCOMPARE(int(parseEndpoint("[::1]:9092").value().port), 9092);
        QCOMPARE(toString(Endpoint{"::1", 9092}), std::string("[::1]:9092"));
    }
    void textWithoutWholePortIsRefused_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text : {"", "host", "host:", ":1", "host:70000", "host:9x", "::1:9092"})
            QTest::newRow(text) << text;
    }
    void textWithoutWholePortIsRefused()
    {
        QFETCH(QString, text);
        QVERIFY(!parseEndpoint(text.toStdString()).has_value());
    }
    void uuidTextSurvivesARoundTrip()
    {
        const Uuid id = Uuid::random();
        QVERIFY(Uuid::parse(id.toString()).value() == id);
        QCOMPARE(kMetadataTopicId.toString(), std::string("AAAAAAAAAAAAAAAAAAAAAQ"));
    }
    void crcIsCastagnoli() { QCOMPARE(crc32c(asBytes("123456789")), 0xe3069283u); }
};

QTEST_APPLESS_MAIN(TestEndpoint)
#include "test_endpoint.moc"
