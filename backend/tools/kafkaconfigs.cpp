#include "tools/kafkaconfigs.h"

#include "tools/command.h"
#include "tools/javahashorder.h"
#include "tools/toolsession.h"
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
    {"describe", Argument::None, {}, "Shows the settings of an entity."},
    {"alter", Argument::None, {}, "Changes them."},
    {"all", Argument::None, {}, "With --describe: also what is static or a default."},
    {"entity-type", Argument::Required, "TYPE",
        "topics, brokers, broker-loggers, client-metrics or groups.", Type::Text, true},
    {"entity-name", Argument::Required, "NAME", "A topic's name, a broker's id, a group's id.",
        Type::Text, true},
    {"entity-default", Argument::None, {}, "With brokers: the defaults of all of them."},
    {"add-config", Argument::Required, "NAME=VALUE,…",
        "With --alter: sets these; values with commas in square brackets."},
    {"add-config-file", Argument::Required, "FILE",
        "With --alter: sets what stands in a properties file."},
    {"delete-config", Argument::Required, "NAME,…", "With --alter: goes back to the defaults."},
    {"topic", Argument::Required, "NAME", "The topic."},
    {"broker", Argument::Required, "ID", "The broker."},
    {"broker-defaults", Argument::None, {}, "The defaults of all brokers."},
    {"broker-logger", Argument::Required, "ID", "The broker whose log levels are meant."},
    {"group", Argument::Required, "ID", "The group."},
    {"client-metrics", Argument::Required, "NAME", "The subscription to clients' metrics."},
};
constexpr Command kCommand{
    "kafka-configs", "Shows and changes the settings of topics, brokers and groups.", kOptions};

/** A kind of thing that has settings. */
struct EntityKind {
    std::string_view plural; ///< as --entity-type has it
    std::string_view flag; ///< --topic
    ConfigResourceKind resource;
    std::optional<ConfigSource>
        ownSource; ///< of settings that were made for the entity itself; none: all are shown
};

constexpr EntityKind kKinds[] = {
    {"topics", "topic", ConfigResourceKind::Topic, ConfigSource::Topic},
    {"brokers", "broker", ConfigResourceKind::Broker, ConfigSource::DynamicBroker},
    {"broker-loggers", "broker-logger", ConfigResourceKind::BrokerLogger, std::nullopt},
    {"client-metrics", "client-metrics", ConfigResourceKind::ClientMetrics,
        ConfigSource::ClientMetrics},
    {"groups", "group", ConfigResourceKind::Group, ConfigSource::Group},
};

std::string_view nameOf(ConfigSource source)
{
    switch (source) {
    case ConfigSource::Topic:
        return "DYNAMIC_TOPIC_CONFIG";
    case ConfigSource::DynamicBroker:
        return "DYNAMIC_BROKER_CONFIG";
    case ConfigSource::DynamicDefaultBroker:
        return "DYNAMIC_DEFAULT_BROKER_CONFIG";
    case ConfigSource::StaticBroker:
        return "STATIC_BROKER_CONFIG";
    case ConfigSource::Default:
        return "DEFAULT_CONFIG";
    case ConfigSource::DynamicBrokerLogger:
        return "DYNAMIC_BROKER_LOGGER_CONFIG";
    case ConfigSource::ClientMetrics:
        return "DYNAMIC_CLIENT_METRICS_CONFIG";
    case ConfigSource::Group:
        return "DYNAMIC_GROUP_CONFIG";
    case ConfigSource::Unknown:
        break;
    }
    return "UNKNOWN";
}

/** The entity that the options mean; without a name all of its kind, with an empty one the
 * defaults. */
struct Entity {
    const EntityKind* kind = nullptr;
    std::optional<std::string> name;
};

tl::unexpected<Error> wrong(std::string message)
{
    return fail(ErrorCode::LocalInvalidArgument, std::move(message));
}

Result<Entity> entityOf(const Options& options)
{
    Entity entity;
    for (const EntityKind& kind : kKinds) {
        if (options.has(kind.flag))
            entity = {&kind, options.value(kind.flag)};
    }
    if (options.has("broker-defaults"))
        entity = {&kKinds[1], ""};
    const bool hasGeneric = options.count({"entity-type", "entity-name", "entity-default"}) > 0;
    if (entity.kind != nullptr && hasGeneric)
        return wrong("--entity-{type,name,default} should not be used in conjunction with specific "
                     "entity flags");
    if (entity.kind == nullptr && !options.has("entity-type"))
        return wrong("At least one entity type must be specified");
    if (entity.kind == nullptr) {
        const std::string type = options.values("entity-type").front();
        const auto found = std::ranges::find(kKinds, type, &EntityKind::plural);
        if (type == "users" || type == "clients" || type == "ips")
            return wrong(fmt::format(
                "Quotas and passwords of {} are left to Apache Kafka's own kafka-configs.", type));
        if (found == std::end(kKinds))
            return wrong(
                fmt::format("Invalid entity type {}, the entity type must be one of topics, "
                            "clients, users, brokers, ips, client-metrics, groups, broker-loggers "
                            "with a --bootstrap-server or --bootstrap-controller argument",
                    type));
        entity.kind = &*found;
        if (options.has("entity-name"))
            entity.name = options.values("entity-name").front();
        else if (options.has("entity-default"))
            entity.name = "";
    }
    const bool isBroker = entity.kind->resource == ConfigResourceKind::Broker
        || entity.kind->resource == ConfigResourceKind::BrokerLogger;
    if (isBroker && entity.name && !entity.name->empty()) {
        std::int32_t id = 0;
        const auto [end, error]
            = std::from_chars(entity.name->data(), entity.name->data() + entity.name->size(), id);
        if (error != std::errc{} || end != entity.name->data() + entity.name->size())
            return wrong(fmt::format(
                "The entity name for {} must be a valid integer broker id, but it is: {}",
                entity.kind->plural, *entity.name));
    }
    if (!isBroker && options.has("entity-default"))
        return wrong(fmt::format("--entity-default must not be specified with --{} of {}",
            options.has("alter") ? "alter" : "describe", entity.kind->plural));
    if (options.has("alter") && !entity.name)
        return wrong(fmt::format(
            "An entity name must be specified with --alter of {}", entity.kind->plural));
    return entity;
}

/** Splits at commas outside of square brackets. */
std::vector<std::string> splitOutsideBrackets(std::string_view text)
{
    std::vector<std::string> parts(1);
    bool isInside = false;
    for (const char c : text) {
        if (c == '[')
            isInside = true;
        if (c == ']')
            isInside = false;
        if (c == ',' && !isInside)
            parts.emplace_back();
        else
            parts.back().push_back(c);
    }
    return parts;
}

std::string trimmed(std::string_view text)
{
    const auto begin = text.find_first_not_of(" \t");
    return begin == std::string_view::npos
        ? std::string()
        : std::string(text.substr(begin, text.find_last_not_of(" \t") - begin + 1));
}

std::string withoutBrackets(std::string_view text)
{
    std::string out;
    std::ranges::copy_if(
        text, std::back_inserter(out), [](char c) { return c != '[' && c != ']'; });
    return trimmed(out);
}

bool isLegalKey(std::string_view key)
{
    return std::ranges::all_of(key, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || c == '.' || c == '_' || c == '-';
    });
}

Result<std::vector<ConfigOperation>> operationsOf(const Options& options)
{
    auto properties = propertiesOfFile(options.value("add-config-file"));
    if (!properties)
        return fail(properties.error());
    std::vector<ConfigOperation> operations;
    for (auto& [name, value] : *properties)
        operations.push_back({ConfigOperation::Kind::Set, std::move(name), std::move(value)});
    if (options.has("add-config")) {
        for (const std::string& part : splitOutsideBrackets(options.value("add-config"))) {
            const auto equals = part.find('=');
            if (equals == std::string::npos || part.find('=', equals + 1) != std::string::npos)
                return wrong("requirement failed: Invalid entity config: all configs to be added "
                             "must be in the format \"key=val\" or  \"key=[val1,val2]\" to group "
                             "values which contain commas.");
            operations.push_back(
                {ConfigOperation::Kind::Set, trimmed(std::string_view(part).substr(0, equals)),
                    withoutBrackets(std::string_view(part).substr(equals + 1))});
        }
    }
    for (const ConfigOperation& operation : operations) {
        if (!isLegalKey(operation.name))
            return wrong(fmt::format("Invalid character found for config key: {}", operation.name));
    }
    if (options.has("delete-config")) {
        for (const std::string& part : splitOutsideBrackets(options.value("delete-config")))
            operations.push_back({ConfigOperation::Kind::Delete, trimmed(part), {}});
    }
    return operations;
}

/** One run with its options. */
class ConfigCommand {
public:
    ConfigCommand(ToolSession& session, Entity entity, bool showsAll)
        : m_session(session)
        , m_entity(std::move(entity))
        , m_showsAll(showsAll)
    {
    }

    Result<void> describe()
    {
        if (m_entity.name)
            return describeOne(*m_entity.name);
        const auto names = allNames();
        if (!names)
            return fail(names.error());
        for (const std::string& name : *names) {
            if (auto done = describeOne(name); !done)
                return done;
        }
        return {};
    }

    Result<void> alter(std::vector<ConfigOperation> operations)
    {
        const std::string name = *m_entity.name;
        const auto done = m_session.ask<ClusterConnection::Done>([&](auto reply) {
            m_session.cluster().changeConfigs(
                {m_entity.kind->resource, name}, std::move(operations), std::move(reply));
        });
        if (!done)
            return fail(done.error());
        const std::string_view plural = m_entity.kind->plural;
        if (name.empty())
            m_session.io().out(
                fmt::format("Completed updating default config for {} in the cluster.\n", plural));
        else
            m_session.io().out(fmt::format("Completed updating config for {} {}.\n",
                plural.substr(0, plural.size() - 1), name));
        return {};
    }

private:
    Result<std::vector<std::string>> allNames()
    {
        if (m_entity.kind->resource == ConfigResourceKind::Group) {
            const auto groups = m_session.ask<std::vector<GroupSummary>>(
                [&](auto reply) { m_session.cluster().listGroups(std::move(reply)); });
            return groups.map([](const std::vector<GroupSummary>& found) {
                std::vector<std::string> names;
                for (const GroupSummary& group : found)
                    names.push_back(group.id);
                return names;
            });
        }
        if (m_entity.kind->resource == ConfigResourceKind::ClientMetrics)
            return fail(ErrorCode::LocalUnsupported,
                "Name the subscription by --entity-name; all of them can't be listed here.");
        const auto cluster = m_session.ask<ClusterDescription>(
            [&](auto reply) { m_session.cluster().describeCluster(std::move(reply)); });
        if (!cluster)
            return fail(cluster.error());
        std::vector<std::string> names;
        if (m_entity.kind->resource == ConfigResourceKind::Topic) {
            for (const TopicDescription& topic : cluster->topics)
                names.push_back(topic.name);
            return inJavaHashOrder(
                std::move(names), [](const std::string& name) { return javaHash(name); });
        }
        for (const BrokerDescription& broker : cluster->brokers)
            names.push_back(std::to_string(broker.id.value()));
        names.emplace_back();
        return names;
    }

    Result<void> describeOne(const std::string& name)
    {
        if (m_entity.kind->resource == ConfigResourceKind::Topic) {
            if (const std::string problem = problemOfTopicName(name); !problem.empty())
                return fail(ErrorCode::InvalidTopicException, problem);
        }
        auto details = m_session.ask<std::vector<ConfigDetail>>([&](auto reply) {
            m_session.cluster().describeConfigDetails(
                {m_entity.kind->resource, name}, std::move(reply));
        });
        const std::string_view plural = m_entity.kind->plural;
        const std::string_view singular = plural.substr(0, plural.size() - 1);
        if (!details && details.error().code == ErrorCode::UnknownTopicOrPartition) {
            m_session.io().out(fmt::format(
                "The {} '{}' doesn't exist and doesn't have dynamic config.\n", singular, name));
            return {};
        }
        if (!details)
            return fail(details.error());
        std::string text = name.empty()
            ? fmt::format("Default configs for {} in the cluster are:\n", plural)
            : fmt::format(
                "{} configs for {} {} are:\n", m_showsAll ? "All" : "Dynamic", singular, name);
        std::ranges::sort(
            *details, {}, [](const ConfigDetail& detail) { return detail.entry.name; });
        for (const ConfigDetail& detail : *details) {
            if (isShown(detail, name.empty()))
                text += lineOf(detail);
        }
        m_session.io().out(text);
        return {};
    }

    bool isShown(const ConfigDetail& detail, bool isDefault) const
    {
        if (m_showsAll || !m_entity.kind->ownSource)
            return true;
        const bool isBroker = m_entity.kind->resource == ConfigResourceKind::Broker;
        return detail.entry.source
            == (isBroker && isDefault ? ConfigSource::DynamicDefaultBroker
                                      : *m_entity.kind->ownSource);
    }

    static std::string lineOf(const ConfigDetail& detail)
    {
        std::string synonyms;
        for (const ConfigSynonym& synonym : detail.synonyms)
            synonyms += fmt::format("{}{}:{}={}", synonyms.empty() ? "" : ", ",
                nameOf(synonym.source), synonym.name, synonym.value.value_or("null"));
        return fmt::format("  {}={} sensitive={} synonyms={{{}}}\n", detail.entry.name,
            detail.entry.value.value_or("null"), detail.entry.isSensitive, synonyms);
    }

    ToolSession& m_session;
    Entity m_entity;
    bool m_showsAll;
};

std::string joined(std::span<const std::string> args)
{
    std::string text;
    for (const std::string& arg : args)
        text += (text.empty() ? "" : " ") + arg;
    return text;
}

} // namespace

int runKafkaConfigs(std::span<const std::string> args, ToolIo& io)
{
    const auto refused = [&io](const Error& error) {
        io.err(error.message + "\n");
        return 1;
    };
    const auto options = parseOptions(kOptions, args);
    if (!options)
        return refused(options.error());
    if (const auto status = beginCommand(kCommand, *options, io, !args.empty()))
        return *status;
    if (options->count({"alter", "describe"}) != 1)
        return usageError(
            kCommand, io, "Command must include exactly one action: --describe, --alter");
    auto entity = entityOf(*options);
    if (!entity)
        return refused(entity.error());
    if (!options->has("bootstrap-server"))
        return refused({ErrorCode::LocalInvalidArgument,
            "One of the required --bootstrap-server or --bootstrap-controller arguments must be "
            "specified"});
    if (options->has("alter") && options->count({"add-config", "add-config-file"}) == 2)
        return refused({ErrorCode::LocalInvalidArgument,
            "Only one of --add-config or --add-config-file must be specified"});
    if (options->has("alter")
        && options->count({"add-config", "add-config-file", "delete-config"}) == 0)
        return refused({ErrorCode::LocalInvalidArgument,
            "At least one of --add-config, --add-config-file, or --delete-config must be specified "
            "with --alter"});
    auto properties = propertiesOfFile(options->value("command-config"));
    auto operations = operationsOf(*options);
    if (!properties || !operations)
        return refused(properties ? operations.error() : properties.error());
    auto session = ToolSession::open(
        io, {options->value("bootstrap-server"), std::move(*properties), "kafka-configs"});
    if (!session)
        return refused(session.error());
    ConfigCommand command(**session, std::move(*entity), options->has("all"));
    const auto done
        = options->has("describe") ? command.describe() : command.alter(std::move(*operations));
    if (done)
        return 0;
    io.err(fmt::format("Error while executing config command with args '{}'\n", joined(args)));
    io.err(fmt::format("java.util.concurrent.ExecutionException: {}: {}\n",
        exceptionName(done.error()), done.error().message));
    return 1;
}

} // namespace moldau::tools
