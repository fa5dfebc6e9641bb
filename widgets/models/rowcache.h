#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

namespace moldau::widgets {

/**
 * Values by row with bounded memory: rows are kept in blocks, and the block that was used longest
 * ago goes when the budget is spent. GUI thread.
 */
template <class Value> class RowCache {
public:
    static constexpr std::int64_t kBlock = 256;

    /** `budget` in the units of cost(). */
    explicit RowCache(std::size_t budget)
        : m_budget(budget)
    {
    }

    /** Valid until the next insert(); null where the row isn't kept. */
    const Value* find(std::int64_t row) const
    {
        const auto found = m_blocks.find(row / kBlock);
        if (found == m_blocks.end())
            return nullptr;
        found->second.usedAt = ++m_clock;
        const Cell& cell = found->second.cells[static_cast<std::size_t>(row % kBlock)];
        return cell.isFilled ? &cell.value : nullptr;
    }

    void insert(std::int64_t row, Value value)
    {
        Block& block = m_blocks[row / kBlock];
        block.usedAt = ++m_clock;
        if (block.cells.empty())
            block.cells.resize(kBlock);
        Cell& cell = block.cells[static_cast<std::size_t>(row % kBlock)];
        const std::size_t before = cell.isFilled ? cell.value.cost() : 0;
        cell.value = std::move(value);
        cell.isFilled = true;
        const std::size_t cost = cell.value.cost();
        block.cost += cost - before;
        m_cost += cost - before;
        while (m_cost > m_budget && m_blocks.size() > 1)
            dropOldest();
    }

    void clear()
    {
        m_blocks.clear();
        m_cost = 0;
    }

    std::size_t cost() const { return m_cost; }

private:
    struct Cell {
        Value value;
        bool isFilled = false;
    };
    struct Block {
        std::vector<Cell> cells;
        std::size_t cost = 0;
        mutable std::uint64_t usedAt = 0;
    };

    void dropOldest()
    {
        auto oldest = m_blocks.begin();
        for (auto i = m_blocks.begin(); i != m_blocks.end(); ++i) {
            if (i->second.usedAt < oldest->second.usedAt)
                oldest = i;
        }
        m_cost -= oldest->second.cost;
        m_blocks.erase(oldest);
    }

    std::unordered_map<std::int64_t, Block> m_blocks;
    std::size_t m_budget;
    std::size_t m_cost = 0;
    mutable std::uint64_t m_clock = 0;
};

} // namespace moldau::widgets
