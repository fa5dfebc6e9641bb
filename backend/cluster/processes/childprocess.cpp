#include "cluster/processes/childprocess.h"

#include <cerrno>
#include <csignal>
#include <cstring>

#include <fcntl.h>
#include <pthread.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>

namespace moldau::cluster {

namespace {

/** In the child, between fork and exec: only what is safe after a fork of a program with threads.
 */
[[noreturn]] void execute(
    char* const* words, const std::vector<std::pair<std::string, int>>& handed)
{
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    for (const auto& [option, descriptor] : handed)
        ::fcntl(descriptor, F_SETFD, 0); // all that the program gets
    sigset_t none;
    sigemptyset(&none);
    ::pthread_sigmask(SIG_SETMASK, &none, nullptr);
    ::setpgid(0, 0); // Ctrl+C is for who runs the cluster, and stops it in good order
    ::execv(words[0], words);
    ::_exit(127);
}

} // namespace

Result<std::unique_ptr<ChildProcess>> ChildProcess::start(EventLoop& loop,
    std::vector<std::string> words, std::vector<std::pair<std::string, int>> handed,
    std::function<void(const std::string&)> said, std::function<void(End)> ended)
{
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
        return fail(
            ErrorCode::LocalIoError, fmt::format("cannot make a pipe: {}", std::strerror(errno)));
    handed.emplace_back("--report-to", ends[1]);
    for (const auto& [option, descriptor] : handed)
        words.insert(words.end(), {option, std::to_string(descriptor)});
    std::vector<char*> pointers;
    for (std::string& word : words)
        pointers.push_back(word.data());
    pointers.push_back(nullptr);
    const pid_t pid = ::fork();
    if (pid == 0)
        execute(pointers.data(), handed);
    const int error = errno;
    ::close(ends[1]);
    if (pid < 0) {
        ::close(ends[0]);
        return fail(ErrorCode::LocalIoError,
            fmt::format("cannot start a process: {}", std::strerror(error)));
    }
    std::unique_ptr<ChildProcess> child(new ChildProcess);
    child->m_pid = pid;
    child->m_said = std::move(said);
    child->m_ended = std::move(ended);
    child->m_waiter
        = std::thread([raw = child.get(), &loop, pipe = ends[0]] { raw->wait(loop, pipe); });
    return child;
}

ChildProcess::~ChildProcess()
{
    *m_isAlive = false;
    signal(SIGKILL);
    m_waiter.join();
    if (!m_hasEnded)
        ::waitpid(m_pid, nullptr, 0);
}

void ChildProcess::signal(int number)
{
    // Nobody has collected the process before m_hasEnded is set, so the number is still its own.
    if (!m_hasEnded)
        ::kill(m_pid, number);
}

void ChildProcess::wait(EventLoop& loop, int pipe)
{
    std::string line;
    char buffer[4096];
    ssize_t size = 0;
    while ((size = ::read(pipe, buffer, sizeof buffer)) > 0 || (size < 0 && errno == EINTR))
        line.append(buffer, size > 0 ? static_cast<std::size_t>(size) : 0);
    ::close(pipe);
    const auto onLoop = [&](auto work) {
        loop.post([isAlive = m_isAlive, work = std::move(work)] {
            if (*isAlive)
                work();
        });
    };
    if (!line.empty())
        onLoop([this, line = line.substr(0, line.find('\n'))] { m_said(line); });
    siginfo_t info{};
    while (::waitid(P_PID, static_cast<id_t>(m_pid), &info, WEXITED | WNOWAIT) != 0
        && errno == EINTR) { }
    onLoop([this, info] {
        m_hasEnded = true;
        int status = 0;
        ::waitpid(m_pid, &status, 0);
        const auto ended = std::move(m_ended); // which may let go of us
        ended(info.si_code == CLD_EXITED ? End{info.si_status, 0} : End{-1, info.si_status});
    });
}

} // namespace moldau::cluster
