#include "tools/options.h"
#include "tools/spelling.h"

#include <QTest>

using namespace moldau;
using namespace moldau::tools;

namespace {

constexpr OptionSpec kSpecs[] = {
    {"topic", OptionSpec::Argument::Required, "NAME"},
    {"partitions", OptionSpec::Argument::Required, "N", {}, OptionSpec::Type::Int},
    {"partition-size-limit", OptionSpec::Argument::Required, "N", {}, OptionSpec::Type::Int},
    {"config", OptionSpec::Argument::Required, "NAME=VALUE", {}, OptionSpec::Type::Text, true},
    {"state", OptionSpec::Argument::Optional, "STATE"},
    {"list", OptionSpec::Argument::None},
    {"time", OptionSpec::Argument::Required, "TIME", {}, OptionSpec::Type::Long, false, "-1"},
    {"bootstrap-server", OptionSpec::Argument::Required, "HOST:PORT"},
};

Result<Options> parse(std::vector<std::string> args)
{
    return parseOptions(kSpecs, args);
}

} // namespace

class TestOptions : public QObject {
    Q_OBJECT

private slots:
    void valuesStandBehindOrAfterAnEqualsSign()
    {
        const auto options = parse({"--topic", "a", "--partitions=3", "--config", "x=1",
            "--config=y=2", "--list", "stray"});
        QVERIFY(options);
        QCOMPARE(options->value("topic"), std::string("a"));
        QCOMPARE(options->number("partitions").value_or(-1), 3);
        const std::vector<std::string> expected{"x=1", "y=2"};
        QVERIFY(options->values("config") == expected);
        QVERIFY(options->has("list"));
        QVERIFY(options->notes().empty());
    }

    void requiredValuesMayLookLikeOptions()
    {
        const auto options = parse({"--time", "-2"});
        QVERIFY(options);
        QCOMPARE(options->number("time").value_or(0), -2);
    }

    void defaultsCountWhereNothingWasGiven()
    {
        const auto options = parse({});
        QVERIFY(options);
        QVERIFY(!options->has("time"));
        QCOMPARE(options->number("time").value_or(0), -1);
    }

    void optionalValuesEndAtTheNextOption()
    {
        const auto options = parse({"--state", "--list"});
        QVERIFY(options);
        QVERIFY(options->has("state") && !options->find("state"));
        QCOMPARE(parse({"--state", "stable"})->value("state"), std::string("stable"));
    }

    void nothingIsReadBehindTwoDashes()
    {
        const auto options = parse({"--", "--list"});
        QVERIFY(options && !options->has("list"));
    }

    void anUnambiguousBeginningIsTakenWithANote()
    {
        const auto options = parse({"--boot", "a:1"});
        QVERIFY(options);
        QCOMPARE(options->value("bootstrap-server"), std::string("a:1"));
        QCOMPARE(options->notes().size(), std::size_t(1));
        QVERIFY(!parse({"--partition", "1"})); // two options begin so
    }

    void theOldNameOfBootstrapServerIsTakenKindly()
    {
        const auto options = parse({"--broker-list", "a:1"});
        QVERIFY(options);
        QCOMPARE(options->value("bootstrap-server"), std::string("a:1"));
        QVERIFY(options->notes().front().find("--bootstrap-server") != std::string::npos);
    }

    void complaintsHaveKafkasWords_data()
    {
        QTest::addColumn<QStringList>("args");
        QTest::addColumn<QString>("message");
        QTest::newRow("unknown") << QStringList{"--nothing-like-it", "1"}
                                 << "nothing-like-it is not a recognized option";
        QTest::newRow("misspelt") << QStringList{"--topci", "a"}
                                  << "topci is not a recognized option\nDid you mean --topic?";
        QTest::newRow("no value") << QStringList{"--topic"} << "Option topic requires an argument";
        QTest::newRow("no number") << QStringList{"--partitions", "abc"}
                                   << "Cannot parse argument 'abc' of option partitions";
        QTest::newRow("too big") << QStringList{"--partitions", "3000000000"}
                                 << "Cannot parse argument '3000000000' of option partitions";
        QTest::newRow("twice") << QStringList{"--topic", "a", "--topic",
            "b"} << "Found multiple arguments for option topic, but you asked for only one";
    }
    void complaintsHaveKafkasWords()
    {
        QFETCH(QStringList, args);
        QFETCH(QString, message);
        std::vector<std::string> words;
        for (const QString& arg : args)
            words.push_back(arg.toStdString());
        const auto options = parse(words);
        QVERIFY(!options);
        QCOMPARE(QString::fromStdString(options.error().message), message);
    }

    void helpNamesEveryOption()
    {
        const std::string help = helpOf(kSpecs);
        for (const OptionSpec& spec : kSpecs)
            QVERIFY(help.find("--" + std::string(spec.name)) != std::string::npos);
    }

    void slipsOfTheFingerAreUnderstood()
    {
        const std::string_view names[]
            = {"kafka-topics", "kafka-console-producer", "kafka-console-consumer"};
        QVERIFY(mostSimilar("kafka-console-proucer", names) == "kafka-console-producer");
        QVERIFY(mostSimilar("kafka-topcis", names) == "kafka-topics");
        QVERIFY(mostSimilar("zookeeper-shell", names).empty());
        QVERIFY(mostSimilar("kafka-console-cons", names) == "kafka-console-consumer");
    }
};

QTEST_GUILESS_MAIN(TestOptions)
#include "test_options.moc"
