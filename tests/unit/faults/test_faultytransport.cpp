#include "faults/faultytransport.h"
#include "simulatednetwork.h"

#include <QTest>

#include <optional>

using namespace moldau;
using namespace moldau::faults;
using namespace moldau::simulation;
using namespace std::chrono_literals;

namespace {

class NoEvents final : public EventSink {
public:
    bool isWanted() const override { return true; }
    void publish(const Event& event) override { m_events.push_back(event); }
    NameId intern(std::string_view) override { return {}; }
    const std::vector<Event>& events() const { return m_events; }

private:
    std::vector<Event> m_events;
};

/** One end of a connection, with what it heard and when. */
class Party final : public Stream::Handler {
public:
    explicit Party(const VirtualTime& time, std::unique_ptr<Stream> stream)
        : m_time(time)
        , m_stream(std::move(stream))
    {
        m_stream->start(*this);
    }
    void say(std::string_view text) { m_stream->send({Slice(Bytes(text.begin(), text.end()))}); }
    void leave() { m_stream.reset(); }
    void setReading(bool isReading)
    {
        m_isReading = isReading;
        if (isReading)
            m_stream->resumeReading();
    }
    const std::string& heard() const { return m_heard; }
    Duration heardAt() const { return m_heardAt; }
    std::size_t unsent() const { return m_stream->unsentBytes(); }
    const std::optional<Error>& end() const { return m_end; }

private:
    std::span<std::uint8_t> receiveBuffer() override
    {
        return m_isReading ? std::span<std::uint8_t>(m_buffer) : std::span<std::uint8_t>();
    }
    void received(std::size_t size) override
    {
        m_heard.append(reinterpret_cast<const char*>(m_buffer.data()), size);
        m_heardAt = m_time.now();
    }
    void closed(const Error& reason) override
    {
        m_end = reason;
        m_stream.reset();
    }

    const VirtualTime& m_time;
    std::unique_ptr<Stream> m_stream;
    std::array<std::uint8_t, 16> m_buffer{};
    std::string m_heard;
    Duration m_heardAt{};
    std::optional<Error> m_end;
    bool m_isReading = true;
};

} // namespace

/** Node 1 connects to node 2 through its FaultyTransport. */
class TestFaultyTransport : public QObject {
    Q_OBJECT

    struct World {
        VirtualTime time{7};
        SimulatedNetwork network{time};
        SimulatedLoop loopOne{time};
        SimulatedLoop loopTwo{time};
        SimulatedTransport wireOne{network, loopOne, "one"};
        SimulatedTransport wireTwo{network, loopTwo, "two"};
        std::unique_ptr<FaultBoard> board = std::move(FaultBoard::create().value());
        NoEvents events;
        NodeFaults faults{*board, loopOne, events, BrokerId{1}};
        FaultyTransport transport{wireOne, loopOne, faults};
        std::unique_ptr<Listener> listener;
        std::unique_ptr<Party> one;
        std::unique_ptr<Party> two;
    };
    std::unique_ptr<World> m_world;

    int add(FaultAction action, Duration delay = {}, std::uint64_t count = 0)
    {
        return m_world->board
            ->add({.link = FaultLink{BrokerId{2}, BrokerId{1}},
                .action = action,
                .delay = std::chrono::duration_cast<std::chrono::milliseconds>(delay),
                .count = count})
            .value();
    }
    void connect()
    {
        m_world->two.reset();
        m_world->one
            = std::make_unique<Party>(m_world->time, m_world->transport.connect({"two", 9092}));
    }
    void heal() { m_world->board->heal(); }
    bool soon(const std::function<bool()>& condition)
    {
        return m_world->time.runUntil(condition, 100ms);
    }
    bool isGreeted()
    {
        m_world->one->say("hello");
        if (!soon([&] { return m_world->two && m_world->two->heard().ends_with("hello"); }))
            return false;
        m_world->two->say("welcome");
        return soon([&] { return m_world->one->heard().ends_with("welcome"); });
    }

private slots:
    void init()
    {
        m_world = std::make_unique<World>();
        World& world = *m_world;
        world.board->noteNode({"two", 9092}, BrokerId{2});
        world.listener = std::move(world.wireTwo
                                       .listen({"two", 9092},
                                           [&world](std::unique_ptr<Stream> stream) {
                                               world.two = std::make_unique<Party>(
                                                   world.time, std::move(stream));
                                           })
                                       .value());
        connect();
        QVERIFY(isGreeted());
    }
    void cleanup()
    {
        m_world->one.reset();
        m_world->two.reset();
        m_world->listener.reset();
        m_world.reset();
    }

    void rulesForOthersDoNothing()
    {
        QVERIFY(m_world->board
                    ->add({.link = FaultLink{BrokerId{1}, BrokerId{3}}, .action = FaultAction::Cut})
                    .has_value());
        QVERIFY(
            m_world->board
                ->add({.link = FaultLink{BrokerId{2}, BrokerId{3}}, .action = FaultAction::Close})
                .has_value());
        QVERIFY(isGreeted());
        QVERIFY(m_world->events.events().empty());
    }

    void aCutLinkLetsNothingThroughAndGivesItLater()
    {
        add(FaultAction::Cut);
        m_world->one->say("there?");
        m_world->two->say("here!");
        m_world->time.runFor(10s);
        QCOMPARE(m_world->two->heard(), std::string("hello"));
        QCOMPARE(m_world->one->heard(), std::string("welcome"));
        QCOMPARE(m_world->one->unsent(), std::size_t{6});
        QVERIFY(!m_world->one->end() && !m_world->two->end());
        QCOMPARE(m_world->events.events().front().kind, EventKind::FaultStruck);
        QCOMPARE(m_world->events.events().front().peer, BrokerId{2});
        heal();
        QVERIFY(soon([&] { return m_world->two->heard() == "hellothere?"; }));
        QVERIFY(soon([&] { return m_world->one->heard() == "welcomehere!"; }));
        QCOMPARE(m_world->one->unsent(), std::size_t{0});
        QVERIFY(isGreeted());
    }

    void overACutLinkNobodyConnects()
    {
        m_world->one->leave();
        m_world->two.reset();
        add(FaultAction::Cut);
        connect();
        m_world->one->say("early");
        m_world->time.runFor(10s);
        QVERIFY(!m_world->two);
        heal();
        QVERIFY(soon([&] { return m_world->two && m_world->two->heard() == "early"; }));
        QVERIFY(isGreeted());
    }

    void overACutLinkNobodyLearnsOfAnEnd()
    {
        add(FaultAction::Cut);
        m_world->one->say("last words");
        m_world->one->leave();
        m_world->time.runFor(10s);
        QVERIFY(!m_world->two->end());
        heal();
        QVERIFY(soon([&] { return m_world->two->end().has_value(); }));
        QCOMPARE(m_world->two->heard(), std::string("hellolast words"));
    }

    void theEndOfTheOtherSideComesWhenTheLinkIsWhole()
    {
        add(FaultAction::Cut);
        m_world->two->say("bye");
        m_world->two->leave();
        m_world->time.runFor(10s);
        QVERIFY(!m_world->one->end());
        heal();
        QVERIFY(soon([&] { return m_world->one->end().has_value(); }));
        QCOMPARE(m_world->one->heard(), std::string("welcomebye"));
        QCOMPARE(m_world->one->end()->code, ErrorCode::LocalConnectionClosed);
    }

    void aNodeThatDiesLeavesNothingBehind()
    {
        add(FaultAction::Cut);
        m_world->one->leave();
        m_world->transport.abandon();
        QVERIFY(soon([&] { return m_world->two->end().has_value(); }));
    }

    void aSlowLinkKeepsOrderAndTakesItsTimeEachWay()
    {
        add(FaultAction::Delay, 300ms);
        const Duration begin = m_world->time.now();
        for (int i = 0; i < 100; ++i)
            m_world->one->say(std::to_string(i % 10));
        std::string all = "hello";
        for (int i = 0; i < 10; ++i)
            all += "0123456789";
        QVERIFY(m_world->time.runUntil([&] { return m_world->two->heard() == all; }, 1s));
        QVERIFY(m_world->two->heardAt() - begin >= 300ms);
        QVERIFY(m_world->two->heardAt() - begin < 350ms);
        const Duration answered = m_world->time.now();
        m_world->two->say("and a long answer of several pieces");
        QVERIFY(m_world->time.runUntil(
            [&] { return m_world->one->heard() == "welcomeand a long answer of several pieces"; },
            1s));
        QVERIFY(m_world->one->heardAt() - answered >= 300ms);
        QVERIFY(m_world->one->heardAt() - answered < 350ms);
        heal();
        QVERIFY(isGreeted());
    }

    void whoDoesNotReadGetsDelayedBytesLater()
    {
        add(FaultAction::Delay, 50ms);
        m_world->one->setReading(false);
        m_world->two->say("patience");
        m_world->time.runFor(1s);
        QCOMPARE(m_world->one->heard(), std::string("welcome"));
        m_world->one->setReading(true);
        QVERIFY(soon([&] { return m_world->one->heard() == "welcomepatience"; }));
        m_world->two->say("!");
        m_world->two->leave();
        QVERIFY(m_world->time.runUntil([&] { return m_world->one->end().has_value(); }, 1s));
        QCOMPARE(m_world->one->heard(), std::string("welcomepatience!"));
    }

    void whatIsDroppedIsLostForGood()
    {
        add(FaultAction::Drop, {}, 1);
        m_world->one->say("lost");
        m_world->one->say("lost, too");
        heal();
        m_world->two->say("anybody?");
        m_world->time.runFor(10s);
        QCOMPARE(m_world->two->heard(), std::string("hello"));
        QCOMPARE(m_world->one->heard(), std::string("welcome"));
        QVERIFY(!m_world->one->end() && !m_world->two->end());
        m_world->one->leave();
        QVERIFY(soon([&] { return m_world->two->end().has_value(); }));
        connect();
        QVERIFY(isGreeted());
    }

    void aClosingLinkEndsConnectionsOnBothSides()
    {
        add(FaultAction::Close, {}, 2);
        m_world->one->say("hi");
        QVERIFY(!m_world->one->end()); // never from inside send()
        QVERIFY(soon([&] { return m_world->one->end().has_value(); }));
        QVERIFY(soon([&] { return m_world->two->end().has_value(); }));
        connect();
        m_world->one->say("hi");
        QVERIFY(soon([&] { return m_world->one->end().has_value(); }));
        connect();
        QVERIFY(isGreeted());
    }
};

QTEST_GUILESS_MAIN(TestFaultyTransport)
#include "test_faultytransport.moc"
