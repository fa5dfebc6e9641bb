#pragma once

#include "base/filesystem.h"

#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace moldau::storage {

/** Which files a segment has: DIRECTORY/00000000000000001234.log and its neighbours. */
struct SegmentName {
    FileSystem* files = nullptr;
    const std::string* directory = nullptr; ///< of the partition; the log owns the string
    std::int64_t baseOffset = 0;
    const char* tail = ""; ///< ".cleaned" while compaction builds the segment

    std::string path(std::string_view suffix) const
    {
        return fmt::format("{}/{:020}{}{}", *directory, baseOffset, suffix, tail);
    }
};

constexpr const char* kLogSuffix = ".log";
constexpr const char* kOffsetIndexSuffix = ".index";
constexpr const char* kTimeIndexSuffix = ".timeindex";
constexpr const char* kTransactionIndexSuffix = ".txnindex";
constexpr const char* kSnapshotSuffix = ".snapshot";
constexpr const char* kDeletedTail = ".deleted";
constexpr const char* kCleanedTail = ".cleaned";
constexpr const char* kSwapTail = ".swap";

} // namespace moldau::storage
