#include "bridge/metadata.h"

#include <algorithm>
#include <atomic>

namespace moldau::widgets {

namespace {

using client::BrokerDescription;
using client::PartitionDescription;
using client::TopicDescription;

bool isSameBroker(const BrokerDescription& x, const BrokerDescription& y)
{
    return x.id == y.id && x.address == y.address && x.rack == y.rack;
}

bool isSamePartition(const PartitionDescription& x, const PartitionDescription& y)
{
    return x.index == y.index && x.leader == y.leader && x.leaderEpoch == y.leaderEpoch
        && x.replicas == y.replicas && x.inSync == y.inSync && x.offline == y.offline;
}

template <class T, class Same>
bool areSame(const std::vector<T>& a, const std::vector<T>& b, Same same)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), same);
}

bool isSameTopic(const TopicDescription& x, const TopicDescription& y)
{
    return x.name == y.name && x.id == y.id && x.isInternal == y.isInternal
        && areSame(x.partitions, y.partitions, isSamePartition);
}

bool isNameLess(const TopicDescription& a, const TopicDescription& b)
{
    return a.name < b.name;
}

/** Calls `visit(place, place in `before` or -1)` for each topic of `now`; both are by name. */
template <class Visit>
void compare(const std::vector<TopicDescription>& now, const std::vector<TopicDescription>& before,
    Visit visit)
{
    std::size_t other = 0;
    for (std::size_t i = 0; i < now.size(); ++i) {
        while (other < before.size() && before[other].name < now[i].name)
            ++other;
        const bool isKnown = other < before.size() && before[other].name == now[i].name;
        visit(static_cast<int>(i), isKnown ? static_cast<int>(other) : -1);
    }
}

} // namespace

Metadata::Metadata(client::ClusterDescription description, const Metadata* before)
    : m_description(std::move(description))
{
    auto& topics = m_description.topics;
    if (!std::is_sorted(topics.begin(), topics.end(), isNameLess))
        std::sort(topics.begin(), topics.end(), isNameLess);
    makeNames(before);
    count();
    static std::atomic<quint64> last = 0;
    m_number = ++last;
    if (before) {
        m_changed = changedSince(*before);
        m_numberBefore = before->m_number;
    }
}

void Metadata::makeNames(const Metadata* before)
{
    static const std::vector<TopicDescription> kNone;
    const auto& topics = m_description.topics;
    m_names.reserve(static_cast<qsizetype>(topics.size()));
    bool isSameSet = before && before->m_names.size() == static_cast<qsizetype>(topics.size());
    compare(topics, before ? before->m_description.topics : kNone, [&](int place, int old) {
        const TopicDescription& topic = topics[static_cast<std::size_t>(place)];
        m_names.append(old >= 0 ? before->m_names[old] : QString::fromStdString(topic.name));
        isSameSet = isSameSet && old >= 0
            && before->m_description.topics[static_cast<std::size_t>(old)].isInternal
                == topic.isInternal;
    });
    if (isSameSet) {
        // One list for all readings: comparing it with itself takes no time.
        m_names = before->m_names;
        m_userTopics = before->m_userTopics;
        m_choices = before->m_choices;
        return;
    }
    QStringList internal;
    for (std::size_t i = 0; i < topics.size(); ++i)
        (topics[i].isInternal ? internal : m_userTopics).append(m_names[static_cast<qsizetype>(i)]);
    m_choices = m_userTopics + internal;
}

void Metadata::count()
{
    // Metadata name live brokers only; the others show in replica lists.
    for (const BrokerDescription& broker : m_description.brokers)
        m_brokers.push_back(broker.id.value());
    std::sort(m_brokers.begin(), m_brokers.end());
    for (const int id : m_brokers)
        m_loads.push_back({id, true});
    m_states.reserve(m_description.topics.size());
    for (const TopicDescription& topic : m_description.topics) {
        TopicState state;
        for (const PartitionDescription& partition : topic.partitions) {
            state.replicas = std::max(state.replicas, static_cast<int>(partition.replicas.size()));
            const bool lacks = partition.inSync.size() < partition.replicas.size();
            const bool isOffline = partition.leader == kNoBroker;
            state.outOfSync += lacks;
            state.offline += isOffline;
            m_outOfSync += lacks && !isOffline;
            countLoads(partition);
        }
        m_offline += state.offline;
        const int partitions = static_cast<int>(topic.partitions.size());
        m_partitions += partitions;
        m_userPartitions += topic.isInternal ? 0 : partitions;
        m_states.push_back(state);
    }
}

void Metadata::countLoads(const PartitionDescription& partition)
{
    const auto loadOf = [this](BrokerId id) -> BrokerLoad& {
        const auto at = std::lower_bound(m_brokers.begin(), m_brokers.end(), id.value());
        const auto place = at - m_brokers.begin();
        if (at == m_brokers.end() || *at != id.value()) {
            m_brokers.insert(at, id.value());
            m_loads.insert(m_loads.begin() + place, {id.value(), false});
        }
        return m_loads[static_cast<std::size_t>(place)];
    };
    const auto isInSync = [&partition](BrokerId id) {
        return std::find(partition.inSync.begin(), partition.inSync.end(), id)
            != partition.inSync.end();
    };
    for (const BrokerId replica : partition.replicas) {
        BrokerLoad& load = loadOf(replica);
        ++load.replicas;
        load.outOfSync += isInSync(replica) ? 0 : 1;
    }
    if (partition.leader != kNoBroker)
        ++loadOf(partition.leader).leaders;
    if (partition.replicas.empty())
        return;
    const BrokerId preferred = partition.replicas.front();
    ++loadOf(preferred).preferred;
    m_electable += partition.leader != preferred && isInSync(preferred) ? 1 : 0;
}

int Metadata::indexOf(const QString& topic) const
{
    const std::string name = topic.toStdString();
    const auto& topics = m_description.topics;
    const auto at = std::lower_bound(topics.begin(), topics.end(), name,
        [](const TopicDescription& known, const std::string& wanted) {
            return known.name < wanted;
        });
    return at != topics.end() && at->name == name ? static_cast<int>(at - topics.begin()) : -1;
}

const client::TopicDescription* Metadata::topic(const QString& name) const
{
    const int index = indexOf(name);
    return index < 0 ? nullptr : &m_description.topics[static_cast<std::size_t>(index)];
}

std::vector<int> Metadata::changedSince(const Metadata& before) const
{
    if (before.m_number != 0 && before.m_number == m_numberBefore)
        return m_changed;
    std::vector<int> changed;
    const auto& now = m_description.topics;
    const auto& old = before.m_description.topics;
    compare(now, old, [&](int place, int other) {
        if (other < 0
            || !isSameTopic(
                now[static_cast<std::size_t>(place)], old[static_cast<std::size_t>(other)]))
            changed.push_back(place);
    });
    return changed;
}

bool Metadata::isSame(const Metadata& other) const
{
    const client::ClusterDescription& a = m_description;
    const client::ClusterDescription& b = other.m_description;
    return a.clusterId == b.clusterId && a.controller == b.controller
        && areSame(a.brokers, b.brokers, isSameBroker) && m_names.size() == other.m_names.size()
        && changedSince(other).empty();
}

} // namespace moldau::widgets
