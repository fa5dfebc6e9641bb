#include "load.h"

#include "protocol/messages/fetchrequest.h"
#include "protocol/messages/fetchresponse.h"
#include "protocol/messages/listoffsetsrequest.h"
#include "protocol/messages/listoffsetsresponse.h"
#include "protocol/messages/metadatarequest.h"
#include "protocol/messages/metadataresponse.h"
#include "protocol/recordbatch.h"

#include <fmt/format.h>

namespace moldau::simulation {

namespace {

// The last versions that name topics instead of using their ids.
constexpr std::int16_t kFetchVersion = 12;
constexpr std::int16_t kMetadataVersion = 9;
constexpr std::int16_t kListOffsetsVersion = 9;

} // namespace

LoadClient::LoadClient(SimulatedCluster& cluster, History& history, std::string name)
    : m_client(cluster, std::move(name))
    , m_history(history)
    , m_leaders(static_cast<std::size_t>(history.partitions()))
    , m_epochs(static_cast<std::size_t>(history.partitions()), -1)
{
}

int LoadClient::leaderOf(std::int32_t partition)
{
    const int known = m_leaders[static_cast<std::size_t>(partition)];
    return known == 0 ? m_client.anyBroker() : known;
}

void LoadClient::later(Duration delay, std::function<void()> then)
{
    m_client.host().loop.schedule(delay, std::move(then));
}

void LoadClient::tryAgain(std::function<void()> then)
{
    protocol::MetadataRequest request;
    request.topics.emplace().emplace_back().name = m_history.topic();
    request.allowAutoTopicCreation = false;
    m_client.call<protocol::MetadataResponse>(
        m_client.anyBroker(), request, kMetadataVersion,
        [this, then = std::move(then)](Result<protocol::MetadataResponse> answer) {
            if (answer && !answer->topics.empty()) {
                for (const auto& partition : answer->topics.front().partitions) {
                    const auto index = static_cast<std::size_t>(partition.partitionIndex);
                    if (partition.leaderEpoch < m_epochs[index])
                        continue; // from a broker that is behind
                    m_epochs[index] = partition.leaderEpoch;
                    m_leaders[index] = std::max(partition.leaderId.value(), 0);
                }
            }
            using namespace std::chrono_literals;
            later(m_client.time().between(Duration(5ms), Duration(60ms)), then);
        },
        std::chrono::seconds(1));
}

void LoadConsumer::start()
{
    m_offsets.resize(static_cast<std::size_t>(m_history.partitions()));
    for (std::int32_t partition = 0; partition < m_history.partitions(); ++partition) {
        ++m_busy;
        fetch(partition);
    }
}

void LoadConsumer::fetch(std::int32_t partition)
{
    if (m_isStopping) {
        --m_busy;
        return;
    }
    protocol::FetchRequest request;
    request.maxWaitMs = 300;
    request.minBytes = 1;
    request.maxBytes = 1 << 20;
    request.sessionEpoch = -1;
    auto& topic = request.topics.emplace_back();
    topic.topic = m_history.topic();
    auto& data = topic.partitions.emplace_back();
    data.partition = partition;
    data.currentLeaderEpoch = -1;
    data.fetchOffset = m_offsets[static_cast<std::size_t>(partition)];
    data.lastFetchedEpoch = -1;
    data.partitionMaxBytes = 1 << 20;
    m_client.call<protocol::FetchResponse>(leaderOf(partition), request, kFetchVersion,
        [this, partition](Result<protocol::FetchResponse> answer) {
            const auto again = [this, partition] { fetch(partition); };
            if (!answer || answer->errorCode != 0)
                return tryAgain(again);
            if (answer->responses.empty())
                return fetch(partition);
            const auto& data = answer->responses.front().partitions.front();
            const ErrorCode error = errorFromWire(data.errorCode);
            if (error == ErrorCode::OffsetOutOfRange)
                m_history.violation(fmt::format("the log of {}-{} ends before {}, which was read",
                    m_history.topic(), partition, m_offsets[static_cast<std::size_t>(partition)]));
            if (error != ErrorCode::None)
                return tryAgain(again);
            take(partition, data.records.data.bytes);
            fetch(partition);
        });
}

void LoadConsumer::take(std::int32_t partition, BytesView bytes)
{
    std::int64_t& wanted = m_offsets[static_cast<std::size_t>(partition)];
    protocol::BatchIterator batches(bytes);
    while (const auto batch = batches.next()) {
        if (!batch->isCrcRight())
            m_history.violation("a consumer got a damaged batch");
        const auto records = batch->records();
        for (const protocol::RecordView& record : *records) {
            if (record.offset >= wanted && !batch->isControl())
                m_history.read(partition, record.offset,
                    std::string(asText(record.value.value_or(BytesView{}))));
        }
        wanted = std::max(wanted, batch->nextOffset());
    }
}

void LoadWatcher::start()
{
    m_ends.resize(static_cast<std::size_t>(m_history.partitions()));
    for (std::int32_t partition = 0; partition < m_history.partitions(); ++partition) {
        ++m_busy;
        tryAgain([this, partition] { ask(partition); });
    }
}

void LoadWatcher::ask(std::int32_t partition)
{
    if (m_isStopping) {
        --m_busy;
        return;
    }
    constexpr std::int64_t kLatest = -1;
    protocol::ListOffsetsRequest request;
    request.replicaId = kNoBroker; // a client
    auto& topic = request.topics.emplace_back();
    topic.name = m_history.topic();
    auto& wanted = topic.partitions.emplace_back();
    wanted.partitionIndex = partition;
    wanted.timestamp = kLatest;
    wanted.currentLeaderEpoch = epochOf(partition);
    const int broker = leaderOf(partition);
    m_client.call<protocol::ListOffsetsResponse>(broker, request, kListOffsetsVersion,
        [this, partition, broker](Result<protocol::ListOffsetsResponse> answer) {
            const auto again = [this, partition] { ask(partition); };
            if (!answer)
                return tryAgain(again);
            const auto& end = answer->topics.front().partitions.front();
            const ErrorCode error = errorFromWire(end.errorCode);
            if (error != ErrorCode::None) {
                if (!factsOf(error).isRetriable)
                    m_history.violation(fmt::format("a watcher got {} for {}-{}",
                        factsOf(error).name, m_history.topic(), partition));
                return tryAgain(again);
            }
            std::int64_t& before = m_ends[static_cast<std::size_t>(partition)];
            if (end.offset < before)
                m_history.violation(
                    fmt::format("the end of {}-{} goes back from {} to {}, as broker {} has it",
                        m_history.topic(), partition, before, end.offset, broker));
            before = std::max(before, end.offset);
            using namespace std::chrono_literals;
            later(m_client.time().between(Duration(5ms), Duration(60ms)), again);
        });
}

} // namespace moldau::simulation
