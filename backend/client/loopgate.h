#pragma once

#include "base/eventloop.h"

#include <mutex>

namespace moldau::client {

/**
 * The way from librdkafka's threads and from blocking calls back to a connection's loop. Shared by
 * whoever may still be running when the connection goes; once closed, it drops what comes.
 */
class LoopGate {
public:
    explicit LoopGate(EventLoop& loop)
        : m_loop(&loop)
    {
    }

    /** Any thread. */
    void post(Callback<void()> work)
    {
        const std::lock_guard lock(m_mutex);
        if (m_loop != nullptr)
            m_loop->post(std::move(work));
    }
    /** After it returns nothing is posted any more. */
    void close()
    {
        const std::lock_guard lock(m_mutex);
        m_loop = nullptr;
    }

private:
    std::mutex m_mutex;
    EventLoop* m_loop;
};

} // namespace moldau::client
