#include "compose/doctor.h"
#include "compose/project.h"
#include "compose/yamlnode.h"
#include "samples.h"

#include <QTest>

using namespace moldau::compose;

namespace {

std::string codes(const Diagnosis& diagnosis)
{
    std::string list;
    for (const Finding& finding : diagnosis.findings) {
        if (!list.empty())
            list += ' ';
        list += std::to_string(finding.position.line) + ':'
            + std::to_string(finding.position.column) + ' ' + finding.code;
    }
    return list;
}

const Finding* finding(const Diagnosis& diagnosis, std::string_view code)
{
    for (const Finding& each : diagnosis.findings) {
        if (each.code == code)
            return &each;
    }
    return nullptr;
}

bool isSameYaml(const YamlNode& a, const YamlNode& b)
{
    const auto areSame = [](const YamlPtr& x, const YamlPtr& y) { return isSameYaml(*x, *y); };
    const auto areSameEntries = [](const YamlNode::Entry& x, const YamlNode::Entry& y) {
        return isSameYaml(*x.first, *y.first) && isSameYaml(*x.second, *y.second);
    };
    return a.kind == b.kind && a.value == b.value && std::ranges::equal(a.items, b.items, areSame)
        && std::ranges::equal(a.entries, b.entries, areSameEntries);
}

/** The course's broker with lines of its environment put in place of others. */
QByteArray courseWith(const char* from, const char* to)
{
    QByteArray text = QByteArray::fromStdString(sample("one-broker-zookeeper.yaml"));
    if (!text.contains(from))
        qFatal("no %s in the sample", from);
    return text.replace(from, to);
}

} // namespace

class TestDoctor : public QObject {
    Q_OBJECT
private slots:
    void soundFilesHaveNoErrors_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("found");
        QTest::newRow("course") << "one-broker-zookeeper.yaml"
                                << "13:3 MLD036"; // hints: transactions
        QTest::newRow("three brokers") << "three-brokers-kraft.yaml"
                                       << "";
        QTest::newRow("connect and registry") << "with-connect-and-registry.yaml"
                                              << "";
    }
    void soundFilesHaveNoErrors()
    {
        QFETCH(QString, file);
        QFETCH(QString, found);
        const std::string text = sample(file.toLatin1().constData());
        const Diagnosis diagnosis = examine(text, {});
        QCOMPARE(QString::fromStdString(codes(diagnosis)), found);
        QVERIFY(!diagnosis.hasErrors());
        QCOMPARE(repaired(text, {}), text);
    }

    void tabsAreNamedByLineAndColumnAndRepaired()
    {
        const std::string tabbed = sample("mistake-tabs.yaml");
        const Diagnosis diagnosis = examine(tabbed, {});
        QVERIFY(diagnosis.hasErrors());
        QCOMPARE(finding(diagnosis, "MLD001")->position, (Position{8, 1}));
        QCOMPARE(std::ranges::count(diagnosis.findings, "MLD001", &Finding::code), 17);
        const std::string whole = repaired(tabbed, {});
        QVERIFY(isSameYaml(**parseYaml(whole), **parseYaml(sample("one-broker-zookeeper.yaml"))));
        QVERIFY(!examine(whole, {}).hasErrors());
        QVERIFY(whole.starts_with("# A mistake to find"));
    }
    void placesBehindTabsAreThoseOfTheFile()
    {
        const std::string text = "services:\n\tb:\n\t\timage: apache/kafka\n\t\tprots: []\n";
        QCOMPARE(QString::fromStdString(codes(examine(text, {}))),
            QString("2:1 MLD001 2:2 MLD033 3:1 MLD001 4:1 MLD001 4:3 MLD005"));
    }
    void misspeltVariableIsNamedWithKafkasWords()
    {
        const std::string text = sample("mistake-misspelt-variable.yaml");
        const Diagnosis diagnosis = examine(text, {});
        const Finding* spelling = finding(diagnosis, "MLD020");
        QVERIFY(spelling != nullptr);
        QVERIFY(spelling->message.text().find("did you mean KAFKA_LISTENER_SECURITY_PROTOCOL_MAP?")
            != std::string::npos);
        QCOMPARE(spelling->position, (Position{24, 7}));
        const Finding* start = finding(diagnosis, "MLD030");
        QVERIFY(start != nullptr);
        QVERIFY(start->message.text().ends_with(
            "Error creating broker listeners from "
            "'PLAINTEXT://0.0.0.0:29092,PLAINTEXT_HOST://0.0.0.0:9092': "
            "No security protocol defined for listener PLAINTEXT_HOST"));
        QCOMPARE(start->fix.text(),
            std::string("KAFKA_LISTNER_SECURITY_PROTOCOL_MAP was meant to be "
                        "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP"));
        QVERIFY(isSameYaml(
            **parseYaml(repaired(text, {})), **parseYaml(sample("one-broker-zookeeper.yaml"))));
    }

    void mistakesOfOneBrokerAreFound_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("code");
        QTest::addColumn<int>("line");
        QTest::addColumn<int>("column");
        QTest::addColumn<bool>("isRepaired");
        const auto row = [](const char* name, const QByteArray& text, const char* code, int line,
                             int column, bool isRepaired) {
            QTest::newRow(name) << text << code << line << column << isRepaired;
        };
        row("missing map",
            courseWith("      KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: "
                       "PLAINTEXT:PLAINTEXT,PLAINTEXT_HOST:PLAINTEXT\n",
                ""),
            "MLD030", 23, 35, true);
        row("listener missing in the map",
            courseWith("PLAINTEXT:PLAINTEXT,PLAINTEXT_HOST:PLAINTEXT", "PLAINTEXT:PLAINTEXT"),
            "MLD030", 23, 35, true);
        row("missing inter-broker listener",
            courseWith("PLAINTEXT://broker:29092,PLAINTEXT_HOST://localhost:9092\n      "
                       "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: "
                       "PLAINTEXT:PLAINTEXT,PLAINTEXT_HOST:PLAINTEXT\n      "
                       "KAFKA_INTER_BROKER_LISTENER_NAME: PLAINTEXT\n",
                "IN://broker:29092,OUT://localhost:9092\n      "
                "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: IN:PLAINTEXT,OUT:PLAINTEXT\n"),
            "MLD037", 23, 35, true);
        row("unknown ZooKeeper",
            courseWith("zookeeper:2181\n      KAFKA_ADV", "zookeper:2181\n      KAFKA_ADV"),
            "MLD039", 22, 32, true);
        row("ZooKeeper on another port",
            courseWith("zookeeper:2181\n      KAFKA_ADV", "zookeeper:2182\n      KAFKA_ADV"),
            "MLD040", 22, 32, true);
        row("ZooKeeper at localhost",
            courseWith("zookeeper:2181\n      KAFKA_ADV", "localhost:2181\n      KAFKA_ADV"),
            "MLD039", 22, 32, true);
        row("port not published", courseWith("9092:9092", "8080:8080"), "MLD033", 23, 60, true);
        row("published elsewhere", courseWith("9092:9092", "9093:9092"), "MLD033", 19, 9, true);
        row("replication factor", courseWith("REPLICATION_FACTOR: 1", "REPLICATION_FACTOR: 3"),
            "MLD036", 26, 47, true);
        row("no replication factor",
            courseWith("      KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: 1\n", ""), "MLD036", 13, 3,
            true);
        row("bad number", courseWith("DELAY_MS: 0", "DELAY_MS: none"), "MLD023", 27, 47, false);
        row("number with a mark", courseWith("DELAY_MS: 0", "DELAY_MS: 3_000"), "MLD023", 27, 47,
            true);
        row("bad boolean",
            courseWith("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: 0",
                "KAFKA_AUTO_CREATE_TOPICS_ENABLE: yes"),
            "MLD023", 27, 40, true);
        row("unknown setting",
            courseWith("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: 0", "KAFKA_MAKE_COFFEE: 1"),
            "MLD021", 27, 7, false);
        row("notes' own names", courseWith("KAFKA_BROKER_ID: 1", "KAFKA_SERVER_ID: 1"), "MLD020",
            21, 7, true);
        row("two letters off", courseWith("KAFKA_ADVERTISED_LISTENERS", "KAFKA_ADVERTISE_LISTNERS"),
            "MLD020", 23, 7, true);
        row("swapped prefix", courseWith("KAFKA_BROKER_ID: 1", "KAKFA_BROKER_ID: 1"), "MLD020", 21,
            7, true);
        row("misspelt client port", courseWith("ZOOKEEPER_CLIENT_PORT", "ZOOKEEPER_CLIENT_PROT"),
            "MLD020", 11, 7, true);
        row("no client port", courseWith("      ZOOKEEPER_CLIENT_PORT: 2181\n", ""), "MLD024", 4, 3,
            true);
        row("unknown dependency", courseWith("      - zookeeper\n", "      - zookeper\n"), "MLD011",
            17, 9, true);
        row("misspelt key", courseWith("    container_name: broker", "    contianer_name: broker"),
            "MLD005", 15, 5, true);
        row("repeated key", courseWith("    container_name: broker", "    image: x"), "MLD003", 15,
            5, false);
        row("service outside", courseWith("  broker:\n    image", "broker:\n    image"), "MLD005",
            13, 1, false);
        row("obsolete version", "version: '3'\n" + courseWith("1", "1"), "MLD004", 1, 1, false);
        row("same port twice", courseWith("9092:9092", "2181:9092"), "MLD035", 19, 9, true);
        row("same container name",
            courseWith("container_name: broker", "container_name: zookeeper"), "MLD048", 15, 21,
            false);
        row("bad port", courseWith("9092:9092", "9092:nine"), "MLD013", 19, 9, false);
        row("unknown advertised host", courseWith("broker:29092", "brokr:29092"), "MLD032", 23, 35,
            true);
        row("another service's host", courseWith("broker:29092", "zookeeper:29092"), "MLD032", 23,
            35, true);
        row("internal port outside", courseWith("9092:9092", "29092:29092"), "MLD034", 19, 9,
            false);
        row("listens on localhost only",
            courseWith("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: 0",
                "KAFKA_LISTENERS: PLAINTEXT://0.0.0.0:29092,PLAINTEXT_HOST://localhost:9092"),
            "MLD046", 27, 50, true);
        row("Kafka 4 has no ZooKeeper", courseWith("cp-kafka:7.3.0", "cp-kafka:latest"), "MLD022",
            22, 32, false);
        row("gone setting",
            courseWith(
                "KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: 0", "KAFKA_ADVERTISED_HOST_NAME: x"),
            "MLD022", 27, 7, false);
        row("unset variable", courseWith("KAFKA_BROKER_ID: 1", "KAFKA_BROKER_ID: ${ID}"), "MLD007",
            21, 24, false);
        row("broken interpolation", courseWith("KAFKA_BROKER_ID: 1", "KAFKA_BROKER_ID: ${ID"),
            "MLD008", 21, 24, false);
        row("health test",
            courseWith("    container_name: broker\n",
                "    healthcheck:\n      test: [\"CDM\", \"kafka-topics\", \"--list\"]\n"),
            "MLD050", 16, 14, true);
        row("misspelt tool",
            courseWith("    container_name: broker\n",
                "    healthcheck:\n      test: kafka-topcs --bootstrap-server broker:29092 "
                "--list\n"),
            "MLD051", 16, 13, true);
        row("outdated option",
            courseWith("    container_name: broker\n",
                "    command: kafka-console-producer --topic t --broker-list broker:29092\n"),
            "MLD052", 15, 14, true);
        row("not YAML", courseWith("    container_name: broker\n", "   container_name: broker\n"),
            "MLD002", 15, 4, false);
    }
    void mistakesOfOneBrokerAreFound()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, code);
        QFETCH(int, line);
        QFETCH(int, column);
        QFETCH(bool, isRepaired);
        const std::string file = text.toStdString();
        const Diagnosis diagnosis = examine(file, {});
        const Finding* found = finding(diagnosis, code.toStdString());
        QVERIFY2(
            found != nullptr, (codes(diagnosis) + "\n" + toText(diagnosis.findings, "f")).c_str());
        if (found->severity != Severity::Hint)
            QVERIFY2((found->position == Position{line, column}),
                toText(diagnosis.findings, "f").c_str());
        const std::string whole = repaired(file, {});
        const Diagnosis after = examine(whole, {});
        QVERIFY2((finding(after, code.toStdString()) == nullptr
                     || finding(after, code.toStdString())->severity == Severity::Hint)
                == (isRepaired || found->severity == Severity::Hint),
            (whole + toText(after.findings, "f")).c_str());
        if (isRepaired)
            QVERIFY2(!after.hasErrors(), (whole + toText(after.findings, "f")).c_str());
        QCOMPARE(repaired(whole, {}), whole);
    }

    void mistakesOfSeveralServicesAreFound_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<QString>("code");
        QTest::addColumn<bool>("isRepaired");
        const auto row = [](const char* name, const char* file, const char* from, const char* to,
                             const char* code, bool isRepaired) {
            QTest::newRow(name) << QByteArray(file) << QByteArray(from) << QByteArray(to) << code
                                << isRepaired;
        };
        const char* three = "three-brokers-kraft.yaml";
        const char* more = "with-connect-and-registry.yaml";
        row("same id twice", three, "KAFKA_NODE_ID: 3", "KAFKA_NODE_ID: 2", "MLD038", false);
        row("brokers told localhost", three, "INTERNAL://broker-2:9092",
            "INTERNAL://localhost:9092", "MLD031", false);
        row("voter unknown", three, "2@broker-2:9093", "2@brokr-2:9093", "MLD042", true);
        row("voter's id", three, "2@broker-2:9093", "5@broker-2:9093", "MLD042", true);
        row("voter's port", three, "2@broker-2:9093", "2@broker-2:9099", "MLD042", true);
        row("one node with other voters", three, "      KAFKA_NODE_ID: 3\n",
            "      KAFKA_NODE_ID: 3\n      KAFKA_CONTROLLER_QUORUM_VOTERS: 3@broker-3:9093\n",
            "MLD042", false);
        row("two voters", three, "1@broker-1:9093,2@broker-2:9093,3@broker-3:9093",
            "1@broker-1:9093,2@broker-2:9093", "MLD044", false);
        row("controllers unknown", three,
            "KAFKA_CONTROLLER_QUORUM_VOTERS: 1@broker-1:9093,2@broker-2:9093,3@broker-3:9093",
            "KAFKA_CONTROLLER_QUORUM_BOOTSTRAP_SERVERS: broker-1:9093,brokr-2:9093", "MLD042",
            true);
        row("too few brokers for writes", three, "KAFKA_MIN_INSYNC_REPLICAS: 2",
            "KAFKA_MIN_INSYNC_REPLICAS: 4", "MLD036", true);
        row("cluster id missing", more, "      CLUSTER_ID: MkU3OEVBNTcwNTJENDM2Qk\n", "", "MLD024",
            false);
        row("registry looks at localhost", more, "KAFKASTORE_BOOTSTRAP_SERVERS: broker:29092",
            "KAFKASTORE_BOOTSTRAP_SERVERS: PLAINTEXT://localhost:9092", "MLD045", true);
        row("worker takes the listener for outside", more,
            "CONNECT_BOOTSTRAP_SERVERS: broker:29092", "CONNECT_BOOTSTRAP_SERVERS: broker:9092",
            "MLD045", true);
        row("worker takes no listener", more, "CONNECT_BOOTSTRAP_SERVERS: broker:29092",
            "CONNECT_BOOTSTRAP_SERVERS: broker:1", "MLD045", true);
        row("required variable", more, "      CONNECT_GROUP_ID: connect\n", "", "MLD024", false);
    }
    void mistakesOfSeveralServicesAreFound()
    {
        QFETCH(QByteArray, file);
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QFETCH(QString, code);
        QFETCH(bool, isRepaired);
        QByteArray changed = QByteArray::fromStdString(sample(file.constData()));
        QVERIFY(changed.contains(from));
        const std::string text = changed.replace(from, to).toStdString();
        const Diagnosis diagnosis = examine(text, {});
        QVERIFY2(finding(diagnosis, code.toStdString()) != nullptr,
            toText(diagnosis.findings, "f").c_str());
        const Diagnosis after = examine(repaired(text, {}), {});
        QVERIFY2(after.hasErrors() != isRepaired,
            (repaired(text, {}) + toText(after.findings, "f")).c_str());
    }

    void bitnamisPrefixIsPutRight()
    {
        const std::string text
            = "services:\n  kafka:\n    image: bitnami/kafka:3.6\n    environment:\n      - "
              "KAFKA_PROCESS_ROLES=controller,broker # c\n"
              "      - KAFKA_CFG_NODE_ID =0\n      - KAFKA_CFG_NUM_PARTITIONS: 3\n";
        const Diagnosis diagnosis = examine(text, {});
        QVERIFY2(codes(diagnosis).find("5:9 MLD025") != std::string::npos,
            toText(diagnosis.findings, "f").c_str());
        QVERIFY(codes(diagnosis).find("6:9 MLD028") != std::string::npos);
        QVERIFY(codes(diagnosis).find("7:9 MLD029") != std::string::npos);
        const std::string whole = repaired(text, {});
        QVERIFY2(whole.find("- KAFKA_CFG_PROCESS_ROLES=controller,broker # c\n      - "
                            "KAFKA_CFG_NODE_ID=0\n      - KAFKA_CFG_NUM_PARTITIONS=3\n")
                != std::string::npos,
            whole.c_str());
    }
    void onlyTouchedPlacesChange()
    {
        const std::string text = courseWith(
            "      KAFKA_BROKER_ID: 1\n", "      KAFKA_BROKR_ID:   1   # the only one\r\n\r\n")
                                     .toStdString();
        QCOMPARE(repaired(text, {}),
            courseWith(
                "      KAFKA_BROKER_ID: 1\n", "      KAFKA_BROKER_ID:   1   # the only one\r\n\r\n")
                .toStdString());
    }
    void findingsAreWrittenAsTextAndJson()
    {
        const Diagnosis diagnosis = examine("services:\n  b:\n    imgae: x\n    build: .\n", {});
        QCOMPARE(toText(diagnosis.findings, "c.yaml").substr(0, 30),
            std::string("c.yaml:2:3: hint MLD010: b is "));
        const std::string json = toJson({diagnosis.findings.back()});
        QCOMPARE(json,
            std::string("[\n  {\n    \"line\": 3,\n    \"column\": 5,\n    \"severity\": "
                        "\"error\",\n    \"code\": \"MLD005\",\n"
                        "    \"message\": \"docker compose knows no key services.b.imgae: did you "
                        "mean image?\",\n    \"fix\": \"write image\"\n  }\n]"));
        QCOMPARE(toJson({}), std::string("[]"));
    }
};

QTEST_APPLESS_MAIN(TestDoctor)
#include "test_doctor.moc"
