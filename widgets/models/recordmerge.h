#pragma once

#include "models/shownrecord.h"

#include <algorithm>
#include <queue>
#include <vector>

namespace moldau::widgets {

/**
 * Orders records of several partitions by time without ever changing the order inside a partition,
 * as timestamps that clients set may go back. Newest first turns the whole order round.
 */
template <class Item, class RecordOf>
std::vector<Item> mergeByTime(std::vector<Item> items, bool isNewestFirst, RecordOf recordOf)
{
    std::stable_sort(items.begin(), items.end(), [&](const Item& a, const Item& b) {
        const ShownRecord& left = recordOf(a);
        const ShownRecord& right = recordOf(b);
        return left.partition != right.partition ? left.partition < right.partition
                                                 : left.offset < right.offset;
    });
    struct Run {
        std::size_t at;
        std::size_t end;
    };
    const auto comesLater = [&](const Run& a, const Run& b) {
        const ShownRecord& left = recordOf(items[a.at]);
        const ShownRecord& right = recordOf(items[b.at]);
        return left.timestampMs != right.timestampMs ? left.timestampMs > right.timestampMs
                                                     : left.partition > right.partition;
    };
    std::priority_queue<Run, std::vector<Run>, decltype(comesLater)> runs(comesLater);
    for (std::size_t begin = 0; begin < items.size();) {
        std::size_t end = begin;
        while (end < items.size()
            && recordOf(items[end]).partition == recordOf(items[begin]).partition)
            ++end;
        runs.push({begin, end});
        begin = end;
    }
    std::vector<Item> merged;
    merged.reserve(items.size());
    while (!runs.empty()) {
        Run run = runs.top();
        runs.pop();
        merged.push_back(std::move(items[run.at]));
        if (++run.at < run.end)
            runs.push(run);
    }
    if (isNewestFirst)
        std::reverse(merged.begin(), merged.end());
    return merged;
}

inline std::vector<ShownRecord> mergeByTime(std::vector<ShownRecord> records, bool isNewestFirst)
{
    return mergeByTime(std::move(records), isNewestFirst,
        [](const ShownRecord& record) -> const ShownRecord& { return record; });
}

} // namespace moldau::widgets
