#pragma once

#include "client/rdkafkaconsumer.h"
#include "client/readerpool.h"

#include <map>

namespace moldau::client {

/**
 * A consumer without a group: reads partitions of its own choice from where it was told, exact
 * ranges of offsets, or up to the end of the start. Commits nothing.
 */
class PartitionReader final : public RdKafkaConsumer {
public:
    PartitionReader(ConsumerOptions options, std::shared_ptr<ListenerGate> listener,
        RdKafkaEventSource* events, ReaderPool& pool, std::shared_ptr<LoopGate> gate,
        int timeoutMs);
    ~PartitionReader() override;

    void start() override;
    void pause() override { setPaused(true); }
    void resume() override { setPaused(false); }

    struct Plan;

private:
    Verdict judge(const rd_kafka_message_t& message) override;
    void reachedEnd(const Partition& partition) override;
    void delivered(const std::vector<rd_kafka_message_t*>&) override { }
    void partitionFailed(const rd_kafka_message_t& message) override;
    void finishing() override;

    void makePlan();
    void begin(const Plan& plan);
    void setPaused(bool isPaused);
    bool isBounded() const { return m_options.stopsAtEnd || !m_options.ranges.empty(); }

    /** What is left of one partition. */
    struct Open {
        std::int64_t from = 0; ///< records before it aren't wanted
        std::int64_t to = 0; ///< nor from here on
    };

    ReaderPool& m_pool;
    std::shared_ptr<LoopGate> m_gate;
    int m_timeoutMs;
    std::string m_kind;
    std::shared_ptr<ReaderHandle> m_reader;
    std::map<Partition, Open> m_open;
    std::vector<Partition> m_started;
    // The entry of m_open that the last message belonged to: they come in long runs.
    const rd_kafka_topic_t* m_lastTopic = nullptr;
    std::int32_t m_lastPartition = -1;
    const Open* m_lastOpen = nullptr;
    bool m_isPaused = false;
    std::shared_ptr<PartitionReader*> m_self; // for work that comes back after this is gone
};

} // namespace moldau::client
