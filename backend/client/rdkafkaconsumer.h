#pragma once

#include "client/clusterconnection.h"
#include "client/rdkafkahandle.h"

#include <memory>
#include <mutex>
#include <vector>

namespace moldau::client {

class RdKafkaEventSource;

/**
 * Stands between a consumer and its listener, which may go away at any moment: silence() waits for
 * a call that is under way, after it none comes. Shared by the Consumer that the user holds and by
 * what runs on the loop.
 */
class ListenerGate {
public:
    explicit ListenerGate(ConsumerListener& listener)
        : m_listener(&listener)
    {
    }
    void silence()
    {
        const std::lock_guard lock(m_mutex);
        m_listener = nullptr;
    }
    template <class F> void call(F&& function)
    {
        const std::lock_guard lock(m_mutex);
        if (m_listener != nullptr)
            function(*m_listener);
    }

private:
    std::mutex m_mutex;
    ConsumerListener* m_listener;
};

/**
 * The half of a consumer that lives on the loop's thread, owned by the connection: takes messages
 * from a queue of librdkafka, makes records of them and hands them on by chunk, so that other work
 * of the loop gets its turn.
 */
class RdKafkaConsumer : public RdKafkaListener {
public:
    RdKafkaConsumer(ConsumerOptions options, std::shared_ptr<ListenerGate> listener,
        RdKafkaEventSource* events);
    ~RdKafkaConsumer() override;

    virtual void start() = 0;
    virtual void pause() = 0;
    virtual void resume() = 0;
    /** Ends it as if all were read: the connection is closing. */
    void finishNow() { finish(); }
    bool isFinished() const { return m_isFinished; }

protected:
    using Partition = std::pair<std::string, std::int32_t>;

    /**
     * Where messages come from, until finish(). `queue` lives as long as the handle. Errors of the
     * handle come by the same queue, or by its main queue.
     */
    void drainFrom(
        std::shared_ptr<RdKafkaHandle> handle, rd_kafka_queue_t* queue, bool hasMainQueue);
    /** Tells the listener once; nothing is delivered any more. */
    void finish();
    void failAndFinish(Error error);
    void fail(Error error);

    RdKafkaHandle* handle() const { return m_handle.get(); }

    /** What becomes of a record; Last and BeyondEnd are followed by reachedEnd(). */
    enum class Verdict { Take, Last, Skip, BeyondEnd };
    virtual Verdict judge(const rd_kafka_message_t& message) = 0;
    /** All records of the partition that there are for now, or that are wanted, were delivered. */
    virtual void reachedEnd(const Partition& partition) = 0;
    /** After the listener took the chunk. */
    virtual void delivered(const std::vector<rd_kafka_message_t*>& messages) = 0;
    virtual void partitionFailed(const rd_kafka_message_t& message) = 0;
    /** The derived class lets go of its handle. Also called from its destructor, by stop(). */
    virtual void finishing() = 0;
    void stop();

    ConsumerOptions m_options;
    std::shared_ptr<ListenerGate> m_listener;

private:
    void handleFailed(const Error& error, bool isFatal) override;
    void drain();
    void take(rd_kafka_message_t* message, std::vector<rd_kafka_message_t*>& wanted);
    void endPartition(const rd_kafka_message_t& message, std::vector<rd_kafka_message_t*>& wanted);
    void deliver(std::vector<rd_kafka_message_t*>& messages);
    void emitEvents(const std::vector<rd_kafka_message_t*>& messages);

    RdKafkaEventSource* m_events;
    std::shared_ptr<RdKafkaHandle> m_handle;
    rd_kafka_queue_t* m_queue = nullptr;
    RdKafkaQueue m_mainQueue;
    std::shared_ptr<QueueWaker> m_waker;
    std::shared_ptr<QueueWaker> m_mainWaker;
    std::int64_t m_left; // records until maxRecords
    bool m_isFinished = false;
};

} // namespace moldau::client
