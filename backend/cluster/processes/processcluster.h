#pragma once

#include "base/asioloop.h"
#include "base/posixfilesystem.h"
#include "cluster/plannedcluster.h"
#include "cluster/processes/childprocess.h"
#include "cluster/processes/nodereport.h"

#include <memory>
#include <string>
#include <vector>

namespace moldau::cluster {

/**
 * A cluster whose nodes are processes of their own, each `moldauctl broker --config FILE` with a
 * file written from the plan: what kill -9 hits is one node. Owned by a program; destroying it
 * kills what still runs. Any thread may call; a thread of its own does the work and calls back.
 */
class ProcessCluster final : public PlannedCluster {
public:
    /** `program` is moldauctl. Log files go to `logDirectory`/SERVICE.log. */
    ProcessCluster(ClusterPlan plan, std::string logDirectory, std::string program);
    ~ProcessCluster() override;

    // LocalCluster
    void startAll(Done done) override;

private:
    struct Service {
        client::NodeState state = client::NodeState::Stopped;
        std::string problem;
        int pid = 0;
        std::unique_ptr<ChildProcess> process; ///< the loop's, as are those that follow
        Done starting;
        std::vector<Done> ending;
    };

    void carryOut(std::size_t service, Act act, Done done) override;
    void describe(std::size_t service, client::NodeStatus& status) const override;

    // On the loop.
    void start(std::size_t service, Done done);
    void stop(std::size_t service, Done done);
    void kill(std::size_t service, Done done);
    void pause(std::size_t service, Done done);
    void unpause(std::size_t service, Done done);
    void said(std::size_t service, const std::string& line);
    void ended(std::size_t service, ChildProcess::End end);
    Result<std::string> writeFile(std::size_t service);
    void setState(std::size_t service, client::NodeState state, std::string problem = {});

    std::string m_logDirectory;
    std::string m_program;
    PosixFileSystem m_files;
    std::vector<Service> m_services; // never moves; what is told of them is guarded by the mutex
    AsioLoop m_loop; // its thread uses everything above
};

} // namespace moldau::cluster
