#include "seedrun.h"

#include "protocol/messages/alterpartitionreassignmentsrequest.h"
#include "protocol/messages/alterpartitionreassignmentsresponse.h"

#include <algorithm>
#include <random>

#include <fmt/format.h>

namespace moldau::simulation {

using namespace std::chrono_literals;

namespace {

constexpr const char* kTopic = "orders";
constexpr int kPartitions = 2;
/** For all to be in sync again. */
constexpr Duration kWholeAgain = 20s;

} // namespace

SeedRun::Plan::Plan(std::uint64_t seed)
    : seed(seed)
{
    std::mt19937_64 random(seed);
    const auto below = [&](std::uint64_t end) { return static_cast<int>(random() % end); };
    constexpr int kBrokers[] = {3, 3, 3, 3, 3, 4, 4, 5};
    constexpr int kControllers[] = {1, 1, 1, 3, 3, 3, 3, 5};
    brokers = kBrokers[below(8)];
    controllers = kControllers[below(8)];
    isRolling = below(2) == 0;
    isSynced = below(4) == 0;
    hasEligibleLeaders = below(2) == 0;
    faults = 8 + below(12);
}

SimulatedCluster::Options SeedRun::optionsOf(const Plan& plan)
{
    SimulatedCluster::Options options;
    options.brokers = plan.brokers;
    options.controllers = plan.controllers;
    options.seed = plan.seed;
    options.hasEligibleLeaders = plan.hasEligibleLeaders;
    options.settings = {{"replica.lag.time.max.ms", "700"}, {"log.cleaner.enable", "false"},
        {"log.segment.bytes", "1048576"}, {"min.insync.replicas", "2"},
        {"metadata.log.max.record.bytes.between.snapshots", "3000"},
        {"broker.session.timeout.ms", "900"}, {"broker.heartbeat.interval.ms", "200"},
        {"replica.fetch.wait.max.ms", "300"}, {"replica.socket.timeout.ms", "1000"},
        {"offsets.topic.num.partitions", "1"}, {"controller.quorum.election.timeout.ms", "150"},
        {"controller.quorum.election.backoff.max.ms", "80"},
        {"controller.quorum.fetch.timeout.ms", "400"},
        {"controller.quorum.request.timeout.ms", "300"}};
    if (plan.isSynced)
        options.settings["log.flush.interval.messages"] = "1";
    return options;
}

SeedRun::SeedRun(std::uint64_t seed)
    : m_plan(seed)
    , m_cluster(optionsOf(m_plan))
    , m_invariants(m_cluster)
    , m_history(m_cluster, kTopic, kPartitions)
{
}

std::string SeedRun::problems() const
{
    return m_invariants.violations() + m_history.violations();
}

std::string SeedRun::summary() const
{
    std::string text = fmt::format("{} brokers, {} controllers{}{}{}:", m_plan.brokers,
        m_plan.controllers, m_plan.isRolling ? ", rolling" : "", m_plan.isSynced ? ", synced" : "",
        m_plan.hasEligibleLeaders ? ", eligible leaders" : "");
    for (const std::string& fault : m_faults)
        text += " " + fault + ";";
    return text;
}

bool SeedRun::fail(const std::string& what)
{
    m_invariants.violation(what);
    return false;
}

int SeedRun::anyBroker()
{
    return static_cast<int>(m_cluster.time().between(std::int64_t{1}, m_cluster.size()));
}

int SeedRun::anyController()
{
    return static_cast<int>(m_cluster.time().between(std::int64_t{1}, m_cluster.controllerCount()));
}

bool SeedRun::run()
{
    if (!begin())
        return false;
    for (int i = 0; i < m_plan.faults && problems().empty(); ++i) {
        m_cluster.runFor(m_cluster.time().between(Duration(2ms), Duration(300ms)));
        fault();
    }
    return problems().empty() && end() && problems().empty();
}

bool SeedRun::begin()
{
    if (!m_cluster.startAll())
        return fail("the cluster does not start\n" + m_cluster.describe());
    m_admin = std::make_unique<SimulatedClient>(m_cluster, "admin");
    configs::ConfigMap settings;
    if (m_plan.isRolling)
        settings["segment.ms"] = "400";
    if (const auto made = m_admin->createTopic(kTopic, kPartitions, 3, settings); !made)
        return fail("the topic is not made: " + made.error().message);
    m_invariants.watch(kTopic, kPartitions);
    m_history.believe(m_invariants);
    m_invariants.watch(LoadCommitter::kTopic, 1);
    m_load.push_back(std::make_unique<LoadProducer>(m_cluster, m_history, "producer-1"));
    m_load.push_back(std::make_unique<LoadProducer>(m_cluster, m_history, "producer-2"));
    m_load.push_back(std::make_unique<LoadConsumer>(m_cluster, m_history, "consumer"));
    m_load.push_back(std::make_unique<LoadWatcher>(m_cluster, m_history, "watcher"));
    m_load.push_back(
        std::make_unique<LoadCommitter>(m_cluster, m_history, m_invariants, "committer"));
    for (const auto& client : m_load) {
        client->setPatience(500ms);
        client->start();
    }
    return true;
}

void SeedRun::fault()
{
    if (happens(0.3))
        return mendSomething();
    switch (m_cluster.time().between(std::int64_t{0}, 9)) {
    case 0:
    case 1:
    case 2:
        return hurtProcess();
    case 3:
    case 4:
        return hurtLink();
    case 5:
        return hurtPower();
    case 6:
        return hurtDisk();
    case 7:
        return hurtControllers();
    case 8:
        return addRule();
    default:
        return moveReplicas();
    }
}

void SeedRun::hurtProcess()
{
    const int broker = anyBroker();
    Host& host = m_cluster.host(broker);
    switch (m_cluster.time().between(std::int64_t{0}, 6)) {
    case 0:
    case 1:
        note(fmt::format("kill {}", broker));
        return m_cluster.kill(broker);
    case 2:
        note(fmt::format("stop {}", broker));
        if (!host.loop.isPaused())
            m_cluster.stop(broker);
        return;
    case 3:
        note("kill all");
        for (int each = 1; each <= m_cluster.size(); ++each)
            m_cluster.kill(each);
        return;
    case 4:
        note(fmt::format("kill and start {}", broker));
        m_cluster.kill(broker);
        return m_cluster.start(broker);
    default:
        note(fmt::format("pause {}", broker));
        return host.loop.pause();
    }
}

void SeedRun::hurtLink()
{
    const int broker = anyBroker();
    const std::string& address = m_cluster.host(broker).address;
    switch (m_cluster.time().between(std::int64_t{0}, 3)) {
    case 0:
        note(fmt::format("cut {} from controllers", broker));
        for (int each = 1; each <= m_cluster.controllerCount(); ++each)
            m_cluster.network().cut(address, m_cluster.controller(each).address);
        return;
    case 1:
        note(fmt::format("isolate {} from brokers", broker));
        for (int each = 1; each <= m_cluster.size(); ++each) {
            if (each != broker)
                m_cluster.network().cut(address, m_cluster.host(each).address);
        }
        return;
    default:
        const int other = broker % m_cluster.size() + 1;
        note(fmt::format("cut {}-{}", broker, other));
        m_cluster.network().cut(address, m_cluster.host(other).address);
    }
}

void SeedRun::hurtPower()
{
    const int broker = anyBroker();
    if (m_plan.isSynced) {
        const bool isAll = happens(0.3);
        note(isAll ? std::string("cut all power") : fmt::format("cut power of {}", broker));
        for (int each = 1; each <= m_cluster.size(); ++each) {
            if (isAll || each == broker)
                m_cluster.cutPower(each);
        }
        for (int each = 1; isAll && each <= m_cluster.controllerCount(); ++each)
            m_cluster.cutPowerOfController(each);
        if (isAll)
            startDead();
        return;
    }
    // Kafka syncs nothing before it acknowledges: the others must have it, and stay.
    mendAll();
    if (!waitUntilWhole())
        return;
    note(fmt::format("cut power of {}", broker));
    m_cluster.cutPower(broker);
    m_cluster.runFor(m_cluster.time().between(Duration(5ms), Duration(1200ms)));
    m_cluster.start(broker);
    waitUntilWhole();
}

void SeedRun::hurtDisk()
{
    const bool isController = happens(0.2);
    const int number = isController ? anyController() : anyBroker();
    Host& host = isController ? m_cluster.controller(number) : m_cluster.host(number);
    note(fmt::format("{} {}'s disk fails", isController ? "controller" : "broker", number));
    if (happens(0.5)) {
        host.files.setCapacity(host.files.usedBytes()
            + static_cast<std::uint64_t>(m_cluster.time().between(std::int64_t{0}, 3000)));
    } else {
        host.files.failWrites({.nthWrite
            = static_cast<int>(m_cluster.time().between(std::int64_t{1}, 20)),
            .code = ErrorCode::LocalIoError,
            .tornBytes = static_cast<std::size_t>(m_cluster.time().between(std::int64_t{0}, 300)),
            .pathPart = {}});
    }
}

void SeedRun::hurtControllers()
{
    const int number = anyController();
    Host& host = m_cluster.controller(number);
    switch (m_cluster.time().between(std::int64_t{0}, 4)) {
    case 0:
        note(fmt::format("kill controller {}", number));
        return m_cluster.killController(number);
    case 1:
        note(fmt::format("cut power of controller {}", number));
        return m_cluster.cutPowerOfController(number);
    case 2:
        note(fmt::format("pause controller {}", number));
        return host.loop.pause();
    case 3:
        note(fmt::format("controller {}'s clock jumps", number));
        return host.loop.setClockError(m_cluster.time().between(Duration(-10min), Duration(10min)));
    default:
        note(fmt::format("isolate controller {}", number));
        for (int each = 1; each <= m_cluster.controllerCount(); ++each) {
            if (each != number)
                m_cluster.network().cut(host.address, m_cluster.controller(each).address);
        }
    }
}

void SeedRun::addRule()
{
    using faults::FaultAction;
    VirtualTime& time = m_cluster.time();
    const BrokerId broker{anyBroker()};
    faults::FaultRule rule;
    rule.delay = 0ms;
    if (happens(0.6)) {
        const BrokerId other = happens(0.3) ? SimulatedCluster::kControllerId
                                            : BrokerId{broker.value() % m_cluster.size() + 1};
        rule.link = faults::FaultLink{broker, other};
        constexpr FaultAction kActions[]
            = {FaultAction::Delay, FaultAction::Drop, FaultAction::Close};
        rule.action = kActions[time.between(std::int64_t{0}, 2)];
    } else {
        rule.broker = broker;
        rule.client = happens(0.5) ? "*" : "";
        rule.api = happens(0.5) ? protocol::ApiKey::Produce : protocol::ApiKey::Fetch;
        constexpr FaultAction kActions[] = {FaultAction::Error, FaultAction::Delay,
            FaultAction::Drop, FaultAction::Duplicate, FaultAction::Close};
        rule.action = kActions[time.between(std::int64_t{0}, 4)];
        if (rule.action == FaultAction::Error)
            rule.error = rule.api == protocol::ApiKey::Produce && happens(0.5)
                ? ErrorCode::NotEnoughReplicas
                : ErrorCode::NotLeaderOrFollower;
    }
    if (rule.action == FaultAction::Delay)
        rule.delay = std::chrono::milliseconds(time.between(std::int64_t{1}, 400));
    if (happens(0.7))
        rule.count = static_cast<std::uint64_t>(time.between(std::int64_t{1}, 20));
    note("rule " + faults::toText(rule));
    static_cast<void>(m_cluster.faults().add(rule));
}

void SeedRun::moveReplicas()
{
    std::vector<BrokerId> replicas;
    for (int number = 1; number <= m_cluster.size(); ++number)
        replicas.push_back(BrokerId{number});
    for (std::size_t i = replicas.size(); i > 1; --i)
        std::swap(replicas[i - 1],
            replicas[static_cast<std::size_t>(
                m_cluster.time().between(std::int64_t{0}, static_cast<std::int64_t>(i) - 1))]);
    replicas.resize(3);
    protocol::AlterPartitionReassignmentsRequest request;
    auto& topic = request.topics.emplace_back();
    topic.name = kTopic;
    auto& partition = topic.partitions.emplace_back();
    partition.partitionIndex
        = static_cast<std::int32_t>(m_cluster.time().between(std::int64_t{0}, kPartitions - 1));
    if (happens(0.8)) // else what is under way is cancelled
        partition.replicas = replicas;
    note(fmt::format("move {} to {}", partition.partitionIndex,
        partition.replicas ? controller::toText(*partition.replicas) : "where it was"));
    m_admin->call<protocol::AlterPartitionReassignmentsResponse>(
        anyBroker(), request, 0,
        [](const Result<protocol::AlterPartitionReassignmentsResponse>&) {}, 500ms);
}

void SeedRun::startDead()
{
    for (int each = 1; each <= m_cluster.controllerCount(); ++each) {
        Host& host = m_cluster.controller(each);
        host.files.heal();
        host.files.setCapacity(~std::uint64_t{0});
        m_cluster.startController(each);
    }
    for (int each = 1; each <= m_cluster.size(); ++each) {
        Host& host = m_cluster.host(each);
        host.files.heal();
        host.files.setCapacity(~std::uint64_t{0});
        m_cluster.start(each);
    }
}

void SeedRun::mendSomething()
{
    switch (m_cluster.time().between(std::int64_t{0}, 3)) {
    case 0:
        note("mend links");
        m_cluster.faults().heal();
        return m_cluster.network().mendAll();
    case 1:
        note("start what is dead");
        return startDead();
    case 2:
        note("resume");
        for (int each = 1; each <= m_cluster.size(); ++each)
            m_cluster.host(each).loop.resume();
        for (int each = 1; each <= m_cluster.controllerCount(); ++each)
            m_cluster.controller(each).loop.resume();
        return;
    default:
        return mendAll();
    }
}

void SeedRun::mendAll()
{
    note("mend all");
    m_cluster.faults().heal();
    m_cluster.network().mendAll();
    for (int each = 1; each <= m_cluster.controllerCount(); ++each)
        m_cluster.controller(each).loop.resume();
    for (int each = 1; each <= m_cluster.size(); ++each)
        m_cluster.host(each).loop.resume();
    startDead();
    const auto isStopping = [this] { // a controlled shutdown ends first
        for (int each = 1; each <= m_cluster.size(); ++each) {
            if (m_cluster.host(each).node && !m_cluster.host(each).isServing)
                return true;
        }
        return false;
    };
    m_cluster.runUntil([&] { return !isStopping(); }, 20s);
    startDead();
}

const controller::PartitionImage* SeedRun::decided(const std::string& topic, std::int32_t partition)
{
    const int active = m_cluster.activeController();
    if (active == 0)
        return nullptr;
    const auto* const image = m_cluster.controllerNode(active)->image().topic(topic);
    return image == nullptr ? nullptr : &image->partitions[static_cast<std::size_t>(partition)];
}

bool SeedRun::isWhole()
{
    const int active = m_cluster.activeController();
    if (active == 0)
        return false;
    const auto& image = m_cluster.controllerNode(active)->image();
    for (int each = 1; each <= m_cluster.size(); ++each) {
        broker::BrokerNode* const node = m_cluster.broker(each);
        if (node == nullptr || node->controller().isFenced() || !image.isActive(BrokerId{each})
            || image.broker(BrokerId{each})->epoch != node->controller().brokerEpoch())
            return false;
    }
    for (int each = 1; each <= m_cluster.controllerCount(); ++each) {
        if (!m_cluster.controller(each).isServing)
            return false;
    }
    const auto isFull = [](const controller::PartitionImage* partition) {
        return partition == nullptr
            || (partition->hasLeader() && partition->isr.size() == partition->replicas.size());
    };
    for (std::int32_t partition = 0; partition < kPartitions; ++partition) {
        if (decided(kTopic, partition) == nullptr || !isFull(decided(kTopic, partition)))
            return false;
    }
    return isFull(decided(LoadCommitter::kTopic, 0));
}

bool SeedRun::waitUntilWhole()
{
    // A disk that failed while its broker stood still may bring it down yet.
    const Duration last = m_cluster.time().now() + kWholeAgain;
    while (!m_cluster.runUntil([this] { return isWhole(); }, 1s)) {
        if (m_cluster.time().now() > last)
            return fail("the ISR never fills\n" + m_cluster.describe());
        startDead();
    }
    return true;
}

bool SeedRun::end()
{
    mendAll();
    m_cluster.runFor(300ms);
    if (!waitUntilWhole())
        return false;
    for (const auto& client : m_load)
        client->stop();
    const bool isDone = m_cluster.runUntil(
        [&] {
            return std::all_of(
                m_load.begin(), m_load.end(), [](const auto& client) { return client->isDone(); });
        },
        30s);
    if (!isDone)
        return fail("the load does not end\n" + m_cluster.describe());
    if (!m_cluster.runUntil([this] { return m_cluster.isSettled(); }, 30s))
        return fail("the replicas never agree\n" + m_cluster.describe());
    m_cluster.runUntil([this] { return m_invariants.isMetadataEven(); }, 10s);
    m_cluster.runFor(1s); // high watermarks arrive everywhere
    m_invariants.checkSettled();
    for (std::int32_t partition = 0; partition < kPartitions; ++partition)
        m_history.checkContent(partition, m_invariants.committed(kTopic, partition));
    return true;
}

} // namespace moldau::simulation
