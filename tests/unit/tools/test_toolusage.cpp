#include "tools/tool.h"

#include <QTest>

using namespace moldau;
using namespace moldau::tools;

namespace {

struct Run {
    int status = -1;
    std::string out;
    std::string err;
};

Run run(const QString& line)
{
    Run result;
    ToolIo io;
    io.readLine = []() -> std::optional<std::string> { return std::nullopt; };
    io.out = [&](std::string_view text) { result.out += text; };
    io.err = [&](std::string_view text) { result.err += text; };
    std::vector<std::string> args;
    for (const QString& word : line.split(' ', Qt::SkipEmptyParts))
        args.push_back(word.toStdString());
    result.status = runTool(args, io);
    return result;
}

} // namespace

class TestToolUsage : public QObject {
    Q_OBJECT

private slots:
    void toolsAreFoundByAnyOfTheirNames()
    {
        QVERIFY(findTool("kafka-topics") != nullptr);
        QCOMPARE(findTool("kafka-topics.sh"), findTool("/opt/kafka/bin/kafka-topics"));
        QVERIFY(findTool("kafka-topic") == nullptr);
    }

    void misspeltToolsGetASuggestion()
    {
        const Run result
            = run("kafka-console-proucer --topic topic-test --broker-list broker:29092");
        QCOMPARE(result.status, 127);
        QCOMPARE(result.err,
            std::string("kafka-console-proucer: command not found\nDid you mean "
                        "kafka-console-producer?\n"));
    }

    void everyToolExplainsItself()
    {
        for (const Tool& tool : allTools()) {
            const Run help = run(QString::fromStdString(std::string(tool.name)) + " --help");
            QCOMPARE(help.status, 0);
            QVERIFY(help.out.find("--bootstrap-server") != std::string::npos);
            QCOMPARE(run(QString::fromStdString(std::string(tool.name))).status, 1);
            QVERIFY(run(QString::fromStdString(std::string(tool.name)) + " --version")
                        .out.starts_with("4.3.1"));
        }
    }

    // The first line of each complaint is what Apache Kafka 4.3.1's tool says.
    void wrongUsageIsSaidInKafkasWords_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("complaint");
        QTest::newRow("no action") << "kafka-topics --bootstrap-server a:1"
                                   << "Command must include exactly one action: --list, "
                                      "--describe, --create, --alter or --delete";
        QTest::newRow("two actions") << "kafka-topics --bootstrap-server a:1 --list --describe"
                                     << "Command must include exactly one action: --list, "
                                        "--describe, --create, --alter or --delete";
        QTest::newRow("no topic") << "kafka-topics --bootstrap-server a:1 --create"
                                  << "Missing required argument \"[topic]\"";
        QTest::newRow("no bootstrap") << "kafka-topics --list"
                                      << "--bootstrap-server must be specified";
        QTest::newRow("alter without partitions")
            << "kafka-topics --bootstrap-server a:1 --alter --topic t"
            << "Missing required argument \"[partitions]\"";
        QTest::newRow("assignment and partitions")
            << "kafka-topics --bootstrap-server a:1 --create --topic t --replica-assignment 1 "
               "--partitions 1"
            << "Option \"[replica-assignment]\" can't be used with option \"[partitions]\"";
        QTest::newRow("unknown option") << "kafka-topics --bootstrap-server a:1 --list --frobnicate"
                                        << "frobnicate is not a recognized option";
        QTest::newRow("topic and include")
            << "kafka-console-consumer --bootstrap-server a:1 --topic a --include b"
            << "Exactly one of the following arguments is required: [topic], [include]";
        QTest::newRow("offset without partition")
            << "kafka-console-consumer --bootstrap-server a:1 --topic a --offset 3"
            << "The partition is required when offset is specified.";
        QTest::newRow("negative offset")
            << "kafka-console-consumer --bootstrap-server a:1 --topic a --partition 0 --offset -3"
            << "The provided offset value '-3' is incorrect. Valid values are 'earliest', "
               "'latest', or a non-negative long.";
        QTest::newRow("group and partition")
            << "kafka-console-consumer --bootstrap-server a:1 --topic a --partition 0 --group g"
            << "Options group and partition cannot be specified together.";
        QTest::newRow("beginning and latest")
            << "kafka-console-consumer --bootstrap-server a:1 --topic a --from-beginning "
               "--command-property auto.offset.reset=latest"
            << "Can't simultaneously specify --from-beginning and 'auto.offset.reset=latest', "
               "please remove one option";
        QTest::newRow("groups without action")
            << "kafka-consumer-groups --bootstrap-server a:1"
            << "Command must include exactly one action: --list, --describe, --delete, "
               "--reset-offsets, --delete-offsets";
        QTest::newRow("describe without group")
            << "kafka-consumer-groups --bootstrap-server a:1 --describe"
            << "Option [describe] takes one of these options: [all-groups], [group]";
        QTest::newRow("bad state")
            << "kafka-consumer-groups --bootstrap-server a:1 --list --state nonsense"
            << "Invalid state list 'nonsense'. Valid states are: Reconciling, PreparingRebalance, "
               "CompletingRebalance, Assigning, Stable, Empty, Dead";
        QTest::newRow("bad time")
            << "kafka-get-offsets --bootstrap-server a:1 --time soon"
            << "Error occurred: Malformed time argument soon. Please use -1 or latest / -2 or "
               "earliest / -3 or max-timestamp / -4 or earliest-local / -5 or latest-tiered / -6 "
               "or earliest-pending-upload, or a specified long format timestamp";
        QTest::newRow("rules and topic")
            << "kafka-get-offsets --bootstrap-server a:1 --topic a --topic-partitions b"
            << "Error occurred: --topic-partitions cannot be used with --topic or --partitions";
        QTest::newRow("configs without action")
            << "kafka-configs --bootstrap-server a:1"
            << "Command must include exactly one action: --describe, --alter";
        QTest::newRow("configs without entity") << "kafka-configs --bootstrap-server a:1 --describe"
                                                << "At least one entity type must be specified";
        QTest::newRow("bad entity")
            << "kafka-configs --bootstrap-server a:1 --describe --entity-type topic"
            << "Invalid entity type topic, the entity type must be one of topics, clients, users, "
               "brokers, ips, client-metrics, groups, broker-loggers with a --bootstrap-server or "
               "--bootstrap-controller argument";
        QTest::newRow("bad config")
            << "kafka-configs --bootstrap-server a:1 --alter --topic t --add-config foo"
            << "requirement failed: Invalid entity config: all configs to be added must be in the "
               "format \"key=val\" or  \"key=[val1,val2]\" to group values which contain commas.";
    }
    void wrongUsageIsSaidInKafkasWords()
    {
        QFETCH(QString, line);
        QFETCH(QString, complaint);
        const Run result = run(line);
        QCOMPARE(result.status, 1);
        QCOMPARE(QString::fromStdString(result.err).section('\n', 0, 0), complaint);
    }

    void oldNamesOfOptionsAreWarnedOf()
    {
        const Run producer = run("kafka-console-producer --bootstrap-server a:1 --topic t "
                                 "--property key.separator=, --property headers.separator=: ");
        QVERIFY(producer.out.starts_with("Warning: --property is deprecated and will be removed in "
                                         "a future version. Use --reader-property instead.\n"));
        const Run consumer = run("kafka-console-consumer --bootstrap-server a:1 --topic t "
                                 "--property value.deserializer=x.Y");
        QVERIFY(consumer.out.starts_with("Option --property is deprecated and will be removed in a "
                                         "future version. Use --formatter-property instead.\n"));
    }

    void aMissingBrokerIsSaidInOneLine()
    {
        const Run result = run("kafka-topics --bootstrap-server 127.0.0.1:1 --list");
        QCOMPARE(result.status, 1);
        QVERIFY2(result.out.starts_with(
                     "Error while executing topic command : No broker can be reached: 127.0.0.1:1"),
            result.out.c_str());
    }

    void namesAreResolvedAsInsideTheNetwork()
    {
        ToolIo io;
        std::string asked;
        io.out = [](std::string_view) {};
        io.err = [](std::string_view) {};
        io.resolver = [&asked](const Endpoint& endpoint) {
            asked = toString(endpoint);
            return Endpoint{"127.0.0.1", 1};
        };
        const std::vector<std::string> args{
            "kafka-topics", "--bootstrap-server", "broker:29092", "--list"};
        QCOMPARE(runTool(args, io), 1);
        QCOMPARE(asked, std::string("broker:29092"));
    }
};

QTEST_GUILESS_MAIN(TestToolUsage)
#include "test_toolusage.moc"
