// The words of the sentences that may grow.
#include "topology/narrator.h"

#include "base/errorcode.h"
#include "common/format.h"
#include "common/fromview.h"

#include <algorithm>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

QString Narrator::clientText(const QString& client, bool isOwn, bool isProducer) const
{
    if (isOwn)
        return isProducer ? tr("The producer pane") : tr("The consumer pane");
    return client;
}

QString Narrator::movedText(const Open& open)
{
    constexpr std::size_t kNamed = 6;
    QStringList things;
    for (const auto& [topic, partitions] : open.moved) {
        if (partitions.size() > kNamed) {
            things.append(tr("%n partition(s) of %1", nullptr, static_cast<int>(partitions.size()))
                              .arg(topic));
            continue;
        }
        QStringList numbers;
        for (const int partition : partitions)
            numbers.append(QString::number(partition));
        things.append(u"%1 %2"_s.arg(topic, list(numbers)));
    }
    return list(things);
}

QString Narrator::text(const Open& open, const TopologyModel& model) const
{
    const auto records = [](qint64 count) {
        return tr(
            "%Ln record(s)", nullptr, static_cast<int>(std::min<qint64>(count, 2'000'000'000)));
    };
    const QString partition = u"%1 %2"_s.arg(open.topic).arg(open.partition);

    switch (open.story) {
    case Story::Sent: {
        const QString who = clientText(open.actor, open.isOwn, true);
        if (open.partitions > 1)
            return tr("%1 sent %2 in %3 batches to %4 partitions of %5.")
                .arg(who, records(open.records), formatNumber(open.batches),
                    formatNumber(open.partitions), open.topic);
        if (open.batches > 1)
            return tr("%1 sent %2 in %3 batches to %4, which %5 leads.")
                .arg(who, records(open.records), formatNumber(open.batches), partition,
                    open.things.value(0));
        if (open.isOwn && open.hasKey)
            return tr("%1 sent %2 to %3: murmur2 of the key chose the partition, %4 leads it.")
                .arg(who, records(open.records), partition, open.things.value(0));
        return tr("%1 sent %2 to %3, which %4 leads.")
            .arg(who, records(open.records), partition, open.things.value(0));
    }
    case Story::Rejected: {
        const ErrorFacts& facts = factsOf(errorFromWire(static_cast<std::int16_t>(open.error)));
        return tr("%1 refused %2 from %3 for %4: %5.")
            .arg(open.things.value(0), records(open.records),
                clientText(open.actor, open.isOwn, true), partition, fromView(facts.name));
    }
    case Story::Copied: {
        const qint64 count = open.endOffset - open.firstOffset;
        const QString what = count <= 1
            ? tr("offset %1").arg(formatNumber(open.firstOffset))
            : tr("offsets %1 to %2")
                  .arg(formatNumber(open.firstOffset), formatNumber(open.endOffset - 1));
        QString sentence = open.reason.isEmpty()
            ? tr("%1 copied %2 of %3").arg(list(open.things), what, partition)
            : tr("%1 fetched %2 of %3 from %4")
                  .arg(list(open.things), what, partition, open.reason);
        if (open.watermark >= 0)
            sentence += tr("; the high watermark moves to %1").arg(formatNumber(open.watermark));
        if (open.ackAfterNs >= 0)
            sentence += tr(", acknowledged after %1").arg(formatDuration(open.ackAfterNs));
        return sentence + u'.';
    }
    case Story::Read: {
        const QString who = clientText(open.actor, open.isOwn, false);
        if (open.partitions > 1)
            return tr("%1 read %2 from %3 partitions of %4.")
                .arg(who, records(open.records), formatNumber(open.partitions), open.topic);
        const qint64 count = open.endOffset - open.firstOffset;
        if (count <= 1)
            return tr("%1 read offset %2 of %3 from %4.")
                .arg(who, formatNumber(open.firstOffset), partition, open.things.value(0));
        return tr("%1 read offsets %2 to %3 of %4 from %5.")
            .arg(who, formatNumber(open.firstOffset), formatNumber(open.endOffset - 1), partition,
                open.things.value(0));
    }
    case Story::Leader:
        if (!open.reason.isEmpty())
            return tr("%1 leads %2 now: %3.").arg(open.actor, movedText(open), open.reason);
        return tr("%1 leads %2 now (epoch %3).")
            .arg(open.actor, movedText(open), QString::number(open.epoch));
    case Story::LostLeader: {
        const QString why = open.reason.isEmpty() ? tr("no replica in sync is up") : open.reason;
        return tr("Nobody leads %1 now: %2.").arg(movedText(open), why);
    }
    case Story::IsrOut:
        if (open.reason.isEmpty())
            return tr("%1 left the in-sync replicas of %2.").arg(open.actor, movedText(open));
        return tr("%1 left the in-sync replicas of %2: %3.")
            .arg(open.actor, movedText(open), open.reason);
    case Story::IsrIn:
        return tr("%1 is in sync again for %2: it has caught up with the leader.")
            .arg(open.actor, movedText(open));
    case Story::Connected:
        if (open.reason.isEmpty())
            return tr("%1 connected to %2.").arg(open.actor, list(open.things));
        return tr("%1 connected to %2 with %3.").arg(open.actor, list(open.things), open.reason);
    case Story::Fault: {
        if (open.batches == 0)
            return open.reason;
        const QString times
            = tr("It has struck %Ln time(s).", nullptr, std::min(open.batches, 2'000'000'000));
        return open.reason + u' ' + times;
    }
    case Story::Commit: {
        if (open.partitions > 1)
            return tr("Group %1 committed its positions in %2 partitions of %3.")
                .arg(open.actor, formatNumber(open.partitions), open.topic);
        const ShownPartition* known = model.partition(open.topic, open.partition);
        const ShownReplica* leader = known ? known->replica(known->leader) : nullptr;
        if (leader && leader->highWatermark >= open.endOffset)
            return tr("Group %1 committed offset %2 of %3 (lag %4).")
                .arg(open.actor, formatNumber(open.endOffset), partition,
                    formatNumber(leader->highWatermark - open.endOffset));
        return tr("Group %1 committed offset %2 of %3.")
            .arg(open.actor, formatNumber(open.endOffset), partition);
    }
    }
    return {};
}

} // namespace moldau::widgets
