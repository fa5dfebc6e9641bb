// A quorum whose log loses its beginning: what snapshots stand for stays, through restarts and
// power cuts, and nodes that were left behind get it.

#include "quorumnode.h"

#include <QTest>

using namespace moldau;
using namespace moldau::raft;
using namespace std::chrono_literals;

namespace {

/** The state of a test's quorum: the last of the values is all that counts. */
bool writeSnapshot(Node& node, const std::string& state = "state")
{
    const bool isBegun = node.quorum->writeSnapshot(
        node.quorum->highWatermark(), node.loop.wallClockMs(),
        [state](
            SnapshotWriter& writer) { return writer.append(Bytes(state.begin(), state.end())); },
        [&node](const Result<void>& written) {
            node.hearer.heard.push_back(written ? "written" : "not written");
        });
    node.loop.advance(1s); // the log is cut by a timer
    return isBegun;
}

/** A node whose log begins at its second snapshot: five batches are gone. */
void makeCut(Node& node)
{
    node.segments.bytes = 200;
    node.retention = {300, -1};
    node.start();
    node.loop.settle();
    for (int i = 0; i < 5; ++i) {
        QVERIFY(node.append({"a" + std::to_string(i)}));
        node.loop.settle();
    }
    QVERIFY(writeSnapshot(node));
    for (int i = 0; i < 5; ++i) {
        QVERIFY(node.append({"b" + std::to_string(i)}));
        node.loop.settle();
    }
    QVERIFY(writeSnapshot(node));
    QVERIFY(node.append({"after"}));
    node.loop.settle();
    node.hearer.heard.clear();
}

protocol::FetchSnapshotRequest pieceOf(const SnapshotId& id, std::int64_t position, int maxBytes)
{
    protocol::FetchSnapshotRequest request;
    request.maxBytes = maxBytes;
    auto& topic = request.topics.emplace_back();
    topic.name = "__cluster_metadata";
    auto& partition = topic.partitions.emplace_back();
    partition.currentLeaderEpoch = -1;
    partition.snapshotId.endOffset = id.offset;
    partition.snapshotId.epoch = id.epoch;
    partition.position = position;
    return request;
}

} // namespace

class TestCutLog : public QObject {
    Q_OBJECT
private:
    protocol::FetchResponse::PartitionData fetched(
        Node& node, std::int64_t offset, std::int32_t lastEpoch)
    {
        auto request = fetchFrom(offset);
        request.topics.front().partitions.front().lastFetchedEpoch = lastEpoch;
        protocol::FetchResponse response;
        node.quorum->fetch(
            std::move(request), kFetchVersion, [&](auto answer) { response = std::move(answer); });
        node.loop.settle();
        return response.responses.front().partitions.front();
    }
private slots:
    void oneSnapshotCutsNothing()
    {
        Node node;
        node.retention = {0, 0};
        node.start();
        node.loop.settle();
        QVERIFY(node.append({"a"}));
        node.loop.settle();
        node.hearer.heard.clear();
        QVERIFY(writeSnapshot(node));
        QCOMPARE(node.hearer.heard, lines({"written"}));
        QCOMPARE(node.quorum->newestSnapshotEnd(), std::int64_t(4));
        QCOMPARE(fetched(node, 1, 1).logStartOffset, std::int64_t(0));
        QVERIFY(!writeSnapshot(node)); // there is nothing new
    }
    void whatIsNotCommittedIsInNoSnapshot()
    {
        Node node;
        node.start();
        node.loop.settle();
        QVERIFY(node.append({"a"}));
        QVERIFY(!node.quorum->writeSnapshot(
            node.quorum->endOffset(), 0, [](SnapshotWriter&) { return Result<void>{}; },
            [](const Result<void>&) {}));
    }
    void aSecondSnapshotCutsTheLogAtItsOwnEnd()
    {
        Node node;
        makeCut(node);
        const auto answer = fetched(node, 13, 1);
        QCOMPARE(answer.logStartOffset, std::int64_t(13));
        QCOMPARE(node.quorum->newestSnapshotEnd(), std::int64_t(13));
        int segments = 0;
        int snapshots = 0;
        const auto entries = node.files.list("/data/__cluster_metadata-0");
        for (const auto& entry : *entries) {
            segments += entry.name.ends_with(".log") ? 1 : 0;
            snapshots += entry.name.ends_with(".checkpoint") ? 1 : 0;
        }
        QCOMPARE(snapshots, 1);
        QVERIFY(segments <= 2);
    }
    void aRestartTellsTheSnapshotAndWhatFollows()
    {
        Node node;
        makeCut(node);
        node.stop();
        node.start();
        node.loop.settle();
        QCOMPARE(node.hearer.heard,
            lines({"snapshot@13", "values@13 after", "control@14", "leader 100 epoch 2"}));
        QVERIFY(node.append({"next"}));
        node.loop.settle();
        QCOMPARE(node.hearer.heard.back(), std::string("done next"));
    }
    void aWholeLogBeginsWithItsSnapshot()
    {
        Node node;
        node.start();
        node.loop.settle();
        QVERIFY(node.append({"a"}));
        node.loop.settle();
        QVERIFY(writeSnapshot(node));
        QVERIFY(node.append({"b"}));
        node.loop.settle();
        node.stop();
        node.start();
        node.loop.settle();
        QCOMPARE(node.hearer.heard,
            lines({"snapshot@4", "values@4 b", "control@5", "leader 100 epoch 2"}));
    }
    void aPowerCutLosesNothing_data()
    {
        QTest::addColumn<int>("mode");
        QTest::newRow("nothing unsynced stays") << int(MemoryFileSystem::CrashMode::LoseUnsynced);
        QTest::newRow("some stays") << int(MemoryFileSystem::CrashMode::KeepSome);
        QTest::newRow("all stays") << int(MemoryFileSystem::CrashMode::KeepAll);
    }
    void aPowerCutLosesNothing()
    {
        QFETCH(int, mode);
        Node node;
        makeCut(node);
        node.crash(MemoryFileSystem::CrashMode(mode));
        node.start();
        node.loop.settle();
        QCOMPARE(node.hearer.heard,
            lines({"snapshot@13", "values@13 after", "control@14", "leader 100 epoch 2"}));
    }
    void aPowerCutWhileASnapshotIsWrittenLeavesTheOneBefore()
    {
        Node node;
        makeCut(node);
        node.files.failRenames(0);
        QVERIFY(writeSnapshot(node));
        QCOMPARE(node.hearer.heard, lines({"not written"}));
        node.files.heal();
        auto part = node.files.open(
            "/data/__cluster_metadata-0/00000000000000000014-0000000001.checkpoint.part",
            OpenMode::Create);
        QVERIFY(part.has_value());
        part->reset();
        node.crash();
        node.start();
        node.loop.settle();
        QCOMPARE(node.hearer.heard.front(), std::string("snapshot@13"));
    }
    void aLogWithoutItsBeginningAndWithoutSnapshotIsRefused()
    {
        Node node;
        makeCut(node);
        node.stop();
        const std::string path = "/data/__cluster_metadata-0/" + snapshotFileName({1, 13});
        Bytes bytes = readFile(node.files, path).value();
        bytes.resize(bytes.size() - 1);
        QVERIFY(replaceFile(node.files, path, bytes, Durability::Power));
        storage::LogDirectory::Options options;
        options.path = "/data";
        options.clusterId = "test-cluster";
        options.nodeId = BrokerId(100);
        options.configOf = [](const std::string&) { return metadataLogConfig(); };
        auto directory = storage::LogDirectory::open(node.loop, node.files, node.quiet, options);
        const auto log = DiskLog::open(node.loop, **directory);
        QVERIFY(!log.has_value());
        QCOMPARE(log.error().code, ErrorCode::LocalCorruptData);
    }
    void whoIsBehindGetsTheSnapshotsName()
    {
        Node node;
        makeCut(node);
        for (const auto& [offset, epoch] : {std::pair(std::int64_t(0), -1),
                 std::pair(std::int64_t(5), 1), std::pair(std::int64_t(13), 0)}) {
            const auto answer = fetched(node, offset, epoch);
            QCOMPARE(answer.errorCode, std::int16_t(0));
            QCOMPARE(answer.snapshotId.endOffset, std::int64_t(13));
            QCOMPARE(answer.snapshotId.epoch, 1);
            QCOMPARE(answer.records.size(), 0u);
        }
        const auto goesOn = fetched(node, 13, 1);
        QCOMPARE(goesOn.snapshotId.endOffset, std::int64_t(-1));
        QVERIFY(goesOn.records.size() > 0);
    }
    void aSnapshotIsServedInChunks()
    {
        Node node;
        makeCut(node);
        const SnapshotId id{1, 13};
        Bytes got;
        std::int64_t size = 0;
        do {
            const auto response = node.quorum->fetchSnapshot(
                pieceOf(id, static_cast<std::int64_t>(got.size()), 50));
            const auto& piece = response.topics.front().partitions.front();
            QCOMPARE(piece.errorCode, std::int16_t(0));
            QCOMPARE(piece.position, static_cast<std::int64_t>(got.size()));
            const BytesView bytes = piece.unalignedRecords.bytes();
            QVERIFY(!bytes.empty() && bytes.size() <= 50);
            got.insert(got.end(), bytes.begin(), bytes.end());
            size = piece.size;
        } while (static_cast<std::int64_t>(got.size()) < size);
        QVERIFY(got
            == readFile(node.files, "/data/__cluster_metadata-0/" + snapshotFileName(id)).value());
        const auto errorOf = [&](const SnapshotId& asked, std::int64_t position) {
            const auto response = node.quorum->fetchSnapshot(pieceOf(asked, position, 50));
            return errorFromWire(response.topics.front().partitions.front().errorCode);
        };
        QCOMPARE(errorOf({1, 12}, 0), ErrorCode::SnapshotNotFound);
        QCOMPARE(errorOf(id, size), ErrorCode::PositionOutOfRange);
        QCOMPARE(errorOf(id, -1), ErrorCode::PositionOutOfRange);
    }
    void anotherNodesSnapshotReplacesTheLog()
    {
        Node from;
        makeCut(from);
        const SnapshotId id{1, 13};
        const Bytes bytes
            = readFile(from.files, "/data/__cluster_metadata-0/" + snapshotFileName(id)).value();
        Node to;
        to.start();
        to.loop.settle();
        QVERIFY(to.append({"only here"}));
        to.quorum.reset();
        auto log = DiskLog::open(to.loop, *to.directory);
        QVERIFY(log.has_value());
        QVERIFY((*log)->storeSnapshot(id, 0, BytesView(bytes).first(30), false));
        QCOMPARE((*log)->startOffset(), std::int64_t(0));
        QVERIFY((*log)->storeSnapshot(id, 30, BytesView(bytes).subspan(30), true));
        QCOMPARE((*log)->startOffset(), std::int64_t(13));
        QVERIFY(((*log)->end() == LogEnd{1, 13}));
        QVERIFY(((*log)->endOfEpoch(1) == EpochEnd{1, 13}));
        QVERIFY(((*log)->snapshot() == id));
        // The power goes before anything of the new log is on the disk: the snapshot is.
        log->reset();
        to.crash();
        to.start();
        to.loop.settle();
        QCOMPARE(to.hearer.heard, lines({"snapshot@13", "control@13", "leader 100 epoch 2"}));
    }
};

QTEST_APPLESS_MAIN(TestCutLog)
#include "test_cutlog.moc"
