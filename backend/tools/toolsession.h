#pragma once

#include "client/rdkafkaconnection.h"
#include "tools/options.h"
#include "tools/toolio.h"

#include <chrono>
#include <future>
#include <memory>
#include <optional>
#include <string>

namespace moldau::tools {

/**
 * One tool's run against one cluster: turns the connection's callbacks into answers that the tool
 * waits for on its own thread, until they come or somebody stops it.
 */
class ToolSession {
public:
    struct Target {
        std::string bootstrap;
        client::Properties properties; ///< later ones win
        std::string clientId;
        std::chrono::milliseconds timeout{30'000};
    };

    static Result<std::unique_ptr<ToolSession>> open(ToolIo& io, Target target);

    /** Waits a moment for what goes on in the background: a group's last commit, its goodbye. */
    ~ToolSession();

    client::RdKafkaConnection& cluster() { return *m_connection; }
    ToolIo& io() { return m_io; }
    bool isStopped() const { return m_io.stop->isRequested(); }

    /** Calls `start(reply)` and waits; LocalCancelled after a stop. */
    template <class T, class Start> Result<T> ask(Start start)
    {
        auto stop = m_io.stop;
        auto box = std::make_shared<std::optional<Result<T>>>();
        start(client::ClusterConnection::Reply<T>([stop, box](Result<T> result) {
            {
                const std::lock_guard lock(stop->m_mutex);
                box->emplace(std::move(result));
            }
            stop->m_changed.notify_all();
        }));
        std::unique_lock lock(stop->m_mutex);
        stop->m_changed.wait(lock, [&] { return box->has_value() || stop->m_isRequested; });
        if (!box->has_value())
            return fail(ErrorCode::LocalCancelled, "stopped");
        return std::move(**box);
    }

    /** Changes what waitUntil() looks at; any thread, as long as `stop` lives. */
    template <class Change> static void announce(StopSignal& stop, Change change)
    {
        {
            const std::lock_guard lock(stop.m_mutex);
            change();
        }
        stop.m_changed.notify_all();
    }
    /** Waits for `condition`, which announced changes may make true; false after a stop or
     * `timeout`. */
    template <class Condition>
    bool waitUntil(Condition condition, std::optional<std::chrono::milliseconds> timeout = {})
    {
        std::unique_lock lock(m_io.stop->m_mutex);
        const auto isOver = [&] { return condition() || m_io.stop->m_isRequested; };
        if (timeout)
            m_io.stop->m_changed.wait_for(lock, *timeout, isOver);
        else
            m_io.stop->m_changed.wait(lock, isOver);
        return condition();
    }
    /** Runs `read` while nobody announces. */
    template <class Read> auto locked(Read read)
    {
        const std::lock_guard lock(m_io.stop->m_mutex);
        return read();
    }

private:
    ToolSession(ToolIo& io, std::unique_ptr<client::RdKafkaConnection> connection,
        std::future<void> closed);

    ToolIo& m_io;
    std::future<void> m_closed;
    std::unique_ptr<client::RdKafkaConnection> m_connection;
};

/** "key=value" arguments; a missing value is the empty one. */
client::Properties keyValues(const std::vector<std::string>& arguments);
/** The file of --command-config and its like; empty without a path. */
Result<client::Properties> propertiesOfFile(const std::string& path);

/** "[2026-01-31 12:00:00,123] ERROR text (logger)" for standard error, as Kafka's tools log. */
std::string logLine(std::string_view level, std::string_view text, std::string_view logger);
/** "org.apache.kafka.common.errors.TopicExistsException", or our own name for a local error. */
std::string exceptionName(const Error& error);

} // namespace moldau::tools
