#include "raft/snapshotwriter.h"

#include "raft/batches.h"

namespace moldau::raft {

namespace {

constexpr std::size_t kBatchBytes = 1 << 20;

} // namespace

SnapshotWriter::SnapshotWriter(
    FileSystem& files, std::string directory, SnapshotId id, std::int64_t nowMs)
    : m_files(files)
    , m_directory(std::move(directory))
    , m_id(id)
    , m_nowMs(nowMs)
{
}

SnapshotWriter::~SnapshotWriter()
{
    if (std::exchange(m_file, nullptr))
        static_cast<void>(m_files.remove(partPath())); // the next start takes what stays
}

Result<SnapshotWriter> SnapshotWriter::begin(
    FileSystem& files, const std::string& directory, const SnapshotHead& head, std::int64_t nowMs)
{
    SnapshotWriter writer(files, directory, head.id, nowMs);
    auto file = files.open(writer.partPath(), OpenMode::Truncate);
    if (!file)
        return fail(file.error());
    writer.m_file = std::move(*file);
    if (auto written = writer.write(buildSnapshotHeader({0, head.id.epoch, nowMs}, head)); !written)
        return fail(written.error());
    return writer;
}

Result<void> SnapshotWriter::write(const Result<Bytes>& batch)
{
    if (!batch)
        return fail(batch.error());
    if (auto written = m_file->writeAt(m_position, *batch); !written)
        return written;
    m_position += batch->size();
    m_nextOffset = endOffsetOf(*batch).value_or(m_nextOffset);
    return {};
}

Result<void> SnapshotWriter::append(Bytes value)
{
    m_collectedBytes += value.size();
    m_collected.push_back(std::move(value));
    return m_collectedBytes < kBatchBytes ? Result<void>{} : writeCollected();
}

Result<void> SnapshotWriter::writeCollected()
{
    if (m_collected.empty())
        return {};
    m_collectedBytes = 0;
    return write(buildBatch({m_nextOffset, m_id.epoch, m_nowMs}, std::exchange(m_collected, {})));
}

Result<void> SnapshotWriter::finish()
{
    if (auto written = writeCollected(); !written)
        return written;
    if (auto written = write(buildSnapshotFooter({m_nextOffset, m_id.epoch, m_nowMs})); !written)
        return written;
    if (auto synced = m_file->sync(); !synced)
        return synced;
    if (auto renamed = m_files.rename(partPath(), wholePath()); !renamed)
        return renamed;
    m_file.reset();
    return m_files.syncDirectory(m_directory);
}

Result<void> writeSnapshot(FileSystem& files, const std::string& directory,
    const SnapshotHead& head, std::int64_t nowMs, const SnapshotSource& source)
{
    auto writer = SnapshotWriter::begin(files, directory, head, nowMs);
    if (!writer)
        return fail(writer.error());
    if (auto filled = source(*writer); !filled)
        return filled;
    return writer->finish();
}

} // namespace moldau::raft
