#include "tools/kafkatopics.h"

#include "tools/command.h"
#include "tools/toolsession.h"
#include "tools/topicdescriber.h"
#include "tools/topicfilter.h"

#include <algorithm>
#include <charconv>

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
    {"list", Argument::None, {}, "Lists the topics."},
    {"create", Argument::None, {}, "Makes a topic."},
    {"delete", Argument::None, {}, "Deletes a topic with its records."},
    {"alter", Argument::None, {},
        "Gives a topic more partitions. (kafka-configs changes its settings.)"},
    {"describe", Argument::None, {}, "Shows topics with partitions, leaders and replicas."},
    {"topic", Argument::Required, "NAME",
        "The topic; except with --create also a regular expression."},
    {"topic-id", Argument::Required, "ID", "With --describe: the topic by its id."},
    {"config", Argument::Required, "NAME=VALUE",
        "With --create: a setting of the topic. May be repeated.", Type::Text, true},
    {"delete-config", Argument::Required, "NAME", "Kafka 4 no longer has it: use kafka-configs.",
        Type::Text, true},
    {"partitions", Argument::Required, "N",
        "How many partitions; without it the cluster's default.", Type::Int},
    {"replication-factor", Argument::Required, "N",
        "How many replicas each partition has; without it the cluster's default.", Type::Int},
    {"replica-assignment", Argument::Required, "1:2,2:3",
        "The brokers of each partition's replicas, the preferred leader first."},
    {"under-replicated-partitions", Argument::None, {},
        "Shows only partitions of which a replica lags behind."},
    {"unavailable-partitions", Argument::None, {}, "Shows only partitions without a leader."},
    {"under-min-isr-partitions", Argument::None, {},
        "Shows only partitions with fewer replicas in sync than min.insync.replicas."},
    {"at-min-isr-partitions", Argument::None, {},
        "Shows only partitions with just as many replicas in sync as min.insync.replicas."},
    {"topics-with-overrides", Argument::None, {},
        "Shows only topics that have settings of their own."},
    {"if-exists", Argument::None, {}, "A topic that isn't there is no error."},
    {"if-not-exists", Argument::None, {},
        "With --create: a topic that is there already is no error."},
    {"exclude-internal", Argument::None, {}, "Leaves out Kafka's own topics."},
    {"partition-size-limit-per-response", Argument::Required, "N",
        "How many partitions one answer of the cluster may hold.", Type::Int},
};
constexpr Command kCommand{
    "kafka-topics", "Creates, lists, describes, changes and deletes topics.", kOptions};

/** Options that belong to some actions only: Kafka's table of what doesn't go together. */
std::string conflictIn(const Options& options)
{
    const std::pair<std::string_view, std::vector<std::string_view>> rules[] = {
        {"config", {"describe", "list", "delete"}},
        {"partitions", {"describe", "list", "delete"}},
        {"replication-factor", {"alter", "describe", "list", "delete"}},
        {"replica-assignment", {"describe", "list", "delete"}},
        {"under-replicated-partitions",
            {"alter", "create", "list", "delete", "topics-with-overrides"}},
        {"under-min-isr-partitions",
            {"alter", "create", "list", "delete", "topics-with-overrides"}},
        {"at-min-isr-partitions", {"alter", "create", "list", "delete", "topics-with-overrides"}},
        {"unavailable-partitions", {"alter", "create", "list", "delete", "topics-with-overrides"}},
        {"topics-with-overrides", {"alter", "create", "list", "delete"}},
        {"if-exists", {"create", "list"}},
        {"if-not-exists", {"alter", "describe", "list", "delete"}},
        {"exclude-internal", {"alter", "create", "delete"}},
    };
    if (options.has("create")) {
        if (std::string conflict
            = conflictOf(options, "replica-assignment", {"partitions", "replication-factor"});
            !conflict.empty())
            return conflict;
    }
    for (const auto& [used, others] : rules) {
        if (std::string conflict = conflictOf(options, used, others); !conflict.empty())
            return conflict;
    }
    return {};
}

std::string usageProblem(const Options& options)
{
    if (options.count({"create", "list", "alter", "describe", "delete"}) != 1)
        return "Command must include exactly one action: --list, --describe, --create, --alter or "
               "--delete";
    if (!options.has("bootstrap-server"))
        return "--bootstrap-server must be specified";
    if (options.has("describe") && options.has("if-exists") && !options.has("topic")
        && !options.has("topic-id"))
        return "--topic or --topic-id is required to describe a topic";
    std::string problem;
    if (!options.has("list") && !options.has("describe"))
        problem = missingOf(options, {"topic"});
    if (problem.empty() && options.has("alter"))
        problem = missingOf(options, {"partitions"});
    return problem.empty() ? conflictIn(options) : problem;
}

/** "1:2,2:3" as Kafka reads it, with its complaints. */
Result<ReplicaAssignment> assignmentOf(std::string_view text)
{
    ReplicaAssignment assignment;
    while (!text.empty()) {
        const auto comma = text.find(',');
        std::string_view replicas = text.substr(0, comma);
        text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
        std::vector<BrokerId>& brokers = assignment.emplace_back();
        while (!replicas.empty()) {
            const auto colon = replicas.find(':');
            std::string_view number = replicas.substr(0, colon);
            replicas.remove_prefix(colon == std::string_view::npos ? replicas.size() : colon + 1);
            std::int32_t id = 0;
            const auto [end, error]
                = std::from_chars(number.data(), number.data() + number.size(), id);
            if (error != std::errc{} || end != number.data() + number.size())
                return fail(ErrorCode::LocalInvalidArgument,
                    fmt::format("For input string: \"{}\"", number));
            if (std::ranges::find(brokers, BrokerId{id}) != brokers.end())
                return fail(ErrorCode::LocalInvalidArgument,
                    fmt::format(
                        "Partition replica lists may not contain duplicate entries: {}", id));
            brokers.emplace_back(id);
        }
        if (brokers.size() != assignment.front().size())
            return fail(ErrorCode::LocalInvalidArgument,
                fmt::format(
                    "Partition {} has different replication factor", assignment.size() - 1));
    }
    return assignment;
}

Result<std::map<std::string, std::string>> configsOf(const std::vector<std::string>& arguments)
{
    const auto trimmed = [](std::string_view text) {
        const auto begin = text.find_first_not_of(" \t");
        return begin == std::string_view::npos
            ? std::string()
            : std::string(text.substr(begin, text.find_last_not_of(" \t") - begin + 1));
    };
    std::map<std::string, std::string> configs;
    for (const std::string& argument : arguments) {
        const auto equals = argument.find('=');
        if (equals == std::string::npos || equals + 1 == argument.size())
            return fail(ErrorCode::LocalInvalidArgument,
                "requirement failed: Invalid topic config: all configs to be added must be in the "
                "format \"key=val\".");
        configs[trimmed(std::string_view(argument).substr(0, equals))]
            = trimmed(std::string_view(argument).substr(equals + 1));
    }
    return configs;
}

/** One run with its options; each action gives done or the error that ends it. */
class TopicCommand {
public:
    TopicCommand(ToolSession& session, const Options& options)
        : m_session(session)
        , m_options(options)
        , m_io(session.io())
    {
    }

    Result<void> run()
    {
        if (m_options.has("create"))
            return create();
        if (m_options.has("alter"))
            return alter();
        if (m_options.has("list"))
            return list();
        return m_options.has("describe") ? describe() : remove();
    }

private:
    Result<void> create()
    {
        NewTopic topic;
        topic.name = m_options.value("topic");
        const auto partitions = m_options.number("partitions");
        const auto replicas = m_options.number("replication-factor");
        auto assignment = assignmentOf(m_options.value("replica-assignment"));
        auto configs = configsOf(m_options.values("config"));
        if (!assignment)
            return fail(assignment.error());
        if (!configs)
            return fail(configs.error());
        if (topic.name.find_first_of("._") != std::string::npos)
            m_io.out("WARNING: Due to limitations in metric names, topics with a period ('.') or "
                     "underscore ('_') could collide. To avoid issues it is best to use either, "
                     "but not both.\n");
        if (replicas && (*replicas < 1 || *replicas > INT16_MAX))
            return fail(ErrorCode::LocalInvalidArgument,
                fmt::format(
                    "The replication factor must be between 1 and {} inclusive", INT16_MAX));
        if (partitions && *partitions < 1)
            return fail(ErrorCode::LocalInvalidArgument, "The partitions must be greater than 0");
        topic.partitions = static_cast<std::int32_t>(partitions.value_or(-1));
        topic.replicationFactor = static_cast<std::int16_t>(replicas.value_or(-1));
        topic.configs = std::move(*configs);
        const std::string name = topic.name;
        const auto made = m_session.ask<ClusterConnection::Done>([&](auto reply) {
            m_session.cluster().createTopicOn(
                std::move(topic), std::move(*assignment), std::move(reply));
        });
        if (!made && made.error().code == ErrorCode::TopicAlreadyExists
            && m_options.has("if-not-exists"))
            return {};
        if (!made)
            return fail(made.error());
        m_io.out(fmt::format("Created topic {}.\n", name));
        return {};
    }

    Result<void> list()
    {
        const auto cluster = askCluster();
        if (!cluster)
            return fail(cluster.error());
        const auto names = chosen(*cluster);
        if (!names)
            return fail(names.error());
        m_io.out(fmt::format("{}\n", fmt::join(*names, "\n")));
        return {};
    }

    Result<void> alter()
    {
        auto assignment = assignmentOf(m_options.value("replica-assignment"));
        if (!assignment)
            return fail(assignment.error());
        const auto cluster = askCluster();
        const auto names = cluster ? existing(*cluster) : fail(cluster.error());
        if (!names)
            return fail(names.error());
        for (const std::string& name : *names) {
            const auto topic = std::ranges::find(cluster->topics, name, &TopicDescription::name);
            ReplicaAssignment added = *assignment;
            added.erase(added.begin(),
                added.begin()
                    + static_cast<std::ptrdiff_t>(
                        std::min(added.size(), topic->partitions.size())));
            const auto total = static_cast<std::int32_t>(*m_options.number("partitions"));
            const auto done = m_session.ask<ClusterConnection::Done>([&](auto reply) {
                m_session.cluster().createPartitionsOn(
                    name, total, std::move(added), std::move(reply));
            });
            if (!done)
                return fail(done.error());
        }
        return {};
    }

    Result<void> remove()
    {
        const auto cluster = askCluster();
        const auto names = cluster ? existing(*cluster) : fail(cluster.error());
        if (!names)
            return fail(names.error());
        for (const std::string& name : *names) {
            const auto done = m_session.ask<ClusterConnection::Done>(
                [&](auto reply) { m_session.cluster().deleteTopic(name, std::move(reply)); });
            if (!done)
                return fail(done.error());
        }
        return {};
    }

    Result<void> describe()
    {
        if (m_options.has("topic") && m_options.has("topic-id"))
            m_io.out("Only topic id will be used when both --topic and --topic-id are specified "
                     "and topicId is not Uuid.ZERO_UUID\n");
        const auto cluster = askCluster();
        const auto names = cluster ? existing(*cluster) : fail(cluster.error());
        if (!names)
            return fail(names.error());
        TopicDescriber describer(m_session, *cluster,
            TopicDescriber::Choice{m_options.has("under-replicated-partitions"),
                m_options.has("unavailable-partitions"), m_options.has("under-min-isr-partitions"),
                m_options.has("at-min-isr-partitions"), m_options.has("topics-with-overrides")});
        return describer.print(*names);
    }

    Result<ClusterDescription> askCluster()
    {
        return m_session.ask<ClusterDescription>(
            [&](auto reply) { m_session.cluster().describeCluster(std::move(reply)); });
    }

    /** The topics that --topic or --topic-id mean, by name. */
    Result<std::vector<std::string>> chosen(const ClusterDescription& cluster)
    {
        const bool excludesInternal = m_options.has("exclude-internal");
        auto filter = TopicFilter::parse(m_options.find("topic").value_or(".*"));
        if (!filter)
            return fail(filter.error());
        const auto wantedId = Uuid::parse(m_options.value("topic-id"));
        const bool isById = m_options.has("describe") && m_options.has("topic-id") && wantedId
            && !wantedId->isZero();
        std::vector<std::string> names;
        for (const TopicDescription& topic : cluster.topics) {
            const bool isWanted
                = isById ? topic.id == *wantedId : filter->allows(topic.name, excludesInternal);
            if (isWanted)
                names.push_back(topic.name);
        }
        return names;
    }

    /** As chosen(); none at all is an error unless --if-exists was given. */
    Result<std::vector<std::string>> existing(const ClusterDescription& cluster)
    {
        auto names = chosen(cluster);
        if (!names || !names->empty() || m_options.has("if-exists"))
            return names;
        if (m_options.has("topic-id"))
            return fail(ErrorCode::LocalNotFound,
                fmt::format(
                    "TopicId '{}' does not exist as expected", m_options.value("topic-id")));
        if (!m_options.value("topic").empty())
            return fail(ErrorCode::LocalNotFound,
                fmt::format("Topic '{}' does not exist as expected", m_options.value("topic")));
        return names;
    }

    ToolSession& m_session;
    const Options& m_options;
    ToolIo& m_io;
};

int failed(ToolIo& io, const Error& error)
{
    io.out(fmt::format("Error while executing topic command : {}\n", error.message));
    io.err(logLine("ERROR", fmt::format("{}: {}", exceptionName(error), error.message),
        "org.apache.kafka.tools.TopicCommand"));
    return 1;
}

} // namespace

int runKafkaTopics(std::span<const std::string> args, ToolIo& io)
{
    const auto options = parseOptions(kOptions, args);
    if (!options && options.error().code == ErrorCode::LocalParseError)
        return failed(io, options.error());
    if (!options)
        return usageError(kCommand, io, options.error().message);
    if (const auto status = beginCommand(kCommand, *options, io, !args.empty()))
        return *status;
    if (const std::string problem = usageProblem(*options); !problem.empty())
        return usageError(kCommand, io, problem);
    if (options->has("delete-config"))
        io.err("delete-config option is no longer supported and deprecated since version 4.0. The "
               "config will be fully removed in future releases.\n");
    auto properties = propertiesOfFile(options->value("command-config"));
    if (!properties)
        return usageError(kCommand, io, properties.error().message);
    auto session = ToolSession::open(
        io, {options->value("bootstrap-server"), std::move(*properties), "kafka-topics"});
    if (!session)
        return failed(io, session.error());
    const auto done = TopicCommand(**session, *options).run();
    return done ? 0 : failed(io, done.error());
}

} // namespace moldau::tools
