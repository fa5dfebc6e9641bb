#include "coordinator/offsetstore.h"

namespace moldau::coordinator {

void OffsetStore::apply(const OffsetRecord& record, std::int64_t recordOffset, ProducerId producer)
{
    const PartitionKey key{record.topic, record.partition};
    if (!record.value) {
        erase(m_offsets, record);
        if (const auto open = m_open.find(record.group); open != m_open.end()) {
            if (const auto producers = open->second.find(key); producers != open->second.end()) {
                for (const ProducerId id : producers->second)
                    erase(m_pending[id], record);
                open->second.erase(producers);
            }
            if (open->second.empty())
                m_open.erase(open);
        }
        return;
    }
    CommittedOffset offset = *record.value;
    offset.recordOffset = recordOffset;
    if (producer == kNoProducer) {
        m_offsets[record.group][record.topic][record.partition] = std::move(offset);
        return;
    }
    m_pending[producer][record.group][record.topic][record.partition] = std::move(offset);
    m_open[record.group][key].insert(producer);
}

std::vector<OffsetRecord> OffsetStore::endTransaction(ProducerId producer, bool isCommit)
{
    std::vector<OffsetRecord> valid;
    auto pending = m_pending.extract(producer);
    if (pending.empty())
        return valid;
    for (auto& [group, topics] : pending.mapped()) {
        for (auto& [topic, partitions] : topics) {
            for (auto& [partition, offset] : partitions) {
                closeTransaction(group, {topic, partition}, producer);
                if (!isCommit)
                    continue;
                // The commit that stands last in the log wins, whenever its transaction ends.
                const CommittedOffset* present = find(group, topic, partition);
                if (present && present->recordOffset >= offset.recordOffset)
                    continue;
                m_offsets[group][topic][partition] = offset;
                valid.push_back({group, topic, partition, std::move(offset)});
            }
        }
    }
    return valid;
}

const CommittedOffset* OffsetStore::find(
    const std::string& group, const std::string& topic, std::int32_t partition) const
{
    const Topics* topics = topicsOf(group);
    if (!topics)
        return nullptr;
    const auto partitions = topics->find(topic);
    if (partitions == topics->end())
        return nullptr;
    const auto offset = partitions->second.find(partition);
    return offset == partitions->second.end() ? nullptr : &offset->second;
}

const OffsetStore::Topics* OffsetStore::topicsOf(const std::string& group) const
{
    const auto topics = m_offsets.find(group);
    return topics == m_offsets.end() ? nullptr : &topics->second;
}

bool OffsetStore::hasOpenTransaction(
    const std::string& group, const std::string& topic, std::int32_t partition) const
{
    const PartitionKey key{topic, partition};
    if (const auto open = m_open.find(group); open != m_open.end() && open->second.contains(key))
        return true;
    const auto writes = m_writes.find(group);
    if (writes == m_writes.end())
        return false;
    const auto write = writes->second.find(key);
    return write != writes->second.end() && write->second.inTransaction > 0;
}

bool OffsetStore::hasOpenTransaction(const std::string& group) const
{
    if (m_open.contains(group))
        return true;
    const auto writes = m_writes.find(group);
    if (writes == m_writes.end())
        return false;
    for (const auto& [key, write] : writes->second) {
        if (write.inTransaction > 0)
            return true;
    }
    return false;
}

void OffsetStore::beginWrite(const OffsetRecord& record, ProducerId producer)
{
    Write& write = m_writes[record.group][{record.topic, record.partition}];
    ++write.count;
    if (producer != kNoProducer)
        ++write.inTransaction;
}

void OffsetStore::endWrite(const OffsetRecord& record, ProducerId producer)
{
    const auto group = m_writes.find(record.group);
    if (group == m_writes.end())
        return;
    const auto write = group->second.find({record.topic, record.partition});
    if (write == group->second.end())
        return;
    if (producer != kNoProducer)
        --write->second.inTransaction;
    if (--write->second.count == 0)
        group->second.erase(write);
    if (group->second.empty())
        m_writes.erase(group);
}

void OffsetStore::forEachPartition(const std::string& group,
    const std::function<void(const std::string& topic, std::int32_t partition)>& visit) const
{
    std::set<PartitionKey> keys;
    if (const Topics* topics = topicsOf(group)) {
        for (const auto& [topic, partitions] : *topics) {
            for (const auto& [partition, offset] : partitions)
                keys.insert({topic, partition});
        }
    }
    if (const auto open = m_open.find(group); open != m_open.end()) {
        for (const auto& [key, producers] : open->second)
            keys.insert(key);
    }
    if (const auto writes = m_writes.find(group); writes != m_writes.end()) {
        for (const auto& [key, write] : writes->second)
            keys.insert(key);
    }
    for (const PartitionKey& key : keys)
        visit(key.topic, key.partition);
}

void OffsetStore::forEachOfTopic(const std::string& topic,
    const std::function<void(
        const std::string& group, std::int32_t partition, const CommittedOffset&)>& visit) const
{
    const auto visitGroups = [&](const Groups& groups) {
        for (const auto& [group, topics] : groups) {
            const auto partitions = topics.find(topic);
            if (partitions == topics.end())
                continue;
            for (const auto& [partition, offset] : partitions->second)
                visit(group, partition, offset);
        }
    };
    visitGroups(m_offsets);
    for (const auto& [producer, groups] : m_pending)
        visitGroups(groups);
    const CommittedOffset unknown;
    for (const auto& [group, writes] : m_writes) {
        for (const auto& [key, write] : writes) {
            if (key.topic == topic)
                visit(group, key.partition, unknown);
        }
    }
}

bool OffsetStore::isKnown(
    const std::string& group, const std::string& topic, std::int32_t partition) const
{
    if (find(group, topic, partition) || hasOpenTransaction(group, topic, partition))
        return true;
    const auto writes = m_writes.find(group);
    return writes != m_writes.end() && writes->second.contains({topic, partition});
}

void OffsetStore::clear()
{
    m_offsets.clear();
    m_pending.clear();
    m_open.clear();
    m_writes.clear();
}

void OffsetStore::erase(Groups& groups, const OffsetRecord& record)
{
    const auto topics = groups.find(record.group);
    if (topics == groups.end())
        return;
    const auto partitions = topics->second.find(record.topic);
    if (partitions == topics->second.end())
        return;
    partitions->second.erase(record.partition);
    if (partitions->second.empty())
        topics->second.erase(partitions);
    if (topics->second.empty())
        groups.erase(topics);
}

void OffsetStore::closeTransaction(
    const std::string& group, const PartitionKey& key, ProducerId producer)
{
    const auto open = m_open.find(group);
    if (open == m_open.end())
        return;
    const auto producers = open->second.find(key);
    if (producers == open->second.end())
        return;
    producers->second.erase(producer);
    if (producers->second.empty())
        open->second.erase(producers);
    if (open->second.empty())
        m_open.erase(open);
}

} // namespace moldau::coordinator
