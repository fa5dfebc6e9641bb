#include "cluster/clusterdirectory.h"

#include "base/uuid.h"
#include "configs/properties.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace moldau::cluster {

namespace {

std::string markerOf(const std::string& directory)
{
    return directory + "/moldau.properties";
}

Result<configs::ConfigMap> readMarker(FileSystem& files, const std::string& directory)
{
    const auto bytes = readFile(files, markerOf(directory));
    if (!bytes)
        return fail(bytes.error());
    const auto properties = configs::readProperties(asText(*bytes));
    if (!properties)
        return fail(properties.error());
    return configs::toMap(*properties);
}

std::string textOf(const std::vector<BrokerId>& voters)
{
    std::vector<int> numbers;
    for (const BrokerId voter : voters)
        numbers.push_back(voter.value());
    return fmt::format("{}", fmt::join(numbers, ","));
}

/** Directories made by earlier versions keep only how many voters there are. */
Result<void> checkVoters(const std::string& directory, const configs::ConfigMap& marker,
    const std::vector<BrokerId>& voters)
{
    const auto valueOf = [&](const char* key) {
        const auto found = marker.find(key);
        return found == marker.end() ? std::string() : found->second;
    };
    const std::string made = valueOf("voters");
    if (!made.empty() && made != textOf(voters))
        return fail(ErrorCode::InvalidConfig,
            fmt::format("the metadata of the cluster in {} are kept by the nodes {} and can't be "
                        "read by {}: name the same controllers again, or start a new cluster under "
                        "another project name (-p) or in another directory (--data)",
                directory, made, textOf(voters)));
    const std::string count = valueOf("controllers").empty() ? "1" : valueOf("controllers");
    if (made.empty() && count != std::to_string(voters.size()))
        return fail(ErrorCode::InvalidConfig,
            fmt::format("the cluster in {} was made with {} controller(s) and can't be started "
                        "with {}",
                directory, count, voters.size()));
    return {};
}

} // namespace

Result<std::string> openClusterDirectory(FileSystem& files, const std::string& directory,
    const std::string& name, const std::string& requestedId, const std::vector<BrokerId>& voters)
{
    if (auto made = files.createDirectories(directory); !made)
        return fail(made.error());
    const std::string marker = markerOf(directory);
    if (files.exists(marker)) {
        auto map = readMarker(files, directory);
        if (!map)
            return fail(map.error());
        const std::string clusterId = (*map)["cluster.id"];
        if (clusterId.empty())
            return fail(ErrorCode::LocalCorruptData, fmt::format("{} has no cluster.id", marker));
        if (!requestedId.empty() && requestedId != clusterId)
            return fail(ErrorCode::InconsistentClusterId,
                fmt::format("Invalid cluster.id in: {}. Expected {}, but read {}", marker,
                    requestedId, clusterId));
        if (const auto checked = checkVoters(directory, *map, voters); !checked)
            return fail(checked.error());
        return clusterId;
    }
    std::string clusterId = requestedId.empty() ? Uuid::random().toString() : requestedId;
    const std::string text = configs::writeProperties(
        {{"cluster.id", clusterId}, {"controllers", std::to_string(voters.size())},
            {"voters", textOf(voters)}, {"name", name}});
    if (auto written = replaceFile(files, marker, asBytes(text), Durability::Process); !written)
        return fail(written.error());
    return clusterId;
}

bool hasVoterOfItsOwn(FileSystem& files, const std::string& directory)
{
    if (!files.exists(markerOf(directory)))
        return false;
    const auto marker = readMarker(files, directory);
    return marker && !marker->contains("voters");
}

} // namespace moldau::cluster
