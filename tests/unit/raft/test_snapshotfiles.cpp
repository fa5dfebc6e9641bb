// Snapshots on disk: what a writer writes, a reader finds; anything less than a whole one is no
// snapshot.

#include "base/memoryfilesystem.h"
#include "protocol/recordbatch.h"
#include "raft/snapshotfiles.h"
#include "raft/snapshotschedule.h"
#include "raft/snapshotwriter.h"

#include <QTest>

using namespace moldau;
using namespace moldau::raft;
using namespace std::chrono_literals;

namespace {

constexpr SnapshotId kId{4, 123};
const std::string kDirectory = "/data/__cluster_metadata-0";

class LinesSink final : public Log::Sink {
public:
    void write(std::string_view line) override { lines.emplace_back(line); }
    std::vector<std::string> lines;
};

struct Disk {
    MemoryFileSystem files;
    LinesSink lines;
    Log log{&lines};

    Disk()
    {
        if (!files.createDirectories(kDirectory) || !files.syncDirectory("/data")
            || !files.syncDirectory("/"))
            qFatal("no directory");
    }

    Result<void> write(const SnapshotId& id, const std::vector<std::string>& values,
        std::int64_t lastContainedLogMs = 77)
    {
        return writeSnapshot(
            files, kDirectory, {id, lastContainedLogMs, {}}, 1000, [&](SnapshotWriter& writer) {
                for (const std::string& value : values)
                    if (auto taken = writer.append(Bytes(value.begin(), value.end())); !taken)
                        return taken;
                return Result<void>{};
            });
    }
    std::string path(const SnapshotId& id) const { return kDirectory + "/" + snapshotFileName(id); }
    Bytes bytes(const SnapshotId& id) { return readFile(files, path(id)).value_or(Bytes()); }
    void put(const SnapshotId& id, BytesView bytes)
    {
        if (!replaceFile(files, path(id), bytes, Durability::Power))
            qFatal("cannot write");
    }
    std::vector<std::string> names()
    {
        std::vector<std::string> all;
        const auto entries = files.list(kDirectory);
        for (const DirectoryEntry& entry : *entries)
            all.push_back(entry.name);
        return all;
    }
};

std::vector<std::string> valuesIn(const LoadedSnapshot& snapshot)
{
    std::vector<std::string> values;
    protocol::BatchIterator iterator(snapshot.batches.bytes);
    while (const auto batch = iterator.next()) {
        if (batch->isControl())
            continue;
        const auto records = batch->records();
        for (const auto& record : *records)
            values.emplace_back(asText(*record.value));
    }
    return values;
}

std::vector<SnapshotId> idsOf(const SnapshotFiles& files)
{
    std::vector<SnapshotId> ids;
    for (const auto& entry : files.entries())
        ids.push_back(entry.id);
    return ids;
}

} // namespace

class TestSnapshotFiles : public QObject {
    Q_OBJECT
private slots:
    void namesAreKafkas()
    {
        const std::string name = "00000000000000000123-0000000004.checkpoint";
        QCOMPARE(snapshotFileName(kId), name);
        QVERIFY(snapshotIn(name) == kId);
        for (const char* other : {"00000000000000000123-0000000004.checkpoint.part",
                 "00000000000000000123.snapshot", "0000000000000000012x-0000000004.checkpoint",
                 "00000000000000000123_0000000004.checkpoint", ""})
            QVERIFY(!snapshotIn(other));
    }
    void whatIsWrittenIsRead()
    {
        Disk disk;
        QVERIFY(disk.write(kId, {"a", "b", "c"}));
        QCOMPARE(disk.names(), std::vector<std::string>{snapshotFileName(kId)});
        const auto snapshot = readSnapshot(disk.files, disk.path(kId), kId);
        QVERIFY2(snapshot.has_value(), snapshot ? "" : snapshot.error().message.c_str());
        QCOMPARE(snapshot->head.lastContainedLogMs, std::int64_t(77));
        QCOMPARE(valuesIn(*snapshot), (std::vector<std::string>{"a", "b", "c"}));
        protocol::BatchIterator iterator(snapshot->batches.bytes);
        while (const auto batch = iterator.next())
            QCOMPARE(batch->leaderEpoch(), kId.epoch);
    }
    void manyRecordsTakeSeveralBatches()
    {
        Disk disk;
        const std::vector<std::string> values(3000, std::string(1000, 'x'));
        QVERIFY(disk.write(kId, values));
        const auto snapshot = readSnapshot(disk.files, disk.path(kId), kId);
        QVERIFY(snapshot.has_value());
        QVERIFY(valuesIn(*snapshot) == values);
    }
    void itIsOnTheDiskWhenItHasItsName()
    {
        Disk disk;
        QVERIFY(disk.write(kId, {"a"}));
        disk.files.crash(MemoryFileSystem::CrashMode::LoseUnsynced);
        QVERIFY(readSnapshot(disk.files, disk.path(kId), kId).has_value());
    }
    void aWriterThatFailsLeavesNothing()
    {
        Disk disk;
        disk.files.failSyncs(true);
        QVERIFY(!disk.write(kId, {"a"}).has_value());
        QVERIFY(disk.names().empty());
        disk.files.heal();
        disk.files.setCapacity(disk.files.usedBytes() + 100);
        const auto full = disk.write(kId, {std::string(1000, 'x')});
        QCOMPARE(full.error().code, ErrorCode::LocalDiskFull);
        QVERIFY(disk.names().empty());
    }
    void nothingLessThanAWholeSnapshotIsOne()
    {
        Disk disk;
        QVERIFY(disk.write(kId, {"first", "second"}));
        const Bytes whole = disk.bytes(kId);
        for (std::size_t length = 0; length < whole.size(); ++length) {
            disk.put(kId, BytesView(whole).first(length));
            const auto cut = readSnapshot(disk.files, disk.path(kId), kId);
            QVERIFY2(!cut && cut.error().code == ErrorCode::LocalCorruptData,
                std::to_string(length).c_str());
        }
        for (std::size_t at = 0; at < whole.size(); ++at) {
            Bytes damaged = whole;
            damaged[at] ^= 0x40;
            disk.put(kId, damaged);
            const auto read = readSnapshot(disk.files, disk.path(kId), kId);
            // A batch's epoch lies outside its checksum and is not looked at.
            QVERIFY2(!read || valuesIn(*read) == (std::vector<std::string>{"first", "second"}),
                std::to_string(at).c_str());
        }
        Bytes longer = whole;
        longer.insert(longer.end(), whole.begin(), whole.end());
        disk.put(kId, longer);
        QVERIFY(!readSnapshot(disk.files, disk.path(kId), kId).has_value());
    }
    void aStartTakesTheNewestThatIsWhole()
    {
        Disk disk;
        const SnapshotId older{4, 100};
        QVERIFY(disk.write(older, {"a"}));
        QVERIFY(disk.write(kId, {"b"}));
        disk.put(kId, BytesView(disk.bytes(kId)).first(90));
        const SnapshotId half{5, 200};
        auto part = disk.files.open(disk.path(half) + ".part", OpenMode::Create);
        QVERIFY(part.has_value());
        SnapshotFiles files(disk.files, disk.log, kDirectory);
        QVERIFY(files.open());
        QCOMPARE(idsOf(files), std::vector<SnapshotId>{older});
        QVERIFY(!disk.files.exists(disk.path(half) + ".part"));
        QCOMPARE(disk.lines.lines.size(), 2u);
        QVERIFY(disk.lines.lines[0].find("was not written to its end") != std::string::npos);
        QVERIFY(disk.lines.lines[1].find("Ignoring a snapshot") != std::string::npos);
        QVERIFY(disk.lines.lines[1].find(snapshotFileName(kId)) != std::string::npos);
    }
    void aSnapshotIsReadAndStoredInPieces()
    {
        Disk from;
        QVERIFY(from.write(kId, {"a", "b"}));
        SnapshotFiles reader(from.files, from.log, kDirectory);
        QVERIFY(reader.open());
        Disk to;
        SnapshotFiles writer(to.files, to.log, kDirectory);
        QVERIFY(writer.open());
        for (std::int64_t position = 0;;) {
            const auto piece = reader.read(kId, position, 10);
            QVERIFY(piece.has_value());
            QVERIFY(piece->bytes.size() <= 10);
            const auto end = position + static_cast<std::int64_t>(piece->bytes.size());
            QVERIFY(writer.store(kId, position, piece->bytes.bytes, end == piece->size));
            QVERIFY(end == piece->size || writer.entries().empty());
            position = end;
            if (end == piece->size)
                break;
        }
        QCOMPARE(idsOf(writer), std::vector<SnapshotId>{kId});
        QVERIFY(to.bytes(kId) == from.bytes(kId));
        to.files.crash(MemoryFileSystem::CrashMode::LoseUnsynced);
        QVERIFY(readSnapshot(to.files, to.path(kId), kId).has_value());
        QCOMPARE(reader.read({4, 5}, 0, 10).error().code, ErrorCode::SnapshotNotFound);
        QCOMPARE(reader.read(kId, -1, 10).error().code, ErrorCode::PositionOutOfRange);
        QCOMPARE(reader.read(kId, 1 << 20, 10).error().code, ErrorCode::PositionOutOfRange);
    }
    void aSnapshotThatComesDamagedIsNotTaken()
    {
        Disk disk;
        QVERIFY(disk.write(kId, {"a"}));
        Bytes bytes = disk.bytes(kId);
        bytes[bytes.size() - 3] ^= 1;
        Disk other;
        SnapshotFiles files(other.files, other.log, kDirectory);
        QVERIFY(files.open());
        QCOMPARE(files.store(kId, 0, bytes, true).error().code, ErrorCode::LocalCorruptData);
        QVERIFY(files.entries().empty());
        QVERIFY(other.names().empty());
        // A piece that does not continue what is there is refused as well.
        QVERIFY(!files.store(kId, 5, bytes, false).has_value());
    }
    void oldOnesGoByAgeAndBySizeButNeverTheLast()
    {
        Disk disk;
        for (int i = 1; i <= 3; ++i)
            QVERIFY(disk.write({1, i * 10}, {"a"}, i * 1000));
        SnapshotFiles files(disk.files, disk.log, kDirectory);
        QVERIFY(files.open());
        const std::int64_t size = files.entries().front().bytes;
        QVERIFY(!files.nextOldest({-1, -1}, 1 << 30, 1 << 30));
        QVERIFY(!files.nextOldest({3 * size + 100, 5000}, 100, 6000));
        QVERIFY((files.nextOldest({-1, 5000}, 0, 6001) == SnapshotId{1, 20}));
        QVERIFY((files.nextOldest({3 * size + 99, -1}, 100, 0) == SnapshotId{1, 20}));
        QVERIFY(files.removeBefore({1, 30}));
        QCOMPARE(disk.names(), (std::vector<std::string>{snapshotFileName({1, 30})}));
        QVERIFY(!files.nextOldest({0, 0}, 1 << 30, 1 << 30));
    }
    void aSnapshotIsDueByBytesOrByAge()
    {
        SnapshotSchedule schedule({1000, 60s}, 10s);
        QVERIFY(!schedule.whyDue(1h)); // nothing is new
        QCOMPARE(schedule.dueAt(), Duration::max());
        schedule.noteRecords(999, 5);
        QVERIFY(!schedule.whyDue(69s));
        QCOMPARE(schedule.dueAt(), Duration(70s));
        QVERIFY(schedule.whyDue(70s));
        schedule.noteRecords(1, 6);
        QVERIFY(schedule.whyDue(11s));
        QCOMPARE(schedule.lastWrittenMs(), std::int64_t(6));
        schedule.begun(11s);
        QVERIFY(!schedule.whyDue(1h));
        SnapshotSchedule byBytes({1000, 0s}, 0s);
        byBytes.noteRecords(999, 1);
        QVERIFY(!byBytes.whyDue(24h * 365));
    }
};

QTEST_APPLESS_MAIN(TestSnapshotFiles)
#include "test_snapshotfiles.moc"
