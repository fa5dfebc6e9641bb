#include "base/log.h"

#include <chrono>
#include <ctime>

namespace moldau {

namespace {

std::string_view nameOf(LogLevel level)
{
    switch (level) {
    case LogLevel::Debug:
        return "DEBUG";
    case LogLevel::Info:
        return "INFO";
    case LogLevel::Warn:
        return "WARN";
    case LogLevel::Error:
        return "ERROR";
    }
    return "INFO";
}

} // namespace

void Log::writeLine(LogLevel level, std::string_view component, const std::string& text)
{
    const auto now = std::chrono::system_clock::now();
    const auto ms
        = std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count();
    const std::time_t seconds = static_cast<std::time_t>(ms / 1000);
    std::tm local{};
    localtime_r(&seconds, &local);
    char stamp[32];
    std::strftime(stamp, sizeof stamp, "%Y-%m-%d %H:%M:%S", &local);
    m_sink->write(
        fmt::format("[{},{:03}] {} {} ({})", stamp, ms % 1000, nameOf(level), text, component));
}

} // namespace moldau
