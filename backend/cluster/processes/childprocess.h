#pragma once

#include "base/eventloop.h"
#include "base/result.h"

#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace moldau::cluster {

/**
 * A program that was started, says once through a pipe that it is ready, and ends some time. Owned
 * and used on a loop's thread; a thread of its own waits for the process. It gets SIGTERM when the
 * thread that started it ends, so that nothing is left behind by a crash.
 */
class ChildProcess {
public:
    struct End {
        int status = 0; ///< exit status, or -1
        int signal = 0; ///< that killed it, or 0
    };

    /**
     * Runs `words`, to which `--report-to` and the pipe's number are added, and each of `handed`:
     * an option and a descriptor of ours that the process gets. `said` is called with the one line
     * that the process writes to the pipe, if it does; then `ended`, once. Both on the loop.
     */
    static Result<std::unique_ptr<ChildProcess>> start(EventLoop& loop,
        std::vector<std::string> words, std::vector<std::pair<std::string, int>> handed,
        std::function<void(const std::string&)> said, std::function<void(End)> ended);
    /** Kills the process if it still runs, and waits for it; calls nothing any more. */
    ~ChildProcess();

    int pid() const { return m_pid; }
    void signal(int number);

private:
    ChildProcess() = default;
    void wait(EventLoop& loop, int pipe);

    int m_pid = 0;
    bool m_hasEnded = false; ///< the loop's: its number may be another process's by then
    std::function<void(const std::string&)> m_said;
    std::function<void(End)> m_ended;
    std::shared_ptr<bool> m_isAlive = std::make_shared<bool>(true); // for posted work
    std::thread m_waiter;
};

} // namespace moldau::cluster
