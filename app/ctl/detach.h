#pragma once

#include <functional>
#include <string>

namespace moldau::ctl {

/** How a detached process tells the one that waits for it what came out. */
class ReadyPipe {
public:
    explicit ReadyPipe(int descriptor)
        : m_descriptor(descriptor)
    {
    }
    void ready(const std::string& line) { say('+', line); }
    void failed(const std::string& reason) { say('-', reason); }

private:
    void say(char kind, const std::string& text);

    int m_descriptor;
};

/**
 * Runs `work` in a child process that outlives this one and has no terminal, and waits until it
 * says through the pipe that it is ready (the line is printed, status 0) or failed (complained of,
 * status 1). Must be called before the process has threads.
 */
int detach(const std::function<int(ReadyPipe)>& work);

} // namespace moldau::ctl
