#include "cluster/userdirectories.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>

namespace moldau::cluster {

namespace {

std::string xdg(const char* variable, const char* belowHome)
{
    if (const char* const value = std::getenv(variable); value != nullptr && value[0] == '/')
        return std::string(value) + "/moldau";
    const char* const home = std::getenv("HOME");
    return std::string(home != nullptr ? home : "/tmp") + "/" + belowHome + "/moldau";
}

} // namespace

std::string dataDirectory()
{
    return xdg("XDG_DATA_HOME", ".local/share");
}

std::string configDirectory()
{
    return xdg("XDG_CONFIG_HOME", ".config");
}

std::string stateDirectory()
{
    return xdg("XDG_STATE_HOME", ".local/state");
}

std::string clusterDirectory(const std::string& name)
{
    return dataDirectory() + "/clusters/" + name;
}

bool isValidProjectName(const std::string& name)
{
    constexpr std::size_t kMostCharacters = 63;
    return !name.empty() && name.size() <= kMostCharacters && name.front() != '.'
        && name.front() != '-' && std::all_of(name.begin(), name.end(), [](char c) {
               return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_'
                   || c == '.';
           });
}

} // namespace moldau::cluster
