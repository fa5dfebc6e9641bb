#pragma once

#include "base/bytes.h"
#include "base/result.h"

#include <optional>
#include <string_view>
#include <vector>

namespace moldau::protocol {

class Reader;

/** A header of a record: shows bytes that the record's owner keeps. */
struct RecordHeaderView {
    std::string_view key;
    std::optional<BytesView> value; ///< none: null
};

/** One record of a batch v2: shows bytes of the batch, or of what came out of its compression. */
struct RecordView {
    std::int64_t offset = 0;
    std::int64_t timestamp
        = 0; ///< ms; of a LogAppendTime batch the append time, for all its records
    std::int32_t sequence = -1; ///< -1 when the batch has no producer
    std::optional<BytesView> key;
    std::optional<BytesView> value; ///< none: a tombstone
    std::vector<RecordHeaderView> headers;
};

/** What turns a record's deltas into numbers; comes from its batch's head. */
struct RecordBase {
    std::int64_t offset = 0;
    std::int64_t timestamp = 0;
    std::optional<std::int64_t> logAppendTime;
    std::int32_t sequence = -1;
};

/** Reads one record; the reader gets an error when it is malformed. */
RecordView readRecord(Reader& in, const RecordBase& base);

} // namespace moldau::protocol
