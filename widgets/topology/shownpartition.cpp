#include "topology/shownpartition.h"

#include <algorithm>
#include <utility>

namespace moldau::widgets {

namespace {

/** The partition with this index; metadata list them in order. */
const ShownPartition* partitionOf(const ShownTopic& topic, std::size_t place, int index)
{
    if (place < topic.partitions.size() && topic.partitions[place].index == index)
        return &topic.partitions[place];
    const auto it = std::find_if(topic.partitions.begin(), topic.partitions.end(),
        [index](const ShownPartition& p) { return p.index == index; });
    return it == topic.partitions.end() ? nullptr : &*it;
}

bool isNamed(const std::vector<BrokerId>& ids, int id)
{
    return std::find(ids.begin(), ids.end(), BrokerId(id)) != ids.end();
}

} // namespace

const ShownReplica* ShownPartition::replica(int broker) const
{
    const auto it = std::find_if(replicas.begin(), replicas.end(),
        [broker](const ShownReplica& r) { return r.broker == broker; });
    return it == replicas.end() ? nullptr : &*it;
}

ShownReplica* ShownPartition::replica(int broker)
{
    return const_cast<ShownReplica*>(std::as_const(*this).replica(broker));
}

void ShownPartition::setGroupPosition(const QString& group, qint64 offset)
{
    const auto it = std::find_if(groups.begin(), groups.end(),
        [&group](const GroupPosition& known) { return known.group == group; });
    if (it != groups.end()) {
        it->offset = offset;
        return;
    }
    if (groups.size() >= kMaxGroups)
        groups.erase(groups.begin());
    groups.push_back({group, offset});
}

void ShownPartition::setOffsets(const client::PartitionOffsets& known)
{
    logStart = qMax<qint64>(0, known.earliest);
    for (ShownReplica& replica : replicas) {
        // In-sync replicas hold everything up to the high watermark; of others nothing is known.
        if (replica.isInSync && known.latest >= 0) {
            replica.highWatermark = qMax<qint64>(replica.highWatermark, known.latest);
            replica.logEnd = qMax<qint64>(replica.logEnd, known.latest);
        }
    }
}

bool ShownPartition::setLeader(int broker, int epoch, qint64 timeNs)
{
    if (epoch < leaderEpoch || (epoch == leaderEpoch && leader == broker))
        return false;
    const int before = std::exchange(leader, broker);
    leaderEpoch = epoch;
    for (ShownReplica& replica : replicas) {
        replica.isLeader = replica.broker == leader;
        if (replica.isLeader && replica.broker != before)
            replica.ledSinceNs = timeNs;
    }
    return true;
}

void ShownPartition::forgetLog()
{
    logStart = 0;
    leaderEpoch = -1;
    groups.clear();
    for (ShownReplica& replica : replicas)
        replica.logEnd = replica.highWatermark = -1;
}

ShownTopic::ShownTopic(const client::TopicDescription& described, const ShownTopic* before,
    const std::function<bool(int broker)>& isHeld)
    : name(QString::fromStdString(described.name))
    , isInternal(described.isInternal)
{
    partitions.reserve(described.partitions.size());
    for (const client::PartitionDescription& part : described.partitions) {
        ShownPartition partition;
        const ShownPartition* old
            = before ? partitionOf(*before, partitions.size(), part.index) : nullptr;
        if (old) {
            partition.logStart = old->logStart;
            partition.groups = old->groups;
            partition.rate = old->rate;
        }
        partition.index = part.index;
        // An event may know more than metadata that were asked for before it.
        const bool isStale = old && part.leaderEpoch >= 0 && part.leaderEpoch < old->leaderEpoch;
        partition.leader = isStale ? old->leader : part.leader.value();
        partition.leaderEpoch = isStale ? old->leaderEpoch : part.leaderEpoch;
        for (const BrokerId id : part.replicas) {
            ShownReplica replica;
            const ShownReplica* oldReplica = old ? old->replica(id.value()) : nullptr;
            if (oldReplica)
                replica = *oldReplica;
            replica.broker = id.value();
            replica.isLeader = replica.broker == partition.leader;
            if (!isStale)
                replica.isInSync = isNamed(part.inSync, replica.broker);
            replica.isOffline = isNamed(part.offline, replica.broker) || !isHeld(replica.broker);
            partition.replicas.push_back(replica);
        }
        partitions.push_back(std::move(partition));
    }
}

ShownPartition* ShownTopic::partition(int index)
{
    if (index < 0)
        return nullptr;
    return const_cast<ShownPartition*>(partitionOf(*this, static_cast<std::size_t>(index), index));
}

bool ShownTopic::isPlacedAs(const ShownTopic& other) const
{
    const auto isSameReplica = [](const ShownReplica& x, const ShownReplica& y) {
        return x.broker == y.broker && x.isLeader == y.isLeader && x.isInSync == y.isInSync
            && x.isOffline == y.isOffline;
    };
    const auto isSamePartition = [&](const ShownPartition& x, const ShownPartition& y) {
        return x.index == y.index && x.leader == y.leader && x.leaderEpoch == y.leaderEpoch
            && std::equal(x.replicas.begin(), x.replicas.end(), y.replicas.begin(),
                y.replicas.end(), isSameReplica);
    };
    return name == other.name && isInternal == other.isInternal
        && std::equal(partitions.begin(), partitions.end(), other.partitions.begin(),
            other.partitions.end(), isSamePartition);
}

} // namespace moldau::widgets
