#pragma once

#include "coordinator/records.h"

#include <functional>
#include <map>
#include <set>
#include <string>
#include <unordered_map>

namespace moldau::coordinator {

/**
 * The offsets of a shard's groups: those that are replicated, those of open transactions, and a
 * count of those on their way to the log. Owned by GroupOffsets; no time, no IO.
 */
class OffsetStore {
public:
    using Partitions = std::map<std::int32_t, CommittedOffset>;
    using Topics = std::map<std::string, Partitions>;

    /**
     * Takes over a record that is in the log at `recordOffset`. With a producer it belongs to a
     * transaction and waits for endTransaction(). A deletion forgets pending offsets as well.
     */
    void apply(const OffsetRecord& record, std::int64_t recordOffset, ProducerId producer);
    /** Makes a transaction's offsets valid, or forgets them. Returns those that became valid. */
    std::vector<OffsetRecord> endTransaction(ProducerId producer, bool isCommit);

    const CommittedOffset* find(
        const std::string& group, const std::string& topic, std::int32_t partition) const;
    /** nullptr when the group has none. */
    const Topics* topicsOf(const std::string& group) const;

    /** Whether an open transaction has, or is about to have, an offset for the partition. */
    bool hasOpenTransaction(
        const std::string& group, const std::string& topic, std::int32_t partition) const;
    bool hasOpenTransaction(const std::string& group) const;

    /** Between an Append and its end, a record counts as being on its way. */
    void beginWrite(const OffsetRecord& record, ProducerId producer);
    void endWrite(const OffsetRecord& record, ProducerId producer);
    bool hasWriteUnderWay(const std::string& group) const { return m_writes.contains(group); }

    /** Every partition with an offset, valid, in a transaction or on its way; each is called once.
     */
    void forEachPartition(const std::string& group,
        const std::function<void(const std::string& topic, std::int32_t partition)>& visit) const;
    /**
     * Every offset of all groups for one topic: valid ones, those in a transaction, and those on
     * their way (these without values). A partition may be visited more than once.
     */
    void forEachOfTopic(const std::string& topic,
        const std::function<void(const std::string& group, std::int32_t partition,
            const CommittedOffset&)>& visit) const;
    bool isKnown(const std::string& group, const std::string& topic, std::int32_t partition) const;

    void clear();

private:
    struct PartitionKey {
        std::string topic;
        std::int32_t partition = -1;
        auto operator<=>(const PartitionKey&) const = default;
    };
    struct Write {
        int count = 0;
        int inTransaction = 0;
    };
    using Groups = std::unordered_map<std::string, Topics>;

    static void erase(Groups& groups, const OffsetRecord& record);
    void closeTransaction(const std::string& group, const PartitionKey& key, ProducerId producer);

    Groups m_offsets;
    std::unordered_map<ProducerId, Groups> m_pending;
    std::unordered_map<std::string, std::map<PartitionKey, std::set<ProducerId>>> m_open;
    std::unordered_map<std::string, std::map<PartitionKey, Write>> m_writes;
};

} // namespace moldau::coordinator
