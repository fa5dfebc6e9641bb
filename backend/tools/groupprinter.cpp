#include "tools/groupprinter.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

namespace moldau::tools {

namespace {

using namespace moldau::client;

template <class T> std::string textOr(const std::optional<T>& value)
{
    return value ? fmt::format("{}", *value) : "-";
}

std::string capitalized(std::string text)
{
    if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
        text.front() = static_cast<char>(text.front() - 32);
    return text.empty() ? "Unknown" : text;
}

std::string textOr(const std::string& text)
{
    return text.empty() ? "-" : text;
}

/** "orders:0,1;payments:2". */
std::string assignmentText(const std::vector<TopicPartition>& partitions)
{
    std::map<std::string, std::set<std::int32_t>> byTopic;
    for (const TopicPartition& at : partitions)
        byTopic[at.topic].insert(at.partition);
    std::string text;
    for (const auto& [topic, numbers] : byTopic)
        text += fmt::format("{}{}:{}", text.empty() ? "" : ";", topic, fmt::join(numbers, ","));
    return textOr(text);
}

/** A column as Kafka's tool formats it. */
struct Column {
    enum class Width : std::uint8_t { Fixed, Growing, Open };
    std::string title;
    std::size_t width = 15;
    Width kind = Width::Fixed; ///< Growing follows its cells; Open, at the end, isn't padded
};

/** Rows below their titles. */
class Table {
public:
    explicit Table(std::vector<Column> columns)
        : m_columns(std::move(columns))
    {
        std::vector<std::string> titles;
        for (const Column& column : m_columns)
            titles.push_back(column.title);
        m_rows.push_back(std::move(titles));
    }
    void add(std::vector<std::string> row)
    {
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (m_columns[i].kind == Column::Width::Growing)
                m_columns[i].width = std::max(m_columns[i].width, row[i].size());
        }
        m_rows.push_back(std::move(row));
    }
    std::string text(std::string_view before, std::string_view after) const
    {
        std::string out;
        for (const auto& row : m_rows) {
            out += before;
            for (std::size_t i = 0; i < row.size(); ++i)
                out += m_columns[i].kind == Column::Width::Open
                    ? row[i]
                    : fmt::format("{:<{}} ", row[i], m_columns[i].width);
            out += after;
        }
        return out;
    }

private:
    std::vector<Column> m_columns;
    std::vector<std::vector<std::string>> m_rows;
};

using Width = Column::Width;

} // namespace

void GroupPrinter::printError(std::string_view message)
{
    m_io.out(fmt::format("\nError: {}\n", message));
}

void GroupPrinter::printList(const std::vector<GroupSummary>& groups, bool hasType, bool hasState)
{
    if (!hasType && !hasState) {
        for (const GroupSummary& group : groups)
            m_io.out(group.id + "\n");
        return;
    }
    std::size_t longest = 15;
    for (const GroupSummary& group : groups)
        longest = std::max(longest, group.id.size());
    const auto print
        = [&](const std::string& id, const std::string& type, const std::string& state) {
              std::string line = fmt::format("{:<{}}", id, longest + 10);
              line += hasType ? fmt::format(" {:<20}", type) : "";
              line += hasState ? fmt::format(" {:<20}", state) : "";
              m_io.out(line + "\n");
          };
    print("GROUP", "TYPE", "STATE");
    for (const GroupSummary& group : groups)
        print(group.id, capitalized(group.type), group.state.empty() ? "Unknown" : group.state);
}

bool GroupPrinter::printCondition(
    const std::string& group, const std::string& state, std::size_t rows)
{
    if (state == "Dead") {
        printError(fmt::format("Consumer group '{}' does not exist.", group));
        return false;
    }
    if (state == "Empty")
        m_io.err(fmt::format("\nConsumer group '{}' has no active members.\n", group));
    else if (state != "Stable")
        m_io.err(fmt::format("\nWarning: Consumer group '{}' is rebalancing.\n", group));
    return rows > 0;
}

void GroupPrinter::printOffsets(
    const GroupDetail& group, const std::vector<GroupRow>& rows, bool isVerbose)
{
    if (!printCondition(group.summary.id, group.summary.state, rows.size()))
        return;
    std::vector<Column> columns{
        {"GROUP", 15, Width::Growing}, {"TOPIC", 15, Width::Growing}, {"PARTITION", 10}};
    if (isVerbose)
        columns.push_back({"LEADER-EPOCH"});
    columns.insert(columns.end(),
        {{"CURRENT-OFFSET"}, {"LOG-END-OFFSET"}, {"LAG"}, {"CONSUMER-ID", 15, Width::Growing},
            {"HOST", 15, Width::Growing}, {"CLIENT-ID", 0, Width::Open}});
    Table table(std::move(columns));
    for (const GroupRow& row : rows) {
        const auto lag
            = row.committed && row.end ? std::optional(*row.end - *row.committed) : std::nullopt;
        std::vector<std::string> cells{group.summary.id, row.at ? row.at->topic : "-",
            row.at ? std::to_string(row.at->partition) : "-"};
        if (isVerbose)
            cells.push_back(textOr(row.leaderEpoch));
        cells.insert(cells.end(),
            {textOr(row.committed), textOr(row.end), textOr(lag), row.consumerId, row.host,
                row.clientId});
        table.add(std::move(cells));
    }
    m_io.out(table.text("\n", "") + "\n");
}

void GroupPrinter::printMembers(const GroupDetail& group, bool isVerbose)
{
    const std::vector<GroupMemberDetail>& members = group.members;
    printCondition(group.summary.id, group.summary.state, members.size());
    const bool hasInstances = std::ranges::any_of(
        members, [](const GroupMemberDetail& member) { return !member.instanceId.empty(); });
    std::vector<Column> columns{{"GROUP", 15, Width::Growing}, {"CONSUMER-ID", 15, Width::Growing}};
    if (hasInstances)
        columns.push_back({"GROUP-INSTANCE-ID", 17, Width::Growing});
    columns.insert(columns.end(),
        {{"HOST", 15, Width::Growing}, {"CLIENT-ID", 15, Width::Growing}, {"#PARTITIONS"}});
    if (isVerbose)
        columns.insert(columns.end(),
            {{"CURRENT-EPOCH"}, {"CURRENT-ASSIGNMENT", 20, Width::Growing}, {"TARGET-EPOCH"},
                {"TARGET-ASSIGNMENT", 19, Width::Growing}});
    Table table(std::move(columns));
    for (const GroupMemberDetail& member : members) {
        std::vector<std::string> cells{group.summary.id, member.basics.memberId};
        if (hasInstances)
            cells.push_back(member.instanceId);
        cells.insert(cells.end(),
            {member.basics.host, member.basics.clientId, std::to_string(member.assigned.size())});
        if (isVerbose)
            cells.insert(cells.end(),
                {textOr(member.epoch), assignmentText(member.assigned), textOr(group.targetEpoch),
                    assignmentText(member.target)});
        table.add(std::move(cells));
    }
    m_io.out("\n" + table.text("", "\n"));
}

void GroupPrinter::printState(const GroupDetail& group, bool isVerbose)
{
    if (!printCondition(group.summary.id, group.summary.state, 1))
        return;
    std::vector<Column> columns{{"GROUP"}, {"COORDINATOR (ID)", 25, Width::Growing},
        {"ASSIGNMENT-STRATEGY", 20}, {"STATE", 20}};
    if (isVerbose)
        columns.insert(columns.end(), {{"GROUP-EPOCH"}, {"TARGET-ASSIGNMENT-EPOCH", 25}});
    columns.push_back({"#MEMBERS", 0, Width::Open});
    Table table(std::move(columns));
    std::vector<std::string> cells{group.summary.id,
        fmt::format("{}  ({})", toString(group.coordinator), group.coordinatorId.value()),
        textOr(group.summary.protocol), group.summary.state};
    if (isVerbose)
        cells.insert(cells.end(), {textOr(group.epoch), textOr(group.targetEpoch)});
    cells.push_back(std::to_string(group.members.size()));
    table.add(std::move(cells));
    m_io.out(table.text("\n", "") + "\n");
}

void GroupPrinter::printNewOffsets(const std::map<std::string, NewOffsets>& offsets)
{
    if (offsets.empty())
        return m_io.out("\n");
    Table table({{"GROUP", 15, Width::Growing}, {"TOPIC", 15, Width::Growing}, {"PARTITION", 10},
        {"NEW-OFFSET", 0, Width::Open}});
    for (const auto& [group, partitions] : offsets) {
        for (const auto& [at, offset] : partitions)
            table.add({group, at.topic, std::to_string(at.partition), std::to_string(offset)});
    }
    m_io.out(table.text("\n", "") + "\n");
}

} // namespace moldau::tools
