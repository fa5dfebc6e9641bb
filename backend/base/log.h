#pragma once

#include "base/callback.h"

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <utility>

namespace moldau {

enum class LogLevel { Debug, Info, Warn, Error };

/**
 * A node's log: lines in the form of Kafka's own server.log, "[2026-01-31 12:00:00,123] INFO text
 * (kafka.server.KafkaServer)", so that what people search for is found. Belongs to a node, is used
 * by its thread; the sink it writes to is thread-safe. Never log a secret.
 */
class Log {
public:
    /** Gets finished lines without the line end. Must be callable from any thread. */
    class Sink {
    public:
        virtual ~Sink() = default;
        virtual void write(std::string_view line) = 0;
    };

    /** `sink` outlives the log; nullptr discards every line. */
    explicit Log(Sink* sink = nullptr, LogLevel lowest = LogLevel::Info)
        : m_sink(sink)
        , m_lowest(lowest)
    {
    }

    bool isEnabled(LogLevel level) const { return m_sink != nullptr && level >= m_lowest; }

    /** `component` is what Kafka's log has in parentheses, e.g. "kafka.server.KafkaServer". */
    template <class... Args>
    void write(LogLevel level, std::string_view component, fmt::format_string<Args...> text,
        Args&&... args)
    {
        if (isEnabled(level))
            writeLine(level, component, fmt::format(text, std::forward<Args>(args)...));
    }
    template <class... Args>
    void info(std::string_view component, fmt::format_string<Args...> text, Args&&... args)
    {
        write(LogLevel::Info, component, text, std::forward<Args>(args)...);
    }
    template <class... Args>
    void warn(std::string_view component, fmt::format_string<Args...> text, Args&&... args)
    {
        write(LogLevel::Warn, component, text, std::forward<Args>(args)...);
    }
    template <class... Args>
    void error(std::string_view component, fmt::format_string<Args...> text, Args&&... args)
    {
        write(LogLevel::Error, component, text, std::forward<Args>(args)...);
    }

private:
    void writeLine(LogLevel level, std::string_view component, const std::string& text);

    Sink* m_sink;
    LogLevel m_lowest;
};

} // namespace moldau
