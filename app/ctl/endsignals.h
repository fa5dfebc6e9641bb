#pragma once

#include <csignal>
#include <ctime>

#include <pthread.h>
#include <unistd.h>

namespace moldau::ctl {

/**
 * SIGINT and SIGTERM, kept for one thread that waits for them. Made before the program has other
 * threads; those that are made from here on leave the signals alone.
 */
class EndSignals {
public:
    EndSignals()
    {
        sigemptyset(&m_signals);
        sigaddset(&m_signals, SIGINT);
        sigaddset(&m_signals, SIGTERM);
        ::pthread_sigmask(SIG_BLOCK, &m_signals, nullptr);
        std::signal(SIGPIPE, SIG_IGN);
    }
    void wait()
    {
        int signal = 0;
        ::sigwait(&m_signals, &signal);
    }
    /** Whether one comes within that time. */
    bool waitFor(long milliseconds)
    {
        const timespec time{milliseconds / 1000, milliseconds % 1000 * 1'000'000};
        return ::sigtimedwait(&m_signals, nullptr, &time) > 0;
    }
    /** Ends the wait, from any thread. */
    static void request() { ::kill(::getpid(), SIGTERM); }

private:
    sigset_t m_signals{};
};

} // namespace moldau::ctl
