// Writes a partition's log of every kind of batch below the folder given, for Kafka's own reader.
// Prints "FILE BASE LAST COUNT CODEC" for each batch that the reader must find.

#include "base/posixfilesystem.h"
#include "protocol/batchbuilder.h"
#include "protocol/controlrecord.h"
#include "storage/batchcursor.h"
#include "storage/loghost.h"
#include "storage/partitionlog.h"

#include <cstdio>
#include <cstdlib>

using namespace moldau;
using namespace moldau::storage;

namespace {

constexpr std::int64_t kNow = 1'700'000'000'000;

class Host final : public LogHost {
public:
    FileSystem& fileSystem() override { return m_files; }
    Log& log() override { return m_log; }
    std::int64_t nowMs() const override { return kNow; }
    Result<void> requireOnline() const override { return {}; }
    Error reportDiskError(const Error& cause) override { return cause; }
    void noteUse(PartitionLog&) override { }
    void noteFlushWish(PartitionLog&) override { }
    void noteMoved(PartitionLog&) override { }
    void removeLater(std::string path, std::int64_t) override { (void)m_files.removeTree(path); }

private:
    PosixFileSystem m_files;
    Log m_log;
};

template <class Outcome> void need(const Outcome& outcome, const char* what)
{
    if (!outcome) {
        std::fprintf(stderr, "cannot %s\n", what);
        std::exit(1);
    }
}

class Maker {
public:
    explicit Maker(std::string path)
        : m_path(std::move(path))
    {
        open(true);
    }

    void open(bool isClean)
    {
        auto config = std::make_shared<LogConfig>();
        config->segmentBytes = 10'000;
        config->indexIntervalBytes = 1000;
        PartitionLog::Options options;
        options.partition = {"orders", 0};
        options.topicId = kMetadataTopicId;
        options.path = m_path;
        options.config = std::move(config);
        options.isClean = isClean;
        options.recoveryPoint = isClean && m_log ? m_log->logEndOffset() : 0;
        m_log.reset();
        auto log = PartitionLog::open(m_host, std::move(options));
        need(log, "open the log");
        m_log = std::move(*log);
    }

    void append(protocol::BatchOptions options, int records, std::int32_t epoch)
    {
        protocol::BatchBuilder builder(options);
        for (int i = 0; i < records; ++i) {
            const std::string key = "key-" + std::to_string(m_count % 10);
            const std::string value = "value " + std::to_string(m_count++) + std::string(50, '.');
            const protocol::RecordHeaderView header{"header", asBytes("x")};
            // Timestamps don't always rise.
            const std::int64_t timestamp = kNow + (m_count % 7 == 0 ? -m_count : m_count);
            builder.append(timestamp, asBytes(key),
                m_count % 11 == 0 ? std::nullopt : std::optional(asBytes(value)), {&header, 1});
        }
        appendBytes(builder.build().value(), epoch);
    }
    void appendBytes(const Bytes& batch, std::int32_t epoch)
    {
        need(m_log->appendAsLeader(
                 batch, {.leaderEpoch = epoch, .nowMs = kNow, .origin = AppendOrigin::Coordinator}),
            "append");
        m_log->setHighWatermark(m_log->logEndOffset());
    }

    void everyKindOfBatch(std::int32_t epoch)
    {
        using protocol::Codec;
        for (int round = 0; round < 12; ++round) {
            for (const Codec codec :
                {Codec::None, Codec::Gzip, Codec::Snappy, Codec::Lz4, Codec::Zstd}) {
                protocol::BatchOptions plain;
                plain.codec = codec;
                append(plain, 1 + round % 5, epoch);
            }
            protocol::BatchOptions transactional;
            transactional.producerId = ProducerId(4000 + round % 3);
            transactional.producerEpoch = 0;
            transactional.baseSequence = m_sequence[round % 3];
            transactional.isTransactional = true;
            append(transactional, 3, epoch);
            m_sequence[round % 3] += 3;
            appendBytes(protocol::endTransactionBatch(
                            transactional.producerId, 0, {round % 2 == 0, 5}, kNow),
                epoch);
        }
    }
    void truncate() { need(m_log->truncateTo(m_log->logEndOffset() - 20), "truncate"); }
    void close()
    {
        need(m_log->close(), "close");
        need(m_log->flush(), "flush");
    }

    void print()
    {
        PosixFileSystem files;
        for (const SegmentInfo& segment : m_log->segments()) {
            auto file = files.open(segment.path, OpenMode::Read);
            need(file, "read a segment");
            BatchCursor cursor(**file, 0, (*file)->size());
            while (const auto batch = cursor.next().value())
                std::printf("%s %lld %lld %d %d\n", segment.path.c_str(),
                    static_cast<long long>(batch->baseOffset),
                    static_cast<long long>(batch->lastOffset()), batch->recordCount,
                    batch->codec());
        }
    }

private:
    Host m_host;
    std::string m_path;
    std::unique_ptr<PartitionLog> m_log;
    int m_count = 0;
    std::int32_t m_sequence[3] = {};
};

} // namespace

int main(int argc, char** argv)
{
    if (argc != 2) {
        std::fprintf(stderr, "usage: makelog FOLDER\n");
        return 2;
    }
    Maker maker(argv[1]);
    maker.everyKindOfBatch(1);
    maker.truncate();
    maker.everyKindOfBatch(3);
    maker.close();
    maker.open(true);
    maker.everyKindOfBatch(4);
    maker.open(false); // as after a crash: indexes and producers are made anew
    maker.everyKindOfBatch(6);
    maker.close();
    maker.print();
    return 0;
}
