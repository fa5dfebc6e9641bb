#include "ctl/detach.h"

#include "ctl/command.h"

#include <cstdio>

#include <fcntl.h>
#include <unistd.h>

#include <fmt/core.h>

namespace moldau::ctl {

void ReadyPipe::say(char kind, const std::string& text)
{
    const std::string message = kind + text + "\n";
    static_cast<void>(!::write(m_descriptor, message.data(), message.size()));
    ::close(m_descriptor);
}

int detach(const std::function<int(ReadyPipe)>& work)
{
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
        return complain("cannot make a pipe");
    std::fflush(nullptr);
    const pid_t child = ::fork();
    if (child < 0)
        return complain("cannot start a process");
    if (child == 0) {
        ::close(ends[0]);
        ::setsid();
        const int nothing = ::open("/dev/null", O_RDWR | O_CLOEXEC);
        for (int standard = 0; standard <= 2; ++standard)
            ::dup2(nothing, standard);
        std::_Exit(work(ReadyPipe(ends[1])));
    }
    ::close(ends[1]);
    std::string message;
    char buffer[1024];
    ssize_t size = 0;
    while ((size = ::read(ends[0], buffer, sizeof buffer)) > 0)
        message.append(buffer, static_cast<std::size_t>(size));
    ::close(ends[0]);
    if (!message.empty() && message.back() == '\n')
        message.pop_back();
    if (message.empty())
        return complain("the cluster ended before it was ready");
    if (message.front() == '-')
        return complain(message.substr(1));
    fmt::print("{}\n", message.substr(1));
    return kDone;
}

} // namespace moldau::ctl
