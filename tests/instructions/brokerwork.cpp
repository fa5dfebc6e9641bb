/**
 * Does one kind of work on three simulated brokers, COUNT times, so that check.py can count the
 * instructions that one takes: broker_work produce|fetch|idle COUNT [events]
 *
 * - produce: a batch of 100 records of 100 bytes with acks=all, copied by two followers;
 * - fetch: the same batch read by a consumer;
 * - idle: a second in which nobody asks for anything.
 *
 * With "events", somebody wants the brokers' events, as the window does.
 */
#include "protocol/batchbuilder.h"
#include "protocol/messages/fetchrequest.h"
#include "protocol/messages/fetchresponse.h"
#include "protocol/messages/producerequest.h"
#include "protocol/messages/produceresponse.h"
#include "simulatedclient.h"

#include <cstdlib>
#include <iostream>
#include <stdexcept>
#include <string_view>
#include <type_traits>

namespace {

using namespace moldau;
using namespace moldau::simulation;

constexpr const char* kTopic = "orders";
constexpr std::int16_t kProduceVersion = 12; // the last with names, as that of Fetch
constexpr std::int16_t kFetchVersion = 12;
constexpr int kRecords = 100;

/** Throws: a figure of work that failed would be none. */
template <class T> T orThrow(Result<T> result)
{
    if (!result)
        throw std::runtime_error(result.error().message);
    if constexpr (!std::is_void_v<T>)
        return std::move(*result);
}

Bytes batch(std::int64_t timeMs)
{
    protocol::BatchBuilder builder;
    const std::string value(100, 'x');
    for (int i = 0; i < kRecords; ++i)
        builder.append(timeMs, std::nullopt, asBytes(value));
    return orThrow(builder.build());
}

class Work {
public:
    explicit Work(bool wantsEvents)
        : m_cluster({.brokers = 3, .controllers = 1, .seed = 1})
        , m_client(m_cluster, "work")
    {
        for (int broker = 1; wantsEvents && broker <= m_cluster.size(); ++broker)
            m_cluster.host(broker).events.want();
        if (!m_cluster.startAll())
            throw std::runtime_error("the cluster does not start");
        orThrow(m_client.createTopic(kTopic, 1, 3));
        m_leader = m_cluster.leaderOf(kTopic, 0);
        produce(10); // what is done once only, and what fetches read
    }

    void produce(int count)
    {
        protocol::ProduceRequest request;
        request.acks = -1;
        request.timeoutMs = 10'000;
        auto& topic = request.topicData.emplace_back();
        topic.name = kTopic;
        auto& partition = topic.partitionData.emplace_back();
        const Bytes records = batch(m_client.host().loop.wallClockMs());
        for (int i = 0; i < count; ++i) {
            partition.records.data = Slice(Bytes(records));
            const auto answer = orThrow(
                m_client.ask<protocol::ProduceResponse>(m_leader, request, kProduceVersion));
            if (answer.responses.front().partitionResponses.front().errorCode != 0)
                throw std::runtime_error("a batch was refused");
        }
    }

    void fetch(int count)
    {
        protocol::FetchRequest request;
        request.maxWaitMs = 500;
        request.minBytes = 1;
        auto& topic = request.topics.emplace_back();
        topic.topic = kTopic;
        auto& partition = topic.partitions.emplace_back();
        partition.partition = 0;
        partition.partitionMaxBytes = 1; // one batch
        for (int i = 0; i < count; ++i) {
            partition.fetchOffset = i % 10 * kRecords;
            const auto answer
                = orThrow(m_client.ask<protocol::FetchResponse>(m_leader, request, kFetchVersion));
            const auto& data = answer.responses.front().partitions.front();
            if (data.errorCode != 0 || data.records.data.size() < kRecords * 100)
                throw std::runtime_error("a batch was not read");
        }
    }

    void idle(int seconds) { m_cluster.runFor(std::chrono::seconds(seconds)); }

private:
    SimulatedCluster m_cluster;
    SimulatedClient m_client;
    int m_leader = 0;
};

} // namespace

int main(int count, char** words)
{
    const std::string_view kind = count > 1 ? words[1] : "";
    const int times = count > 2 ? std::atoi(words[2]) : 0;
    try {
        Work work(count > 3 && std::string_view(words[3]) == "events");
        if (kind == "produce")
            work.produce(times);
        else if (kind == "fetch")
            work.fetch(times);
        else if (kind == "idle")
            work.idle(times);
        else
            throw std::runtime_error("usage: broker_work produce|fetch|idle COUNT [events]");
    } catch (const std::exception& error) {
        std::cerr << error.what() << "\n";
        return 1;
    }
    return 0;
}
