#include "tools/offsetreset.h"

#include "tools/javahashorder.h"
#include "tools/timetext.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <fstream>

namespace moldau::tools {

namespace {

using namespace moldau::client;

constexpr std::string_view kLogger = "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand";

tl::unexpected<Error> wrong(std::string message)
{
    return fail(ErrorCode::LocalInvalidArgument, std::move(message));
}

template <class Number> std::optional<Number> numberOf(std::string_view text)
{
    Number number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional(number)
                                                                    : std::nullopt;
}

std::vector<std::string> split(std::string_view text, char separator)
{
    std::vector<std::string> parts;
    for (;;) {
        const auto end = text.find(separator);
        parts.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos)
            return parts;
        text.remove_prefix(end + 1);
    }
}

Result<std::vector<TopicPartition>> partitionsOfPair(const std::string& argument)
{
    const std::vector<std::string> parts = split(argument, ':');
    if (parts.size() != 2)
        return wrong(
            fmt::format("Invalid topic arg '{}', expected topic name and partitions", argument));
    std::vector<TopicPartition> partitions;
    for (const std::string& text : split(parts[1], ',')) {
        const auto number = numberOf<std::int32_t>(text);
        if (!number)
            return wrong(
                fmt::format("Invalid partition '{}' specified in topic arg '{}''", text, argument));
        partitions.push_back({parts[0], *number});
    }
    return partitions;
}

} // namespace

Result<std::vector<TopicPartition>> partitionsOfArguments(
    ToolSession& session, const std::vector<std::string>& arguments)
{
    std::vector<TopicPartition> partitions;
    std::vector<std::string> topics;
    for (const std::string& argument : arguments) {
        if (argument.find(':') == std::string::npos) {
            topics.push_back(argument);
            continue;
        }
        const auto named = partitionsOfPair(argument);
        if (!named)
            return fail(named.error());
        partitions.insert(partitions.end(), named->begin(), named->end());
    }
    if (topics.empty())
        return partitions;
    const auto described = session.ask<std::vector<TopicDetail>>(
        [&](auto reply) { session.cluster().describeTopics(topics, std::move(reply)); });
    if (!described)
        return fail(described.error());
    for (const std::string& topic : topics) {
        const auto found = std::ranges::find(*described, topic, &TopicDetail::name);
        if (found == described->end())
            return fail(ErrorCode::UnknownTopicOrPartition,
                "This server does not host this topic-partition.");
        for (const PartitionDetail& partition : found->partitions)
            partitions.push_back({topic, partition.basics.index});
    }
    return partitions;
}

Result<NewOffsets> OffsetReset::offsetsFor(const std::string& group)
{
    const auto partitions = partitionsFor(group);
    if (!partitions)
        return fail(partitions.error());
    Result<Offsets> offsets
        = wrong("Option '[reset-offsets]' requires one of the following scenarios: [[to-earliest], "
                "[to-offset], [shift-by], [from-file], [to-datetime], [by-duration], [to-latest], "
                "[to-current]]");
    if (m_options.has("to-offset")) {
        Offsets wanted;
        for (const TopicPartition& at : *partitions)
            wanted[at] = *m_options.number("to-offset");
        offsets = inRange(wanted);
    } else if (m_options.has("to-earliest")) {
        offsets = askOffsets(*partitions, OffsetSpec::kEarliest);
    } else if (m_options.has("to-latest")) {
        offsets = askOffsets(*partitions, OffsetSpec::kLatest);
    } else if (m_options.has("shift-by")) {
        offsets = byShift(group, *partitions, *m_options.number("shift-by"));
    } else if (m_options.has("to-datetime")) {
        const auto time = timestampOf(m_options.value("to-datetime"));
        offsets = time ? byTime(*partitions, *time) : fail(time.error());
    } else if (m_options.has("by-duration")) {
        const auto duration = millisecondsOfDuration(m_options.value("by-duration"));
        const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(
            std::chrono::system_clock::now().time_since_epoch())
                             .count();
        offsets = duration ? byTime(*partitions, now - *duration) : fail(duration.error());
    } else if (m_options.has("from-file")) {
        offsets = fromFile(group);
    } else if (m_options.has("to-current")) {
        offsets = toCurrent(group, *partitions);
    }
    return offsets.map([](const Offsets& found) {
        NewOffsets ordered(found.begin(), found.end());
        return inJavaHashOrder(
            std::move(ordered), [](const auto& entry) { return javaHash(entry.first); });
    });
}

Result<std::vector<TopicPartition>> OffsetReset::partitionsFor(const std::string& group)
{
    if (m_options.has("all-topics")) {
        return committedOf(group).map([](const Offsets& committed) {
            std::vector<TopicPartition> partitions;
            for (const auto& [at, offset] : committed)
                partitions.push_back(at);
            return partitions;
        });
    }
    if (m_options.has("topic"))
        return partitionsOfArguments(m_session, m_options.values("topic"));
    if (!m_options.has("from-file"))
        return wrong("One of the reset scopes should be defined: --all-topics, --topic.");
    return std::vector<TopicPartition>{};
}

Result<OffsetReset::Offsets> OffsetReset::committedOf(const std::string& group)
{
    using Committed = std::map<TopicPartition, CommittedOffset>;
    return m_session
        .ask<Committed>(
            [&](auto reply) { m_session.cluster().groupOffsets(group, std::move(reply)); })
        .map([](const Committed& committed) {
            Offsets offsets;
            for (const auto& [at, offset] : committed)
                offsets[at] = offset.offset;
            return offsets;
        });
}

Result<OffsetReset::Offsets> OffsetReset::askOffsets(
    const std::vector<TopicPartition>& partitions, std::int64_t what)
{
    std::map<TopicPartition, std::int64_t> wanted;
    for (const TopicPartition& at : partitions)
        wanted[at] = what;
    const auto found = m_session.ask<PerPartition<FoundOffset>>(
        [&](auto reply) { m_session.cluster().findOffsets(std::move(wanted), std::move(reply)); });
    if (!found)
        return fail(found.error());
    Offsets offsets;
    for (const auto& [at, offset] : *found) {
        if (!offset)
            return fail(offset.error());
        offsets[at] = offset->offset;
    }
    return offsets;
}

Result<OffsetReset::Offsets> OffsetReset::byTime(
    const std::vector<TopicPartition>& partitions, std::int64_t timestampMs)
{
    auto offsets = askOffsets(partitions, timestampMs);
    if (!offsets)
        return offsets;
    std::vector<TopicPartition> beyond;
    for (const auto& [at, offset] : *offsets) {
        if (offset < 0)
            beyond.push_back(at);
    }
    if (beyond.empty())
        return offsets;
    beyond
        = inJavaHashOrder(std::move(beyond), [](const TopicPartition& at) { return javaHash(at); });
    for (const TopicPartition& at : beyond)
        m_session.io().out(fmt::format(
            "\nWarn: Partition {} from topic {} is empty. Falling back to latest known offset.\n",
            at.partition, at.topic));
    const auto ends = askOffsets(beyond, OffsetSpec::kLatest);
    if (!ends)
        return ends;
    for (const auto& [at, offset] : *ends)
        (*offsets)[at] = offset;
    return offsets;
}

Result<OffsetReset::Offsets> OffsetReset::byShift(
    const std::string& group, const std::vector<TopicPartition>& partitions, std::int64_t by)
{
    const auto committed = committedOf(group);
    if (!committed)
        return committed;
    Offsets wanted;
    for (const TopicPartition& at : partitions) {
        const auto current = committed->find(at);
        if (current == committed->end())
            return wrong(fmt::format(
                "Cannot shift offset for partition {} since there is no current committed offset",
                at.toString()));
        wanted[at] = current->second + by;
    }
    return inRange(wanted);
}

Result<OffsetReset::Offsets> OffsetReset::toCurrent(
    const std::string& group, const std::vector<TopicPartition>& partitions)
{
    const auto committed = committedOf(group);
    if (!committed)
        return committed;
    Offsets offsets;
    std::vector<TopicPartition> without;
    for (const TopicPartition& at : partitions) {
        const auto current = committed->find(at);
        if (current == committed->end())
            without.push_back(at);
        else
            offsets[at] = current->second;
    }
    const auto ends
        = without.empty() ? Result<Offsets>(Offsets{}) : askOffsets(without, OffsetSpec::kLatest);
    if (!ends)
        return ends;
    offsets.insert(ends->begin(), ends->end());
    return offsets;
}

Result<OffsetReset::Offsets> OffsetReset::fromFile(const std::string& group)
{
    const std::string path = m_options.value("from-file");
    std::ifstream file(path);
    if (!file)
        return fail(ErrorCode::LocalNotFound, fmt::format("{} can't be read", path));
    Offsets wanted;
    std::string line;
    while (std::getline(file, line)) {
        if (!line.empty() && line.back() == '\r')
            line.pop_back();
        if (line.empty())
            continue;
        std::vector<std::string> cells = split(line, ',');
        const bool hasGroup = cells.size() == 4;
        if (hasGroup && cells.front() != group)
            continue;
        if (hasGroup)
            cells.erase(cells.begin());
        const auto partition = cells.size() == 3 ? numberOf<std::int32_t>(cells[1]) : std::nullopt;
        const auto offset = cells.size() == 3 ? numberOf<std::int64_t>(cells[2]) : std::nullopt;
        if (!partition || !offset)
            return wrong(fmt::format("{} has the line '{}', which is neither "
                                     "topic,partition,offset nor group,topic,partition,offset",
                path, line));
        wanted[{cells[0], *partition}] = *offset;
    }
    if (wanted.empty()) {
        m_session.io().out(fmt::format("\nError: No reset plan for group {} found\n", group));
        return wanted;
    }
    return inRange(wanted);
}

Result<OffsetReset::Offsets> OffsetReset::inRange(const Offsets& wanted)
{
    std::vector<TopicPartition> partitions;
    for (const auto& [at, offset] : wanted)
        partitions.push_back(at);
    const auto starts = askOffsets(partitions, OffsetSpec::kEarliest);
    const auto ends = starts ? askOffsets(partitions, OffsetSpec::kLatest) : starts;
    if (!ends)
        return ends;
    Offsets offsets;
    for (const auto& [at, offset] : wanted) {
        const std::int64_t start = starts->at(at);
        const std::int64_t end = ends->at(at);
        offsets[at] = std::min(std::max(offset, start), end);
        const std::string_view side = offset > end ? "higher than latest"
            : offset < start                       ? "lower than earliest"
                                                   : "";
        if (!side.empty())
            m_session.io().err(logLine("WARN",
                fmt::format(
                    "New offset ({}) is {} offset for topic partition {}. Value will be set to {}",
                    offset, side, at.toString(), offsets[at]),
                kLogger));
    }
    return offsets;
}

} // namespace moldau::tools
