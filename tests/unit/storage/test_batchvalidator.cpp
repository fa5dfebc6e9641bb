#include "storage/batchvalidator.h"
#include "storageworld.h"

using namespace moldau;
using namespace moldau::storage;

namespace {

const TopicPartition kPartition{"orders", 0};

ErrorCode codeOf(const Bytes& batch, const LogConfig& config, LeaderAppend context = clientAppend())
{
    auto valid = BatchValidator::validate(batch, context, config, kPartition);
    return valid ? ErrorCode::None : valid.error().error.code;
}

/** A head field changed, with the checksum made right again. */
template <class T> Bytes withField(Bytes batch, std::size_t at, T value)
{
    storeBigEndian(batch.data() + at, value);
    protocol::updateCrc(batch);
    return batch;
}

} // namespace

class TestBatchValidator : public QObject {
    Q_OBJECT
private slots:
    void aGoodBatchPassesUnchanged()
    {
        for (const auto codec : {protocol::Codec::None, protocol::Codec::Gzip,
                 protocol::Codec::Snappy, protocol::Codec::Lz4, protocol::Codec::Zstd}) {
            const Bytes batch = makeBatch({.records = 3, .codec = codec});
            auto valid = BatchValidator::validate(batch, clientAppend(), LogConfig(), kPartition);
            VERIFY_OK(valid);
            QCOMPARE(valid->batch.data(), batch.data());
            QCOMPARE(valid->header.maxTimestampMs, 1'000'002);
            QCOMPARE(valid->logAppendTimeMs, -1);
        }
    }
    void whatIsNotExactlyOneBatchIsRefused()
    {
        const LogConfig config;
        const Bytes one = makeBatch({});
        Bytes two = one;
        two.insert(two.end(), one.begin(), one.end());
        QVERIFY(codeOf({}, config) == ErrorCode::InvalidRecord);
        QVERIFY(codeOf(two, config) == ErrorCode::InvalidRecord);
        QVERIFY(codeOf(Bytes(one.begin(), one.end() - 1), config) == ErrorCode::CorruptMessage);
        for (std::size_t size = 1; size < one.size(); ++size)
            QVERIFY(
                codeOf(Bytes(one.begin(), one.begin() + static_cast<std::ptrdiff_t>(size)), config)
                != ErrorCode::None);
        QVERIFY(codeOf(withField<std::int8_t>(one, 16, 1), config)
            == ErrorCode::UnsupportedForMessageFormat);
        QVERIFY(codeOf(withField<std::int8_t>(one, 16, 3), config) == ErrorCode::InvalidRecord);
    }
    void aFlippedBitIsFound()
    {
        Bytes batch = makeBatch({.records = 2});
        for (std::size_t at = 17; at < batch.size(); at += 7) {
            batch[at] = static_cast<std::uint8_t>(batch[at] ^ 0x10);
            QVERIFY(codeOf(batch, LogConfig()) == ErrorCode::CorruptMessage);
            batch[at] = static_cast<std::uint8_t>(batch[at] ^ 0x10);
        }
    }
    void theHeadMustAgreeWithItself()
    {
        const LogConfig config;
        const Bytes batch = makeBatch({.records = 3});
        QVERIFY(codeOf(withField<std::int64_t>(batch, 0, 5), config) == ErrorCode::InvalidRecord);
        QVERIFY(codeOf(withField<std::int32_t>(batch, 23, -1), config) == ErrorCode::InvalidRecord);
        QVERIFY(codeOf(withField<std::int32_t>(batch, 57, 0), config) == ErrorCode::InvalidRecord);
        QVERIFY(codeOf(withField<std::int32_t>(batch, 57, 2), config) == ErrorCode::InvalidRecord);
        QVERIFY(codeOf(withField<std::int64_t>(batch, 43, 9), config) == ErrorCode::InvalidRecord);
        // As many records as it says must be in it.
        Bytes four = withField<std::int32_t>(batch, 57, 4);
        QVERIFY(codeOf(withField<std::int32_t>(four, 23, 3), config) == ErrorCode::InvalidRecord);
    }
    void controlBatchesComeFromCoordinatorsOnly()
    {
        const Bytes marker = makeMarker(7, 0, true);
        QVERIFY(codeOf(marker, LogConfig()) == ErrorCode::InvalidRecord);
        QVERIFY(codeOf(marker, LogConfig(), coordinatorAppend()) == ErrorCode::None);
    }
    void tooLargeBatchesAreRefused()
    {
        LogConfig config;
        const Bytes batch = makeBatch({.value = std::string(1000, 'x')});
        config.maxMessageBytes = static_cast<std::int32_t>(batch.size());
        QVERIFY(codeOf(batch, config) == ErrorCode::None);
        --config.maxMessageBytes;
        QVERIFY(codeOf(batch, config) == ErrorCode::MessageTooLarge);
        config.maxMessageBytes = 10'000;
        config.segmentBytes = 500;
        QVERIFY(codeOf(batch, config) == ErrorCode::RecordListTooLarge);
    }
    void oldProducersMayNotSendZstd()
    {
        const Bytes batch = makeBatch({.codec = protocol::Codec::Zstd});
        LeaderAppend context = clientAppend();
        context.produceVersion = 6;
        QVERIFY(codeOf(batch, LogConfig(), context) == ErrorCode::UnsupportedCompressionType);
    }
    void compactedTopicsWantKeys()
    {
        LogConfig config;
        config.isCompact = true;
        QVERIFY(codeOf(makeBatch({}), config) == ErrorCode::None);
        auto refused = BatchValidator::validate(
            makeBatch({.records = 2, .key = ""}), clientAppend(), config, kPartition);
        QVERIFY(refused.error().error.code == ErrorCode::InvalidRecord);
        QVERIFY(refused.error().error.message.starts_with(
            "One or more records have been rejected due to 2 record errors in total, "));
        QCOMPARE(refused.error().recordErrors.size(), std::size_t(2));
        QCOMPARE(refused.error().recordErrors[1].batchIndex, 1);
        QCOMPARE(refused.error().recordErrors[1].message,
            std::string("Compacted topic cannot accept message without key in topic partition "
                        "orders-0"));
    }
    void timestampsMustLieWithinTheLimits()
    {
        LogConfig config;
        config.messageTimestampBeforeMaxMs = 1000;
        config.messageTimestampAfterMaxMs = 500;
        const std::int64_t now = 1'000'000;
        const auto codeAt = [&config](std::int64_t timestamp) {
            return codeOf(makeBatch({.timestampMs = timestamp}), config);
        };
        QVERIFY(codeAt(now - 1000) == ErrorCode::None);
        QVERIFY(codeAt(now - 1001) == ErrorCode::InvalidTimestamp);
        QVERIFY(codeAt(now + 500) == ErrorCode::None);
        QVERIFY(codeAt(now + 501) == ErrorCode::InvalidTimestamp);
        QVERIFY(codeAt(-1) == ErrorCode::None); // no timestamp
        auto refused = BatchValidator::validate(makeBatch({.records = 3, .timestampMs = now + 499}),
            clientAppend(), config, kPartition);
        QCOMPARE(refused.error().recordErrors.size(), std::size_t(1));
        QCOMPARE(refused.error().recordErrors[0].batchIndex, 2);
        config.messageTimestampType = TimestampType::LogAppendTime;
        QVERIFY(codeAt(now + 501) == ErrorCode::None);
    }
    void logAppendTimeIsWrittenIntoTheBatch()
    {
        LogConfig config;
        config.messageTimestampType = TimestampType::LogAppendTime;
        const Bytes batch = makeBatch({.records = 2});
        auto valid
            = BatchValidator::validate(batch, clientAppend(0, 5'000'000), config, kPartition);
        VERIFY_OK(valid);
        QCOMPARE(valid->logAppendTimeMs, 5'000'000);
        QCOMPARE(valid->header.maxTimestampMs, 5'000'000);
        const auto view = protocol::BatchView::parse(valid->batch).value();
        QVERIFY(view.isCrcRight());
        QVERIFY(view.isLogAppendTime());
        QCOMPARE((*view.records().value().begin()).timestamp, 5'000'000);
        // A client may not claim that for itself.
        QVERIFY(codeOf(Bytes(valid->batch.begin(), valid->batch.end()), LogConfig())
            == ErrorCode::InvalidTimestamp);
    }
    void aWrongLargestTimestampIsMended()
    {
        const Bytes batch = withField<std::int64_t>(makeBatch({.records = 2}), 35, 77);
        auto valid = BatchValidator::validate(batch, clientAppend(), LogConfig(), kPartition);
        VERIFY_OK(valid);
        const auto view = protocol::BatchView::parse(valid->batch).value();
        QCOMPARE(view.maxTimestamp(), 1'000'001);
        QVERIFY(view.isCrcRight());
    }
    void batchesAreStoredInTheTopicsCodec()
    {
        LogConfig config;
        for (const auto target : {TargetCompression::Uncompressed, TargetCompression::Gzip,
                 TargetCompression::Snappy, TargetCompression::Lz4, TargetCompression::Zstd}) {
            config.compressionType = target;
            for (const auto codec : {protocol::Codec::None, protocol::Codec::Lz4}) {
                const Bytes batch = makeBatch({.records = 20, .codec = codec});
                auto valid = BatchValidator::validate(batch, clientAppend(), config, kPartition);
                VERIFY_OK(valid);
                const auto view = protocol::BatchView::parse(valid->batch).value();
                QCOMPARE(static_cast<int>(view.codec()), static_cast<int>(target) - 1);
                QCOMPARE(valid->header.size, static_cast<std::int32_t>(valid->batch.size()));
                QVERIFY(view.isCrcRight());
                QCOMPARE(view.records().value().size(), std::size_t(20));
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestBatchValidator)
#include "test_batchvalidator.moc"
