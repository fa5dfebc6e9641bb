#include "simulatedcluster.h"

#include "base/random.h"
#include "controller/features.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include <fmt/format.h>

namespace moldau::simulation {

namespace {

constexpr const char* kListener = "PLAINTEXT";
constexpr const char* kClusterId = "c2ltdWxhdGVkLWNsdXN0ZQ";

/** The nodes' logs on standard error, with the virtual time, where MOLDAU_SIMULATION_LOG is set. */
class ErrorSink final : public Log::Sink {
public:
    explicit ErrorSink(const VirtualTime& time)
        : m_time(time)
    {
    }
    void write(std::string_view line) override
    {
        const double seconds = std::chrono::duration<double>(m_time.now()).count();
        std::fputs(fmt::format("{:10.4f} {}\n", seconds, line).c_str(), stderr);
    }

private:
    const VirtualTime& m_time;
};

BrokerId controllerId(int number)
{
    return BrokerId{SimulatedCluster::kControllerId.value() + number - 1};
}

} // namespace

std::size_t CollectedEvents::count(EventKind kind) const
{
    return static_cast<std::size_t>(std::count_if(m_events.begin(), m_events.end(),
        [kind](const Event& event) { return event.kind == kind; }));
}

std::string CollectedEvents::details(EventKind kind) const
{
    std::string text;
    for (const Event& event : m_events) {
        if (event.kind == kind)
            text += std::string(m_names.textOf(event.detail)) + "\n";
    }
    return text;
}

Host::Host(VirtualTime& time, SimulatedNetwork& network, faults::FaultBoard& board, BrokerId id,
    std::string address, std::uint32_t seed, Log::Sink* sink)
    : id(id)
    , address(std::move(address))
    , loop(time)
    , transport(network, loop, this->address)
    , files(seed)
    , log(sink)
    , faults(board, loop, events, id)
    , faultyTransport(transport, loop, faults)
{
}

SimulatedCluster::SimulatedCluster(Options options)
    : m_options(std::move(options))
    , m_time(m_options.seed)
    , m_network(m_time)
    , m_faults(std::move(faults::FaultBoard::create().value()))
{
    seedRandomBits(m_options.seed);
    if (std::getenv("MOLDAU_SIMULATION_LOG") != nullptr)
        m_sink = std::make_unique<ErrorSink>(m_time);
    const auto seed = [this] { return static_cast<std::uint32_t>(m_time.random()()); };
    const auto add = [&](auto& hosts, BrokerId id, std::string address, std::uint16_t port) {
        m_faults->noteNode({address, port}, id);
        hosts.push_back(std::make_unique<Host>(
            m_time, m_network, *m_faults, id, std::move(address), seed(), m_sink.get()));
        listenTo(*hosts.back());
    };
    for (int number = 1; number <= m_options.controllers; ++number)
        add(m_controllers, controllerId(number), fmt::format("10.0.1.{}", number), kControllerPort);
    for (int number = 1; number <= m_options.brokers; ++number)
        add(m_brokers, BrokerId{number}, fmt::format("10.0.0.{}", number), kPort);
}

SimulatedCluster::~SimulatedCluster()
{
    for (const auto& host : m_brokers)
        die(*host, MemoryFileSystem::CrashMode::KeepAll);
    for (const auto& host : m_controllers)
        die(*host, MemoryFileSystem::CrashMode::KeepAll);
}

void SimulatedCluster::listenTo(Host& host)
{
    host.loop.onWork([this, &host] {
        if (m_stepped)
            m_stepped(host);
    });
}

controllernode::ControllerNode* SimulatedCluster::controllerNode(int number)
{
    return static_cast<controllernode::ControllerNode*>(controller(number).node.get());
}

int SimulatedCluster::activeController()
{
    int active = 0;
    std::int32_t newest = -1;
    for (int number = 1; number <= controllerCount(); ++number) {
        controllernode::ControllerNode* const node = controllerNode(number);
        if (node == nullptr || node->state() == nullptr)
            continue;
        const raft::LeaderAndEpoch leader = node->quorum().leader();
        if (node->quorum().isLeader() && leader.epoch > newest) {
            newest = leader.epoch;
            active = number;
        }
    }
    return active;
}

broker::BrokerNode* SimulatedCluster::broker(int number)
{
    Host& machine = host(number);
    return machine.isServing ? static_cast<broker::BrokerNode*>(machine.node.get()) : nullptr;
}

void SimulatedCluster::startNode(Host& host, std::unique_ptr<network::Node> node)
{
    host.failure.clear();
    ++host.lives;
    host.node = std::move(node);
    const auto giveUp = [&host](const Error& error) {
        host.isFailing = host.isServing || host.isStopping;
        host.isServing = host.isStopping = false;
        host.failure = error.message;
        host.loop.post([&host] { // we are inside of it
            host.isFailing = false;
            host.node.reset();
        });
    };
    host.node->onFailure(giveUp);
    host.node->start([&host, giveUp](Result<void> served) {
        if (!served)
            return giveUp(served.error());
        host.isServing = true;
    });
}

void SimulatedCluster::startController(int number)
{
    Host& machine = controller(number);
    lighten(machine);
    if (machine.node)
        return;
    controllernode::ControllerNodeSettings settings;
    settings.options = controller::ControllerOptions::fromProperties(
        controllerId(number), kClusterId, m_options.settings)
                           .value();
    settings.options.seed = m_options.seed;
    settings.options.features[std::string(controller::kEligibleLeaders)]
        = m_options.hasEligibleLeaders ? 1 : 0;
    settings.dataDirectory = "/data";
    settings.bind = {machine.address, kControllerPort};
    if (controllerCount() > 1) {
        for (int each = 1; each <= controllerCount(); ++each)
            settings.voters.push_back(
                {controllerId(each), {controller(each).address, kControllerPort}});
    }
    auto node
        = std::make_unique<controllernode::ControllerNode>(machine.world(), std::move(settings));
    startNode(machine, std::move(node));
}

std::unique_ptr<network::Node> SimulatedCluster::makeBroker(int number)
{
    Host& machine = host(number);
    configs::ConfigMap properties = m_options.settings;
    properties["node.id"] = std::to_string(number);
    properties["process.roles"] = "broker";
    properties["log.dirs"] = "/data";
    properties["listeners"] = fmt::format("{}://{}:{}", kListener, machine.address, kPort);
    properties["controller.listener.names"] = "CONTROLLER";
    properties["controller.quorum.bootstrap.servers"]
        = fmt::format("{}:{}", controller().address, kControllerPort);
    broker::BrokerSettings settings;
    settings.config = configs::BrokerConfig::fromProperties(properties).value();
    settings.clusterId = kClusterId;
    settings.dataDirectory = "/data";
    for (const auto& each : m_controllers)
        settings.controllers.push_back({each->address, kControllerPort});
    broker::ListenerPlan& listener = settings.listeners.emplace_back();
    listener.name = kListener;
    listener.binds = {{machine.address, kPort}};
    listener.advertised = {machine.address, kPort};
    return std::make_unique<broker::BrokerNode>(machine.world(), std::move(settings));
}

bool SimulatedCluster::startAll()
{
    for (int number = 1; number <= controllerCount(); ++number)
        startController(number);
    for (int number = 1; number <= size(); ++number)
        start(number);
    return runUntil([this] {
        return std::all_of(m_brokers.begin(), m_brokers.end(),
            [](const auto& machine) { return machine->isServing; });
    });
}

void SimulatedCluster::start(int number)
{
    Host& machine = host(number);
    lighten(machine);
    if (!machine.node)
        startNode(machine, makeBroker(number));
}

void SimulatedCluster::stop(int number)
{
    Host& machine = host(number);
    if (!machine.isServing)
        return kill(number);
    machine.isServing = false;
    machine.isStopping = true;
    machine.node->stop([&machine] {
        machine.isStopping = false;
        machine.loop.post([&machine] { machine.node.reset(); }); // we are inside its stop()
    });
}

void SimulatedCluster::die(Host& host, MemoryFileSystem::CrashMode mode)
{
    host.isServing = host.isStopping = host.isFailing = false;
    host.node.reset();
    host.faultyTransport.abandon();
    host.loop.clear();
    host.files.crash(mode);
}

void SimulatedCluster::kill(int number)
{
    die(host(number), MemoryFileSystem::CrashMode::KeepAll);
}

void SimulatedCluster::darken(Host& host)
{
    host.isDark = true;
    for (const auto* others : {&m_controllers, &m_brokers, &m_clients}) {
        for (const auto& other : *others) {
            if (other.get() != &host)
                m_network.cut(host.address, other->address);
        }
    }
    die(host, MemoryFileSystem::CrashMode::KeepSome);
}

void SimulatedCluster::lighten(Host& host)
{
    if (std::exchange(host.isDark, false))
        m_network.mendAllOf(host.address); // peers learn that their connections are dead
}

void SimulatedCluster::cutPower(int number)
{
    darken(host(number));
}

void SimulatedCluster::cutPowerOfController(int number)
{
    darken(controller(number));
}

void SimulatedCluster::killController(int number)
{
    die(controller(number), MemoryFileSystem::CrashMode::KeepAll);
}

Host& SimulatedCluster::addHost()
{
    const std::size_t number = m_clients.size() + 1;
    m_clients.push_back(std::make_unique<Host>(m_time, m_network, *m_faults, kNoBroker,
        fmt::format("10.0.2.{}", number), static_cast<std::uint32_t>(number), m_sink.get()));
    listenTo(*m_clients.back());
    return *m_clients.back();
}

broker::Partition* SimulatedCluster::replica(
    int number, const std::string& topic, std::int32_t partition)
{
    broker::BrokerNode* const node = broker(number);
    return node == nullptr ? nullptr : node->replicas().find(topic, partition);
}

int SimulatedCluster::leaderOf(const std::string& topic, std::int32_t partition)
{
    int leader = 0;
    std::int32_t newest = -1;
    for (int number = 1; number <= size(); ++number) {
        const broker::Partition* const found = replica(number, topic, partition);
        if (found != nullptr && found->isLeader() && found->leaderEpoch() > newest) {
            newest = found->leaderEpoch();
            leader = number;
        }
    }
    return leader;
}

std::string SimulatedCluster::describe()
{
    std::string text;
    for (int number = 1; number <= size(); ++number) {
        broker::BrokerNode* const node = broker(number);
        if (node == nullptr || node->controller().isFenced())
            text += fmt::format("broker {} {} {}\n", number,
                node != nullptr ? "is fenced" : "does not serve", host(number).failure);
        if (node == nullptr)
            continue;
        node->replicas().forEach([&](broker::Partition& partition) {
            const storage::PartitionLog& log = partition.log();
            std::string isr;
            for (const BrokerId id : partition.isr())
                isr += " " + std::to_string(id.value());
            text += fmt::format(
                "broker {} {} of {}: leader {} epoch {}, isr{}, start {} high watermark {} end {} "
                "latest epoch {}\n",
                number, partition.isLeader() ? "leader" : "follower", partition.name().toString(),
                partition.leader().value(), partition.leaderEpoch(), isr, log.logStartOffset(),
                log.highWatermark(), log.logEndOffset(), log.latestEpoch().value_or(-1));
        });
    }
    return text;
}

bool SimulatedCluster::isSettled()
{
    for (int number = 1; number <= size(); ++number) {
        broker::BrokerNode* const node = broker(number);
        if (node == nullptr || node->controller().isFenced())
            return false;
        bool isSettled = true;
        node->replicas().forEach([&](broker::Partition& partition) {
            const storage::PartitionLog& log = partition.log();
            isSettled = isSettled && partition.role() != broker::Partition::Role::Offline
                && partition.isr().size() == partition.image().replicas.size()
                && log.highWatermark() == log.logEndOffset();
            if (!partition.isLeader())
                return;
            for (const BrokerId id : partition.image().replicas) {
                const broker::Partition* const other
                    = replica(id.value(), partition.name().topic, partition.name().partition);
                isSettled = isSettled && other != nullptr
                    && other->log().logEndOffset() == log.logEndOffset();
            }
        });
        if (!isSettled)
            return false;
    }
    return true;
}

} // namespace moldau::simulation
