#pragma once

#include "base/callback.h"
#include "base/result.h"

#include <QCoreApplication>
#include <QMetaObject>
#include <QPointer>

#include <cstdint>
#include <memory>
#include <type_traits>
#include <utility>

namespace moldau::widgets {

/**
 * Runs `function` in the GUI thread, soon, unless `context` is gone by then. May be called from any
 * thread as long as `context` was alive when the QPointer was taken, on the GUI thread.
 *
 * It goes through the application object rather than through `context`: a receiver may die in the
 * GUI thread while another thread is about to post to it, the application object doesn't.
 */
template <class Function> void invokeOnGui(QPointer<QObject> context, Function&& function)
{
    QObject* application = QCoreApplication::instance();
    if (!application)
        return;
    // Shared, because Qt copies what it queues and the function may own things that move only.
    auto shared = std::make_shared<std::decay_t<Function>>(std::forward<Function>(function));
    QMetaObject::invokeMethod(
        application,
        [context = std::move(context), shared = std::move(shared)] {
            if (context)
                (*shared)();
        },
        Qt::QueuedConnection);
}

/**
 * A backend callback that hands its result to `function` in the GUI thread, where `context` lives.
 * When `context` is destroyed first the result is dropped. Made on the GUI thread, called anywhere.
 *
 *     connection.listGroups(replyTo<std::vector<GroupSummary>>(this, [this](auto result) { … }));
 */
template <class T, class Function>
Callback<void(Result<T>)> replyTo(QObject* context, Function function)
{
    return [context = QPointer<QObject>(context), function = std::move(function)](
               Result<T> result) mutable {
        invokeOnGui(std::move(context),
            [function = std::move(function), result = std::move(result)]() mutable {
                function(std::move(result));
            });
    };
}

/**
 * As replyTo(), for answers whose sheer size takes longer than a frame: `digest` makes what the
 * window needs of the answer, on the thread that it comes on. What the closure of `digest` holds is
 * freed there too.
 */
template <class T, class Digest, class Function>
Callback<void(Result<T>)> replyDigested(QObject* context, Digest digest, Function function)
{
    return [context = QPointer<QObject>(context), digest = std::move(digest),
               function = std::move(function)](Result<T> result) mutable {
        using Digested = std::invoke_result_t<Digest&, T>;
        Result<Digested> digested = result ? Result<Digested>(digest(std::move(*result)))
                                           : tl::unexpected(std::move(result.error()));
        invokeOnGui(std::move(context),
            [function = std::move(function), digested = std::move(digested)]() mutable {
                function(std::move(digested));
            });
    };
}

/**
 * The newest of several requests for the same thing: results of earlier ones are dropped when they
 * arrive. A member of who asks; used on the GUI thread only.
 */
class LatestRequest {
public:
    LatestRequest()
        : m_state(std::make_shared<State>())
    {
    }

    /** Makes all requests so far stale. */
    void cancel()
    {
        ++m_state->newest;
        m_state->isPending = false;
    }
    bool isPending() const { return m_state->isPending; }

    /** As replyTo(), and makes the requests before it stale. */
    template <class T, class Function>
    Callback<void(Result<T>)> reply(QObject* context, Function function)
    {
        cancel();
        m_state->isPending = true;
        return replyTo<T>(context,
            [state = m_state, mine = m_state->newest, function = std::move(function)](
                Result<T> result) mutable {
                if (state->newest != mine)
                    return;
                state->isPending = false;
                function(std::move(result));
            });
    }

private:
    struct State {
        std::uint64_t newest = 0;
        bool isPending = false;
    };
    std::shared_ptr<State> m_state;
};

} // namespace moldau::widgets
