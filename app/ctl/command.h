#pragma once

#include "base/result.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <functional>
#include <string>

namespace moldau::ctl {

/** Exit statuses of moldauctl. */
enum ExitStatus { kDone = 0, kFailed = 1, kWrongUsage = 2 };

/** What main() runs after the arguments were read; set by the subcommand that was given. */
using Run = std::function<int()>;

// Each adds its subcommand; when it is given, `run` becomes what it does. One file per command.
void addUp(CLI::App& app, Run& run);
void addPs(CLI::App& app, Run& run);
void addDoctor(CLI::App& app, Run& run);
void addSteering(CLI::App& app, Run& run); ///< stop, start, kill, pause, unpause
void addFault(CLI::App& app, Run& run);
void addLogs(CLI::App& app, Run& run);
void addExec(CLI::App& app, Run& run);
void addDown(CLI::App& app, Run& run);
void addBroker(CLI::App& app, Run& run);

/** Prints "moldauctl: error: …", and a hint where one helps; returns `status`. */
int complain(const std::string& message, int status = kFailed, const std::string& hint = {});

} // namespace moldau::ctl
