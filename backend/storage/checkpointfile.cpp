#include "storage/checkpointfile.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <optional>

namespace moldau::storage {

namespace {

/** The next piece of `text` up to `separator`; both move on. */
std::string_view takeUntil(std::string_view& text, char separator)
{
    const std::size_t end = text.find(separator);
    const std::string_view piece = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    return piece;
}

template <class T> bool readNumber(std::string_view text, T& number)
{
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size();
}

/** Calls `entry` for each entry's line; false from it, or a wrong count, makes the file damaged. */
template <class Entry>
Result<void> readCheckpoint(FileSystem& files, const std::string& path, Entry entry)
{
    auto bytes = readFile(files, path);
    if (!bytes)
        return bytes.error().code == ErrorCode::LocalNotFound ? Result<void>{}
                                                              : fail(std::move(bytes.error()));
    std::string_view text = asText(*bytes);
    std::size_t count = 0;
    bool isWhole = takeUntil(text, '\n') == "0" && readNumber(takeUntil(text, '\n'), count);
    std::size_t found = 0;
    while (isWhole && !text.empty()) {
        isWhole = entry(takeUntil(text, '\n'));
        ++found;
    }
    if (!isWhole || found != count)
        return fail(ErrorCode::LocalCorruptData, path + " is damaged");
    return {};
}

} // namespace

Result<OffsetCheckpoint> readOffsetCheckpoint(FileSystem& files, const std::string& path)
{
    OffsetCheckpoint offsets;
    auto read = readCheckpoint(files, path, [&offsets](std::string_view line) {
        TopicPartition partition;
        partition.topic = takeUntil(line, ' ');
        std::int64_t offset = 0;
        if (!readNumber(takeUntil(line, ' '), partition.partition) || !readNumber(line, offset))
            return false;
        offsets[std::move(partition)] = offset;
        return true;
    });
    if (!read)
        return fail(std::move(read.error()));
    return offsets;
}

std::string offsetCheckpointText(
    const std::vector<std::pair<const TopicPartition*, std::int64_t>>& offsets)
{
    std::string text = fmt::format("0\n{}\n", offsets.size());
    for (const auto& [partition, offset] : offsets)
        fmt::format_to(
            std::back_inserter(text), "{} {} {}\n", partition->topic, partition->partition, offset);
    return text;
}

Result<std::vector<EpochEntry>> readEpochCheckpoint(FileSystem& files, const std::string& path)
{
    std::vector<EpochEntry> entries;
    auto read = readCheckpoint(files, path, [&entries](std::string_view line) {
        EpochEntry entry;
        if (!readNumber(takeUntil(line, ' '), entry.epoch) || !readNumber(line, entry.startOffset))
            return false;
        entries.push_back(entry);
        return true;
    });
    if (!read)
        return fail(std::move(read.error()));
    return entries;
}

Result<void> writeEpochCheckpoint(
    FileSystem& files, const std::string& path, const std::vector<EpochEntry>& entries)
{
    std::string text = fmt::format("0\n{}\n", entries.size());
    for (const EpochEntry& entry : entries)
        fmt::format_to(std::back_inserter(text), "{} {}\n", entry.epoch, entry.startOffset);
    return replaceFile(files, path, asBytes(text), Durability::Process);
}

Result<Uuid> readPartitionMetadata(FileSystem& files, const std::string& path)
{
    auto bytes = readFile(files, path);
    if (!bytes)
        return bytes.error().code == ErrorCode::LocalNotFound ? Result<Uuid>(Uuid{})
                                                              : fail(std::move(bytes.error()));
    std::string_view text = asText(*bytes);
    std::optional<Uuid> topicId;
    bool isKnownVersion = false;
    while (!text.empty()) {
        std::string_view line = takeUntil(text, '\n');
        const std::string_view key = takeUntil(line, ':');
        line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
        if (key == "version") {
            isKnownVersion = line == "0";
        } else if (key == "topic_id") {
            if (auto parsed = Uuid::parse(line))
                topicId = *parsed;
        }
    }
    if (!isKnownVersion || !topicId)
        return fail(ErrorCode::LocalCorruptData, path + " is damaged");
    return *topicId;
}

Result<void> writePartitionMetadata(FileSystem& files, const std::string& path, const Uuid& topicId)
{
    const std::string text = fmt::format("version: 0\ntopic_id: {}", topicId.toString());
    return replaceFile(files, path, asBytes(text), Durability::Process);
}

std::unordered_map<std::string, std::string> parseProperties(std::string_view text)
{
    std::unordered_map<std::string, std::string> properties;
    while (!text.empty()) {
        std::string_view line = takeUntil(text, '\n');
        if (line.empty() || line.front() == '#')
            continue;
        const std::string key(takeUntil(line, '='));
        while (!line.empty() && (line.back() == '\r' || line.back() == ' '))
            line.remove_suffix(1);
        properties[key] = std::string(line);
    }
    return properties;
}

} // namespace moldau::storage
