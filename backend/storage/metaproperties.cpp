#include "storage/metaproperties.h"

#include "storage/checkpointfile.h"

#include <fmt/format.h>

namespace moldau::storage {

Result<MetaProperties> loadMetaProperties(
    FileSystem& files, const std::string& path, const MetaProperties& expected)
{
    auto bytes = readFile(files, path);
    if (!bytes && bytes.error().code != ErrorCode::LocalNotFound)
        return fail(std::move(bytes.error()));
    const auto properties = parseProperties(bytes ? asText(*bytes) : std::string_view());
    const auto valueOf = [&properties](const char* key) {
        const auto found = properties.find(key);
        return found == properties.end() ? std::string() : found->second;
    };

    const std::string nodeId = valueOf("node.id");
    const std::string expectedNode = std::to_string(expected.nodeId.value());
    if (!nodeId.empty() && nodeId != expectedNode)
        return fail(ErrorCode::LocalInvalidArgument,
            fmt::format(
                "Invalid node.id in: {}. Expected {}, but read {}", path, expectedNode, nodeId));
    MetaProperties found = expected;
    const std::string clusterId = valueOf("cluster.id");
    if (!clusterId.empty()) {
        if (!expected.clusterId.empty() && clusterId != expected.clusterId)
            return fail(ErrorCode::InconsistentClusterId,
                fmt::format("Invalid cluster.id in: {}. Expected {}, but read {}", path,
                    expected.clusterId, clusterId));
        found.clusterId = clusterId;
    }
    const auto directoryId = Uuid::parse(valueOf("directory.id"));
    found.directoryId = directoryId ? *directoryId : Uuid::random();
    if (!nodeId.empty() && !clusterId.empty() && directoryId)
        return found;

    const std::string text
        = fmt::format("#\ncluster.id={}\ndirectory.id={}\nnode.id={}\nversion=1\n", found.clusterId,
            found.directoryId.toString(), expectedNode);
    auto written = replaceFile(files, path, asBytes(text), Durability::Process);
    if (!written)
        return fail(std::move(written.error()));
    return found;
}

} // namespace moldau::storage
