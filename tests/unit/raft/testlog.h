#pragma once

#include "raft/consensus.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

namespace moldau::raft {

/** A record of a test's log. `history` sums up all records up to it, so equal sums are equal logs.
 */
struct Entry {
    std::int32_t epoch = 0;
    std::uint64_t value = 0;
    std::uint64_t history = 0;
};

/** A log in memory, whose disk has what it was last told to sync. */
class TestLog final : public LogView {
public:
    std::int64_t startOffset() const override { return m_start.offset; }
    std::int64_t endOffset() const override { return m_start.offset + count(); }
    std::int32_t lastEpoch() const override
    {
        return m_entries.empty() ? m_start.epoch : m_entries.back().epoch;
    }
    EpochEnd endOfEpoch(std::int32_t epoch) const override
    {
        const auto end = std::upper_bound(m_entries.begin(), m_entries.end(), epoch,
            [](std::int32_t wanted, const Entry& entry) { return wanted < entry.epoch; });
        if (end != m_entries.begin())
            return {std::prev(end)->epoch, m_start.offset + (end - m_entries.begin())};
        if (m_start.offset > 0 && epoch >= m_start.epoch)
            return {m_start.epoch, m_start.offset};
        return {};
    }
    std::optional<SnapshotId> snapshot() const override
    {
        return m_start.offset > 0 ? std::optional(m_start) : std::nullopt;
    }
    std::optional<SnapshotId> newestSnapshot() const override
    {
        return m_snapshots.empty() ? std::nullopt : std::optional(m_snapshots.rbegin()->first);
    }
    /** Each with the sum of all records that it stands for. */
    const std::map<SnapshotId, std::uint64_t>& snapshots() const { return m_snapshots; }

    /** The sum of all records below `offset`, which the log has. */
    std::uint64_t historyAt(std::int64_t offset) const
    {
        return offset == m_start.offset ? m_startHistory : at(offset - 1).history;
    }
    const Entry& at(std::int64_t offset) const
    {
        return m_entries.at(static_cast<std::size_t>(offset - m_start.offset));
    }
    void append(std::int32_t epoch, std::uint64_t value)
    {
        const std::uint64_t before = historyAt(endOffset());
        m_entries.push_back({epoch, value,
            (before ^ (value * 31 + static_cast<std::uint64_t>(epoch))) * 0x9e3779b97f4a7c15u + 1});
    }
    /** Records as the followers get them. */
    Slice read(std::int64_t from, std::int64_t to) const
    {
        const auto first = m_entries.begin() + (from - m_start.offset);
        const auto last = m_entries.begin() + (std::min(to, endOffset()) - m_start.offset);
        Bytes bytes(static_cast<std::size_t>(last - first) * sizeof(Entry));
        if (first < last)
            std::memcpy(bytes.data(), &*first, bytes.size());
        return Slice(std::move(bytes));
    }
    void append(const Slice& records)
    {
        for (std::size_t at = 0; at < records.size(); at += sizeof(Entry)) {
            Entry entry;
            std::memcpy(&entry, records.bytes.data() + at, sizeof(Entry));
            append(entry.epoch, entry.value);
        }
    }
    void truncate(std::int64_t offset)
    {
        m_entries.resize(static_cast<std::size_t>(offset - m_start.offset));
    }
    /** Nothing but a snapshot, which ends at `id`, is left. */
    void startAt(const SnapshotId& id, std::uint64_t history)
    {
        m_entries.clear();
        m_start = id;
        m_startHistory = history;
        m_snapshots = {{id, history}};
    }
    void addSnapshot(const SnapshotId& id, std::uint64_t history) { m_snapshots[id] = history; }
    /** The log's beginning and older snapshots go; `id` is one of them. */
    void cutBefore(const SnapshotId& id)
    {
        m_entries.erase(m_entries.begin(), m_entries.begin() + (id.offset - m_start.offset));
        m_start = id;
        m_startHistory = m_snapshots.at(id);
        m_snapshots.erase(m_snapshots.begin(), m_snapshots.find(id));
    }
    /** A snapshot is on the disk before anybody knows of it. */
    void addSnapshotsOf(const TestLog& other)
    {
        for (const auto& [id, history] : other.m_snapshots)
            if (id.offset > m_start.offset)
                m_snapshots.emplace(id, history);
    }

private:
    std::int64_t count() const { return static_cast<std::int64_t>(m_entries.size()); }

    std::vector<Entry> m_entries;
    SnapshotId m_start;
    std::uint64_t m_startHistory = 0;
    std::map<SnapshotId, std::uint64_t> m_snapshots;
};

} // namespace moldau::raft
