#pragma once

#include "client/clusteradmin.h"
#include "tools/offsetreset.h"
#include "tools/toolio.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace moldau::tools {

/** One line of kafka-consumer-groups --describe; what is unknown shows as "-". */
struct GroupRow {
    std::optional<TopicPartition> at;
    std::optional<std::int64_t> committed;
    std::optional<std::int32_t> leaderEpoch;
    std::optional<std::int64_t> end;
    std::string consumerId = "-";
    std::string host = "-";
    std::string clientId = "-";
};

/** The tables of kafka-consumer-groups, column by column as Kafka's tool prints them. */
class GroupPrinter {
public:
    explicit GroupPrinter(ToolIo& io)
        : m_io(io)
    {
    }

    void printError(std::string_view message);
    void printList(const std::vector<client::GroupSummary>& groups, bool hasType, bool hasState);
    /** Says on standard error that nobody is in the group, or that it rebalances; false when there
     * is nothing to print below. */
    bool printCondition(const std::string& group, const std::string& state, std::size_t rows);
    void printOffsets(
        const client::GroupDetail& group, const std::vector<GroupRow>& rows, bool isVerbose);
    void printMembers(const client::GroupDetail& group, bool isVerbose);
    void printState(const client::GroupDetail& group, bool isVerbose);
    void printNewOffsets(const std::map<std::string, NewOffsets>& offsets);

private:
    ToolIo& m_io;
};

} // namespace moldau::tools
