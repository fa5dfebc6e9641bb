#pragma once

#include "base/eventloop.h"
#include "client/rdkafkahandle.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace moldau::client {

/**
 * A librdkafka client that reads partitions without a group, with the topics that it was used for.
 * One consumer uses it at a time, on the loop's thread or on a thread that works for it.
 */
class ReaderHandle {
public:
    explicit ReaderHandle(std::shared_ptr<RdKafkaHandle> handle);
    ~ReaderHandle();

    const std::shared_ptr<RdKafkaHandle>& handle() const { return m_handle; }
    rd_kafka_queue_t* queue() const { return m_queue.get(); }
    rd_kafka_topic_t* topic(const std::string& name);
    std::size_t topicCount() const { return m_topics.size(); }

private:
    std::shared_ptr<RdKafkaHandle> m_handle;
    RdKafkaQueue m_queue;
    std::map<std::string, rd_kafka_topic_t*> m_topics;
};

/**
 * Readers that have finished, kept warm for a while: a view that jumps about in a topic makes many
 * short-lived readers, and a new client would cost threads, connections and metadata each time.
 * Belongs to a connection, lives on its loop's thread.
 */
class ReaderPool {
public:
    using Factory = std::function<Result<std::shared_ptr<RdKafkaHandle>>(const std::string& kind)>;

    /** Readers of the same `kind` are interchangeable. */
    ReaderPool(EventLoop& loop, std::shared_ptr<LoopGate> gate, Factory make);
    ~ReaderPool();

    Result<std::shared_ptr<ReaderHandle>> take(const std::string& kind);
    /** Stops the partitions on another thread, then keeps the reader. */
    void giveBack(const std::string& kind, std::shared_ptr<ReaderHandle> reader,
        std::vector<std::pair<std::string, std::int32_t>> partitions);

private:
    struct Idle {
        std::string kind;
        std::shared_ptr<ReaderHandle> reader;
        Duration since{};
    };
    void keep(std::string kind, std::shared_ptr<ReaderHandle> reader);
    void dropOld();

    EventLoop& m_loop;
    std::shared_ptr<LoopGate> m_gate;
    Factory m_make;
    Timer m_timer;
    std::vector<Idle> m_idle;
    std::shared_ptr<ReaderPool*> m_self; // for work that comes back after the pool is gone
};

} // namespace moldau::client
