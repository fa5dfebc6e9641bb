#include "protocol/recordview.h"

#include "protocol/reader.h"

#include <limits>

namespace moldau::protocol {

namespace {

// Hostile deltas may overflow: wrapping is defined for unsigned numbers only.
std::int64_t wrappingSum(std::int64_t a, std::int64_t b)
{
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
}

/** Sequences go on at 0 after the largest int32. */
std::int32_t sequenceAt(std::int32_t base, std::int32_t delta)
{
    if (base < 0)
        return -1;
    return static_cast<std::int32_t>(
        (std::int64_t{base} + delta) & std::int64_t{std::numeric_limits<std::int32_t>::max()});
}

std::optional<BytesView> readNullable(Reader& in)
{
    const std::int32_t size = in.readVarint();
    if (size < 0)
        return std::nullopt;
    return in.readRaw(static_cast<std::size_t>(size));
}

RecordHeaderView readHeader(Reader& in)
{
    RecordHeaderView header;
    if (const auto key = readNullable(in))
        header.key = asText(*key);
    else
        in.fail("a record header without key");
    header.value = readNullable(in);
    return header;
}

} // namespace

RecordView readRecord(Reader& in, const RecordBase& base)
{
    RecordView record;
    const std::int32_t size = in.readVarint();
    if (size < 0 || static_cast<std::size_t>(size) > in.remaining()) {
        in.fail("a record that is longer than its batch");
        return record;
    }
    const std::size_t end = in.position() + static_cast<std::size_t>(size);
    in.readInt8(); // attributes: none are defined
    record.timestamp = wrappingSum(base.timestamp, in.readVarlong());
    if (base.logAppendTime)
        record.timestamp = *base.logAppendTime;
    const std::int32_t delta = in.readVarint();
    record.offset = wrappingSum(base.offset, delta);
    record.sequence = sequenceAt(base.sequence, delta);
    record.key = readNullable(in);
    record.value = readNullable(in);
    const std::int32_t headers = in.readVarint();
    if (headers < 0 || static_cast<std::size_t>(headers) > in.remaining())
        in.fail("a wrong number of record headers");
    for (std::int32_t i = 0; i < headers && in.ok(); ++i)
        record.headers.push_back(readHeader(in));
    if (in.ok() && in.position() != end)
        in.fail("a record that does not fill its length");
    return record;
}

} // namespace moldau::protocol
