#include "models/leadermoves.h"

#include <algorithm>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

QString brokerNameOf(const BrokerNames& names, int broker)
{
    const auto known = names.constFind(broker);
    return known == names.cend() ? u"broker-%1"_s.arg(broker) : *known;
}

QString brokerListOf(const BrokerNames& names, const std::vector<BrokerId>& brokers)
{
    QStringList list;
    for (const BrokerId broker : brokers)
        list.append(brokerNameOf(names, broker.value()));
    return list.join(u", "_s);
}

LeaderMoves::LeaderMoves(const Metadata& metadata)
{
    const auto& topics = metadata.description().topics;
    for (std::size_t i = 0; i < topics.size(); ++i) {
        for (const client::PartitionDescription& partition : topics[i].partitions) {
            if (partition.replicas.empty() || partition.leader == partition.replicas.front())
                continue;
            const BrokerId preferred = partition.replicas.front();
            if (std::find(partition.inSync.begin(), partition.inSync.end(), preferred)
                == partition.inSync.end()) {
                ++waiting;
                continue;
            }
            moves.push_back({metadata.names()[static_cast<qsizetype>(i)],
                {topics[i].name, partition.index}, partition.leader, preferred});
        }
    }
}

std::vector<TableRow> LeaderMoves::rows(const BrokerNames& names) const
{
    std::vector<TableRow> rows;
    rows.reserve(moves.size());
    for (const Move& move : moves) {
        TableRow& row = rows.emplace_back();
        row.topic = move.topic;
        row.key = u"%1 %2"_s.arg(move.topic).arg(move.partition.partition);
        row.cells.resize(3);
        row.cells[0].text = row.key;
        row.cells[1].text
            = move.from == kNoBroker ? u"—"_s : brokerNameOf(names, move.from.value());
        row.cells[2].text = brokerNameOf(names, move.to.value());
    }
    return rows;
}

} // namespace moldau::widgets
