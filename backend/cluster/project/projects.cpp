#include "cluster/project/projects.h"

#include "cluster/userdirectories.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace moldau::cluster {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

std::string projectsDirectory()
{
    return stateDirectory() + "/projects";
}

std::string fileOf(const std::string& name)
{
    return projectsDirectory() + "/" + name + ".json";
}

/** A connected socket, or -1. */
int connectTo(const std::string& path)
{
    sockaddr_un address{};
    if (path.size() >= sizeof address.sun_path)
        return -1;
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    const int connection = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connection >= 0
        && ::connect(connection, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0)
        return connection;
    if (connection >= 0)
        ::close(connection);
    return -1;
}

Result<Project> read(const fs::path& file)
{
    std::ifstream in(file);
    std::stringstream text;
    text << in.rdbuf();
    const json parsed = json::parse(text.str(), nullptr, false);
    if (!parsed.is_object())
        return fail(ErrorCode::LocalCorruptData, fmt::format("{} can't be read", file.string()));
    Project project;
    project.name = parsed.value("name", "");
    project.pid = parsed.value("pid", 0);
    project.socket = parsed.value("socket", "");
    project.directory = parsed.value("directory", "");
    project.logDirectory = parsed.value("logs", "");
    project.hostAddresses = parsed.value("hosts", std::map<std::string, std::string>());
    return project;
}

} // namespace

Result<std::string> Projects::socketPathFor(const std::string& name)
{
    const char* const runtime = std::getenv("XDG_RUNTIME_DIR");
    const std::string directory = runtime != nullptr && runtime[0] == '/'
        ? std::string(runtime) + "/moldau"
        : fmt::format("/tmp/moldau-{}", ::getuid());
    std::error_code error;
    fs::create_directories(directory, error);
    struct stat facts { };
    if (::lstat(directory.c_str(), &facts) != 0 || !S_ISDIR(facts.st_mode)
        || facts.st_uid != ::getuid() || ::chmod(directory.c_str(), 0700) != 0)
        return fail(ErrorCode::LocalIoError,
            fmt::format("{} is not a folder of this user's own", directory));
    return directory + "/" + name + ".sock";
}

Result<void> Projects::add(const Project& project)
{
    std::error_code error;
    fs::create_directories(projectsDirectory(), error);
    const json content = {{"name", project.name}, {"pid", project.pid}, {"socket", project.socket},
        {"directory", project.directory}, {"logs", project.logDirectory},
        {"hosts", project.hostAddresses}};
    std::ofstream out(fileOf(project.name), std::ios::trunc);
    out << content.dump(2) << '\n';
    out.close();
    if (!out)
        return fail(ErrorCode::LocalIoError, fmt::format("cannot write {}", fileOf(project.name)));
    return {};
}

void Projects::remove(const std::string& name)
{
    std::error_code ignored;
    fs::remove(fileOf(name), ignored);
}

Result<Project> Projects::find(const std::string& name)
{
    if (!isValidProjectName(name) || !fs::exists(fileOf(name)))
        return fail(ErrorCode::LocalNotFound, fmt::format("no project named '{}'", name));
    return read(fileOf(name));
}

std::vector<Project> Projects::all()
{
    std::vector<Project> projects;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(projectsDirectory(), none))
        if (entry.path().extension() == ".json")
            if (auto project = read(entry.path()))
                projects.push_back(std::move(*project));
    return projects;
}

bool Projects::isRunning(const Project& project)
{
    const int connection = connectTo(project.socket);
    if (connection < 0)
        return false;
    ::close(connection);
    return true;
}

Result<json> Projects::ask(const Project& project, const json& request)
{
    const int connection = connectTo(project.socket);
    if (connection < 0)
        return fail(ErrorCode::LocalConnectionRefused,
            fmt::format("project '{}' is not running", project.name));
    const std::string line = request.dump() + "\n";
    const bool isSent = ::send(connection, line.data(), line.size(), MSG_NOSIGNAL)
        == static_cast<ssize_t>(line.size());
    std::string answer;
    char buffer[4096];
    ssize_t size = 0;
    while (isSent && (size = ::read(connection, buffer, sizeof buffer)) > 0)
        answer.append(buffer, static_cast<std::size_t>(size));
    ::close(connection);
    json parsed = json::parse(answer, nullptr, false);
    if (!parsed.is_object())
        return fail(ErrorCode::LocalConnectionClosed,
            fmt::format("project '{}' did not answer", project.name));
    if (!parsed.value("ok", false))
        return fail(
            ErrorCode::LocalInvalidArgument, parsed.value("error", "the request was refused"));
    return parsed;
}

Result<void> deleteData(const std::string& directory)
{
    if (directory.empty() || !fs::exists(directory))
        return {};
    if (!fs::exists(directory + "/moldau.properties"))
        return fail(ErrorCode::LocalInvalidArgument,
            fmt::format(
                "{} was not made by Moldau (it has no moldau.properties): nothing was deleted",
                directory));
    std::error_code error;
    fs::remove_all(directory, error);
    if (error)
        return fail(ErrorCode::LocalIoError,
            fmt::format("cannot delete {}: {}", directory, error.message()));
    return {};
}

} // namespace moldau::cluster
