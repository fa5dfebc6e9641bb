#include "models/configwords.h"

#include "common/format.h"

#include <QCoreApplication>

#include <array>
#include <limits>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr const char* kContext = "ConfigWords";

QString words(const char* text, int n = -1)
{
    return QCoreApplication::translate(kContext, text, nullptr, n);
}

struct Explanation {
    const char* name;
    const char* text;
};

constexpr auto kExplanations = std::to_array<Explanation>({
    {"cleanup.policy",
        QT_TRANSLATE_NOOP("ConfigWords",
            "What happens to old records: delete removes whole segments after a time or size; "
            "compact keeps the newest record of each key. Both can be given, separated by a "
            "comma.")},
    {"compression.gzip.level",
        QT_TRANSLATE_NOOP("ConfigWords",
            "How hard gzip tries, from 1 (fast) to 9 (small). Counts only when the broker "
            "compresses itself.")},
    {"compression.lz4.level",
        QT_TRANSLATE_NOOP("ConfigWords",
            "How hard lz4 tries, from 1 (fast) to 17 (small). Counts only when the broker "
            "compresses itself.")},
    {"compression.zstd.level",
        QT_TRANSLATE_NOOP("ConfigWords",
            "How hard zstd tries; larger is smaller and slower. Counts only when the broker "
            "compresses itself.")},
    {"compression.type",
        QT_TRANSLATE_NOOP("ConfigWords",
            "How batches are stored. producer keeps them as they were sent, which costs the broker "
            "nothing.")},
    {"delete.retention.ms",
        QT_TRANSLATE_NOOP("ConfigWords",
            "How long a compacted topic keeps tombstones, so that slow consumers still learn of "
            "the deletion.")},
    {"errors.deadletterqueue.group.enable",
        QT_TRANSLATE_NOOP("ConfigWords",
            "Whether share groups may write records that nobody could process to this topic.")},
    {"file.delete.delay.ms",
        QT_TRANSLATE_NOOP("ConfigWords",
            "How long a deleted segment's files stay on disk, so that reads under way can end.")},
    {"flush.messages",
        QT_TRANSLATE_NOOP("ConfigWords",
            "After how many records the log is forced to disk. Kafka leaves that to the operating "
            "system and relies on replicas.")},
    {"flush.ms",
        QT_TRANSLATE_NOOP("ConfigWords",
            "After how long the log is forced to disk. Kafka leaves that to the operating system "
            "and relies on replicas.")},
    {"follower.replication.throttled.replicas",
        QT_TRANSLATE_NOOP("ConfigWords",
            "Replicas whose fetching is slowed down, as partition:broker, or * for all.")},
    {"leader.replication.throttled.replicas",
        QT_TRANSLATE_NOOP("ConfigWords",
            "Replicas that the leader serves slowly, as partition:broker, or * for all.")},
    {"index.interval.bytes",
        QT_TRANSLATE_NOOP("ConfigWords",
            "After how many bytes the offset index gets an entry. Smaller finds an offset faster "
            "and needs more index.")},
    {"local.retention.bytes",
        QT_TRANSLATE_NOOP("ConfigWords",
            "With tiered storage: how much of a partition stays on the broker's own disk. -2 "
            "follows retention.bytes.")},
    {"local.retention.ms",
        QT_TRANSLATE_NOOP("ConfigWords",
            "With tiered storage: how long records stay on the broker's own disk. -2 follows "
            "retention.ms.")},
    {"max.compaction.lag.ms",
        QT_TRANSLATE_NOOP("ConfigWords",
            "At the latest after this time a record of a compacted topic can be compacted.")},
    {"max.decompressed.message.bytes",
        QT_TRANSLATE_NOOP("ConfigWords", "How large a batch may become when it is unpacked.")},
    {"max.message.bytes",
        QT_TRANSLATE_NOOP("ConfigWords",
            "The largest batch that the topic takes. Larger ones are refused with "
            "MESSAGE_TOO_LARGE.")},
    {"message.timestamp.after.max.ms",
        QT_TRANSLATE_NOOP(
            "ConfigWords", "How far a record's own timestamp may lie in the future.")},
    {"message.timestamp.before.max.ms",
        QT_TRANSLATE_NOOP("ConfigWords", "How far a record's own timestamp may lie in the past.")},
    {"message.timestamp.type",
        QT_TRANSLATE_NOOP("ConfigWords",
            "Whose clock gives the timestamp: the producer's (CreateTime) or the broker's on "
            "arrival (LogAppendTime).")},
    {"min.cleanable.dirty.ratio",
        QT_TRANSLATE_NOOP("ConfigWords",
            "How large the part of a log that was not compacted yet grows before compaction "
            "starts, from 0 to 1.")},
    {"min.compaction.lag.ms",
        QT_TRANSLATE_NOOP("ConfigWords", "How long a record is safe from compaction.")},
    {"min.insync.replicas",
        QT_TRANSLATE_NOOP("ConfigWords",
            "With acks=all a write needs so many replicas in sync; with fewer it fails with "
            "NOT_ENOUGH_REPLICAS. 2 with three replicas survives the loss of one broker.")},
    {"preallocate",
        QT_TRANSLATE_NOOP("ConfigWords", "Whether a segment's file gets its full size at once.")},
    {"remote.copy.lag.bytes",
        QT_TRANSLATE_NOOP("ConfigWords",
            "With tiered storage: how much may wait before it is copied away. -1 follows "
            "local.retention.bytes.")},
    {"remote.copy.lag.ms",
        QT_TRANSLATE_NOOP("ConfigWords",
            "With tiered storage: how long a segment may wait before it is copied away.")},
    {"remote.log.copy.disable",
        QT_TRANSLATE_NOOP("ConfigWords",
            "With tiered storage: stops copying; what was copied can still be read.")},
    {"remote.log.delete.on.disable",
        QT_TRANSLATE_NOOP("ConfigWords",
            "With tiered storage: deletes the copies when it is turned off for the topic.")},
    {"remote.storage.enable",
        QT_TRANSLATE_NOOP("ConfigWords",
            "Whether old segments move to tiered storage. Can't be turned off again without "
            "deleting them.")},
    {"retention.bytes",
        QT_TRANSLATE_NOOP("ConfigWords",
            "How large each partition may grow before its oldest segments are deleted. -1 means no "
            "limit. The limit is for one partition, not the whole topic.")},
    {"retention.ms",
        QT_TRANSLATE_NOOP("ConfigWords",
            "How long records are kept at least. A segment goes when its newest record is older. "
            "-1 keeps them for ever.")},
    {"segment.bytes",
        QT_TRANSLATE_NOOP("ConfigWords",
            "How large a segment grows before a new one begins. Only closed segments can be "
            "deleted or compacted.")},
    {"segment.index.bytes",
        QT_TRANSLATE_NOOP(
            "ConfigWords", "How large a segment's index may grow before a new segment begins.")},
    {"segment.jitter.ms",
        QT_TRANSLATE_NOOP("ConfigWords",
            "Spreads the moments when segments are closed by up to this time, so that not all "
            "close at once.")},
    {"segment.ms",
        QT_TRANSLATE_NOOP("ConfigWords",
            "After this time a segment is closed even when it isn't full, so that its records can "
            "be deleted or compacted.")},
    {"unclean.leader.election.enable",
        QT_TRANSLATE_NOOP("ConfigWords",
            "Whether a replica that is not in sync may become leader when no other is left: "
            "available again, but acknowledged records may be lost.")},
});

/** "1 GiB" where that is exact, as people set these; else in powers of 1,000. */
QString sizeWords(std::int64_t bytes)
{
    static constexpr std::pair<std::int64_t, const char*> kUnits[]
        = {{1ll << 40, "TiB"}, {1ll << 30, "GiB"}, {1ll << 20, "MiB"}, {1ll << 10, "KiB"}};
    for (const auto& [unit, name] : kUnits) {
        if (bytes >= unit && bytes % unit == 0)
            return formatNumber(bytes / unit) + u' ' + QLatin1String(name);
    }
    return formatBytes(bytes);
}

std::optional<QString> valueOf(const std::vector<client::ConfigEntry>& configs, const char* name)
{
    for (const client::ConfigEntry& entry : configs) {
        if (entry.name == name)
            return entry.value ? std::optional(QString::fromStdString(*entry.value)) : std::nullopt;
    }
    return std::nullopt;
}

std::int64_t limitOf(const std::vector<client::ConfigEntry>& configs, const char* name)
{
    return valueOf(configs, name).value_or(u"-1"_s).toLongLong();
}

bool isCompacted(const std::vector<client::ConfigEntry>& configs)
{
    return valueOf(configs, "cleanup.policy").value_or(QString()).contains(u"compact"_s);
}

bool isDeleted(const std::vector<client::ConfigEntry>& configs)
{
    return valueOf(configs, "cleanup.policy").value_or(u"delete"_s).contains(u"delete"_s);
}

} // namespace

QString explainTopicConfig(const QString& name, const QString& fallback)
{
    for (const Explanation& explanation : kExplanations) {
        if (name == QLatin1String(explanation.name))
            return words(explanation.text);
    }
    return fallback;
}

QString durationWords(std::int64_t milliseconds)
{
    struct Unit {
        std::int64_t ms;
        const char* text;
    };
    static constexpr auto kUnits = std::to_array<Unit>({
        {86'400'000, QT_TRANSLATE_N_NOOP("ConfigWords", "%n day(s)")},
        {3'600'000, QT_TRANSLATE_N_NOOP("ConfigWords", "%n hour(s)")},
        {60'000, QT_TRANSLATE_N_NOOP("ConfigWords", "%n minute(s)")},
        {1'000, QT_TRANSLATE_N_NOOP("ConfigWords", "%n second(s)")},
    });
    QStringList parts;
    for (const Unit& unit : kUnits) {
        if (milliseconds < unit.ms) {
            if (!parts.isEmpty())
                break;
            continue;
        }
        parts.append(words(unit.text,
            static_cast<int>(
                std::min<std::int64_t>(milliseconds / unit.ms, std::numeric_limits<int>::max()))));
        milliseconds %= unit.ms;
        if (parts.size() == 2)
            break;
    }
    if (parts.isEmpty())
        return words(QT_TRANSLATE_NOOP("ConfigWords", "%1 ms")).arg(milliseconds);
    return parts.join(u' ');
}

QString configValueText(const QString& name, const QString& value)
{
    if (value.isEmpty())
        return words(QT_TRANSLATE_NOOP("ConfigWords", "(empty)"));
    bool isNumber = false;
    const qlonglong amount = value.toLongLong(&isNumber);
    if (!isNumber)
        return value;
    const bool isTime = name.endsWith(u".ms"_s);
    const bool isSize = name.endsWith(u".bytes"_s);
    QString meaning;
    if (amount == std::numeric_limits<qlonglong>::max())
        meaning = words(QT_TRANSLATE_NOOP("ConfigWords", "never"));
    else if (amount == -1 && (name == u"retention.ms"_s || name == u"retention.bytes"_s))
        meaning = words(QT_TRANSLATE_NOOP("ConfigWords", "no limit"));
    else if (isTime && amount >= 1000)
        meaning = durationWords(amount);
    else if (isSize && amount >= 1000)
        meaning = sizeWords(amount);
    return meaning.isEmpty() ? value : u"%1 (%2)"_s.arg(value, meaning);
}

QString whatDeletesRecords(const std::vector<client::ConfigEntry>& configs)
{
    QStringList sentences;
    const std::int64_t ms = limitOf(configs, "retention.ms");
    const std::int64_t bytes = limitOf(configs, "retention.bytes");
    if (isCompacted(configs)) {
        sentences += words(QT_TRANSLATE_NOOP("ConfigWords",
                               "Compaction keeps the newest record of each key and drops older "
                               "ones with the same key (cleanup.policy). A record without value, a "
                               "tombstone, removes its key after %1 (delete.retention.ms)."))
                         .arg(durationWords(limitOf(configs, "delete.retention.ms")));
    }
    if (isDeleted(configs)) {
        if (ms >= 0 && bytes >= 0) {
            sentences += words(QT_TRANSLATE_NOOP("ConfigWords",
                                   "Segments older than %1 (retention.ms), or the oldest once a "
                                   "partition passes %2 (retention.bytes)."))
                             .arg(durationWords(ms), sizeWords(bytes));
        } else if (ms >= 0) {
            sentences += words(QT_TRANSLATE_NOOP("ConfigWords",
                                   "Segments whose newest record is older than %1 (retention.ms). "
                                   "There is no limit by size."))
                             .arg(durationWords(ms));
        } else if (bytes >= 0) {
            sentences += words(QT_TRANSLATE_NOOP("ConfigWords",
                                   "The oldest segments once a partition passes %1 "
                                   "(retention.bytes). There is no limit by time."))
                             .arg(sizeWords(bytes));
        } else if (!isCompacted(configs)) {
            sentences += words(QT_TRANSLATE_NOOP("ConfigWords",
                "Nothing: there is no limit by time or by size, so the topic grows for ever."));
        }
    }
    sentences += words(QT_TRANSLATE_NOOP("ConfigWords", "Reading never deletes."));
    return sentences.join(u' ');
}

QString retentionWords(const std::vector<client::ConfigEntry>& configs)
{
    if (configs.empty())
        return {};
    const std::int64_t ms = limitOf(configs, "retention.ms");
    const std::int64_t bytes = limitOf(configs, "retention.bytes");
    QStringList parts;
    if (isCompacted(configs))
        parts += words(QT_TRANSLATE_NOOP("ConfigWords", "compacted"));
    if (isDeleted(configs)) {
        if (ms >= 0 && bytes >= 0)
            parts += words(QT_TRANSLATE_NOOP("ConfigWords", "delete after %1 or %2"))
                         .arg(durationWords(ms), sizeWords(bytes));
        else if (ms >= 0)
            parts += words(QT_TRANSLATE_NOOP("ConfigWords", "delete after %1"))
                         .arg(durationWords(ms));
        else if (bytes >= 0)
            parts += words(QT_TRANSLATE_NOOP("ConfigWords", "delete beyond %1"))
                         .arg(sizeWords(bytes));
        else if (!isCompacted(configs))
            parts += words(QT_TRANSLATE_NOOP("ConfigWords", "kept for ever"));
    }
    return parts.join(u", "_s);
}

} // namespace moldau::widgets
