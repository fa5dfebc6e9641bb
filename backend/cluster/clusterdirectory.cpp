#include "cluster/clusterdirectory.h"

#include "base/uuid.h"
#include "configs/properties.h"

#include <fmt/format.h>

namespace moldau::cluster {

Result<std::string> openClusterDirectory(FileSystem& files, const std::string& directory,
    const std::string& name, const std::string& requestedId, std::size_t controllers)
{
    if (auto made = files.createDirectories(directory); !made)
        return fail(made.error());
    const std::string marker = directory + "/moldau.properties";
    if (files.exists(marker)) {
        const auto bytes = readFile(files, marker);
        if (!bytes)
            return fail(bytes.error());
        const auto properties = configs::readProperties(asText(*bytes));
        if (!properties)
            return fail(properties.error());
        configs::ConfigMap map = configs::toMap(*properties);
        const std::string clusterId = map["cluster.id"];
        if (clusterId.empty())
            return fail(ErrorCode::LocalCorruptData, fmt::format("{} has no cluster.id", marker));
        if (!requestedId.empty() && requestedId != clusterId)
            return fail(ErrorCode::InconsistentClusterId,
                fmt::format("Invalid cluster.id in: {}. Expected {}, but read {}", marker,
                    requestedId, clusterId));
        const std::string made = map["controllers"].empty() ? "1" : map["controllers"];
        if (made != std::to_string(controllers))
            return fail(ErrorCode::InvalidConfig,
                fmt::format("the cluster in {} was made with {} controller(s) and can't be started "
                            "with {}",
                    directory, made, controllers));
        return clusterId;
    }
    std::string clusterId = requestedId.empty() ? Uuid::random().toString() : requestedId;
    const std::string text = configs::writeProperties(
        {{"cluster.id", clusterId}, {"controllers", std::to_string(controllers)}, {"name", name}});
    if (auto written = replaceFile(files, marker, asBytes(text), Durability::Process); !written)
        return fail(written.error());
    return clusterId;
}

} // namespace moldau::cluster
