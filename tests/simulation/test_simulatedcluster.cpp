#include "invariants.h"
#include "producerload.h"

#include <QtTest>

#include <cstdlib>

using namespace moldau;
using namespace moldau::simulation;
using namespace std::chrono_literals;

namespace {

/** A run under load with faults by chance, drawn from the seed. */
class Storm {
public:
    Storm(std::uint64_t seed, int partitions, int controllers = 1)
        : m_cluster({.brokers = 3,
            .controllers = controllers,
            .seed = seed,
            .settings = {{"replica.lag.time.max.ms", "2000"}, {"log.cleaner.backoff.ms", "500"},
                {"log.segment.bytes", "1048576"}, {"min.insync.replicas", "2"},
                {"broker.session.timeout.ms", "3000"}, {"broker.heartbeat.interval.ms", "500"},
                {"controller.quorum.election.timeout.ms", "200"},
                {"controller.quorum.election.backoff.max.ms", "100"},
                {"controller.quorum.fetch.timeout.ms", "800"},
                {"controller.quorum.request.timeout.ms", "600"}}})
        , m_invariants(m_cluster)
        , m_history(m_cluster, "orders", partitions)
    {
    }

    SimulatedCluster& cluster() { return m_cluster; }
    History& history() { return m_history; }

    void begin()
    {
        QVERIFY(m_cluster.startAll());
        SimulatedClient admin(m_cluster, "admin");
        const auto made = admin.createTopic("orders", m_history.partitions(), 3);
        QVERIFY2(made.has_value(), made ? "" : made.error().message.c_str());
        m_invariants.watch("orders", m_history.partitions());
        for (int i = 1; i <= 2; ++i)
            m_load.push_back(std::make_unique<LoadProducer>(
                m_cluster, m_history, "producer-" + std::to_string(i)));
        m_load.push_back(std::make_unique<LoadConsumer>(m_cluster, m_history, "consumer"));
        for (const auto& client : m_load)
            client->start();
        watch();
    }
    /** `fault` at a moment by chance, `count` times. */
    void rage(int count, const std::function<void()>& fault)
    {
        for (int i = 0; i < count && !QTest::currentTestFailed(); ++i) {
            m_cluster.runFor(m_cluster.time().between(Duration(50ms), Duration(1500ms)));
            fault();
        }
    }
    /** Everything is made whole, and all that was said is compared with the logs. */
    void end()
    {
        if (QTest::currentTestFailed())
            return;
        m_cluster.network().mendAll();
        for (int controller = 1; controller <= m_cluster.controllerCount(); ++controller) {
            m_cluster.controller(controller).loop.resume();
            m_cluster.startController(controller);
        }
        for (int broker = 1; broker <= m_cluster.size(); ++broker) {
            m_cluster.host(broker).loop.resume();
            m_cluster.runUntil([&] { // a controlled shutdown ends first
                return m_cluster.host(broker).isServing || !m_cluster.host(broker).node;
            });
            m_cluster.start(broker);
        }
        m_cluster.runFor(2s);
        for (const auto& client : m_load)
            client->stop();
        const bool isDone = m_cluster.runUntil([&] {
            return std::all_of(
                m_load.begin(), m_load.end(), [](const auto& client) { return client->isDone(); });
        });
        QVERIFY2(isDone,
            ("the load does not end\n" + m_history.violations() + m_cluster.describe()).c_str());
        QVERIFY2(m_cluster.runUntil([this] { return m_cluster.isSettled(); }),
            ("the replicas never agree\n" + m_history.violations() + m_cluster.describe()).c_str());
        checkControllers();
        QVERIFY(m_cluster.runUntil([this] { return m_invariants.isMetadataEven(); }));
        m_history.checkLogs();
        QVERIFY(m_history.acknowledgedCount() > 100 && m_history.readCount() > 100);
        m_invariants.checkSettled();
        const std::string problems = m_invariants.violations() + m_history.violations();
        QVERIFY2(problems.empty(), problems.c_str());
    }
    /** All controllers have replayed the same metadata as far as it is committed. */
    void checkControllers()
    {
        const auto isEqual = [&] {
            const int active = m_cluster.activeController();
            if (active == 0)
                return false;
            const auto& image = m_cluster.controllerNode(active)->image();
            for (int each = 1; each <= m_cluster.controllerCount(); ++each) {
                if (!(m_cluster.controllerNode(each)->image() == image))
                    return false;
            }
            return true;
        };
        QVERIFY2(m_cluster.runUntil(isEqual, 10s), "the controllers' images differ");
    }
    int anyController()
    {
        return static_cast<int>(
            m_cluster.time().between(std::int64_t{1}, m_cluster.controllerCount()));
    }
    int anyBroker() { return static_cast<int>(m_cluster.time().between(std::int64_t{1}, 3)); }
    /** All replicas of all partitions are in sync, as their leaders see it. */
    bool isWholeIsr()
    {
        for (std::int32_t partition = 0; partition < m_history.partitions(); ++partition) {
            const int leader = m_cluster.leaderOf("orders", partition);
            if (leader == 0)
                return false;
            const auto* const replica = m_cluster.replica(leader, "orders", partition);
            if (replica->isr().size() < replica->image().replicas.size())
                return false;
        }
        return true;
    }

private:
    void watch()
    {
        m_history.observe();
        m_cluster.time().at(m_cluster.time().now() + 20ms, [this] { watch(); });
    }

    SimulatedCluster m_cluster;
    Invariants m_invariants;
    History m_history;
    std::vector<std::unique_ptr<LoadClient>> m_load;
};

/** A link of this broker that fails in some way, or requests that do. */
faults::FaultRule anyRule(VirtualTime& time, int broker)
{
    using faults::FaultAction;
    faults::FaultRule rule;
    rule.delay = std::chrono::milliseconds(0);
    if (time.happens(0.6)) {
        const BrokerId other
            = time.happens(0.4) ? SimulatedCluster::kControllerId : BrokerId{broker % 3 + 1};
        rule.link = faults::FaultLink{BrokerId{broker}, other};
        constexpr FaultAction kActions[]
            = {FaultAction::Cut, FaultAction::Delay, FaultAction::Drop, FaultAction::Close};
        rule.action = kActions[time.between(std::int64_t{0}, 3)];
    } else {
        rule.broker = BrokerId{broker};
        rule.client = time.happens(0.5) ? "*" : "";
        rule.api = time.happens(0.5) ? protocol::ApiKey::Produce : protocol::ApiKey::Fetch;
        constexpr FaultAction kActions[] = {FaultAction::Error, FaultAction::Delay,
            FaultAction::Drop, FaultAction::Duplicate, FaultAction::Close};
        rule.action = kActions[time.between(std::int64_t{0}, 4)];
        rule.error
            = rule.action == FaultAction::Error ? ErrorCode::NotLeaderOrFollower : ErrorCode::None;
    }
    if (rule.action == FaultAction::Delay)
        rule.delay = std::chrono::milliseconds(time.between(std::int64_t{1}, 400));
    if (rule.action != FaultAction::Cut && time.happens(0.7))
        rule.count = static_cast<std::uint64_t>(time.between(std::int64_t{1}, 20));
    return rule;
}

/** Seeds to run: MOLDAU_SEED alone, or from 1 on as many as MOLDAU_SEEDS says, else `few`. */
void addSeeds(int few)
{
    QTest::addColumn<quint64>("seed");
    int first = 1;
    int count = few;
    if (const char* const one = std::getenv("MOLDAU_SEED")) {
        first = std::atoi(one);
        count = 1;
    } else if (const char* const many = std::getenv("MOLDAU_SEEDS")) {
        count = std::atoi(many);
    }
    for (int seed = first; seed < first + count; ++seed)
        QTest::addRow("seed %d", seed) << static_cast<quint64>(seed);
}

} // namespace

class TestSimulatedCluster : public QObject {
    Q_OBJECT
private slots:
    void oneSeedGivesOneHistory()
    {
        const auto run = [](std::uint64_t seed) {
            Storm storm(seed, 2);
            storm.begin();
            storm.rage(3, [&] {
                const int broker = storm.anyBroker();
                storm.cluster().kill(broker);
                storm.cluster().runFor(700ms);
                storm.cluster().start(broker);
            });
            storm.end();
            return std::tuple(storm.cluster().time().steps(), storm.history().acknowledgedCount(),
                storm.history().epochCount());
        };
        const auto first = run(7);
        QVERIFY(std::get<1>(first) > 100);
        QCOMPARE(run(7), first);
        QVERIFY(run(8) != first);
    }

    void whatIsAcknowledgedSurvivesKillsAndRestarts_data() { addSeeds(4); }
    void whatIsAcknowledgedSurvivesKillsAndRestarts()
    {
        QFETCH(quint64, seed);
        Storm storm(seed, 3);
        storm.begin();
        storm.rage(25, [&] {
            SimulatedCluster& cluster = storm.cluster();
            const int broker = storm.anyBroker();
            if (!cluster.host(broker).node)
                cluster.start(broker);
            else if (cluster.time().happens(0.6))
                cluster.kill(broker);
            else
                cluster.stop(broker);
        });
        storm.end();
        qInfo("%zu records acknowledged, %zu read, %zu leader epochs, %.1f s",
            storm.history().acknowledgedCount(), storm.history().readCount(),
            storm.history().epochCount(),
            std::chrono::duration<double>(storm.cluster().time().now()).count());
    }

    void whatIsAcknowledgedSurvivesCutLinksAndStandstills_data() { addSeeds(4); }
    void whatIsAcknowledgedSurvivesCutLinksAndStandstills()
    {
        QFETCH(quint64, seed);
        Storm storm(seed, 3);
        storm.begin();
        SimulatedCluster& cluster = storm.cluster();
        storm.rage(20, [&] {
            const int broker = storm.anyBroker();
            const std::string address = cluster.host(broker).address;
            switch (cluster.time().between(std::int64_t{0}, 4)) {
            case 0: // from another broker
                return cluster.network().cut(
                    address, cluster.host(broker % cluster.size() + 1).address);
            case 1: // from the controller: it is fenced when its session ends
                return cluster.network().cut(address, cluster.controller().address);
            case 2:
                return cluster.host(broker).loop.pause();
            default:
                cluster.host(broker).loop.resume();
                return cluster.network().mendAll();
            }
        });
        storm.end();
        qInfo("%zu records acknowledged, %zu leader epochs", storm.history().acknowledgedCount(),
            storm.history().epochCount());
    }

    void whatIsAcknowledgedSurvivesFaultRules_data() { addSeeds(4); }
    void whatIsAcknowledgedSurvivesFaultRules()
    {
        QFETCH(quint64, seed);
        Storm storm(seed, 3);
        storm.begin();
        SimulatedCluster& cluster = storm.cluster();
        VirtualTime& time = cluster.time();
        std::uint64_t struck = 0;
        const auto heal = [&] {
            for (const faults::FaultStatus& status : cluster.faults().list())
                struck += status.struck;
            cluster.faults().heal();
        };
        storm.rage(30, [&] {
            if (time.happens(0.3))
                return heal();
            const auto added = cluster.faults().add(anyRule(time, storm.anyBroker()));
            QVERIFY2(added.has_value(), added ? "" : added.error().message.c_str());
        });
        heal();
        storm.end();
        QVERIFY(struck > 20);
        qInfo("%zu records acknowledged, %zu leader epochs, %llu strikes",
            storm.history().acknowledgedCount(), storm.history().epochCount(),
            static_cast<unsigned long long>(struck));
    }

    void whatIsAcknowledgedSurvivesPowerCutsOfOneBrokerAtATime_data() { addSeeds(4); }
    void whatIsAcknowledgedSurvivesPowerCutsOfOneBrokerAtATime()
    {
        QFETCH(quint64, seed);
        Storm storm(seed, 3);
        storm.begin();
        SimulatedCluster& cluster = storm.cluster();
        storm.rage(10, [&] {
            // Kafka syncs nothing before it acknowledges: the others must have it.
            QVERIFY2(cluster.runUntil([&] { return storm.isWholeIsr(); }),
                ("the ISR never fills\n" + cluster.describe()).c_str());
            const int broker = storm.anyBroker();
            cluster.cutPower(broker);
            cluster.runFor(cluster.time().between(Duration(10ms), Duration(5s)));
            cluster.start(broker);
        });
        storm.end();
        qInfo("%zu records acknowledged, %zu leader epochs", storm.history().acknowledgedCount(),
            storm.history().epochCount());
    }

    void whatIsAcknowledgedSurvivesDisksThatFail_data() { addSeeds(4); }
    void whatIsAcknowledgedSurvivesDisksThatFail()
    {
        QFETCH(quint64, seed);
        Storm storm(seed, 3);
        storm.begin();
        SimulatedCluster& cluster = storm.cluster();
        storm.rage(6, [&] {
            QVERIFY2(cluster.runUntil([&] { return storm.isWholeIsr(); }),
                ("the ISR never fills\n" + cluster.describe()).c_str());
            const int broker = storm.anyBroker();
            Host& host = cluster.host(broker);
            const bool isFull = cluster.time().happens(0.5);
            if (isFull) {
                host.files.setCapacity(host.files.usedBytes()
                    + static_cast<std::uint64_t>(cluster.time().between(std::int64_t{0}, 5000)));
            } else {
                host.files.failWrites(
                    {.nthWrite = static_cast<int>(cluster.time().between(std::int64_t{1}, 20)),
                        .code = ErrorCode::LocalIoError,
                        .tornBytes
                        = static_cast<std::size_t>(cluster.time().between(std::int64_t{0}, 300)),
                        .pathPart = {}});
            }
            QVERIFY2(cluster.runUntil([&] { return !host.failure.empty() && !host.node; }),
                "the broker works on without its disk");
            QVERIFY2(host.failure.find("/data") != std::string::npos, host.failure.c_str());
            const bool isLedByOthers = cluster.runUntil(
                [&] {
                    for (std::int32_t partition = 0; partition < 3; ++partition) {
                        if (cluster.leaderOf("orders", partition) == 0)
                            return false;
                    }
                    return true;
                },
                1s);
            QVERIFY2(isLedByOthers, cluster.describe().c_str());
            host.files.heal();
            host.files.setCapacity(~std::uint64_t{0});
            cluster.start(broker);
        });
        storm.end();
    }

    void theControllerMayDieAndComeBack_data() { addSeeds(4); }
    void theControllerMayDieAndComeBack()
    {
        QFETCH(quint64, seed);
        Storm storm(seed, 3);
        storm.begin();
        SimulatedCluster& cluster = storm.cluster();
        storm.rage(8, [&] {
            cluster.killController();
            const int broker = storm.anyBroker();
            if (cluster.time().happens(0.5))
                cluster.kill(broker);
            cluster.runFor(cluster.time().between(Duration(10ms), Duration(3s)));
            cluster.startController();
            cluster.runFor(200ms);
            cluster.start(broker);
        });
        storm.end();
    }

    void metadataChangesGoOnWhenTheActiveControllerDies_data() { addSeeds(4); }
    void metadataChangesGoOnWhenTheActiveControllerDies()
    {
        QFETCH(quint64, seed);
        Storm storm(seed, 3, 3);
        storm.begin();
        SimulatedCluster& cluster = storm.cluster();
        SimulatedClient admin(cluster, "admin");
        Duration longest{};
        for (int i = 0; i < 6; ++i) {
            QVERIFY(cluster.runUntil([&] { return cluster.activeController() != 0; }, 5s));
            const int active = cluster.activeController();
            cluster.killController(active);
            const Duration killed = cluster.time().now();
            const std::string topic = "after-" + std::to_string(i);
            // The broker keeps the request until another controller is active. Where the dead one
            // had committed it and not said so, the topic exists already.
            const auto made = admin.createTopic(topic, 1, 3);
            QVERIFY2(made || made.error().code == ErrorCode::TopicAlreadyExists,
                made ? "" : made.error().message.c_str());
            longest = std::max(longest, cluster.time().now() - killed);
            cluster.startController(active);
            cluster.runFor(500ms);
        }
        qInfo("a topic was made at the latest %.3f s after the active controller had died",
            std::chrono::duration<double>(longest).count());
        QVERIFY(longest < 1s);
        storm.end();
    }

    void noMetadataAreLostWhateverHappensToTheControllers_data() { addSeeds(4); }
    void noMetadataAreLostWhateverHappensToTheControllers()
    {
        QFETCH(quint64, seed);
        Storm storm(seed, 3, 3);
        storm.begin();
        SimulatedCluster& cluster = storm.cluster();
        storm.rage(30, [&] {
            const int number = storm.anyController();
            Host& host = cluster.controller(number);
            switch (cluster.time().between(std::int64_t{0}, 6)) {
            case 0:
                return cluster.killController(number);
            case 1:
                return cluster.cutPowerOfController(number);
            case 2:
                return host.loop.pause();
            case 3:
                return cluster.network().cut(host.address,
                    cluster.controller(number % cluster.controllerCount() + 1).address);
            case 4:
                return cluster.kill(storm.anyBroker());
            default:
                cluster.network().mendAll();
                for (int each = 1; each <= cluster.controllerCount(); ++each) {
                    cluster.controller(each).loop.resume();
                    cluster.startController(each);
                }
                for (int each = 1; each <= cluster.size(); ++each)
                    cluster.start(each);
            }
        });
        storm.end();
    }

    void withoutAMajorityOfControllersRecordsAreStillProduced()
    {
        Storm storm(5, 3, 3);
        storm.begin();
        SimulatedCluster& cluster = storm.cluster();
        cluster.runFor(1s); // producers have got their ids from a controller
        cluster.killController(1);
        cluster.killController(2);
        SimulatedClient admin(cluster, "admin");
        cluster.runFor(2s);
        const std::size_t before = storm.history().acknowledgedCount();
        QVERIFY(!admin.createTopic("never", 1, 3));
        QVERIFY(storm.history().acknowledgedCount() > before + 100);
        QCOMPARE(cluster.activeController(), 0);
        storm.end();
    }
};

QTEST_GUILESS_MAIN(TestSimulatedCluster)
#include "test_simulatedcluster.moc"
