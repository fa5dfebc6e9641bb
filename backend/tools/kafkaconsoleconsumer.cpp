#include "tools/kafkaconsoleconsumer.h"

#include "tools/command.h"
#include "tools/recordformatter.h"
#include "tools/toolsession.h"

#include <algorithm>
#include <charconv>
#include <random>
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
    {"topic", Argument::Required, "NAME", "The topic to read."},
    {"include", Argument::Required, "REGEX",
        "Reads all topics whose name fits, instead of --topic."},
    {"partition", Argument::Required, "N",
        "Reads this partition alone, from its end unless --offset says otherwise.", Type::Int},
    {"offset", Argument::Required, "OFFSET",
        "With --partition: where to begin, a number, earliest or latest.", Type::Text, false,
        "latest"},
    {"from-beginning", Argument::None, {},
        "Begins with the oldest record where the group has no offset yet."},
    {"group", Argument::Required, "NAME",
        "The group to read with; without it one with a made-up name."},
    {"max-messages", Argument::Required, "N", "Ends after so many records.", Type::Int},
    {"timeout-ms", Argument::Required, "MS", "Ends when no record has come for so long.",
        Type::Long},
    {"isolation-level", Argument::Required, "LEVEL",
        "read_committed leaves out what transactions haven't committed.", Type::Text, false,
        "read_uncommitted"},
    {"key-deserializer", Argument::Required, "CLASS",
        "What bytes of keys stand for, for example "
        "org.apache.kafka.common.serialization.LongDeserializer."},
    {"value-deserializer", Argument::Required, "CLASS", "The same for values."},
    {"formatter", Argument::Required, "CLASS",
        "Only Kafka's DefaultMessageFormatter and NoOpMessageFormatter are there.", Type::Text,
        false, "org.apache.kafka.tools.consumer.DefaultMessageFormatter"},
    {"formatter-property", Argument::Required, "NAME=VALUE",
        "What is shown: print.key, print.value, print.partition, print.offset, print.timestamp, "
        "print.headers, key.separator, line.separator, headers.separator, null.literal.",
        Type::Text, true},
    {"property", Argument::Required, "NAME=VALUE", "The old name of --formatter-property.",
        Type::Text, true},
    {"formatter-config", Argument::Required, "FILE", "A file of such properties."},
    {"command-property", Argument::Required, "NAME=VALUE",
        "A property of the consumer, for example auto.offset.reset=earliest.", Type::Text, true},
    {"consumer-property", Argument::Required, "NAME=VALUE", "The old name of --command-property.",
        Type::Text, true},
    {"command-config", Argument::Required, "FILE", "A file of such properties."},
    {"consumer.config", Argument::Required, "FILE", "The old name of --command-config."},
    {"skip-message-on-error", Argument::None, {}, "Goes on after a record that can't be shown."},
};
constexpr Command kCommand{
    "kafka-console-consumer", "Reads records and writes them to standard output.", kOptions};

/** Told on standard output, as by Kafka's tool. */
constexpr RenamedOption kRenamed[] = {{"property", "formatter-property"},
    {"consumer-property", "command-property"}, {"consumer.config", "command-config"}};

std::string usageProblem(const Options& options)
{
    if (options.count({"topic", "include"}) != 1)
        return "Exactly one of the following arguments is required: [topic], [include]";
    if (options.has("partition")) {
        if (!options.has("topic"))
            return "The topic is required when partition is specified.";
        if (options.has("from-beginning") && options.has("offset"))
            return "Options from-beginning and offset cannot be specified together.";
    } else if (options.has("offset")) {
        return "The partition is required when offset is specified.";
    }
    if (std::string problem = missingOf(options, {"bootstrap-server"}); !problem.empty())
        return problem;
    return problemOfBothNames(options,
        {{"consumer-property", "command-property"}, {"property", "formatter-property"},
            {"consumer.config", "command-config"}});
}

Result<StartPosition> startOf(const Options& options)
{
    using Kind = StartPosition::Kind;
    std::string text = options.value("offset");
    std::ranges::transform(text, text.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    if (options.has("from-beginning") || text == "earliest")
        return StartPosition{Kind::Beginning, 0};
    if (text == "latest")
        return StartPosition{Kind::End, 0};
    std::int64_t offset = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), offset);
    if (error != std::errc{} || end != text.data() + text.size() || offset < 0)
        return fail(ErrorCode::LocalInvalidArgument,
            fmt::format("The provided offset value '{}' is incorrect. Valid values are 'earliest', "
                        "'latest', or a non-negative long.",
                options.value("offset")));
    return StartPosition{Kind::Offset, offset};
}

/** Hands records from the connection's thread to the tool's, and waits until they are written: only
 * what was shown is committed. */
class Receiver final : public ConsumerListener {
public:
    explicit Receiver(std::shared_ptr<StopSignal> stop, ToolSession& session)
        : m_stop(std::move(stop))
        , m_session(session)
    {
    }

    void recordsArrived(std::vector<Record> records) override
    {
        ToolSession::announce(*m_stop, [&] {
            m_chunk = std::move(records);
            m_isChunkOpen = true;
        });
        m_session.waitUntil([this] { return !m_isChunkOpen || m_isClosed; });
    }
    void assignmentChanged(std::vector<std::pair<std::string, std::int32_t>>) override { }
    void failed(Error error) override
    {
        ToolSession::announce(*m_stop, [&] { m_failures.push_back(std::move(error)); });
    }
    void finished() override
    {
        ToolSession::announce(*m_stop, [&] { m_isFinished = true; });
    }

    // The tool's side, inside ToolSession::locked, announce or waitUntil.
    bool hasNews() const { return m_isChunkOpen || !m_failures.empty() || m_isFinished; }
    std::vector<Record> takeChunk() { return std::exchange(m_chunk, {}); }
    void closeChunk() { m_isChunkOpen = false; }
    std::vector<Error> takeFailures() { return std::exchange(m_failures, {}); }
    bool isFinished() const { return m_isFinished; }
    /** Nobody takes chunks any more. */
    void close() { m_isClosed = true; }

private:
    std::shared_ptr<StopSignal> m_stop;
    ToolSession& m_session;
    std::vector<Record> m_chunk;
    std::vector<Error> m_failures;
    bool m_isChunkOpen = false;
    bool m_isFinished = false;
    bool m_isClosed = false;
};

/** Writes what comes until the end that was asked for. */
class Reading {
public:
    Reading(ToolSession& session, RecordFormatter formatter, bool isSilent,
        std::optional<std::chrono::milliseconds> timeout)
        : m_session(session)
        , m_formatter(std::move(formatter))
        , m_isSilent(isSilent)
        , m_timeout(timeout)
        , m_receiver(session.io().stop, session)
    {
    }

    int run(ConsumerOptions options)
    {
        const std::int64_t wanted = options.maxRecords;
        const auto consumer = m_session.cluster().consume(std::move(options), m_receiver);
        loop();
        ToolSession::announce(*m_session.io().stop, [this] { m_receiver.close(); });
        m_session.io().err(fmt::format("Processed a total of {} messages\n", m_count));
        // It ends by itself only after the last wanted record or an error that can't be mended.
        const bool isFinished = m_session.locked([this] { return m_receiver.isFinished(); });
        return isFinished && (wanted == 0 || m_count < wanted) ? 1 : 0;
    }

private:
    void loop()
    {
        for (;;) {
            const bool hasNews
                = m_session.waitUntil([this] { return m_receiver.hasNews(); }, m_timeout);
            // A chunk that came is shown whole, also after a stop: it counts as read.
            write(m_session.locked([this] { return m_receiver.takeChunk(); }));
            for (const Error& error :
                m_session.locked([this] { return m_receiver.takeFailures(); }))
                m_session.io().err(
                    logLine("WARN", error.message, "org.apache.kafka.clients.consumer"));
            const bool isFinished = m_session.locked([this] { return m_receiver.isFinished(); });
            ToolSession::announce(*m_session.io().stop, [this] { m_receiver.closeChunk(); });
            if (m_session.isStopped() || isFinished)
                return;
            if (!hasNews) {
                m_session.io().err(
                    logLine("ERROR", "Error processing message, terminating consumer process: ",
                        "org.apache.kafka.tools.consumer.ConsoleConsumer"));
                m_session.io().err("org.apache.kafka.common.errors.TimeoutException\n");
                return;
            }
        }
    }

    void write(const std::vector<Record>& records)
    {
        constexpr std::size_t kFlushAt = 1 << 16;
        std::string text;
        for (const Record& record : records) {
            ++m_count;
            if (!m_isSilent)
                m_formatter.append(text, record);
            if (text.size() >= kFlushAt) {
                m_session.io().out(text);
                text.clear();
            }
        }
        if (!text.empty())
            m_session.io().out(text);
    }

    ToolSession& m_session;
    RecordFormatter m_formatter;
    bool m_isSilent;
    std::optional<std::chrono::milliseconds> m_timeout;
    Receiver m_receiver;
    std::int64_t m_count = 0;
};

/** The one group that was named in up to three places; empty for none. */
Result<std::string> groupOf(const Options& options, const Properties& file, const Properties& given)
{
    std::vector<std::string> groups;
    const auto add = [&groups](const std::string& group) {
        if (std::ranges::find(groups, group) == groups.end())
            groups.push_back(group);
    };
    if (const std::string* group = findProperty(file, "group.id"))
        add(*group);
    if (const std::string* group = findProperty(given, "group.id"))
        add(*group);
    if (options.has("group"))
        add(options.value("group"));
    if (groups.size() > 1) {
        std::string list;
        for (const std::string& group : groups)
            list += fmt::format("{}'{}'", list.empty() ? "" : ", ", group);
        return fail(ErrorCode::LocalInvalidArgument,
            fmt::format("The group ids provided in different places (directly using '--group', via "
                        "'--consumer-property', or via '--consumer.config') do not match. Detected "
                        "group ids: {}",
                list));
    }
    if (!groups.empty() && options.has("partition"))
        return fail(ErrorCode::LocalInvalidArgument,
            "Options group and partition cannot be specified together.");
    return groups.empty() ? std::string() : groups.front();
}

Result<RecordFormatter> formatterOf(const Options& options)
{
    auto properties = propertiesOfFile(options.value("formatter-config"));
    if (!properties)
        return fail(properties.error());
    *properties = client::joined(
        client::joined(std::move(*properties), keyValues(options.values("property"))),
        keyValues(options.values("formatter-property")));
    if (options.has("key-deserializer"))
        properties->emplace_back("key.deserializer", options.value("key-deserializer"));
    if (options.has("value-deserializer"))
        properties->emplace_back("value.deserializer", options.value("value-deserializer"));
    return RecordFormatter::make(*properties);
}

Result<ConsumerOptions> consumerOptions(
    const Options& options, const std::string& group, const Properties& properties)
{
    const auto start = startOf(options);
    if (!start)
        return fail(start.error());
    const std::string* reset = findProperty(properties, "auto.offset.reset");
    if (reset != nullptr && options.has("from-beginning") && *reset != "earliest")
        return fail(ErrorCode::LocalInvalidArgument,
            fmt::format("Can't simultaneously specify --from-beginning and 'auto.offset.reset={}', "
                        "please remove one option",
                *reset));
    ConsumerOptions wanted;
    wanted.topics = {options.has("include") ? fmt::format("^({})$", options.value("include"))
                                            : options.value("topic")};
    wanted.start = *start;
    wanted.maxRecords = options.number("max-messages").value_or(0);
    const std::string* isolation = findProperty(properties, "isolation.level");
    wanted.readsCommitted = (isolation != nullptr && !options.has("isolation-level")
                                    ? *isolation
                                    : options.value("isolation-level"))
        == "read_committed";
    if (options.has("partition")) {
        wanted.partitions = {static_cast<std::int32_t>(*options.number("partition"))};
        return wanted;
    }
    if (reset != nullptr && *reset == "earliest")
        wanted.start.kind = StartPosition::Kind::Beginning;
    wanted.groupId = group.empty()
        ? fmt::format("console-consumer-{}", std::random_device{}() % 100'000)
        : group;
    return wanted;
}

} // namespace

int runKafkaConsoleConsumer(std::span<const std::string> args, ToolIo& io)
{
    const auto options = parseOptions(kOptions, args);
    if (!options)
        return usageError(kCommand, io, options.error().message);
    if (const auto status = beginCommand(kCommand, *options, io, !args.empty()))
        return *status;
    if (const std::string problem = usageProblem(*options); !problem.empty())
        return usageError(kCommand, io, problem);
    for (const std::string& option : oldNamesOf(*options, kRenamed))
        io.out(fmt::format("Option {}\n", option));
    const auto file = propertiesOfFile(firstGiven(*options, "command-config", "consumer.config"));
    if (!file)
        return usageError(kCommand, io, file.error().message);
    const Properties given = client::joined(keyValues(options->values("consumer-property")),
        keyValues(options->values("command-property")));
    const auto group = groupOf(*options, *file, given);
    if (!group)
        return usageError(kCommand, io, group.error().message);
    Properties properties = client::joined(*file, given);
    auto wanted = consumerOptions(*options, *group, properties);
    if (!wanted)
        return usageError(kCommand, io, wanted.error().message);
    const auto formatter = formatterOf(*options);
    if (!formatter)
        return usageError(kCommand, io, formatter.error().message);
    const std::string_view formatterClass = options->find("formatter").value_or("");
    const bool isSilent = formatterClass.ends_with("NoOpMessageFormatter");
    if (!isSilent && !formatterClass.ends_with("DefaultMessageFormatter"))
        return usageError(kCommand, io,
            fmt::format("The formatter {} is a Java class that can't run here.", formatterClass));

    // As Kafka's tool: a group with a made-up name leaves no offsets behind.
    if (group->empty() && findProperty(properties, "enable.auto.commit") == nullptr)
        properties.emplace_back("enable.auto.commit", "false");
    if (findProperty(properties, "allow.auto.create.topics") == nullptr)
        properties.emplace_back("allow.auto.create.topics", "true");
    const std::string* clientId = findProperty(properties, "client.id");
    wanted->clientId = clientId == nullptr ? "console-consumer" : *clientId;
    auto session
        = ToolSession::open(io, {options->value("bootstrap-server"), properties, wanted->clientId});
    if (!session)
        return usageError(kCommand, io, session.error().message);
    std::optional<std::chrono::milliseconds> timeout;
    if (const auto ms = options->number("timeout-ms"); ms && *ms >= 0)
        timeout = std::chrono::milliseconds(*ms);
    return Reading(**session, *formatter, isSilent, timeout).run(std::move(*wanted));
}

} // namespace moldau::tools
