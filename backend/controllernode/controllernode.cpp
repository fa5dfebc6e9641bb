#include "controllernode/controllernode.h"

#include "base/random.h"
#include "controller/metadatareplay.h"
#include "controller/metadatasnapshot.h"
#include "controllernode/controllerhandlers.h"
#include "protocol/recordbatch.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace moldau::controllernode {

namespace {

constexpr std::string_view kComponent = "org.apache.kafka.controller.QuorumController";
constexpr std::string_view kSnapshots = "org.apache.kafka.image.publisher.SnapshotGenerator";
constexpr std::string_view kListener = "CONTROLLER";
constexpr Duration kElectionPatience = std::chrono::seconds(3);

} // namespace

ControllerNode::ControllerNode(network::World world, ControllerNodeSettings settings)
    : m_world(world)
    , m_settings(std::move(settings))
    , m_reporter(world.events, m_settings.options.node)
    , m_tickTimer(world.loop)
    , m_servingTimer(world.loop)
    , m_snapshotSchedule({number("metadata.log.max.record.bytes.between.snapshots"),
                             milliseconds("metadata.log.max.snapshot.interval.ms")},
          world.loop.now())
    , m_snapshotTimer(world.loop)
{
}

ControllerNode::~ControllerNode()
{
    m_state.reset(); // connections that close from here on mean nothing
}

void ControllerNode::start(Callback<void(Result<void>)> serving)
{
    m_serving = std::move(serving);
    if (const auto opened = open(); !opened)
        std::exchange(m_serving, nullptr)(opened);
}

Result<void> ControllerNode::open()
{
    storage::LogDirectory::Options options;
    options.path = m_settings.dataDirectory;
    options.clusterId = m_settings.options.clusterId;
    options.nodeId = m_settings.options.node;
    options.configOf = [this](const std::string&) { return raft::metadataLogConfig(segments()); };
    auto logs
        = storage::LogDirectory::open(m_world.loop, m_world.files, m_world.log, std::move(options));
    if (!logs)
        return tl::unexpected(logs.error());
    m_logs = std::move(*logs);
    auto log = raft::DiskLog::open(m_world.loop, *m_logs, segments(),
        {number("metadata.max.retention.bytes"), number("metadata.max.retention.ms")});
    if (!log)
        return tl::unexpected(log.error());
    if (auto listening = listen(); !listening)
        return listening;
    raft::VotingQuorum::Options quorum;
    quorum.consensus = quorumTimes();
    quorum.requestTimeout = milliseconds("controller.quorum.request.timeout.ms");
    quorum.self.id = m_settings.options.node;
    quorum.self.directory = m_logs->directoryId();
    quorum.self.addresses = {{std::string(kListener), m_endpoint}};
    quorum.voters = m_settings.voters.empty() ? std::vector{quorum.self} : voters();
    quorum.clusterId = m_settings.options.clusterId;
    quorum.statePath = (*log)->path() + "/" + raft::kQuorumStateFile;
    m_quorum = std::make_unique<raft::VotingQuorum>(m_world.loop, m_world.transport, m_world.files,
        m_world.log, std::move(*log), std::move(quorum));
    if (m_settings.voters.size() > 1)
        m_servingTimer.start(kElectionPatience, [this] { reportServing(); });
    return m_quorum->start(*this);
}

std::int64_t ControllerNode::number(std::string_view setting) const
{
    const configs::BrokerLayers layers{{}, {}, m_settings.options.properties};
    return layers.value(setting).toInt();
}

Duration ControllerNode::milliseconds(std::string_view setting) const
{
    return std::chrono::milliseconds(number(setting));
}

raft::MetadataSegments ControllerNode::segments() const
{
    const configs::BrokerLayers layers{{}, {}, m_settings.options.properties};
    const auto forTests = layers.value("internal.metadata.log.segment.bytes");
    const std::int64_t bytes
        = forTests.isNull() ? number("metadata.log.segment.bytes") : forTests.toInt();
    return {static_cast<std::int32_t>(bytes), number("metadata.log.segment.ms")};
}

raft::Consensus::Options ControllerNode::quorumTimes() const
{
    raft::Consensus::Options times;
    times.electionTimeout = milliseconds("controller.quorum.election.timeout.ms");
    times.electionBackoffMax = milliseconds("controller.quorum.election.backoff.max.ms");
    times.fetchTimeout = milliseconds("controller.quorum.fetch.timeout.ms");
    times.retryBackoff = milliseconds("controller.quorum.retry.backoff.ms");
    // Voters that draw the same times would stand against each other again and again.
    times.seed = m_settings.options.seed.value_or(randomBits())
        ^ (static_cast<std::uint64_t>(m_settings.options.node.value()) * 0x9e3779b97f4a7c15u);
    return times;
}

std::vector<raft::Voter> ControllerNode::voters() const
{
    std::vector<raft::Voter> voters;
    for (const configs::ControllerVoter& voter : m_settings.voters)
        voters.push_back({voter.id, {}, {{std::string(kListener), voter.address}}});
    return voters;
}

Result<void> ControllerNode::listen()
{
    m_server = std::make_unique<network::Server>(m_world.loop, m_world.transport, m_world.events,
        m_world.log, m_settings.options.node, *this,
        network::ServerOptions{.faults = m_world.faults});
    const auto endpoint = m_server->listen(std::string(kListener), m_settings.bind);
    if (!endpoint)
        return tl::unexpected(endpoint.error());
    m_endpoint = *endpoint;
    m_world.log.info(kComponent, "[QuorumController id={}] Listening at {}",
        m_settings.options.node.value(), toString(m_endpoint));
    if (m_onListening)
        m_onListening(m_endpoint);
    return {};
}

void ControllerNode::committed(const Slice& batches)
{
    protocol::BatchIterator iterator(batches.bytes);
    while (const auto batch = iterator.next())
        m_snapshotSchedule.noteRecords(batch->size(), batch->maxTimestamp());
    if (const auto replayed = controller::replayBatches(batches.bytes, m_image); !replayed)
        return fail(replayed.error());
    considerSnapshot();
}

void ControllerNode::snapshotLoaded(const raft::LoadedSnapshot& snapshot)
{
    auto image = controller::readImage(snapshot.batches.bytes, snapshot.head.id.offset);
    if (!image)
        return fail(image.error());
    m_image = std::move(*image);
    m_snapshotSchedule.begun(m_world.loop.now());
}

void ControllerNode::considerSnapshot()
{
    const Duration now = m_world.loop.now();
    auto reason = m_snapshotSchedule.whyDue(now);
    if (reason && !m_dueSnapshot) {
        m_snapshotSchedule.begun(now);
        m_dueSnapshot = DueSnapshot{std::make_shared<const controller::MetadataImage>(image()),
            m_snapshotSchedule.lastWrittenMs(), std::move(*reason)};
        writeSnapshot();
    }
    const Duration next = m_snapshotSchedule.dueAt();
    if (next != Duration::max() && !m_snapshotTimer.isRunning())
        m_snapshotTimer.start(
            std::max(next - now, Duration::zero()), [this] { considerSnapshot(); });
}

void ControllerNode::writeSnapshot()
{
    if (!m_dueSnapshot || m_dueSnapshot->image->offset() >= m_quorum->highWatermark())
        return;
    const DueSnapshot due = *std::exchange(m_dueSnapshot, std::nullopt);
    const std::int64_t endOffset = due.image->offset() + 1;
    const bool isBegun = m_quorum->writeSnapshot(
        endOffset, due.lastWrittenMs,
        [image = due.image](raft::SnapshotWriter& writer) {
            return controller::writeImage(
                *image, [&writer](Bytes value) { return writer.append(std::move(value)); });
        },
        [this, endOffset](const Result<void>& written) {
            if (!written)
                m_world.log.error(kSnapshots,
                    "[SnapshotGenerator id={}] Cannot write the snapshot up to offset {}: {}",
                    m_settings.options.node.value(), endOffset, written.error().message);
        });
    if (isBegun)
        m_world.log.info(kSnapshots,
            "[SnapshotGenerator id={}] Creating new KRaft snapshot file up to offset {} because "
            "{}.",
            m_settings.options.node.value(), endOffset, due.reason);
}

void ControllerNode::leaderChanged(const raft::LeaderAndEpoch& leader)
{
    const bool leads = leader.leader == m_settings.options.node;
    m_world.log.info(kComponent, "[QuorumController id={}] {} controller of epoch {}",
        m_settings.options.node.value(), leads ? "Becoming the active" : "Not the", leader.epoch);
    if (m_state)
        stopBeingActive();
    if (!leads) {
        m_unreachableVoters.clear();
        if (leader.leader != kNoBroker)
            reportServing();
        return;
    }
    if (m_world.events.isWanted()) {
        Event event;
        event.timeNs = m_world.loop.wallClockMs() * 1'000'000;
        event.kind = EventKind::ControllerElected;
        event.node = m_settings.options.node;
        event.peer = leader.leader;
        event.epoch = leader.epoch;
        m_world.events.publish(event);
    }
    becomeActive();
}

void ControllerNode::becomeActive()
{
    m_state = std::make_unique<controller::ControllerState>(
        m_settings.options, std::move(m_image), m_world.loop.now(), m_world.log);
    m_image = {};
    carryOut(m_state->bootstrapRecords(), "a new cluster", [this](const Result<void>& committed) {
        if (!committed)
            return; // another one leads by now
        scheduleTick();
        reportServing();
        for (const BrokerId voter : std::exchange(m_unreachableVoters, {}))
            voterUnreachable(voter);
    });
}

void ControllerNode::voterUnreachable(BrokerId voter)
{
    if (!m_state) {
        m_unreachableVoters.insert(voter);
        return;
    }
    // Only combined nodes have a broker and a voter of one id. A broker that beats here is alive.
    const controller::BrokerImage* const broker = image().broker(voter);
    const auto isIts = [&](const auto& entry) { return entry.second.broker == voter; };
    if (broker == nullptr || broker->isFenced || std::ranges::any_of(m_brokerConnections, isIts))
        return;
    m_world.log.info(kComponent, "[QuorumController id={}] The node of voter {} is gone",
        m_settings.options.node.value(), voter.value());
    auto effect = m_state->connectionLost(voter, broker->epoch);
    carryOut(std::move(effect.records), effect.reason, [](const Result<void>&) {});
}

void ControllerNode::stopBeingActive()
{
    m_tickTimer.cancel();
    m_brokerConnections.clear();
    m_unreachableVoters.clear();
    m_dueSnapshot.reset();
    m_state.reset();
    m_quorum->tellAgain(); // the state had more than what is committed
}

void ControllerNode::reportServing()
{
    m_servingTimer.cancel();
    if (m_serving)
        std::exchange(m_serving, nullptr)({});
}

void ControllerNode::stop(Callback<void()> stopped)
{
    m_state.reset();
    m_tickTimer.cancel();
    m_servingTimer.cancel();
    m_snapshotTimer.cancel();
    m_server.reset();
    m_quorum.reset();
    if (m_logs)
        if (const auto closed = m_logs->close(); !closed)
            m_world.log.error(
                kComponent, "Cannot close the log directory: {}", closed.error().message);
    m_world.log.info(
        kComponent, "[QuorumController id={}] closed", m_settings.options.node.value());
    stopped();
}

controller::RequestContext ControllerNode::contextOf(std::int16_t version) const
{
    return {m_world.loop.now(), m_quorum->endOffset(), version};
}

void ControllerNode::carryOut(
    controller::Records records, const std::string& reason, Callback<void(Result<void>)> done)
{
    if (records.empty())
        return done({});
    std::vector<Bytes> values;
    std::size_t bytes = 0;
    values.reserve(records.size());
    for (const controller::MetadataRecord& record : records) {
        auto value = controller::encodeMetadataRecord(record);
        if (!value)
            return done(moldau::fail(value.error()));
        bytes += value->size();
        values.push_back(std::move(*value));
    }
    auto delta = std::make_shared<controller::MetadataDelta>();
    const auto first = m_quorum->append(std::move(values),
        [this, delta, reason, done = std::move(done)](Result<void> committed) mutable {
            if (committed && m_state && m_world.events.isWanted())
                m_reporter.report(*delta, m_state->image(), reason, m_world.loop.wallClockMs());
            if (committed)
                writeSnapshot();
            done(std::move(committed));
        });
    if (!first)
        return; // the quorum has called back
    std::int64_t offset = *first;
    for (const controller::MetadataRecord& record : records)
        if (const auto applied = m_state->apply(record, offset++, delta.get()); !applied)
            return fail(applied.error()); // a bug: the state decided what it can't apply
    m_snapshotSchedule.noteRecords(bytes, m_world.loop.wallClockMs());
    considerSnapshot();
    scheduleTick();
}

void ControllerNode::tick()
{
    if (!m_state)
        return;
    auto effect = m_state->tick(contextOf(0));
    if (effect.records.empty())
        return scheduleTick();
    carryOut(std::move(effect.records), effect.reason, [](const Result<void>&) {});
    m_world.loop.post([this, alive = std::weak_ptr(m_isAlive)] {
        if (!alive.expired())
            tick();
    });
}

void ControllerNode::scheduleTick()
{
    if (!m_state)
        return;
    const Duration delay = std::max(m_state->nextTick() - m_world.loop.now(), Duration::zero());
    m_tickTimer.start(std::min<Duration>(delay, std::chrono::hours(1)), [this] { tick(); });
}

void ControllerNode::handle(network::Exchange exchange)
{
    if (!m_quorum)
        return exchange.close("this controller could not start");
    network::dispatch(controllerRoutes(), *this, std::move(exchange), &answerUnknownApiVersions);
}

void ControllerNode::noteBrokerConnection(
    const network::ConnectionInfo& connection, BrokerId broker, std::int64_t epoch)
{
    // A broker that connects again has left its old connection: its end means nothing any more.
    std::erase_if(m_brokerConnections, [&](const auto& entry) {
        return entry.second.broker == broker && entry.first != connection.id;
    });
    m_brokerConnections[connection.id] = {broker, epoch};
}

void ControllerNode::connectionClosed(const network::ConnectionInfo& connection)
{
    const auto found = m_brokerConnections.find(connection.id);
    if (found == m_brokerConnections.end())
        return;
    const BrokerConnection lost = found->second;
    m_brokerConnections.erase(found);
    if (!m_state)
        return;
    m_world.log.info(kComponent, "[QuorumController id={}] The connection of broker {} broke",
        m_settings.options.node.value(), lost.broker.value());
    auto effect = m_state->connectionLost(lost.broker, lost.epoch);
    carryOut(std::move(effect.records), effect.reason, [](const Result<void>&) {});
}

void ControllerNode::fail(const Error& error)
{
    m_world.log.error(
        kComponent, "[QuorumController id={}] {}", m_settings.options.node.value(), error.message);
    m_state.reset();
    if (m_serving)
        return std::exchange(m_serving, nullptr)(moldau::fail(error));
    if (m_onFailure)
        m_onFailure(error);
}

} // namespace moldau::controllernode
