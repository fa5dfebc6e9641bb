#include "testcluster.h"

#include "controller/topicnames.h"

#include <QTest>

#include <set>

using namespace moldau;
using namespace moldau::controller;

namespace {

using CreateRequest = protocol::CreateTopicsRequest;
using NewTopic = CreateRequest::CreatableTopic;

CreateRequest createRequest(const std::string& name, int partitions = -1, int factor = -1)
{
    CreateRequest request;
    auto& topic = request.topics.emplace_back();
    topic.name = name;
    topic.numPartitions = partitions;
    topic.replicationFactor = static_cast<std::int16_t>(factor);
    return request;
}

QString textOf(const std::optional<std::string>& text)
{
    return QString::fromStdString(text.value_or("(null)"));
}

} // namespace

class TestTopics : public QObject {
    Q_OBJECT
private slots:
    void namesFollowKafkasRules_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("text");
        QTest::newRow("good") << "orders.v1_eu-WEST"
                              << "";
        QTest::newRow("longest") << QString(249, 'a') << "";
        QTest::newRow("empty") << ""
                               << "Topic name is invalid: the empty string is not allowed";
        QTest::newRow("dot") << "."
                             << "Topic name is invalid: '.' is not allowed";
        QTest::newRow("dots") << ".."
                              << "Topic name is invalid: '..' is not allowed";
        QTest::newRow("too long") << QString(250, 'a')
                                  << "Topic name is invalid: the length of '" + QString(250, 'a')
                + "' is longer than the max allowed length 249";
        QTest::newRow("space")
            << "a b"
            << "Topic name is invalid: 'a b' contains one or more characters other than ASCII "
               "alphanumerics, '.', '_' and '-'";
    }
    void namesFollowKafkasRules()
    {
        QFETCH(QString, name);
        QFETCH(QString, text);
        const auto checked = checkTopicName(name.toStdString());
        QCOMPARE(checked ? QString() : QString::fromStdString(checked.error().message), text);
    }
    void defaultsComeFromTheNodesProperties()
    {
        auto options = ControllerOptions::fromProperties(BrokerId(100), TestCluster::kClusterId,
            {{"num.partitions", "4"}, {"default.replication.factor", "2"}});
        QVERIFY(options.has_value());
        TestCluster cluster(*options);
        cluster.startBrokers({1, 2, 3});
        const auto response = cluster.run(createRequest("orders"));
        const auto& result = response.topics.front();
        QCOMPARE(errorFromWire(result.errorCode), ErrorCode::None);
        QCOMPARE(result.numPartitions, 4);
        QCOMPARE(result.replicationFactor, std::int16_t(2));
        QCOMPARE(result.topicId, cluster.image().topic("orders")->id);
        QCOMPARE(cluster.image().topic("orders")->partitions.size(), 4u);
        for (const PartitionImage& partition : cluster.image().topic("orders")->partitions) {
            QCOMPARE(partition.replicas.size(), 2u);
            QCOMPARE(partition.isr, partition.replicas);
            QCOMPARE(partition.leader, partition.replicas.front());
            QCOMPARE(partition.leaderEpoch, 0);
            QCOMPARE(partition.directories.front(),
                cluster.image().broker(partition.replicas.front())->directories.front());
        }
    }
    void settingsAreStoredAndEchoed()
    {
        TestCluster cluster;
        cluster.startBroker(1);
        auto request = createRequest("orders", 1, 1);
        auto& config = request.topics.front().configs.emplace_back();
        config.name = "retention.ms";
        config.value = "1000";
        const auto response = cluster.run(request);
        const auto& configs = *response.topics.front().configs;
        const auto found = std::find_if(configs.begin(), configs.end(),
            [](const auto& each) { return each.name == "retention.ms"; });
        QVERIFY(found != configs.end());
        QCOMPARE(textOf(found->value), QString("1000"));
        QCOMPARE(found->configSource, std::int8_t(1));
        QCOMPARE(cluster.image().configs({ConfigResourceType::Topic, "orders"}).at("retention.ms"),
            std::string("1000"));
    }
    void impossibleTopicsAreRefusedInKafkasWords_data()
    {
        using Change = std::function<void(NewTopic&)>;
        QTest::addColumn<Change>("change");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("text");
        const auto row = [](const char* name, Change change, ErrorCode code, const char* text) {
            QTest::newRow(name) << change << int(code) << QString(text);
        };
        row(
            "name", [](auto& topic) { topic.name = "a b"; }, ErrorCode::InvalidTopicException,
            "Topic name is invalid: 'a b' contains one or more characters other than ASCII "
            "alphanumerics, '.', '_' "
            "and '-'");
        row(
            "exists", [](auto& topic) { topic.name = "taken"; }, ErrorCode::TopicAlreadyExists,
            "Topic 'taken' already exists.");
        row(
            "collides", [](auto& topic) { topic.name = "with_dot"; },
            ErrorCode::InvalidTopicException,
            "Topic 'with_dot' collides with existing topic: with.dot");
        row(
            "metadata", [](auto& topic) { topic.name = "__cluster_metadata"; },
            ErrorCode::InvalidRequest,
            "Creation of internal topic __cluster_metadata is prohibited.");
        row(
            "no partitions", [](auto& topic) { topic.numPartitions = 0; },
            ErrorCode::InvalidPartitions,
            "Number of partitions was set to an invalid non-positive value.");
        row(
            "no replicas", [](auto& topic) { topic.replicationFactor = 0; },
            ErrorCode::InvalidReplicationFactor,
            "Replication factor must be larger than 0, or -1 to use the default value.");
        row(
            "too many replicas", [](auto& topic) { topic.replicationFactor = 3; },
            ErrorCode::InvalidReplicationFactor,
            "Unable to replicate the partition 3 time(s): The target replication factor of 3 "
            "cannot be reached "
            "because only 2 broker(s) are registered or some brokers have all their log "
            "directories cordoned.");
        row(
            "too many partitions", [](auto& topic) { topic.numPartitions = 10'001; },
            ErrorCode::PolicyViolation, "Unable to perform excessively large batch operation.");
        row(
            "unknown setting",
            [](auto& topic) {
                topic.configs.emplace_back().name = "retention.msec";
                topic.configs.back().value = "1";
            },
            ErrorCode::InvalidConfig, "Unknown topic config name: retention.msec");
        row(
            "bad value",
            [](auto& topic) {
                topic.configs.emplace_back().name = "retention.ms";
                topic.configs.back().value = "long";
            },
            ErrorCode::InvalidConfig,
            "Invalid value long for configuration retention.ms: Not a number of type LONG");
        row(
            "null value",
            [](auto& topic) {
                topic.configs.emplace_back().name = "retention.ms";
                topic.configs.back().value.reset();
            },
            ErrorCode::InvalidConfig, "Null value not supported for topic configs: retention.ms");
        const auto assign = [](NewTopic& topic, int number, std::initializer_list<int> brokers) {
            topic.numPartitions = -1;
            topic.replicationFactor = -1;
            auto& assignment = topic.assignments.emplace_back();
            assignment.partitionIndex = number;
            assignment.brokerIds = ids(brokers);
        };
        row(
            "assignment and count",
            [assign](auto& topic) {
                assign(topic, 0, {1});
                topic.numPartitions = 1;
            },
            ErrorCode::InvalidRequest,
            "A manual partition assignment was specified, but numPartitions was not set to -1.");
        row(
            "assignment and factor",
            [assign](auto& topic) {
                assign(topic, 0, {1});
                topic.replicationFactor = 1;
            },
            ErrorCode::InvalidRequest,
            "A manual partition assignment was specified, but replication factor was not set to "
            "-1.");
        row(
            "assigned twice",
            [assign](auto& topic) {
                assign(topic, 0, {1});
                assign(topic, 0, {2});
            },
            ErrorCode::InvalidReplicaAssignment,
            "Found multiple manual partition assignments for partition 0");
        row(
            "gap", [assign](auto& topic) { assign(topic, 1, {1}); },
            ErrorCode::InvalidReplicaAssignment,
            "partitions should be a consecutive 0-based integer sequence");
        row(
            "nobody", [assign](auto& topic) { assign(topic, 0, {}); },
            ErrorCode::InvalidReplicaAssignment,
            "The manual partition assignment includes an empty replica list.");
        row(
            "unknown broker",
            [assign](auto& topic) {
                assign(topic, 0, {1, 9});
            },
            ErrorCode::InvalidReplicaAssignment,
            "The manual partition assignment includes broker 9, but no such broker is registered.");
        row(
            "broker twice",
            [assign](auto& topic) {
                assign(topic, 0, {1, 1});
            },
            ErrorCode::InvalidReplicaAssignment,
            "The manual partition assignment includes the broker 1 more than once.");
        row(
            "uneven",
            [assign](auto& topic) {
                assign(topic, 0, {1, 2});
                assign(topic, 1, {1});
            },
            ErrorCode::InvalidReplicaAssignment,
            "The manual partition assignment includes a partition with 1 replica(s), but this is "
            "not consistent with "
            "previous partitions, which have 2 replica(s).");
        row(
            "fenced broker", [assign](auto& topic) { assign(topic, 0, {2}); },
            ErrorCode::InvalidReplicaAssignment,
            "All brokers specified in the manual partition assignment for partition 0 are fenced "
            "or in controlled "
            "shutdown.");
    }
    void impossibleTopicsAreRefusedInKafkasWords()
    {
        using Change = std::function<void(NewTopic&)>;
        QFETCH(Change, change);
        QFETCH(int, code);
        QFETCH(QString, text);
        TestCluster cluster;
        cluster.startBroker(1);
        cluster.registerBroker(2); // stays fenced
        cluster.createTopic("taken", {{1}});
        cluster.createTopic("with.dot", {{1}});
        auto request = createRequest("orders", 1, 1);
        change(request.topics.front());
        const auto response = cluster.run(request);
        QCOMPARE(textOf(response.topics.front().errorMessage), text);
        QCOMPARE(int(errorFromWire(response.topics.front().errorCode)), code);
        QCOMPARE(cluster.lastRecordCount(), 0u);
    }
    void withoutALiveBrokerNothingIsCreated()
    {
        TestCluster cluster;
        cluster.registerBroker(1);
        const auto response = cluster.run(createRequest("orders", 1, 1));
        QCOMPARE(textOf(response.topics.front().errorMessage),
            QString("Unable to replicate the partition 1 time(s): All brokers are currently "
                    "fenced, or have all "
                    "their log directories cordoned."));
    }
    void goodTopicsAreCreatedBesideBadOnes()
    {
        TestCluster cluster;
        cluster.startBroker(1);
        CreateRequest request;
        for (const char* name : {"good", "bad name", "twice", "twice", "also-good"}) {
            auto& topic = request.topics.emplace_back();
            topic.name = name;
            topic.numPartitions = 1;
            topic.replicationFactor = 1;
        }
        const auto response = cluster.run(request);
        QCOMPARE(response.topics.size(), 4u);
        QCOMPARE(textOf(response.topics[2].errorMessage), QString("Duplicate topic name."));
        QCOMPARE(errorFromWire(response.topics[2].errorCode), ErrorCode::InvalidRequest);
        QVERIFY(cluster.image().topic("good") && cluster.image().topic("also-good"));
        QCOMPARE(cluster.image().topics().size(), 2u);
    }
    void validateOnlyChangesNothing()
    {
        TestCluster cluster;
        cluster.startBroker(1);
        auto request = createRequest("orders", 3, 1);
        request.validateOnly = true;
        const auto response = cluster.run(request);
        QCOMPARE(errorFromWire(response.topics.front().errorCode), ErrorCode::None);
        QCOMPARE(response.topics.front().numPartitions, 3);
        QCOMPARE(cluster.lastRecordCount(), 0u);
    }
    void replicasOnFencedBrokersStayOutOfTheIsr()
    {
        TestCluster cluster;
        cluster.startBroker(1);
        cluster.registerBroker(2);
        QCOMPARE(cluster.createTopic("orders", {{2, 1}}), ErrorCode::None);
        QCOMPARE(cluster.partition("orders").leader, BrokerId(1));
        QCOMPARE(cluster.partition("orders").isr, ids({1}));
        QCOMPARE(cluster.partition("orders").replicas, ids({2, 1}));
    }
    void topicsGrow()
    {
        TestCluster cluster;
        cluster.startBrokers({1, 2});
        cluster.createTopic("orders", {{1, 2}});
        protocol::CreatePartitionsRequest request;
        auto& wish = request.topics.emplace_back();
        wish.name = "orders";
        wish.count = 3;
        wish.assignments.reset();
        QCOMPARE(errorFromWire(cluster.run(request).results.front().errorCode), ErrorCode::None);
        QCOMPARE(cluster.image().topic("orders")->partitions.size(), 3u);
        QCOMPARE(cluster.partition("orders", 2).replicas.size(), 2u);
    }
    void impossibleGrowthIsRefusedInKafkasWords_data()
    {
        QTest::addColumn<QString>("topic");
        QTest::addColumn<int>("count");
        QTest::addColumn<int>("assignments");
        QTest::addColumn<QString>("text");
        QTest::newRow("same") << "orders" << 2 << -1 << "Topic already has 2 partition(s).";
        QTest::newRow("fewer")
            << "orders" << 1 << -1
            << "The topic orders currently has 2 partition(s); 1 would not be an increase.";
        QTest::newRow("unknown") << "other" << 3 << -1
                                 << "This server does not host this topic-partition.";
        QTest::newRow("assignments") << "orders" << 4 << 1
                                     << "Attempted to add 2 additional partition(s), but only 1 "
                                        "assignment(s) were specified.";
        QTest::newRow("factor")
            << "orders" << 3 << 1
            << "The manual partition assignment includes a partition with 1 replica(s), but this "
               "is not consistent with previous partitions, which have 2 replica(s).";
    }
    void impossibleGrowthIsRefusedInKafkasWords()
    {
        QFETCH(QString, topic);
        QFETCH(int, count);
        QFETCH(int, assignments);
        QFETCH(QString, text);
        TestCluster cluster;
        cluster.startBrokers({1, 2});
        cluster.createTopic("orders", {{1, 2}, {2, 1}});
        protocol::CreatePartitionsRequest request;
        auto& wish = request.topics.emplace_back();
        wish.name = topic.toStdString();
        wish.count = count;
        wish.assignments.reset();
        if (assignments >= 0) {
            wish.assignments.emplace().resize(std::size_t(assignments));
            for (auto& assignment : *wish.assignments)
                assignment.brokerIds = ids({1});
        }
        QCOMPARE(textOf(cluster.run(request).results.front().errorMessage), text);
    }
    void topicsAreDeletedByNameAndById()
    {
        TestCluster cluster;
        cluster.startBroker(1);
        for (const char* name : {"a", "b", "c"})
            cluster.createTopic(name, {{1}});
        protocol::DeleteTopicsRequest byName;
        byName.topicNames = {"a", "missing"};
        auto response = cluster.run(byName, 5);
        QCOMPARE(errorFromWire(response.responses[0].errorCode), ErrorCode::None);
        QCOMPARE(
            errorFromWire(response.responses[1].errorCode), ErrorCode::UnknownTopicOrPartition);
        protocol::DeleteTopicsRequest byId;
        byId.topics.emplace_back().topicId = cluster.image().topic("b")->id;
        byId.topics.emplace_back().topicId = kMetadataTopicId;
        response = cluster.run(byId);
        QCOMPARE(textOf(response.responses[0].name), QString("b"));
        QCOMPARE(errorFromWire(response.responses[1].errorCode), ErrorCode::UnknownTopicId);
        QCOMPARE(cluster.image().topics().size(), 1u);
    }
    void aReincarnatedTopicHasAnotherId()
    {
        TestCluster cluster;
        cluster.startBroker(1);
        cluster.createTopic("orders", {{1}});
        const Uuid before = cluster.image().topic("orders")->id;
        protocol::DeleteTopicsRequest request;
        request.topics.emplace_back().name = "orders";
        cluster.run(request);
        cluster.createTopic("orders", {{1}});
        QVERIFY(cluster.image().topic("orders")->id != before);
    }
    void idsOfDeletedTopicsDoNotComeBackAfterARestart()
    {
        TestCluster cluster;
        cluster.startBroker(1);
        std::set<Uuid> seen;
        for (int round = 0; round < 5; ++round) {
            cluster.createTopic("orders", {{1}});
            QVERIFY(seen.insert(cluster.image().topic("orders")->id).second);
            protocol::DeleteTopicsRequest request;
            request.topics.emplace_back().name = "orders";
            cluster.run(request);
            cluster.restartController();
        }
    }
    void unclearDeletionsAreRefused()
    {
        TestCluster cluster;
        cluster.startBroker(1);
        cluster.createTopic("orders", {{1}});
        protocol::DeleteTopicsRequest request;
        request.topics.emplace_back(); // neither
        auto& both = request.topics.emplace_back();
        both.name = "orders";
        both.topicId = cluster.image().topic("orders")->id;
        for (int copy = 0; copy < 2; ++copy)
            request.topics.emplace_back().name = "twice";
        request.topics.emplace_back().name = "orders";
        request.topics.emplace_back().topicId = cluster.image().topic("orders")->id;
        const auto response = cluster.run(request);
        QCOMPARE(response.responses.size(), 5u);
        QCOMPARE(textOf(response.responses[0].errorMessage),
            QString("Neither topic name nor id were specified."));
        QCOMPARE(textOf(response.responses[1].errorMessage),
            QString("You may not specify both topic name and topic id."));
        QCOMPARE(textOf(response.responses[2].errorMessage), QString("Duplicate topic name."));
        QCOMPARE(textOf(response.responses[3].errorMessage),
            QString("The provided topic name maps to an ID that was already supplied."));
    }
    void deletionCanBeDisabled()
    {
        auto options = TestCluster::defaultOptions();
        options.topics.isDeletionEnabled = false;
        TestCluster cluster(options);
        cluster.startBroker(1);
        cluster.createTopic("orders", {{1}});
        protocol::DeleteTopicsRequest request;
        request.topicNames = {"orders"};
        QCOMPARE(errorFromWire(cluster.run(request, 5).responses[0].errorCode),
            ErrorCode::TopicDeletionDisabled);
        QCOMPARE(errorFromWire(cluster.run(request, 2).responses[0].errorCode),
            ErrorCode::InvalidRequest);
    }
};

QTEST_APPLESS_MAIN(TestTopics)
#include "test_topics.moc"
