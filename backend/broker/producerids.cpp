#include "broker/producerids.h"

#include <utility>

namespace moldau::broker {

void ProducerIds::next(Done done)
{
    if (m_next < m_end)
        return done(ProducerId{m_next++});
    m_waiting.push_back(std::move(done));
    if (m_waiting.size() == 1)
        m_allocate([this](Result<Block> block) { allocated(block); });
}

void ProducerIds::allocated(const Result<Block>& block)
{
    if (block) {
        m_next = block->first;
        m_end = block->first + block->size;
    }
    for (Done& done : std::exchange(m_waiting, {})) {
        if (!block)
            done(moldau::fail(block.error()));
        else
            next(std::move(done)); // asks again when a whole block was waited for
    }
}

} // namespace moldau::broker
