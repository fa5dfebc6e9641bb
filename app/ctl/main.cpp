// moldauctl: the engine without a window. Every command is a file of its own.

#include "ctl/command.h"
#include "ctl/version.h"

#include <cstdio>

#include <fmt/core.h>

namespace moldau::ctl {

int complain(const std::string& message, int status, const std::string& hint)
{
    std::fflush(stdout);
    fmt::print(stderr, "moldauctl: error: {}\n", message);
    if (!hint.empty())
        fmt::print(stderr, "{}\n", hint);
    return status;
}

} // namespace moldau::ctl

int main(int argc, char** argv)
{
    using namespace moldau::ctl;
    CLI::App app("Runs Kafka-compatible clusters on this machine, without JVM and Docker.", "moldauctl");
    app.set_version_flag("--version", std::string("moldauctl ") + kVersion);
    app.require_subcommand(1);
    app.fallthrough(false);
    Run run;
    addUp(app, run);
    addPs(app, run);
    addSteering(app, run);
    addLogs(app, run);
    addExec(app, run);
    addDown(app, run);
    addDoctor(app, run);
    try {
        app.parse(argc, argv);
    } catch (const CLI::Success& success) { // --help, --version
        return app.exit(success);
    } catch (const CLI::ParseError& error) {
        return complain(error.what(), kWrongUsage, "Run with --help for more information.");
    }
    return run();
}
