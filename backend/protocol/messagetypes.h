#pragma once

#include "base/bytes.h"
#include "base/ids.h"
#include "base/result.h"
#include "base/uuid.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/** What the generated messages are made of. */
namespace moldau::protocol {

class Reader;
class Writer;
class FieldVisitor;

/** kFirstFlexibleVersion of a message that has no flexible version. */
constexpr std::int16_t kNeverFlexible = 32767;

/** A tagged field that the schema doesn't know: kept as it came, written again as it came. */
struct TaggedField {
    std::uint32_t tag = 0;
    Bytes data;

    bool operator==(const TaggedField&) const = default;
};

/**
 * The record batches inside a message: bytes of the received frame or of a segment, never a copy.
 * Whoever keeps one longer than the frame keeps its owner with it.
 */
struct RecordsView {
    Slice data;
    bool isNull = false;

    RecordsView() = default;
    explicit RecordsView(Slice slice)
        : data(std::move(slice))
    {
    }
    static RecordsView null()
    {
        RecordsView view;
        view.isNull = true;
        return view;
    }

    BytesView bytes() const { return data.bytes; }
    std::size_t size() const { return data.size(); }
    bool operator==(const RecordsView& other) const
    {
        return isNull == other.isNull && std::ranges::equal(bytes(), other.bytes());
    }
};

} // namespace moldau::protocol
