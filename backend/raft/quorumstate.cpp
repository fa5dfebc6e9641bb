#include "raft/quorumstate.h"

#include <nlohmann/json.hpp>

namespace moldau::raft {

namespace {

constexpr int kVersion = 1;

auto corrupt(const std::string& path, const std::string& why)
{
    return fail(ErrorCode::LocalCorruptData, path + ": " + why);
}

} // namespace

Result<std::optional<QuorumState>> readQuorumState(FileSystem& files, const std::string& path)
{
    if (!files.exists(path))
        return std::nullopt;
    const auto bytes = readFile(files, path);
    if (!bytes)
        return fail(bytes.error());
    const auto json = nlohmann::json::parse(asText(*bytes), nullptr, false);
    if (!json.is_object())
        return corrupt(path, "is not a JSON object");
    const auto numberOf = [&](const char* key) -> std::optional<std::int32_t> {
        const auto found = json.find(key);
        if (found == json.end() || !found->is_number_integer())
            return std::nullopt;
        return found->get<std::int32_t>();
    };
    const auto version = numberOf("data_version");
    if (!version || *version < 0 || *version > kVersion)
        return corrupt(path, "has an unknown data_version");
    const auto epoch = numberOf("leaderEpoch");
    if (!epoch || *epoch < 0)
        return corrupt(path, "has no leaderEpoch");
    QuorumState state;
    state.epoch = *epoch;
    state.leader = BrokerId(numberOf("leaderId").value_or(kNoBroker.value()));
    state.voted = BrokerId(numberOf("votedId").value_or(kNoBroker.value()));
    if (const auto found = json.find("votedDirectoryId");
        found != json.end() && found->is_string()) {
        const auto directory = Uuid::parse(found->get<std::string>());
        if (!directory)
            return corrupt(path, "has a votedDirectoryId that is no UUID");
        state.votedDirectory = *directory;
    }
    return state;
}

Result<void> writeQuorumState(
    FileSystem& files, const std::string& path, const QuorumState& state, Durability durability)
{
    const nlohmann::ordered_json json{{"leaderId", state.leader.value()},
        {"leaderEpoch", state.epoch}, {"votedId", state.voted.value()},
        {"votedDirectoryId", state.votedDirectory.toString()}, {"data_version", kVersion}};
    const std::string text = json.dump();
    return replaceFile(files, path, asBytes(text), durability);
}

} // namespace moldau::raft
