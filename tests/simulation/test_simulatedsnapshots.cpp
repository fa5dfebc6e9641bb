// Controllers and brokers whose metadata log loses its beginning again and again, while nodes die,
// lose their power and come back: all of them end with the same metadata.
//
// MOLDAU_SEEDS=200 runs more seeds than the suite does, MOLDAU_SEED=8 one of them.

#include "controller/metadatasnapshot.h"
#include "protocol/messages/createtopicsrequest.h"
#include "protocol/messages/createtopicsresponse.h"
#include "protocol/messages/deletetopicsrequest.h"
#include "protocol/messages/deletetopicsresponse.h"
#include "protocol/messages/incrementalalterconfigsrequest.h"
#include "protocol/messages/incrementalalterconfigsresponse.h"
#include "raft/snapshot.h"
#include "simulatedclient.h"

#include <QtTest>

#include <cstdlib>

using namespace moldau;
using namespace moldau::simulation;
using namespace std::chrono_literals;

namespace {

constexpr const char* kMetadata = "/data/__cluster_metadata-0";

SimulatedCluster::Options optionsOf(std::uint64_t seed, int controllers)
{
    return {.brokers = 3,
        .controllers = controllers,
        .seed = seed,
        .settings = {{"metadata.log.max.record.bytes.between.snapshots", "2000"},
            {"metadata.max.retention.bytes", "6000"},
            {"internal.metadata.log.segment.bytes", "3000"}, {"broker.session.timeout.ms", "3000"},
            {"broker.heartbeat.interval.ms", "500"},
            {"controller.quorum.election.timeout.ms", "200"},
            {"controller.quorum.election.backoff.max.ms", "100"},
            {"controller.quorum.fetch.timeout.ms", "800"},
            {"controller.quorum.request.timeout.ms", "600"}}};
}

/** Users that change the metadata all the time, whoever of the cluster lives. */
class Users {
public:
    explicit Users(SimulatedCluster& cluster)
        : m_cluster(cluster)
        , m_client(cluster, "admin")
    {
    }

    void begin()
    {
        m_isBusy = true;
        goOn();
    }
    void end() { m_isBusy = false; }

private:
    void goOn()
    {
        if (!m_isBusy)
            return;
        m_cluster.time().at(m_cluster.time().now() + 30ms, [this] {
            change();
            goOn();
        });
    }
    std::string anyTopic()
    {
        return "topic-" + std::to_string(m_cluster.time().between(std::int64_t{0}, 20));
    }
    void change()
    {
        const int broker = m_client.anyBroker();
        switch (m_cluster.time().between(std::int64_t{0}, 3)) {
        case 0: {
            protocol::DeleteTopicsRequest request;
            request.topics.emplace_back().name = anyTopic();
            request.timeoutMs = 1000;
            return m_client.call<protocol::DeleteTopicsResponse>(
                broker, request, 6, [](const auto&) {});
        }
        case 1: {
            protocol::IncrementalAlterConfigsRequest request;
            auto& resource = request.resources.emplace_back();
            resource.resourceType = 2;
            resource.resourceName = anyTopic();
            auto& config = resource.configs.emplace_back();
            config.name = "retention.ms";
            config.value = std::to_string(m_cluster.time().between(std::int64_t{1}, 1000));
            return m_client.call<protocol::IncrementalAlterConfigsResponse>(
                broker, request, 1, [](const auto&) {});
        }
        default: {
            protocol::CreateTopicsRequest request;
            auto& topic = request.topics.emplace_back();
            topic.name = anyTopic();
            topic.numPartitions = 2;
            topic.replicationFactor = 2;
            request.timeoutMs = 1000;
            return m_client.call<protocol::CreateTopicsResponse>(
                broker, request, 7, [](const auto&) {});
        }
        }
    }

    SimulatedCluster& m_cluster;
    SimulatedClient m_client;
    bool m_isBusy = false;
};

/** A cluster whose users have been busy for a while and are done. */
void startAndChange(SimulatedCluster& cluster, Duration span)
{
    QVERIFY(cluster.startAll());
    Users users(cluster);
    users.begin();
    cluster.runFor(span);
    users.end();
    cluster.runFor(1s);
}

std::vector<raft::SnapshotId> snapshotsOf(Host& host)
{
    std::vector<raft::SnapshotId> ids;
    const auto entries = host.files.list(kMetadata);
    if (!entries)
        return ids;
    for (const auto& entry : *entries)
        if (const auto id = raft::snapshotIn(entry.name))
            ids.push_back(*id);
    return ids;
}

bool isLogCut(Host& host)
{
    return !host.files.exists(std::string(kMetadata) + "/00000000000000000000.log");
}

void reviveAll(SimulatedCluster& cluster)
{
    cluster.network().mendAll();
    for (int each = 1; each <= cluster.controllerCount(); ++each)
        cluster.startController(each);
    for (int each = 1; each <= cluster.size(); ++each)
        cluster.start(each);
}

/** Every node has the state that the active controller has. */
bool isOfOneMind(SimulatedCluster& cluster)
{
    const int active = cluster.activeController();
    if (active == 0)
        return false;
    const auto& image = cluster.controllerNode(active)->image();
    const auto isSame = [&image](const controller::MetadataImage& other) {
        controller::MetadataDelta delta;
        controller::noteDifference(image, other, delta);
        return delta.isEmpty() && image.offset() == other.offset()
            && image.nextProducerId() == other.nextProducerId();
    };
    for (int each = 1; each <= cluster.controllerCount(); ++each)
        if (!isSame(cluster.controllerNode(each)->image()))
            return false;
    for (int each = 1; each <= cluster.size(); ++each)
        if (!cluster.host(each).isServing || !isSame(cluster.broker(each)->image()))
            return false;
    return true;
}

void addSeeds(int few)
{
    QTest::addColumn<quint64>("seed");
    const char* const one = std::getenv("MOLDAU_SEED");
    const char* const many = std::getenv("MOLDAU_SEEDS");
    const int first = one ? std::atoi(one) : 1;
    const int count = one ? 1 : many ? std::atoi(many) : few;
    for (int seed = first; seed < first + count; ++seed)
        QTest::addRow("seed %d", seed) << static_cast<quint64>(seed);
}

} // namespace

class TestSimulatedSnapshots : public QObject {
    Q_OBJECT
private slots:
    void metadataSurviveWhateverIsCutOff_data() { addSeeds(6); }
    void metadataSurviveWhateverIsCutOff()
    {
        QFETCH(quint64, seed);
        SimulatedCluster cluster(optionsOf(seed, 3));
        QVERIFY(cluster.startAll());
        Users users(cluster);
        users.begin();
        VirtualTime& time = cluster.time();
        for (int i = 0; i < 30; ++i) {
            cluster.runFor(time.between(Duration(50ms), Duration(1500ms)));
            const int controller = static_cast<int>(time.between(std::int64_t{1}, 3));
            const int broker = static_cast<int>(time.between(std::int64_t{1}, 3));
            switch (time.between(std::int64_t{0}, 5)) {
            case 0:
                cluster.killController(controller);
                break;
            case 1:
                cluster.cutPowerOfController(controller);
                break;
            case 2:
                cluster.kill(broker);
                break;
            case 3:
                cluster.cutPower(broker);
                break;
            default:
                reviveAll(cluster);
            }
        }
        reviveAll(cluster);
        cluster.runFor(3s);
        users.end();
        QVERIFY2(cluster.runUntil([&] { return isOfOneMind(cluster); }, 20s),
            cluster.describe().c_str());
        for (int each = 1; each <= 3; ++each) {
            QVERIFY(isLogCut(cluster.controller(each)));
            QVERIFY(!snapshotsOf(cluster.controller(each)).empty());
            QVERIFY(!snapshotsOf(cluster.host(each)).empty());
        }
    }
    void whoComesBackAfterTheLogWasCutTakesTheSnapshot()
    {
        SimulatedCluster cluster(optionsOf(3, 3));
        QVERIFY(cluster.startAll());
        Users users(cluster);
        users.begin();
        cluster.runFor(2s);
        const int active = cluster.activeController();
        const int away = active % 3 + 1;
        cluster.killController(away);
        cluster.kill(2);
        const auto before = snapshotsOf(cluster.controller(away));
        cluster.runFor(20s);
        users.end();
        cluster.runFor(1s);
        QVERIFY(snapshotsOf(cluster.controller(active)).front() > before.back());
        cluster.startController(away);
        cluster.start(2);
        QVERIFY(cluster.runUntil([&] { return isOfOneMind(cluster); }, 20s));
        QVERIFY(snapshotsOf(cluster.controller(away)).front() > before.back());
        // It can lead with what it was sent.
        cluster.killController(active);
        QVERIFY(cluster.runUntil([&] { return cluster.activeController() != 0; }, 10s));
        cluster.startController(active);
        QVERIFY(cluster.runUntil([&] { return isOfOneMind(cluster); }, 20s));
    }
    void aLonelyControllerAndItsBrokersStartFromSnapshots()
    {
        SimulatedCluster cluster(optionsOf(5, 1));
        startAndChange(cluster, 10s);
        cluster.killController();
        for (int each = 1; each <= 3; ++each)
            cluster.kill(each);
        reviveAll(cluster);
        QVERIFY(cluster.runUntil([&] { return isOfOneMind(cluster); }, 20s));
        QVERIFY(isLogCut(cluster.controller()));
    }
    void aBrokerThatKnowsAnotherLogReadsTheNewOne()
    {
        SimulatedCluster cluster(optionsOf(7, 1));
        startAndChange(cluster, 5s);
        cluster.kill(1);
        QVERIFY(!snapshotsOf(cluster.host(1)).empty());
        cluster.killController();
        QVERIFY(cluster.controller().files.removeTree(kMetadata)); // the controllers lost all
        cluster.startController();
        cluster.kill(2);
        cluster.kill(3);
        reviveAll(cluster);
        QVERIFY(cluster.runUntil([&] { return isOfOneMind(cluster); }, 20s));
    }
};

QTEST_GUILESS_MAIN(TestSimulatedSnapshots)
#include "test_simulatedsnapshots.moc"
