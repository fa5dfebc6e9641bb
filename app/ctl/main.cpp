// moldauctl: the engine without a window. Every command is a file of its own.

#include "base/openfiles.h"
#include "compose/spelling.h"
#include "ctl/command.h"
#include "ctl/version.h"

#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

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

namespace {

std::vector<std::string> namesOf(const std::vector<CLI::App*>& commands)
{
    std::vector<std::string> names;
    for (const CLI::App* command : commands)
        names.push_back(command->get_name());
    return names;
}

} // namespace

} // namespace moldau::ctl

int main(int argc, char** argv)
{
    using namespace moldau::ctl;
    moldau::allowAllOpenFiles();
    CLI::App app(
        "Runs Kafka-compatible clusters on this machine, without JVM and Docker.", "moldauctl");
    app.set_version_flag("--version", std::string("moldauctl ") + kVersion);
    app.require_subcommand(1);
    app.fallthrough(false);
    Run run;
    addUp(app, run);
    addPs(app, run);
    addSteering(app, run);
    addFault(app, run);
    addLogs(app, run);
    addExec(app, run);
    addDown(app, run);
    addBroker(app, run);
    addDoctor(app, run);
    const auto commands = namesOf(app.get_subcommands({}));
    if (argc > 1 && argv[1][0] != '-' && std::ranges::find(commands, argv[1]) == commands.end()) {
        const auto meant = moldau::compose::meantWord(argv[1], commands);
        return complain(fmt::format("there is no command '{}'", argv[1]), kWrongUsage,
            meant ? fmt::format("Did you mean {}?", *meant)
                  : "Run with --help for more information.");
    }
    try {
        app.parse(argc, argv);
    } catch (const CLI::Success& success) { // --help, --version
        return app.exit(success);
    } catch (const CLI::ParseError& error) {
        return complain(error.what(), kWrongUsage, "Run with --help for more information.");
    }
    return run();
}
