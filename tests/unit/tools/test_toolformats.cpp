#include "tools/groupprinter.h"
#include "tools/javahashorder.h"
#include "tools/linereader.h"
#include "tools/partitionfilter.h"
#include "tools/recordformatter.h"
#include "tools/timetext.h"

#include <QTest>

using namespace moldau;
using namespace moldau::client;
using namespace moldau::tools;

namespace {

Bytes bytesOf(std::string_view text)
{
    return Bytes(text.begin(), text.end());
}

std::string textOf(const std::optional<Bytes>& bytes)
{
    return bytes ? std::string(asText(*bytes)) : "(null)";
}

std::string formatted(const Properties& properties, const Record& record)
{
    std::string out;
    RecordFormatter::make(properties)->append(out, record);
    return out;
}

/** What a group printer writes. */
struct Printed {
    ToolIo io;
    std::string out;
    std::string err;
    Printed()
    {
        io.out = [this](std::string_view text) { out += text; };
        io.err = [this](std::string_view text) { err += text; };
    }
};

GroupDetail liveGroup()
{
    GroupDetail group;
    group.summary = {"live", "Stable", "consumer", "uniform"};
    group.coordinatorId = BrokerId{3};
    group.coordinator = {"127.0.0.1", 39093};
    group.epoch = 2;
    group.targetEpoch = 2;
    GroupMemberDetail member;
    member.basics = {"72_V1IcGT-yj8AQR6hT44Q", "console-consumer", "/127.0.0.1", {}};
    member.epoch = 2;
    member.assigned = {{"orders.v1", 0}, {"orders.v1", 1}, {"orders.v1", 2}};
    member.target = member.assigned;
    group.members = {member};
    return group;
}

} // namespace

class TestToolFormats : public QObject {
    Q_OBJECT

private slots:
    // The orders and texts below are what Apache Kafka 4.3.1's tools printed.

    void listsComeInTheOrderOfJavasHashMap()
    {
        const auto byName = [](const std::string& name) { return javaHash(name); };
        const std::vector<std::string> topics{"assigned", "orders.v1", "topic-test"};
        QVERIFY(inJavaHashOrder(topics, byName, 3)
            == (std::vector<std::string>{"topic-test", "assigned", "orders.v1"}));
        const std::vector<std::string> four{
            "__consumer_offsets", "assigned", "orders.v1", "topic-test"};
        QVERIFY(inJavaHashOrder(four, byName, 4)
            == (std::vector<std::string>{
                "assigned", "orders.v1", "topic-test", "__consumer_offsets"}));
        QVERIFY(inJavaHashOrder(four, byName)
            == (std::vector<std::string>{
                "orders.v1", "topic-test", "assigned", "__consumer_offsets"}));
        const std::vector<TopicPartition> partitions{
            {"orders.v1", 0}, {"orders.v1", 1}, {"orders.v1", 2}};
        const auto byPartition = [](const TopicPartition& at) { return javaHash(at); };
        QCOMPARE(inJavaHashOrder(partitions, byPartition)[0].partition, 1);
        QCOMPARE(inJavaHashOrder(partitions, byPartition)[1].partition, 0);
    }

    void stringsHashAsInJava()
    {
        QCOMPARE(javaHash(std::string_view("kafka")), 101807910);
        QCOMPARE(
            javaHash(std::string_view("\xec\xb9\xb4")), 0xce74); // one UTF-16 unit is its own hash
    }

    void linesBecomeRecords()
    {
        auto plain = LineReader::make("t", {});
        const auto record = plain->recordOf("a\tb");
        QVERIFY(record);
        QCOMPARE(textOf(record->key), std::string("(null)"));
        QCOMPARE(textOf(record->value), std::string("a\tb"));

        auto full = LineReader::make(
            "t", {{"parse.key", "true"}, {"parse.headers", " TRUE"}, {"null.marker", "NULL"}});
        const auto headers = full->recordOf("h1:v1,h2:NULL\tk1\tvalue1");
        QVERIFY(headers);
        QCOMPARE(headers->headers.size(), std::size_t(2));
        QCOMPARE(textOf(headers->headers[0].value), std::string("v1"));
        QCOMPARE(textOf(headers->headers[1].value), std::string("(null)"));
        QCOMPARE(textOf(headers->key), std::string("k1"));
        const auto nulls = full->recordOf("NULL\tk2\tNULL");
        QVERIFY(nulls && nulls->headers.empty());
        QCOMPARE(textOf(nulls->value), std::string("(null)"));
    }

    void linesThatDontFitAreComplainedOfWithTheirNumber()
    {
        auto reader = LineReader::make("t", {{"parse.key", "true"}, {"key.separator", ":"}});
        QVERIFY(reader->recordOf("a:1"));
        const auto record = reader->recordOf("nokey");
        QVERIFY(!record);
        QCOMPARE(record.error().message,
            std::string("No key separator found on line number 2: 'nokey'"));
        auto lenient = LineReader::make("t", {{"parse.key", "true"}, {"ignore.error", "true"}});
        QCOMPARE(textOf(lenient->recordOf("nokey")->value), std::string("nokey"));
        QVERIFY(!LineReader::make("t", {{"headers.separator", ":"}}));
    }

    void recordsAreShownAsKafkasFormatterShowsThem()
    {
        Record record;
        record.partition = 1;
        record.offset = 7;
        record.timestampMs = 1795402840397;
        record.key = bytesOf("k1");
        record.value = bytesOf("value1");
        record.headers = {{"h1", bytesOf("v1")}, {"h2", std::nullopt}};
        QCOMPARE(formatted({}, record), std::string("value1\n"));
        QCOMPARE(formatted(
                     {{"print.key", "true"}, {"print.partition", "true"}, {"print.offset", "true"}},
                     record),
            std::string("Partition:1\tOffset:7\tk1\tvalue1\n"));
        QCOMPARE(formatted({{"print.timestamp", "true"}, {"print.delivery", "true"},
                               {"print.epoch", "true"}, {"print.headers", "true"},
                               {"print.value", "false"}},
                     record),
            std::string("CreateTime:1795402840397\tDelivery:NOT_PRESENT\tEpoch:NOT_PRESENT\th1:v1,"
                        "h2:null\n"));
        record.headers.clear();
        record.value.reset();
        QCOMPARE(
            formatted(
                {{"print.headers", "true"}, {"null.literal", "-"}, {"key.separator", "|"}}, record),
            std::string("NO_HEADERS|-\n"));
        record.value = Bytes{0, 0, 0, 0, 0, 0, 1, 0};
        QCOMPARE(formatted({{"value.deserializer",
                               "org.apache.kafka.common.serialization.LongDeserializer"}},
                     record),
            std::string("256\n"));
        QVERIFY(!RecordFormatter::make({{"value.deserializer", "com.example.Own"}}));
    }

    void partitionsAreChosenByRule()
    {
        const auto filter = PartitionFilter::byRules("orders.*:1-,t:0-2,:7");
        QVERIFY(filter);
        QVERIFY(!filter->allows("orders.v1", 0, false) && filter->allows("orders.v1", 1, false));
        QVERIFY(filter->allows("t", 1, false) && !filter->allows("t", 2, false));
        QVERIFY(
            filter->allows("anything", 7, false) && !filter->allows("__consumer_offsets", 7, true));
        QVERIFY(!PartitionFilter::byTopicAndPartitions("t", "1,x"));
    }

    void timesAreReadAsJavaReadsThem()
    {
        QCOMPARE(timestampOf("1970-01-01T00:00:00.000").value_or(-1), 0);
        QCOMPARE(timestampOf("2020-01-01T01:00:00.5+01:00").value_or(-1), 1577836800500);
        QCOMPARE(timestampOf("2020-01-01T00:00:00Z").value_or(-1), 1577836800000);
        QVERIFY(!timestampOf("2020-01-01"));
        QVERIFY(!timestampOf("2020-02-30T00:00:00.000"));
        QCOMPARE(millisecondsOfDuration("P1DT2H3M4.5S").value_or(-1), 93784500);
        QCOMPARE(millisecondsOfDuration("PT0S").value_or(-1), 0);
        QCOMPARE(millisecondsOfDuration("-pt1m").value_or(-1), -60000);
        QVERIFY(!millisecondsOfDuration("P1M"));
        QVERIFY(!millisecondsOfDuration("PT"));
        QVERIFY(!millisecondsOfDuration("1D"));
    }

    void offsetsOfAGroupStandInKafkasColumns()
    {
        Printed printed;
        GroupDetail group;
        group.summary = {"g1", "Empty", "classic", ""};
        GroupPrinter(printed.io)
            .printOffsets(group,
                {{TopicPartition{"orders.v1", 0}, 0, std::nullopt, 0},
                    {TopicPartition{"orders.v1", 2}, 2, 0, 2}},
                true);
        QCOMPARE(printed.err, std::string("\nConsumer group 'g1' has no active members.\n"));
        QCOMPARE(printed.out,
            std::string(
                "\nGROUP           TOPIC           PARTITION  LEADER-EPOCH    CURRENT-OFFSET  "
                "LOG-END-OFFSET  LAG             CONSUMER-ID     HOST            CLIENT-ID"
                "\ng1              orders.v1       0          -               0               0    "
                "           0               -               -               -"
                "\ng1              orders.v1       2          0               2               2    "
                "           0               -               -               -\n"));
    }

    void membersOfAGroupStandInKafkasColumns()
    {
        Printed printed;
        GroupPrinter(printed.io).printMembers(liveGroup(), true);
        QCOMPARE(printed.out,
            std::string("\nGROUP           CONSUMER-ID            HOST            CLIENT-ID        "
                        "#PARTITIONS     CURRENT-EPOCH   CURRENT-ASSIGNMENT   TARGET-EPOCH    "
                        "TARGET-ASSIGNMENT   "
                        "\nlive            72_V1IcGT-yj8AQR6hT44Q /127.0.0.1      console-consumer "
                        "3               2               orders.v1:0,1,2      2               "
                        "orders.v1:0,1,2     \n"));
    }

    void stateOfAGroupStandsInKafkasColumns()
    {
        Printed printed;
        GroupPrinter(printed.io).printState(liveGroup(), true);
        QCOMPARE(printed.out,
            std::string("\nGROUP           COORDINATOR (ID)          ASSIGNMENT-STRATEGY  STATE    "
                        "            GROUP-EPOCH     TARGET-ASSIGNMENT-EPOCH   #MEMBERS"
                        "\nlive            127.0.0.1:39093  (3)      uniform              Stable   "
                        "            2               2                         1\n"));
    }

    void newOffsetsStandInKafkasColumns()
    {
        Printed printed;
        GroupPrinter(printed.io)
            .printNewOffsets({{"g1", {{{"orders.v1", 1}, 2}, {{"orders.v1", 0}, 0}}}});
        QCOMPARE(printed.out,
            std::string(
                "\nGROUP           TOPIC           PARTITION  NEW-OFFSET\ng1              "
                "orders.v1       1          2\ng1              orders.v1       0          0\n"));
    }

    void groupsAreListedWithTypeAndState()
    {
        Printed printed;
        GroupPrinter(printed.io)
            .printList({{"console-consumer-82395", "Empty", "classic", "consumer"}}, true, true);
        QCOMPARE(printed.out,
            std::string(
                "GROUP                            TYPE                 STATE               \n"
                "console-consumer-82395           Classic              Empty               \n"));
    }
};

QTEST_GUILESS_MAIN(TestToolFormats)
#include "test_toolformats.moc"
