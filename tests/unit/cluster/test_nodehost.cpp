#include "cluster/nodehost.h"

#include "events/eventsink.h"

#include <QtTest>

#include <future>
#include <thread>

using namespace moldau;
using namespace moldau::cluster;

namespace {

class NoEvents final : public EventSink {
public:
    bool isWanted() const override { return false; }
    void publish(const Event&) override { }
    NameId intern(std::string_view) override { return {}; }
};

/** Serves at once, fails when it is told to, and counts who stops it. */
class FakeNode final : public network::Node {
public:
    explicit FakeNode(int& stops)
        : m_stops(stops)
    {
    }
    void start(Callback<void(Result<void>)> serving) override { serving({}); }
    void stop(Callback<void()> stopped) override
    {
        ++m_stops;
        stopped();
    }
    void onFailure(std::function<void(const Error&)> handler) override
    {
        m_failed = std::move(handler);
    }
    void fail() { m_failed(Error{ErrorCode::LocalDiskFull, "the disk is full"}); }

private:
    int& m_stops;
    std::function<void(const Error&)> m_failed;
};

} // namespace

class TestNodeHost : public QObject {
    Q_OBJECT
private slots:
    void whoStopsANodeThatHasJustFailedFindsNone()
    {
        const auto board = faults::FaultBoard::create().value();
        NoEvents events;
        int stops = 0;
        std::promise<void> stopped;
        std::unique_ptr<NodeHost> host;
        host = std::make_unique<NodeHost>(
            NodeHost::Parts{.service = "broker-1",
                .id = BrokerId{1},
                .hostAddresses = {},
                .faults = *board,
                .events = events},
            [&](network::World) { return std::make_unique<FakeNode>(stops); },
            [&] {
                // From another thread, whose work may overtake what the node's own has posted.
                if (host->state() == client::NodeState::Failed)
                    std::thread([&] {
                        host->stop([&](Result<void>) { stopped.set_value(); });
                    }).join();
            });
        std::promise<void> started;
        host->start([&](Result<void> served) {
            QVERIFY(served.has_value());
            started.set_value();
        });
        started.get_future().wait();
        host->withNode([](network::Node* node) { static_cast<FakeNode*>(node)->fail(); });
        QCOMPARE(
            stopped.get_future().wait_for(std::chrono::seconds(10)), std::future_status::ready);
        QCOMPARE(stops, 0);
        QCOMPARE(host->state(), client::NodeState::Failed);
        QCOMPARE(host->problem(), std::string("the disk is full"));
    }
};

QTEST_GUILESS_MAIN(TestNodeHost)
#include "test_nodehost.moc"
