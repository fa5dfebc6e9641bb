#pragma once

#include "client/clusterconnection.h"

#include <QString>

#include <cstdint>
#include <optional>

namespace moldau::widgets {

/**
 * A record as a table keeps it: key and value are cut after kShownBytes, so that a page of big
 * records costs no more memory than a page of small ones. The whole record is read again when its
 * details are asked for. Null stays distinct from empty.
 */
struct ShownRecord {
    static constexpr std::size_t kShownBytes = 1024;

    std::int64_t offset = 0;
    std::int64_t timestampMs = -1;
    std::int32_t partition = 0;
    std::int32_t leaderEpoch = -1;
    std::uint32_t keySize = 0; ///< whole size; 0 for null as well
    std::uint32_t valueSize = 0;
    std::uint16_t headerCount = 0;
    bool isLogAppendTime = false;
    bool isGone = false; ///< deleted between being found and being shown; only place is known
    std::optional<Bytes> key;
    std::optional<Bytes> value;

    static ShownRecord of(const client::Record& record);
    bool isCut() const
    {
        return (key && key->size() < keySize) || (value && value->size() < valueSize);
    }
    /** Roughly what it takes in memory. */
    std::size_t cost() const
    {
        return sizeof(ShownRecord) + (key ? key->size() : 0) + (value ? value->size() : 0);
    }
};

/** True for well-formed UTF-8 without control characters other than tab and line ends. */
bool isReadableText(BytesView bytes);

/** One line for a table cell: text with line ends as spaces; bytes that are no text as "0x0a1b2c…".
 */
QString oneLine(BytesView bytes, bool isCut);

/** The text of a whole key or value; bytes that are no text as a hex dump. */
QString wholeText(BytesView bytes);

/** Rows of 16 bytes: place, hexadecimal, characters. At most `limit` bytes, then a line that says
 * so. */
QString hexDump(BytesView bytes, std::size_t limit = 1 << 20);

/** "11-22 20:46:59.768" in local time, with the year when it isn't this one; "—" for -1. */
QString shortTime(std::int64_t timestampMs);
/** "2026-11-22 20:46:55.204 +09:00". */
QString fullTime(std::int64_t timestampMs);

} // namespace moldau::widgets
