// moldauctl logs: what the services of a project have logged, and with -f what they go on logging.

#include "cluster/project/projects.h"
#include "ctl/command.h"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <thread>
#include <vector>

namespace moldau::ctl {

namespace {

namespace fs = std::filesystem;

struct Options {
    std::string project = "local";
    bool follows = false;
    std::vector<std::string> services;
};

/** One log file and how far it has been printed. */
struct LogFile {
    std::string service;
    fs::path path;
    std::uintmax_t printed = 0;
};

void printNew(LogFile& file, bool hasPrefix)
{
    std::error_code none;
    const std::uintmax_t size = fs::file_size(file.path, none);
    if (none || size == file.printed)
        return;
    if (size < file.printed)
        file.printed = 0; // a new file was begun
    std::ifstream in(file.path);
    in.seekg(static_cast<std::streamoff>(file.printed));
    for (std::string line; std::getline(in, line);) {
        if (in.eof())
            break; // not a whole line yet
        file.printed += line.size() + 1;
        if (hasPrefix)
            fmt::print("{} | ", file.service);
        fmt::print("{}\n", line);
    }
    std::fflush(stdout);
}

int logs(const Options& options)
{
    const auto project = cluster::Projects::find(options.project);
    if (!project)
        return complain(project.error().message);
    std::vector<LogFile> files;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(project->logDirectory, none))
        if (entry.path().extension() == ".log")
            files.push_back({entry.path().stem().string(), entry.path()});
    for (const std::string& service : options.services)
        if (std::none_of(files.begin(), files.end(),
                [&](const LogFile& file) { return file.service == service; }))
            return complain(fmt::format("no such service: {}", service));
    if (!options.services.empty())
        std::erase_if(files, [&](const LogFile& file) {
            return std::find(options.services.begin(), options.services.end(), file.service)
                == options.services.end();
        });
    std::sort(files.begin(), files.end(),
        [](const LogFile& a, const LogFile& b) { return a.service < b.service; });
    do {
        for (LogFile& file : files)
            printNew(file, files.size() > 1);
        if (options.follows)
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
    } while (options.follows);
    return kDone;
}

} // namespace

void addLogs(CLI::App& app, Run& run)
{
    auto options = std::make_shared<Options>();
    CLI::App* const command = app.add_subcommand("logs", "Prints what services have logged");
    command->add_option("-p,--project", options->project, "Project")->capture_default_str();
    command->add_flag("-f,--follow", options->follows, "Go on with what comes");
    command->add_option("service", options->services, "Services (all unless given)");
    command->callback([&run, options] { run = [options] { return logs(*options); }; });
}

} // namespace moldau::ctl
