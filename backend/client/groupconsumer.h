#pragma once

#include "base/eventloop.h"
#include "client/rdkafkaconsumer.h"

#include <set>

namespace moldau::client {

/**
 * A member of a consumer group. Offsets are committed after the listener took the records, so that
 * what was never shown is read again.
 */
class GroupConsumer final : public RdKafkaConsumer {
public:
    GroupConsumer(ConsumerOptions options, std::shared_ptr<ListenerGate> listener,
        RdKafkaEventSource* events, std::shared_ptr<RdKafkaHandle> handle, EventLoop& loop);
    ~GroupConsumer() override;

    void start() override;
    void pause() override { setPaused(true); }
    void resume() override { setPaused(false); }

private:
    Verdict judge(const rd_kafka_message_t&) override { return Verdict::Take; }
    void reachedEnd(const Partition& partition) override;
    void delivered(const std::vector<rd_kafka_message_t*>& messages) override;
    void partitionFailed(const rd_kafka_message_t& message) override;
    void finishing() override;
    void rebalanced(rd_kafka_resp_err_t what, rd_kafka_topic_partition_list_t& partitions) override;

    void hurry();
    void setPaused(bool isPaused);
    void applyPause();

    std::shared_ptr<RdKafkaHandle> m_group;
    RdKafkaQueue m_queue;
    std::set<Partition> m_assigned;
    std::set<Partition> m_unread; // assigned ones whose end wasn't reached yet
    Timer m_hurry;
    int m_pokes = 0;
    bool m_isPaused = false;
};

} // namespace moldau::client
