#include "models/brokerrows.h"

#include "common/format.h"

#include <QDateTime>

#include <algorithm>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 kSilentMs = 10'000; // voters fetch at least every half second

using client::NodeState;
using client::QuorumDescription;
using client::QuorumReplica;

TableCell number(qint64 value)
{
    TableCell cell;
    cell.text = formatNumber(value);
    cell.sort = static_cast<double>(value);
    return cell;
}

TableCell bytesCell(qint64 bytes)
{
    TableCell cell;
    cell.text = bytes < 0 ? QString() : formatBytes(bytes);
    cell.sort = static_cast<double>(bytes);
    return cell;
}

TableCell words(const QString& text)
{
    TableCell cell;
    cell.text = text;
    return cell;
}

const client::NodeStatus* nodeOf(const std::vector<client::NodeStatus>& nodes, int id)
{
    const auto found = std::find_if(nodes.begin(), nodes.end(),
        [id](const client::NodeStatus& node) { return node.id == BrokerId(id); });
    return found == nodes.end() ? nullptr : &*found;
}

bool isVoter(const std::optional<QuorumDescription>& quorum, int id)
{
    return quorum
        && std::any_of(quorum->voters.begin(), quorum->voters.end(),
            [id](const QuorumReplica& voter) { return voter.id == BrokerId(id); });
}

/** How far a node is behind the leader of the quorum. */
qint64 lagOf(const QuorumDescription& quorum, const QuorumReplica& replica)
{
    qint64 end = quorum.highWatermark;
    for (const QuorumReplica& voter : quorum.voters) {
        if (voter.id == quorum.leader)
            end = std::max<qint64>(end, voter.logEnd);
    }
    return replica.logEnd < 0 ? -1 : std::max<qint64>(end - replica.logEnd, 0);
}

} // namespace

std::vector<TableColumn> BrokerRows::brokerColumns()
{
    return {{tr("Broker"), false, false, {}}, {tr("Id"), true, true, {}},
        {tr("State"), false, false, {}}, {tr("Role"), false, false, {}},
        {tr("Address"), false, true, {}}, {tr("Rack"), false, true, {}},
        {tr("Leads"), true, true,
            tr("Partitions that it leads; the mark is where it would be if each partition were led "
               "by its preferred broker")},
        {tr("Replicas"), true, true, {}},
        {tr("Out of sync"), true, true, tr("Of its replicas: those that lag behind their leaders")},
        {tr("Size"), true, true, tr("Of its replicas on disk")}};
}

std::vector<TableColumn> BrokerRows::quorumColumns()
{
    return {{tr("Node"), false, false, {}}, {tr("Role"), false, false, {}},
        {tr("Log end"), true, true, tr("The offset after its last record of the metadata log")},
        {tr("Behind"), true, true, tr("Records that the leader has and it hasn't")},
        {tr("Last fetch"), true, true, tr("When it last asked the leader for records")},
        {tr("Caught up"), true, true, tr("When it last had everything that the leader had")}};
}

std::vector<TableColumn> BrokerRows::directoryColumns()
{
    return {{tr("Broker"), false, false, {}}, {tr("Directory"), false, true, {}},
        {tr("Replicas"), true, true, {}}, {tr("Size"), true, true, tr("Of the replicas in it")},
        {tr("Disk"), true, true, tr("How full the file system is on which the directory lies")}};
}

std::vector<TableColumn> BrokerRows::replicaColumns()
{
    return {{tr("Partition"), false, true, {}}, {tr("On"), false, false, {}},
        {tr("Size"), true, true, {}},
        {tr("Behind"), true, true, tr("Records that its leader has and it hasn't")}};
}

std::vector<TableColumn> BrokerRows::moveColumns()
{
    return {{tr("Partition"), false, true, {}}, {tr("Gets a replica"), false, false, {}},
        {tr("Loses one"), false, false, {}}, {tr("Copied"), true, true, {}}};
}

BrokerNames BrokerRows::namesOf(const Metadata& metadata,
    const std::optional<QuorumDescription>& quorum, const std::vector<client::NodeStatus>& nodes)
{
    BrokerNames names;
    for (const client::NodeStatus& node : nodes)
        names.insert(node.id.value(), QString::fromStdString(node.service));
    for (const int broker : metadata.brokers()) {
        if (!names.contains(broker))
            names.insert(broker, u"broker-%1"_s.arg(broker));
    }
    if (!quorum)
        return names;
    for (const auto& list : {quorum->voters, quorum->observers}) {
        for (const QuorumReplica& replica : list) {
            if (!names.contains(replica.id.value()))
                names.insert(replica.id.value(), u"controller-%1"_s.arg(replica.id.value()));
        }
    }
    return names;
}

void BrokerRows::addState(TableCell& cell, const BrokerFacts& facts, int id, bool isUp)
{
    cell.text = isUp ? tr("up") : tr("down");
    cell.dot = isUp ? Tone::Good : Tone::Bad;
    const client::NodeStatus* node = nodeOf(facts.nodes, id);
    if (!node)
        return;
    cell.tip = QString::fromStdString(node->problem);
    switch (node->state) {
    case NodeState::Running:
        if (!isUp) {
            cell.text = tr("fenced");
            cell.dot = Tone::Warning;
            cell.tip = tr("It runs, but the controller hasn't heard of it in time.");
        }
        return;
    case NodeState::Starting:
        cell.text = tr("starting");
        cell.dot = Tone::Warning;
        return;
    case NodeState::Paused:
        cell.text = tr("paused");
        cell.dot = Tone::Warning;
        return;
    case NodeState::Stopping:
        cell.text = tr("stopping");
        cell.dot = Tone::Warning;
        return;
    case NodeState::Stopped:
        cell.text = tr("stopped");
        cell.dot = Tone::Offline;
        return;
    case NodeState::Killed:
        cell.text = tr("killed");
        cell.dot = Tone::Bad;
        return;
    case NodeState::Failed:
        cell.text = tr("failed");
        cell.dot = Tone::Bad;
        return;
    }
}

TableRow BrokerRows::brokerRow(const BrokerFacts& facts, const Metadata::BrokerLoad& load, int most)
{
    const auto& described = facts.metadata.description().brokers;
    const auto broker = std::find_if(described.begin(), described.end(),
        [&](const client::BrokerDescription& known) { return known.id == BrokerId(load.id); });
    TableRow row;
    row.key = QString::number(load.id);
    row.cells.resize(BrokerColumns_);
    row.cells[NameColumn].text = brokerNameOf(facts.names, load.id);
    row.cells[IdColumn] = number(load.id);
    row.cells[IdColumn].text = QString::number(load.id);
    addState(row.cells[StateColumn], facts, load.id, load.isUp);
    row.cells[RoleColumn].text = !isVoter(facts.quorum, load.id) ? tr("broker")
        : facts.quorum->leader == BrokerId(load.id)              ? tr("broker, quorum leader")
                                                                 : tr("broker, voter");
    if (broker != described.end()) {
        row.cells[AddressColumn].text = QString::fromStdString(toString(broker->address));
        row.cells[RackColumn].text = QString::fromStdString(broker->rack);
    }
    TableCell& leads = row.cells[LeadersColumn];
    leads = number(load.leaders);
    leads.bar = most == 0 ? 0 : double(load.leaders) / most;
    leads.mark = most == 0 ? -1 : double(load.preferred) / most;
    leads.tip = load.leaders == load.preferred
        ? tr("It leads what it is the preferred leader of.")
        : tr("It leads %1 partitions and is the preferred leader of %2.")
              .arg(formatNumber(load.leaders), formatNumber(load.preferred));
    row.cells[ReplicasColumn] = number(load.replicas);
    row.cells[OutOfSyncColumn] = number(load.outOfSync);
    if (load.outOfSync > 0)
        row.cells[OutOfSyncColumn].dot = Tone::Warning;
    row.cells[SizeColumn] = bytesCell(facts.disks.bytesOf(load.id));
    return row;
}

TableRow BrokerRows::controllerRow(const BrokerFacts& facts, const QuorumReplica& voter)
{
    const int id = voter.id.value();
    TableRow row;
    row.key = QString::number(id);
    row.cells.resize(BrokerColumns_);
    row.cells[NameColumn].text = brokerNameOf(facts.names, id);
    row.cells[IdColumn] = number(id);
    row.cells[IdColumn].text = QString::number(id);
    const bool isLeader = facts.quorum->leader == voter.id;
    row.cells[RoleColumn].text
        = isLeader ? tr("controller, quorum leader") : tr("controller, voter");
    if (const client::NodeStatus* node = nodeOf(facts.nodes, id)) {
        addState(row.cells[StateColumn], facts, id, true);
        if (!node->listeners.empty())
            row.cells[AddressColumn].text = QString::fromStdString(node->listeners.front().second);
    } else {
        // The leader hears of the other voters by their fetches.
        const qint64 silentMs = QDateTime::currentMSecsSinceEpoch() - voter.lastFetchMs;
        const bool isHeard = isLeader || silentMs < kSilentMs;
        row.cells[StateColumn].text = isHeard ? tr("up") : tr("silent");
        row.cells[StateColumn].dot = isHeard ? Tone::Good : Tone::Warning;
        if (!isHeard)
            row.cells[StateColumn].tip = tr("The quorum's leader hasn't heard of it for a while.");
    }
    const auto address = facts.quorum->addresses.find(voter.id);
    if (address != facts.quorum->addresses.end())
        row.cells[AddressColumn].text = QString::fromStdString(toString(address->second));
    for (const int column : {LeadersColumn, ReplicasColumn, OutOfSyncColumn, SizeColumn})
        row.cells[static_cast<std::size_t>(column)].sort = -1;
    return row;
}

std::vector<TableRow> BrokerRows::brokers(const BrokerFacts& facts)
{
    int most = 0;
    for (const Metadata::BrokerLoad& load : facts.metadata.loads())
        most = std::max({most, load.leaders, load.preferred});
    std::vector<TableRow> rows;
    for (const Metadata::BrokerLoad& load : facts.metadata.loads())
        rows.push_back(brokerRow(facts, load, most));
    if (!facts.quorum)
        return rows;
    for (const QuorumReplica& voter : facts.quorum->voters) {
        const auto& brokers = facts.metadata.brokers();
        if (!std::binary_search(brokers.begin(), brokers.end(), voter.id.value()))
            rows.push_back(controllerRow(facts, voter));
    }
    return rows;
}

std::vector<TableRow> BrokerRows::quorum(const QuorumDescription& quorum, const BrokerNames& names)
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    const auto ago = [now](std::int64_t whenMs) {
        TableCell cell;
        cell.sort = static_cast<double>(whenMs);
        if (whenMs > 0)
            cell.text
                = tr("%1 ago").arg(formatDuration(std::max<qint64>(now - whenMs, 0) * 1'000'000));
        return cell;
    };
    std::vector<TableRow> rows;
    const auto add = [&](const QuorumReplica& replica, bool votes) {
        const bool isLeader = replica.id == quorum.leader;
        const qint64 lag = lagOf(quorum, replica);
        TableRow& row = rows.emplace_back();
        row.key = QString::number(replica.id.value());
        row.cells = {words(brokerNameOf(names, replica.id.value())),
            words(isLeader  ? tr("leader")
                    : votes ? tr("voter")
                            : tr("observer")),
            replica.logEnd < 0 ? TableCell() : number(replica.logEnd),
            lag < 0 ? TableCell() : number(lag), isLeader ? TableCell() : ago(replica.lastFetchMs),
            isLeader ? TableCell() : ago(replica.lastCaughtUpMs)};
        row.cells[QuorumRoleColumn].dot = isLeader ? Tone::Accent
            : votes                                ? Tone::Good
                                                   : Tone::Offline;
        if (votes && !isLeader && replica.logEnd < 0) {
            row.cells[QuorumRoleColumn].dot = Tone::Bad;
            row.cells[QuorumRoleColumn].tip = tr("The leader has heard nothing of it.");
        }
    };
    for (const QuorumReplica& voter : quorum.voters)
        add(voter, true);
    for (const QuorumReplica& observer : quorum.observers)
        add(observer, false);
    return rows;
}

QString BrokerRows::quorumSentence(const QuorumDescription& quorum, const BrokerNames& names)
{
    const int voters = static_cast<int>(quorum.voters.size());
    const QString leader = brokerNameOf(names, quorum.leader.value());
    const QString decided
        = tr("Metadata up to offset %1 are decided.").arg(formatNumber(quorum.highWatermark));
    if (voters == 1)
        return tr("%1 decides alone (epoch %2). %3")
            .arg(leader, QString::number(quorum.leaderEpoch), decided);
    return tr("%1 leads the quorum in epoch %2; a record counts once %3 of %4 voters have it. %5")
        .arg(leader, QString::number(quorum.leaderEpoch), QString::number(voters / 2 + 1),
            QString::number(voters), decided);
}

std::vector<TableRow> BrokerRows::directories(
    const DiskReport& disks, const BrokerNames& names, int only)
{
    std::vector<TableRow> rows;
    for (const DiskReport::Directory& directory : disks.directories()) {
        if (only >= 0 && directory.broker != only)
            continue;
        TableRow& row = rows.emplace_back();
        row.key = u"%1 %2"_s.arg(directory.broker).arg(directory.path);
        row.cells = {words(brokerNameOf(names, directory.broker)), words(directory.path),
            number(directory.replicas), bytesCell(directory.bytes), TableCell()};
        if (!directory.problem.isEmpty()) {
            row.cells[OwnerColumn].dot = Tone::Bad;
            row.cells[OwnerColumn].tip = directory.problem;
            row.cells[PathColumn].tip = directory.problem;
            if (directory.path.isEmpty()) {
                row.cells[PathColumn].text = directory.problem;
                row.cells[PathColumn].isFaint = true;
                row.cells[HeldColumn] = row.cells[TakenColumn] = TableCell();
            }
        }
        TableCell& disk = row.cells[FreeColumn];
        if (directory.totalBytes > 0 && directory.usableBytes >= 0) {
            disk.text = tr("%1 free").arg(formatBytes(directory.usableBytes));
            disk.bar = 1 - double(directory.usableBytes) / double(directory.totalBytes);
            disk.sort = disk.bar;
            disk.tip
                = tr("%1 of %2 are free.")
                      .arg(formatBytes(directory.usableBytes), formatBytes(directory.totalBytes));
        }
    }
    return rows;
}

std::vector<TableRow> BrokerRows::largest(
    const DiskReport& disks, const BrokerNames& names, int only)
{
    std::vector<TableRow> rows;
    const qint64 most
        = disks.largest().empty() ? 1 : std::max<qint64>(disks.largest().front().bytes, 1);
    for (const DiskReport::Replica& replica : disks.largest()) {
        if (only >= 0 && replica.broker != only)
            continue;
        TableRow& row = rows.emplace_back();
        row.key = u"%1 %2 %3"_s.arg(replica.topic).arg(replica.partition).arg(replica.broker);
        row.topic = replica.topic;
        row.cells = {words(u"%1 %2"_s.arg(replica.topic).arg(replica.partition)),
            words(brokerNameOf(names, replica.broker)), bytesCell(replica.bytes),
            number(replica.lag)};
        row.cells[BytesColumn].bar = double(replica.bytes) / double(most);
        if (replica.lag > 0)
            row.cells[BehindColumn].dot = Tone::Warning;
    }
    return rows;
}

std::vector<TableRow> BrokerRows::moves(const BrokerPoller::Reassignments& moving,
    const Metadata& metadata, const DiskReport& disks, const BrokerNames& names)
{
    std::vector<TableRow> rows;
    for (const auto& [at, reassignment] : moving) {
        const QString topic = QString::fromStdString(at.topic);
        qint64 whole = 0;
        qint64 copied = 0;
        const client::TopicDescription* described = metadata.topic(topic);
        for (const client::ReplicaSize& replica : disks.sizes().of(topic)) {
            if (replica.partition != at.partition)
                continue;
            whole = std::max<qint64>(whole, replica.bytes);
            if (isAmong(reassignment.adding, replica.broker))
                copied += replica.bytes;
        }
        whole *= static_cast<qint64>(reassignment.adding.size());
        TableRow& row = rows.emplace_back();
        row.key = u"%1 %2"_s.arg(topic).arg(at.partition);
        row.topic = described ? topic : QString();
        row.cells = {words(row.key), words(brokerListOf(names, reassignment.adding)),
            words(brokerListOf(names, reassignment.removing)), TableCell()};
        TableCell& progress = row.cells[CopiedColumn];
        progress.text = tr("%1 of %2").arg(formatBytes(copied), formatBytes(whole));
        progress.bar = whole == 0 ? 0 : std::min(1.0, double(copied) / double(whole));
        progress.sort = progress.bar;
    }
    return rows;
}

} // namespace moldau::widgets
