#pragma once

#include "client/clustercontrol.h"

#include <functional>
#include <memory>
#include <string>

namespace moldau::cluster {

/**
 * Lets other processes of the same user steer a running cluster: a Unix socket (mode 0600) on which
 * each connection carries one JSON request line and one JSON answer line. Used by `moldauctl ps`,
 * `stop`, `start`, `kill`, `pause`, `unpause`, `fault`, `down`. Has a thread of its own.
 *
 * Requests: {"do":"ps"}, {"do":"stop"|"start"|"kill"|"pause"|"unpause","services":[…]},
 * {"do":"fault-add","rule":{…}}, {"do":"fault-list"}, {"do":"fault-remove","id":N},
 * {"do":"fault-heal"}, {"do":"down"}. Answers: {"ok":true,…} or {"ok":false,"error":"…"}.
 */
class ControlServer {
public:
    /** `shutDown` is called on the server's thread when "down" is asked for. */
    static Result<std::unique_ptr<ControlServer>> listen(const std::string& socketPath,
        client::ClusterControl& cluster, std::function<void()> shutDown);
    ~ControlServer();
    ControlServer(const ControlServer&) = delete;
    ControlServer& operator=(const ControlServer&) = delete;

private:
    struct Impl;
    explicit ControlServer(std::unique_ptr<Impl> impl);

    std::unique_ptr<Impl> m_impl;
};

} // namespace moldau::cluster
