#include "controller/eventreporter.h"

namespace moldau::controller {

Event EventReporter::event(EventKind kind, std::int64_t nowMs) const
{
    Event event;
    event.kind = kind;
    event.node = m_node;
    event.timeNs = nowMs * 1'000'000;
    return event;
}

void EventReporter::report(const MetadataDelta& delta, const MetadataImage& after,
    std::string_view reason, std::int64_t nowMs)
{
    if (!m_sink.isWanted() || delta.isEmpty())
        return;
    const NameId why = m_sink.intern(reason);
    for (const Uuid& id : delta.createdTopics) {
        const TopicImage* topic = after.topic(id);
        if (!topic)
            continue;
        Event created = event(EventKind::TopicCreated, nowMs);
        created.topicId = id;
        created.topic = m_sink.intern(topic->name);
        created.count = static_cast<std::int32_t>(topic->partitions.size());
        m_sink.publish(created);
    }
    for (const auto& topic : delta.deletedTopics) {
        Event deleted = event(EventKind::TopicDeleted, nowMs);
        deleted.topicId = topic->id;
        deleted.topic = m_sink.intern(topic->name);
        m_sink.publish(deleted);
    }
    reportBrokers(delta, after, why, nowMs);
    reportPartitions(delta, after, why, nowMs);
    for (const auto& [resource, names] : delta.configs) {
        for (const std::string& name : names) {
            Event changed = event(EventKind::ConfigChanged, nowMs);
            changed.name = m_sink.intern(resource.name);
            changed.detail = m_sink.intern(name);
            m_sink.publish(changed);
        }
    }
}

void EventReporter::reportBrokers(
    const MetadataDelta& delta, const MetadataImage& after, NameId reason, std::int64_t nowMs)
{
    const auto publish = [&](EventKind kind, BrokerId broker, NameId detail = {}) {
        Event changed = event(kind, nowMs);
        changed.peer = broker;
        changed.detail = detail;
        m_sink.publish(changed);
    };
    for (const auto& [id, before] : delta.brokers) {
        const BrokerImage* broker = after.broker(id);
        const bool wasFenced = !before || before->isFenced;
        if (!broker) {
            if (!wasFenced)
                publish(EventKind::BrokerFenced, id, reason);
            continue;
        }
        if (!before || before->incarnation != broker->incarnation)
            publish(EventKind::BrokerRegistered, id);
        if (broker->isInControlledShutdown && (!before || !before->isInControlledShutdown))
            publish(EventKind::BrokerShuttingDown, id);
        if (wasFenced && !broker->isFenced)
            publish(EventKind::BrokerUnfenced, id);
        if (!wasFenced && broker->isFenced)
            publish(EventKind::BrokerFenced, id, reason);
    }
}

void EventReporter::reportPartitions(
    const MetadataDelta& delta, const MetadataImage& after, NameId reason, std::int64_t nowMs)
{
    for (const auto& [key, before] : delta.partitions()) {
        const PartitionImage* now = after.partition(key.topicId, key.partition);
        if (!now || !before)
            continue;
        Event base = event(EventKind::LeaderChanged, nowMs);
        base.topicId = key.topicId;
        base.topic = m_sink.intern(after.topic(key.topicId)->name);
        base.partition = key.partition;
        base.epoch = now->leaderEpoch;
        const bool hasMoved = before->isReassigning() && !now->isReassigning();
        base.detail = hasMoved ? m_sink.intern("its reassignment has ended") : reason;
        if (now->leader != before->leader) {
            base.peer = now->leader;
            m_sink.publish(base);
        }
        for (const BrokerId replica : before->isr) {
            if (contains(now->isr, replica))
                continue;
            base.kind = EventKind::IsrShrunk;
            base.peer = replica;
            m_sink.publish(base);
        }
        for (const BrokerId replica : now->isr) {
            if (contains(before->isr, replica))
                continue;
            base.kind = EventKind::IsrExpanded;
            base.peer = replica;
            base.detail = {};
            m_sink.publish(base);
        }
    }
}

} // namespace moldau::controller
