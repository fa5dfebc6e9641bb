#include "cluster/project/servicestatus.h"

#include <nlohmann/json.hpp>

namespace moldau::cluster {

using client::NodeKind;
using client::NodeState;

std::string_view nameOf(NodeKind kind)
{
    switch (kind) {
    case NodeKind::Broker:
        return "broker";
    case NodeKind::Controller:
        return "controller";
    case NodeKind::ZooKeeper:
        return "zookeeper";
    case NodeKind::Other:
        break;
    }
    return "other";
}

std::string_view nameOf(NodeState state)
{
    switch (state) {
    case NodeState::Starting:
        return "starting";
    case NodeState::Running:
        return "running";
    case NodeState::Paused:
        return "paused";
    case NodeState::Stopping:
        return "stopping";
    case NodeState::Stopped:
        return "stopped";
    case NodeState::Killed:
        return "killed";
    case NodeState::Failed:
        break;
    }
    return "failed";
}

nlohmann::json toJson(const std::vector<client::NodeStatus>& services, int pid)
{
    nlohmann::json all = nlohmann::json::array();
    for (const client::NodeStatus& service : services) {
        nlohmann::json listeners = nlohmann::json::array();
        for (const auto& [name, address] : service.listeners)
            listeners.push_back({{"name", name}, {"address", address}});
        nlohmann::json entry = {{"service", service.service}, {"kind", nameOf(service.kind)},
            {"id", service.id.value()}, {"pid", service.pid >= 0 ? service.pid : pid},
            {"state", nameOf(service.state)}, {"listeners", std::move(listeners)},
            {"data", service.dataDirectory}, {"voter", service.isVoter}};
        if (!service.problem.empty())
            entry["problem"] = service.problem;
        all.push_back(std::move(entry));
    }
    return all;
}

} // namespace moldau::cluster
