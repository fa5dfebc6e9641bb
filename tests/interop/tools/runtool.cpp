// Runs one of the bundled tools: runtool TOOL ARG…

#include "tools/tool.h"

#include <cstdio>
#include <iostream>
#include <vector>

int main(int argc, char** argv)
{
    moldau::tools::ToolIo io;
    io.readLine = []() -> std::optional<std::string> {
        std::string line;
        return std::getline(std::cin, line) ? std::optional(line) : std::nullopt;
    };
    io.out = [](std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); };
    io.err = [](std::string_view text) { std::fwrite(text.data(), 1, text.size(), stderr); };
    const std::vector<std::string> args(argv + 1, argv + argc);
    return moldau::tools::runTool(args, io);
}
