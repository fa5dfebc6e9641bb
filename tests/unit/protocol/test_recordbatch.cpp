#include "protocol/batchbuilder.h"
#include "protocol/controlrecord.h"
#include "protocol/messages/producerequest.h"
#include "protocol/partitioner.h"
#include "protocol/recordbatch.h"

#include <QTest>

#include <random>

using namespace moldau;
using namespace moldau::protocol;

namespace {

Bytes randomBytes(std::mt19937& random, std::size_t size, unsigned alphabet)
{
    Bytes bytes(size);
    for (std::uint8_t& byte : bytes)
        byte = static_cast<std::uint8_t>(random() % alphabet);
    return bytes;
}

/** A record whose bytes are its own. */
struct OwnedRecord {
    std::int64_t timestamp = 0;
    std::optional<Bytes> key;
    std::optional<Bytes> value;
    std::vector<std::pair<std::string, std::optional<Bytes>>> headers;
};

std::vector<OwnedRecord> randomRecords(unsigned seed, int count)
{
    std::mt19937 random(seed);
    std::vector<OwnedRecord> records;
    for (int i = 0; i < count; ++i) {
        OwnedRecord record;
        record.timestamp = 1'700'000'000'000 + static_cast<std::int64_t>(random() % 1000);
        if (random() % 4)
            record.key = randomBytes(random, random() % 40, 8);
        if (random() % 4)
            record.value = randomBytes(random, random() % 3000, 1 + random() % 256);
        for (auto headers = random() % 3; headers > 0; --headers) {
            record.headers.emplace_back("h" + std::to_string(headers),
                random() % 2 ? std::optional(randomBytes(random, random() % 20, 256))
                             : std::nullopt);
        }
        records.push_back(std::move(record));
    }
    return records;
}

std::optional<BytesView> viewOf(const std::optional<Bytes>& bytes)
{
    return bytes ? std::optional<BytesView>(*bytes) : std::nullopt;
}

Bytes batchOf(const std::vector<OwnedRecord>& records, BatchOptions options = {})
{
    BatchBuilder builder(options);
    for (const OwnedRecord& record : records) {
        std::vector<RecordHeaderView> headers;
        for (const auto& [key, value] : record.headers)
            headers.push_back({key, viewOf(value)});
        builder.append(record.timestamp, viewOf(record.key), viewOf(record.value), headers);
    }
    return builder.build().value();
}

bool isSame(const std::optional<BytesView>& view, const std::optional<Bytes>& owned)
{
    return view.has_value() == owned.has_value() && (!view || std::ranges::equal(*view, *owned));
}

} // namespace

class TestRecordBatch : public QObject {
    Q_OBJECT
private slots:
    void everyCodecGivesBackItsRecords_data()
    {
        QTest::addColumn<int>("codec");
        for (int codec = 0; codec <= 4; ++codec)
            QTest::newRow(std::string(nameOf(static_cast<Codec>(codec))).c_str()) << codec;
    }
    void everyCodecGivesBackItsRecords()
    {
        QFETCH(int, codec);
        for (unsigned seed = 0; seed < 20; ++seed) {
            const auto records = randomRecords(seed, 1 + static_cast<int>(seed * 7));
            BatchOptions options;
            options.codec = static_cast<Codec>(codec);
            options.baseOffset = 1'000'000'000'000;
            options.producerId = ProducerId(77);
            options.producerEpoch = 3;
            options.baseSequence = 2'147'483'640;
            const Bytes bytes = batchOf(records, options);

            const auto batch = BatchView::parse(bytes);
            QVERIFY(batch.has_value());
            QVERIFY(batch->isCrcRight());
            QCOMPARE(batch->size(), bytes.size());
            QCOMPARE(batch->recordCount(), std::int32_t(records.size()));
            const auto read = batch->records();
            QVERIFY2(read.has_value(), read ? "" : read.error().message.c_str());
            QCOMPARE(read->size(), records.size());
            for (std::size_t i = 0; i < records.size(); ++i) {
                const RecordView& record = (*read)[i];
                QCOMPARE(record.offset, options.baseOffset + std::int64_t(i));
                QCOMPARE(record.timestamp, records[i].timestamp);
                QCOMPARE(record.sequence, std::int32_t((2'147'483'640u + i) & 0x7fffffffu));
                QVERIFY(isSame(record.key, records[i].key));
                QVERIFY(isSame(record.value, records[i].value));
                QCOMPARE(record.headers.size(), records[i].headers.size());
                for (std::size_t h = 0; h < record.headers.size(); ++h) {
                    QVERIFY(record.headers[h].key == records[i].headers[h].first);
                    QVERIFY(isSame(record.headers[h].value, records[i].headers[h].second));
                }
            }
            QCOMPARE(batch->lastSequence(), read->back().sequence);
            QVERIFY(batch->firstRecord().value()->front().timestamp == records[0].timestamp);
        }
    }

    void anyFlippedBitIsCaught()
    {
        const Bytes whole = batchOf(randomRecords(1, 3));
        for (std::size_t at = BatchLayout::kMagic; at < whole.size(); ++at) {
            for (unsigned bit = 0; bit < 8; ++bit) {
                Bytes broken = whole;
                broken[at] = static_cast<std::uint8_t>(broken[at] ^ (1u << bit));
                const auto batch = BatchView::parse(broken);
                QVERIFY(!batch || !batch->checkCrc());
            }
        }
    }

    void aCutBatchIsAnErrorAtAnyLength()
    {
        const Bytes whole = batchOf(randomRecords(2, 4));
        for (std::size_t size = 0; size < whole.size(); ++size)
            QCOMPARE(BatchView::parse(BytesView(whole).first(size)).error().code,
                ErrorCode::CorruptMessage);
    }

    void oldMessageFormatsAreNamedAsSuch()
    {
        Bytes bytes = batchOf(randomRecords(3, 1));
        for (const std::uint8_t magic : {std::uint8_t(0), std::uint8_t(1)}) {
            bytes[BatchLayout::kMagic] = magic;
            QCOMPARE(BatchView::parse(bytes).error().code, ErrorCode::UnsupportedForMessageFormat);
        }
        bytes[BatchLayout::kMagic] = 3;
        QCOMPARE(BatchView::parse(bytes).error().code, ErrorCode::CorruptMessage);
    }

    void offsetAndEpochLieOutsideTheCrc()
    {
        Bytes bytes = batchOf(randomRecords(4, 2));
        setBaseOffset(bytes, 5000);
        setLeaderEpoch(bytes, 9);
        const BatchView batch = BatchView::parse(bytes).value();
        QVERIFY(batch.isCrcRight());
        QCOMPARE(batch.lastOffset(), std::int64_t(5001));
        QCOMPARE(batch.leaderEpoch(), 9);
    }

    void appendTimeHidesTheRecordsTimes()
    {
        Bytes bytes = batchOf(randomRecords(5, 2));
        setLogAppendTime(bytes, 42);
        const BatchView batch = BatchView::parse(bytes).value();
        QVERIFY(batch.isCrcRight());
        QVERIFY(batch.isLogAppendTime());
        const auto records = batch.records();
        for (const RecordView& record : *records)
            QCOMPARE(record.timestamp, std::int64_t(42));
    }

    void iteratorEndsBeforeACutBatchAndAtAMalformedOne()
    {
        Bytes bytes = batchOf(randomRecords(6, 2));
        const std::size_t one = bytes.size();
        const Bytes second = batchOf(randomRecords(7, 3));
        bytes.insert(bytes.end(), second.begin(), second.end());
        for (std::size_t size = one; size < bytes.size(); ++size) {
            BatchIterator batches(BytesView(bytes).first(size));
            QVERIFY(batches.next().has_value());
            QVERIFY(!batches.next().has_value());
            QVERIFY(!batches.hasFailed());
            QCOMPARE(batches.position(), one);
        }
        BatchIterator both(bytes);
        QVERIFY(both.next() && both.next() && !both.next());
        bytes[one + BatchLayout::kMagic] = 7;
        BatchIterator broken(bytes);
        QVERIFY(broken.next() && !broken.next());
        QVERIFY(broken.hasFailed());
    }

    void compactionLeavesGapsAndKeepsTheEnd()
    {
        BatchOptions options;
        options.baseOffset = 100;
        BatchBuilder builder(options);
        RecordView record;
        record.offset = 103;
        record.timestamp = 7;
        record.value = asBytes("v");
        builder.append(record);
        builder.setLastOffset(110);
        const Bytes bytes = builder.build().value();
        const BatchView batch = BatchView::parse(bytes).value();
        QCOMPARE(batch.lastOffset(), std::int64_t(110));
        QCOMPARE(batch.records().value().front().offset, std::int64_t(103));
    }

    void markersSayHowATransactionEnded()
    {
        for (const bool isCommit : {true, false}) {
            const Bytes bytes = endTransactionBatch(ProducerId(5), 2, {isCommit, 11}, 1000);
            const BatchView batch = BatchView::parse(bytes).value();
            QVERIFY(batch.isControl() && batch.isTransactional());
            const auto records = batch.records();
            const auto marker = endTransactionMarkerOf(records->front()).value();
            QVERIFY(marker.has_value());
            QCOMPARE(marker->isCommit, isCommit);
            QCOMPARE(marker->coordinatorEpoch, 11);
        }
    }

    void bombsAreRefused_data() { everyCodecGivesBackItsRecords_data(); }
    void bombsAreRefused()
    {
        QFETCH(int, codec);
        if (codec == 0)
            return;
        const Bytes zeros(4 << 20);
        const Bytes packed = compress(static_cast<Codec>(codec), zeros).value();
        QVERIFY(decompress(static_cast<Codec>(codec), packed, zeros.size()).has_value());
        QVERIFY(!decompress(static_cast<Codec>(codec), packed, zeros.size() - 1).has_value());
        for (std::size_t size = 0; size < packed.size(); size += 1 + size / 8)
            (void)decompress(static_cast<Codec>(codec), BytesView(packed).first(size));
    }

    void keysGoWhereJavaPutsThem()
    {
        QCOMPARE(murmur2(asBytes("21")), -973932308);
        QCOMPARE(murmur2(asBytes("foobar")), -790332482);
        QCOMPARE(murmur2(asBytes("a-little-bit-long-string")), -985981536);
        QCOMPARE(murmur2(asBytes("abc")), 479470107);
        QCOMPARE(javaHashCode("hello"), 99162322);
        QCOMPARE(javaHashCode(""), 0);
    }

    void recordsOfAProduceRequestAreTheFramesOwnBytes()
    {
        const Bytes batch = batchOf(randomRecords(8, 5));
        ProduceRequest request;
        request.acks = -1;
        request.topicData.resize(1);
        request.topicData[0].name = "t";
        request.topicData[0].partitionData.resize(1);
        request.topicData[0].partitionData[0].records = RecordsView(Slice(batch));
        Writer out;
        QVERIFY(request.write(out, 9).has_value());
        const auto frame = std::make_shared<const Bytes>(out.takeBytes());
        const auto parsed = ProduceRequest::parse(*frame, 9, frame);
        QVERIFY(parsed.has_value());
        QVERIFY(*parsed == request);
        const RecordsView& records = parsed->topicData[0].partitionData[0].records;
        QVERIFY(records.bytes().data() > frame->data()
            && records.bytes().data() < frame->data() + frame->size());
        QVERIFY(records.data.owner == frame);
    }
};

QTEST_APPLESS_MAIN(TestRecordBatch)
#include "test_recordbatch.moc"
