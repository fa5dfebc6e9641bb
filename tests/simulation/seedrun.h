#pragma once

#include "groupload.h"
#include "history.h"
#include "invariants.h"
#include "load.h"
#include "producerload.h"

#include <memory>
#include <string>
#include <vector>

namespace moldau::simulation {

/**
 * One short life of a whole cluster, drawn from a seed: its size, its load, and a dense row of
 * faults of all kinds, several at once. Invariants are looked at after every step; at the end all
 * is made whole, and what was said is compared with what is there.
 */
class SeedRun {
public:
    explicit SeedRun(std::uint64_t seed);

    /** False when something was wrong: problems() says what. Call once. */
    bool run();

    /** A line each. */
    std::string problems() const;
    /** The seed's cluster and faults in one line. */
    std::string summary() const;
    const Invariants& invariants() const { return m_invariants; }
    const History& history() const { return m_history; }
    std::size_t faults() const { return m_faults.size(); }
    Duration lived() { return m_cluster.time().now(); }
    std::uint64_t steps() { return m_cluster.time().steps(); }

private:
    /** What a seed decides before anything happens. */
    struct Plan {
        explicit Plan(std::uint64_t seed);

        std::uint64_t seed;
        int brokers = 3;
        int controllers = 1;
        bool hasEligibleLeaders = false;
        bool isRolling = false; ///< segments are short, and producers' snapshots many
        bool isSynced = false; ///< every batch is synced before it is acknowledged
        int faults = 0;
    };
    static SimulatedCluster::Options optionsOf(const Plan& plan);

    bool begin();
    bool end();
    void fault();
    void mendSomething();
    void mendAll();

    void hurtProcess();
    void hurtLink();
    void hurtPower();
    void hurtDisk();
    void hurtControllers();
    void addRule();
    void moveReplicas();

    void startDead();
    bool isWhole();
    bool waitUntilWhole();
    /** What the active controller has committed of a partition; null without one. */
    const controller::PartitionImage* decided(const std::string& topic, std::int32_t partition);
    int anyBroker();
    int anyController();
    bool happens(double probability) { return m_cluster.time().happens(probability); }
    void note(std::string fault) { m_faults.push_back(std::move(fault)); }
    bool fail(const std::string& what);

    Plan m_plan;
    SimulatedCluster m_cluster;
    Invariants m_invariants;
    History m_history;
    std::vector<std::unique_ptr<LoadClient>> m_load;
    std::unique_ptr<SimulatedClient> m_admin;
    std::vector<std::string> m_faults;
};

} // namespace moldau::simulation
