#pragma once

#include "base/result.h"
#include "client/clusterconnection.h"

#include <chrono>
#include <condition_variable>
#include <future>
#include <mutex>

/** Calls `start` with a reply and waits for it; LocalTimeout when none comes. */
template <class T, class Start> moldau::Result<T> waitFor(Start start)
{
    auto promise = std::make_shared<std::promise<moldau::Result<T>>>();
    auto future = promise->get_future();
    start([promise](moldau::Result<T> result) { promise->set_value(std::move(result)); });
    if (future.wait_for(std::chrono::seconds(30)) != std::future_status::ready)
        return moldau::fail(moldau::ErrorCode::LocalTimeout, "no reply");
    return future.get();
}

/** Collects what a consumer hears. */
class Collector final : public moldau::client::ConsumerListener {
public:
    using Partitions = std::vector<std::pair<std::string, std::int32_t>>;

    bool waitForRecords(std::size_t count)
    {
        return waitUntil([&] { return m_records.size() >= count; });
    }
    bool waitForFinish()
    {
        return waitUntil([&] { return m_finished > 0; });
    }
    bool waitForAssignment(std::size_t count)
    {
        return waitUntil([&] { return m_assignment.size() == count; });
    }
    bool waitForFailure()
    {
        return waitUntil([&] { return !m_failures.empty(); });
    }
    std::vector<moldau::client::Record> records()
    {
        const std::lock_guard lock(m_mutex);
        return m_records;
    }
    std::vector<moldau::Error> failures()
    {
        const std::lock_guard lock(m_mutex);
        return m_failures;
    }
    int finishedCount()
    {
        const std::lock_guard lock(m_mutex);
        return m_finished;
    }

private:
    template <class Condition> bool waitUntil(Condition condition)
    {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, std::chrono::seconds(30), condition);
    }
    template <class Change> void change(Change change)
    {
        {
            const std::lock_guard lock(m_mutex);
            change();
        }
        m_changed.notify_all();
    }
    void recordsArrived(std::vector<moldau::client::Record> records) override
    {
        change([&] {
            m_records.insert(m_records.end(), std::make_move_iterator(records.begin()),
                std::make_move_iterator(records.end()));
        });
    }
    void assignmentChanged(Partitions partitions) override
    {
        change([&] { m_assignment = std::move(partitions); });
    }
    void failed(moldau::Error error) override
    {
        change([&] { m_failures.push_back(std::move(error)); });
    }
    void finished() override
    {
        change([&] { ++m_finished; });
    }

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<moldau::client::Record> m_records;
    std::vector<moldau::Error> m_failures;
    Partitions m_assignment;
    int m_finished = 0;
};
