#pragma once

#include "base/memoryfilesystem.h"
#include "protocol/recordbatch.h"
#include "raft/disklog.h"
#include "raft/votingquorum.h"
#include "steploop.h"

#include <QTest>

namespace moldau::raft {

/** Keeps what it hears, as text: "control@0", "values@1: a b", "leader 100 epoch 1". */
class Hearer final : public QuorumListener {
public:
    void committed(const Slice& batches) override
    {
        protocol::BatchIterator iterator(batches.bytes);
        while (const auto batch = iterator.next()) {
            std::string line = (batch->isControl() ? "control@" : "values@")
                + std::to_string(batch->baseOffset());
            if (!batch->isControl()) {
                const auto records = batch->records();
                for (const auto& record : *records)
                    line += " " + std::string(asText(*record.value));
            }
            heard.push_back(line);
        }
    }
    void snapshotLoaded(const LoadedSnapshot& snapshot) override
    {
        heard.push_back("snapshot@" + std::to_string(snapshot.head.id.offset));
    }
    void leaderChanged(const LeaderAndEpoch& leader) override
    {
        heard.push_back("leader " + std::to_string(leader.leader.value()) + " epoch "
            + std::to_string(leader.epoch));
    }
    void failed(const Error& error) override
    {
        heard.push_back("failed: " + std::string(factsOf(error.code).name));
    }

    std::vector<std::string> heard;
};

/** Leads nowhere: a voter without others talks to nobody. */
class NoTransport final : public Transport {
public:
    Result<std::unique_ptr<Listener>> listen(
        const Endpoint&, Callback<void(std::unique_ptr<Stream>)>) override
    {
        return fail(ErrorCode::LocalUnsupported);
    }
    std::unique_ptr<Stream> connect(const Endpoint&) override { return nullptr; }
};

/** One node's disk, and the quorum of one voter that it has while it runs. */
class Node {
public:
    NoTransport transport;
    MemoryFileSystem files;
    StepLoop loop;
    Hearer hearer;
    Log quiet;
    std::unique_ptr<storage::LogDirectory> directory;
    std::unique_ptr<VotingQuorum> quorum;
    MetadataSegments segments;
    SnapshotRetention retention;
    std::uint16_t port = 9093; ///< where other nodes reach it

    Node()
    {
        // The directory above is older than the cluster.
        if (!files.createDirectories("/data") || !files.syncDirectory("/"))
            qFatal("no directory");
    }

    void start()
    {
        storage::LogDirectory::Options options;
        options.path = "/data";
        options.clusterId = "test-cluster";
        options.nodeId = BrokerId(100);
        options.configOf = [this](const std::string&) { return metadataLogConfig(segments); };
        auto opened = storage::LogDirectory::open(loop, files, quiet, options);
        if (!opened)
            qFatal("%s", opened.error().message.c_str());
        directory = std::move(*opened);
        auto log = DiskLog::open(loop, *directory, segments, retention);
        if (!log)
            qFatal("%s", log.error().message.c_str());
        VotingQuorum::Options own;
        own.self = {BrokerId(100), directory->directoryId(), {{"CONTROLLER", {"127.0.0.1", port}}}};
        own.voters = {own.self};
        own.clusterId = "test-cluster";
        own.statePath = (*log)->path() + "/quorum-state";
        quorum
            = std::make_unique<VotingQuorum>(loop, transport, files, quiet, std::move(*log), own);
        if (auto started = quorum->start(hearer); !started)
            qFatal("%s", started.error().message.c_str());
    }
    /** Power off; the next start() finds what the disk kept. */
    void crash(MemoryFileSystem::CrashMode mode = MemoryFileSystem::CrashMode::LoseUnsynced)
    {
        quorum.reset();
        directory.reset();
        files.crash(mode);
        hearer.heard.clear();
    }
    void stop()
    {
        quorum.reset();
        QVERIFY(directory->close());
        directory.reset();
        hearer.heard.clear();
    }
    /** Appends and notes in the hearer when it is committed. */
    Result<std::int64_t> append(const std::vector<std::string>& values)
    {
        std::vector<Bytes> bytes;
        for (const std::string& value : values)
            bytes.emplace_back(value.begin(), value.end());
        return quorum->append(
            std::move(bytes), [this, first = values.front()](Result<void> committed) {
                hearer.heard.push_back((committed ? "done " : "lost ") + first);
            });
    }
};

inline protocol::FetchRequest fetchFrom(std::int64_t offset, int waitMs = 0)
{
    protocol::FetchRequest request;
    request.replicaState.replicaId = BrokerId(1);
    request.maxWaitMs = waitMs;
    auto& topic = request.topics.emplace_back();
    topic.topicId = kMetadataTopicId;
    auto& partition = topic.partitions.emplace_back();
    partition.fetchOffset = offset;
    return request;
}

constexpr std::int16_t kFetchVersion = 17;

inline std::vector<std::string> lines(std::initializer_list<const char*> texts)
{
    return {texts.begin(), texts.end()};
}

} // namespace moldau::raft
