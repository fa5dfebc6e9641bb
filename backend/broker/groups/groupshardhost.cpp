#include "broker/groups/groupshardhost.h"

#include "protocol/batchbuilder.h"
#include "protocol/controlrecord.h"
#include "protocol/recordbatch.h"

#include <algorithm>
#include <utility>

namespace moldau::broker {

namespace {

using coordinator::Moment;

constexpr std::string_view kGroupShard
    = "org.apache.kafka.coordinator.common.runtime.CoordinatorRuntime";
/** Read at a time while loading, so that other partitions are served meanwhile. */
constexpr std::size_t kLoadBytes = 1 << 20;

} // namespace

GroupShardHost::GroupShardHost(network::World world, BrokerId self,
    const coordinator::GroupCoordinatorConfig& config, Partition* partition)
    : m_world(world)
    , m_self(self)
    , m_shard(config, world.log)
    , m_partition(partition)
    , m_timer(world.loop)
{
    if (m_partition == nullptr) {
        m_shard.resign(now());
        return;
    }
    m_loadOffset = m_partition->log().logStartOffset();
    // Nobody but this coordinator appends to the partition, so that the end stays where it is.
    m_loadEnd = m_partition->log().logEndOffset();
    m_loadBegan = m_world.loop.now();
    m_world.log.info(kGroupShard, "Loading of metadata from {} with epoch {} begins.",
        m_partition->name().toString(), m_partition->leaderEpoch());
    loadMore();
}

void GroupShardHost::loadMore()
{
    while (m_loadOffset < m_loadEnd) {
        const auto read
            = m_partition->log().read(m_loadOffset, kLoadBytes, storage::ReadLimit::LogEnd);
        if (!read || read->nextOffset <= m_loadOffset) {
            // The directory fails, and the broker with it; until then clients try again.
            m_world.log.error(kGroupShard, "Failed to load metadata from {} at offset {}: {}",
                m_partition->name().toString(), m_loadOffset,
                read ? "nothing to read" : read.error().message);
            return;
        }
        if (const auto replayed = replay(read->records.bytes); !replayed)
            m_world.log.error(kGroupShard, "Skipped unreadable records of {} before offset {}: {}",
                m_partition->name().toString(), read->nextOffset, replayed.error().message);
        m_loadOffset = read->nextOffset;
        if (m_loadOffset < m_loadEnd) {
            m_world.loop.post([this, alive = std::weak_ptr(m_isAlive)] {
                if (!alive.expired() && m_partition != nullptr)
                    loadMore();
            });
            return;
        }
    }
    // What followers lack might be lost with this broker: nobody is to see it before they have it.
    m_partition->whenReplicated(
        m_loadEnd, [this, alive = std::weak_ptr(m_isAlive)](ErrorCode outcome) {
            const bool isReplicated
                = outcome == ErrorCode::None || outcome == ErrorCode::NotEnoughReplicasAfterAppend;
            if (!alive.expired() && m_partition != nullptr && isReplicated)
                finishLoading();
        });
}

Result<void> GroupShardHost::replay(BytesView batches)
{
    protocol::BatchIterator iterator(batches);
    while (const auto batch = iterator.next()) {
        if (auto replayed = replay(*batch); !replayed)
            return replayed;
    }
    if (iterator.hasFailed())
        return moldau::fail(*iterator.error());
    return {};
}

Result<void> GroupShardHost::replay(const protocol::BatchView& batch)
{
    const auto records = batch.records();
    if (!records)
        return moldau::fail(records.error());
    for (const protocol::RecordView& record : *records) {
        if (!batch.isControl()) {
            const ProducerId producer = batch.isTransactional() ? batch.producerId() : kNoProducer;
            m_shard.replay(record.offset, producer, record.key.value_or(BytesView{}), record.value);
            continue;
        }
        const auto marker = protocol::endTransactionMarkerOf(record);
        if (marker && *marker)
            m_shard.replayTransactionEnd(batch.producerId(), (*marker)->isCommit);
    }
    return {};
}

void GroupShardHost::finishLoading()
{
    m_shard.loaded(now());
    m_world.log.info(kGroupShard, "Finished loading of metadata from {} with epoch {} in {}ms.",
        m_partition->name().toString(), m_partition->leaderEpoch(),
        std::chrono::duration_cast<std::chrono::milliseconds>(m_world.loop.now() - m_loadBegan)
            .count());
    drain();
}

void GroupShardHost::request(coordinator::ClientContext client, const Send& send, Answer answer)
{
    client.request = coordinator::RequestToken(++m_lastRequest);
    m_waiting.emplace(client.request, std::move(answer));
    send(m_shard, now(), client);
    drain();
}

void GroupShardHost::topicsDeleted(std::span<const coordinator::DeletedTopic> topics)
{
    m_shard.topicsDeleted(now(), topics);
    drain();
}

void GroupShardHost::resign()
{
    m_world.log.info(kGroupShard, "Unloading of metadata from {}.", m_partition->name().toString());
    m_partition = nullptr;
    m_timer.cancel();
    m_shard.resign(now());
    drain();
}

void GroupShardHost::drain()
{
    // An append may be replicated at once, and a reply may bring the next request.
    if (m_isDraining)
        return;
    m_isDraining = true;
    for (auto effects = m_shard.takeEffects(); !effects.empty(); effects = m_shard.takeEffects()) {
        for (coordinator::Effect& effect : effects)
            std::visit([this](auto& what) { carryOut(std::move(what)); }, effect);
    }
    m_isDraining = false;
    scheduleTick();
}

void GroupShardHost::carryOut(coordinator::Append append)
{
    if (m_partition == nullptr)
        return m_shard.appendFailed(now(), append.token, ErrorCode::NotCoordinator);
    protocol::BatchOptions options;
    if (append.transaction) {
        options.isTransactional = true;
        options.producerId = append.transaction->id;
        options.producerEpoch = append.transaction->epoch;
    }
    const std::int64_t nowMs = m_world.loop.wallClockMs();
    protocol::BatchBuilder builder(options);
    for (const coordinator::CoordinatorRecord& record : append.records) {
        std::optional<BytesView> value;
        if (record.value)
            value = *record.value;
        builder.append(nowMs, record.key, value);
    }
    const auto batch = builder.build();
    if (!batch)
        return m_shard.appendFailed(now(), append.token, batch.error().code);
    storage::LeaderAppend context;
    context.leaderEpoch = m_partition->leaderEpoch();
    context.nowMs = nowMs;
    context.origin = storage::AppendOrigin::Coordinator;
    const auto appended = m_partition->append(*batch, context, true);
    if (!appended) {
        m_world.log.warn(kGroupShard, "Cannot append to {}: {}", m_partition->name().toString(),
            appended.error().error.message);
        return m_shard.appendFailed(now(), append.token, appended.error().error.code);
    }
    m_partition->whenReplicated(appended->lastOffset + 1,
        [this, alive = std::weak_ptr(m_isAlive), token = append.token, base = appended->baseOffset](
            ErrorCode outcome) {
            if (!alive.expired())
                replicated(token, base, outcome);
        });
}

void GroupShardHost::replicated(
    coordinator::AppendToken token, std::int64_t baseOffset, ErrorCode outcome)
{
    // Too few replicas are in sync now, but it is on those that are: it counts. Of a leadership
    // that is lost, resign() tells the rest.
    if (outcome != ErrorCode::None && outcome != ErrorCode::NotEnoughReplicasAfterAppend)
        return;
    m_shard.appendCommitted(now(), token, baseOffset);
    drain();
}

void GroupShardHost::carryOut(coordinator::Reply reply)
{
    auto waiting = m_waiting.extract(reply.request);
    if (!waiting.empty())
        waiting.mapped()(std::move(reply.body));
}

void GroupShardHost::carryOut(const coordinator::GroupEvent& happened)
{
    EventSink& events = m_world.events;
    if (!events.isWanted())
        return;
    Event event;
    switch (happened.kind) {
    case coordinator::GroupEvent::Kind::StateChanged:
        event.kind = EventKind::GroupStateChanged;
        break;
    case coordinator::GroupEvent::Kind::MemberJoined:
        event.kind = EventKind::MemberJoined;
        break;
    case coordinator::GroupEvent::Kind::MemberLeft:
        event.kind = EventKind::MemberLeft;
        break;
    case coordinator::GroupEvent::Kind::OffsetCommitted:
        event.kind = EventKind::OffsetCommitted;
        break;
    }
    event.timeNs = m_world.loop.wallClockMs() * 1'000'000;
    event.node = m_self;
    event.name = events.intern(happened.group);
    event.detail = events.intern(happened.detail);
    event.epoch = happened.generation;
    event.topic = events.intern(happened.topic);
    event.partition = happened.partition;
    event.offset = happened.offset;
    events.publish(event);
}

void GroupShardHost::scheduleTick()
{
    const auto deadline = m_shard.nextDeadline();
    if (!deadline || m_partition == nullptr)
        return m_timer.cancel();
    const Duration delay = std::max(*deadline - m_world.loop.now(), Duration::zero());
    m_timer.start(delay, [this] {
        m_shard.tick(now());
        drain();
    });
}

} // namespace moldau::broker
