#include "protocol/messages/apiversionsrequest.h"
#include "protocol/messages/fetchrequest.h"
#include "protocol/messages/requestheader.h"
#include "simulatedclient.h"

#include "base/bigendian.h"
#include "network/frame.h"

#include <QtTest>

using namespace moldau;
using namespace moldau::simulation;
using namespace std::chrono_literals;

namespace {

/** Somebody who sends whatever bytes he likes, and reads when he likes. */
class RawClient final : public Stream::Handler {
public:
    explicit RawClient(SimulatedCluster& cluster)
        : m_stream(cluster.addHost().transport.connect(cluster.endpointOf(1)))
    {
        m_stream->start(*this);
    }

    void send(Bytes bytes) { m_stream->send({Slice(std::move(bytes))}); }
    template <class Request> void ask(const Request& request, std::int16_t version)
    {
        protocol::Writer writer;
        protocol::RequestHeader header;
        header.requestApiKey = Request::kApiKey;
        header.requestApiVersion = version;
        header.correlationId = ++m_asked;
        header.clientId = "raw";
        const auto headerVersion
            = protocol::requestHeaderVersion(protocol::ApiKey(Request::kApiKey), version);
        static_cast<void>(header.write(writer, headerVersion));
        static_cast<void>(request.write(writer, version));
        m_stream->send(network::framed(writer));
    }
    void setReading(bool isReading)
    {
        m_isReading = isReading;
        if (isReading)
            m_stream->resumeReading();
    }
    bool isClosed() const { return m_isClosed; }
    /** Whole answers that were received. */
    int answers() const
    {
        int count = 0;
        for (std::size_t at = 0; at + 4 <= m_received.size(); ++count)
            at += 4 + loadBigEndian<std::uint32_t>(m_received.data() + at);
        return count;
    }

private:
    std::span<std::uint8_t> receiveBuffer() override
    {
        return m_isReading ? std::span<std::uint8_t>(m_buffer) : std::span<std::uint8_t>();
    }
    void received(std::size_t size) override
    {
        m_received.insert(m_received.end(), m_buffer.begin(),
            m_buffer.begin() + static_cast<std::ptrdiff_t>(size));
    }
    void closed(const Error&) override { m_isClosed = true; }

    std::unique_ptr<Stream> m_stream;
    std::array<std::uint8_t, 65'536> m_buffer;
    Bytes m_received;
    std::int32_t m_asked = 0;
    bool m_isReading = true;
    bool m_isClosed = false;
};

Bytes fromHex(const char* text)
{
    const QByteArray bytes = QByteArray::fromHex(text);
    return Bytes(bytes.begin(), bytes.end());
}

} // namespace

/** What arrives at a broker's listener from whoever finds it. */
class TestListener : public QObject {
    Q_OBJECT

    std::unique_ptr<SimulatedCluster> m_cluster;
    std::unique_ptr<SimulatedClient> m_neighbour;

    void othersAreServed()
    {
        const auto produced = m_neighbour->produce("orders", 0, {"value"});
        QVERIFY2(produced.has_value(), produced ? "" : produced.error().message.c_str());
    }

private slots:
    void init()
    {
        m_neighbour.reset();
        m_cluster = std::make_unique<SimulatedCluster>(SimulatedCluster::Options{.brokers = 1});
        QVERIFY(m_cluster->startAll());
        m_neighbour = std::make_unique<SimulatedClient>(*m_cluster, "neighbour");
        QVERIFY(m_neighbour->createTopic("orders", 1, 1).has_value());
        m_cluster->host(1).events.want();
        othersAreServed();
    }
    void cleanup()
    {
        m_neighbour.reset();
        m_cluster.reset();
    }

    void whatIsNoRequestClosesItsConnectionOnly_data()
    {
        QTest::addColumn<Bytes>("bytes");
        QTest::addRow("negative size") << fromHex("ffffffff");
        QTest::addRow("giant size") << fromHex("7fffffff00120004");
        QTest::addRow("just above socket.request.max.bytes") << fromHex("06400001");
        QTest::addRow("no size at all") << fromHex("00000000");
        QTest::addRow("shorter than a header") << fromHex("00000004deadbeef");
        QTest::addRow("unknown API") << fromHex("0000000a03e8000000000001ffff");
        QTest::addRow("unknown version") << fromHex("0000000a0003006300000001ffff");
        QTest::addRow("client id beyond the end") << fromHex("0000000a00030001000000017fff");
        QTest::addRow("no body") << fromHex("0000000a0000000300000001ffff");
        QTest::addRow("body with a giant array") << fromHex("0000000e0003000100000001ffff7fffffff");
        QTest::addRow("body with bytes left over")
            << fromHex("000000100003000100000001ffff00000000abcd");
        QTest::addRow("HTTP") << Bytes{'G', 'E', 'T', ' ', '/', ' ', 'H', 'T', 'T', 'P'};
    }
    void whatIsNoRequestClosesItsConnectionOnly()
    {
        QFETCH(Bytes, bytes);
        RawClient client(*m_cluster);
        client.send(bytes);
        QVERIFY(m_cluster->runUntil([&] { return client.isClosed(); }, 1s));
        const std::string reasons = m_cluster->host(1).events.details(EventKind::ConnectionClosed);
        QVERIFY2(reasons.size() > 10, reasons.c_str()); // somebody is told why
        othersAreServed();
    }
    void bytesByChanceHarmNobody()
    {
        for (int round = 0; round < 300; ++round) {
            RawClient client(*m_cluster);
            Bytes bytes(static_cast<std::size_t>(m_cluster->time().between(std::int64_t{8}, 200)));
            for (std::uint8_t& byte : bytes)
                byte = static_cast<std::uint8_t>(m_cluster->time().between(std::int64_t{0}, 255));
            // A size that fits and an API that exists, so that the bytes reach the parsers.
            storeBigEndian(bytes.data(), static_cast<std::int32_t>(bytes.size() - 4));
            storeBigEndian(bytes.data() + 4,
                static_cast<std::int16_t>(m_cluster->time().between(std::int64_t{0}, 75)));
            storeBigEndian(bytes.data() + 6,
                static_cast<std::int16_t>(m_cluster->time().between(std::int64_t{0}, 9)));
            client.send(std::move(bytes));
            m_cluster->runFor(20ms);
        }
        othersAreServed();
        QVERIFY(m_cluster->host(1).failure.empty());
    }
    void halfARequestWaitsUntilTheConnectionIsIdle()
    {
        RawClient client(*m_cluster);
        client.send(fromHex("05f5e1000012")); // the beginning of 100 MB
        m_cluster->runFor(1min);
        QVERIFY(!client.isClosed());
        othersAreServed();
        m_cluster->runFor(11min); // connections.max.idle.ms is ten
        QVERIFY(client.isClosed());
        othersAreServed();
    }
    void aClientThatDoesNotReadIsNotReadFrom()
    {
        constexpr int kRequests = 200;
        const auto filled
            = m_neighbour->produce("orders", 0, {std::string(std::size_t{1'000'000}, 'v')});
        QVERIFY2(filled.has_value(), filled ? "" : filled.error().message.c_str());
        CollectedEvents& events = m_cluster->host(1).events;
        const std::size_t before = events.count(EventKind::ResponseSent);
        RawClient client(*m_cluster);
        client.setReading(false);
        protocol::FetchRequest request;
        request.maxBytes = 10'000'000;
        request.sessionEpoch = -1;
        auto& topic = request.topics.emplace_back();
        topic.topic = "orders";
        auto& partition = topic.partitions.emplace_back();
        partition.currentLeaderEpoch = -1;
        partition.fetchOffset = 0;
        partition.partitionMaxBytes = 10'000'000;
        for (int i = 0; i < kRequests; ++i)
            client.ask(request, 11);
        m_cluster->runFor(10s);
        // 16 MB of answers are kept for it, whatever it asks.
        const std::size_t served = events.count(EventKind::ResponseSent) - before;
        QVERIFY2(served >= 10 && served <= 20, std::to_string(served).c_str());
        othersAreServed();
        client.setReading(true);
        QVERIFY(m_cluster->runUntil([&] { return client.answers() == kRequests; }));
    }
};

QTEST_GUILESS_MAIN(TestListener)
#include "test_listener.moc"
