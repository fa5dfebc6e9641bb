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

template <class T, class Then> Answer<T> RdKafkaConnection::whenAnswered(Then then)
{
    return m_owed.keep<T>(
        [then = std::move(then)](Result<T> result) mutable { then(std::move(result)); });
}

inline std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ')
        text.remove_suffix(1);
    return text;
}

} // namespace moldau::client
