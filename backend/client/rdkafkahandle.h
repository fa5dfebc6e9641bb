#pragma once

#include "base/log.h"
#include "base/result.h"
#include "base/transport.h"
#include "client/loopgate.h"
#include "client/properties.h"
#include "client/queuewaker.h"

#include <librdkafka/rdkafka.h>

#include <functional>
#include <memory>
#include <string>

namespace moldau::client {

/** Where a name inside a compose network really is; any thread may call. */
using AddressResolver = std::function<Endpoint(const Endpoint&)>;

class SaslRelay;

/** Hears of one handle's happenings. All calls come on the loop's thread, from inside poll(). */
class RdKafkaListener {
public:
    virtual ~RdKafkaListener() = default;
    virtual void handleFailed(const Error& error, bool isFatal) = 0;
    virtual void messageDelivered(const rd_kafka_message_t& message) { (void)message; }
    /** Only for handles with a group: ASSIGN_PARTITIONS or REVOKE_PARTITIONS. */
    virtual void rebalanced(rd_kafka_resp_err_t what, rd_kafka_topic_partition_list_t& partitions)
    {
        (void)what;
        (void)partitions;
    }
};

/**
 * One librdkafka client: its threads, connections and queues. Used on one loop's thread; shared
 * with blocking calls on other threads. The last owner's release costs nothing: a thread of its own
 * closes the client, since that may take seconds. See waitForClosedHandles().
 */
class RdKafkaHandle {
public:
    struct Settings {
        rd_kafka_type_t type = RD_KAFKA_PRODUCER;
        std::string bootstrap;
        Properties properties; ///< librdkafka's names; later ones win
        AddressResolver resolver; ///< may be empty
        std::shared_ptr<SaslRelay> relay; ///< speaks SASL in librdkafka's place, or nullptr
        std::shared_ptr<LoopGate> gate;
        Log::Sink* log = nullptr; ///< outlives the process' last handle, or nullptr
        std::function<void(rd_kafka_t*)> onCreated; ///< for interceptors
        std::shared_ptr<void> untilClosed; ///< let go when the client is closed
    };

    static Result<std::shared_ptr<RdKafkaHandle>> make(Settings settings);
    ~RdKafkaHandle();
    RdKafkaHandle(const RdKafkaHandle&) = delete;
    RdKafkaHandle& operator=(const RdKafkaHandle&) = delete;

    rd_kafka_t* get() const;
    /** nullptr while nobody listens. */
    void setListener(RdKafkaListener* listener);
    /** `wake` runs on the loop's thread soon after `queue` stopped being empty, until the waker is
     * gone. */
    std::shared_ptr<QueueWaker> wakeOn(rd_kafka_queue_t* queue, std::function<void()> wake);
    /** Serves callbacks of the main queue without waiting. */
    void poll();
    /** What was last wrong with the connection to the brokers; code None when nothing was. */
    Error lastTrouble() const;
    /**
     * Asks for a topic's metadata in the background, once: librdkafka looks after topics that it
     * doesn't know only once a second, which is long for somebody who waits for the first record.
     */
    static void learnTopic(const std::shared_ptr<RdKafkaHandle>& handle, const std::string& topic);
    /** A consumer with a group leaves it before the handle is closed, on the closing thread. */
    void leaveGroupWhenClosed();

    struct State;

private:
    explicit RdKafkaHandle(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/** Whether this librdkafka's SCRAM is that of the RFC, on which brokers since Kafka 3.8.1 insist.
 */
bool hasRightScram();

/** Waits until every handle of the process is closed; false after `timeoutMs`. For the end of
 * main(). */
bool waitForClosedHandles(int timeoutMs);

/** Queues of librdkafka, released with their owner. */
struct DestroyQueue {
    void operator()(rd_kafka_queue_t* queue) const { rd_kafka_queue_destroy(queue); }
};
using RdKafkaQueue = std::unique_ptr<rd_kafka_queue_t, DestroyQueue>;

struct DestroyPartitions {
    void operator()(rd_kafka_topic_partition_list_t* list) const
    {
        rd_kafka_topic_partition_list_destroy(list);
    }
};
using RdKafkaPartitions = std::unique_ptr<rd_kafka_topic_partition_list_t, DestroyPartitions>;

} // namespace moldau::client
