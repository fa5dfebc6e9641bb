#include "testcluster.h"

#include <QTest>

using namespace moldau;
using namespace moldau::controller;

namespace {

using Request = protocol::IncrementalAlterConfigsRequest;
constexpr std::int8_t kTopic = 2;
constexpr std::int8_t kBroker = 4;
constexpr std::int8_t kGroup = 32;
enum Operation : std::int8_t { Set = 0, Delete = 1, Append = 2, Subtract = 3 };

Request request(std::int8_t type, const std::string& name, std::int8_t operation,
    const std::string& key, std::optional<std::string> value)
{
    Request request;
    auto& resource = request.resources.emplace_back();
    resource.resourceType = type;
    resource.resourceName = name;
    auto& config = resource.configs.emplace_back();
    config.name = key;
    config.configOperation = operation;
    config.value = std::move(value);
    return request;
}

QString textOf(const std::optional<std::string>& text)
{
    return QString::fromStdString(text.value_or("(null)"));
}

} // namespace

class TestConfigs : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<TestCluster> m_cluster;

    std::string valueOf(std::int8_t type, const std::string& name, const std::string& key)
    {
        const ConfigMap& map
            = m_cluster->image().configs({static_cast<ConfigResourceType>(type), name});
        const auto found = map.find(key);
        return found == map.end() ? "(unset)" : found->second;
    }
private slots:
    void init()
    {
        m_cluster = std::make_unique<TestCluster>();
        m_cluster->startBroker(1);
        m_cluster->createTopic("orders", {{1}});
    }
    void valuesAreSetAndDeleted()
    {
        QCOMPARE(m_cluster->run(request(kTopic, "orders", Set, "retention.ms", "5"))
                     .responses.front()
                     .errorCode,
            std::int16_t(0));
        QCOMPARE(valueOf(kTopic, "orders", "retention.ms"), std::string("5"));
        m_cluster->run(request(kTopic, "orders", Set, "retention.ms", "5"));
        QCOMPARE(m_cluster->lastRecordCount(), 0u);
        m_cluster->run(request(kTopic, "orders", Delete, "retention.ms", std::nullopt));
        QCOMPARE(valueOf(kTopic, "orders", "retention.ms"), std::string("(unset)"));
    }
    void listsGrowAndShrink()
    {
        m_cluster->run(request(kTopic, "orders", Append, "cleanup.policy", "compact"));
        QCOMPARE(valueOf(kTopic, "orders", "cleanup.policy"), std::string("delete,compact"));
        m_cluster->run(request(kTopic, "orders", Subtract, "cleanup.policy", "delete"));
        QCOMPARE(valueOf(kTopic, "orders", "cleanup.policy"), std::string("compact"));
        const auto response
            = m_cluster->run(request(kTopic, "orders", Append, "retention.ms", "1"));
        QCOMPARE(errorFromWire(response.responses.front().errorCode), ErrorCode::InvalidConfig);
        QCOMPARE(textOf(response.responses.front().errorMessage),
            QString("Can't APPEND to key retention.ms because its type is not LIST."));
    }
    void validateOnlyChangesNothing()
    {
        auto wish = request(kTopic, "orders", Set, "retention.ms", "5");
        wish.validateOnly = true;
        QCOMPARE(m_cluster->run(wish).responses.front().errorCode, std::int16_t(0));
        QCOMPARE(valueOf(kTopic, "orders", "retention.ms"), std::string("(unset)"));
        wish.resources.front().configs.front().value = "x";
        QCOMPARE(errorFromWire(m_cluster->run(wish).responses.front().errorCode),
            ErrorCode::InvalidConfig);
    }
    void theWholeSetIsReplacedByAlterConfigs()
    {
        m_cluster->run(request(kTopic, "orders", Set, "retention.ms", "5"));
        m_cluster->run(request(kTopic, "orders", Set, "segment.bytes", "2000000"));
        protocol::AlterConfigsRequest whole;
        auto& resource = whole.resources.emplace_back();
        resource.resourceType = kTopic;
        resource.resourceName = "orders";
        auto& config = resource.configs.emplace_back();
        config.name = "segment.bytes";
        config.value = "3000000";
        QCOMPARE(m_cluster->run(whole).responses.front().errorCode, std::int16_t(0));
        QCOMPARE(valueOf(kTopic, "orders", "segment.bytes"), std::string("3000000"));
        QCOMPARE(valueOf(kTopic, "orders", "retention.ms"), std::string("(unset)"));
    }
    void brokersSettingsArePerBrokerOrForAll()
    {
        QCOMPARE(m_cluster->run(request(kBroker, "", Set, "log.retention.ms", "7"))
                     .responses.front()
                     .errorCode,
            std::int16_t(0));
        QCOMPARE(m_cluster->run(request(kBroker, "1", Set, "log.retention.ms", "8"))
                     .responses.front()
                     .errorCode,
            std::int16_t(0));
        QCOMPARE(valueOf(kBroker, "", "log.retention.ms"), std::string("7"));
        QCOMPARE(valueOf(kBroker, "1", "log.retention.ms"), std::string("8"));
        m_cluster->run(request(kBroker, "1", Set, "log.retention.ms", "8"));
        QCOMPARE(m_cluster->lastRecordCount(), 1u); // brokers read it anew
    }
    void groupsHaveSettings()
    {
        QCOMPARE(m_cluster->run(request(kGroup, "g", Set, "share.auto.offset.reset", "earliest"))
                     .responses.front()
                     .errorCode,
            std::int16_t(0));
        QCOMPARE(valueOf(kGroup, "g", "share.auto.offset.reset"), std::string("earliest"));
    }
    void uncleanElectionIsInheritedFromTheBrokersDefault()
    {
        m_cluster->startBroker(2);
        m_cluster->createTopic("pairs", {{1, 2}});
        m_cluster->run(m_cluster->isrRequest("pairs", 0, {1}));
        m_cluster->run(request(kBroker, "", Set, "unclean.leader.election.enable", "true"));
        m_cluster->loseConnection(1);
        QCOMPARE(m_cluster->partition("pairs").leader, BrokerId(2));
    }
    void wrongChangesAreRefused_data()
    {
        QTest::addColumn<int>("type");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("text");
        QTest::newRow("unknown setting")
            << 2 << "orders"
            << "x.y"
            << "1" << int(ErrorCode::InvalidConfig) << "Unknown topic config name: x.y";
        QTest::newRow("unknown topic") << 2 << "other"
                                       << "retention.ms"
                                       << "1" << int(ErrorCode::UnknownTopicOrPartition)
                                       << "The topic 'other' does not exist.";
        QTest::newRow("no topic") << 2 << ""
                                  << "retention.ms"
                                  << "1" << int(ErrorCode::InvalidRequest)
                                  << "Default topic resources are not allowed.";
        QTest::newRow("no number") << 4 << "one"
                                   << "log.retention.ms"
                                   << "1" << int(ErrorCode::InvalidRequest)
                                   << "Node id must be an integer, but it is: one";
        QTest::newRow("negative") << 4 << "-1"
                                  << "log.retention.ms"
                                  << "1" << int(ErrorCode::InvalidRequest)
                                  << "Invalid negative broker ID.";
        QTest::newRow("unknown broker")
            << 4 << "9"
            << "log.retention.ms"
            << "1" << int(ErrorCode::BrokerIdNotRegistered) << "No node with id 9 found.";
        QTest::newRow("no group") << 32 << ""
                                  << "share.auto.offset.reset"
                                  << "latest" << int(ErrorCode::InvalidRequest)
                                  << "Default group resources are not allowed.";
        QTest::newRow("unknown kind")
            << 3 << "x"
            << "y"
            << "1" << int(ErrorCode::InvalidRequest) << "Unknown resource type 3";
    }
    void wrongChangesAreRefused()
    {
        QFETCH(int, type);
        QFETCH(QString, name);
        QFETCH(QString, key);
        QFETCH(QString, value);
        QFETCH(int, code);
        QFETCH(QString, text);
        const auto response = m_cluster->run(request(
            std::int8_t(type), name.toStdString(), Set, key.toStdString(), value.toStdString()));
        QCOMPARE(textOf(response.responses.front().errorMessage), text);
        QCOMPARE(int(errorFromWire(response.responses.front().errorCode)), code);
        QCOMPARE(m_cluster->lastRecordCount(), 0u);
    }
    void malformedRequestsAreRefused()
    {
        auto twice = request(kTopic, "orders", Set, "retention.ms", "5");
        twice.resources.push_back(twice.resources.front());
        auto response = m_cluster->run(twice);
        QCOMPARE(response.responses.size(), 2u);
        QCOMPARE(textOf(response.responses[1].errorMessage),
            QString("Each resource must appear at most once."));
        auto keyTwice = request(kTopic, "orders", Set, "retention.ms", "5");
        keyTwice.resources.front().configs.push_back(keyTwice.resources.front().configs.front());
        QCOMPARE(textOf(m_cluster->run(keyTwice).responses[0].errorMessage),
            QString("Error due to duplicate config keys"));
        QCOMPARE(textOf(m_cluster->run(request(kTopic, "orders", Set, "retention.ms", std::nullopt))
                            .responses[0]
                            .errorMessage),
            QString("Null value not supported for : retention.ms"));
        QCOMPARE(textOf(m_cluster->run(request(kTopic, "orders", 9, "retention.ms", "1"))
                            .responses[0]
                            .errorMessage),
            QString("Unknown operations type 9"));
    }
};

QTEST_APPLESS_MAIN(TestConfigs)
#include "test_configs.moc"
