#pragma once

#include "base/memoryfilesystem.h"
#include "broker/brokernode.h"
#include "controllernode/controllernode.h"
#include "events/nametable.h"
#include "faults/faultytransport.h"
#include "simulatednetwork.h"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace moldau::simulation {

/** What nodes tell: kept only while somebody wants it. */
class CollectedEvents final : public EventSink {
public:
    bool isWanted() const override { return m_isWanted; }
    void publish(const Event& event) override { m_events.push_back(event); }
    NameId intern(std::string_view text) override { return m_names.intern(text); }

    void want() { m_isWanted = true; }
    const std::vector<Event>& events() const { return m_events; }
    std::size_t count(EventKind kind) const;
    /** The details of all events of a kind, one a line. */
    std::string details(EventKind kind) const;

private:
    bool m_isWanted = false;
    NameTable m_names;
    std::vector<Event> m_events;
};

/** A machine of the simulation: its loop, its way into the network, its disk, and a node or none.
 */
struct Host {
    Host(VirtualTime& time, SimulatedNetwork& network, faults::FaultBoard& board, BrokerId id,
        std::string address, std::uint32_t seed, Log::Sink* sink);

    BrokerId id; ///< of its node; none on machines of clients
    std::string address;
    SimulatedLoop loop;
    SimulatedTransport transport;
    MemoryFileSystem files;
    CollectedEvents events;
    Log log;
    faults::NodeFaults faults;
    faults::FaultyTransport faultyTransport; ///< the node's, by the rules of the cluster
    std::unique_ptr<network::Node> node;
    std::uint64_t lives = 0; ///< nodes that it has had
    bool isServing = false;
    bool isStopping = false; ///< in good order, and still answers
    bool isFailing = false; ///< served, gave up in this step, and is about to go
    bool isDark = false; ///< lost its power and nobody has been told
    std::string failure; ///< why the node gave up, else empty

    network::World world() { return {loop, faultyTransport, files, events, log, &faults}; }
};

/**
 * Controllers and N brokers, real ones, on one thread under a virtual clock, with disks and wires
 * that do as the test says. Equal seeds give equal histories. Destroying it kills all.
 */
class SimulatedCluster {
public:
    /** Of the first controller; others count on. */
    static constexpr BrokerId kControllerId{9001};

    struct Options {
        int brokers = 3;
        int controllers = 1;
        std::uint64_t seed = 1;
        bool hasEligibleLeaders = true; ///< eligible.leader.replicas.version (KIP-966)
        configs::ConfigMap settings = {}; ///< of every broker, in Kafka's names
    };

    explicit SimulatedCluster(Options options);
    ~SimulatedCluster();

    VirtualTime& time() { return m_time; }
    SimulatedNetwork& network() { return m_network; }
    /** Called after each step of a node or client, with its machine. */
    void onStep(std::function<void(Host&)> handler) { m_stepped = std::move(handler); }
    /** The rules that its nodes obey. */
    faults::FaultBoard& faults() { return *m_faults; }
    int size() const { return static_cast<int>(m_brokers.size()); }
    int controllerCount() const { return static_cast<int>(m_controllers.size()); }
    /** Controllers are numbered from 1, too. */
    Host& controller(int number = 1)
    {
        return *m_controllers.at(static_cast<std::size_t>(number - 1));
    }
    /** Null while it doesn't run. */
    controllernode::ControllerNode* controllerNode(int number);
    /** The controller that leads in the newest epoch; 0 when none does. */
    int activeController();
    /** Brokers are numbered from 1. */
    Host& host(int broker) { return *m_brokers.at(static_cast<std::size_t>(broker - 1)); }
    /** Null while it doesn't run. */
    broker::BrokerNode* broker(int number);
    Endpoint endpointOf(int broker) { return {host(broker).address, kPort}; }

    /** Starts everything and waits until all serve. */
    bool startAll();
    void start(int broker);
    /** In good order: leaders move first. Returns at once. */
    void stop(int broker);
    /** As kill -9: what was written stays, connections close. */
    void kill(int broker);
    /** What was not synced may be lost, and nobody hears of it until the broker is back. */
    void cutPower(int broker);
    void killController(int number = 1);
    /** As cutPower(), of a controller. */
    void cutPowerOfController(int number);
    void startController(int number = 1);

    bool runUntil(const std::function<bool()>& condition, Duration atMost = std::chrono::minutes(2))
    {
        return m_time.runUntil(condition, atMost);
    }
    void runFor(Duration span) { m_time.runFor(span); }

    /** A machine without a node, for clients. */
    Host& addHost();

    /** The replica on a broker; null when it doesn't run or has none. */
    broker::Partition* replica(int broker, const std::string& topic, std::int32_t partition);
    /** The broker that takes itself for the leader in the newest epoch; 0 when none does. */
    int leaderOf(const std::string& topic, std::int32_t partition);
    /** Role, epoch, ISR and offsets of every replica, for messages of tests that fail. */
    std::string describe();
    /** Every broker serves, and every replica is in sync and at the high watermark. */
    bool isSettled();

private:
    static constexpr std::uint16_t kPort = 9092;
    static constexpr std::uint16_t kControllerPort = 9093;

    std::unique_ptr<network::Node> makeBroker(int number);
    void startNode(Host& host, std::unique_ptr<network::Node> node);
    void die(Host& host, MemoryFileSystem::CrashMode mode);
    /** The host loses its power; nobody hears of it. */
    void darken(Host& host);
    void lighten(Host& host);

    void listenTo(Host& host);

    Options m_options;
    std::function<void(Host&)> m_stepped;
    VirtualTime m_time;
    SimulatedNetwork m_network;
    std::unique_ptr<faults::FaultBoard> m_faults;
    std::unique_ptr<Log::Sink> m_sink;
    std::vector<std::unique_ptr<Host>> m_controllers;
    std::vector<std::unique_ptr<Host>> m_brokers;
    std::vector<std::unique_ptr<Host>> m_clients;
};

} // namespace moldau::simulation
