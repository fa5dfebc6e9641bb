#include "tools/kafkaconsumergroups.h"

#include "tools/command.h"
#include "tools/groupprinter.h"
#include "tools/offsetreset.h"
#include "tools/toolsession.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <set>

namespace moldau::tools {

namespace {

using namespace moldau::client;
using Argument = OptionSpec::Argument;
using Type = OptionSpec::Type;

constexpr OptionSpec kOptions[] = {
    kHelpOption,
    kVersionOption,
    {"bootstrap-server", Argument::Required, "HOST:PORT,…",
        "Required: one or more brokers of the cluster."},
    {"command-config", Argument::Required, "FILE",
        "Properties for the connection, for example TLS and SASL."},
    {"list", Argument::None, {}, "Lists the groups."},
    {"describe", Argument::None, {},
        "Shows a group: its offsets and lag, its members or its state."},
    {"delete", Argument::None, {}, "Deletes groups that nobody is in, with their offsets."},
    {"reset-offsets", Argument::None, {}, "Moves the offsets of a group that nobody is in."},
    {"delete-offsets", Argument::None, {}, "Deletes a group's offsets of some topics."},
    {"group", Argument::Required, "NAME", "The group. May be repeated.", Type::Text, true},
    {"all-groups", Argument::None, {}, "All groups."},
    {"topic", Argument::Required, "NAME[:0,1]",
        "Topics, with or without partitions. May be repeated.", Type::Text, true},
    {"all-topics", Argument::None, {}, "All topics of which the group has offsets."},
    {"members", Argument::None, {}, "With --describe: who is in the group."},
    {"offsets", Argument::None, {},
        "With --describe: offsets and lag of each partition, as without an option."},
    {"state", Argument::Optional, "STATE,…",
        "With --describe: state and coordinator. With --list: shows states, or only these."},
    {"type", Argument::Optional, "TYPE,…", "With --list: shows types, or only these."},
    {"verbose", Argument::None, {}, "With --describe: tells more."},
    {"timeout", Argument::Required, "MS", "How long an answer may take.", Type::Long, false,
        "30000"},
    {"execute", Argument::None, {}, "With --reset-offsets: does it."},
    {"dry-run", Argument::None, {}, "With --reset-offsets: only shows what it would do."},
    {"export", Argument::None, {}, "With --reset-offsets: shows the new offsets as CSV."},
    {"to-earliest", Argument::None, {}, "To the oldest record."},
    {"to-latest", Argument::None, {}, "Behind the newest record."},
    {"to-current", Argument::None, {}, "To where the group stands."},
    {"to-offset", Argument::Required, "OFFSET", "To this offset.", Type::Long},
    {"shift-by", Argument::Required, "N", "By so many records, forward or with a minus back.",
        Type::Long},
    {"to-datetime", Argument::Required, "TIME",
        "To the first record at or after 2026-01-31T12:00:00.000."},
    {"by-duration", Argument::Required, "DURATION",
        "To the first record so long ago, for example PT1H30M."},
    {"from-file", Argument::Required, "FILE",
        "To the offsets of a CSV file, as --export writes it."},
};
constexpr Command kCommand{"kafka-consumer-groups",
    "Lists groups, shows their members and lag, resets and deletes offsets.", kOptions};

constexpr std::array<std::string_view, 7> kStates{"Reconciling", "PreparingRebalance",
    "CompletingRebalance", "Assigning", "Stable", "Empty", "Dead"};
constexpr std::array<std::string_view, 2> kTypes{"Consumer", "Classic"};

std::string lowered(std::string_view text)
{
    std::string out(text);
    std::ranges::transform(out, out.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

/** "stable, empty" as the names that the cluster uses; fails with `complaint`. */
Result<std::set<std::string>> wordsOf(
    std::string_view text, std::span<const std::string_view> known, std::string_view what)
{
    std::set<std::string> words;
    std::string_view rest = text;
    while (!rest.empty()) {
        const auto comma = rest.find(',');
        std::string word = lowered(rest.substr(0, comma));
        std::erase(word, ' ');
        rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
        const auto found = std::ranges::find_if(
            known, [&](std::string_view name) { return lowered(name) == word; });
        if (found == known.end())
            return fail(ErrorCode::LocalInvalidArgument,
                fmt::format("Invalid {} list '{}'. Valid {} are: {}", what, text,
                    what == "state" ? "states" : what, fmt::join(known, ", ")));
        words.emplace(*found);
    }
    return words;
}

std::string usageProblem(const Options& options)
{
    if (std::string missing = missingOf(options, {"bootstrap-server"}); !missing.empty())
        return missing;
    const bool hasGroup = options.count({"group", "all-groups"}) > 0;
    for (const std::string_view action : {"describe", "delete", "reset-offsets"}) {
        if (options.has(action) && !hasGroup)
            return fmt::format(
                "Option [{}] takes one of these options: [all-groups], [group]", action);
    }
    if (options.has("describe") && options.count({"members", "offsets", "state"}) > 1)
        return "Option [describe] takes at most one of these options: [members], [offsets], "
               "[state]";
    if (options.has("describe") && options.has("state") && options.find("state"))
        return "Option [describe] does not take a value for [state]";
    if (options.has("delete") && options.has("topic"))
        return "The consumer does not support topic-specific offset deletion from a consumer "
               "group.";
    if (options.has("delete-offsets") && (!options.has("group") || !options.has("topic")))
        return "Option [delete-offsets] takes the following options: [topic], [group]";
    if (options.has("reset-offsets") && options.has("dry-run") && options.has("execute"))
        return "Option [reset-offsets] only accepts one of [execute] and [dry-run]";
    const std::initializer_list<std::string_view> scenarios = {"to-offset", "to-datetime",
        "by-duration", "to-earliest", "to-latest", "to-current", "shift-by", "from-file"};
    for (const std::string_view scenario : scenarios) {
        for (const std::string_view other : scenarios) {
            if (other != scenario && options.has(scenario) && options.has(other))
                return fmt::format(
                    "Option \"[{}]\" can't be used with option \"[{}]\"", scenario, other);
        }
    }
    std::string conflict = conflictOf(options, "group", {"all-groups", "list"});
    return conflict.empty() ? conflictOf(options, "topic", {"list", "describe"}) : conflict;
}

/** One run with its options. Errors with LocalInvalidArgument are wrong usage. */
class GroupCommand {
public:
    GroupCommand(ToolSession& session, const Options& options)
        : m_session(session)
        , m_options(options)
        , m_printer(session.io())
    {
    }

    Result<void> run()
    {
        if (m_options.has("list"))
            return list();
        if (m_options.has("describe"))
            return describe();
        if (m_options.has("delete"))
            return remove();
        return m_options.has("reset-offsets") ? reset() : deleteOffsets();
    }
    /** True when something was refused that the output already told of. */
    bool hasFailed() const { return m_hasFailed; }

private:
    Result<void> list()
    {
        const auto states = wordsOf(m_options.value("state"), kStates, "state");
        const auto types = wordsOf(m_options.value("type"), kTypes, "types");
        if (!states)
            return fail(states.error());
        if (!types)
            return fail(types.error());
        const auto groups = listed(*states, *types);
        if (!groups)
            return fail(groups.error());
        m_printer.printList(*groups, m_options.has("type"), m_options.has("state"));
        return {};
    }

    /** Groups of consumers, by name. */
    Result<std::vector<GroupSummary>> listed(
        std::set<std::string> states, const std::set<std::string>& types)
    {
        std::set<std::string> wireTypes;
        for (const std::string& type : types)
            wireTypes.insert(lowered(type));
        auto groups = m_session.ask<std::vector<GroupSummary>>([&](auto reply) {
            m_session.cluster().listGroupsBy(
                std::move(states), std::move(wireTypes), std::move(reply));
        });
        if (!groups)
            return groups;
        std::erase_if(*groups, [](const GroupSummary& group) {
            const bool isOfConsumers = group.protocol.empty() || group.protocol == "consumer";
            return !isOfConsumers || lowered(group.type) == "share"
                || lowered(group.type) == "streams";
        });
        std::ranges::sort(*groups, {}, &GroupSummary::id);
        return groups;
    }

    Result<std::vector<std::string>> chosenGroups()
    {
        if (!m_options.has("all-groups")) {
            std::vector<std::string> groups = m_options.values("group");
            std::ranges::sort(groups);
            return groups;
        }
        return listed({}, {}).map([](const std::vector<GroupSummary>& groups) {
            std::vector<std::string> ids;
            for (const GroupSummary& group : groups)
                ids.push_back(group.id);
            return ids;
        });
    }

    Result<GroupDetail> detailOf(const std::string& group)
    {
        return m_session.ask<GroupDetail>(
            [&](auto reply) { m_session.cluster().describeGroupDetail(group, std::move(reply)); });
    }

    Result<void> describe()
    {
        const auto groups = chosenGroups();
        if (!groups)
            return fail(groups.error());
        const bool isVerbose = m_options.has("verbose");
        for (const std::string& id : *groups) {
            const auto group = detailOf(id);
            if (!group)
                return fail(group.error());
            if (m_options.has("members")) {
                m_printer.printMembers(*group, isVerbose);
            } else if (m_options.has("state")) {
                m_printer.printState(*group, isVerbose);
            } else {
                const auto rows = rowsOf(*group);
                if (!rows)
                    return fail(rows.error());
                m_printer.printOffsets(*group, *rows, isVerbose);
            }
        }
        return {};
    }

    /** The partitions of each member, those with most first, then those that nobody reads. */
    Result<std::vector<GroupRow>> rowsOf(const GroupDetail& group)
    {
        using Committed = std::map<TopicPartition, CommittedOffset>;
        const auto committed = m_session.ask<Committed>([&](auto reply) {
            m_session.cluster().groupOffsets(group.summary.id, std::move(reply));
        });
        if (!committed)
            return fail(committed.error());
        std::vector<GroupRow> rows;
        std::set<TopicPartition> assigned;
        std::vector<const GroupMemberDetail*> members;
        for (const GroupMemberDetail& member : group.members)
            members.push_back(&member);
        std::ranges::stable_sort(members, std::greater(),
            [](const GroupMemberDetail* member) { return member->assigned.size(); });
        for (const GroupMemberDetail* member : members) {
            std::vector<TopicPartition> partitions = member->assigned;
            std::ranges::sort(partitions);
            for (const TopicPartition& at : partitions) {
                assigned.insert(at);
                rows.push_back({at, {}, {}, {}, member->basics.memberId, member->basics.host,
                    member->basics.clientId});
            }
        }
        for (const auto& [at, offset] : *committed) {
            if (!assigned.contains(at))
                rows.push_back({at, {}, {}, {}});
        }
        return withOffsets(std::move(rows), *committed);
    }

    Result<std::vector<GroupRow>> withOffsets(
        std::vector<GroupRow> rows, const std::map<TopicPartition, CommittedOffset>& committed)
    {
        std::map<TopicPartition, std::int64_t> wanted;
        for (const GroupRow& row : rows)
            wanted[*row.at] = OffsetSpec::kLatest;
        const auto ends = m_session.ask<PerPartition<FoundOffset>>([&](auto reply) {
            m_session.cluster().findOffsets(std::move(wanted), std::move(reply));
        });
        if (!ends)
            return fail(ends.error());
        for (GroupRow& row : rows) {
            if (const auto offset = committed.find(*row.at); offset != committed.end()) {
                row.committed = offset->second.offset;
                if (offset->second.leaderEpoch >= 0)
                    row.leaderEpoch = offset->second.leaderEpoch;
            }
            if (const auto end = ends->find(*row.at); end != ends->end() && end->second)
                row.end = end->second->offset;
        }
        return rows;
    }

    Result<void> remove()
    {
        const auto groups = chosenGroups();
        if (!groups)
            return fail(groups.error());
        std::vector<std::string> deleted;
        std::string refused;
        for (const std::string& id : *groups) {
            const auto done = m_session.ask<ClusterConnection::Done>(
                [&](auto reply) { m_session.cluster().deleteGroup(id, std::move(reply)); });
            if (done)
                deleted.push_back(fmt::format("'{}'", id));
            else
                refused += fmt::format("* Group '{}' could not be deleted due to: {}: {}\n", id,
                    exceptionName(done.error()), done.error().message);
        }
        ToolIo& io = m_session.io();
        if (refused.empty()) {
            io.out(fmt::format("Deletion of requested consumer groups ({}) was successful.\n",
                fmt::join(deleted, ", ")));
            return {};
        }
        m_hasFailed = true;
        m_printer.printError("Deletion of some consumer groups failed:");
        io.out(refused);
        if (!deleted.empty())
            io.out(fmt::format("\nThese consumer groups were deleted successfully: {}\n",
                fmt::join(deleted, ", ")));
        return {};
    }

    Result<void> reset()
    {
        const auto groups = chosenGroups();
        if (!groups)
            return fail(groups.error());
        std::map<std::string, NewOffsets> all;
        for (const std::string& id : *groups) {
            const auto state = stateOf(id);
            if (!state)
                return fail(state.error());
            if (*state != "Empty" && *state != "Dead") {
                m_hasFailed = true;
                m_printer.printError(fmt::format("Assignments can only be reset if the group '{}' "
                                                 "is inactive, but the current state is {}.",
                    id, *state));
                all[id] = {};
                continue;
            }
            auto offsets = OffsetReset(m_session, m_options).offsetsFor(id);
            if (!offsets)
                return fail(offsets.error());
            if (m_options.has("execute")) {
                if (auto done = commit(id, *offsets); !done)
                    return done;
            }
            all[id] = std::move(*offsets);
        }
        if (m_options.has("export"))
            m_session.io().out(csvOf(all) + "\n");
        else
            m_printer.printNewOffsets(all);
        return {};
    }

    /** A group that isn't there counts as dead: its offsets may be set before it exists. */
    Result<std::string> stateOf(const std::string& group)
    {
        const auto detail = detailOf(group);
        if (!detail && detail.error().code == ErrorCode::GroupIdNotFound)
            return "Dead";
        if (!detail)
            return fail(detail.error());
        return detail->summary.state;
    }

    Result<void> commit(const std::string& group, const NewOffsets& offsets)
    {
        if (offsets.empty())
            return {};
        const auto done = m_session.ask<PerPartition<ClusterConnection::Done>>([&](auto reply) {
            m_session.cluster().alterGroupOffsets(
                group, {offsets.begin(), offsets.end()}, std::move(reply));
        });
        if (!done)
            return fail(done.error());
        for (const auto& [at, result] : *done) {
            if (!result)
                return fail(result.error());
        }
        return {};
    }

    std::string csvOf(const std::map<std::string, NewOffsets>& all) const
    {
        const bool hasOneGroup = m_options.values("group").size() == 1;
        std::string text;
        for (const auto& [group, offsets] : all) {
            for (const auto& [at, offset] : offsets)
                text += fmt::format(
                    "{}{},{},{}\n", hasOneGroup ? "" : group + ",", at.topic, at.partition, offset);
        }
        return text;
    }

    Result<void> deleteOffsets()
    {
        const std::string group = m_options.values("group").front();
        const auto partitions = partitionsOfArguments(m_session, m_options.values("topic"));
        if (!partitions)
            return fail(partitions.error());
        const auto done = m_session.ask<PerPartition<ClusterConnection::Done>>([&](auto reply) {
            m_session.cluster().deleteGroupOffsets(group, *partitions, std::move(reply));
        });
        std::map<TopicPartition, std::string> status;
        for (const TopicPartition& at : *partitions) {
            const auto found
                = done ? done->find(at) : PerPartition<ClusterConnection::Done>::const_iterator();
            const Error* error = !done                   ? &done.error()
                : found != done->end() && !found->second ? &found->second.error()
                                                         : nullptr;
            status[at] = error == nullptr
                ? "Successful"
                : fmt::format("Error: {}: {}", exceptionName(*error), error->message);
            m_hasFailed = m_hasFailed || error != nullptr;
        }
        if (!done)
            m_printer.printError(done.error().message);
        else if (m_hasFailed)
            m_printer.printError(
                "Encountered some partition-level error, see the follow-up details.");
        else
            m_session.io().out(
                fmt::format("Request succeeded for deleting offsets from group {}.\n", group));
        std::string text = fmt::format("\n{:<15} {:<10} {:<15}", "TOPIC", "PARTITION", "STATUS");
        for (const auto& [at, word] : status)
            text += fmt::format("\n{:<15} {:<10} {:<15}", at.topic, at.partition, word);
        m_session.io().out(text + "\n");
        return {};
    }

    ToolSession& m_session;
    const Options& m_options;
    GroupPrinter m_printer;
    bool m_hasFailed = false;
};

} // namespace

int runKafkaConsumerGroups(std::span<const std::string> args, ToolIo& io)
{
    const auto options = parseOptions(kOptions, args);
    if (!options)
        return usageError(kCommand, io, options.error().message);
    if (const auto status = beginCommand(kCommand, *options, io, !args.empty()))
        return *status;
    if (options->count({"list", "describe", "delete", "reset-offsets", "delete-offsets"}) != 1)
        return usageError(kCommand, io,
            "Command must include exactly one action: --list, --describe, --delete, "
            "--reset-offsets, --delete-offsets");
    if (options->has("reset-offsets") && options->count({"dry-run", "execute"}) == 0)
        io.err("WARN: No action will be performed as the --execute option is missing. In version "
               "5.0, this command will require either --dry-run or --execute to be specified. You "
               "should add the --dry-run option explicitly if you are scripting this command and "
               "want to keep the current default behavior without prompting.\n");
    if (const std::string problem = usageProblem(*options); !problem.empty())
        return usageError(kCommand, io, problem);
    auto properties = propertiesOfFile(options->value("command-config"));
    if (!properties)
        return usageError(kCommand, io, properties.error().message);
    const std::chrono::milliseconds timeout(
        std::max<std::int64_t>(1, options->number("timeout").value_or(30'000)));
    auto session = ToolSession::open(io,
        {options->value("bootstrap-server"), std::move(*properties), "kafka-consumer-groups",
            timeout});
    if (!session)
        return usageError(kCommand, io, session.error().message);
    GroupCommand command(**session, *options);
    const auto done = command.run();
    if (done)
        return command.hasFailed() ? 1 : 0;
    if (done.error().code == ErrorCode::LocalInvalidArgument)
        return usageError(kCommand, io, done.error().message);
    GroupPrinter(io).printError(fmt::format("Executing consumer group command failed due to {}: {}",
        exceptionName(done.error()), done.error().message));
    return 1;
}

} // namespace moldau::tools
