// moldauctl doctor: what is wrong with a compose file, and a repaired copy.

#include "compose/doctor.h"
#include "ctl/command.h"

#include <fmt/core.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>

namespace moldau::ctl {

namespace {

namespace fs = std::filesystem;

struct Options {
    std::string file;
    std::string format = "text";
    std::string fixed;
};

std::optional<std::string> readText(const fs::path& path)
{
    std::ifstream in(path, std::ios::binary);
    if (!in || fs::is_directory(path))
        return std::nullopt;
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

int doctor(const Options& options)
{
    const auto text = readText(options.file);
    if (!text)
        return complain(fmt::format("cannot read {}", options.file), kWrongUsage);
    compose::ComposeContext context;
    context.projectName = fs::absolute(options.file).parent_path().filename().string();
    context.readFile = [folder = fs::path(options.file).parent_path()](
                           const std::string& path) { return readText(folder / path); };
    const compose::Diagnosis diagnosis = compose::examine(*text, context);
    if (options.format == "json")
        fmt::print("{}\n", compose::toJson(diagnosis.findings));
    else
        fmt::print("{}", compose::toText(diagnosis.findings, options.file));
    if (!options.fixed.empty()) {
        std::ofstream out(options.fixed, std::ios::binary | std::ios::trunc);
        out << compose::repaired(*text, context);
        out.close();
        if (!out)
            return complain(fmt::format("cannot write {}", options.fixed), kWrongUsage);
    }
    return diagnosis.hasErrors() ? kFailed : kDone;
}

} // namespace

void addDoctor(CLI::App& app, Run& run)
{
    auto options = std::make_shared<Options>();
    CLI::App* const command = app.add_subcommand("doctor", "Examines a compose file");
    command->add_option("file", options->file, "Compose file")->required();
    command->add_option("--format", options->format, "text or json")
        ->check(CLI::IsMember({"text", "json"}));
    command->add_option("--fix", options->fixed, "Write a repaired copy here");
    command->callback([&run, options] { run = [options] { return doctor(*options); }; });
}

} // namespace moldau::ctl
