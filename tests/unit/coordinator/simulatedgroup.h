#pragma once

#include "shardharness.h"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace moldau::coordinator {

/** Something that happens to one of the clients, to the log or to time. */
struct Step {
    enum class Kind {
        Act, ///< the client does what a consumer would do next
        Round, ///< all clients act, the oldest append is replicated, half a second passes
        Heartbeat,
        Commit,
        ChangeMetadata,
        Leave,
        Crash, ///< a new process; a static member keeps its instance id
        Replicate, ///< the oldest append is replicated
        FailAppend,
        ChangeLeader, ///< a new shard reads the log; what wasn't replicated is lost
        Wait,
        Count_,
    };
    Kind kind = Kind::Act;
    std::uint32_t client = 0;
    std::uint32_t amount = 0;
};

/** Consumers of one topic that do random things, and what must hold whatever they do. */
class SimulatedGroup {
public:
    static constexpr std::size_t kClients = 5;
    static constexpr std::int32_t kPartitions = 6;

    SimulatedGroup();

    /** Why an invariant is broken; empty while all hold. */
    std::string run(const Step& step);
    /** Lets everything come to rest; all requests are answered then. */
    std::string finish();

private:
    struct Client {
        std::string memberId;
        std::optional<std::string> instanceId;
        std::int32_t generation = -1;
        bool isLeader = false;
        std::vector<std::string> members; ///< as the leader was told
        bool hasAssignment = false;
        std::set<std::int32_t> assigned;
        std::uint8_t metadataVersion = 0;
        std::optional<RequestToken> joining;
        std::optional<RequestToken> syncing;
    };
    struct Commit {
        RequestToken token;
        std::int32_t partition;
        std::int64_t offset;
    };

    void act(Client& client);
    void join(Client& client);
    void sync(Client& client);
    void heartbeat(Client& client);
    void commit(Client& client, std::uint32_t choice);
    void leave(Client& client);
    void crash(Client& client);
    void changeLeader();
    void takeAnswers();
    void joined(Client& client, const protocol::JoinGroupResponse& response);
    void synced(Client& client, const protocol::SyncGroupResponse& response);
    static void startOver(Client& client, ErrorCode error);

    std::string check();
    std::string checkAssignments() const;
    std::string checkStableMembers() const;
    std::string checkOffsets();
    std::string checkLog();

    ShardHarness m_harness;
    std::vector<Client> m_clients;
    std::vector<RequestToken> m_requests;
    std::vector<Commit> m_commits;
    std::int64_t m_lastOffset = 0;
    std::map<std::int32_t, std::int64_t> m_acknowledged; ///< highest, by partition
    std::map<std::int32_t, std::int64_t> m_seen; ///< highest that a fetch has shown
    std::size_t m_checkedLog = 0; ///< the log's length when it was last compared
    bool m_hasFailures = false; ///< the log may lack the group's last generation
};

} // namespace moldau::coordinator
