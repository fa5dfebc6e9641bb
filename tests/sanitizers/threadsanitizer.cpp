// What builds with the thread sanitizer link into every program: what the sanitizer can't see of
// libraries that were built without it.
//
// 1. C's <threads.h> by way of pthreads. The sanitizer watches pthreads alone: a thread that
// glibc's own thrd_create() starts has no state of it and crashes in the first function that it
// intercepts, and what a mtx_t protects looks unprotected. Debian's librdkafka is built on these
// functions; an executable's definitions come before glibc's, whose types are the pthread ones
// under other names.
// 2. Reports about such a library's own memory: librdkafka hands objects and their locks over with
// atomics that nobody instrumented; Qt Test ends its watchdog's thread and then frees what it
// waited on.
#include <threads.h>

#include <cerrno>
#include <cstdint>
#include <memory>
#include <pthread.h>

namespace {

struct Start {
    thrd_start_t function;
    void* argument;
};

void* runStart(void* held)
{
    const std::unique_ptr<Start> start(static_cast<Start*>(held));
    return reinterpret_cast<void*>(static_cast<std::intptr_t>(start->function(start->argument)));
}

int resultOf(int error)
{
    switch (error) {
    case 0:
        return thrd_success;
    case EBUSY:
        return thrd_busy;
    case ENOMEM:
        return thrd_nomem;
    case ETIMEDOUT:
        return thrd_timedout;
    default:
        return thrd_error;
    }
}

pthread_mutex_t* mutexOf(mtx_t* mutex)
{
    static_assert(sizeof(mtx_t) >= sizeof(pthread_mutex_t));
    return reinterpret_cast<pthread_mutex_t*>(mutex);
}

pthread_cond_t* conditionOf(cnd_t* condition)
{
    static_assert(sizeof(cnd_t) >= sizeof(pthread_cond_t));
    return reinterpret_cast<pthread_cond_t*>(condition);
}

} // namespace

extern "C" {

const char* __tsan_default_suppressions()
{
    return "called_from_lib:librdkafka.so.1\n"
           "race:mtx_\n"
           "race:cnd_\n"
           "race:QWaitCondition::~QWaitCondition\n"
           "race:QTest::qRun\n";
}

int thrd_create(thrd_t* thread, thrd_start_t function, void* argument)
{
    auto start = std::make_unique<Start>(Start{function, argument});
    const int error = pthread_create(thread, nullptr, runStart, start.get());
    if (error == 0)
        static_cast<void>(start.release()); // the thread's own from here on
    return error == EAGAIN ? thrd_nomem : resultOf(error);
}

int thrd_join(thrd_t thread, int* result)
{
    void* returned = nullptr;
    const int error = pthread_join(thread, &returned);
    if (error == 0 && result)
        *result = static_cast<int>(reinterpret_cast<std::intptr_t>(returned));
    return resultOf(error);
}

int mtx_init(mtx_t* mutex, int type) noexcept
{
    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    if (type & mtx_recursive)
        pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
    const int error = pthread_mutex_init(mutexOf(mutex), &attributes);
    pthread_mutexattr_destroy(&attributes);
    return resultOf(error);
}

int mtx_lock(mtx_t* mutex)
{
    return resultOf(pthread_mutex_lock(mutexOf(mutex)));
}

int mtx_unlock(mtx_t* mutex) noexcept
{
    return resultOf(pthread_mutex_unlock(mutexOf(mutex)));
}

void mtx_destroy(mtx_t* mutex) noexcept
{
    pthread_mutex_destroy(mutexOf(mutex));
}

int cnd_init(cnd_t* condition) noexcept
{
    return resultOf(pthread_cond_init(conditionOf(condition), nullptr));
}

int cnd_signal(cnd_t* condition) noexcept
{
    return resultOf(pthread_cond_signal(conditionOf(condition)));
}

int cnd_broadcast(cnd_t* condition) noexcept
{
    return resultOf(pthread_cond_broadcast(conditionOf(condition)));
}

int cnd_wait(cnd_t* condition, mtx_t* mutex)
{
    return resultOf(pthread_cond_wait(conditionOf(condition), mutexOf(mutex)));
}

int cnd_timedwait(cnd_t* condition, mtx_t* mutex, const timespec* until)
{
    return resultOf(pthread_cond_timedwait(conditionOf(condition), mutexOf(mutex), until));
}

void cnd_destroy(cnd_t* condition) noexcept
{
    pthread_cond_destroy(conditionOf(condition));
}

void call_once(once_flag* flag, void (*function)())
{
    pthread_once(reinterpret_cast<pthread_once_t*>(flag), function);
}

} // extern "C"
