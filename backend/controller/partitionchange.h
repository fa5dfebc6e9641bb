#pragma once

#include "controller/metadataimage.h"

#include <functional>
#include <optional>

namespace moldau::controller {

/** Which leader an election looks for. */
enum class Election {
    Online, ///< keep the leader, else the first replica that is in sync
    Preferred, ///< the first replica if it is in sync, else as Online
    Unclean, ///< as Online, else any live replica: records may be lost
};

/**
 * Works out the record that takes one partition from its state to a wished one: a new ISR, an
 * election where the leader can't stay, the end of a reassignment once its new replicas are in
 * sync. Made for one use, on the stack.
 */
class PartitionChange {
public:
    using CanLead = std::function<bool(BrokerId)>;
    using DirectoryOf = std::function<Uuid(BrokerId)>;

    /** `canLead` tells whether a replica is alive and welcome as a leader. */
    PartitionChange(const PartitionKey& key, const PartitionImage& before, CanLead canLead);

    PartitionChange& setElection(Election election);
    PartitionChange& setIsr(Replicas isr);
    /** Replicas that stay keep their directories. */
    PartitionChange& setReplicas(Replicas replicas, const DirectoryOf& directoryOfNew);
    PartitionChange& setReassignment(Replicas adding, Replicas removing);
    PartitionChange& setLeaderRecovery(LeaderRecovery recovery);
    /**
     * Who left the ISR while it was below `minIsr` may lead again, as it has all that is committed
     * (KIP-966); the ISR may be empty then. Without this call the last member stays in the ISR.
     */
    PartitionChange& setEligibleLeaders(std::size_t minIsr);
    /** The replica may have lost what it had, so that it isn't eligible any more. */
    PartitionChange& setUncleanShutdown(BrokerId replica);

    /** None when nothing would change. */
    std::optional<protocol::PartitionChangeRecord> build();

private:
    struct Choice {
        BrokerId leader = kNoBroker;
        bool isUnclean = false;
    };

    bool canLeadCleanly(BrokerId replica) const;
    Choice elect() const;
    bool mayLeadAgain() const;
    void completeReassignment();
    void findEligible();
    std::optional<Replicas> lastKnownLeaderAfter(const Choice& choice) const;

    PartitionKey m_key;
    const PartitionImage& m_before;
    CanLead m_canLead;
    Election m_election = Election::Online;
    Replicas m_isr;
    Replicas m_replicas;
    Replicas m_removing;
    Replicas m_adding;
    std::vector<Uuid> m_directories;
    LeaderRecovery m_recovery;
    std::optional<std::size_t> m_minIsr; ///< none: no eligible leader replicas here
    Replicas m_eligible;
    BrokerId m_uncleanShutdown = kNoBroker;
};

} // namespace moldau::controller
