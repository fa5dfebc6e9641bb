#include "base/asioloop.h"

#include <QTest>

#include <future>

using namespace moldau;
using namespace std::chrono_literals;

namespace {

// Sends back what it gets, and keeps all of it.
class Peer : public Stream::Handler {
public:
    explicit Peer(std::unique_ptr<Stream> stream, bool isEchoing)
        : m_stream(std::move(stream))
        , m_isEchoing(isEchoing)
    {
        m_stream->start(*this);
    }
    std::span<std::uint8_t> receiveBuffer() override { return m_buffer; }
    void received(std::size_t size) override
    {
        m_all.insert(
            m_all.end(), m_buffer.begin(), m_buffer.begin() + static_cast<std::ptrdiff_t>(size));
        if (m_isEchoing) {
            SliceChain chain;
            chain.emplace_back(
                Bytes(m_buffer.begin(), m_buffer.begin() + static_cast<std::ptrdiff_t>(size)));
            m_stream->send(std::move(chain));
        }
        if (m_all.size() >= m_expected && m_gotAll)
            std::exchange(m_gotAll, nullptr)->set_value();
    }
    void closed(const Error& reason) override
    {
        if (m_closed)
            m_closed->set_value(reason);
    }
    void expect(std::size_t size, std::promise<void>& gotAll)
    {
        m_expected = size;
        m_gotAll = &gotAll;
    }
    void expectClose(std::promise<Error>& closed) { m_closed = &closed; }
    Stream& stream() { return *m_stream; }
    const Bytes& all() const { return m_all; }

private:
    std::unique_ptr<Stream> m_stream;
    bool m_isEchoing;
    Bytes m_buffer = Bytes(10'000);
    Bytes m_all;
    std::size_t m_expected = 0;
    std::promise<void>* m_gotAll = nullptr;
    std::promise<Error>* m_closed = nullptr;
};

} // namespace

class TestAsioLoop : public QObject {
    Q_OBJECT
private slots:
    void bytesComeBackInOrder()
    {
        AsioLoop loop("test");
        std::unique_ptr<Peer> server, client;
        std::unique_ptr<Listener> listener;
        std::promise<void> gotAll;
        Bytes sent(3'000'000);
        for (std::size_t i = 0; i < sent.size(); ++i)
            sent[i] = static_cast<std::uint8_t>(i * 7 + i / 251);
        loop.run([&] {
            listener = loop.listen({"127.0.0.1", 0},
                               [&](std::unique_ptr<Stream> stream) {
                                   server = std::make_unique<Peer>(std::move(stream), true);
                               })
                           .value();
            client = std::make_unique<Peer>(loop.connect(listener->localEndpoint()), false);
            client->expect(sent.size(), gotAll);
            SliceChain chain;
            for (std::size_t at = 0; at < sent.size(); at += 1000)
                chain.emplace_back(BytesView(sent).subspan(at, 1000), nullptr);
            client->stream().send(std::move(chain));
        });
        gotAll.get_future().wait();
        loop.run([&] {
            QVERIFY(client->all() == sent);
            client.reset();
            server.reset();
            listener.reset();
        });
    }
    void refusedConnectionSaysSo()
    {
        AsioLoop loop("test");
        std::unique_ptr<Peer> client;
        std::promise<Error> closed;
        loop.run([&] {
            auto listener = loop.listen({"127.0.0.1", 0}, [](std::unique_ptr<Stream>) {}).value();
            const Endpoint free = listener->localEndpoint();
            listener.reset();
            client = std::make_unique<Peer>(loop.connect(free), false);
            client->expectClose(closed);
        });
        QVERIFY(closed.get_future().get().code == ErrorCode::LocalConnectionRefused);
        loop.run([&] { client.reset(); });
    }
    void addressInUseIsNamed()
    {
        AsioLoop loop("test");
        loop.run([&] {
            auto first = loop.listen({"127.0.0.1", 0}, [](std::unique_ptr<Stream>) {}).value();
            const auto second = loop.listen(first->localEndpoint(), [](std::unique_ptr<Stream>) {});
            QVERIFY(!second && second.error().code == ErrorCode::LocalAddressInUse);
        });
    }
    void cancelledTimerStaysSilentAndOthersFire()
    {
        AsioLoop loop("test");
        std::promise<void> fired;
        bool isWrong = false;
        loop.run([&] {
            const auto id = loop.schedule(0ms, [&] { isWrong = true; });
            loop.schedule(1ms, [&] { fired.set_value(); });
            loop.cancel(id);
        });
        fired.get_future().wait();
        QVERIFY(!isWrong);
    }
    void offloadedWorkReportsOnTheLoop()
    {
        AsioLoop loop("test");
        std::promise<bool> done;
        bool wasElsewhere = false;
        loop.run([&] {
            loop.offload([&] { wasElsewhere = !loop.isCurrentThread(); },
                [&] { done.set_value(loop.isCurrentThread()); });
        });
        QVERIFY(done.get_future().get());
        QVERIFY(wasElsewhere);
    }
};

QTEST_APPLESS_MAIN(TestAsioLoop)
#include "test_asioloop.moc"
