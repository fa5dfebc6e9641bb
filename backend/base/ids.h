#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace moldau {

/** A number that can't be mistaken for another kind of number. `Tag` only tells the kinds apart. */
template <class Tag, class Rep> class StrongId {
public:
    using Representation = Rep;

    constexpr StrongId() = default;
    constexpr explicit StrongId(Rep value)
        : m_value(value)
    {
    }

    constexpr Rep value() const { return m_value; }
    constexpr auto operator<=>(const StrongId&) const = default;

private:
    Rep m_value = 0;
};

/** node.id of a broker or controller; -1 is "none" on the wire. */
using BrokerId = StrongId<struct BrokerIdTag, std::int32_t>;
constexpr BrokerId kNoBroker{-1};

/** Identity of an idempotent or transactional producer; -1 is "none" on the wire. */
using ProducerId = StrongId<struct ProducerIdTag, std::int64_t>;
constexpr ProducerId kNoProducer{-1};

} // namespace moldau

template <class Tag, class Rep> struct std::hash<moldau::StrongId<Tag, Rep>> {
    std::size_t operator()(moldau::StrongId<Tag, Rep> id) const noexcept
    {
        return std::hash<Rep>{}(id.value());
    }
};
