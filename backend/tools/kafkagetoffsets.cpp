#include "tools/kafkagetoffsets.h"

#include "tools/command.h"
#include "tools/partitionfilter.h"
#include "tools/toolsession.h"

#include <algorithm>
#include <charconv>
#include <map>

namespace moldau::tools {

namespace {

using namespace moldau::client;
using Argument = OptionSpec::Argument;

constexpr OptionSpec kOptions[] = {
    kHelpOption,
    kVersionOption,
    {"bootstrap-server", Argument::Required, "HOST:PORT,…",
        "Required: one or more brokers of the cluster."},
    {"topic-partitions", Argument::Required, "TOPIC:0-3,…",
        "Topics as regular expressions with partitions: N, N-M (without M), N-, -M."},
    {"topic", Argument::Required, "NAME",
        "The topic, also a regular expression; without it all topics."},
    {"partitions", Argument::Required, "0,1,…", "Only these partitions."},
    {"time", Argument::Required, "TIME",
        "Milliseconds since 1970, or latest (-1), earliest (-2), max-timestamp (-3), "
        "earliest-local (-4), latest-tiered (-5), earliest-pending-upload (-6).",
        OptionSpec::Type::Text, false, "latest"},
    {"command-config", Argument::Required, "FILE",
        "Properties for the connection, for example TLS and SASL."},
    {"exclude-internal-topics", Argument::None, {}, "Leaves out Kafka's own topics."},
};
constexpr Command kCommand{"kafka-get-offsets", "Shows the offsets of partitions.", kOptions};

Result<std::int64_t> timeOf(const std::string& text)
{
    const std::pair<std::string_view, std::int64_t> names[] = {{"latest", OffsetSpec::kLatest},
        {"earliest", OffsetSpec::kEarliest}, {"max-timestamp", OffsetSpec::kMaxTimestamp},
        {"earliest-local", OffsetSpec::kEarliestLocal},
        {"latest-tiered", OffsetSpec::kLatestTiered},
        {"earliest-pending-upload", OffsetSpec::kEarliestPendingUpload}};
    for (const auto& [name, spec] : names) {
        if (text == name)
            return spec;
    }
    std::int64_t time = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), time);
    if (error != std::errc{} || end != text.data() + text.size())
        return fail(ErrorCode::LocalInvalidArgument,
            fmt::format("Malformed time argument {}. Please use -1 or latest / -2 or earliest / -3 "
                        "or max-timestamp / -4 or earliest-local / -5 or latest-tiered / -6 or "
                        "earliest-pending-upload, or a specified long format timestamp",
                text));
    return time;
}

Result<PartitionFilter> filterOf(const Options& options)
{
    if (!options.has("topic-partitions"))
        return PartitionFilter::byTopicAndPartitions(
            options.find("topic").value_or(".*"), options.value("partitions"));
    if (options.has("topic") || options.has("partitions"))
        return fail(ErrorCode::LocalInvalidArgument,
            "--topic-partitions cannot be used with --topic or --partitions");
    return PartitionFilter::byRules(options.value("topic-partitions"));
}

Result<void> run(
    ToolSession& session, const PartitionFilter& filter, std::int64_t time, bool excludesInternal)
{
    const auto cluster = session.ask<ClusterDescription>(
        [&](auto reply) { session.cluster().describeCluster(std::move(reply)); });
    if (!cluster)
        return fail(cluster.error());
    std::map<TopicPartition, std::int64_t> wanted;
    for (const TopicDescription& topic : cluster->topics) {
        for (const PartitionDescription& partition : topic.partitions) {
            if (filter.allows(topic.name, partition.index, excludesInternal))
                wanted[{topic.name, partition.index}] = time;
        }
    }
    if (wanted.empty())
        return fail(ErrorCode::LocalNotFound,
            "Could not match any topic-partitions with the specified filters");
    const auto found = session.ask<PerPartition<FoundOffset>>(
        [&](auto reply) { session.cluster().findOffsets(wanted, std::move(reply)); });
    if (!found)
        return fail(found.error());
    std::map<std::string, std::string> lines; // by "topic-partition" as text, as Kafka sorts them
    for (const auto& [at, offset] : *found) {
        if (!offset)
            session.io().err(
                fmt::format("Skip getting offsets for topic-partition {} due to error: {}: {}\n",
                    at.toString(), exceptionName(offset.error()), offset.error().message));
        else if (offset->offset >= 0)
            lines[at.toString()]
                = fmt::format("{}:{}:{}\n", at.topic, at.partition, offset->offset);
    }
    for (const auto& [name, line] : lines)
        session.io().out(line);
    return {};
}

} // namespace

int runKafkaGetOffsets(std::span<const std::string> args, ToolIo& io)
{
    const auto failed = [&io](const Error& error) {
        io.err(fmt::format("Error occurred: {}\n", error.message));
        return 1;
    };
    const auto options = parseOptions(kOptions, args);
    if (!options)
        return failed(options.error());
    if (const auto status = beginCommand(kCommand, *options, io, !args.empty()))
        return *status;
    if (const std::string missing = missingOf(*options, {"bootstrap-server"}); !missing.empty())
        return usageError(kCommand, io, missing);
    const auto time = timeOf(options->value("time"));
    const auto filter = filterOf(*options);
    if (!filter)
        return failed(filter.error());
    if (!time)
        return failed(time.error());
    auto properties = propertiesOfFile(options->value("command-config"));
    if (!properties)
        return failed(properties.error());
    auto session = ToolSession::open(
        io, {options->value("bootstrap-server"), std::move(*properties), "GetOffsetShell"});
    if (!session)
        return failed(session.error());
    const auto done = run(**session, *filter, *time, options->has("exclude-internal-topics"));
    return done ? 0 : failed(done.error());
}

} // namespace moldau::tools
