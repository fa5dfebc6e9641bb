#pragma once

#include "network/rpcclient.h"
#include "raft/quorumwire.h"

namespace moldau::raft {

/**
 * This voter's way to another one. Fetches wait at the leader for news, so they have a connection
 * of their own. Owned by a VotingQuorum, on its thread; callbacks of a destroyed one are dropped.
 */
class VoterClient {
public:
    struct Options {
        BrokerId self;
        BrokerId peer;
        Duration requestTimeout = std::chrono::seconds(2); ///< controller.quorum.request.timeout.ms
        std::int32_t fetchWaitMs = 500; ///< how long a leader keeps a fetch that finds nothing new
        std::int32_t fetchBytes = 1 << 20; ///< controller.quorum.fetch.max.bytes
    };
    using Done = Callback<void(Result<Answer>)>;

    /** `context` outlives it and knows the peer's address. */
    VoterClient(EventLoop& loop, Transport& transport, const WireContext& context, Options options);

    void send(const Request& request, Done done);

private:
    template <class Response, class Message>
    void call(network::RpcClient& connection, const Message& message, Done done);

    const WireContext& m_context;
    Options m_options;
    network::RpcClient m_requests;
    network::RpcClient m_fetches;
};

} // namespace moldau::raft
