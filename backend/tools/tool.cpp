#include "tools/tool.h"

#include "tools/kafkaconfigs.h"
#include "tools/kafkaconsoleconsumer.h"
#include "tools/kafkaconsoleproducer.h"
#include "tools/kafkaconsumergroups.h"
#include "tools/kafkagetoffsets.h"
#include "tools/kafkatopics.h"
#include "tools/spelling.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace moldau::tools {

namespace {

constexpr Tool kTools[] = {
    {"kafka-configs", "Shows and changes the settings of topics, brokers and groups.",
        runKafkaConfigs},
    {"kafka-console-consumer", "Reads records and writes them to standard output.",
        runKafkaConsoleConsumer},
    {"kafka-console-producer", "Sends each line of standard input as a record.",
        runKafkaConsoleProducer},
    {"kafka-consumer-groups",
        "Lists groups, shows their members and lag, resets and deletes offsets.",
        runKafkaConsumerGroups},
    {"kafka-get-offsets", "Shows the offsets of partitions.", runKafkaGetOffsets},
    {"kafka-topics", "Creates, lists, describes, changes and deletes topics.", runKafkaTopics},
};

std::string_view plainName(std::string_view name)
{
    name = name.substr(name.rfind('/') + 1);
    for (const std::string_view ending : {".sh", ".bat"}) {
        if (name.ends_with(ending))
            name.remove_suffix(ending.size());
    }
    return name;
}

} // namespace

std::span<const Tool> allTools()
{
    return kTools;
}

const Tool* findTool(std::string_view name)
{
    const Tool* tool = std::ranges::find(kTools, plainName(name), &Tool::name);
    return tool == std::end(kTools) ? nullptr : tool;
}

const Tool* similarTool(std::string_view name)
{
    std::vector<std::string_view> names;
    for (const Tool& tool : kTools)
        names.push_back(tool.name);
    return findTool(mostSimilar(plainName(name), names));
}

int runTool(std::span<const std::string> args, ToolIo& io)
{
    constexpr int kUnknownCommand = 127;
    if (args.empty()) {
        io.err("No tool was named. The tools are:\n");
        for (const Tool& tool : kTools)
            io.err(fmt::format("  {:<24}{}\n", tool.name, tool.summary));
        return 1;
    }
    if (const Tool* tool = findTool(args.front()))
        return tool->run(args.subspan(1), io);
    io.err(fmt::format("{}: command not found\n", args.front()));
    if (const Tool* meant = similarTool(args.front()))
        io.err(fmt::format("Did you mean {}?\n", meant->name));
    return kUnknownCommand;
}

} // namespace moldau::tools
