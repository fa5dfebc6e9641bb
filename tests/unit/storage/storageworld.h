#pragma once

#include "base/bigendian.h"
#include "base/eventloop.h"
#include "base/memoryfilesystem.h"
#include "protocol/batchbuilder.h"
#include "protocol/controlrecord.h"
#include "protocol/recordbatch.h"
#include "storage/logdirectory.h"

#include <QTest>

#include <map>
#include <string>

/** What tests of the storage share: a loop whose time stands still until told, batches, a host. */
namespace moldau::storage {

/** A loop for one test: time moves by advance(), offloaded work runs at once. */
class ManualLoop final : public EventLoop {
public:
    std::int64_t wallClockMs() const override { return m_nowMs; }
    Duration now() const override { return std::chrono::milliseconds(m_nowMs); }
    void post(Callback<void()> work) override { schedule(Duration::zero(), std::move(work)); }
    TimerId schedule(Duration delay, Callback<void()> work) override
    {
        const auto delayMs = std::chrono::ceil<std::chrono::milliseconds>(delay).count();
        m_timers.emplace(std::pair(m_nowMs + delayMs, ++m_lastId), std::move(work));
        return m_lastId;
    }
    void cancel(TimerId id) override
    {
        std::erase_if(m_timers, [id](const auto& timer) { return timer.first.second == id; });
    }
    void offload(Callback<void()> work, Callback<void()> done) override
    {
        work();
        done();
    }
    void advance(std::int64_t ms)
    {
        const std::int64_t end = m_nowMs + ms;
        while (!m_timers.empty() && m_timers.begin()->first.first <= end) {
            m_nowMs = std::max(m_nowMs, m_timers.begin()->first.first);
            auto timer = m_timers.extract(m_timers.begin());
            timer.mapped()();
        }
        m_nowMs = end;
    }

private:
    std::int64_t m_nowMs = 1'000'000;
    TimerId m_lastId = 0;
    std::map<std::pair<std::int64_t, TimerId>, Callback<void()>> m_timers;
};

/** A host without a directory's checkpoints. */
class TestHost final : public LogHost {
public:
    explicit TestHost(FileSystem& files)
        : m_files(files)
    {
    }
    FileSystem& fileSystem() override { return m_files; }
    Log& log() override { return m_log; }
    std::int64_t nowMs() const override { return now; }
    Result<void> requireOnline() const override
    {
        return failure ? Result<void>(fail(ErrorCode::KafkaStorageError, failure->message))
                       : Result<void>{};
    }
    Error reportDiskError(const Error& cause) override
    {
        failure = cause;
        return {ErrorCode::KafkaStorageError, cause.message};
    }
    void noteUse(PartitionLog&) override { }
    void noteFlushWish(PartitionLog&) override { }
    void noteMoved(PartitionLog&) override { }
    void removeLater(std::string path, std::int64_t) override
    {
        removals.push_back(std::move(path));
    }

    std::int64_t now = 1'000'000;
    std::optional<Error> failure;
    std::vector<std::string> removals;

private:
    FileSystem& m_files;
    Log m_log;
};

/** What a test's batch is made of. */
struct BatchSpec {
    int records = 1;
    std::int64_t timestampMs = 1'000'000; ///< of the first record; each next one is 1 ms later
    std::string key = "key";
    std::string value = "value";
    protocol::Codec codec = protocol::Codec::None;
    std::int64_t producerId = -1;
    std::int16_t producerEpoch = -1;
    std::int32_t sequence = -1;
    bool isTransactional = false;
    std::int64_t baseOffset = 0;
    std::int32_t leaderEpoch = -1;
};

inline Bytes makeBatch(const BatchSpec& spec)
{
    protocol::BatchOptions options;
    options.codec = spec.codec;
    options.baseOffset = spec.baseOffset;
    options.leaderEpoch = spec.leaderEpoch;
    options.producerId = ProducerId(spec.producerId);
    options.producerEpoch = spec.producerEpoch;
    options.baseSequence = spec.sequence;
    options.isTransactional = spec.isTransactional;
    protocol::BatchBuilder builder(options);
    for (int i = 0; i < spec.records; ++i)
        builder.append(spec.timestampMs + i,
            spec.key.empty() ? std::nullopt : std::optional(asBytes(spec.key)),
            asBytes(spec.value));
    return builder.build().value();
}

inline Bytes makeMarker(
    std::int64_t producerId, std::int16_t epoch, bool isCommit, std::int32_t coordinatorEpoch = 0)
{
    return protocol::endTransactionBatch(
        ProducerId(producerId), epoch, {isCommit, coordinatorEpoch}, 1'000'000);
}

inline std::shared_ptr<LogConfig> smallConfig()
{
    auto config = std::make_shared<LogConfig>();
    config->segmentBytes = 2000;
    config->indexIntervalBytes = 200;
    return config;
}

inline PartitionLog::Options logOptions(std::shared_ptr<const LogConfig> config = smallConfig())
{
    PartitionLog::Options options;
    options.partition = {"orders", 0};
    options.path = "/data/orders-0";
    options.config = std::move(config);
    return options;
}

inline LeaderAppend coordinatorAppend(std::int32_t epoch = 0)
{
    return {.leaderEpoch = epoch, .nowMs = 1'000'000, .origin = AppendOrigin::Coordinator};
}
inline LeaderAppend clientAppend(std::int32_t epoch = 0, std::int64_t nowMs = 1'000'000)
{
    return {.leaderEpoch = epoch, .nowMs = nowMs, .origin = AppendOrigin::Client};
}

/** Offsets of the batches in `records`, as "base-last" separated by spaces. */
inline std::string rangesIn(BytesView records)
{
    std::string text;
    protocol::BatchIterator batches(records);
    while (const auto batch = batches.next()) {
        if (!batch->isCrcRight())
            text += "DAMAGED";
        text += (text.empty() ? "" : " ") + std::to_string(batch->baseOffset()) + "-"
            + std::to_string(batch->lastOffset());
    }
    return text;
}

/** Everything that a reader from `offset` on gets. */
inline std::string readAll(
    PartitionLog& log, std::int64_t offset, ReadLimit limit = ReadLimit::LogEnd)
{
    std::string text;
    while (true) {
        auto read = log.read(offset, 300, limit);
        if (!read)
            return text + " " + std::string(factsOf(read.error().code).name);
        if (read->batchCount == 0)
            return text;
        text += (text.empty() ? "" : " ") + rangesIn(read->records.bytes);
        offset = read->nextOffset;
    }
}

} // namespace moldau::storage

#define VERIFY_OK(expression)                                                                      \
    do {                                                                                           \
        const auto& outcome_ = (expression);                                                       \
        if (!outcome_)                                                                             \
            QFAIL(::moldau::storage::messageOf(outcome_.error()).c_str());                         \
    } while (false)

namespace moldau::storage {
inline std::string messageOf(const Error& error)
{
    return std::string(factsOf(error.code).name) + ": " + error.message;
}
inline std::string messageOf(const AppendFailure& failure)
{
    return messageOf(failure.error);
}
} // namespace moldau::storage
