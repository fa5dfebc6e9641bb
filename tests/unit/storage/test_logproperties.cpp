// A partition's log against a simple model of it, under random operations and power cuts.

#include "storageworld.h"

#include <rapidcheck.h>

using namespace moldau;
using namespace moldau::storage;

namespace {

/** What the log must hold: batches in order, and how far they are safe from a power cut. */
struct Model {
    struct Entry {
        std::int64_t base;
        std::int64_t last;
        std::int32_t epoch;
        std::int64_t maxTimestampMs;
    };
    std::vector<Entry> batches;
    std::int64_t start = 0;
    std::int64_t end = 0;
    std::int64_t flushed = 0;
    std::int64_t highWatermark = 0;

    std::string rangesFrom(std::int64_t offset) const
    {
        std::string text;
        for (const Entry& entry : batches) {
            if (entry.last >= offset)
                text += (text.empty() ? "" : " ") + std::to_string(entry.base) + "-"
                    + std::to_string(entry.last);
        }
        return text;
    }
    void cutTo(std::int64_t offset, bool keepsStart = false)
    {
        while (!batches.empty() && batches.back().last >= offset) {
            end = std::min(offset, batches.back().base);
            batches.pop_back();
        }
        end = std::min(end, offset);
        flushed = std::min(flushed, end);
        if (!keepsStart)
            start = std::min(start, end);
        highWatermark = std::min(highWatermark, end);
    }
};

class Trial {
public:
    explicit Trial(std::uint32_t seed)
        : m_files(seed)
        , m_host(m_files)
    {
        RC_ASSERT(m_files.createDirectories("/data").has_value());
        RC_ASSERT(m_files.syncDirectory("/").has_value());
        open(true);
    }

    void step()
    {
        const int choice = *rc::gen::weightedElement<int>({{12, 0}, {4, 1}, {2, 2}, {2, 3}, {1, 4},
            {2, 5}, {2, 6}, {1, 7}, {1, 8}, {2, 9}, {1, 10}});
        static const char* const kNames[]
            = {"append", "append fetched", "truncate", "flush", "delete records", "stop and start",
                "cut power", "kill", "roll", "release", "disk full"};
        RC_LOG() << kNames[choice] << " (" << m_model.start << " to " << m_model.end << ", flushed "
                 << m_model.flushed << ", epoch " << m_epoch << ")\n";
        switch (choice) {
        case 0:
            return append();
        case 1:
            return appendFetched();
        case 2:
            return truncate();
        case 3:
            return flush();
        case 4:
            return advanceStart();
        case 5:
            return reopenCleanly();
        case 6:
            return cutPower();
        case 7:
            return dieAndReopen();
        case 8:
            RC_ASSERT(m_log->roll(m_host.now).has_value());
            return;
        case 9:
            RC_ASSERT(m_log->releaseIdle().has_value());
            return;
        default:
            return failInTheMiddleOfAWrite();
        }
    }

    void check()
    {
        RC_ASSERT(m_log->logEndOffset() == m_model.end);
        RC_ASSERT(m_log->logStartOffset() == m_model.start);
        RC_ASSERT(readAll(*m_log, m_model.start) == m_model.rangesFrom(m_model.start));
        const auto offset = *rc::gen::inRange(m_model.start, m_model.end + 1);
        RC_ASSERT(readAll(*m_log, offset) == m_model.rangesFrom(offset));
        checkTimestamps();
        checkEpochs();
        checkIndexes();
    }

private:
    void open(bool isClean)
    {
        PartitionLog::Options options = logOptions();
        options.isClean = isClean;
        options.recoveryPoint = m_model.flushed;
        options.logStartOffset = m_model.start;
        options.highWatermark = m_model.highWatermark;
        m_log.reset();
        auto log = PartitionLog::open(m_host, std::move(options));
        RC_ASSERT(log.has_value());
        m_log = std::move(*log);
    }
    BatchSpec anyBatch()
    {
        BatchSpec spec;
        spec.records = *rc::gen::inRange(1, 5);
        spec.timestampMs = 1'000'000 + *rc::gen::inRange(0, 1000);
        spec.value = std::string(*rc::gen::inRange<std::size_t>(0, 200), 'v');
        spec.codec = *rc::gen::element(protocol::Codec::None, protocol::Codec::Lz4);
        return spec;
    }
    void note(const BatchSpec& spec, std::int64_t base)
    {
        m_model.batches.push_back(
            {base, base + spec.records - 1, m_epoch, spec.timestampMs + spec.records - 1});
        m_model.end = base + spec.records;
    }
    void append()
    {
        if (*rc::gen::inRange(0, 10) == 0)
            ++m_epoch;
        const BatchSpec spec = anyBatch();
        auto info = m_log->appendAsLeader(makeBatch(spec), clientAppend(m_epoch));
        RC_ASSERT(info.has_value());
        RC_ASSERT(info->baseOffset == m_model.end);
        note(spec, m_model.end);
        raiseHighWatermark();
    }
    void appendFetched()
    {
        Bytes bytes;
        const int count = *rc::gen::inRange(1, 6);
        const std::int64_t before = m_model.end;
        for (int i = 0; i < count; ++i) {
            BatchSpec spec = anyBatch();
            spec.baseOffset = m_model.end; // gaps would be taken for holes after a power cut
            spec.leaderEpoch = m_epoch;
            const Bytes batch = makeBatch(spec);
            bytes.insert(bytes.end(), batch.begin(), batch.end());
            note(spec, spec.baseOffset);
        }
        auto info = m_log->appendAsFollower(bytes, m_host.now);
        RC_ASSERT(info.has_value());
        RC_ASSERT(info->baseOffset == before);
        raiseHighWatermark();
    }
    void raiseHighWatermark()
    {
        const auto to = *rc::gen::inRange(m_model.highWatermark, m_model.end + 1);
        m_model.highWatermark = to;
        RC_ASSERT(m_log->setHighWatermark(to) == to);
    }
    void truncate()
    {
        const auto to = *rc::gen::inRange(m_model.highWatermark, m_model.end + 1);
        const bool isCut = to < m_model.end;
        RC_ASSERT(m_log->truncateTo(to).has_value());
        m_model.cutTo(to);
        // Cutting is not synced, so a power cut may bring back what was there before it.
        if (isCut)
            flush();
    }
    void flush()
    {
        RC_ASSERT(m_log->flush().has_value());
        m_model.flushed = m_model.end;
        RC_ASSERT(m_log->recoveryPoint() == m_model.end);
    }
    void advanceStart()
    {
        const auto to = *rc::gen::inRange(m_model.start, m_model.highWatermark + 1);
        RC_ASSERT(m_log->advanceLogStartOffset(to).has_value());
        m_model.start = to;
    }
    void reopenCleanly()
    {
        RC_ASSERT(m_log->close().has_value());
        flush();
        open(true);
    }
    void dieAndReopen()
    {
        m_log.reset();
        m_files.crash(MemoryFileSystem::CrashMode::KeepAll);
        open(false);
    }
    void cutPower()
    {
        m_log.reset();
        m_files.crash(*rc::gen::element(
            MemoryFileSystem::CrashMode::LoseUnsynced, MemoryFileSystem::CrashMode::KeepSome));
        open(false);
        adoptSurvivingEnd();
    }
    /** Whatever survived must be a beginning of what was there, with all that was flushed. */
    void adoptSurvivingEnd()
    {
        const std::int64_t end = m_log->logEndOffset();
        RC_ASSERT(end >= m_model.flushed);
        RC_ASSERT(end <= m_model.end);
        m_model.cutTo(end, true);
        RC_ASSERT(end == m_model.end || end == m_model.start);
        m_model.end = end;
        m_model.highWatermark = std::max(m_model.highWatermark, m_model.start);
    }
    void failInTheMiddleOfAWrite()
    {
        m_files.failWrites({.nthWrite = 1,
            .code = ErrorCode::LocalDiskFull,
            .tornBytes = *rc::gen::inRange<std::size_t>(0, 150),
            .pathPart = ".log"});
        BatchSpec spec = anyBatch();
        spec.value = std::string(200, 'v'); // more than is torn off
        spec.codec = protocol::Codec::None;
        const auto refused = m_log->appendAsLeader(makeBatch(spec), clientAppend(m_epoch));
        m_files.heal();
        RC_ASSERT_FALSE(refused.has_value());
        RC_ASSERT(refused.error().error.code == ErrorCode::KafkaStorageError);
        m_host.failure.reset();
        dieAndReopen();
    }

    void checkTimestamps()
    {
        const auto asked = 1'000'000 + *rc::gen::inRange(0, 1100);
        std::optional<std::int64_t> expected;
        for (const Model::Entry& entry : m_model.batches) {
            // Records of a batch are 1 ms apart.
            for (std::int64_t offset = entry.base; offset <= entry.last && !expected; ++offset) {
                if (offset >= m_model.start
                    && entry.maxTimestampMs - (entry.last - offset) >= asked)
                    expected = offset;
            }
        }
        const auto found = m_log->offsetForTimestamp(asked);
        RC_ASSERT(found.has_value());
        RC_ASSERT(
            (found->has_value() ? std::optional((*found)->offset) : std::nullopt) == expected);
    }
    void checkEpochs()
    {
        for (const Model::Entry& entry : m_model.batches) {
            if (entry.last >= m_model.start)
                RC_ASSERT(m_log->epochForOffset(entry.last).value_or(-1) == entry.epoch);
        }
    }
    void checkIndexes()
    {
        const auto segments = m_log->segments();
        for (std::size_t i = 1; i < segments.size(); ++i)
            RC_ASSERT(segments[i - 1].baseOffset < segments[i].baseOffset);
        RC_ASSERT(m_log->releaseIdle().has_value());
        for (const SegmentInfo& info : segments) {
            if (info.sizeBytes == 0)
                continue;
            Segment segment(m_files, m_log->path(), info.baseOffset);
            RC_ASSERT(segment.load().has_value());
            const auto count = segment.offsetIndex().file().count().value();
            for (std::uint32_t entry = 0; entry < count; ++entry) {
                const OffsetIndexEntry found = segment.offsetIndex().at(entry).value();
                RC_ASSERT(segment.batchAt(found.position).value().lastOffset() == found.offset);
            }
        }
    }

    MemoryFileSystem m_files;
    TestHost m_host;
    std::unique_ptr<PartitionLog> m_log;
    Model m_model;
    std::int32_t m_epoch = 0;
};

} // namespace

class TestLogProperties : public QObject {
    Q_OBJECT
private slots:
    void theLogDoesWhatItsModelDoes()
    {
        const bool isRight = rc::check([] {
            Trial trial(*rc::gen::arbitrary<std::uint32_t>());
            const int steps = *rc::gen::inRange(1, 60);
            for (int i = 0; i < steps; ++i) {
                trial.step();
                trial.check();
            }
        });
        QVERIFY(isRight);
    }
};

QTEST_APPLESS_MAIN(TestLogProperties)
#include "test_logproperties.moc"
