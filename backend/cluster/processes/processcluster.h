#pragma once

#include "base/asioloop.h"
#include "base/posixfilesystem.h"
#include "cluster/clusterplan.h"
#include "cluster/localcluster.h"
#include "cluster/processes/childprocess.h"
#include "cluster/processes/nodereport.h"

#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace moldau::cluster {

/**
 * A cluster whose nodes are processes of their own, each `moldauctl broker --config FILE` with a
 * file written from the plan: what kill -9 hits is one node. Owned by a program; destroying it
 * kills what still runs. Any thread may call; a thread of its own does the work and calls back.
 */
class ProcessCluster final : public LocalCluster {
public:
    /** `program` is moldauctl. Log files go to `logDirectory`/SERVICE.log. */
    ProcessCluster(ClusterPlan plan, std::string logDirectory, std::string program);
    ~ProcessCluster() override;

    // LocalCluster
    void startAll(Done done) override;
    void stopAll(Done done) override;
    std::vector<Endpoint> bootstrap() const override;

    // ClusterControl
    std::vector<client::NodeStatus> nodes() const override;
    void startNode(std::string service, Done done) override;
    void stopNode(std::string service, Done done) override;
    void killNode(std::string service, Done done) override;

private:
    struct Service {
        ServicePlan plan; ///< with the ports that the node had last
        client::NodeState state = client::NodeState::Stopped;
        std::string problem;
        int pid = 0;
        std::unique_ptr<ChildProcess> process; ///< the loop's
        Done starting; ///< the loop's, as are those that follow
        std::vector<Done> ending;
    };
    using Act = void (ProcessCluster::*)(Service&, Done);

    // On the loop.
    void start(Service& service, Done done);
    void stop(Service& service, Done done);
    void kill(Service& service, Done done);
    void said(Service& service, const std::string& line);
    void ended(Service& service, ChildProcess::End end);
    Result<std::string> writeFile(const Service& service);
    void together(client::NodeKind kind, Act act, Done done);
    void act(const std::string& service, Act act, Done done);

    void setState(Service& service, client::NodeState state, std::string problem = {});

    std::string m_logDirectory;
    std::string m_program;
    PosixFileSystem m_files;
    mutable std::mutex m_mutex; // guards what nodes() and bootstrap() read
    ClusterPlan m_plan; // the loop's, but for its name
    std::vector<Service> m_services; // never moves; each process is the loop's
    AsioLoop m_loop; // its thread uses everything above
};

} // namespace moldau::cluster
