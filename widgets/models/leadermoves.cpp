#include "models/leadermoves.h"

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

LeaderMoves::LeaderMoves(const Metadata& metadata)
{
    const auto& topics = metadata.description().topics;
    for (std::size_t i = 0; i < topics.size(); ++i) {
        for (const client::PartitionDescription& partition : topics[i].partitions) {
            if (partition.replicas.empty() || partition.leader == partition.replicas.front())
                continue;
            const BrokerId preferred = partition.replicas.front();
            if (!isAmong(partition.inSync, preferred)) {
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
        TableRow& row = rows.emplace_back(partitionRow(move.topic, move.partition.partition, 3));
        row.cells[1].text
            = move.from == kNoBroker ? u"—"_s : brokerNameOf(names, move.from.value());
        row.cells[2].text = brokerNameOf(names, move.to.value());
    }
    return rows;
}

} // namespace moldau::widgets
