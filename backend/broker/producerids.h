#pragma once

#include "base/callback.h"
#include "base/ids.h"
#include "base/result.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace moldau::broker {

/**
 * Producer ids for InitProducerId, unique in the cluster: taken from blocks that the controller
 * hands out (AllocateProducerIds). Owned by the BrokerNode, on its thread.
 */
class ProducerIds {
public:
    struct Block {
        std::int64_t first = 0;
        std::int32_t size = 0;
    };
    using Allocate = std::function<void(Callback<void(Result<Block>)>)>;
    using Done = Callback<void(Result<ProducerId>)>;

    explicit ProducerIds(Allocate allocate)
        : m_allocate(std::move(allocate))
    {
    }

    /** Calls `done` at once while the block lasts, else when the controller has answered. */
    void next(Done done);

private:
    void allocated(const Result<Block>& block);

    Allocate m_allocate;
    std::int64_t m_next = 0;
    std::int64_t m_end = 0;
    std::vector<Done> m_waiting;
};

} // namespace moldau::broker
