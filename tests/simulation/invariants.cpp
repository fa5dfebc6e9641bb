#include "invariants.h"

#include "controller/metadatasnapshot.h"

#include <algorithm>

#include <fmt/format.h>

namespace moldau::simulation {

Invariants::Invariants(SimulatedCluster& cluster)
    : m_cluster(cluster)
{
    m_cluster.onStep([this](Host& host) { acted(host); });
}

Invariants::~Invariants()
{
    m_cluster.onStep({});
}

void Invariants::watch(const std::string& topic, std::int32_t partitions)
{
    for (std::int32_t partition = 0; partition < partitions; ++partition) {
        Watched& watched = m_watched.emplace_back();
        watched.topic = topic;
        watched.partition = partition;
        watched.seen.resize(static_cast<std::size_t>(m_cluster.size()));
    }
}

const Invariants::Watched& Invariants::find(const std::string& topic, std::int32_t partition) const
{
    return *std::find_if(m_watched.begin(), m_watched.end(), [&](const Watched& watched) {
        return watched.topic == topic && watched.partition == partition;
    });
}

const std::map<std::int64_t, std::string>& Invariants::committed(
    const std::string& topic, std::int32_t partition) const
{
    return find(topic, partition).values;
}

std::int64_t Invariants::committedEnd(const std::string& topic, std::int32_t partition) const
{
    return find(topic, partition).end;
}

std::int64_t Invariants::claimedEnd(const std::string& topic, std::int32_t partition) const
{
    return find(topic, partition).claimedEnd;
}

std::int32_t Invariants::newestEpoch(const std::string& topic, std::int32_t partition) const
{
    const auto place = static_cast<std::size_t>(&find(topic, partition) - m_watched.data());
    const auto above = m_leaders.lower_bound({place + 1, -1});
    if (above == m_leaders.begin() || std::prev(above)->first.first != place)
        return -1;
    return std::prev(above)->first.second;
}

void Invariants::violation(const std::string& what)
{
    constexpr std::size_t kMost = 20;
    if (m_violations.size() < kMost)
        m_violations.push_back(fmt::format(
            "{:.4f} s: {}", std::chrono::duration<double>(m_cluster.time().now()).count(), what));
}

std::string Invariants::violations() const
{
    std::string text;
    for (const std::string& violation : m_violations)
        text += violation + "\n";
    return text;
}

void Invariants::acted(Host& host)
{
    const auto note = [this](std::uint64_t value) {
        m_fingerprint = (m_fingerprint ^ value) * 1099511628211ULL;
    };
    note(static_cast<std::uint64_t>(m_cluster.time().now().count()));
    note(static_cast<std::uint64_t>(host.id.value()));
    if (!host.isServing && !host.isStopping && !host.isFailing)
        return;
    ++m_checks;
    if (host.id >= SimulatedCluster::kControllerId && host.isServing)
        checkController(host, host.id.value() - SimulatedCluster::kControllerId.value() + 1);
    else if (host.id < SimulatedCluster::kControllerId && host.id != kNoBroker)
        checkBroker(host.id.value());
}

void Invariants::checkBroker(int number)
{
    auto* const node = static_cast<broker::BrokerNode*>(m_cluster.host(number).node.get());
    checkImage(node->image(), number);
    for (Watched& watched : m_watched) {
        Seen& seen = watched.seen[static_cast<std::size_t>(number - 1)];
        broker::Partition* const replica = node->replicas().find(watched.topic, watched.partition);
        if (replica == nullptr)
            seen = Seen{};
        else
            checkReplica(number, watched, *replica, seen);
    }
}

void Invariants::checkReplica(int number, Watched& watched, broker::Partition& replica, Seen& seen)
{
    const std::uint64_t life = m_cluster.host(number).lives;
    if (seen.replica != &replica || seen.life != life)
        seen = Seen{.replica = &replica, .life = life};
    const std::int64_t highWatermark = replica.log().highWatermark();
    if (highWatermark == seen.highWatermark && replica.leaderEpoch() == seen.leaderEpoch
        && replica.partitionEpoch() == seen.partitionEpoch)
        return;
    if (highWatermark < seen.highWatermark)
        violation(fmt::format("broker {}'s high watermark of {} goes back from {} to {}", number,
            replica.name().toString(), seen.highWatermark, highWatermark));
    seen.highWatermark = highWatermark;
    watched.claimedEnd = std::max(watched.claimedEnd, highWatermark);
    if (replica.leaderEpoch() < seen.leaderEpoch || replica.partitionEpoch() < seen.partitionEpoch)
        violation(fmt::format("an epoch of {} goes back on broker {}: {} and {}, after {} and {}",
            replica.name().toString(), number, replica.leaderEpoch(), replica.partitionEpoch(),
            seen.leaderEpoch, seen.partitionEpoch));
    if (replica.partitionEpoch() != seen.partitionEpoch)
        checkRoles(number, watched, replica);
    seen.leaderEpoch = replica.leaderEpoch();
    seen.partitionEpoch = replica.partitionEpoch();
    checkLog(number, watched, replica, seen);
}

void Invariants::checkRoles(int number, const Watched& watched, const broker::Partition& replica)
{
    const controller::PartitionImage& image = replica.image();
    const auto isAmong = [](const controller::Replicas& all) {
        return [&all](BrokerId id) { return controller::contains(all, id); };
    };
    if ((image.isr.empty() && image.hasLeader())
        || !std::all_of(image.isr.begin(), image.isr.end(), isAmong(image.replicas)))
        violation(fmt::format("the ISR {} of {} isn't within its replicas {}",
            controller::toText(image.isr), replica.name().toString(),
            controller::toText(image.replicas)));
    if (image.hasLeader() && !controller::contains(image.isr, image.leader))
        violation(fmt::format("the leader {} of {} isn't in the ISR {}", image.leader.value(),
            replica.name().toString(), controller::toText(image.isr)));
    if (std::any_of(image.eligibleLeaders.begin(), image.eligibleLeaders.end(), isAmong(image.isr)))
        violation(fmt::format("of the ISR {} of {} some are eligible leaders, too: {}",
            controller::toText(image.isr), replica.name().toString(),
            controller::toText(image.eligibleLeaders)));
    if (!replica.isLeader())
        return;
    const auto place = static_cast<std::size_t>(&watched - m_watched.data());
    // One that stood still may take up an epoch that others have ended since.
    const bool isNewest = replica.leaderEpoch() > newestEpoch(watched.topic, watched.partition);
    const auto [claim, isFirst]
        = m_leaders.emplace(std::pair(place, replica.leaderEpoch()), number);
    if (!isFirst && claim->second != number)
        violation(fmt::format("two leaders: {} and {} in epoch {} of {}", claim->second, number,
            replica.leaderEpoch(), replica.name().toString()));
    if (isNewest && replica.log().logEndOffset() < watched.end)
        violation(fmt::format("lost-write: broker {} leads {} in epoch {} and ends at {}, where {} "
                              "had been committed",
            number, replica.name().toString(), replica.leaderEpoch(), replica.log().logEndOffset(),
            watched.end));
}

// Nothing of a producer is ever forgotten here, so each of its epochs begins at zero and goes on.
void Invariants::checkSequence(Watched& watched, const protocol::BatchView& batch)
{
    if (!batch.hasProducer() || batch.isControl())
        return;
    auto& [epoch, last]
        = watched.producers.try_emplace(batch.producerId(), std::int16_t{-1}, -1).first->second;
    const bool isNew = batch.producerEpoch() > epoch;
    if (batch.producerEpoch() < epoch || batch.baseSequence() != (isNew ? 0 : last + 1))
        violation(fmt::format("{}-{} has committed sequence {} of producer {}, epoch {}, after {} "
                              "of epoch {}, at {}",
            watched.topic, watched.partition, batch.baseSequence(), batch.producerId().value(),
            batch.producerEpoch(), last, epoch, batch.baseOffset()));
    epoch = batch.producerEpoch();
    last = batch.lastSequence();
}

void Invariants::checkLog(int number, Watched& watched, broker::Partition& replica, Seen& seen)
{
    constexpr std::size_t kReadBytes = 1 << 20;
    if (seen.checkedTo < replica.log().logStartOffset())
        seen.checkedTo = replica.log().logStartOffset();
    while (seen.checkedTo < seen.highWatermark) {
        const auto read
            = replica.log().read(seen.checkedTo, kReadBytes, storage::ReadLimit::HighWatermark);
        if (!read && read.error().code == ErrorCode::KafkaStorageError)
            return; // its disk has failed, and the broker is about to go
        if (!read || read->batchCount == 0)
            return violation(fmt::format("broker {} can't read {} at {}, below its high watermark",
                number, replica.name().toString(), seen.checkedTo));
        protocol::BatchIterator batches(read->records.bytes);
        while (const auto batch = batches.next()) {
            const Batch found{batch->nextOffset(), batch->leaderEpoch(), batch->crc()};
            const std::int64_t base = batch->baseOffset();
            const auto known = watched.batches.find(base);
            if (base < watched.end || known != watched.batches.end()) {
                if (known == watched.batches.end() || !(known->second == found))
                    violation(fmt::format("broker {} has another batch than was committed at {} of "
                                          "{}: of epoch {}, up to {}",
                        number, base, replica.name().toString(), found.epoch, found.nextOffset));
            } else {
                if (base != watched.end)
                    violation(fmt::format("broker {} has a gap in {}: {} after {}", number,
                        replica.name().toString(), base, watched.end));
                if (!batch->isCrcRight())
                    violation(fmt::format("broker {} has a damaged batch at {} of {}", number, base,
                        replica.name().toString()));
                watched.batches.emplace(base, found);
                watched.end = found.nextOffset;
                checkSequence(watched, *batch);
                const auto records = batch->records();
                for (const protocol::RecordView& record : *records)
                    watched.values.emplace(
                        record.offset, std::string(asText(record.value.value_or(BytesView{}))));
            }
            seen.checkedTo = found.nextOffset;
        }
    }
}

void Invariants::checkController(Host& host, int number)
{
    auto* const node = m_cluster.controllerNode(number);
    raft::Quorum& quorum = node->quorum();
    if (quorum.isLeader()) {
        const std::int32_t epoch = quorum.leader().epoch;
        const auto [claim, isFirst] = m_controllers.emplace(epoch, number);
        if (!isFirst && claim->second != number)
            violation(fmt::format(
                "two controllers lead in epoch {}: {} and {}", epoch, claim->second, number));
    }
    // What the active controller has decided and nobody has committed may still go.
    if (node->image().offset() < quorum.highWatermark())
        checkImage(node->image(), host.id.value());
}

void Invariants::checkImage(const controller::MetadataImage& image, int node)
{
    std::int64_t& seen = m_imageOffsets.emplace(node, -1).first->second;
    if (std::exchange(seen, image.offset()) == image.offset())
        return;
    const auto [known, isNew] = m_images.try_emplace(image.offset(), image);
    if (isNew || known->second == image)
        return;
    // Offsets of registrations and features aren't in snapshots.
    controller::MetadataDelta difference;
    controller::noteDifference(known->second, image, difference);
    if (!difference.isEmpty() || known->second.nextProducerId() != image.nextProducerId())
        violation(fmt::format("node {} has other metadata at offset {} than were there before",
            node, image.offset()));
}

bool Invariants::isMetadataEven() const
{
    return std::all_of(m_imageOffsets.begin(), m_imageOffsets.end(),
        [this](const auto& node) { return node.second == m_imageOffsets.begin()->second; });
}

void Invariants::checkSettled()
{
    if (!isMetadataEven()) {
        std::string offsets;
        for (const auto& [node, offset] : m_imageOffsets)
            offsets += fmt::format(" {} up to {}", node, offset);
        violation("some nodes haven't read all metadata:" + offsets);
    }
    for (Watched& watched : m_watched) {
        for (int number = 1; number <= m_cluster.size(); ++number) {
            broker::Partition* const replica
                = m_cluster.replica(number, watched.topic, watched.partition);
            if (replica == nullptr)
                continue;
            if (replica->log().logEndOffset() != watched.end
                || replica->log().highWatermark() != watched.end)
                violation(fmt::format("{} ends at {} on broker {}, with the high watermark {}, "
                                      "where {} is committed",
                    replica->name().toString(), replica->log().logEndOffset(), number,
                    replica->log().highWatermark(), watched.end));
        }
    }
}

} // namespace moldau::simulation
