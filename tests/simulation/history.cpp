#include "history.h"

#include "protocol/recordbatch.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace moldau::simulation {

void History::violation(const std::string& what)
{
    constexpr std::size_t kMost = 20;
    if (m_violations.size() < kMost)
        m_violations.push_back(fmt::format(
            "{:.3f} s: {}", std::chrono::duration<double>(m_cluster.time().now()).count(), what));
}

std::string History::violations() const
{
    std::string text;
    for (const std::string& violation : m_violations)
        text += violation + "\n";
    return text;
}

void History::note(
    std::int32_t partition, std::int64_t offset, const std::string& value, const char* who)
{
    const auto [known, isNew] = m_values.emplace(Place{partition, offset}, value);
    if (!isNew && known->second != value)
        violation(fmt::format("inconsistent-offsets: {} of {}-{} is '{}' and, {}, '{}'", offset,
            m_topic, partition, known->second, who, value));
}

void History::acknowledged(std::int32_t partition, std::int64_t offset, const std::string& value)
{
    ++m_acknowledged;
    note(partition, offset, value, "acknowledged");
    if (m_truth == nullptr)
        return;
    const auto& committed = m_truth->committed(m_topic, partition);
    const auto found = committed.find(offset);
    if (found == committed.end() && offset < m_truth->claimedEnd(m_topic, partition))
        return; // compared in the end
    if (found == committed.end() || found->second != value)
        violation(fmt::format("'{}' is acknowledged at {} of {}-{}, where {} is committed", value,
            offset, m_topic, partition,
            found == committed.end() ? "nothing" : "'" + found->second + "'"));
}

void History::acknowledgedSomewhere(std::int32_t partition, const std::vector<std::string>& values)
{
    if (m_truth == nullptr)
        return;
    const auto& committed = m_truth->committed(m_topic, partition);
    const bool isAllKnown
        = m_truth->claimedEnd(m_topic, partition) == m_truth->committedEnd(m_topic, partition);
    for (const std::string& value : values) {
        ++m_acknowledged;
        m_somewhere.emplace_back(partition, value);
        const auto found = std::find_if(committed.rbegin(), committed.rend(),
            [&value](const auto& each) { return each.second == value; });
        if (found == committed.rend() && isAllKnown)
            violation(
                fmt::format("lost-write: a later batch of its producer was accepted in {}-{}, "
                            "and '{}' is not there",
                    m_topic, partition, value));
    }
}

void History::read(std::int32_t partition, std::int64_t offset, const std::string& value)
{
    ++m_reads;
    note(partition, offset, value, "read");
}

void History::observe()
{
    for (int broker = 1; broker <= m_cluster.size(); ++broker) {
        for (std::int32_t partition = 0; partition < m_partitions; ++partition) {
            const broker::Partition* const replica = m_cluster.replica(broker, m_topic, partition);
            if (replica == nullptr || !replica->isLeader())
                continue;
            const auto [claim, isFirst]
                = m_leaders.emplace(std::pair(partition, replica->leaderEpoch()), broker);
            if (!isFirst && claim->second != broker)
                violation(fmt::format("two leaders: {} and {} in epoch {} of {}-{}", claim->second,
                    broker, replica->leaderEpoch(), m_topic, partition));
        }
    }
}

std::map<std::int64_t, std::string> History::contentOf(int broker, std::int32_t partition)
{
    std::map<std::int64_t, std::string> content;
    broker::Partition* const replica = m_cluster.replica(broker, m_topic, partition);
    if (replica == nullptr)
        return content;
    constexpr std::size_t kReadBytes = 1 << 20;
    std::int64_t offset = replica->log().logStartOffset();
    while (true) {
        const auto read
            = replica->log().read(offset, kReadBytes, storage::ReadLimit::HighWatermark);
        if (!read || read->batchCount == 0)
            return content;
        protocol::BatchIterator batches(read->records.bytes);
        while (const auto batch = batches.next()) {
            if (!batch->isCrcRight())
                violation(fmt::format("broker {} has a damaged batch at {} of {}-{}", broker,
                    batch->baseOffset(), m_topic, partition));
            if (batch->isControl())
                continue;
            const auto records = batch->records();
            for (const protocol::RecordView& record : *records)
                content.emplace(record.offset,
                    fmt::format(
                        "{}@{}", asText(record.value.value_or(BytesView{})), batch->leaderEpoch()));
        }
        offset = read->nextOffset;
    }
}

void History::checkLogs()
{
    for (std::int32_t partition = 0; partition < m_partitions; ++partition) {
        const auto content = contentOf(1, partition);
        for (int broker = 2; broker <= m_cluster.size(); ++broker) {
            if (contentOf(broker, partition) != content)
                violation(fmt::format("brokers 1 and {} disagree below the high watermark of {}-{}",
                    broker, m_topic, partition));
        }
        std::map<std::int64_t, std::string> values;
        for (const auto& [offset, text] : content)
            values.emplace(offset, text.substr(0, text.rfind('@')));
        checkContent(partition, values);
    }
}

void History::checkContent(
    std::int32_t partition, const std::map<std::int64_t, std::string>& values)
{
    std::set<std::string_view> seen;
    for (const auto& [offset, value] : values) {
        if (!seen.insert(value).second)
            violation(fmt::format("duplicate: '{}' at {} of {}-{} stands there already", value,
                offset, m_topic, partition));
    }
    for (const auto& [of, value] : m_somewhere) {
        if (of == partition && !seen.contains(value))
            violation(fmt::format("lost-write: '{}' was delivered to {}-{}, and is not there",
                value, m_topic, partition));
    }
    for (auto known = m_values.lower_bound({partition, 0});
         known != m_values.end() && known->first.first == partition; ++known) {
        const auto found = values.find(known->first.second);
        if (found == values.end() || found->second != known->second)
            violation(fmt::format("lost-write: '{}' was at {} of {}-{}, where {} is", known->second,
                known->first.second, m_topic, partition,
                found == values.end() ? "nothing" : "'" + found->second + "'"));
    }
}

} // namespace moldau::simulation
