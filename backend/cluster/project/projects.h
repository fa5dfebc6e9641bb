#pragma once

#include "base/result.h"

#include <map>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace moldau::cluster {

/** A cluster that runs, or ran, in a process of this user. */
struct Project {
    std::string name;
    int pid = 0;
    std::string socket; ///< of its ControlServer
    std::string directory; ///< its data
    std::string logDirectory;
    std::map<std::string, std::string> hostAddresses; ///< where the services' names lead
};

/**
 * The projects of this user: one small file each in the state directory, written by the process
 * that runs the cluster and removed when it ends in good order. Functions of one thread; files of
 * processes that died are recognised by their socket.
 */
class Projects {
public:
    /** Where the socket of a project is, in a folder that only this user can enter. */
    static Result<std::string> socketPathFor(const std::string& name);

    static Result<void> add(const Project& project);
    static void remove(const std::string& name);
    /** LocalNotFound when no project of that name was ever started and not taken down. */
    static Result<Project> find(const std::string& name);
    static std::vector<Project> all();

    /** Whether its process answers. */
    static bool isRunning(const Project& project);
    /** Sends one request to the process and waits for the answer, which may take as long as the
     * node does. */
    static Result<nlohmann::json> ask(const Project& project, const nlohmann::json& request);
};

/** Deletes a cluster's data directory; only one that Moldau made (it has its marker file). */
Result<void> deleteData(const std::string& directory);

} // namespace moldau::cluster
