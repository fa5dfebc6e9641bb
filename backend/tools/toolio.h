#pragma once

#include "client/rdkafkahandle.h"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace moldau::tools {

/** Ends a tool early: Ctrl+C of a terminal, Stop of the window. Any thread may ask for it. */
class StopSignal {
public:
    void request()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_isRequested = true;
        }
        m_changed.notify_all();
    }
    bool isRequested() const
    {
        const std::lock_guard lock(m_mutex);
        return m_isRequested;
    }

private:
    // Everything that a tool waits for is announced here, so that a stop interrupts any wait.
    friend class ToolSession;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_isRequested = false;
};

/** A tool's world. The functions are called on the thread that runs the tool. */
struct ToolIo {
    /** The next line of standard input without its end; none at the end, and after a stop. May
     * wait. */
    std::function<std::optional<std::string>()> readLine;
    std::function<void(std::string_view)> out; ///< standard output, bytes as they are
    std::function<void(std::string_view)> err; ///< standard error
    std::shared_ptr<StopSignal> stop = std::make_shared<StopSignal>();
    client::AddressResolver resolver; ///< for names inside a compose network; may be empty
    bool isInteractive = false; ///< somebody types: the producer then prompts with ">"
};

} // namespace moldau::tools
