#include "protocol/controlrecord.h"
#include "protocol/messages/kraftversionrecord.h"
#include "protocol/messages/leaderchangemessage.h"
#include "protocol/messages/votersrecord.h"
#include "quorumnode.h"
#include "raft/batches.h"
#include "raft/quorumstate.h"

#include <QTest>

using namespace moldau;
using namespace moldau::raft;
using namespace std::chrono_literals;

class TestVotingQuorum : public QObject {
    Q_OBJECT
private:
    /** Fetches and waits for the answer's first partition. */
    protocol::FetchResponse::PartitionData fetched(Node& node, protocol::FetchRequest request)
    {
        protocol::FetchResponse response;
        node.quorum->fetch(
            std::move(request), kFetchVersion, [&](auto answer) { response = std::move(answer); });
        node.loop.settle();
        return response.responses.empty() ? protocol::FetchResponse::PartitionData()
                                          : response.responses.front().partitions.front();
    }
private slots:
    void itLeadsOnceItsLogIsOnDisk()
    {
        Node node;
        node.start();
        node.loop.turn();
        QVERIFY(node.hearer.heard.empty());
        node.loop.settle();
        QVERIFY(node.quorum->isLeader());
        QCOMPARE(node.hearer.heard, lines({"control@0", "leader 100 epoch 1"}));
    }
    void theFirstBatchSaysWhoLeadsAndWhoVotes()
    {
        Node node;
        node.start();
        node.loop.settle();
        const auto answer = fetched(node, fetchFrom(0));
        const auto batch = protocol::BatchView::parse(answer.records.bytes());
        QVERIFY(batch.has_value() && batch->isControl() && batch->isCrcRight());
        QCOMPARE(batch->leaderEpoch(), 1);
        std::vector<std::int16_t> types;
        const auto records = batch->records();
        for (const auto& record : *records)
            types.push_back(*protocol::controlTypeOf(record));
        QCOMPARE(types, (std::vector<std::int16_t>{2, 5, 6})); // leader, version, voters
        // Kafka reads them in version 0, and nothing may be left over.
        const auto change = protocol::LeaderChangeMessage::parse(*(*records)[0].value, 0);
        QVERIFY2(change.has_value(), change ? "" : change.error().message.c_str());
        QCOMPARE(change->leaderId, BrokerId(100));
        QCOMPARE(change->voters.size(), 1u);
        const auto version = protocol::KRaftVersionRecord::parse(*(*records)[1].value, 0);
        QVERIFY(version.has_value());
        QCOMPARE(version->kRaftVersion, std::int16_t(1));
        const auto voters = protocol::VotersRecord::parse(*(*records)[2].value, 0);
        QVERIFY(voters.has_value());
        QCOMPARE(voters->voters.front().voterDirectoryId, node.directory->directoryId());
    }
    void aVoterThatMovedSaysWhereItIs()
    {
        Node node;
        node.start();
        node.loop.settle();
        node.stop();
        node.port = 9094;
        for (int life = 2; life <= 3; ++life) {
            node.start();
            node.loop.settle();
            QVERIFY(node.append({"a"})); // and goes on as ever
            node.loop.settle();
            QCOMPARE(node.hearer.heard.back(), std::string("done a"));
            node.stop();
        }
        node.start();
        node.loop.settle();
        // LeaderChange of the second life, the voters, "a"; then of the third, "a" and of this one
        QCOMPARE(node.quorum->endOffset(), std::int64_t(3 + 3 + 2 + 1));
        const auto answer = fetched(node, fetchFrom(4));
        const auto voters = findVoters(answer.records.bytes());
        QVERIFY(voters && *voters);
        const auto record = protocol::VotersRecord::parse(**voters, 0);
        QVERIFY(record.has_value());
        QCOMPARE(record->voters.front().voterDirectoryId, node.directory->directoryId());
        QCOMPARE(record->voters.front().endpoints.front().port, std::uint16_t(9094));
    }
    void anAppendIsCommittedByTheDisk()
    {
        Node node;
        node.start();
        node.loop.settle();
        node.hearer.heard.clear();
        const std::int64_t base = node.quorum->endOffset();
        QCOMPARE(*node.append({"a", "b"}), base);
        QCOMPARE(node.quorum->endOffset(), base + 2);
        node.loop.turn();
        QVERIFY(node.hearer.heard.empty());
        QCOMPARE(node.quorum->highWatermark(), base);
        node.loop.settle();
        QCOMPARE(node.quorum->highWatermark(), base + 2);
        QCOMPARE(node.hearer.heard, lines({"done a"}));
    }
    void manyAppendsShareAnFsync()
    {
        Node node;
        node.start();
        node.loop.settle();
        node.hearer.heard.clear();
        const int before = node.loop.offloadCount();
        QVERIFY(node.append({"a"}));
        QVERIFY(node.append({"b"}));
        node.loop.turn();
        QVERIFY(node.append({"c"})); // while the disk is busy
        QVERIFY(node.append({"d"}));
        node.loop.settle();
        QCOMPARE(node.hearer.heard, lines({"done a", "done b", "done c", "done d"}));
        QCOMPARE(node.loop.offloadCount() - before, 2);
    }
    void aRestartTellsEverythingAgainInANewEpoch()
    {
        Node node;
        node.start();
        node.loop.settle();
        QVERIFY(node.append({"a", "b"}));
        QVERIFY(node.append({"c"}));
        node.loop.settle();
        node.stop();
        node.start();
        node.loop.settle();
        QCOMPARE(node.hearer.heard,
            lines({"control@0", "values@3 a b", "values@5 c", "control@6", "leader 100 epoch 2"}));
    }
    void whatWasCommittedSurvivesAPowerCut_data()
    {
        QTest::addColumn<int>("mode");
        QTest::newRow("nothing unsynced stays") << int(MemoryFileSystem::CrashMode::LoseUnsynced);
        QTest::newRow("some stays") << int(MemoryFileSystem::CrashMode::KeepSome);
        QTest::newRow("all stays") << int(MemoryFileSystem::CrashMode::KeepAll);
    }
    void whatWasCommittedSurvivesAPowerCut()
    {
        QFETCH(int, mode);
        Node node;
        node.start();
        node.loop.settle();
        QVERIFY(node.append({"kept"}));
        node.loop.settle();
        QVERIFY(node.append({"maybe"}));
        node.crash(MemoryFileSystem::CrashMode(mode));
        node.start();
        node.loop.settle();
        QVERIFY(node.hearer.heard.size() >= 4);
        QCOMPARE(node.hearer.heard[1], std::string("values@3 kept"));
        QCOMPARE(node.hearer.heard.back(), std::string("leader 100 epoch 2"));
        QVERIFY(node.append({"next"}));
        node.loop.settle();
        QCOMPARE(node.hearer.heard.back(), std::string("done next"));
    }
    void theEpochRisesAlsoWhenTheStateFileIsLost()
    {
        Node node;
        node.start();
        node.loop.settle();
        node.stop();
        QVERIFY(node.files.remove("/data/__cluster_metadata-0/quorum-state"));
        node.start();
        node.loop.settle();
        QCOMPARE(node.quorum->leader().epoch, 2);
    }
    void aFailingDiskLosesTheAppendAndSaysSo()
    {
        Node node;
        node.start();
        node.loop.settle();
        node.hearer.heard.clear();
        node.files.failSyncs(true);
        QVERIFY(node.append({"a"}));
        node.loop.settle();
        QCOMPARE(node.hearer.heard, lines({"lost a", "failed: KAFKA_STORAGE_ERROR"}));
        QVERIFY(!node.append({"b"}).has_value());
        QCOMPARE(
            errorFromWire(fetched(node, fetchFrom(0)).errorCode), ErrorCode::NotLeaderOrFollower);
    }
    void aLeaderThatResignsLosesOpenAppends()
    {
        Node node;
        node.start();
        node.loop.settle();
        node.hearer.heard.clear();
        QVERIFY(node.append({"a"}));
        node.quorum->resign();
        node.loop.settle();
        QCOMPARE(node.hearer.heard, lines({"lost a", "leader -1 epoch 1"}));
        QCOMPARE(node.quorum->leader().leader, kNoBroker);
        // Lost to whoever appended it; that it is in the log after all is told like any other.
        node.hearer.heard.clear();
        node.loop.advance(3s);
        QCOMPARE(node.hearer.heard, lines({"values@3 a", "control@4", "leader 100 epoch 2"}));
    }
    void observersReadOnlyWhatIsCommitted()
    {
        Node node;
        node.start();
        node.loop.settle();
        QVERIFY(node.append({"a"}));
        protocol::FetchResponse response;
        node.quorum->fetch(
            fetchFrom(3), kFetchVersion, [&](auto answer) { response = std::move(answer); });
        QCOMPARE(response.responses.front().partitions.front().records.size(), 0u);
        node.loop.settle();
        const auto answer = fetched(node, fetchFrom(3));
        QVERIFY(answer.records.size() > 0);
        QCOMPARE(answer.highWatermark, std::int64_t(4));
        QCOMPARE(answer.currentLeader.leaderId, BrokerId(100));
        QCOMPARE(answer.currentLeader.leaderEpoch, 1);
    }
    void aFetchWaitsForTheNextCommit()
    {
        Node node;
        node.start();
        node.loop.settle();
        int answers = 0;
        protocol::FetchResponse response;
        node.quorum->fetch(fetchFrom(3, 500), kFetchVersion, [&](auto answer) {
            ++answers;
            response = std::move(answer);
        });
        node.loop.settle();
        QCOMPARE(answers, 0);
        QVERIFY(node.append({"a"}));
        node.loop.settle();
        QCOMPARE(answers, 1);
        QVERIFY(response.responses.front().partitions.front().records.size() > 0);
        node.loop.advance(1s);
        QCOMPARE(answers, 1);
    }
    void aFetchIsAnsweredEmptyWhenItsTimeIsOver()
    {
        Node node;
        node.start();
        node.loop.settle();
        int answers = 0;
        node.quorum->fetch(fetchFrom(3, 500), kFetchVersion, [&](auto answer) {
            ++answers;
            QCOMPARE(answer.responses.front().partitions.front().errorCode, std::int16_t(0));
        });
        node.loop.advance(499ms);
        QCOMPARE(answers, 0);
        node.loop.advance(1ms);
        QCOMPARE(answers, 1);
    }
    void aFetchThatComesBeforeTheElectionWaitsForIt()
    {
        Node node;
        node.start();
        protocol::FetchResponse response;
        node.quorum->fetch(
            fetchFrom(0, 500), kFetchVersion, [&](auto answer) { response = std::move(answer); });
        node.loop.settle();
        QVERIFY(response.responses.front().partitions.front().records.size() > 0);
    }
    void wrongFetchesAreRefused_data()
    {
        using Change
            = std::function<void(protocol::FetchRequest&, protocol::FetchRequest::FetchPartition&)>;
        QTest::addColumn<Change>("change");
        QTest::addColumn<int>("code");
        QTest::newRow("old epoch")
            << Change([](auto&, auto& partition) { partition.currentLeaderEpoch = 0; })
            << int(ErrorCode::FencedLeaderEpoch);
        QTest::newRow("new epoch")
            << Change([](auto&, auto& partition) { partition.currentLeaderEpoch = 2; })
            << int(ErrorCode::UnknownLeaderEpoch);
        QTest::newRow("below the start")
            << Change([](auto&, auto& partition) { partition.fetchOffset = -5; })
            << int(ErrorCode::OffsetOutOfRange);
        QTest::newRow("other cluster")
            << Change([](auto& request, auto&) { request.clusterId = "other"; })
            << int(ErrorCode::InconsistentClusterId);
        QTest::newRow("other topic")
            << Change([](auto& request, auto&) { request.topics.front().topicId = {}; })
            << int(ErrorCode::InvalidRequest);
    }
    void wrongFetchesAreRefused()
    {
        using Change
            = std::function<void(protocol::FetchRequest&, protocol::FetchRequest::FetchPartition&)>;
        QFETCH(Change, change);
        QFETCH(int, code);
        Node node;
        node.start();
        node.loop.settle();
        auto request = fetchFrom(0);
        change(request, request.topics.front().partitions.front());
        protocol::FetchResponse response;
        node.quorum->fetch(
            request, kFetchVersion, [&](auto answer) { response = std::move(answer); });
        const std::int16_t error = response.errorCode != 0
            ? response.errorCode
            : response.responses.front().partitions.front().errorCode;
        QCOMPARE(int(errorFromWire(error)), code);
    }
    void aFetchFromAForeignLogIsToldWhereItParted()
    {
        Node node;
        node.start();
        node.loop.settle();
        node.stop();
        node.start(); // epoch 1 is [0, 3), epoch 2 begins at 3
        node.loop.settle();
        auto request = fetchFrom(5);
        request.topics.front().partitions.front().lastFetchedEpoch = 1;
        const auto answer = fetched(node, request);
        QCOMPARE(answer.errorCode, std::int16_t(0));
        QCOMPARE(answer.divergingEpoch.epoch, 1);
        QCOMPARE(answer.divergingEpoch.endOffset, std::int64_t(3));
        QCOMPARE(answer.records.size(), 0u);
    }
    void describeQuorumNamesVoterAndObservers()
    {
        Node node;
        node.start();
        node.loop.settle();
        fetched(node, fetchFrom(1));
        protocol::DescribeQuorumRequest request;
        auto& topic = request.topics.emplace_back();
        topic.topicName = "__cluster_metadata";
        topic.partitions.emplace_back();
        const auto response = node.quorum->describe(request);
        const auto& partition = response.topics.front().partitions.front();
        QCOMPARE(partition.leaderId, BrokerId(100));
        QCOMPARE(partition.currentVoters.size(), 1u);
        QCOMPARE(partition.currentVoters.front().logEndOffset, node.quorum->endOffset());
        QCOMPARE(partition.observers.size(), 1u);
        QCOMPARE(partition.observers.front().replicaId, BrokerId(1));
        QCOMPARE(partition.observers.front().logEndOffset, std::int64_t(1));
        QCOMPARE(response.nodes.front().listeners.front().port, std::uint16_t(9093));
    }
    void startingNeedsFewFsyncs()
    {
        Node node;
        node.start();
        node.loop.settle();
        const auto started = node.files.syncCount();
        QVERIFY(node.append({"a"}));
        node.loop.settle();
        qInfo("fsyncs: %llu at the first start, %llu for a commit",
            static_cast<unsigned long long>(started),
            static_cast<unsigned long long>(node.files.syncCount() - started));
        QCOMPARE(node.files.syncCount() - started, std::uint64_t(1));
    }
};

QTEST_APPLESS_MAIN(TestVotingQuorum)
#include "test_votingquorum.moc"
