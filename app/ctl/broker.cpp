// moldauctl broker: one node from a server.properties, in the foreground, as Kafka's own start
// script runs it.

#include "base/filelogsink.h"
#include "cluster/clusteridquery.h"
#include "cluster/embeddedcluster.h"
#include "cluster/nodefile.h"
#include "cluster/processes/nodereport.h"
#include "ctl/command.h"
#include "ctl/endsignals.h"

#include <atomic>
#include <cstdio>
#include <future>
#include <memory>
#include <mutex>

#include <unistd.h>

#include <fmt/core.h>

namespace moldau::ctl {

namespace {

struct Options {
    std::string config;
    std::string logFile;
    int reportTo = -1; ///< a descriptor, or -1
    int faults = -1; ///< the same, of the cluster's fault board
};

/** Kafka's server prints its log. */
class StandardOutput final : public Log::Sink {
public:
    void write(std::string_view line) override
    {
        const std::lock_guard lock(m_mutex);
        std::fwrite(line.data(), 1, line.size(), stdout);
        std::fputc('\n', stdout);
        std::fflush(stdout);
    }

private:
    std::mutex m_mutex;
};

/** Tells the process that started this one where the node serves, or why not: once. Any thread. */
class Reporter {
public:
    explicit Reporter(int descriptor)
        : m_descriptor(descriptor)
    {
    }
    void say(const std::string& text)
    {
        const int descriptor = m_descriptor.exchange(-1);
        if (descriptor < 0)
            return;
        const std::string line = text + "\n";
        static_cast<void>(!::write(descriptor, line.data(), line.size()));
        ::close(descriptor);
    }
    int fail(const Error& reason, int status = kFailed)
    {
        say(cluster::textOf(reason));
        return complain(reason.message, status);
    }

private:
    std::atomic<int> m_descriptor;
};

/** A new directory gets the id of the cluster that its node joins; a first controller makes one. */
Result<void> findClusterId(cluster::ClusterPlan& plan, EndSignals& signals, bool& isEnded)
{
    if (!plan.clusterId.empty())
        return {};
    if (plan.services.front().isVoter()) {
        if (plan.voters.size() > 1)
            return fail(ErrorCode::InvalidConfig,
                "several controllers must agree on a cluster's id: write cluster.id into the file "
                "of each");
        plan.clusterId = Uuid::random().toString();
        return {};
    }
    constexpr int kTries = 120; // for a minute, as Kafka's brokers try to register
    constexpr long kPause = 500;
    for (int i = 0;; ++i) {
        const std::vector<Endpoint> controllers = plan.controllers();
        auto id = cluster::askClusterId(
            controllers[static_cast<std::size_t>(i) % controllers.size()], plan.hostAddresses);
        if (id) {
            plan.clusterId = std::move(*id);
            return {};
        }
        if (i == kTries)
            return fail(id.error());
        if ((isEnded = signals.waitFor(kPause)))
            return {};
    }
}

int runNode(const Options& options)
{
    EndSignals signals;
    Reporter reporter(options.reportTo);
    auto file = cluster::readNodeFile(options.config);
    if (!file && file.error().code == ErrorCode::LocalNotFound)
        return reporter.fail(file.error(), kWrongUsage);
    if (!file)
        return reporter.fail(
            {file.error().code, fmt::format("{}: {}", options.config, file.error().message)});
    for (const std::string& warning : file->warnings)
        fmt::print(stderr, "moldauctl: warning: {}: {}\n", options.config, warning);
    bool isEnded = false;
    if (const auto found = findClusterId(file->plan, signals, isEnded); !found)
        return reporter.fail(found.error());
    if (isEnded)
        return kDone;

    std::unique_ptr<Log::Sink> log;
    if (options.logFile.empty())
        log = std::make_unique<StandardOutput>();
    else
        log = std::make_unique<FileLogSink>(options.logFile);
    const std::string name = file->plan.name;
    std::unique_ptr<faults::FaultBoard> board;
    if (options.faults >= 0) {
        auto opened = faults::FaultBoard::open(options.faults);
        if (!opened)
            return reporter.fail(opened.error());
        board = std::move(*opened);
    }
    cluster::EmbeddedCluster node(std::move(file->plan), {}, log.get(), board.get());
    std::atomic<bool> hasFailed = false;
    node.onNodesChanged([&] {
        for (const client::NodeStatus& status : node.nodes()) {
            if (status.state == client::NodeState::Failed && !hasFailed.exchange(true)) {
                reporter.fail({ErrorCode::LocalIoError, status.problem});
                EndSignals::request();
            }
        }
    });
    node.startAll([&](Result<void> started) {
        if (started)
            reporter.say(
                cluster::textOf(cluster::NodeReport{node.listeners(name), node.controller()}));
        else if (!hasFailed.exchange(true)) {
            reporter.fail(started.error());
            EndSignals::request();
        }
    });
    signals.wait();
    std::promise<void> stopped;
    node.stopAll([&](Result<void>) { stopped.set_value(); });
    stopped.get_future().wait();
    return hasFailed ? kFailed : kDone;
}

} // namespace

void addBroker(CLI::App& app, Run& run)
{
    auto options = std::make_shared<Options>();
    CLI::App* const command = app.add_subcommand(
        "broker", "Runs a broker, a controller or both from a server.properties");
    command
        ->add_option("--config", options->config, "The properties file, as Kafka's in KRaft mode")
        ->required();
    // For the process that `up --processes` starts.
    command->add_option(
        "--log-file", options->logFile, "Where the log goes (standard output unless given)");
    command->add_option("--report-to", options->reportTo)->group("");
    command->add_option("--faults", options->faults)->group("");
    command->callback([&run, options] { run = [options] { return runNode(*options); }; });
}

} // namespace moldau::ctl
