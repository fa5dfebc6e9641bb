#pragma once

#include "bridge/ratemeter.h"
#include "client/clusterconnection.h"

#include <QString>

#include <functional>
#include <vector>

namespace moldau::widgets {

struct ShownReplica {
    int broker = -1;
    bool isLeader = false;
    bool isInSync = true;
    bool isOffline = false; ///< its broker doesn't serve it
    qint64 logEnd = -1; ///< -1: not known
    qint64 highWatermark = -1;
    qint64 ledSinceNs = 0; ///< when an event made it leader; 0 where that wasn't seen
};

struct GroupPosition {
    QString group;
    qint64 offset = 0;
};

struct ShownPartition {
    static constexpr int kMaxGroups = 8;

    int index = 0;
    int leader = -1;
    int leaderEpoch = -1;
    qint64 logStart = 0;
    std::vector<ShownReplica> replicas;
    std::vector<GroupPosition> groups;
    RateMeter rate;

    const ShownReplica* replica(int broker) const;
    ShownReplica* replica(int broker);
    /** The oldest position makes room where there are too many. */
    void setGroupPosition(const QString& group, qint64 offset);
    void setOffsets(const client::PartitionOffsets& known);
    /** False where it is known already, or something newer. */
    bool setLeader(int broker, int epoch, qint64 timeNs);
    /** Nothing is known of its log any more. */
    void forgetLog();
};

/** A topic with where its replicas lie and what is known of their logs. A value. */
struct ShownTopic {
    QString name;
    bool isInternal = false;
    std::vector<ShownPartition> partitions;

    ShownTopic() = default;
    /**
     * As metadata describe it, with what `before` knows beyond them; that may be null. `isHeld`
     * tells whether a broker is there to hold its replicas.
     */
    ShownTopic(const client::TopicDescription& described, const ShownTopic* before,
        const std::function<bool(int broker)>& isHeld);

    /** Null where there is none of this number. */
    ShownPartition* partition(int index);
    /** False where somebody who looks at the two sees a difference in what is where. */
    bool isPlacedAs(const ShownTopic& other) const;
};

} // namespace moldau::widgets
