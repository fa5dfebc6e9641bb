#pragma once

#include "base/topicpartition.h"
#include "bridge/metadata.h"
#include "client/brokeradmin.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace moldau::widgets {

class ReassignPlan;

/**
 * Which replicas a throttle of some moves is about, and on which brokers. As
 * kafka-reassign-partitions --throttle reckons it: all replicas that there were as leaders, since
 * each of them may come to lead; those that are new as followers. A value.
 */
struct ThrottleExtent {
    std::map<std::string, client::ThrottledReplicas> topics;
    std::set<BrokerId> brokers;
    std::set<TopicPartition> partitions;

    ThrottleExtent() = default;
    explicit ThrottleExtent(const ReassignPlan& plan);
    /** Of what is under way; metadata name the replicas that there were as well. */
    ThrottleExtent(
        const std::map<TopicPartition, client::Reassignment>& moving, const Metadata& metadata);

    void add(const TopicPartition& partition, const std::vector<BrokerId>& sources,
        const std::vector<BrokerId>& added);
    /** The other's, too. */
    void unite(const ThrottleExtent& other);
    bool isEmpty() const { return partitions.empty(); }
};

/** "10" or "2.5" megabytes (of a million bytes) in bytes, in the language's writing; 0 for an empty
 * text, -1 where it is no rate. */
qint64 parseRate(const QString& text);
/** What parseRate() reads. */
QString rateText(qint64 bytesPerSecond);

} // namespace moldau::widgets
