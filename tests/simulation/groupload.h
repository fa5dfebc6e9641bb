#pragma once

#include "invariants.h"
#include "load.h"

namespace moldau::simulation {

/**
 * Commits ever higher offsets for a group and reads them back: what was acknowledged never goes
 * back. A coordinator that was deposed and hasn't heard of it may be behind; its answers don't
 * count.
 */
class LoadCommitter final : public LoadClient {
public:
    static constexpr const char* kTopic = "__consumer_offsets";

    LoadCommitter(
        SimulatedCluster& cluster, History& history, const Invariants& invariants, std::string name)
        : LoadClient(cluster, history, std::move(name))
        , m_invariants(invariants)
    {
    }

    void start() override;
    std::int64_t committed() const { return m_committed; }

private:
    void findCoordinator();
    void commit();
    void readBack();
    void next(std::function<void()> then);

    const Invariants& m_invariants;
    int m_coordinator = 0;
    std::int64_t m_asked = 0; ///< may be committed
    std::int64_t m_committed = 0; ///< is
};

} // namespace moldau::simulation
