#pragma once

#include "client/clustercontrol.h"

#include <cstddef>
#include <mutex>
#include <utility>

namespace moldau::cluster {

/**
 * Calls `done` once `count` parts have come back: with the first error, if any. Shared by whoever
 * brings a part; any thread.
 */
class Gather {
public:
    Gather(std::size_t count, client::ClusterControl::Done done)
        : m_left(count)
        , m_done(std::move(done))
    {
    }
    void part(const Result<void>& outcome)
    {
        client::ClusterControl::Done done;
        Result<void> result;
        {
            const std::lock_guard lock(m_mutex);
            if (!outcome && m_outcome)
                m_outcome = outcome;
            if (--m_left > 0)
                return;
            done = std::move(m_done);
            result = m_outcome;
        }
        done(result);
    }

private:
    std::mutex m_mutex;
    std::size_t m_left;
    Result<void> m_outcome;
    client::ClusterControl::Done m_done;
};

} // namespace moldau::cluster
