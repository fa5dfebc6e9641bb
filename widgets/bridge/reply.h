#pragma once

#include "base/result.h"

#include <QCoreApplication>
#include <QPointer>

#include <memory>
#include <utility>

namespace moldau::widgets {

/**
 * A callback for the backend that runs `handler` later on the GUI thread, or never where `receiver`
 * has died by then. Make it on the GUI thread; the backend may call it on any.
 *
 *     connection.describeCluster(replyTo<ClusterDescription>(this,
 * [this](Result<ClusterDescription> r) { … }));
 */
template <class T, class Handler> auto replyTo(QObject* receiver, Handler handler)
{
    return [guard = QPointer<QObject>(receiver), handler = std::move(handler)](
               Result<T> result) mutable {
        auto shared = std::make_shared<Result<T>>(std::move(result));
        QCoreApplication* application = QCoreApplication::instance();
        if (!application)
            return;
        QMetaObject::invokeMethod(
            application,
            [guard = std::move(guard), handler = std::move(handler), shared]() mutable {
                if (guard)
                    handler(std::move(*shared));
            },
            Qt::QueuedConnection);
    };
}

} // namespace moldau::widgets
