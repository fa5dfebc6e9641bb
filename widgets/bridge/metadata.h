#pragma once

#include "client/clusterconnection.h"

#include <QStringList>

#include <memory>
#include <vector>

namespace moldau::widgets {

/**
 * One reading of a cluster's metadata, with what views would otherwise work out of it one by one:
 * names as QStrings, sums, and what is new since the reading before. Made on the thread that the
 * answer comes on, as a large cluster takes longer than a frame; immutable and shared afterwards.
 */
class Metadata {
public:
    /** What a topic's row says of its partitions. */
    struct TopicState {
        int replicas = 0; ///< the most of a partition
        int outOfSync = 0; ///< partitions with fewer in-sync replicas than replicas
        int offline = 0; ///< partitions without a leader

        bool operator==(const TopicState&) const = default;
    };

    /** What a broker has to do. One that only replica lists name is down. */
    struct BrokerLoad {
        int id = -1;
        bool isUp = false;
        int leaders = 0;
        int preferred = 0; ///< partitions of which it is the preferred leader
        int replicas = 0;
        int outOfSync = 0; ///< of its replicas

        bool operator==(const BrokerLoad&) const = default;
    };

    Metadata() = default;
    /** `before` may be null; strings are shared with it. */
    explicit Metadata(client::ClusterDescription description, const Metadata* before = nullptr);

    const client::ClusterDescription& description() const { return m_description; }
    /** All topics, internal ones too, in the order of description().topics: by name. */
    const QStringList& names() const { return m_names; }
    /** Those that are not internal. */
    const QStringList& userTopics() const { return m_userTopics; }
    /** Those, then the internal ones: to choose from. */
    const QStringList& choices() const { return m_choices; }
    /** In the order of names(). */
    const std::vector<TopicState>& states() const { return m_states; }
    /** -1 where there is no such topic. */
    int indexOf(const QString& topic) const;
    const client::TopicDescription* topic(const QString& name) const;

    int partitions() const { return m_partitions; }
    int userPartitions() const { return m_userPartitions; }
    int outOfSync() const { return m_outOfSync; } ///< with a leader
    int offline() const { return m_offline; }
    /** Ids of the brokers that are named or that replicas are on, in order. */
    const std::vector<int>& brokers() const { return m_brokers; }
    /** In the order of brokers(). */
    const std::vector<BrokerLoad>& loads() const { return m_loads; }
    /** Partitions that another than their preferred leader leads although that one is in sync. */
    int electable() const { return m_electable; }

    /** Places in names() of the topics that weren't in `before` or differ from there. */
    std::vector<int> changedSince(const Metadata& before) const;
    /** True where nobody could tell the two apart. */
    bool isSame(const Metadata& other) const;

private:
    void count();
    void countLoads(const client::PartitionDescription& partition);
    void makeNames(const Metadata* before);

    client::ClusterDescription m_description;
    QStringList m_names;
    QStringList m_userTopics;
    QStringList m_choices;
    std::vector<TopicState> m_states;
    std::vector<int> m_brokers;
    std::vector<BrokerLoad> m_loads;
    int m_electable = 0;
    int m_partitions = 0;
    int m_userPartitions = 0;
    int m_outOfSync = 0;
    int m_offline = 0;
    quint64 m_number = 0; // tells readings apart
    quint64 m_numberBefore = 0; // the changes are since this one
    std::vector<int> m_changed;
};

using MetadataPtr = std::shared_ptr<const Metadata>;

} // namespace moldau::widgets
