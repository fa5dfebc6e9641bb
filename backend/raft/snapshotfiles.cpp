#include "raft/snapshotfiles.h"

#include "protocol/controlrecord.h"
#include "protocol/messages/snapshotheaderrecord.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace moldau::raft {

namespace {

constexpr std::string_view kSnapshots = "org.apache.kafka.snapshot.Snapshots";
constexpr std::size_t kOffsetDigits = 20;
constexpr std::size_t kEpochDigits = 10;

template <class Number> std::optional<Number> numberIn(std::string_view digits)
{
    Number number = 0;
    const char* const end = digits.data() + digits.size();
    const auto [stop, error] = std::from_chars(digits.data(), end, number);
    return error == std::errc() && stop == end ? std::optional(number) : std::nullopt;
}

/** The control records of a batch, by what they say of the snapshot; false for a foreign one. */
Result<void> readControls(
    const protocol::BatchView& batch, SnapshotHead& head, bool& hasHeader, bool& hasFooter)
{
    const auto records = batch.records();
    if (!records)
        return fail(records.error());
    for (const protocol::RecordView& record : *records) {
        const auto type = protocol::controlTypeOf(record);
        if (!type)
            return fail(type.error());
        const BytesView value = record.value.value_or(BytesView());
        if (*type == static_cast<std::int16_t>(protocol::ControlType::SnapshotHeader)) {
            const auto header = protocol::SnapshotHeaderRecord::parse(
                value, protocol::SnapshotHeaderRecord::kMaxVersion);
            if (!header)
                return fail(header.error());
            head.lastContainedLogMs = header->lastContainedLogTimestamp;
            hasHeader = true;
        } else if (*type == static_cast<std::int16_t>(protocol::ControlType::KRaftVoters)) {
            head.voters = Bytes(value.begin(), value.end());
        }
        hasFooter = *type == static_cast<std::int16_t>(protocol::ControlType::SnapshotFooter);
    }
    return {};
}

} // namespace

std::string snapshotFileName(const SnapshotId& id)
{
    return fmt::format("{:020}-{:010}{}", id.offset, id.epoch, kSnapshotSuffix);
}

std::optional<SnapshotId> snapshotIn(std::string_view fileName)
{
    constexpr std::size_t kDigits = kOffsetDigits + 1 + kEpochDigits;
    if (fileName.size() != kDigits + kSnapshotSuffix.size() || fileName[kOffsetDigits] != '-'
        || !fileName.ends_with(kSnapshotSuffix))
        return std::nullopt;
    const auto offset = numberIn<std::int64_t>(fileName.substr(0, kOffsetDigits));
    const auto epoch = numberIn<std::int32_t>(fileName.substr(kOffsetDigits + 1, kEpochDigits));
    if (!offset || !epoch)
        return std::nullopt;
    return SnapshotId{*epoch, *offset};
}

Result<LoadedSnapshot> readSnapshot(
    FileSystem& files, const std::string& path, const SnapshotId& id)
{
    const auto corrupt = [&](std::string_view why) {
        return fail(ErrorCode::LocalCorruptData, fmt::format("the snapshot {} {}", path, why));
    };
    const auto file = files.open(path, OpenMode::Read);
    if (!file)
        return fail(file.error());
    if ((*file)->size() == 0)
        return corrupt("is empty");
    auto bytes = (*file)->view(0, static_cast<std::size_t>((*file)->size()));
    if (!bytes)
        return fail(bytes.error());
    LoadedSnapshot snapshot{{id, 0, std::nullopt}, std::move(*bytes)};
    protocol::BatchIterator iterator(snapshot.batches.bytes);
    std::int64_t nextOffset = 0;
    bool hasHeader = false;
    bool hasFooter = false;
    while (const auto batch = iterator.next()) {
        if (hasFooter)
            return corrupt("goes on after its end");
        if (!batch->isCrcRight() || batch->baseOffset() != nextOffset)
            return corrupt(fmt::format("is damaged at its offset {}", nextOffset));
        nextOffset = batch->nextOffset();
        if (batch->isControl()) {
            if (const auto read = readControls(*batch, snapshot.head, hasHeader, hasFooter); !read)
                return corrupt(read.error().message);
        }
        if (!hasHeader)
            return corrupt("does not begin as a snapshot");
    }
    if (!hasFooter || iterator.position() != snapshot.batches.size())
        return corrupt(fmt::format("ends after {} of {} bytes without being whole",
            iterator.position(), snapshot.batches.size()));
    return snapshot;
}

SnapshotFiles::SnapshotFiles(FileSystem& files, Log& log, std::string directory)
    : m_files(files)
    , m_log(log)
    , m_directory(std::move(directory))
{
}

Result<void> SnapshotFiles::open()
{
    auto names = m_files.list(m_directory);
    if (!names)
        return fail(names.error());
    std::vector<SnapshotId> found;
    for (const DirectoryEntry& entry : *names) {
        if (entry.name.ends_with(std::string(kSnapshotSuffix) + std::string(kPartSuffix))) {
            m_log.warn(kSnapshots, "Removing the snapshot {}/{}: it was not written to its end",
                m_directory, entry.name);
            if (auto removed = m_files.remove(m_directory + "/" + entry.name); !removed)
                return removed;
        } else if (const auto id = snapshotIn(entry.name)) {
            found.push_back(*id);
        }
    }
    std::sort(found.begin(), found.end(), std::greater<>());
    m_entries.clear();
    for (const SnapshotId& id : found) {
        const auto snapshot = load(id);
        if (!snapshot && snapshot.error().code != ErrorCode::LocalCorruptData)
            return fail(snapshot.error());
        if (!snapshot) {
            m_log.error(kSnapshots, "Ignoring a snapshot: {}", snapshot.error().message);
            continue;
        }
        m_entries.insert(m_entries.begin(),
            {id, static_cast<std::int64_t>(snapshot->batches.size()),
                snapshot->head.lastContainedLogMs});
    }
    return {};
}

Result<LoadedSnapshot> SnapshotFiles::load(const SnapshotId& id) const
{
    return readSnapshot(m_files, pathOf(id), id);
}

Result<SnapshotPiece> SnapshotFiles::read(
    const SnapshotId& id, std::int64_t position, std::size_t maxBytes)
{
    const auto isThis = [&id](const Entry& entry) { return entry.id == id; };
    if (std::none_of(m_entries.begin(), m_entries.end(), isThis))
        return fail(ErrorCode::SnapshotNotFound);
    if (!m_reading || m_readId != id) {
        auto file = m_files.open(pathOf(id), OpenMode::Read);
        if (!file)
            return fail(file.error());
        m_reading = std::move(*file);
        m_readId = id;
    }
    const auto size = static_cast<std::int64_t>(m_reading->size());
    if (position < 0 || position >= size)
        return fail(ErrorCode::PositionOutOfRange);
    const auto length = std::min(maxBytes, static_cast<std::size_t>(size - position));
    auto bytes = m_reading->view(static_cast<std::uint64_t>(position), length);
    if (!bytes)
        return fail(bytes.error());
    return SnapshotPiece{size, std::move(*bytes)};
}

Result<void> SnapshotFiles::note(const SnapshotHead& head)
{
    const auto size = m_files.sizeOf(pathOf(head.id));
    if (!size)
        return fail(size.error());
    std::erase_if(m_entries, [&head](const Entry& entry) { return entry.id == head.id; });
    const auto place = std::find_if(m_entries.begin(), m_entries.end(),
        [&head](const Entry& entry) { return entry.id > head.id; });
    m_entries.insert(place, {head.id, static_cast<std::int64_t>(*size), head.lastContainedLogMs});
    return {};
}

Result<void> SnapshotFiles::store(
    const SnapshotId& id, std::int64_t position, BytesView bytes, bool isLast)
{
    const std::string part = pathOf(id) + std::string(kPartSuffix);
    if (position == 0) {
        auto file = m_files.open(part, OpenMode::Truncate);
        if (!file)
            return fail(file.error());
        m_storing = std::move(*file);
    }
    if (!m_storing || m_storing->path() != part
        || m_storing->size() != static_cast<std::uint64_t>(position))
        return fail(ErrorCode::LocalCorruptData, "a piece of a snapshot that doesn't fit");
    if (auto written = m_storing->writeAt(static_cast<std::uint64_t>(position), bytes); !written)
        return written;
    if (!isLast)
        return {};
    const std::shared_ptr<File> whole = std::exchange(m_storing, nullptr);
    const auto snapshot = readSnapshot(m_files, part, id);
    if (!snapshot) {
        static_cast<void>(m_files.remove(part));
        return fail(snapshot.error());
    }
    if (auto synced = whole->sync(); !synced)
        return synced;
    if (auto renamed = m_files.rename(part, pathOf(id)); !renamed)
        return renamed;
    if (auto synced = m_files.syncDirectory(m_directory); !synced)
        return synced;
    m_log.info(
        kSnapshots, "Stored the snapshot {} of {} bytes", pathOf(id), snapshot->batches.size());
    return note(snapshot->head);
}

Result<void> SnapshotFiles::removeBefore(const SnapshotId& id)
{
    auto names = m_files.list(m_directory);
    if (!names)
        return fail(names.error());
    for (const DirectoryEntry& entry : *names) {
        const auto found = snapshotIn(entry.name);
        if (!found || *found >= id)
            continue;
        m_log.info(kSnapshots, "Removing the snapshot {}/{}", m_directory, entry.name);
        if (auto removed = m_files.remove(m_directory + "/" + entry.name); !removed)
            return removed;
        if (m_readId == *found)
            m_reading.reset();
    }
    std::erase_if(m_entries, [&id](const Entry& entry) { return entry.id < id; });
    return {};
}

std::optional<SnapshotId> SnapshotFiles::nextOldest(
    const SnapshotRetention& retention, std::int64_t logBytes, std::int64_t nowMs) const
{
    if (m_entries.size() < 2)
        return std::nullopt;
    std::int64_t bytes = logBytes;
    for (const Entry& entry : m_entries)
        bytes += entry.bytes;
    const bool isOver = retention.bytes >= 0 && bytes > retention.bytes;
    const bool isOld
        = retention.ms >= 0 && nowMs - m_entries.front().lastContainedLogMs > retention.ms;
    return isOver || isOld ? std::optional(m_entries[1].id) : std::nullopt;
}

} // namespace moldau::raft
