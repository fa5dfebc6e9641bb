#include "broker/metadatasnapshots.h"

#include "controller/metadatasnapshot.h"
#include "protocol/controlrecord.h"
#include "raft/snapshotwriter.h"

#include <limits>
#include <utility>

namespace moldau::broker {

namespace {

constexpr std::string_view kGenerator = "org.apache.kafka.image.publisher.SnapshotGenerator";
constexpr std::string_view kDirectory = "/__cluster_metadata-0";
constexpr raft::SnapshotId kAll{
    std::numeric_limits<std::int32_t>::max(), std::numeric_limits<std::int64_t>::max()};

} // namespace

MetadataSnapshots::MetadataSnapshots(
    network::World world, Options options, const controller::MetadataImage& image)
    : m_world(world)
    , m_options(std::move(options))
    , m_image(image)
    , m_files(world.files, world.log, m_options.logDirectory + std::string(kDirectory))
    , m_schedule(m_options.schedule, world.loop.now())
    , m_timer(world.loop)
{
}

Result<std::optional<raft::LoadedSnapshot>> MetadataSnapshots::open()
{
    if (auto made = m_world.files.createDirectories(m_files.directory()); !made)
        return fail(made.error());
    if (auto opened = m_files.open(); !opened)
        return fail(opened.error());
    const auto newest = m_files.newest();
    if (!newest)
        return std::nullopt;
    return m_files.load(*newest).map(
        [](raft::LoadedSnapshot snapshot) { return std::optional(std::move(snapshot)); });
}

Result<std::optional<raft::LoadedSnapshot>> MetadataSnapshots::store(
    const raft::SnapshotId& id, std::int64_t position, BytesView bytes, bool isLast)
{
    if (auto stored = m_files.store(id, position, bytes, isLast); !stored)
        return fail(stored.error());
    if (!isLast)
        return std::nullopt;
    if (auto removed = m_files.removeBefore(id); !removed)
        return fail(removed.error());
    return m_files.load(id).map(
        [](raft::LoadedSnapshot snapshot) { return std::optional(std::move(snapshot)); });
}

void MetadataSnapshots::removeAll()
{
    static_cast<void>(m_files.removeBefore(kAll)); // what stays is found to be foreign again
}

void MetadataSnapshots::noteBatch(const protocol::BatchView& batch)
{
    m_lastEpoch = batch.leaderEpoch();
    m_schedule.noteRecords(batch.size(), batch.maxTimestamp());
    if (!batch.isControl())
        return;
    const auto records = batch.records();
    if (!records)
        return;
    for (const protocol::RecordView& record : *records) {
        const auto type = protocol::controlTypeOf(record);
        if (type && *type == static_cast<std::int16_t>(protocol::ControlType::KRaftVoters)
            && record.value)
            m_voters = Bytes(record.value->begin(), record.value->end());
    }
}

void MetadataSnapshots::noteSnapshot(const raft::SnapshotHead& head)
{
    m_lastEpoch = head.id.epoch;
    m_voters = head.voters;
    m_schedule.begun(m_world.loop.now());
}

void MetadataSnapshots::consider()
{
    const Duration now = m_world.loop.now();
    const auto reason = m_schedule.whyDue(now);
    if (reason && !m_isWriting)
        write(*reason);
    const Duration next = m_schedule.dueAt();
    if (next != Duration::max() && !m_timer.isRunning())
        m_timer.start(std::max(next - now, Duration::zero()), [this] { consider(); });
}

void MetadataSnapshots::write(const std::string& reason)
{
    struct State {
        std::shared_ptr<const controller::MetadataImage> image;
        raft::SnapshotHead head;
        Result<void> outcome;
    };
    m_isWriting = true;
    m_schedule.begun(m_world.loop.now());
    const auto state = std::make_shared<State>();
    state->image = std::make_shared<const controller::MetadataImage>(m_image);
    state->head = {{m_lastEpoch, m_image.offset() + 1}, m_schedule.lastWrittenMs(), m_voters};
    m_world.log.info(kGenerator,
        "[SnapshotGenerator id={}] Creating new KRaft snapshot file {} because {}.",
        m_options.self.value(), raft::snapshotFileName(state->head.id), reason);
    m_world.loop.offload(
        [state, &files = m_world.files, directory = m_files.directory(),
            nowMs = m_world.loop.wallClockMs()] {
            state->outcome = raft::writeSnapshot(
                files, directory, state->head, nowMs, [&](raft::SnapshotWriter& writer) {
                    return controller::writeImage(*state->image,
                        [&writer](Bytes value) { return writer.append(std::move(value)); });
                });
        },
        [this, state, alive = std::weak_ptr(m_isAlive)] {
            state->image.reset(); // topics are let go where they are counted
            if (!alive.expired())
                written(state->outcome, state->head);
        });
}

void MetadataSnapshots::written(const Result<void>& outcome, const raft::SnapshotHead& head)
{
    m_isWriting = false;
    const auto noted = outcome ? m_files.note(head) : outcome;
    if (!noted)
        m_world.log.error(kGenerator, "[SnapshotGenerator id={}] Cannot write the snapshot {}: {}",
            m_options.self.value(), raft::snapshotFileName(head.id), noted.error().message);
    else
        clean();
    consider();
}

void MetadataSnapshots::clean()
{
    while (const auto oldest
        = m_files.nextOldest(m_options.retention, 0, m_world.loop.wallClockMs())) {
        if (const auto removed = m_files.removeBefore(*oldest); !removed) {
            m_world.log.error(kGenerator, "[SnapshotGenerator id={}] Cannot remove a snapshot: {}",
                m_options.self.value(), removed.error().message);
            return;
        }
    }
}

} // namespace moldau::broker
