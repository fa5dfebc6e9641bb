#pragma once

// Private to RdKafkaAdmin's files: how one request is sent and answered.

#include "client/rdkafkaadmin.h"
#include "client/rdkafkaerror.h"

#include <array>
#include <thread>

namespace moldau::client {

template <class T> RdKafkaHandle* RdKafkaAdmin::handleFor(const Answer<T>& answer)
{
    if (m_handle == nullptr) {
        auto made = m_make();
        if (!made) {
            answer(fail(made.error()));
            return nullptr;
        }
        m_handle = std::move(*made);
        m_queue.reset(rd_kafka_queue_new(m_handle->get()));
        m_mainQueue.reset(rd_kafka_queue_get_main(m_handle->get()));
        m_waker = m_handle->wakeOn(m_queue.get(), [this] { serveQueue(); });
        m_mainWaker = m_handle->wakeOn(m_mainQueue.get(), [this] { m_handle->poll(); });
    }
    return m_handle.get();
}

template <class T, class Read>
void RdKafkaAdmin::request(
    rd_kafka_admin_op_t operation, Answer<T> answer, const Send& send, Read read)
{
    RdKafkaHandle* handle = handleFor(answer);
    if (handle == nullptr)
        return;
    const std::uintptr_t id = ++m_lastId;
    m_pending[id] = [this, answer, read](const rd_kafka_event_t& constEvent) {
        auto* event = const_cast<rd_kafka_event_t*>(&constEvent); // librdkafka's getters want it so
        const rd_kafka_resp_err_t error = rd_kafka_event_error(event);
        if (error != RD_KAFKA_RESP_ERR_NO_ERROR)
            answer(fail(withTrouble(explain(error, rd_kafka_event_error_string(event)))));
        else
            answer(read(event));
    };
    rd_kafka_AdminOptions_t* options = rd_kafka_AdminOptions_new(handle->get(), operation);
    std::array<char, 128> reason;
    rd_kafka_AdminOptions_set_request_timeout(options, m_timeoutMs, reason.data(), reason.size());
    rd_kafka_AdminOptions_set_operation_timeout(options, m_timeoutMs, reason.data(), reason.size());
    rd_kafka_AdminOptions_set_opaque(
        options, reinterpret_cast<void*>(id)); // NOLINT: an id, never followed
    send(handle->get(), options, m_queue.get());
    rd_kafka_AdminOptions_destroy(options);
}

template <class T, class Work> void RdKafkaAdmin::inBackground(Answer<T> answer, Work work)
{
    if (handleFor(answer) == nullptr)
        return;
    std::thread([gate = m_gate, handle = m_handle, answer, work = std::move(work)]() mutable {
        Result<T> result = work(*handle);
        handle.reset();
        gate->post([answer, result = std::move(result)]() mutable { answer(std::move(result)); });
    }).detach();
}

/** Done, or the error that stands beside a topic, group or partition. */
inline Result<ClusterConnection::Done> doneOr(rd_kafka_resp_err_t error, const char* reason)
{
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR)
        return fail(explain(error, reason == nullptr ? "" : reason));
    return ClusterConnection::Done{};
}

/** A list for librdkafka from ours. */
inline RdKafkaPartitions listOf(const std::map<TopicPartition, std::int64_t>& offsets)
{
    RdKafkaPartitions list(rd_kafka_topic_partition_list_new(static_cast<int>(offsets.size())));
    for (const auto& [at, offset] : offsets)
        rd_kafka_topic_partition_list_add(list.get(), at.topic.c_str(), at.partition)->offset
            = offset;
    return list;
}

} // namespace moldau::client
