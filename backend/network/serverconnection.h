#pragma once

#include "network/frameassembler.h"
#include "network/server.h"

#include <deque>
#include <memory>
#include <optional>

namespace moldau::network {

/**
 * One accepted connection: frames in, exchanges to the node, answers out in the order of requests.
 * Kept by its Server; private to network/.
 */
class ServerConnection final : public Stream::Handler,
                               public std::enable_shared_from_this<ServerConnection> {
public:
    ServerConnection(
        Server& server, std::unique_ptr<Stream> stream, std::shared_ptr<ConnectionInfo> info);

    void start() { m_stream->start(*this); }
    /** Cuts the connection; `reason` is logged unless empty. */
    void close(const std::string& reason, ErrorCode code = ErrorCode::None);
    void complete(Exchange& exchange, std::optional<SliceChain> answer, std::int16_t error);

    const ConnectionInfo& info() const { return *m_info; }
    Duration lastActive() const { return m_lastActive; }
    bool isBusy() const { return !m_slots.empty(); }

private:
    // An answer waits here for those before it.
    struct Slot {
        bool isDone = false;
        SliceChain answer;
    };

    std::span<std::uint8_t> receiveBuffer() override;
    void received(std::size_t size) override;
    void drained() override;
    void closed(const Error& reason) override;

    bool isSaturated() const;
    void takeFrames();
    void takeRequest(const Slice& frame);
    void handle(Exchange exchange);
    void handleWith(faults::RequestFault fault, Exchange exchange);
    void sendFinished();
    void publish(
        EventKind kind, const Exchange& exchange, std::int64_t bytes, std::int16_t error) const;

    Server& m_server;
    std::unique_ptr<Stream> m_stream;
    std::shared_ptr<ConnectionInfo> m_info;
    FrameAssembler m_frames;
    std::deque<Slot> m_slots;
    std::uint64_t m_firstSlot = 0;
    Duration m_lastActive;
    bool m_isTakingFrames = false;
    // By fault rules only.
    std::unique_ptr<Timer> m_delay; ///< of the request that was taken last
    std::vector<Exchange> m_dropped; ///< nothing that follows on this connection is answered
};

} // namespace moldau::network
