#pragma once

#include "base/transport.h"
#include "simulatedloop.h"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace moldau::simulation {

/**
 * The wires between the hosts of a simulation. Bytes take their time, come in pieces of any size
 * and in order; a sender runs ahead of a reader by no more than the kernel's buffers. Links can be
 * cut: what is under way waits, as TCP would send it again, and arrives when they are whole again.
 */
class SimulatedNetwork {
public:
    explicit SimulatedNetwork(VirtualTime& time)
        : m_time(time)
    {
    }

    void setLatency(Duration least, Duration most);
    /** Bytes of one direction that are under way or not yet read by the other side. */
    void setKernelBuffer(std::size_t bytes) { m_kernelBuffer = bytes; }

    void cut(const std::string& host, const std::string& other);
    void mend(const std::string& host, const std::string& other);
    void mendAll();
    void mendAllOf(const std::string& host);
    bool isCut(const std::string& host, const std::string& other) const;

private:
    friend class SimulatedTransport;
    class End;
    class EndStream;
    class Door;
    using Link = std::pair<std::string, std::string>;

    static Link linkOf(const std::string& host, const std::string& other);
    /** Runs `arrive` at the other end of the link, after all that was sent before over this end. */
    void carry(End& from, Callback<void()> arrive);
    void arrived(const Link& link, Callback<void()> arrive);

    VirtualTime& m_time;
    Duration m_leastLatency = std::chrono::microseconds(50);
    Duration m_mostLatency = std::chrono::milliseconds(2);
    std::size_t m_kernelBuffer = 256 * 1024;
    std::set<Link> m_cut;
    std::map<Link, std::vector<Callback<void()>>> m_waiting; ///< at cut links
    std::map<Endpoint, std::weak_ptr<Door>> m_doors; ///< who listens where
    std::uint16_t m_lastPort = 30'000;
};

/** A host's way into the network. Its streams end with their holders; it outlives them. */
class SimulatedTransport final : public Transport {
public:
    SimulatedTransport(SimulatedNetwork& network, SimulatedLoop& loop, std::string host)
        : m_network(network)
        , m_loop(loop)
        , m_host(std::move(host))
    {
    }

    const std::string& host() const { return m_host; }
    Result<std::unique_ptr<Listener>> listen(
        const Endpoint& endpoint, Callback<void(std::unique_ptr<Stream>)> accept) override;
    std::unique_ptr<Stream> connect(const Endpoint& endpoint) override;

private:
    SimulatedNetwork& m_network;
    SimulatedLoop& m_loop;
    std::string m_host;
};

} // namespace moldau::simulation
