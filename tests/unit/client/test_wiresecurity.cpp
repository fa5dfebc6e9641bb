#include "base/asioloop.h"
#include "client/saslexchange.h"
#include "client/security.h"
#include "client/tlstransport.h"

#include "madecertificate.h"

#include <QTemporaryDir>
#include <QTest>

#include <openssl/ssl.h>

#include <condition_variable>
#include <fstream>
#include <mutex>
#include <thread>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace moldau;
using namespace moldau::client;

namespace {

/** Accepts one TLS connection and sends back what comes, until the other side closes. */
class EchoServer {
public:
    explicit EchoServer(const MadeCertificate& certificate, const std::string& clientAuthority = {})
    {
        m_context = SSL_CTX_new(TLS_server_method());
        SSL_CTX_use_certificate(m_context, certificate.x509());
        SSL_CTX_use_PrivateKey(m_context, certificate.key());
        if (!clientAuthority.empty()) {
            BIO* reader
                = BIO_new_mem_buf(clientAuthority.data(), static_cast<int>(clientAuthority.size()));
            X509* authority = PEM_read_bio_X509(reader, nullptr, nullptr, nullptr);
            X509_STORE_add_cert(SSL_CTX_get_cert_store(m_context), authority);
            X509_free(authority);
            BIO_free(reader);
            SSL_CTX_set_verify(
                m_context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
        }
        m_socket = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        ::bind(m_socket, reinterpret_cast<sockaddr*>(&address), size);
        ::listen(m_socket, 1);
        ::getsockname(m_socket, reinterpret_cast<sockaddr*>(&address), &size);
        m_port = ntohs(address.sin_port);
        m_thread = std::thread([this] { serve(); });
    }
    ~EchoServer()
    {
        ::shutdown(m_socket, SHUT_RDWR);
        m_thread.join();
        ::close(m_socket);
        SSL_CTX_free(m_context);
    }
    std::uint16_t port() const { return m_port; }

private:
    void serve()
    {
        const int connection = ::accept(m_socket, nullptr, nullptr);
        if (connection < 0)
            return;
        SSL* ssl = SSL_new(m_context);
        SSL_set_fd(ssl, connection);
        if (SSL_accept(ssl) == 1) {
            std::array<char, 4096> buffer;
            for (int size = SSL_read(ssl, buffer.data(), buffer.size()); size > 0;
                 size = SSL_read(ssl, buffer.data(), buffer.size()))
                SSL_write(ssl, buffer.data(), size);
        }
        SSL_free(ssl);
        ::close(connection);
    }

    SSL_CTX* m_context = nullptr;
    int m_socket = -1;
    std::uint16_t m_port = 0;
    std::thread m_thread;
};

/** Collects what a stream brings; small room, so that a record is read in pieces. */
class Collecting final : public Stream::Handler {
public:
    std::span<std::uint8_t> receiveBuffer() override { return m_room; }
    void received(std::size_t size) override
    {
        change([&] { m_text.append(reinterpret_cast<const char*>(m_room.data()), size); });
    }
    void closed(const Error& reason) override
    {
        change([&] { m_reason = reason; });
    }
    bool waitForText(const std::string& text)
    {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, std::chrono::seconds(20), [&] { return m_text == text; });
    }
    std::string waitForReason()
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait_for(lock, std::chrono::seconds(20), [&] { return m_reason.has_value(); });
        return m_reason ? m_reason->message : "(still open)";
    }

private:
    template <class Change> void change(Change change)
    {
        {
            const std::lock_guard lock(m_mutex);
            change();
        }
        m_changed.notify_all();
    }
    std::array<std::uint8_t, 7> m_room;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::string m_text;
    std::optional<Error> m_reason;
};

SliceChain chainOf(std::string_view text)
{
    SliceChain chain;
    chain.emplace_back(Bytes(text.begin(), text.end()));
    return chain;
}

/** A TLS stream on a loop of its own. */
class Client {
public:
    Client(const TlsSettings& settings, const std::string& host, std::uint16_t port)
        : m_tls(std::move(*TlsTransport::make(m_loop, settings)))
    {
        m_loop.run([&] {
            m_stream = m_tls->connect({host, port});
            m_stream->start(handler);
        });
    }
    ~Client()
    {
        m_loop.run([&] { m_stream.reset(); });
    }
    void send(const std::string& text)
    {
        m_loop.run([&] { m_stream->send(chainOf(text)); });
    }

    Collecting handler;

private:
    AsioLoop m_loop{"test"};
    std::unique_ptr<TlsTransport> m_tls;
    std::unique_ptr<Stream> m_stream;
};

ClientConfig configOf(Properties properties)
{
    return *toClientConfig(properties);
}

} // namespace

class TestWireSecurity : public QObject {
    Q_OBJECT

private slots:
    void scramProvesThePasswordAsTheRfcHasIt()
    {
        // The example of RFC 7677.
        auto exchange
            = makeSaslExchange({"SCRAM-SHA-256", "user", "pencil"}, "rOprNGfwEbeRWgbNEkqO");
        QVERIFY(exchange);
        QCOMPARE(std::string(asText((*exchange)->firstMessage())),
            std::string("n,,n=user,r=rOprNGfwEbeRWgbNEkqO"));
        const std::string_view challenge = "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s="
                                           "W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";
        const auto proof = (*exchange)->answer(asBytes(challenge));
        QVERIFY(proof && *proof);
        QCOMPARE(std::string(asText(**proof)),
            std::string("c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p="
                        "dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="));
        const auto end
            = (*exchange)->answer(asBytes("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="));
        QVERIFY(end && !*end);
    }

    void scramTrustsNoServerThatDoesNotKnowThePassword()
    {
        auto exchange = makeSaslExchange({"SCRAM-SHA-256", "user", "pencil"}, "abc");
        QVERIFY(!(*exchange)->answer(
            asBytes("r=other,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"))); // not our nonce
        QVERIFY(!(*exchange)->answer(
            asBytes("r=abcdef,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=1"))); // too few rounds
        QVERIFY((*exchange)->answer(asBytes("r=abcdef,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096")));
        QVERIFY(!(*exchange)->answer(asBytes("v=AAAA")));
    }

    void plainSaysEverythingAtOnce()
    {
        auto exchange = makeSaslExchange({"PLAIN", "alice", "secret"});
        QCOMPARE(
            std::string(asText((*exchange)->firstMessage())), std::string("\0alice\0secret", 13));
        QVERIFY(!makeSaslExchange({"GSSAPI", "", ""}));
    }

    void ourCodecsAreUsedWhereTheyGetThrough()
    {
        QVERIFY(*wireSecurityOf(configOf({})));
        const auto scram = wireSecurityOf(configOf({{"security.protocol", "SASL_PLAINTEXT"},
            {"sasl.mechanism", "SCRAM-SHA-512"}, {"sasl.username", "u"}, {"sasl.password", "p"}}));
        QVERIFY(scram && *scram && (*scram)->sasl && !(*scram)->tls);
        const auto kerberos = wireSecurityOf(
            configOf({{"security.protocol", "SASL_PLAINTEXT"}, {"sasl.mechanism", "GSSAPI"}}));
        QVERIFY(kerberos && !*kerberos);
    }

    void keyStoresAreOpenedForOurCodecs()
    {
        const MadeCertificate certificate;
        QTemporaryDir directory;
        const std::string path = directory.path().toStdString() + "/client.p12";
        std::ofstream(path, std::ios::binary) << certificate.pkcs12("pw", true);
        const auto security = wireSecurityOf(configOf({{"security.protocol", "SSL"},
            {"ssl.keystore.location", path}, {"ssl.keystore.password", "pw"}}));
        QVERIFY2(security && *security, security ? "" : security.error().message.c_str());
        QVERIFY((*security)->tls->certificates.starts_with("-----BEGIN CERTIFICATE-----"));
        QVERIFY((*security)->tls->key.find("PRIVATE KEY") != std::string::npos);
    }

    void bytesPassBothWays()
    {
        const MadeCertificate certificate;
        EchoServer server(certificate);
        Client client({certificate.pem(), {}, {}, {}}, "127.0.0.1", server.port());
        const std::string text(100'000, 'x');
        client.send("hello ");
        client.send(text);
        QVERIFY(client.handler.waitForText("hello " + text));
    }

    void clientCertificatesAreShown()
    {
        const MadeCertificate certificate;
        const MadeCertificate own;
        EchoServer server(certificate, own.pem());
        Client client({certificate.pem(), own.pem(), own.keyPem(), {}}, "127.0.0.1", server.port());
        client.send("hello");
        QVERIFY(client.handler.waitForText("hello"));
    }

    void strangersAreNotTrusted()
    {
        const MadeCertificate certificate;
        const MadeCertificate other;
        EchoServer server(certificate);
        Client client({other.pem(), {}, {}, {}}, "127.0.0.1", server.port());
        const std::string reason = client.handler.waitForReason();
        QVERIFY2(reason.find("ssl.truststore.location") != std::string::npos, reason.c_str());
    }

    void theNameHasToBeRightUnlessItNeedNot()
    {
        const MadeCertificate certificate("DNS:kafka.example");
        {
            EchoServer server(certificate);
            Client client({certificate.pem(), {}, {}, {}}, "127.0.0.1", server.port());
            const std::string reason = client.handler.waitForReason();
            QVERIFY2(reason.find("ssl.endpoint.identification.algorithm") != std::string::npos,
                reason.c_str());
        }
        EchoServer server(certificate);
        TlsSettings lenient{certificate.pem(), {}, {}, {}};
        lenient.verifiesHost = false;
        Client client(lenient, "127.0.0.1", server.port());
        client.send("hello");
        QVERIFY(client.handler.waitForText("hello"));
    }

    void badCertificatesAreRefusedAtOnce()
    {
        AsioLoop loop("test");
        QVERIFY(!TlsTransport::make(loop, {"no certificate", {}, {}, {}}));
        const MadeCertificate certificate;
        QVERIFY(!TlsTransport::make(loop, {certificate.pem(), certificate.pem(), "no key", {}}));
    }
};

QTEST_GUILESS_MAIN(TestWireSecurity)
#include "test_wiresecurity.moc"
