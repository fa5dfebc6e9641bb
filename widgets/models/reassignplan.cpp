#include "models/reassignplan.h"

#include "common/format.h"

#include <QRegularExpression>

#include <algorithm>
#include <limits>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kMostRounds = 200; // of evening out: a large cluster is as good as even by then

/** "1, 2, 3": names have no room beside each other. */
QString idsOf(const std::vector<BrokerId>& brokers)
{
    QStringList ids;
    for (const BrokerId broker : brokers)
        ids.append(QString::number(broker.value()));
    return ids.join(u", "_s);
}

/** Rounded up. */
int shareOf(int count, std::size_t brokers)
{
    const int parts = static_cast<int>(brokers);
    return parts == 0 ? 0 : (count + parts - 1) / parts;
}

} // namespace

/** The partitions of a wish while they find their places. */
struct ReassignPlan::Placing {
    struct Item {
        int topic;
        const client::PartitionDescription* partition;
        std::size_t wanted; ///< replicas
        std::vector<BrokerId> then;
    };

    std::vector<Item> items;
    std::map<BrokerId, int> replicas; ///< of the chosen brokers
    std::map<BrokerId, int> leads;

    BrokerId leastLoaded(const std::vector<BrokerId>& without) const
    {
        BrokerId best = kNoBroker;
        int least = std::numeric_limits<int>::max();
        for (const auto& [broker, load] : replicas) {
            if (load < least && !isAmong(without, broker)) {
                best = broker;
                least = load;
            }
        }
        return best;
    }

    void keepAndFill()
    {
        for (Item& item : items) {
            for (const BrokerId broker : item.partition->replicas) {
                if (item.then.size() < item.wanted && replicas.contains(broker)) {
                    item.then.push_back(broker);
                    ++replicas[broker];
                }
            }
        }
        for (Item& item : items) {
            while (item.then.size() < item.wanted) {
                const BrokerId broker = leastLoaded(item.then);
                item.then.push_back(broker);
                ++replicas[broker];
            }
        }
    }

    /** Takes from brokers that have two replicas more than another. */
    void spread()
    {
        for (Item& item : items) {
            // The last of a partition's replicas goes first: the preferred leader stays longest.
            for (auto place = item.then.rbegin(); place != item.then.rend(); ++place) {
                const BrokerId other = leastLoaded(item.then);
                if (other == kNoBroker || replicas[other] + 1 >= replicas[*place])
                    continue;
                --replicas[*place];
                ++replicas[other];
                *place = other;
            }
        }
    }

    /** The first replica is the preferred leader: no broker gets more of those than its share. */
    void spreadLeaders()
    {
        const int share = shareOf(static_cast<int>(items.size()), replicas.size());
        for (const auto& [broker, load] : replicas)
            leads[broker] = 0;
        for (Item& item : items) {
            if (item.then.empty())
                continue;
            const auto least = std::min_element(item.then.begin(), item.then.end(),
                [this](BrokerId a, BrokerId b) { return leads[a] < leads[b]; });
            if (leads[item.then.front()] >= share)
                std::iter_swap(item.then.begin(), least);
            ++leads[item.then.front()];
        }
        for (int round = 0; round < kMostRounds && passLeaderOn(); ++round) { }
    }

    /**
     * One leader fewer for a broker that has the most, one more for one that has two fewer: the
     * partitions between them pass it on. False where nobody can.
     */
    bool passLeaderOn()
    {
        int most = 0;
        for (const auto& [broker, count] : leads)
            most = std::max(most, count);
        std::map<BrokerId, Item*> reachedBy; // the partition that may pass on to the broker
        std::vector<BrokerId> front;
        for (const auto& [broker, count] : leads) {
            if (count == most) {
                reachedBy[broker] = nullptr;
                front.push_back(broker);
            }
        }
        std::map<BrokerId, std::vector<Item*>> led;
        for (Item& item : items) {
            if (item.then.size() > 1)
                led[item.then.front()].push_back(&item);
        }
        for (std::size_t next = 0; next < front.size(); ++next) {
            for (Item* item : led[front[next]]) {
                for (const BrokerId broker : item->then) {
                    if (!reachedBy.emplace(broker, item).second)
                        continue;
                    front.push_back(broker);
                    if (leads[broker] + 1 < most) {
                        passAlong(broker, reachedBy);
                        return true;
                    }
                }
            }
        }
        return false;
    }

    void passAlong(BrokerId to, const std::map<BrokerId, Item*>& reachedBy)
    {
        ++leads[to];
        while (Item* item = reachedBy.at(to)) {
            const BrokerId from = item->then.front();
            std::iter_swap(item->then.begin(), std::find(item->then.begin(), item->then.end(), to));
            to = from;
        }
        --leads[to];
    }
};

ReassignPlan::ReassignPlan(
    const Metadata& metadata, const ReplicaSizes& sizes, const ReassignWish& wish)
{
    Placing placing;
    for (const int broker : wish.brokers)
        placing.replicas[BrokerId(broker)] = 0;
    for (const QString& name : wish.topics) {
        const int topic = metadata.indexOf(name);
        if (topic < 0)
            continue;
        const auto& described = metadata.description().topics[static_cast<std::size_t>(topic)];
        for (const client::PartitionDescription& partition : described.partitions) {
            if (wish.partitions && !wish.partitions->contains(partition.index))
                continue;
            const std::size_t wanted = wish.replicas > 0 ? static_cast<std::size_t>(wish.replicas)
                                                         : partition.replicas.size();
            placing.items.push_back({topic, &partition, std::min(wanted, wish.brokers.size()), {}});
        }
    }
    placing.keepAndFill();
    placing.spread();
    placing.spreadLeaders();
    for (Placing::Item& item : placing.items)
        add(metadata, item.topic, *item.partition, std::move(item.then),
            sizes.of(metadata.names()[item.topic]));
}

ReassignPlan::ReassignPlan(
    const Metadata& metadata, const ReplicaSizes& sizes, const Assignments& assignments)
{
    for (const auto& [at, replicas] : assignments) {
        const QString name = QString::fromStdString(at.topic);
        const int topic = metadata.indexOf(name);
        if (topic < 0)
            continue;
        const auto& partitions
            = metadata.description().topics[static_cast<std::size_t>(topic)].partitions;
        const auto partition = std::find_if(partitions.begin(), partitions.end(),
            [&](const client::PartitionDescription& known) { return known.index == at.partition; });
        if (partition != partitions.end())
            add(metadata, topic, *partition, replicas, sizes.of(name));
    }
}

void ReassignPlan::add(const Metadata& metadata, int topic,
    const client::PartitionDescription& partition, std::vector<BrokerId> then,
    const std::vector<client::ReplicaSize>& sizes)
{
    if (then == partition.replicas || then.empty()) {
        ++m_unchanged;
        return;
    }
    std::int64_t size = 0;
    for (const client::ReplicaSize& replica : sizes) {
        if (replica.partition == partition.index)
            size = std::max(size, replica.bytes);
    }
    Move move{metadata.names()[topic],
        {metadata.description().topics[static_cast<std::size_t>(topic)].name, partition.index},
        partition.replicas, std::move(then), 0};
    for (const BrokerId broker : move.then) {
        if (isAmong(move.now, broker))
            continue;
        BrokerShare& share = m_shares[broker.value()];
        ++share.gets;
        share.bytes += size;
        move.bytes += size;
        m_load.add(partition.leader, broker, size);
    }
    for (const BrokerId broker : move.now) {
        if (!isAmong(move.then, broker))
            ++m_shares[broker.value()].loses;
    }
    // A leader that stays a replica goes on leading until somebody asks for an election.
    m_leaderChanges += partition.leader != kNoBroker && !isAmong(move.then, partition.leader);
    m_bytes += move.bytes;
    m_moves.push_back(std::move(move));
}

ReassignPlan::Assignments ReassignPlan::before() const
{
    Assignments assignments;
    for (const Move& move : m_moves)
        assignments[move.partition] = move.now;
    return assignments;
}

ReassignPlan::Assignments ReassignPlan::after() const
{
    Assignments assignments;
    for (const Move& move : m_moves)
        assignments[move.partition] = move.then;
    return assignments;
}

std::vector<TableRow> ReassignPlan::rows(const BrokerNames& names) const
{
    std::vector<TableRow> rows;
    rows.reserve(m_moves.size());
    for (const Move& move : m_moves) {
        TableRow& row = rows.emplace_back(partitionRow(move.topic, move.partition.partition, 4));
        row.cells[1].text = idsOf(move.now);
        row.cells[1].tip = brokerListOf(names, move.now);
        row.cells[2].text = idsOf(move.then);
        row.cells[2].tip = brokerListOf(names, move.then);
        row.cells[3].text = formatBytes(move.bytes);
        row.cells[3].sort = static_cast<double>(move.bytes);
    }
    return rows;
}

QString ReassignPlan::json() const
{
    QStringList partitions;
    for (const Move& move : m_moves) {
        QStringList replicas;
        for (const BrokerId broker : move.then)
            replicas.append(QString::number(broker.value()));
        partitions.append(u"{\"topic\":\"%1\",\"partition\":%2,\"replicas\":[%3]}"_s.arg(
            move.topic, QString::number(move.partition.partition), replicas.join(u',')));
    }
    return u"{\"version\":1,\"partitions\":[%1]}"_s.arg(partitions.join(u",\n"_s));
}

std::optional<std::set<int>> parsePartitions(const QString& text)
{
    static const QRegularExpression kPart(u"^\\s*(\\d{1,6})(?:\\s*-\\s*(\\d{1,6}))?\\s*$"_s);
    std::set<int> numbers;
    for (const QString& part : text.split(u',')) {
        const QRegularExpressionMatch match = kPart.match(part);
        if (!match.hasMatch())
            return std::nullopt;
        const int first = match.captured(1).toInt();
        const int last = match.captured(2).isEmpty() ? first : match.captured(2).toInt();
        for (int number = first; number <= last; ++number)
            numbers.insert(number);
        if (last < first)
            return std::nullopt;
    }
    return numbers;
}

} // namespace moldau::widgets
