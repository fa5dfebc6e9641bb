#pragma once

#include "bridge/reply.h"

#include <QThreadPool>

namespace moldau::widgets {

/**
 * Runs `work` on a thread of the pool and hands its result to `then` in the GUI thread, unless
 * `context` is gone by then. For what takes longer than a frame. `work` owns what it reads, or
 * shares what never changes. Called on the GUI thread.
 */
template <class Work, class Then> void computeElsewhere(QObject* context, Work work, Then then)
{
    QThreadPool::globalInstance()->start(
        [context = QPointer<QObject>(context), work = std::move(work),
            then = std::move(then)]() mutable {
            invokeOnGui(std::move(context),
                [then = std::move(then), result = work()]() mutable { then(std::move(result)); });
        });
}

} // namespace moldau::widgets
