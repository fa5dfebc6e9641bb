#pragma once

#include "base/transport.h"
#include "faults/faultrule.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

namespace moldau::faults {

/** A rule with its number and how often it was met and struck. */
struct FaultStatus {
    int id = 0;
    FaultRule rule;
    std::uint64_t seen = 0; ///< requests, or uses of the link, that fitted
    std::uint64_t struck = 0;
};

/**
 * The fault rules of a cluster, and where its nodes are to be found. Owned by whoever runs the
 * cluster, and opened by each process of a node; outlives the nodes that ask it. Any thread may
 * call; the functions that change it are for its owner only.
 *
 * It lies in memory that processes can share (a memfd): slots that are written once, then published
 * by one atomic number. Readers take no lock, and a process that dies leaves nothing half done.
 */
class FaultBoard {
public:
    static constexpr std::size_t kMostRules = 1 << 16; ///< in the life of one board
    static constexpr std::size_t kMostNodes = 1 << 12;

    /** An empty board. LocalIoError where the system has no memory to share. */
    static Result<std::unique_ptr<FaultBoard>> create();
    /** The board behind a descriptor() that another process made; takes the descriptor over. */
    static Result<std::unique_ptr<FaultBoard>> open(int descriptor);
    ~FaultBoard();
    FaultBoard(const FaultBoard&) = delete;
    FaultBoard& operator=(const FaultBoard&) = delete;

    /** Closed on exec unless whoever forks says otherwise. */
    int descriptor() const { return m_descriptor; }

    // For the owner.
    /** In force for what happens from here on. Its number, from 1; or why the rule makes no sense.
     */
    Result<int> add(const FaultRule& rule);
    /** LocalNotFound when there is no such rule any more. */
    Result<void> remove(int id);
    void heal(); ///< removes all
    /** Who listens at an address that nodes use for each other. */
    void noteNode(const Endpoint& endpoint, BrokerId node);

    // For anybody.
    std::vector<FaultStatus> list() const;
    /** Changes with every change of the rules or nodes. Costs one load. */
    std::uint64_t version() const;
    /** kNoBroker for an address that nobody noted. */
    BrokerId nodeAt(const Endpoint& endpoint) const;
    /** Whether a rule fills this node's disk; counts what it answers with yes. */
    bool isDiskFull(BrokerId node) const;
    /**
     * Notes that rule `id` fits once more, and says whether it strikes now. False, too, for a rule
     * that was removed.
     */
    bool strikes(int id);

private:
    struct Memory;
    struct Slot;

    FaultBoard(int descriptor, Memory* memory);
    static Result<std::unique_ptr<FaultBoard>> map(int descriptor);

    int m_descriptor;
    Memory* m_memory;
    std::mutex m_mutex; ///< among threads of the owner
};

} // namespace moldau::faults
