#include "configs/configdescription.h"
#include "configs/topicconfig.h"

#include <QTest>

using namespace moldau;
using namespace moldau::configs;

namespace {

const DescribedConfig& named(const std::vector<DescribedConfig>& configs, std::string_view name)
{
    for (const DescribedConfig& config : configs) {
        if (config.name == name)
            return config;
    }
    qFatal("no such setting");
}

} // namespace

class TestTopicConfig : public QObject {
    Q_OBJECT
private slots:
    void defaultsAreKafkas() { QVERIFY(*TopicConfig::resolve({}, {}) == TopicConfig{}); }

    void overridesComeBeforeTheBroker()
    {
        const BrokerLayers broker{.dynamicBroker = {},
            .dynamicDefault = {{"log.segment.bytes", "2097152"}},
            .staticBroker = {{"log.segment.bytes", "4194304"}, {"log.cleanup.policy", "compact"}}};
        QCOMPARE(TopicConfig::resolve({}, broker)->segmentBytes, std::int64_t(2'097'152));
        QVERIFY(TopicConfig::resolve({}, broker)->isCompacted);
        const TopicConfig topic = *TopicConfig::resolve(
            {{"segment.bytes", "1048576"}, {"cleanup.policy", "delete"}}, broker);
        QCOMPARE(topic.segmentBytes, std::int64_t(1'048'576));
        QVERIFY(topic.isDeleted && !topic.isCompacted);
    }
    void hoursAndMinutesBecomeMilliseconds()
    {
        const auto retention = [](ConfigMap settings) {
            return TopicConfig::resolve({},
                {.dynamicBroker = {}, .dynamicDefault = {}, .staticBroker = std::move(settings)})
                ->retentionMs;
        };
        QCOMPARE(retention({{"log.retention.hours", "2"}}), std::int64_t(7'200'000));
        QCOMPARE(retention({{"log.retention.hours", "2"}, {"log.retention.minutes", "3"}}),
            std::int64_t(180'000));
        QCOMPARE(retention({{"log.retention.minutes", "3"}, {"log.retention.ms", "5"}}),
            std::int64_t(5));
        QCOMPARE(retention({{"log.retention.hours", "-2"}}), std::int64_t(-1));
    }
    void badOverrideIsRefused()
    {
        QCOMPARE(TopicConfig::resolve({{"retention.ms", "abc"}}, {}).error().message,
            std::string(
                "Invalid value abc for configuration retention.ms: Not a number of type LONG"));
    }

    void descriptionNamesSourceAndSynonyms()
    {
        const BrokerLayers broker{.dynamicBroker = {{"log.retention.ms", "5000000"}},
            .dynamicDefault = {{"log.retention.ms", "0"}},
            .staticBroker = {}};
        const auto configs = describeTopic({{"retention.ms", " 1000"}}, broker);
        const DescribedConfig& retention = named(configs, "retention.ms");
        QCOMPARE(*retention.value, std::string("1000"));
        QCOMPARE(retention.source, ConfigSource::Topic);
        const std::vector<DescribedConfig::Synonym> expected{
            {"retention.ms", "1000", ConfigSource::Topic},
            {"log.retention.ms", "5000000", ConfigSource::DynamicBroker},
            {"log.retention.ms", "0", ConfigSource::DynamicDefaultBroker},
            {"log.retention.hours", "168", ConfigSource::Default}};
        QVERIFY(retention.synonyms == expected);
        QVERIFY(named(configs, "segment.ms").synonyms.empty());
        QCOMPARE(named(configs, "segment.bytes").synonyms.front().name,
            std::string("log.segment.bytes"));
    }
    void secretsAndUnknownBrokerSettingsHaveNoValue()
    {
        const BrokerLayers broker{.dynamicBroker = {{"foo", "x"}},
            .dynamicDefault = {},
            .staticBroker = {{"ssl.key.password", "secret"}, {"node.id", "1"}}};
        const auto configs = describeBroker(broker);
        QVERIFY(!named(configs, "foo").value && named(configs, "foo").isSensitive);
        QVERIFY(!named(configs, "ssl.key.password").value
            && !named(configs, "ssl.key.password").synonyms.front().value);
        QCOMPARE(*named(configs, "node.id").value, std::string("1"));
        QVERIFY(named(configs, "node.id").isReadOnly);
        QVERIFY(!named(configs, "log.retention.ms").isReadOnly);
    }
    void groupDescriptionShowsTheBrokersDefault()
    {
        const auto configs = describeGroup({{"consumer.session.timeout.ms", "46000"}}, {});
        const std::vector<DescribedConfig::Synonym> expected{
            {"consumer.session.timeout.ms", "46000", ConfigSource::Group},
            {"group.consumer.session.timeout.ms", "45000", ConfigSource::Default}};
        QVERIFY(named(configs, "consumer.session.timeout.ms").synonyms == expected);
        QCOMPARE(named(configs, "share.isolation.level").synonyms.size(), std::size_t(1));
    }
};

QTEST_APPLESS_MAIN(TestTopicConfig)
#include "test_topicconfig.moc"
