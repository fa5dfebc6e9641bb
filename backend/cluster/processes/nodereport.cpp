#include "cluster/processes/nodereport.h"

#include <nlohmann/json.hpp>

namespace moldau::cluster {

using nlohmann::json;

std::string textOf(const NodeReport& report)
{
    json listeners = json::array();
    for (const broker::ListenerPlan& listener : report.listeners) {
        json binds = json::array();
        for (const Endpoint& bind : listener.binds)
            binds.push_back(toString(bind));
        listeners.push_back({{"name", listener.name}, {"advertised", toString(listener.advertised)},
            {"binds", binds}});
    }
    return json{{"listeners", listeners}, {"controller", toString(report.controller)}}.dump();
}

std::string textOf(const Error& reason)
{
    return json{{"error", reason.message}}.dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<NodeReport> readNodeReport(const std::string& line)
{
    const json parsed = json::parse(line, nullptr, false);
    if (!parsed.is_object())
        return fail(
            ErrorCode::LocalCorruptData, "the node's process said nothing that can be read");
    if (parsed.contains("error"))
        return fail(ErrorCode::LocalIoError, parsed.value("error", ""));
    NodeReport report;
    if (auto controller = parseEndpoint(parsed.value("controller", "")))
        report.controller = std::move(*controller);
    for (const json& entry : parsed.value("listeners", json::array())) {
        broker::ListenerPlan& listener = report.listeners.emplace_back();
        listener.name = entry.value("name", "");
        if (auto advertised = parseEndpoint(entry.value("advertised", "")))
            listener.advertised = std::move(*advertised);
        for (const json& bind : entry.value("binds", json::array()))
            if (auto endpoint = parseEndpoint(bind.get<std::string>()))
                listener.binds.push_back(std::move(*endpoint));
    }
    return report;
}

} // namespace moldau::cluster
