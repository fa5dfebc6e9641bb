#include "client/clientproperties.h"
#include "client/jaasconfig.h"
#include "client/rdkafkaerror.h"

#include "madecertificate.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>

using namespace moldau;
using namespace moldau::client;

namespace {

std::string valueIn(const Properties& properties, std::string_view name)
{
    const std::string* value = findProperty(properties, name);
    return value == nullptr ? "(none)" : *value;
}

void write(const std::string& path, const std::string& content)
{
    std::ofstream(path, std::ios::binary) << content;
}

} // namespace

class TestClientProperties : public QObject {
    Q_OBJECT

private slots:
    void propertiesTextIsReadAsJavaReadsIt()
    {
        const Properties properties = *parseProperties(
            "# comment\n! other\n  a = 1\nb:2\nc 3\nlong=one,\\\n   two\nempty=\n"
            "esc\\:aped=t\\tab\\u00e9\\ud83d\\ude00\r\nlast=x\\");
        const Properties expected{{"a", "1"}, {"b", "2"}, {"c", "3"}, {"long", "one,two"},
            {"empty", ""}, {"esc:aped", "t\tab\xc3\xa9\xf0\x9f\x98\x80"}, {"last", "x"}};
        QVERIFY(properties == expected);
    }

    void javaNamesBecomeLibrdkafkaNames()
    {
        const auto config = toClientConfig(*parseProperties(
            "bootstrap.servers=a:1,b:2\nsecurity.protocol=SASL_SSL\nsasl.mechanism=SCRAM-SHA-256\n"
            "sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required "
            "username=\"alice\" password=\"s=e;c \\\\\"r\\\\\"\";\n"
            "request.timeout.ms=4000\nssl.endpoint.identification.algorithm=\nacks=1\nmax.request."
            "size=2000000\nbuffer.memory=33554432\n"
            "compression.type=zstd\ncompression.zstd.level=5\ncompression.gzip.level=9\nfetch.max."
            "wait.ms=50\n"
            "auto.offset.reset=none\npartition.assignment.strategy=org.apache.kafka.clients."
            "consumer.RangeAssignor,org.apache.kafka.clients.consumer.CooperativeStickyAssignor\n"
            "key.serializer=org.apache.kafka.common.serialization.StringSerializer\n"));
        QVERIFY2(config, config ? "" : config.error().message.c_str());
        QCOMPARE(config->bootstrap, std::string("a:1,b:2"));
        QCOMPARE(valueIn(config->common, "security.protocol"), std::string("sasl_ssl"));
        QCOMPARE(valueIn(config->common, "sasl.mechanism"), std::string("SCRAM-SHA-256"));
        QCOMPARE(valueIn(config->common, "sasl.username"), std::string("alice"));
        QCOMPARE(valueIn(config->common, "sasl.password"), std::string("s=e;c \"r\""));
        QCOMPARE(valueIn(config->common, "socket.timeout.ms"), std::string("4000"));
        QCOMPARE(
            valueIn(config->common, "ssl.endpoint.identification.algorithm"), std::string("none"));
        QCOMPARE(valueIn(config->producer, "acks"), std::string("1"));
        QCOMPARE(valueIn(config->producer, "message.max.bytes"), std::string("2000000"));
        QCOMPARE(valueIn(config->producer, "queue.buffering.max.kbytes"), std::string("32768"));
        QCOMPARE(valueIn(config->producer, "compression.level"), std::string("5"));
        QCOMPARE(valueIn(config->consumer, "fetch.wait.max.ms"), std::string("50"));
        QCOMPARE(valueIn(config->consumer, "auto.offset.reset"), std::string("error"));
        QCOMPARE(valueIn(config->consumer, "partition.assignment.strategy"), std::string("range"));
        QVERIFY(config->warnings.empty());
    }

    void librdkafkaNamesPass()
    {
        const auto config
            = toClientConfig(*parseProperties("metadata.broker.list=a:1\nbroker.address.family="
                                              "v4\nsasl.mechanisms=PLAIN\ndebug=broker\n"));
        QVERIFY2(config, config ? "" : config.error().message.c_str());
        QCOMPARE(valueIn(config->common, "broker.address.family"), std::string("v4"));
        QCOMPARE(valueIn(config->common, "sasl.mechanism"), std::string("PLAIN"));
    }

    void whatCannotBeServedIsSaidPlainly_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("part");
        QTest::newRow("misspelt") << "securty.protocol=SSL"
                                  << "Did you mean security.protocol?";
        QTest::newRow("bad protocol") << "security.protocol=TLS"
                                      << "SASL_PLAINTEXT";
        QTest::newRow("bad number") << "request.timeout.ms=soon"
                                    << "request.timeout.ms";
        QTest::newRow("java class") << "sasl.login.callback.handler.class=x.Y"
                                    << "oauthbearer";
        QTest::newRow("transactions") << "transactional.id=t"
                                      << "without transactions";
        QTest::newRow("partitioner")
            << "partitioner.class=org.apache.kafka.clients.producer.RoundRobinPartitioner"
            << "default partitioner";
        QTest::newRow("kip 848") << "group.protocol=consumer"
                                 << "classic";
        QTest::newRow("no trust store") << "ssl.truststore.location=/nowhere/ca.pem"
                                        << "/nowhere/ca.pem";
        QTest::newRow("jaas without end")
            << "sasl.jaas.config=a.PlainLoginModule required username=\"u\" password=\"hidden\""
            << "end with ';'";
        QTest::newRow("jaas open quote")
            << "sasl.jaas.config=a.PlainLoginModule required username=\"u\" password=\"hidden;"
            << "quote";
        QTest::newRow("jaas unknown")
            << "sasl.jaas.config=a.OwnLoginModule required password=\"hidden\";"
            << "OwnLoginModule";
    }
    void whatCannotBeServedIsSaidPlainly()
    {
        QFETCH(QString, text);
        QFETCH(QString, part);
        const auto config = toClientConfig(*parseProperties(text.toStdString()));
        QVERIFY(!config);
        const QString message = QString::fromStdString(config.error().message);
        QVERIFY2(message.contains(part), qPrintable(message));
        QVERIFY2(!message.contains("hidden"), qPrintable(message));
    }

    void namesOfOtherLibrariesAreOnlyWarnedOf()
    {
        const auto config
            = toClientConfig(*parseProperties("schema.registry.url=http://localhost:8081\n"));
        QVERIFY(config);
        QCOMPARE(config->warnings.size(), std::size_t(1));
    }

    void trustStoresOfAllThreeFormsAreRead()
    {
        const MadeCertificate certificate;
        QTemporaryDir directory;
        const std::string base = directory.path().toStdString();
        write(base + "/a.p12", certificate.pkcs12("pw"));
        write(base + "/a.jks", certificate.jks());
        for (const std::string name : {"/a.p12", "/a.jks"}) {
            const auto config = toClientConfig(
                {{"ssl.truststore.location", base + name}, {"ssl.truststore.password", "pw"}});
            QVERIFY2(config, config ? "" : config.error().message.c_str());
            const std::string pem = valueIn(config->common, "ssl.ca.pem");
            QVERIFY(pem.starts_with("-----BEGIN CERTIFICATE-----"));
            write(base + "/a.pem", pem);
        }
        const auto config = toClientConfig({{"ssl.truststore.location", base + "/a.pem"}});
        QVERIFY(config);
        QVERIFY(valueIn(config->common, "ssl.ca.pem").starts_with("-----BEGIN CERTIFICATE-----"));
        const auto wrong = toClientConfig(
            {{"ssl.truststore.location", base + "/a.p12"}, {"ssl.truststore.password", "guess"}});
        QVERIFY(!wrong);
        QVERIFY(wrong.error().message.find("guess") == std::string::npos);
    }

    void keyStoresAreTakenByTheirContent()
    {
        const MadeCertificate certificate;
        QTemporaryDir directory;
        const std::string base = directory.path().toStdString();
        write(base + "/key.jks", certificate.jks());
        write(base + "/key.p12", certificate.pkcs12("pw"));
        const auto jks = toClientConfig({{"ssl.keystore.location", base + "/key.jks"}});
        QVERIFY(!jks);
        QVERIFY(jks.error().message.find("keytool") != std::string::npos);
        const auto p12 = toClientConfig(
            {{"ssl.keystore.location", base + "/key.p12"}, {"ssl.keystore.password", "pw"}});
        QVERIFY(p12);
        QCOMPARE(valueIn(p12->common, "ssl.keystore.password"), std::string("pw"));
    }

    void librdkafkaErrorsAreExplained_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("reason");
        QTest::addColumn<QString>("part");
        QTest::newRow("refused") << int(RD_KAFKA_RESP_ERR__TRANSPORT)
                                 << "127.0.0.1:1/bootstrap: Connect to ipv4#127.0.0.1:1 failed: "
                                    "Connection refused (after 0ms in state CONNECT)"
                                 << "Is the broker running";
        QTest::newRow("resolve")
            << int(RD_KAFKA_RESP_ERR__RESOLVE)
            << "broker:29092/1: Failed to resolve 'broker:29092': Name or service not known"
            << "advertised.listeners";
        QTest::newRow("tls on plaintext")
            << int(RD_KAFKA_RESP_ERR__SSL)
            << "ssl://a:1/bootstrap: SSL handshake failed: Disconnected: connecting to a PLAINTEXT "
               "broker listener?"
            << "doesn't speak TLS";
        QTest::newRow("untrusted")
            << int(RD_KAFKA_RESP_ERR__SSL)
            << "ssl://a:1: SSL handshake failed: error:0A000086: certificate verify failed"
            << "ssl.truststore.location";
        QTest::newRow("sasl")
            << int(RD_KAFKA_RESP_ERR__AUTHENTICATION)
            << "sasl_plaintext://a:1: SASL authentication error: Authentication failed"
            << "user or the password";
        QTest::newRow("plaintext on sasl")
            << int(RD_KAFKA_RESP_ERR__TRANSPORT)
            << "a:1/bootstrap: Disconnected: verify that security.protocol is correctly "
               "configured, broker might require SASL authentication"
            << "TLS or SASL";
    }
    void librdkafkaErrorsAreExplained()
    {
        QFETCH(int, code);
        QFETCH(QString, reason);
        QFETCH(QString, part);
        const Error error = explain(static_cast<rd_kafka_resp_err_t>(code), reason.toStdString());
        QVERIFY2(QString::fromStdString(error.message).contains(part), error.message.c_str());
    }
};

QTEST_GUILESS_MAIN(TestClientProperties)
#include "test_clientproperties.moc"
