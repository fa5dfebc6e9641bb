#pragma once

#include "history.h"
#include "simulatedclient.h"

#include <string>
#include <vector>

namespace moldau::simulation {

/** What producers, consumers and watchers of a load share: one client, and who leads which
 * partition. */
class LoadClient {
public:
    LoadClient(SimulatedCluster& cluster, History& history, std::string name);
    virtual ~LoadClient() = default;

    virtual void start() = 0;
    void setPatience(Duration patience) { m_client.setPatience(patience); }
    /** Begins nothing new; what is under way ends. */
    void stop() { m_isStopping = true; }
    bool isDone() const { return m_isStopping && m_busy == 0; }

protected:
    /** Any broker while no leader is known. */
    int leaderOf(std::int32_t partition);
    /** 0 while none is. */
    int knownLeaderOf(std::int32_t partition) const
    {
        return m_leaders[static_cast<std::size_t>(partition)];
    }
    /** -1 while no broker has told. */
    std::int32_t epochOf(std::int32_t partition) const
    {
        return m_epochs[static_cast<std::size_t>(partition)];
    }
    /** Asks a broker who leads, then, after a while, does `then`. */
    void tryAgain(std::function<void()> then);
    void later(Duration delay, std::function<void()> then);

    SimulatedClient m_client;
    History& m_history;
    bool m_isStopping = false;
    int m_busy = 0; ///< partitions with something under way

private:
    std::vector<int> m_leaders; ///< by partition; 0: unknown
    std::vector<std::int32_t> m_epochs; ///< of those: what is older is not believed (KIP-320)
};

/** Reads every partition from the beginning on, and never lets go. */
class LoadConsumer final : public LoadClient {
public:
    using LoadClient::LoadClient;
    void start() override;

private:
    void fetch(std::int32_t partition);
    void take(std::int32_t partition, BytesView batches);

    std::vector<std::int64_t> m_offsets;
};

/**
 * Asks again and again where each partition ends, as readers may see it. It believes leaders of
 * the newest epoch only (KIP-320), so that the answers never go back (KIP-207).
 */
class LoadWatcher final : public LoadClient {
public:
    using LoadClient::LoadClient;
    void start() override;

private:
    void ask(std::int32_t partition);

    std::vector<std::int64_t> m_ends;
};

} // namespace moldau::simulation
