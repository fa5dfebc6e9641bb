#pragma once

#include "client/loopgate.h"

#include <atomic>
#include <functional>
#include <memory>

namespace moldau::client {

/**
 * Brings the loop to a queue of librdkafka that has something. The owner lives on the loop's
 * thread; when it lets go, nothing runs any more.
 */
class QueueWaker {
public:
    QueueWaker(std::shared_ptr<LoopGate> gate, std::function<void()> wake)
        : m_gate(std::move(gate))
        , m_wake(std::move(wake))
    {
    }

    /** Any thread. Many calls before the loop comes round are one. */
    static void call(const std::weak_ptr<QueueWaker>& weak)
    {
        const auto waker = weak.lock();
        if (waker == nullptr || waker->m_isPosted.exchange(true))
            return;
        waker->m_gate->post([weak] {
            const auto alive = weak.lock();
            if (alive == nullptr)
                return;
            alive->m_isPosted = false;
            alive->m_wake();
        });
    }

private:
    std::shared_ptr<LoopGate> m_gate;
    std::function<void()> m_wake;
    std::atomic<bool> m_isPosted{false};
};

} // namespace moldau::client
