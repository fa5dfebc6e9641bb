// What BrokerAdmin makes of brokers' answers, of wrong ones and of none: by our own codecs, against
// brokers that answer as each test says.

#include "scriptedbrokers.h"

#include "protocol/messages/alterpartitionreassignmentsrequest.h"
#include "protocol/messages/alterpartitionreassignmentsresponse.h"
#include "protocol/messages/describeconfigsrequest.h"
#include "protocol/messages/describeconfigsresponse.h"
#include "protocol/messages/describelogdirsrequest.h"
#include "protocol/messages/describelogdirsresponse.h"
#include "protocol/messages/describequorumrequest.h"
#include "protocol/messages/describequorumresponse.h"
#include "protocol/messages/electleadersrequest.h"
#include "protocol/messages/electleadersresponse.h"
#include "protocol/messages/incrementalalterconfigsrequest.h"
#include "protocol/messages/incrementalalterconfigsresponse.h"
#include "protocol/messages/listpartitionreassignmentsrequest.h"
#include "protocol/messages/listpartitionreassignmentsresponse.h"

#include <QTest>

using namespace moldau;
using namespace moldau::client;
using namespace moldau::protocol;

namespace {

using Done = ClusterConnection::Done;
using Partitions = PerPartition<Done>;
using Moving = std::map<TopicPartition, Reassignment>;
using Directories = std::vector<LogDirectory>;
using Wishes = std::map<TopicPartition, std::optional<std::vector<BrokerId>>>;

const auto listMoves = [](WireAdmin& admin) {
    return [&admin](const Answer<Moving>& answer) { admin.listReassignments(answer); };
};
const auto askQuorum = [](WireAdmin& admin) {
    return [&admin](const Answer<QuorumDescription>& answer) { admin.describeQuorum(answer); };
};
const auto askDirectories = [](WireAdmin& admin) {
    return [&admin](const Answer<Directories>& answer) { admin.describeLogDirectories(answer); };
};

DescribeQuorumResponse quorumOfOne()
{
    DescribeQuorumResponse response;
    auto& topic = response.topics.emplace_back();
    topic.topicName = "__cluster_metadata";
    auto& log = topic.partitions.emplace_back();
    log.leaderId = BrokerId(101);
    log.leaderEpoch = 7;
    log.highWatermark = 40;
    for (const int id : {103, 101}) {
        auto& voter = log.currentVoters.emplace_back();
        voter.replicaId = BrokerId(id);
        voter.logEndOffset = id;
    }
    auto& node = response.nodes.emplace_back();
    node.nodeId = BrokerId(101);
    auto& listener = node.listeners.emplace_back();
    listener.host = "10.0.0.1";
    listener.port = 9093;
    return response;
}

DescribeLogDirsResponse directoryWith(std::int64_t bytes)
{
    DescribeLogDirsResponse response;
    auto& directory = response.results.emplace_back();
    directory.logDir = "/data";
    auto& topic = directory.topics.emplace_back();
    topic.name = "orders";
    topic.partitions.emplace_back().partitionSize = bytes;
    return response;
}

} // namespace

class TestBrokerAdmin : public QObject {
    Q_OBJECT

private slots:
    void theQuorumIsToldWithItsVotersInOrder();
    void halfAnAnswerAboutTheQuorumIsAnError_data();
    void halfAnAnswerAboutTheQuorumIsAnError();
    void aBrokerThatIsDownHidesOnlyItsOwnDirectories();
    void aBrokerThatSaysNothingHidesOnlyItsOwnDirectories();
    void aRefusedBrokerAndAFailedDirectoryAreNamed();
    void nobodyThereIsAnErrorThatSaysSo();
    void theControllerIsAskedAgainWhenItMoves();
    void aControllerThatIsNeverFoundIsAnErrorInTime();
    void aRequestThatIsNeverAnsweredEndsInTime();
    void electionsAndMovesTellOfEachPartition();
    void partitionsThatAnAnswerLeavesOutAreErrors();
    void aCancelledMoveIsSentWithoutReplicas();
    void limitsAreToldAsTheyAreSetForEachBroker();
    void aBrokerThatIsDownHidesOnlyItsOwnLimits();
    void limitsAreSetOnTopicsThenOnTheBrokersThemselves();
    void limitsThatCantBeSetAreNamed();
    void aClusterThatDoesntKnowARequestIsToldOf();
};

void TestBrokerAdmin::theQuorumIsToldWithItsVotersInOrder()
{
    ScriptedCluster cluster(2);
    cluster.answer<DescribeQuorumRequest, DescribeQuorumResponse>(
        [](const auto&) { return quorumOfOne(); });
    const auto quorum = cluster.ask<QuorumDescription>(askQuorum(cluster.admin()));
    QVERIFY(quorum.has_value());
    QCOMPARE(quorum->leader, BrokerId(101));
    QCOMPARE(quorum->leaderEpoch, 7);
    QCOMPARE(quorum->voters.size(), std::size_t(2));
    QCOMPARE(quorum->voters[0].id, BrokerId(101));
    QCOMPARE(quorum->voters[1].logEnd, 103);
    QVERIFY(quorum->addresses.at(BrokerId(101)) == (Endpoint{"10.0.0.1", 9093}));
}

void TestBrokerAdmin::halfAnAnswerAboutTheQuorumIsAnError_data()
{
    QTest::addColumn<QString>("half");
    QTest::addColumn<int>("code");
    QTest::newRow("without the topic") << "no topic" << int(ErrorCode::LocalCorruptData);
    QTest::newRow("without the partition") << "no partition" << int(ErrorCode::LocalCorruptData);
    QTest::newRow("refused") << "refused" << int(ErrorCode::ClusterAuthorizationFailed);
    QTest::newRow("not led") << "not led" << int(ErrorCode::NotLeaderOrFollower);
}

void TestBrokerAdmin::halfAnAnswerAboutTheQuorumIsAnError()
{
    QFETCH(QString, half);
    QFETCH(int, code);
    ScriptedCluster cluster(1);
    cluster.answer<DescribeQuorumRequest, DescribeQuorumResponse>([half](const auto&) {
        DescribeQuorumResponse response = quorumOfOne();
        if (half == "no topic")
            response.topics.clear();
        else if (half == "no partition")
            response.topics[0].partitions.clear();
        else if (half == "refused")
            response.errorCode = errorToWire(ErrorCode::ClusterAuthorizationFailed);
        else
            response.topics[0].partitions[0].errorCode
                = errorToWire(ErrorCode::NotLeaderOrFollower);
        return response;
    });
    const auto quorum = cluster.ask<QuorumDescription>(askQuorum(cluster.admin()));
    QVERIFY(!quorum.has_value());
    QCOMPARE(int(quorum.error().code), code);
    QVERIFY(!quorum.error().message.empty());
}

void TestBrokerAdmin::aBrokerThatIsDownHidesOnlyItsOwnDirectories()
{
    ScriptedCluster cluster(3);
    cluster.answer<DescribeLogDirsRequest, DescribeLogDirsResponse>(
        [](const auto&) { return directoryWith(500); });
    QCOMPARE(cluster.ask<Directories>(askDirectories(cluster.admin()))->size(), std::size_t(3));
    cluster.broker(2).stop();
    for (const int again : {1, 2}) { // its connection breaks, then it refuses the next
        Q_UNUSED(again)
        const auto found = cluster.ask<Directories>(askDirectories(cluster.admin()));
        QVERIFY(found.has_value());
        QCOMPARE(found->size(), std::size_t(3));
        for (const LogDirectory& directory : *found) {
            const bool isDown = directory.broker == BrokerId(2);
            QCOMPARE(directory.problem.has_value(), isDown);
            QCOMPARE(directory.path, std::string(isDown ? "" : "/data"));
            QCOMPARE(directory.replicas.size(), std::size_t(isDown ? 0 : 1));
        }
        QVERIFY(cluster.took() < std::chrono::seconds(1));
    }
    cluster.broker(2).start();
    const auto back = cluster.ask<Directories>(askDirectories(cluster.admin()));
    QVERIFY(std::none_of(back->begin(), back->end(),
        [](const LogDirectory& directory) { return directory.problem.has_value(); }));
}

void TestBrokerAdmin::aBrokerThatSaysNothingHidesOnlyItsOwnDirectories()
{
    ScriptedCluster cluster(3);
    cluster.answer<DescribeLogDirsRequest, DescribeLogDirsResponse>(
        [](const auto&) { return directoryWith(500); });
    cluster.broker(3).answers<DescribeLogDirsRequest, DescribeLogDirsResponse>(
        [](const auto&) { return std::nullopt; });
    const auto found = cluster.ask<Directories>(askDirectories(cluster.admin()));
    QVERIFY(found.has_value());
    QCOMPARE(found->size(), std::size_t(3));
    QCOMPARE(found->back().broker, BrokerId(3));
    QCOMPARE(found->back().problem->code, ErrorCode::LocalTimeout);
    QCOMPARE(found->front().replicas.size(), std::size_t(1));
    QVERIFY(cluster.took() < ScriptedCluster::kTimeout + std::chrono::seconds(1));
}

void TestBrokerAdmin::aRefusedBrokerAndAFailedDirectoryAreNamed()
{
    ScriptedCluster cluster(2);
    cluster.broker(1).answers<DescribeLogDirsRequest, DescribeLogDirsResponse>([](const auto&) {
        DescribeLogDirsResponse response = directoryWith(500);
        response.results.emplace_back().logDir = "/broken";
        response.results.back().errorCode = errorToWire(ErrorCode::KafkaStorageError);
        return response;
    });
    cluster.broker(2).answers<DescribeLogDirsRequest, DescribeLogDirsResponse>([](const auto&) {
        DescribeLogDirsResponse response;
        response.errorCode = errorToWire(ErrorCode::ClusterAuthorizationFailed);
        return response;
    });
    const auto found = cluster.ask<Directories>(askDirectories(cluster.admin()));
    QCOMPARE(found->size(), std::size_t(3));
    QVERIFY(!(*found)[0].problem);
    QCOMPARE((*found)[1].path, std::string("/broken"));
    QCOMPARE((*found)[1].problem->code, ErrorCode::KafkaStorageError);
    QCOMPARE((*found)[2].path, std::string());
    QCOMPARE((*found)[2].problem->code, ErrorCode::ClusterAuthorizationFailed);
}

void TestBrokerAdmin::nobodyThereIsAnErrorThatSaysSo()
{
    ScriptedCluster cluster(1);
    cluster.broker(1).stop();
    const auto found = cluster.ask<Directories>(askDirectories(cluster.admin()));
    QVERIFY(!found.has_value());
    QCOMPARE(found.error().code, ErrorCode::LocalConnectionRefused);
    QVERIFY(found.error().message.find("10.0.0.1:9092") != std::string::npos);
}

void TestBrokerAdmin::theControllerIsAskedAgainWhenItMoves()
{
    ScriptedCluster cluster(1);
    int asked = 0;
    cluster.answer<ListPartitionReassignmentsRequest, ListPartitionReassignmentsResponse>(
        [&asked](const auto&) {
            ListPartitionReassignmentsResponse response;
            if (++asked < 4) {
                response.errorCode = errorToWire(ErrorCode::NotController);
                return response;
            }
            auto& topic = response.topics.emplace_back();
            topic.name = "orders";
            auto& partition = topic.partitions.emplace_back();
            partition.partitionIndex = 5;
            partition.addingReplicas = {BrokerId(4)};
            partition.removingReplicas = {BrokerId(1), BrokerId(2)};
            return response;
        });
    const auto found = cluster.ask<Moving>(listMoves(cluster.admin()));
    QVERIFY(found.has_value());
    QCOMPARE(asked, 4);
    const Moving moving{{{"orders", 5}, {{BrokerId(4)}, {BrokerId(1), BrokerId(2)}}}};
    QCOMPARE(*found, moving);
}

void TestBrokerAdmin::aControllerThatIsNeverFoundIsAnErrorInTime()
{
    ScriptedCluster cluster(1);
    cluster.answer<ElectLeadersRequest, ElectLeadersResponse>([](const auto&) {
        ElectLeadersResponse response;
        response.errorCode = errorToWire(ErrorCode::NotController);
        return response;
    });
    const auto elected = cluster.ask<Partitions>([&](const Answer<Partitions>& answer) {
        cluster.admin().electPreferredLeaders({{"orders", 0}}, answer);
    });
    QVERIFY(!elected.has_value());
    QCOMPARE(elected.error().code, ErrorCode::NotController);
    QVERIFY(cluster.took() >= ScriptedCluster::kTimeout);
    QVERIFY(cluster.took() < ScriptedCluster::kTimeout + std::chrono::seconds(1));
}

void TestBrokerAdmin::aRequestThatIsNeverAnsweredEndsInTime()
{
    ScriptedCluster cluster(1);
    cluster.answer<AlterPartitionReassignmentsRequest, AlterPartitionReassignmentsResponse>(
        [](const auto&) { return std::nullopt; });
    const auto moved = cluster.ask<Partitions>([&](const Answer<Partitions>& answer) {
        cluster.admin().reassign({{{"orders", 0}, std::vector{BrokerId(1)}}}, answer);
    });
    QVERIFY(!moved.has_value());
    QCOMPARE(moved.error().code, ErrorCode::LocalTimeout);
    QVERIFY(cluster.took() < ScriptedCluster::kTimeout + std::chrono::seconds(1));
}

void TestBrokerAdmin::electionsAndMovesTellOfEachPartition()
{
    ScriptedCluster cluster(1);
    cluster.answer<ElectLeadersRequest, ElectLeadersResponse>(
        [](const ElectLeadersRequest& request) {
            ElectLeadersResponse response;
            for (const auto& asked : *request.topicPartitions) {
                auto& topic = response.replicaElectionResults.emplace_back();
                topic.topic = asked.topic;
                for (const std::int32_t number : asked.partitions) {
                    auto& result = topic.partitionResult.emplace_back();
                    result.partitionId = number;
                    if (number == 1)
                        result.errorCode = errorToWire(ErrorCode::PreferredLeaderNotAvailable);
                }
            }
            return response;
        });
    const auto elected = cluster.ask<Partitions>([&](const Answer<Partitions>& answer) {
        cluster.admin().electPreferredLeaders(
            {{"orders", 0}, {"clicks", 3}, {"orders", 1}}, answer);
    });
    QCOMPARE(elected->size(), std::size_t(3));
    QVERIFY(elected->at({"clicks", 3}).has_value());
    QCOMPARE(elected->at({"orders", 1}).error().code, ErrorCode::PreferredLeaderNotAvailable);
}

void TestBrokerAdmin::partitionsThatAnAnswerLeavesOutAreErrors()
{
    ScriptedCluster cluster(1);
    cluster.answer<AlterPartitionReassignmentsRequest, AlterPartitionReassignmentsResponse>(
        [](const auto&) {
            AlterPartitionReassignmentsResponse response;
            auto& topic = response.responses.emplace_back();
            topic.name = "orders";
            topic.partitions.emplace_back().partitionIndex = 0;
            return response;
        });
    cluster.answer<ElectLeadersRequest, ElectLeadersResponse>(
        [](const auto&) { return ElectLeadersResponse(); });
    const Wishes wishes{
        {{"orders", 0}, std::vector{BrokerId(1)}}, {{"orders", 1}, std::vector{BrokerId(1)}}};
    const auto moved = cluster.ask<Partitions>(
        [&](const Answer<Partitions>& answer) { cluster.admin().reassign(wishes, answer); });
    QCOMPARE(moved->size(), std::size_t(2));
    QVERIFY(moved->at({"orders", 0}).has_value());
    QCOMPARE(moved->at({"orders", 1}).error().code, ErrorCode::LocalCorruptData);
    const auto elected = cluster.ask<Partitions>([&](const Answer<Partitions>& answer) {
        cluster.admin().electPreferredLeaders({{"orders", 0}}, answer);
    });
    QCOMPARE(elected->at({"orders", 0}).error().code, ErrorCode::LocalCorruptData);
}

void TestBrokerAdmin::aCancelledMoveIsSentWithoutReplicas()
{
    ScriptedCluster cluster(1);
    std::vector<std::optional<std::vector<BrokerId>>> sent;
    cluster.answer<AlterPartitionReassignmentsRequest, AlterPartitionReassignmentsResponse>(
        [&sent](const AlterPartitionReassignmentsRequest& request) {
            AlterPartitionReassignmentsResponse response;
            for (const auto& asked : request.topics) {
                auto& topic = response.responses.emplace_back();
                topic.name = asked.name;
                for (const auto& partition : asked.partitions) {
                    sent.push_back(partition.replicas);
                    auto& result = topic.partitions.emplace_back();
                    result.partitionIndex = partition.partitionIndex;
                    if (!partition.replicas) {
                        result.errorCode = errorToWire(ErrorCode::NoReassignmentInProgress);
                        result.errorMessage = "Too late.";
                    }
                }
            }
            return response;
        });
    const Wishes wishes{{{"orders", 0}, std::nullopt}, {{"orders", 1}, std::vector{BrokerId(7)}}};
    const auto moved = cluster.ask<Partitions>(
        [&](const Answer<Partitions>& answer) { cluster.admin().reassign(wishes, answer); });
    QCOMPARE(sent.size(), std::size_t(2));
    QVERIFY(!sent[0]);
    QCOMPARE(sent[1]->front(), BrokerId(7));
    QCOMPARE(moved->at({"orders", 0}).error().code, ErrorCode::NoReassignmentInProgress);
    QCOMPARE(moved->at({"orders", 0}).error().message, std::string("Too late."));
}

namespace {

/** A cluster that keeps what is set, each broker its own as Kafka's do. */
struct Settings {
    using Values = std::map<std::string, std::string>;
    std::map<std::string, Values> brokers;
    std::map<std::string, Values> topics;
    QStringList order; ///< who was set, in this order

    Values& of(std::int8_t kind, const std::string& name)
    {
        return kind == std::int8_t(ConfigResourceKind::Topic) ? topics[name] : brokers[name];
    }
    void serve(ScriptedCluster& cluster, int brokerCount)
    {
        for (int id = 1; id <= brokerCount; ++id) {
            cluster.broker(id).answers<DescribeConfigsRequest, DescribeConfigsResponse>(
                [this, id](const auto& request) { return describe(request, id); });
            cluster.broker(id)
                .answers<IncrementalAlterConfigsRequest, IncrementalAlterConfigsResponse>(
                    [this, id](const auto& request) { return alter(request, id); });
        }
    }
    static bool isOther(std::int8_t kind, const std::string& name, int id)
    {
        return kind == std::int8_t(ConfigResourceKind::Broker) && name != std::to_string(id);
    }
    DescribeConfigsResponse describe(const DescribeConfigsRequest& request, int id)
    {
        DescribeConfigsResponse response;
        for (const auto& asked : request.resources) {
            auto& result = response.results.emplace_back();
            result.resourceType = asked.resourceType;
            result.resourceName = asked.resourceName;
            const bool isTopic = asked.resourceType == std::int8_t(ConfigResourceKind::Topic);
            if (isOther(asked.resourceType, asked.resourceName, id))
                result.errorCode = errorToWire(ErrorCode::InvalidRequest);
            else if (isTopic && !topics.contains(asked.resourceName))
                result.errorCode = errorToWire(ErrorCode::UnknownTopicOrPartition);
            if (result.errorCode != 0)
                continue;
            const Values& values = of(asked.resourceType, asked.resourceName);
            for (const std::string& name : *asked.configurationKeys) {
                auto& config = result.configs.emplace_back();
                config.name = name;
                const auto set = values.find(name);
                const auto own = isTopic ? ConfigSource::Topic : ConfigSource::DynamicBroker;
                config.configSource
                    = std::int8_t(set == values.end() ? ConfigSource::Default : own);
                config.value = set == values.end() ? "9223372036854775807" : set->second;
            }
        }
        return response;
    }
    IncrementalAlterConfigsResponse alter(const IncrementalAlterConfigsRequest& request, int id)
    {
        IncrementalAlterConfigsResponse response;
        for (const auto& asked : request.resources) {
            order.append(QString::fromStdString(asked.resourceName));
            auto& result = response.responses.emplace_back();
            result.resourceType = asked.resourceType;
            result.resourceName = asked.resourceName;
            if (isOther(asked.resourceType, asked.resourceName, id)
                || asked.resourceName == "forbidden") {
                result.errorCode = errorToWire(ErrorCode::InvalidRequest);
                result.errorMessage = "Not here.";
                continue;
            }
            for (const auto& config : asked.configs) {
                Values& values = of(asked.resourceType, asked.resourceName);
                if (config.configOperation == 0)
                    values[config.name] = config.value.value();
                else
                    values.erase(config.name);
            }
        }
        return response;
    }
};

Result<ReplicationThrottles> describe(ScriptedCluster& cluster, std::vector<std::string> topics)
{
    return cluster.ask<ReplicationThrottles>([&](const Answer<ReplicationThrottles>& answer) {
        cluster.admin().describeThrottles(topics, answer);
    });
}

Result<ReplicationThrottles> set(ScriptedCluster& cluster, const ReplicationThrottles& throttles)
{
    return cluster.ask<ReplicationThrottles>([&](const Answer<ReplicationThrottles>& answer) {
        cluster.admin().setThrottles(throttles, answer);
    });
}

} // namespace

void TestBrokerAdmin::limitsAreToldAsTheyAreSetForEachBroker()
{
    ScriptedCluster cluster(3);
    Settings settings;
    settings.serve(cluster, 3);
    settings.brokers["2"] = {{"leader.replication.throttled.rate", "5000"},
        {"follower.replication.throttled.rate", "7000"}};
    settings.brokers["3"] = {{"follower.replication.throttled.rate", "12"}};
    settings.topics["free"] = {};
    settings.topics["orders"] = {{"leader.replication.throttled.replicas", "0:1, 0:2"},
        {"follower.replication.throttled.replicas", "*"}};
    const auto found = describe(cluster, {"orders", "free", "gone"});
    QVERIFY(found.has_value());
    const std::map<BrokerId, ThrottleRates> rates{
        {BrokerId(2), {5000, 7000}}, {BrokerId(3), {std::nullopt, 12}}};
    QCOMPARE(found->brokers, rates);
    QCOMPARE(found->topics.size(), std::size_t(1));
    const ThrottledReplicas replicas{{"0:1", "0:2"}, {"*"}};
    QCOMPARE(found->topics.at("orders"), replicas);
    QVERIFY(found->brokerProblems.empty() && found->topicProblems.empty());
}

void TestBrokerAdmin::aBrokerThatIsDownHidesOnlyItsOwnLimits()
{
    ScriptedCluster cluster(2);
    Settings settings;
    settings.serve(cluster, 2);
    settings.brokers["1"] = {{"leader.replication.throttled.rate", "5000"}};
    QVERIFY(describe(cluster, {}).has_value());
    cluster.broker(2).stop();
    const auto found = describe(cluster, {});
    QVERIFY(found.has_value());
    QCOMPARE(found->brokers.size(), std::size_t(1));
    QCOMPARE(found->brokerProblems.size(), std::size_t(1));
    QVERIFY(found->brokerProblems.contains(BrokerId(2)));
}

void TestBrokerAdmin::limitsAreSetOnTopicsThenOnTheBrokersThemselves()
{
    ScriptedCluster cluster(2);
    Settings settings;
    settings.serve(cluster, 2);
    settings.topics["orders"] = {};
    ReplicationThrottles wish;
    wish.brokers[BrokerId(1)] = {1000, 1000};
    wish.brokers[BrokerId(2)] = {1000, 2000};
    wish.topics["orders"] = {{"0:1", "1:2"}, {"0:2"}};
    auto failed = set(cluster, wish);
    QVERIFY(failed && failed->brokerProblems.empty() && failed->topicProblems.empty());
    QCOMPARE(settings.order.front(), QString("orders"));
    QCOMPARE(
        settings.topics["orders"]["leader.replication.throttled.replicas"], std::string("0:1,1:2"));
    QCOMPARE(settings.brokers["2"]["follower.replication.throttled.rate"], std::string("2000"));
    QCOMPARE(describe(cluster, {"orders"})->brokers, wish.brokers);
    // Nothing takes away what there is, without a trace.
    for (auto& [broker, rates] : wish.brokers)
        rates = {};
    wish.topics["orders"] = {};
    failed = set(cluster, wish);
    QVERIFY(failed && failed->brokerProblems.empty() && failed->topicProblems.empty());
    QVERIFY(settings.topics["orders"].empty());
    QVERIFY(settings.brokers["1"].empty() && settings.brokers["2"].empty());
}

void TestBrokerAdmin::limitsThatCantBeSetAreNamed()
{
    ScriptedCluster cluster(2);
    Settings settings;
    settings.serve(cluster, 2);
    ReplicationThrottles wish;
    wish.brokers[BrokerId(1)] = {1000, 1000};
    wish.brokers[BrokerId(2)] = {1000, 1000};
    wish.topics["forbidden"] = {{"0:1"}, {}};
    wish.topics["orders"] = {{"0:1"}, {}};
    QVERIFY(describe(cluster, {}).has_value());
    cluster.broker(2).stop();
    const auto failed = set(cluster, wish);
    QVERIFY(failed.has_value());
    QCOMPARE(failed->topicProblems.size(), std::size_t(1));
    QCOMPARE(failed->topicProblems.at("forbidden").message, std::string("Not here."));
    QCOMPARE(failed->brokerProblems.size(), std::size_t(1));
    QVERIFY(failed->brokerProblems.contains(BrokerId(2)));
    QCOMPARE(settings.brokers["1"].size(), std::size_t(2));
}

void TestBrokerAdmin::aClusterThatDoesntKnowARequestIsToldOf()
{
    ScriptedCluster cluster(1);
    const auto quorum = cluster.ask<QuorumDescription>(askQuorum(cluster.admin()));
    QVERIFY(!quorum.has_value());
    QCOMPARE(quorum.error().code, ErrorCode::LocalUnsupported);
    QVERIFY(quorum.error().message.find("DescribeQuorum") != std::string::npos);
}

QTEST_APPLESS_MAIN(TestBrokerAdmin)
#include "test_brokeradmin.moc"
