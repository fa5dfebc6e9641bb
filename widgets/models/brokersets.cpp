#include "models/brokersets.h"

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

bool isAmong(const std::vector<BrokerId>& brokers, BrokerId broker)
{
    return std::find(brokers.begin(), brokers.end(), broker) != brokers.end();
}

std::vector<BrokerId> without(std::vector<BrokerId> all, const std::vector<BrokerId>& others)
{
    std::erase_if(all, [&others](BrokerId broker) { return isAmong(others, broker); });
    return all;
}

TableRow partitionRow(const QString& topic, int partition, std::size_t cells)
{
    TableRow row;
    row.topic = topic;
    row.key = u"%1 %2"_s.arg(topic).arg(partition);
    row.cells.resize(cells);
    row.cells[0].text = row.key;
    return row;
}

PartitionOutcome::PartitionOutcome(
    const client::PerPartition<client::BrokerAdmin::Done>& results, ErrorCode already)
{
    for (const auto& [partition, result] : results) {
        if (result || (already != ErrorCode::None && result.error().code == already)) {
            ++done;
            continue;
        }
        if (failed++ == 0)
            why = u"%1: %2"_s.arg(QString::fromStdString(partition.toString()),
                QString::fromStdString(result.error().message));
    }
}

} // namespace moldau::widgets
