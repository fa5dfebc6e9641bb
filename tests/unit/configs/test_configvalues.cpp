#include "configs/configvalidation.h"

#include <QTest>

using namespace moldau;
using namespace moldau::configs;

namespace {
std::string topicError(const ConfigMap& overrides)
{
    const auto checked = validateTopicConfigs(overrides);
    if (checked)
        return "ok";
    return checked.error().code == ErrorCode::InvalidConfig ? checked.error().message
                                                            : "wrong code";
}
} // namespace

/** The texts are what Apache Kafka 4.3.1 answers to the same requests. */
class TestConfigValues : public QObject {
    Q_OBJECT
private slots:
    void everyScopeHasItsSettings()
    {
        QCOMPARE(allOf(ConfigScope::Broker).size(), std::size_t(381));
        QCOMPARE(allOf(ConfigScope::Topic).size(), std::size_t(38));
        QCOMPARE(allOf(ConfigScope::Group).size(), std::size_t(27));
        QVERIFY(find(ConfigScope::Topic, "retention.ms") != nullptr);
        QVERIFY(find(ConfigScope::Topic, "retention.mss") == nullptr);
        QVERIFY(
            find(ConfigScope::Broker, "listener.name.internal.ssl.keystore.location") != nullptr);
        QVERIFY(find(ConfigScope::Broker, "listener.name.internal.plain.sasl.jaas.config")
                    ->isSensitive());
    }
    void everyDefaultIsAValueOfItsType()
    {
        for (const ConfigScope scope :
            {ConfigScope::Broker, ConfigScope::Topic, ConfigScope::Group}) {
            for (const ConfigDefinition& definition : allOf(scope)) {
                if (!definition.defaultValue())
                    continue;
                const std::string text = defaultOf(definition).text();
                QCOMPARE(text, std::string(*definition.defaultValue()));
                const bool isEmptyList = definition.type == ConfigType::List && text.empty();
                QVERIFY2(isEmptyList || parseValue(definition, text), definition.name.data());
            }
        }
    }
    void everySettingIsExplained()
    {
        for (const ConfigScope scope :
            {ConfigScope::Broker, ConfigScope::Topic, ConfigScope::Group, ConfigScope::Legacy}) {
            for (const ConfigDefinition& definition : allOf(scope))
                QVERIFY2(definition.documentation.ends_with('.'), definition.name.data());
        }
    }
    void everySynonymIsABrokerSettingOfTheSameKind()
    {
        for (const ConfigScope scope : {ConfigScope::Topic, ConfigScope::Group}) {
            for (const ConfigDefinition& definition : allOf(scope)) {
                for (const ConfigSynonym& synonym : definition.synonyms)
                    QVERIFY2(find(ConfigScope::Broker, synonym.brokerName) != nullptr,
                        definition.name.data());
                if (!definition.synonyms.empty())
                    QCOMPARE(BrokerLayers{}.synonymValue(definition).text(),
                        defaultOf(definition).text());
            }
        }
    }

    void topicValueIsAnsweredInKafkasWords_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("answer");
        const auto row = [](const char* name, const char* value, const char* answer) {
            QTest::addRow("%s=%s", name, value) << name << value << answer;
        };
        row("foo", "1", "Unknown topic config name: foo");
        row("retention.ms", "abc",
            "Invalid value abc for configuration retention.ms: Not a number of type LONG");
        row("retention.ms", "9223372036854775808",
            "Invalid value 9223372036854775808 for configuration retention.ms: Not a number of "
            "type LONG");
        row("retention.ms", "-2",
            "Invalid value -2 for configuration retention.ms: Value must be at least -1");
        row("retention.bytes", "-5", "ok");
        row("segment.bytes", "0",
            "Invalid value 0 for configuration segment.bytes: Value must be at least 1048576");
        row("segment.bytes", "99999999999",
            "Invalid value 99999999999 for configuration segment.bytes: Not a number of type INT");
        row("segment.bytes", "",
            "Invalid value  for configuration segment.bytes: Not a number of type INT");
        row("segment.bytes", " 1048576 ", "ok");
        row("segment.bytes", "+1048576", "ok");
        row("segment.bytes", "+-1048576",
            "Invalid value +-1048576 for configuration segment.bytes: Not a number of type INT");
        row("segment.bytes", "1048576.0",
            "Invalid value 1048576.0 for configuration segment.bytes: Not a number of type INT");
        row("cleanup.policy", "foo",
            "Invalid value foo for configuration cleanup.policy: String must be one of: compact, "
            "delete");
        row("cleanup.policy", "delete,none",
            "Invalid value none for configuration cleanup.policy: String must be one of: compact, "
            "delete");
        row("cleanup.policy", "compact,compact", "ok");
        row("cleanup.policy", "compact, delete", "ok");
        row("cleanup.policy", "", "ok");
        row("cleanup.policy", "delete,",
            "Configuration 'cleanup.policy' values must not be empty.");
        row("compression.type", "GZIP",
            "Invalid value GZIP for configuration compression.type: String must be one of: "
            "uncompressed, zstd, lz4, "
            "snappy, gzip, producer");
        row("compression.gzip.level", "0",
            "Invalid value 0 for configuration compression.gzip.level: Value must be between 1 and "
            "9 or equal to -1");
        row("compression.gzip.level", "-1", "ok");
        row("compression.lz4.level", "18",
            "Invalid value 18 for configuration compression.lz4.level: Value must be no more than "
            "17");
        row("preallocate", "yes",
            "Invalid value yes for configuration preallocate: Expected value to be either true or "
            "false");
        row("preallocate", "TRUE", "ok");
        row("min.cleanable.dirty.ratio", "1.5",
            "Invalid value 1.5 for configuration min.cleanable.dirty.ratio: Value must be no more "
            "than 1");
        row("min.cleanable.dirty.ratio", "-0.1",
            "Invalid value -0.1 for configuration min.cleanable.dirty.ratio: Value must be at "
            "least 0");
        row("min.cleanable.dirty.ratio", "abc",
            "Invalid value abc for configuration min.cleanable.dirty.ratio: Not a number of type "
            "DOUBLE");
        row("min.cleanable.dirty.ratio", "0x1",
            "Invalid value 0x1 for configuration min.cleanable.dirty.ratio: Not a number of type "
            "DOUBLE");
        for (const char* value : {"0.5f", "NaN", "1e-1", ".5", "1."})
            row("min.cleanable.dirty.ratio", value, "ok");
        row("follower.replication.throttled.replicas", "1:2,3:4", "ok");
        row("follower.replication.throttled.replicas", "*", "ok");
        row("follower.replication.throttled.replicas", "*,1:2",
            "Invalid value [*, 1:2] for configuration follower.replication.throttled.replicas: "
            "follower.replication.throttled.replicas must be the literal '*' or a list of replicas "
            "in the following "
            "format: [partitionId]:[brokerId],[partitionId]:[brokerId],...");
        row("remote.storage.enable", "true",
            "Tiered Storage functionality is disabled in the broker. Topic cannot be configured "
            "with remote log storage.");
    }
    void topicValueIsAnsweredInKafkasWords()
    {
        QFETCH(QString, name);
        QFETCH(QString, value);
        QFETCH(QString, answer);
        QCOMPARE(topicError({{name.toStdString(), value.toStdString()}}), answer.toStdString());
    }
    void topicValuesThatContradictAreRefused()
    {
        QCOMPARE(topicError({{"min.compaction.lag.ms", "100"}, {"max.compaction.lag.ms", "10"}}),
            std::string("conflict topic config setting min.compaction.lag.ms (100) > "
                        "max.compaction.lag.ms (10)"));
    }
    void unknownNameComesBeforeABadValue()
    {
        QCOMPARE(topicError({{"a", "1"}, {"retention.ms", "x"}}),
            std::string("Unknown topic config name: a"));
        QCOMPARE(topicError({{"retention.ms", "x"}, {"zzz", "1"}}),
            std::string("Unknown topic config name: zzz"));
    }

    void groupValueIsAnsweredInKafkasWords_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("answer");
        const auto row = [](const char* name, const char* value, const char* answer) {
            QTest::addRow("%s=%s", name, value) << name << value << answer;
        };
        row("foo", "1", "Unknown group config name: foo");
        row("consumer.session.timeout.ms", "1",
            "consumer.session.timeout.ms must be greater than or equal to "
            "group.consumer.min.session.timeout.ms");
        row("consumer.heartbeat.interval.ms", "15001",
            "consumer.heartbeat.interval.ms must be less than or equal to "
            "group.consumer.max.heartbeat.interval.ms");
        row("consumer.heartbeat.interval.ms", "14000", "ok");
        row("share.delivery.count.limit", "11",
            "share.delivery.count.limit must be less than or equal to "
            "group.share.max.delivery.count.limit");
        row("share.delivery.count.limit", "1",
            "Invalid value 1 for configuration share.delivery.count.limit: Value must be at least "
            "2");
        row("streams.num.standby.replicas", "3",
            "streams.num.standby.replicas must be less than or equal to "
            "group.streams.max.standby.replicas");
        row("share.auto.offset.reset", "by_duration:PT1H", "ok");
        row("share.auto.offset.reset", "by_duration:-PT1H",
            "Invalid value by_duration:-PT1H for configuration share.auto.offset.reset: Invalid "
            "value "
            "`by_duration:-PT1H` for configuration share.auto.offset.reset. The value must be "
            "either 'earliest', "
            "'latest' or of the format 'by_duration:<PnDTnHnMn.nS>'.");
    }
    void groupValueIsAnsweredInKafkasWords()
    {
        QFETCH(QString, name);
        QFETCH(QString, value);
        QFETCH(QString, answer);
        const auto checked = validateGroupConfigs({{name.toStdString(), value.toStdString()}}, {});
        QCOMPARE(checked ? std::string("ok") : checked.error().message, answer.toStdString());
    }

    void brokerChangeIsAnsweredInKafkasWords_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("isForAll");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("answer");
        const auto row
            = [](const char* name, bool isForAll, const char* value, const char* answer) {
                  QTest::addRow("%s=%s", name, value) << name << isForAll << value << answer;
              };
        row("foo", false, "x", "ok");
        row("node.id", false, "3", "Cannot update these configs dynamically: [node.id]");
        row("log.retention.ms", false, "abc",
            "Invalid value abc for configuration log.retention.ms: Not a number of type LONG");
        row("ssl.keystore.location", true, "/x",
            "These security configs can be dynamically updated only per-listener using the "
            "listener prefix: "
            "[ssl.keystore.location]");
        row("listener.name.plaintext.ssl.keystore.password", false, "secret", "ok");
        row("listeners", true, "PLAINTEXT://:1",
            "Cannot update these configs at default cluster level, broker id must be specified: "
            "[listeners]");
        row("min.insync.replicas", true, "0",
            "Invalid value 0 for configuration min.insync.replicas: Value must be at least 1");
    }
    void brokerChangeIsAnsweredInKafkasWords()
    {
        QFETCH(QString, name);
        QFETCH(bool, isForAll);
        QFETCH(QString, value);
        QFETCH(QString, answer);
        const auto checked
            = validateBrokerChanges({{name.toStdString(), value.toStdString()}}, isForAll);
        QCOMPARE(checked ? std::string("ok") : checked.error().message, answer.toStdString());
        QVERIFY(checked || checked.error().code == ErrorCode::InvalidRequest);
    }

    void nullValuesAreNamed()
    {
        const std::vector<std::pair<std::string, std::optional<std::string>>> configs{
            {"retention.ms", std::nullopt}};
        QCOMPARE(withoutNulls(configs).error().message,
            std::string("Null value not supported for topic configs: retention.ms"));
    }
    void listsGrowAndShrinkByChanges()
    {
        const auto change = [](ChangeKind kind, const char* value) {
            return std::vector<ConfigChange>{{"cleanup.policy", kind, value}};
        };
        ConfigMap map
            = *applyChanges(ConfigScope::Topic, {}, change(ChangeKind::Append, "compact"));
        QCOMPARE(map["cleanup.policy"], std::string("delete,compact"));
        map = *applyChanges(ConfigScope::Topic, map, change(ChangeKind::Subtract, "delete"));
        QCOMPARE(map["cleanup.policy"], std::string("compact"));
        map = *applyChanges(ConfigScope::Topic, map, change(ChangeKind::Delete, ""));
        QVERIFY(map.empty());
        const std::vector<ConfigChange> number{{"retention.ms", ChangeKind::Append, "1"}};
        QCOMPARE(applyChanges(ConfigScope::Topic, {}, number).error().message,
            std::string("Can't APPEND to key retention.ms because its type is not LIST."));
    }
    void doublesPrintAsInJava()
    {
        QCOMPARE(javaDouble(1), std::string("1.0"));
        QCOMPARE(javaDouble(0.5), std::string("0.5"));
        QCOMPARE(javaDouble(1e7), std::string("1.0E7"));
        QCOMPARE(javaDouble(1.5e-5), std::string("1.5E-5"));
        QCOMPARE(javaDouble(1.7976931348623157e308), std::string("1.7976931348623157E308"));
    }
};

QTEST_APPLESS_MAIN(TestConfigValues)
#include "test_configvalues.moc"
