#include "client/readerpool.h"

#include <algorithm>
#include <array>
#include <thread>

namespace moldau::client {

namespace {

constexpr std::size_t kMaxIdle = 4;
constexpr std::size_t kMaxTopics = 64;
constexpr Duration kIdleTime = std::chrono::seconds(30);

/** What arrived before a partition was stopped has no taker. */
void empty(rd_kafka_queue_t* queue)
{
    std::array<rd_kafka_message_t*, 256> messages;
    for (;;) {
        const ssize_t count
            = rd_kafka_consume_batch_queue(queue, 0, messages.data(), messages.size());
        if (count <= 0)
            return;
        for (ssize_t i = 0; i < count; ++i)
            rd_kafka_message_destroy(messages[static_cast<std::size_t>(i)]);
    }
}

} // namespace

ReaderHandle::ReaderHandle(std::shared_ptr<RdKafkaHandle> handle)
    : m_handle(std::move(handle))
    , m_queue(rd_kafka_queue_new(m_handle->get()))
{
}

ReaderHandle::~ReaderHandle()
{
    for (const auto& [name, topic] : m_topics)
        rd_kafka_topic_destroy(topic);
}

rd_kafka_topic_t* ReaderHandle::topic(const std::string& name)
{
    auto& topic = m_topics[name];
    if (topic == nullptr)
        topic = rd_kafka_topic_new(m_handle->get(), name.c_str(), nullptr);
    return topic;
}

ReaderPool::ReaderPool(EventLoop& loop, std::shared_ptr<LoopGate> gate, Factory make)
    : m_loop(loop)
    , m_gate(std::move(gate))
    , m_make(std::move(make))
    , m_timer(loop)
    , m_self(std::make_shared<ReaderPool*>(this))
{
}

ReaderPool::~ReaderPool()
{
    *m_self = nullptr;
}

Result<std::shared_ptr<ReaderHandle>> ReaderPool::take(const std::string& kind)
{
    const auto found = std::ranges::find(m_idle, kind, &Idle::kind);
    if (found != m_idle.end()) {
        auto reader = std::move(found->reader);
        m_idle.erase(found);
        return reader;
    }
    return m_make(kind).map([](std::shared_ptr<RdKafkaHandle> handle) {
        return std::make_shared<ReaderHandle>(std::move(handle));
    });
}

void ReaderPool::giveBack(const std::string& kind, std::shared_ptr<ReaderHandle> reader,
    std::vector<std::pair<std::string, std::int32_t>> partitions)
{
    // Stopping waits for librdkafka's main thread, which the loop must not.
    std::thread([self = m_self, gate = m_gate, kind, reader = std::move(reader),
                    partitions = std::move(partitions)]() mutable {
        const RdKafkaPartitions list(
            rd_kafka_topic_partition_list_new(static_cast<int>(partitions.size())));
        for (const auto& [topic, partition] : partitions)
            rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), partition);
        rd_kafka_resume_partitions(
            reader->handle()->get(), list.get()); // a pause would outlast the stop
        for (const auto& [topic, partition] : partitions)
            rd_kafka_consume_stop(reader->topic(topic), partition);
        empty(reader->queue());
        gate->post([self, kind = kind, reader = std::move(reader)]() mutable {
            if (*self != nullptr)
                (*self)->keep(std::move(kind), std::move(reader));
        });
    }).detach();
}

void ReaderPool::keep(std::string kind, std::shared_ptr<ReaderHandle> reader)
{
    if (m_idle.size() >= kMaxIdle || reader->topicCount() > kMaxTopics)
        return;
    m_idle.push_back({std::move(kind), std::move(reader), m_loop.now()});
    if (!m_timer.isRunning())
        m_timer.start(kIdleTime, [this] { dropOld(); });
}

void ReaderPool::dropOld()
{
    const Duration now = m_loop.now();
    std::erase_if(m_idle, [now](const Idle& idle) { return now - idle.since >= kIdleTime; });
    if (!m_idle.empty())
        m_timer.start(kIdleTime, [this] { dropOld(); });
}

} // namespace moldau::client
