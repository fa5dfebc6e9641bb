#include "cluster/project/faultjson.h"

#include "faults/errornames.h"

#include <nlohmann/json.hpp>

namespace moldau::cluster {

using faults::FaultAction;
using faults::FaultRule;
using nlohmann::json;

json toJson(const FaultRule& rule)
{
    json entry = {{"action", faults::nameOf(rule.action)}};
    if (rule.api)
        entry["api"] = protocol::factsOf(*rule.api).name;
    if (rule.broker != kNoBroker)
        entry["broker"] = rule.broker.value();
    if (!rule.client.empty())
        entry["client"] = rule.client;
    if (!rule.topic.empty())
        entry["topic"] = rule.topic;
    if (rule.link)
        entry["link"] = {rule.link->one.value(), rule.link->other.value()};
    if (rule.action == FaultAction::Error)
        entry["error"] = factsOf(rule.error).name;
    if (rule.action == FaultAction::Delay)
        entry["delay_ms"] = rule.delay.count();
    if (rule.count > 0)
        entry["count"] = rule.count;
    if (rule.after > 0)
        entry["after"] = rule.after;
    return entry;
}

Result<FaultRule> readFaultRule(const json& entry)
{
    const auto refuse = [](const char* what) {
        return fail(ErrorCode::LocalInvalidArgument, std::string("a fault rule's ") + what);
    };
    FaultRule rule;
    try {
        const auto action = faults::faultActionOf(entry.value("action", ""));
        if (!action)
            return refuse("action is not known");
        rule.action = *action;
        if (entry.contains("api")) {
            const auto* const api = protocol::findApi(entry["api"].get<std::string>());
            if (api == nullptr)
                return refuse("api is not known");
            rule.api = api->key;
        }
        rule.broker = BrokerId{entry.value("broker", -1)};
        rule.client = entry.value("client", "");
        rule.topic = entry.value("topic", "");
        if (entry.contains("link"))
            rule.link = faults::FaultLink{
                BrokerId{entry["link"].at(0).get<int>()}, BrokerId{entry["link"].at(1).get<int>()}};
        if (rule.action == FaultAction::Error) {
            const auto error = faults::errorNamed(entry.value("error", ""));
            if (!error)
                return refuse("error is not known");
            rule.error = *error;
        }
        rule.delay = std::chrono::milliseconds(entry.value("delay_ms", std::int64_t{0}));
        rule.count = entry.value("count", std::uint64_t{0});
        rule.after = entry.value("after", std::uint64_t{0});
    } catch (const json::exception&) {
        return refuse("fields have other types");
    }
    return rule;
}

json toJson(const std::vector<faults::FaultStatus>& faults)
{
    json all = json::array();
    for (const faults::FaultStatus& status : faults) {
        json entry = toJson(status.rule);
        entry["id"] = status.id;
        entry["rule"] = faults::toText(status.rule);
        entry["seen"] = status.seen;
        entry["struck"] = status.struck;
        all.push_back(std::move(entry));
    }
    return all;
}

} // namespace moldau::cluster
