#pragma once

#include "tools/options.h"
#include "tools/toolsession.h"

#include <map>
#include <string>
#include <vector>

namespace moldau::tools {

/** New offsets of one group in the order in which they are shown. */
using NewOffsets = std::vector<std::pair<TopicPartition, std::int64_t>>;

/**
 * Finds the offsets that kafka-consumer-groups --reset-offsets means, by each of its scenarios.
 * Errors with LocalInvalidArgument are wrong usage, others come from the cluster. Used for one run.
 */
class OffsetReset {
public:
    OffsetReset(ToolSession& session, const Options& options)
        : m_session(session)
        , m_options(options)
    {
    }

    Result<NewOffsets> offsetsFor(const std::string& group);

private:
    using Offsets = std::map<TopicPartition, std::int64_t>;

    Result<std::vector<TopicPartition>> partitionsFor(const std::string& group);
    Result<Offsets> committedOf(const std::string& group);
    /** One ListOffsets for all; an error of any partition is the error of all. */
    Result<Offsets> askOffsets(const std::vector<TopicPartition>& partitions, std::int64_t what);
    Result<Offsets> byTime(const std::vector<TopicPartition>& partitions, std::int64_t timestampMs);
    Result<Offsets> byShift(
        const std::string& group, const std::vector<TopicPartition>& partitions, std::int64_t by);
    Result<Offsets> toCurrent(
        const std::string& group, const std::vector<TopicPartition>& partitions);
    Result<Offsets> fromFile(const std::string& group);
    /** Inside of what the partitions hold, with a warning where that changes something. */
    Result<Offsets> inRange(const Offsets& wanted);

    ToolSession& m_session;
    const Options& m_options;
};

/** Partitions of "topic", all, or of "topic:0,1". */
Result<std::vector<TopicPartition>> partitionsOfArguments(
    ToolSession& session, const std::vector<std::string>& arguments);

} // namespace moldau::tools
