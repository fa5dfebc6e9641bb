#include "topology/flowboard.h"

#include <algorithm>
#include <cmath>

namespace moldau::widgets {

namespace {

constexpr std::size_t kMaxLandings = 512;

double edgeShiftOf(FlowKind kind, double scale)
{
    switch (kind) {
    case FlowKind::Produce:
        return -4 * scale;
    case FlowKind::Replicate:
        return 0;
    case FlowKind::Deliver:
        return 4 * scale;
    }
    return 0;
}

void routeFlow(Flow& flow, const TopologyLayout& layout)
{
    const FlowRouter router(layout);
    const int track
        = static_cast<int>((qHash(flow.topic) + static_cast<std::size_t>(flow.partition) * 3
                               + static_cast<std::size_t>(flow.kind))
            % 5);
    flow.path = FlowRouter::rounded(
        router.corners(flow.from, flow.to, track, edgeShiftOf(flow.kind, layout.scale)),
        9 * layout.scale);
    flow.points.clear();
    flow.lengths.clear();
    const QList<QPolygonF> polygons = flow.path.toSubpathPolygons();
    if (!polygons.isEmpty())
        flow.points = polygons.front();
    double length = 0;
    for (qsizetype i = 0; i < flow.points.size(); ++i) {
        if (i > 0)
            length += QLineF(flow.points[i - 1], flow.points[i]).length();
        flow.lengths.push_back(length);
    }
    flow.isRouted = true;
}

} // namespace

QPointF Flow::at(double share) const
{
    if (points.isEmpty())
        return {};
    const double wanted = std::clamp(share, 0.0, 1.0) * lengths.back();
    const auto it = std::lower_bound(lengths.begin(), lengths.end(), wanted);
    const auto next = static_cast<qsizetype>(it - lengths.begin());
    if (next == 0)
        return points.front();
    const double before = lengths[static_cast<std::size_t>(next - 1)];
    const double segment = *it - before;
    const double part = segment > 0 ? (wanted - before) / segment : 0;
    return points[next - 1] + (points[next] - points[next - 1]) * part;
}

void FlowBoard::setPanePorts(double producerY, double consumerY)
{
    if (producerY == m_producerY && consumerY == m_consumerY)
        return;
    m_producerY = producerY;
    m_consumerY = consumerY;
    for (Flow& flow : m_flows) {
        if (flow.from.kind == FlowEnd::Kind::LeftEdge)
            flow.from.y = producerY;
        if (flow.to.kind == FlowEnd::Kind::RightEdge)
            flow.to.y = consumerY;
        flow.isRouted = false;
    }
    if (m_layout)
        route(*m_layout);
}

void FlowBoard::take(
    const Event& event, const TopologyModel& model, const TopologyModel::Names& names)
{
    switch (event.kind) {
    case EventKind::BatchAppended:
    case EventKind::ProduceRejected: {
        const QString topic = names(event.topic);
        const QString client = names(event.name);
        const bool isFailed = event.kind == EventKind::ProduceRejected;
        const FlowEnd from = client.isEmpty() || model.isOwnClient(client)
            ? FlowEnd::leftEdge(m_producerY)
            : FlowEnd::client(client);
        const std::size_t flow = flowFor(FlowKind::Produce, from,
            FlowEnd::tile(topic, event.partition, event.node.value()), topic, event.partition);
        const auto attempt = std::tuple(client, topic, event.partition);
        const auto failures = m_failures.find(attempt);
        const int retry = failures == m_failures.end() ? 0 : failures->second;
        if (isFailed && m_failures.size() < kMaxLandings)
            m_failures[attempt] = retry + 1;
        else if (!isFailed && failures != m_failures.end())
            m_failures.erase(failures);
        const double landed = launch(flow, m_nowMs, event, isFailed, retry);
        if (!isFailed)
            landingOf(topic, event.partition, event.offset).leaderMs = landed;
        break;
    }
    case EventKind::BatchReplicated: {
        const QString topic = names(event.topic);
        int leader = event.peer.value();
        if (leader < 0) {
            const ShownPartition* partition = model.partition(topic, event.partition);
            leader = partition ? partition->leader : -1;
        }
        const std::size_t flow
            = flowFor(FlowKind::Replicate, FlowEnd::tile(topic, event.partition, leader),
                FlowEnd::tile(topic, event.partition, event.node.value()), topic, event.partition);
        Landing& landing = landingOf(topic, event.partition, event.offset);
        const double landed = launch(flow, std::max(m_nowMs, landing.leaderMs), event, false, 0);
        landing.copiesMs = std::max(landing.copiesMs, landed);
        break;
    }
    case EventKind::BatchDelivered: {
        const QString topic = names(event.topic);
        const QString client = names(event.name);
        FlowEnd to = FlowEnd::client(client);
        if (model.isOwnClient(client)) {
            const bool isPane = std::any_of(m_consumerPaneIds.begin(), m_consumerPaneIds.end(),
                [&client](const QString& id) { return client.startsWith(id); });
            if (!isPane)
                return;
            to = FlowEnd::rightEdge(m_consumerY);
        }
        const std::size_t flow = flowFor(FlowKind::Deliver,
            FlowEnd::tile(topic, event.partition, event.node.value()), to, topic, event.partition);
        double start = m_nowMs;
        if (const Landing* landing = knownLanding(topic, event.partition, event.offset))
            start = std::max({start, landing->leaderMs, landing->copiesMs});
        launch(flow, start, event, false, 0);
        break;
    }
    default:
        break;
    }
}

bool FlowBoard::advance(double nowMs)
{
    m_nowMs = nowMs;
    std::erase_if(m_dots, [nowMs](const Dot& dot) {
        return nowMs >= dot.startMs + dot.durationMs + (dot.isFailed ? kFallMs : 0);
    });
    bool isFaded = false;
    for (std::size_t i = m_flows.size(); i-- > 0;) {
        if (nowMs - m_flows[i].lastUsedMs < kFadeMs)
            continue;
        // Dots name flows by place: the last one takes the freed place.
        const std::size_t last = m_flows.size() - 1;
        if (std::any_of(
                m_dots.begin(), m_dots.end(), [i](const Dot& dot) { return dot.flow == i; }))
            continue;
        for (Dot& dot : m_dots) {
            if (dot.flow == last)
                dot.flow = i;
        }
        if (i != last)
            m_flows[i] = std::move(m_flows[last]);
        m_flows.pop_back();
        isFaded = true;
    }
    m_flowsRevision += isFaded ? 1 : 0;
    return isFaded || !m_flows.empty() || !m_dots.empty();
}

void FlowBoard::clear()
{
    m_flows.clear();
    ++m_flowsRevision;
    m_dots.clear();
    m_landings.clear();
    m_landingOrder.clear();
    m_failures.clear();
}

void FlowBoard::route(const TopologyLayout& layout)
{
    m_layout = &layout;
    ++m_flowsRevision;
    for (Flow& flow : m_flows)
        routeFlow(flow, layout);
}

qint64 FlowBoard::inFlight(const QString& topic, int partition, int broker) const
{
    qint64 records = 0;
    for (const Dot& dot : m_dots) {
        const Flow& flow = m_flows[dot.flow];
        if (flow.kind == FlowKind::Deliver || dot.isFailed || flow.partition != partition
            || flow.to.broker != broker || flow.topic != topic)
            continue;
        if (m_nowMs < dot.startMs + dot.durationMs)
            records += dot.records;
    }
    return records;
}

std::size_t FlowBoard::flowFor(
    FlowKind kind, const FlowEnd& from, const FlowEnd& to, const QString& topic, int partition)
{
    for (std::size_t i = 0; i < m_flows.size(); ++i) {
        const Flow& flow = m_flows[i];
        if (flow.kind == kind && flow.from == from && flow.to == to)
            return i;
    }
    ++m_flowsRevision;
    if (m_flows.size() >= kMaxFlows) {
        const auto idle = std::min_element(m_flows.begin(), m_flows.end(),
            [](const Flow& a, const Flow& b) { return a.lastUsedMs < b.lastUsedMs; });
        const auto place = static_cast<std::size_t>(idle - m_flows.begin());
        std::erase_if(m_dots, [place](const Dot& dot) { return dot.flow == place; });
        *idle = Flow{};
        idle->kind = kind;
        idle->from = from;
        idle->to = to;
        idle->topic = topic;
        idle->partition = partition;
        if (m_layout)
            routeFlow(*idle, *m_layout);
        return place;
    }
    Flow flow;
    flow.kind = kind;
    flow.from = from;
    flow.to = to;
    flow.topic = topic;
    flow.partition = partition;
    if (m_layout)
        routeFlow(flow, *m_layout);
    m_flows.push_back(std::move(flow));
    return m_flows.size() - 1;
}

double FlowBoard::launch(
    std::size_t flow, double startMs, const Event& event, bool isFailed, int retry)
{
    m_flows[flow].lastUsedMs = std::max(m_flows[flow].lastUsedMs, startMs + kTravelMs);
    if (m_flows[flow].points.size() < 2)
        return startMs; // an end isn't shown
    for (Dot& dot : m_dots) {
        const bool isClose = dot.flow == flow && !isFailed && !dot.isFailed && retry == 0
            && dot.retry == 0 && std::abs(startMs - dot.startMs) < kMergeMs
            && m_nowMs < dot.startMs + kMergeMs;
        if (isClose) {
            dot.records += event.count;
            dot.bytes += event.bytes;
            if (dot.key != event.key)
                dot.key = 0;
            return dot.startMs + dot.durationMs;
        }
    }
    if (m_dots.size() >= kMaxDots)
        return startMs;
    Dot dot;
    dot.flow = flow;
    dot.startMs = startMs;
    dot.durationMs = kTravelMs;
    dot.records = event.count;
    dot.bytes = event.bytes;
    dot.key = event.key;
    dot.isFailed = isFailed;
    dot.retry = retry;
    m_dots.push_back(dot);
    return dot.startMs + dot.durationMs;
}

FlowBoard::Landing& FlowBoard::landingOf(const QString& topic, int partition, qint64 offset)
{
    BatchKey key{topic, partition, offset};
    const auto it = m_landings.find(key);
    if (it != m_landings.end())
        return it->second;
    if (m_landingOrder.size() >= kMaxLandings) {
        m_landings.erase(m_landingOrder.front());
        m_landingOrder.pop_front();
    }
    m_landingOrder.push_back(key);
    return m_landings[key];
}

const FlowBoard::Landing* FlowBoard::knownLanding(
    const QString& topic, int partition, qint64 offset) const
{
    const auto it = m_landings.find(BatchKey{topic, partition, offset});
    return it == m_landings.end() ? nullptr : &it->second;
}

} // namespace moldau::widgets
