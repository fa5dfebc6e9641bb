#include "faults/nodefaults.h"

#include "faults/nodenames.h"
#include "protocol/fieldvisitor.h"
#include "protocol/messageinfo.h"
#include "protocol/reader.h"

namespace moldau::faults {

namespace {

/** Looks whether a request names a topic, by name or by id. */
class TopicFinder final : public protocol::FieldVisitor {
public:
    TopicFinder(const std::string& topic, const std::function<std::string(const Uuid&)>& nameOf)
        : m_topic(topic)
        , m_nameOf(nameOf)
    {
    }
    bool isFound() const { return m_isFound; }

    void onBool(const protocol::FieldInfo&, bool) override { }
    void onInteger(const protocol::FieldInfo&, std::int64_t) override { }
    void onFloat(const protocol::FieldInfo&, double) override { }
    void onString(const protocol::FieldInfo& field, std::string_view value) override
    {
        m_isFound = m_isFound || (field.entity == "topicName" && value == m_topic);
    }
    void onUuid(const protocol::FieldInfo& field, const Uuid& value) override
    {
        m_isFound
            = m_isFound || (field.name == "topicId" && m_nameOf && m_nameOf(value) == m_topic);
    }
    void onBytes(const protocol::FieldInfo&, BytesView) override { }
    void onRecords(const protocol::FieldInfo&, const protocol::RecordsView&) override { }
    void onNull(const protocol::FieldInfo&) override { }
    void beginStruct(const protocol::FieldInfo&) override { }
    void endStruct(const protocol::FieldInfo&) override { }
    void beginArray(const protocol::FieldInfo&, std::size_t) override { }
    void endArray(const protocol::FieldInfo&) override { }
    void onUnknownTag(const protocol::TaggedField&) override { }

private:
    const std::string& m_topic;
    const std::function<std::string(const Uuid&)>& m_nameOf;
    bool m_isFound = false;
};

bool namesTopic(const RequestFacts& request, const std::string& topic)
{
    const protocol::MessageInfo* const info
        = protocol::findRequest(static_cast<std::int16_t>(request.api));
    if (info == nullptr || request.version < info->minVersion || request.version > info->maxVersion)
        return false;
    const auto message = info->create();
    protocol::Reader reader(request.body);
    message->read(reader, request.version);
    if (!reader.ok())
        return false;
    TopicFinder finder(topic, request.topicName);
    message->visit(finder, request.version);
    return finder.isFound();
}

} // namespace

NodeFaults::NodeFaults(FaultBoard& board, EventLoop& loop, EventSink& events, BrokerId self)
    : m_board(board)
    , m_loop(loop)
    , m_events(events)
    , m_self(self)
{
}

void NodeFaults::read(std::uint64_t version)
{
    m_version = version;
    m_requestRules.clear();
    m_linkRules.clear();
    for (FaultStatus& status : m_board.list()) {
        const FaultRule& rule = status.rule;
        if (rule.link) {
            if (rule.link->one == m_self || rule.link->other == m_self)
                m_linkRules.push_back({status.id, std::move(status.rule)});
        } else if (rule.action != FaultAction::DiskFull
            && (rule.broker == kNoBroker || rule.broker == m_self)) {
            m_requestRules.push_back({status.id, std::move(status.rule)});
        }
    }
}

bool NodeFaults::fits(const FaultRule& rule, const RequestFacts& request)
{
    // An error in place of the versions would keep clients from understanding any other answer.
    const bool isHandshake = request.api == protocol::ApiKey::ApiVersions;
    if (rule.api ? *rule.api != request.api : isHandshake && rule.action == FaultAction::Error)
        return false;
    if (rule.client.empty() ? nodeOfClient(request.clientId) != kNoBroker
                            : !fitsGlob(rule.client, request.clientId))
        return false;
    return rule.topic.empty() || namesTopic(request, rule.topic);
}

RequestFault NodeFaults::onRequest(const RequestFacts& request)
{
    refresh();
    RequestFault fault;
    for (const Rule& rule : m_requestRules) {
        const bool isDelay = rule.rule.action == FaultAction::Delay;
        if ((fault.action && !isDelay) || !fits(rule.rule, request) || !m_board.strikes(rule.id))
            continue;
        publish(rule, &request, kNoBroker);
        if (isDelay) {
            fault.delay += rule.rule.delay;
        } else {
            fault.action = rule.rule.action;
            fault.error = rule.rule.error;
        }
    }
    return fault;
}

LinkFault NodeFaults::onLink(const Endpoint& to)
{
    refresh();
    LinkFault fault;
    if (m_linkRules.empty())
        return fault;
    const BrokerId peer = m_board.nodeAt(to);
    for (const Rule& rule : m_linkRules) {
        const bool isDelay = rule.rule.action == FaultAction::Delay;
        if ((fault.action && !isDelay) || !rule.rule.link->isBetween(m_self, peer)
            || !m_board.strikes(rule.id))
            continue;
        publish(rule, nullptr, peer);
        if (isDelay)
            fault.delay += rule.rule.delay;
        else
            fault.action = rule.rule.action;
    }
    return fault;
}

bool NodeFaults::isCut(const Endpoint& to)
{
    refresh();
    if (m_linkRules.empty())
        return false;
    const BrokerId peer = m_board.nodeAt(to);
    for (const Rule& rule : m_linkRules) {
        if (rule.rule.action == FaultAction::Cut && rule.rule.link->isBetween(m_self, peer))
            return true;
    }
    return false;
}

void NodeFaults::publish(const Rule& rule, const RequestFacts* request, BrokerId peer)
{
    if (!m_events.isWanted())
        return;
    Event event;
    event.timeNs = m_loop.wallClockMs() * 1'000'000;
    event.kind = EventKind::FaultStruck;
    event.node = m_self;
    event.peer = peer;
    event.count = rule.id;
    event.detail = m_events.intern(toText(rule.rule));
    if (request != nullptr) {
        event.connection = request->connection;
        event.correlation = request->correlation;
        event.api = static_cast<std::int16_t>(request->api);
        event.name = m_events.intern(request->clientId);
    }
    m_events.publish(event);
}

} // namespace moldau::faults
