#include "raft/voterclient.h"

#include <fmt/format.h>

namespace moldau::raft {

namespace {

std::string clientId(const VoterClient::Options& options, std::string_view purpose)
{
    return fmt::format("raft-client-{}-{}-{}", options.self.value(), options.peer.value(), purpose);
}

} // namespace

VoterClient::VoterClient(
    EventLoop& loop, Transport& transport, const WireContext& context, Options options)
    : m_context(context)
    , m_options(options)
    , m_requests(loop, transport, *context.addressOf(options.peer), clientId(options, "requests"))
    , m_fetches(loop, transport, *context.addressOf(options.peer), clientId(options, "fetches"))
{
}

template <class Response, class Message>
void VoterClient::call(network::RpcClient& connection, const Message& message, Done done)
{
    connection.call<Response>(message, Message::kMaxVersion, m_options.requestTimeout,
        [done = std::move(done)](Result<Response> response) mutable {
            if (!response)
                return done(fail(response.error()));
            auto answer = fromWire(*response);
            if (!answer)
                return done(fail(answer.error()));
            done(Answer(std::move(*answer)));
        });
}

void VoterClient::send(const Request& request, Done done)
{
    struct {
        VoterClient& client;
        Done& done;

        void operator()(const Vote& vote)
        {
            client.call<protocol::VoteResponse>(client.m_requests,
                toWire(vote, client.m_options.peer, client.m_context), std::move(done));
        }
        void operator()(const BeginEpoch& begin)
        {
            client.call<protocol::BeginQuorumEpochResponse>(client.m_requests,
                toWire(begin, client.m_options.peer, client.m_context), std::move(done));
        }
        void operator()(const EndEpoch& end)
        {
            client.call<protocol::EndQuorumEpochResponse>(client.m_requests,
                toWire(end, client.m_options.peer, client.m_context), std::move(done));
        }
        void operator()(const Fetch& fetch)
        {
            client.call<protocol::FetchResponse>(client.m_fetches,
                toWire(fetch, client.m_options.fetchWaitMs, client.m_options.fetchBytes,
                    client.m_context),
                std::move(done));
        }
        void operator()(const FetchSnapshot& fetch)
        {
            client.call<protocol::FetchSnapshotResponse>(client.m_fetches,
                toWire(fetch, client.m_options.fetchBytes, client.m_context), std::move(done));
        }
    } sender{*this, done};
    std::visit(sender, request);
}

} // namespace moldau::raft
