#include "tools/kafkaconsoleproducer.h"

#include "tools/command.h"
#include "tools/linereader.h"
#include "tools/toolsession.h"

#include <atomic>
#include <vector>

namespace moldau::tools {

namespace {

using namespace moldau::client;
using Argument = OptionSpec::Argument;
using Type = OptionSpec::Type;

constexpr OptionSpec kOptions[] = {
    kHelpOption,
    kVersionOption,
    {"topic", Argument::Required, "NAME", "Required: where the records go."},
    {"bootstrap-server", Argument::Required, "HOST:PORT,…",
        "Required: one or more brokers of the cluster."},
    {"sync", Argument::None, {},
        "Waits for each record's acknowledgement before the next line is read."},
    {"compression-codec", Argument::Optional, "CODEC",
        "none, gzip, snappy, lz4 or zstd; without a value gzip."},
    {"batch-size", Argument::Required, "BYTES", "How big a batch of one partition may grow.",
        Type::Int},
    {"max-partition-memory-bytes", Argument::Required, "BYTES", "The old name of --batch-size.",
        Type::Int},
    {"max-memory-bytes", Argument::Required, "BYTES", "How much may wait to be sent.", Type::Long},
    {"message-send-max-retries", Argument::Required, "N",
        "How often a record is sent again after a passing error.", Type::Int},
    {"retry-backoff-ms", Argument::Required, "MS", "How long to wait before that.", Type::Long},
    {"timeout", Argument::Required, "MS",
        "How long a batch waits for more records (linger.ms); without it lines go at once.",
        Type::Long},
    {"request-required-acks", Argument::Required, "ACKS",
        "0, 1 or all (-1): who has to have the record.", Type::Text, false, "-1"},
    {"request-timeout-ms", Argument::Required, "MS", "How long a broker may take to answer.",
        Type::Int},
    {"metadata-expiry-ms", Argument::Required, "MS", "After how long metadata are asked for again.",
        Type::Long},
    {"socket-buffer-size", Argument::Required, "BYTES", "The size of the socket's buffer.",
        Type::Int},
    {"reader-property", Argument::Required, "NAME=VALUE",
        "How lines are read: parse.key, key.separator, parse.headers, headers.delimiter, "
        "headers.separator, headers.key.separator, null.marker, ignore.error.",
        Type::Text, true},
    {"property", Argument::Required, "NAME=VALUE", "The old name of --reader-property.", Type::Text,
        true},
    {"reader-config", Argument::Required, "FILE", "A file of such properties."},
    {"command-property", Argument::Required, "NAME=VALUE",
        "A property of the producer, for example acks=all.", Type::Text, true},
    {"producer-property", Argument::Required, "NAME=VALUE", "The old name of --command-property.",
        Type::Text, true},
    {"command-config", Argument::Required, "FILE", "A file of such properties."},
    {"producer.config", Argument::Required, "FILE", "The old name of --command-config."},
};
constexpr Command kCommand{
    "kafka-console-producer", "Sends each line of standard input as a record.", kOptions};

/** Old names still work, and say so where Kafka's tool says so: on standard output. */
constexpr RenamedOption kRenamed[] = {{"property", "reader-property"},
    {"producer-property", "command-property"}, {"producer.config", "command-config"}};

/** The producer's properties: file, then --command-property, then the options that were given. */
Result<Properties> producerProperties(const Options& options)
{
    auto properties = propertiesOfFile(firstGiven(options, "command-config", "producer.config"));
    if (!properties)
        return properties;
    *properties
        = client::joined(std::move(*properties), keyValues(options.values("producer-property")));
    *properties
        = client::joined(std::move(*properties), keyValues(options.values("command-property")));
    if (options.has("compression-codec")) {
        const std::string codec = options.value("compression-codec");
        properties->emplace_back("compression.type", codec.empty() ? "gzip" : codec);
    }
    const std::pair<std::string_view, std::string_view> byOption[] = {{"timeout", "linger.ms"},
        {"batch-size", "batch.size"}, {"max-partition-memory-bytes", "batch.size"},
        {"max-memory-bytes", "buffer.memory"}, {"message-send-max-retries", "retries"},
        {"retry-backoff-ms", "retry.backoff.ms"}, {"request-timeout-ms", "request.timeout.ms"},
        {"metadata-expiry-ms", "metadata.max.age.ms"}, {"socket-buffer-size", "send.buffer.bytes"}};
    for (const auto& [option, property] : byOption) {
        if (options.has(option))
            properties->emplace_back(property, options.value(option));
    }
    return properties;
}

Result<Acks> acksOf(const Options& options, const Properties& properties)
{
    const std::string* property = findProperty(properties, "acks");
    const std::string text = property != nullptr && !options.has("request-required-acks")
        ? *property
        : options.value("request-required-acks");
    if (text == "all" || text == "-1")
        return Acks::All;
    if (text == "1")
        return Acks::Leader;
    if (text == "0")
        return Acks::None;
    return fail(ErrorCode::LocalInvalidArgument,
        fmt::format(
            "Invalid value {} for configuration acks: String must be one of: all, -1, 0, 1", text));
}

/** Counts what is on its way, so that neither memory grows nor the end comes too early. */
struct InFlight {
    static constexpr std::size_t kMax = 10'000;
    std::size_t count = 0;
};

/** Reads lines until there are none, sends each. */
class Sending {
public:
    Sending(ToolSession& session, LineReader reader, Acks acks, bool isSync)
        : m_session(session)
        , m_reader(std::move(reader))
        , m_acks(acks)
        , m_isSync(isSync)
    {
    }

    int run()
    {
        const int status = readLines();
        m_session.waitUntil([this] { return m_inFlight->count == 0; });
        return status;
    }

private:
    int readLines()
    {
        ToolIo& io = m_session.io();
        for (;;) {
            if (io.isInteractive)
                io.out(">");
            const auto line = io.readLine();
            if (!line || m_session.isStopped())
                return 0;
            auto record = m_reader.recordOf(*line);
            if (!record) {
                io.err(fmt::format(
                    "org.apache.kafka.common.KafkaException: {}\n", record.error().message));
                return 1;
            }
            record->acks = m_acks;
            if (m_isSync) {
                if (const auto sent = sendAndWait(std::move(*record)); !sent)
                    return failed(sent.error());
            } else {
                send(std::move(*record));
            }
            reportFailures();
        }
    }

    Result<SendReceipt> sendAndWait(RecordToSend record)
    {
        return m_session.ask<SendReceipt>(
            [&](auto reply) { m_session.cluster().send(std::move(record), std::move(reply)); });
    }

    void send(RecordToSend record)
    {
        m_session.waitUntil([this] { return m_inFlight->count < InFlight::kMax; });
        m_session.locked([this] { ++m_inFlight->count; });
        const std::string context = fmt::format(
            "Error when sending message to topic {} with key: {}, value: {} with error:",
            record.topic, sizeOf(record.key), sizeOf(record.value));
        m_session.cluster().send(std::move(record),
            [stop = m_session.io().stop, inFlight = m_inFlight, failures = m_failures, context](
                Result<SendReceipt> receipt) {
                ToolSession::announce(*stop, [&] {
                    --inFlight->count;
                    if (!receipt)
                        failures->push_back(fmt::format("{} {}: {}", context,
                            exceptionName(receipt.error()), receipt.error().message));
                });
            });
    }

    void reportFailures()
    {
        const auto failures = m_session.locked([this] { return std::exchange(*m_failures, {}); });
        for (const std::string& failure : failures)
            m_session.io().err(logLine("ERROR", failure,
                "org.apache.kafka.clients.producer.internals.ErrorLoggingCallback"));
    }

    int failed(const Error& error)
    {
        m_session.io().err(fmt::format("{}: {}\n", exceptionName(error), error.message));
        return 1;
    }

    static std::string sizeOf(const std::optional<Bytes>& bytes)
    {
        return bytes ? fmt::format("{} bytes", bytes->size()) : "null";
    }

    friend int sendLines(ToolSession&, LineReader, Acks, bool);

    ToolSession& m_session;
    LineReader m_reader;
    Acks m_acks;
    bool m_isSync;
    // Shared with callbacks that may come after a stop.
    std::shared_ptr<InFlight> m_inFlight = std::make_shared<InFlight>();
    std::shared_ptr<std::vector<std::string>> m_failures
        = std::make_shared<std::vector<std::string>>();
};

int sendLines(ToolSession& session, LineReader reader, Acks acks, bool isSync)
{
    Sending sending(session, std::move(reader), acks, isSync);
    const int status = sending.run();
    sending.reportFailures();
    return status;
}

} // namespace

int runKafkaConsoleProducer(std::span<const std::string> args, ToolIo& io)
{
    const auto options = parseOptions(kOptions, args);
    if (!options)
        return usageError(kCommand, io, options.error().message);
    if (const auto status = beginCommand(kCommand, *options, io, !args.empty()))
        return *status;
    if (const std::string missing = missingOf(*options, {"topic", "bootstrap-server"});
        !missing.empty())
        return usageError(kCommand, io, missing);
    if (const std::string problem = problemOfBothNames(*options,
            {{"command-config", "producer.config"}, {"command-property", "producer-property"},
                {"reader-property", "property"}});
        !problem.empty())
        return usageError(kCommand, io, problem);
    for (const std::string& option : oldNamesOf(*options, kRenamed))
        io.out(fmt::format("Warning: {}\n", option));
    if (options->has("max-partition-memory-bytes"))
        io.out("Warning: --max-partition-memory-bytes is deprecated and will be removed in Apache "
               "Kafka 5.0. Use --batch-size instead.\n");
    auto lineProperties = propertiesOfFile(options->value("reader-config"));
    auto properties = producerProperties(*options);
    if (!lineProperties || !properties)
        return usageError(
            kCommand, io, (lineProperties ? properties : lineProperties).error().message);
    *lineProperties = client::joined(
        client::joined(std::move(*lineProperties), keyValues(options->values("property"))),
        keyValues(options->values("reader-property")));
    auto reader = LineReader::make(options->value("topic"), *lineProperties);
    if (!reader)
        return usageError(kCommand, io, reader.error().message);
    const auto acks = acksOf(*options, *properties);
    if (!acks)
        return usageError(kCommand, io, acks.error().message);
    std::erase_if(*properties,
        [](const auto& property) { return property.first == "acks"; }); // each record says it
    const std::string* clientId = findProperty(*properties, "client.id");
    auto session = ToolSession::open(io,
        {options->value("bootstrap-server"), *properties,
            clientId == nullptr ? "console-producer" : *clientId});
    if (!session)
        return usageError(kCommand, io, session.error().message);
    return sendLines(**session, std::move(*reader), *acks, options->has("sync"));
}

} // namespace moldau::tools
