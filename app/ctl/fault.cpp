// moldauctl fault: lets things go wrong in a running project, by rules.

#include "cluster/project/faultjson.h"
#include "cluster/project/projects.h"
#include "compose/spelling.h"
#include "ctl/command.h"
#include "faults/errornames.h"

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <memory>
#include <vector>

namespace moldau::ctl {

namespace {

using faults::FaultAction;
using faults::FaultRule;
using nlohmann::json;

struct Options {
    std::string project = "local";
    std::string format = "table";
    std::string api;
    int broker = -1;
    std::string client;
    std::string topic;
    std::string link;
    std::string error;
    std::int64_t delay = 0;
    std::uint64_t count = 0;
    std::uint64_t after = 0;
    int id = 0;
    std::vector<std::pair<const CLI::Option*, FaultAction>> actions;
};

/** What was wrong with a name, and the one that was probably meant. */
struct BadName {
    std::string problem;
    std::string hint;
};

BadName badName(const char* kind, const std::string& word, const std::vector<std::string>& known)
{
    const auto meant = compose::meantWord(word, known);
    return {fmt::format("there is no {} '{}'", kind, word),
        meant ? fmt::format("Did you mean {}?", *meant) : std::string()};
}

std::vector<std::string> apiNames()
{
    std::vector<std::string> names;
    for (const protocol::ApiFacts& api : protocol::allApis()) {
        if (!api.isRetired())
            names.emplace_back(api.name);
    }
    return names;
}

std::optional<faults::FaultLink> readLink(const std::string& text)
{
    faults::FaultLink link;
    const auto dash = text.find('-');
    if (dash == std::string::npos)
        return std::nullopt;
    const auto read = [&](std::size_t begin, std::size_t end, BrokerId& id) {
        std::int32_t number = -1;
        const auto [stop, error] = std::from_chars(text.data() + begin, text.data() + end, number);
        id = BrokerId{number};
        return error == std::errc{} && stop == text.data() + end && number >= 0;
    };
    if (!read(0, dash, link.one) || !read(dash + 1, text.size(), link.other))
        return std::nullopt;
    return link;
}

/** The rule that the options make; the names are checked here, whether it makes sense by whoever
 * runs the cluster, which knows its nodes. */
tl::expected<FaultRule, BadName> ruleOf(const Options& options)
{
    FaultRule rule;
    int actions = 0;
    for (const auto& [option, action] : options.actions) {
        if (option->empty())
            continue;
        rule.action = action;
        ++actions;
    }
    if (actions != 1)
        return tl::unexpected(BadName{
            actions == 0 ? "a rule says what goes wrong" : "a rule says one thing that goes wrong",
            "One of --error NAME, --delay MS, --drop, --duplicate, --close, --cut, --disk-full."});
    if (!options.api.empty()) {
        const auto* const api = protocol::findApi(options.api);
        if (api == nullptr || api->isRetired())
            return tl::unexpected(badName("API", options.api, apiNames()));
        rule.api = api->key;
    }
    if (!options.error.empty()) {
        const auto error = faults::errorNamed(options.error);
        if (!error) {
            const auto names = faults::errorNames();
            return tl::unexpected(badName("error", options.error, {names.begin(), names.end()}));
        }
        rule.error = *error;
    }
    if (!options.link.empty()) {
        rule.link = readLink(options.link);
        if (!rule.link)
            return tl::unexpected(BadName{
                fmt::format("--link wants the ids of two nodes as A-B, not '{}'", options.link),
                {}});
    }
    rule.broker = BrokerId{options.broker};
    rule.client = options.client;
    rule.topic = options.topic;
    rule.delay = std::chrono::milliseconds(options.delay);
    rule.count = options.count;
    rule.after = options.after;
    if (const auto checked = faults::check(rule); !checked)
        return tl::unexpected(BadName{checked.error().message, {}});
    return rule;
}

Result<json> ask(const Options& options, const json& request)
{
    const auto project = cluster::Projects::find(options.project);
    if (!project)
        return fail(project.error());
    return cluster::Projects::ask(*project, request);
}

int addRule(const Options& options)
{
    const auto rule = ruleOf(options);
    if (!rule)
        return complain(rule.error().problem, kWrongUsage, rule.error().hint);
    const auto answer = ask(options, {{"do", "fault-add"}, {"rule", cluster::toJson(*rule)}});
    if (!answer)
        return complain(answer.error().message);
    const int id = answer->value("id", 0);
    if (options.format == "json")
        fmt::print("{}\n", json{{"id", id}}.dump());
    else
        fmt::print("{}  {}\n", id, faults::toText(*rule));
    return kDone;
}

void printTable(const json& rules)
{
    fmt::print("{:>4}  {:>8}  {:>8}  RULE\n", "ID", "SEEN", "STRUCK");
    for (const json& rule : rules)
        fmt::print("{:>4}  {:>8}  {:>8}  {}\n", rule["id"].get<int>(),
            rule["seen"].get<std::uint64_t>(), rule["struck"].get<std::uint64_t>(),
            rule["rule"].get<std::string>());
}

int listRules(const Options& options)
{
    const auto answer = ask(options, {{"do", "fault-list"}});
    if (!answer)
        return complain(answer.error().message);
    if (options.format == "json")
        fmt::print("{}\n", (*answer)["faults"].dump(2));
    else
        printTable((*answer)["faults"]);
    return kDone;
}

int act(const Options& options, const json& request)
{
    const auto answer = ask(options, request);
    return answer ? kDone : complain(answer.error().message);
}

void addRuleOptions(CLI::App& command, Options& options)
{
    command.add_option("--api", options.api, "Requests of this API, as Produce");
    command.add_option("--broker", options.broker, "At the node with this id")
        ->check(CLI::NonNegativeNumber);
    command.add_option("--client", options.client,
        "By clients whose ids fit, with * and ? (any but the cluster's own nodes unless given)");
    command.add_option("--topic", options.topic, "That name this topic");
    command.add_option("--link", options.link, "Between the two nodes with these ids, A-B");
    const auto action = [&](CLI::Option* option, FaultAction what) {
        options.actions.emplace_back(option, what);
    };
    action(command.add_option("--error", options.error, "Answer with this error instead"),
        FaultAction::Error);
    action(command.add_option("--delay", options.delay, "Milliseconds later"), FaultAction::Delay);
    const auto flag = [&](const char* name, const char* description, FaultAction what) {
        action(command.add_flag(name)->description(description), what);
    };
    flag("--drop", "Lost: never handled nor answered", FaultAction::Drop);
    flag("--duplicate", "Handled twice", FaultAction::Duplicate);
    flag("--close", "Connections end", FaultAction::Close);
    flag("--cut", "A link that lets nothing through", FaultAction::Cut);
    flag("--disk-full", "The disk of --broker has no room left", FaultAction::DiskFull);
    command.add_option("--count", options.count, "Strike so many times, then no more")
        ->check(CLI::PositiveNumber);
    command.add_option("--after", options.after, "Spare the first so many")
        ->check(CLI::PositiveNumber);
}

} // namespace

void addFault(CLI::App& app, Run& run)
{
    auto options = std::make_shared<Options>();
    CLI::App* const command = app.add_subcommand("fault", "Lets things go wrong, by rules");
    command->add_option("-p,--project", options->project, "Project")->capture_default_str();
    command->add_option("--format", options->format, "table or json")
        ->check(CLI::IsMember({"table", "json"}));
    command->require_subcommand(1);
    const auto part = [&](const char* name, const char* description) {
        CLI::App* const sub = command->add_subcommand(name, description);
        sub->fallthrough();
        return sub;
    };
    CLI::App* const add = part("add", "A rule, in force at once; prints its id");
    addRuleOptions(*add, *options);
    add->callback([&run, options] { run = [options] { return addRule(*options); }; });
    part("list", "The rules that are in force, and how often they struck")
        ->callback([&run, options] { run = [options] { return listRules(*options); }; });
    CLI::App* const remove = part("remove", "Ends a rule");
    remove->add_option("id", options->id, "Of the rule")->required();
    remove->callback([&run, options] {
        run = [options] { return act(*options, {{"do", "fault-remove"}, {"id", options->id}}); };
    });
    part("heal", "Ends all rules")->callback([&run, options] {
        run = [options] { return act(*options, {{"do", "fault-heal"}}); };
    });
}

} // namespace moldau::ctl
