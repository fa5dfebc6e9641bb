#include "controller/replicaplacer.h"

#include <algorithm>
#include <map>

namespace moldau::controller {

namespace {

std::size_t below(std::size_t limit, Random& random)
{
    return static_cast<std::size_t>(random() % limit);
}

/** Fisher-Yates with our own arithmetic: std::shuffle differs between standard libraries. */
template <class T> void shuffle(std::vector<T>& items, Random& random)
{
    for (std::size_t left = items.size(); left > 1; --left)
        std::swap(items[left - 1], items[below(left, random)]);
}

struct Rack {
    Replicas live;
    Replicas fenced;
};

/**
 * Deals brokers out: leaders strictly in turn, followers rack by rack. The place of a follower in
 * its rack is the leader's place plus the number of racks passed: where racks are of one size that
 * gives every broker as many replicas, and a leader's followers are not always the same.
 */
class Dealer {
public:
    Dealer(const std::vector<PlaceableBroker>& brokers, Random& random)
        : m_random(random)
    {
        std::map<std::optional<std::string>, Rack> racks;
        for (const PlaceableBroker& broker : brokers) {
            Rack& rack = racks[broker.rack];
            (broker.isFenced ? rack.fenced : rack.live).push_back(broker.id);
        }
        for (auto& [name, rack] : racks) {
            std::sort(rack.live.begin(), rack.live.end());
            std::sort(rack.fenced.begin(), rack.fenced.end());
            m_racks.push_back(std::move(rack));
        }
        lineUpLeaders();
        m_first = below(m_leaders.size(), random);
    }

    Replicas deal(std::size_t replicationFactor)
    {
        if (m_turn == m_leaders.size()) {
            // Every broker has led once. Another order, so that not always the same broker
            // follows another: when one fails, its partitions go to several.
            shuffle(m_racks, m_random);
            for (Rack& rack : m_racks) {
                shuffle(rack.live, m_random);
                shuffle(rack.fenced, m_random);
            }
            lineUpLeaders();
            m_turn = 0;
        }
        const Leader& leader = m_leaders[(m_first + m_turn++) % m_leaders.size()];
        Replicas replicas{m_racks[leader.rack].live[leader.place]};
        for (std::size_t hop = 1; replicas.size() < replicationFactor; ++hop) {
            const Rack& rack = m_racks[(leader.rack + hop) % m_racks.size()];
            // One more for each time that all racks were passed, as there somebody sits already.
            const std::size_t place = leader.place + hop % m_racks.size() + hop / m_racks.size();
            if (!take(rack.live, place, replicas))
                take(rack.fenced, place, replicas);
        }
        return replicas;
    }

private:
    struct Leader {
        std::size_t rack = 0;
        std::size_t place = 0; // among the rack's live brokers
    };

    /** The live brokers so that neighbours are of different racks, as long as there are such. */
    void lineUpLeaders()
    {
        m_leaders.clear();
        bool isMore = true;
        for (std::size_t place = 0; isMore; ++place) {
            isMore = false;
            for (std::size_t rack = 0; rack < m_racks.size(); ++rack) {
                if (place >= m_racks[rack].live.size())
                    continue;
                m_leaders.push_back({rack, place});
                isMore = true;
            }
        }
    }

    /** Adds the first from `start` on, in a circle, that isn't among the replicas yet, if any. */
    static bool take(const Replicas& brokers, std::size_t start, Replicas& replicas)
    {
        for (std::size_t step = 0; step < brokers.size(); ++step) {
            const BrokerId broker = brokers[(start + step) % brokers.size()];
            if (contains(replicas, broker))
                continue;
            replicas.push_back(broker);
            return true;
        }
        return false;
    }

    Random& m_random;
    std::vector<Rack> m_racks;
    std::vector<Leader> m_leaders;
    std::size_t m_first = 0; // where the first round begins
    std::size_t m_turn = 0;
};

} // namespace

Result<std::vector<Replicas>> placeReplicas(const std::vector<PlaceableBroker>& brokers,
    int partitions, int replicationFactor, Random& random)
{
    if (replicationFactor <= 0) {
        return fail(ErrorCode::InvalidReplicationFactor,
            "Invalid replication factor " + std::to_string(replicationFactor)
                + ": the replication factor must be positive.");
    }
    if (std::all_of(
            brokers.begin(), brokers.end(), [](const auto& broker) { return broker.isFenced; })) {
        return fail(ErrorCode::InvalidReplicationFactor,
            "All brokers are currently fenced, or have all their log directories cordoned.");
    }
    if (static_cast<std::size_t>(replicationFactor) > brokers.size()) {
        return fail(ErrorCode::InvalidReplicationFactor,
            "The target replication factor of " + std::to_string(replicationFactor)
                + " cannot be reached because only " + std::to_string(brokers.size())
                + " broker(s) are registered or some brokers have all their log directories "
                  "cordoned.");
    }
    Dealer dealer(brokers, random);
    std::vector<Replicas> placed;
    placed.reserve(static_cast<std::size_t>(partitions));
    for (int partition = 0; partition < partitions; ++partition)
        placed.push_back(dealer.deal(static_cast<std::size_t>(replicationFactor)));
    return placed;
}

} // namespace moldau::controller
