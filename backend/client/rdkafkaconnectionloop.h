#pragma once

// Private to RdKafkaConnection's files: from the caller's thread to the loop.

#include "client/rdkafkaconnection.h"

namespace moldau::client {

template <class T, class Work> void RdKafkaConnection::onLoop(Reply<T> reply, Work work)
{
    m_loop.post([this, reply = std::move(reply), work = std::move(work)]() mutable {
        if (m_isClosing)
            return reply(fail(ErrorCode::LocalCancelled, "The connection was closed."));
        work(m_owed.keep<T>(std::move(reply)));
    });
}

} // namespace moldau::client
