#include "topology/narrator.h"

#include "base/errorcode.h"
#include "common/format.h"
#include "topology/faulttext.h"
#include "topology/topologytext.h"

#include <QRegularExpression>

#include <algorithm>
#include <bit>
#include <utility>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 kMessageWindowNs = 250'000'000;
constexpr qint64 kCopyWindowNs = 600'000'000;
constexpr qint64 kElectionWindowNs = 600'000'000;
constexpr qint64 kFaultWindowNs = 2'000'000'000;
constexpr qint64 kReplacedNs = 100'000'000;
constexpr qint64 kConnectWindowNs = 3'000'000'000;
constexpr std::size_t kMaxOpen = 256;
constexpr std::size_t kMaxRequests = 2048;
constexpr std::size_t kMaxAppends = 1024;
constexpr qsizetype kMaxThings = 12;

/** Member ids are a client's id, a dash and a uuid; people know the first. */
QString memberName(const QString& memberId)
{
    static const QRegularExpression uuid(
        u"-[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"_s);
    QString name = memberId;
    return name.remove(uuid);
}

/** The nodes that a fault is about, in order. */
std::pair<int, int> endsOf(const Event& event)
{
    return std::minmax(event.node.value(), event.peer.value());
}

QString partitionName(const QString& topic, int partition)
{
    return u"%1 %2"_s.arg(topic).arg(partition);
}

} // namespace

QString Narrator::list(const QStringList& things)
{
    if (things.size() < 2)
        return things.value(0);
    return tr("%1 and %2", "last two of a list")
        .arg(things.mid(0, things.size() - 1).join(tr(", ", "between things of a list")),
            things.last());
}

Narrator::Change Narrator::take(
    std::span<const Event> events, const TopologyModel& model, const TopologyModel::Names& names)
{
    const quint64 firstBefore = m_firstNumber;
    const quint64 endBefore = m_firstNumber + m_sentences.size();
    m_lowestChanged = endBefore;
    m_caption.clear();
    m_model = &model;
    for (const Event& event : events)
        tell(event, model, names);
    for (auto& [key, open] : m_open)
        retellNow(open);
    m_model = nullptr;
    // Whoever led when the next election comes.
    if (!model.isElecting() && model.controllerEpoch() >= 0)
        m_quorumLeader = model.controller();
    while (m_sentences.size() > kMaxSentences) {
        m_sentences.pop_front();
        ++m_firstNumber;
    }

    Change change;
    change.removedInFront
        = static_cast<std::size_t>(std::min(m_firstNumber, endBefore) - firstBefore);
    change.firstChanged
        = static_cast<std::size_t>(std::max(m_lowestChanged, m_firstNumber) - m_firstNumber);
    change.caption = m_caption;
    return change;
}

void Narrator::clear()
{
    m_firstNumber += m_sentences.size();
    m_sentences.clear();
    m_open.clear();
}

Sentence* Narrator::sentence(quint64 number)
{
    if (number < m_firstNumber || number >= m_firstNumber + m_sentences.size())
        return nullptr;
    return &m_sentences[static_cast<std::size_t>(number - m_firstNumber)];
}

void Narrator::put(const Event& event, EventTopic about, bool isTrouble, const QString& text)
{
    Sentence line;
    line.timeNs = event.timeNs;
    line.about = about;
    line.isTrouble = isTrouble;
    line.text = text;
    line.broker = event.node.value();
    line.partition = event.partition;
    m_sentences.push_back(std::move(line));
}

Narrator::Open& Narrator::open(
    const OpenKey& key, const Event& event, qint64 windowNs, EventTopic about, bool isTrouble)
{
    auto it = m_open.find(key);
    if (it != m_open.end()
        && (event.timeNs - it->second.lastNs > windowNs || !sentence(it->second.number))) {
        forget(it);
        it = m_open.end();
    }
    if (it == m_open.end()) {
        if (m_open.size() >= kMaxOpen) {
            const auto oldest = std::min_element(m_open.begin(), m_open.end(),
                [](const auto& a, const auto& b) { return a.second.lastNs < b.second.lastNs; });
            forget(oldest);
        }
        Open fresh;
        fresh.story = static_cast<Story>(std::get<0>(key));
        fresh.number = m_firstNumber + m_sentences.size();
        fresh.actor = std::get<1>(key);
        fresh.topic = std::get<2>(key);
        fresh.partition = event.partition;
        put(event, about, isTrouble, {});
        m_sentences.back().topic = fresh.topic;
        m_sentences.back().detail = requestOf(event);
        it = m_open.emplace(key, std::move(fresh)).first;
    }
    it->second.lastNs = event.timeNs;
    return it->second;
}

void Narrator::addPartition(Open& open, int partition) const
{
    const quint64 bit = quint64(1) << (static_cast<unsigned>(partition) % 64);
    open.partitionBits |= bit;
    open.partitions = std::popcount(open.partitionBits);
}

bool Narrator::addMoved(Open& open, const QString& topic, int partition)
{
    std::vector<int>& known = open.moved[topic];
    if (std::find(known.begin(), known.end(), partition) != known.end())
        return false;
    known.insert(std::upper_bound(known.begin(), known.end(), partition), partition);
    return true;
}

void Narrator::rememberRequest(const Event& event)
{
    const std::pair key(event.connection, event.correlation);
    if (m_requests.emplace(key, std::pair(event.api, event.apiVersion)).second)
        m_requestOrder.push_back(key);
    if (m_requestOrder.size() > kMaxRequests) {
        m_requests.erase(m_requestOrder.front());
        m_requestOrder.pop_front();
    }
}

QString Narrator::requestOf(const Event& event) const
{
    qint16 api = event.api;
    qint16 version = event.apiVersion;
    if (const auto it = m_requests.find({event.connection, event.correlation});
        api < 0 && event.connection != 0 && it != m_requests.end()) {
        api = it->second.first;
        version = it->second.second;
    }
    const QString name = api == 0 ? u"Produce"_s : api == 1 ? u"Fetch"_s : QString();
    return name.isEmpty() ? QString() : u"%1 v%2"_s.arg(name).arg(version);
}

void Narrator::tell(
    const Event& event, const TopologyModel& model, const TopologyModel::Names& names)
{
    const QString topic = names(event.topic);
    const auto brokerOf = [&model](BrokerId id) { return model.brokerName(id.value()); };
    // Internal topics' records are the cluster's own business; their leaders are not.
    const bool isInternal = topic.startsWith(u"__"_s);
    const int partitionPart = m_isMerging ? -1 : event.partition;

    switch (event.kind) {
    case EventKind::RequestReceived:
        rememberRequest(event);
        return;

    case EventKind::BatchAppended: {
        if (isInternal)
            return;
        const auto append = std::tuple(topic, event.partition, event.offset);
        if (m_appendedAt.emplace(append, event.timeNs).second)
            m_appendOrder.push_back(append);
        if (m_appendOrder.size() > kMaxAppends) {
            m_appendedAt.erase(m_appendOrder.front());
            m_appendOrder.pop_front();
        }
        const QString client = names(event.name);
        Open& sent = open({int(Story::Sent), client, topic, partitionPart}, event,
            m_isMerging ? kMessageWindowNs : -1, EventTopic::Messages, false);
        ++sent.batches;
        sent.records += event.count;
        sent.bytes += event.bytes;
        sent.hasKey = event.key != 0;
        sent.isOwn = client.isEmpty() || model.isOwnClient(client);
        sent.endOffset = event.offset + event.count;
        addPartition(sent, event.partition);
        if (sent.batches == 1) {
            sent.firstOffset = event.offset;
            sent.things = {brokerOf(event.node)};
        }
        retellSoon(sent);
        return;
    }

    case EventKind::ProduceRejected: {
        const QString client = names(event.name);
        Open& rejected = open({int(Story::Rejected), client, topic, event.partition}, event,
            kMessageWindowNs, EventTopic::Messages, true);
        ++rejected.batches;
        rejected.records += event.count;
        rejected.error = event.error;
        rejected.isOwn = client.isEmpty() || model.isOwnClient(client);
        rejected.things = {brokerOf(event.node)};
        retell(rejected, model);
        return;
    }

    case EventKind::BatchReplicated: {
        if (isInternal)
            return;
        Open& copied = open({int(Story::Copied), {}, topic, event.partition}, event,
            m_isMerging ? kCopyWindowNs : qint64(60'000'000'000), EventTopic::Replication, false);
        if (!m_isMerging && copied.watermark >= 0 && event.offset >= copied.watermark) {
            // In single steps the next record is a story of its own.
            forget(m_open.find({int(Story::Copied), {}, topic, event.partition}));
            tell(event, model, names);
            return;
        }
        const QString broker = brokerOf(event.node);
        if (!copied.things.contains(broker) && copied.things.size() < kMaxThings)
            copied.things.append(broker);
        copied.reason = event.peer != kNoBroker ? brokerOf(event.peer) : QString();
        copied.firstOffset = copied.firstOffset < 0
            ? event.offset
            : std::min<qint64>(copied.firstOffset, event.offset);
        copied.endOffset = std::max<qint64>(copied.endOffset, event.offset + event.count);
        retellSoon(copied);
        return;
    }

    case EventKind::HighWatermarkMoved:
    case EventKind::ProduceAcknowledged: {
        const auto it = m_open.find({int(Story::Copied), {}, topic, event.partition});
        if (it == m_open.end() || event.timeNs - it->second.lastNs > kCopyWindowNs)
            return;
        const ShownPartition* partition = model.partition(topic, event.partition);
        if (!partition || partition->leader != event.node.value())
            return;
        Open& copied = it->second;
        if (event.kind == EventKind::HighWatermarkMoved) {
            copied.watermark = std::max<qint64>(copied.watermark, event.offset);
        } else if (const auto appended = m_appendedAt.find({topic, event.partition, event.offset});
                   appended != m_appendedAt.end()) {
            copied.ackAfterNs = event.timeNs - appended->second;
        }
        retellSoon(copied);
        return;
    }

    case EventKind::BatchDelivered: {
        if (isInternal)
            return;
        const QString client = names(event.name);
        Open& read = open({int(Story::Read), client, topic, partitionPart}, event,
            m_isMerging ? kMessageWindowNs : -1, EventTopic::Messages, false);
        ++read.batches;
        read.records += event.count;
        read.isOwn = client.isEmpty() || model.isOwnClient(client);
        read.firstOffset = read.batches == 1 ? event.offset : read.firstOffset;
        read.endOffset = event.offset + event.count;
        read.things = {brokerOf(event.node)};
        addPartition(read, event.partition);
        retellSoon(read);
        return;
    }

    case EventKind::LeaderChanged: {
        const bool isLost = event.peer == kNoBroker;
        // A new partition's first leader is no election.
        if (event.epoch <= 0 && !isLost)
            return;
        const QString leader = isLost ? QString() : brokerOf(event.peer);
        Open& moved = open({int(isLost ? Story::LostLeader : Story::Leader), leader, {}, -1}, event,
            kElectionWindowNs, EventTopic::Elections, isLost);
        if (!addMoved(moved, topic, event.partition))
            return;
        moved.epoch = event.epoch;
        moved.reason = FaultText::reason(names(event.detail), model);
        retell(moved, model);
        if (const Sentence* line = sentence(moved.number); line && !isInternal)
            m_caption = line->text;
        return;
    }

    case EventKind::IsrShrunk:
    case EventKind::IsrExpanded: {
        const bool isOut = event.kind == EventKind::IsrShrunk;
        Open& moved
            = open({int(isOut ? Story::IsrOut : Story::IsrIn), brokerOf(event.peer), {}, -1}, event,
                kElectionWindowNs, EventTopic::Replication, isOut);
        if (!addMoved(moved, topic, event.partition))
            return;
        moved.reason = FaultText::reason(names(event.detail), model);
        retell(moved, model);
        return;
    }

    case EventKind::OffsetCommitted: {
        Open& commit = open({int(Story::Commit), names(event.name), topic, -1}, event,
            kMessageWindowNs, EventTopic::Groups, false);
        addPartition(commit, event.partition);
        commit.endOffset = event.offset;
        commit.partition = event.partition;
        retellSoon(commit);
        return;
    }

    case EventKind::LogTruncated:
        put(event, EventTopic::Replication, true,
            tr("%1 cut its log of %2 back to offset %3, where it agrees with the leader.")
                .arg(brokerOf(event.node), partitionName(topic, event.partition),
                    formatNumber(event.offset)));
        return;
    case EventKind::BrokerRegistered:
        put(event, EventTopic::Nodes, false,
            tr("%1 registered with the controller.").arg(brokerOf(event.peer)));
        return;
    case EventKind::BrokerUnfenced:
        put(event, EventTopic::Nodes, false,
            tr("%1 is up: the controller lets it serve.").arg(brokerOf(event.peer)));
        return;
    case EventKind::BrokerFenced: {
        const QString why = FaultText::reason(names(event.detail), model);
        put(event, EventTopic::Nodes, true,
            why.isEmpty()
                ? tr("The controller fenced %1: it may lead nothing.").arg(brokerOf(event.peer))
                : tr("The controller fenced %1: %2.").arg(brokerOf(event.peer), why));
        return;
    }
    case EventKind::BrokerShuttingDown:
        put(event, EventTopic::Nodes, false,
            tr("%1 wants to stop; its leaders move first.").arg(brokerOf(event.peer)));
        return;
    case EventKind::NodeStarted:
        m_trouble.erase(event.node.value());
        put(event, EventTopic::Nodes, false, tr("%1 started.").arg(brokerOf(event.node)));
        return;
    case EventKind::NodeStopped:
        m_trouble[event.node.value()] = tr("%1 stopped").arg(brokerOf(event.node));
        put(event, EventTopic::Nodes, true, tr("%1 stopped.").arg(brokerOf(event.node)));
        return;
    case EventKind::NodeKilled:
        m_trouble[event.node.value()] = tr("%1 was killed").arg(brokerOf(event.node));
        put(event, EventTopic::Nodes, true,
            tr("%1 was killed: nothing was flushed, its connections were cut.")
                .arg(brokerOf(event.node)));
        m_caption = m_sentences.back().text;
        return;
    case EventKind::LogDirectoryFailed:
        put(event, EventTopic::Nodes, true,
            tr("A log directory of %1 failed: %2.").arg(brokerOf(event.node), names(event.detail)));
        return;
    case EventKind::TopicCreated:
        if (isInternal)
            return;
        put(event, EventTopic::Nodes, false,
            tr("Topic %1 was created with %n partition(s).", nullptr, event.count).arg(topic));
        return;
    case EventKind::TopicDeleted:
        put(event, EventTopic::Nodes, false, tr("Topic %1 was deleted.").arg(topic));
        return;
    case EventKind::ConfigChanged:
        if (names(event.name).startsWith(u"__"_s))
            return;
        put(event, EventTopic::Nodes, false,
            tr("%1 of %2 was changed.").arg(names(event.detail), names(event.name)));
        return;
    case EventKind::ControllerElected:
        tellController(event, model);
        return;
    case EventKind::GroupStateChanged:
        put(event, EventTopic::Groups, false,
            tr("Group %1 is %2 (generation %3).")
                .arg(names(event.name), names(event.detail))
                .arg(event.epoch));
        return;
    case EventKind::MemberJoined:
        put(event, EventTopic::Groups, false,
            tr("%2 joined group %1.")
                .arg(names(event.name),
                    clientText(memberName(names(event.detail)),
                        model.isOwnClient(names(event.detail)), false)));
        return;
    case EventKind::MemberLeft:
        put(event, EventTopic::Groups, false,
            tr("%2 left group %1.")
                .arg(names(event.name),
                    clientText(memberName(names(event.detail)),
                        model.isOwnClient(names(event.detail)), false)));
        return;
    case EventKind::ConnectionIdentified: {
        const QString client = names(event.name);
        if (event.peer != kNoBroker || client.isEmpty() || model.isOwnClient(client))
            return;
        Open& connected = open({int(Story::Connected), client, {}, -1}, event, kConnectWindowNs,
            EventTopic::Connections, false);
        const QString broker = brokerOf(event.node);
        if (!connected.things.contains(broker) && connected.things.size() < kMaxThings)
            connected.things.append(broker);
        // A client says its library after it said its name.
        if (const QString library = names(event.detail); !library.isEmpty())
            connected.reason = TopologyText::libraryName(library);
        retell(connected, model);
        return;
    }
    case EventKind::ConnectionClosed: {
        const QString why = names(event.detail);
        if (event.error == 0 || why.isEmpty())
            return;
        const QString client = names(event.name);
        put(event, EventTopic::Connections, true,
            tr("%1 closed the connection of %2: %3.")
                .arg(brokerOf(event.node), client.isEmpty() ? tr("an unknown program") : client,
                    why));
        return;
    }
    case EventKind::NodePaused:
        m_trouble[event.node.value()] = tr("%1 was paused").arg(brokerOf(event.node));
        put(event, EventTopic::Nodes, true,
            tr("%1 was paused: it does nothing from here on, its connections stay open.")
                .arg(brokerOf(event.node)));
        m_caption = m_sentences.back().text;
        return;
    case EventKind::NodeUnpaused:
        m_trouble.erase(event.node.value());
        put(event, EventTopic::Nodes, false,
            tr("%1 goes on after its pause.").arg(brokerOf(event.node)));
        return;
    case EventKind::FaultAdded:
    case EventKind::FaultStruck:
        tellFault(event, model, names(event.detail));
        return;
    case EventKind::FaultRemoved:
        tellFaultsEnd(event, model, names(event.detail));
        return;
    case EventKind::ConnectionOpened:
    case EventKind::ResponseSent:
    case EventKind::Count_:
        return;
    }
}

void Narrator::tellFault(const Event& event, const TopologyModel& model, const QString& text)
{
    const OpenKey key{int(Story::Fault), QString::number(event.count), {}, -1};
    const bool isMade = event.kind == EventKind::FaultAdded;
    const auto rule = FaultText::ruleOf(text);
    if (isMade) {
        m_open.erase(key); // of another time, when the numbers began anew
        // A fault in another's place: that the link was whole in between is not worth a word.
        const auto healed = m_healed.find(endsOf(event));
        if (healed != m_healed.end() && event.timeNs - healed->second.first < kReplacedNs
            && healed->second.second + 1 == m_firstNumber + m_sentences.size()) {
            m_lowestChanged = std::min(m_lowestChanged, healed->second.second);
            m_sentences.pop_back();
        }
        m_healed.erase(endsOf(event));
    }
    // What strikes soon after it was made belongs to the same line.
    Open& fault = open(key, event, kFaultWindowNs, EventTopic::Nodes, true);
    if (isMade)
        fault.reason = rule ? FaultText::made(*rule, model)
                            : tr("Requests go wrong on purpose from here on: %1.").arg(text);
    else if (++fault.batches == 1 && fault.reason.isEmpty())
        fault.reason = rule ? FaultText::sentence(*rule, model) : text + u'.';
    retell(fault, model);
}

void Narrator::tellFaultsEnd(const Event& event, const TopologyModel& model, const QString& text)
{
    const auto rule = FaultText::ruleOf(text);
    m_open.erase({int(Story::Fault), QString::number(event.count), {}, -1});
    put(event, EventTopic::Nodes, false,
        rule ? FaultText::ended(*rule, model) : tr("Requests go right again: %1.").arg(text));
    m_healed[endsOf(event)] = {event.timeNs, m_firstNumber + m_sentences.size() - 1};
}

void Narrator::tellController(const Event& event, const TopologyModel& model)
{
    const QString leader = model.brokerName(event.peer.value());
    if (model.voters().size() < 2) {
        put(event, EventTopic::Elections, false,
            tr("%1 is the controller now (epoch %2).").arg(leader).arg(event.epoch));
        return;
    }
    // Voters elect when they no longer hear of their leader: what befell it is the reason.
    auto why = m_trouble.find(m_quorumLeader);
    // Who led before the window was there isn't known: then any voter that is gone will do.
    for (const ShownVoter& voter : model.voters()) {
        if (why == m_trouble.end() && !isServing(voter.state))
            why = m_trouble.find(voter.id);
    }
    put(event, EventTopic::Elections, false,
        why == m_trouble.end() ? tr("The voters made %1 the leader of the quorum (epoch %2).")
                                     .arg(leader, QString::number(event.epoch))
                               : tr("The voters made %1 the leader of the quorum (epoch %2): %3.")
                                     .arg(leader, QString::number(event.epoch), why->second));
    m_quorumLeader = event.peer.value();
    m_caption = m_sentences.back().text;
}

void Narrator::retellSoon(Open& open)
{
    open.isStale = true;
    m_lowestChanged = std::min(m_lowestChanged, open.number);
}

void Narrator::retellNow(Open& open)
{
    if (std::exchange(open.isStale, false))
        retell(open, *m_model);
}

void Narrator::forget(std::map<OpenKey, Open>::iterator open)
{
    retellNow(open->second);
    m_open.erase(open);
}

void Narrator::retell(const Open& open, const TopologyModel& model)
{
    if (Sentence* line = sentence(open.number)) {
        line->text = text(open, model);
        m_lowestChanged = std::min(m_lowestChanged, open.number);
    }
}

} // namespace moldau::widgets
