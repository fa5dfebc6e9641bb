#include "client/clientproperties.h"
#include "client/jaasconfig.h"
#include "client/rdkafkaerror.h"

#include <QTemporaryDir>
#include <QTest>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>

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

struct Certificate {
    EVP_PKEY* key = EVP_EC_gen("P-256");
    X509* x509 = X509_new();

    Certificate()
    {
        X509_gmtime_adj(X509_getm_notBefore(x509), 0);
        X509_gmtime_adj(X509_getm_notAfter(x509), 3600);
        X509_set_pubkey(x509, key);
        X509_NAME* name = X509_get_subject_name(x509);
        X509_NAME_add_entry_by_txt(
            name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("test"), -1, -1, 0);
        X509_set_issuer_name(x509, name);
        X509_sign(x509, key, EVP_sha256());
    }
    ~Certificate()
    {
        X509_free(x509);
        EVP_PKEY_free(key);
    }
    std::string der() const
    {
        unsigned char* data = nullptr;
        const int size = i2d_X509(x509, &data);
        std::string out(reinterpret_cast<char*>(data), static_cast<std::size_t>(size));
        OPENSSL_free(data);
        return out;
    }
    std::string pkcs12(const char* password) const
    {
        STACK_OF(X509)* others = sk_X509_new_null();
        sk_X509_push(others, x509);
        PKCS12* store = PKCS12_create(password, "ca", nullptr, nullptr, others, 0, 0, 0, 0, 0);
        unsigned char* data = nullptr;
        const int size = i2d_PKCS12(store, &data);
        std::string out(reinterpret_cast<char*>(data), static_cast<std::size_t>(size));
        OPENSSL_free(data);
        PKCS12_free(store);
        sk_X509_free(others);
        return out;
    }
    /** A JKS trust store with this certificate alone. */
    std::string jks() const
    {
        const auto number = [](std::uint64_t value, int size) {
            std::string out;
            for (int i = size - 1; i >= 0; --i)
                out.push_back(static_cast<char>(value >> (8 * i)));
            return out;
        };
        const std::string bytes = der();
        return number(0xFEEDFEED, 4) + number(2, 4) + number(1, 4) + number(2, 4) + number(2, 2)
            + "ca" + number(0, 8) + number(5, 2) + "X.509" + number(bytes.size(), 4) + bytes
            + std::string(20, '\0');
    }
};

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
        QVERIFY(!config->isPlaintext);
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
        QVERIFY(config->isPlaintext);
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
        const Certificate certificate;
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
        const Certificate certificate;
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
