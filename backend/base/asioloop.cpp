#include "base/asioloop.h"

#include "base/asiotcp.h"

#include <asio/post.hpp>
#include <asio/steady_timer.hpp>
#include <asio/thread_pool.hpp>

#include <future>
#include <thread>
#include <unordered_map>

#include <pthread.h>

namespace moldau {

struct AsioLoop::Impl {
    asio::io_context context{1};
    asio::executor_work_guard<asio::io_context::executor_type> guard{context.get_executor()};
    std::unordered_map<TimerId, std::unique_ptr<asio::steady_timer>> timers;
    TimerId lastTimer = 0;
    // Fetched at first use: a loop that never offloads has no worker thread.
    std::unique_ptr<asio::thread_pool> workers;
    std::thread thread;
};

AsioLoop::AsioLoop(const std::string& name)
    : m_impl(std::make_unique<Impl>())
{
    m_impl->thread = std::thread([this] { m_impl->context.run(); });
    pthread_setname_np(m_impl->thread.native_handle(), name.substr(0, 15).c_str());
}

AsioLoop::~AsioLoop()
{
    stop();
}

void AsioLoop::stop()
{
    if (!m_impl->thread.joinable())
        return;
    m_impl->context.stop();
    m_impl->thread.join();
    if (m_impl->workers)
        m_impl->workers->join();
}

bool AsioLoop::isCurrentThread() const
{
    return std::this_thread::get_id() == m_impl->thread.get_id();
}

void AsioLoop::run(Callback<void()> work)
{
    std::promise<void> ran;
    post([&] {
        work();
        ran.set_value();
    });
    ran.get_future().wait();
}

std::int64_t AsioLoop::wallClockMs() const
{
    const auto sinceEpoch = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(sinceEpoch).count();
}

Duration AsioLoop::now() const
{
    return std::chrono::steady_clock::now().time_since_epoch();
}

void AsioLoop::post(Callback<void()> work)
{
    asio::post(m_impl->context, [work = std::move(work)]() mutable { work(); });
}

EventLoop::TimerId AsioLoop::schedule(Duration delay, Callback<void()> work)
{
    const TimerId id = ++m_impl->lastTimer;
    auto& timer = m_impl->timers[id] = std::make_unique<asio::steady_timer>(m_impl->context, delay);
    timer->async_wait([this, id, work = std::move(work)](const asio::error_code& error) mutable {
        // A cancelled timer may already have expired; then its entry is gone.
        if (error || m_impl->timers.erase(id) == 0)
            return;
        work();
    });
    return id;
}

void AsioLoop::cancel(TimerId id)
{
    m_impl->timers.erase(id);
}

void AsioLoop::offload(Callback<void()> work, Callback<void()> done)
{
    if (!m_impl->workers)
        m_impl->workers = std::make_unique<asio::thread_pool>(1);
    asio::post(*m_impl->workers, [this, work = std::move(work), done = std::move(done)]() mutable {
        work();
        post(std::move(done));
    });
}

Result<std::unique_ptr<Listener>> AsioLoop::listen(
    const Endpoint& endpoint, Callback<void(std::unique_ptr<Stream>)> accept)
{
    return asiotcp::listen(m_impl->context, endpoint, std::move(accept));
}

std::unique_ptr<Stream> AsioLoop::connect(const Endpoint& endpoint)
{
    return asiotcp::connect(m_impl->context, endpoint);
}

std::unique_ptr<Stream> AsioLoop::adopt(int socket)
{
    return asiotcp::adopt(m_impl->context, socket);
}

} // namespace moldau
