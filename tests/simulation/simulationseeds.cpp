// Many seeds of whole clusters, one after the other: simulationseeds FIRST COUNT [STRIDE]
//
// Says `begin N` before each seed, so that whoever started it knows which one ended the process,
// `fail N` with what went wrong, and at the end what was done, as one JSON object.

#include "seedrun.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>

#include <fmt/format.h>

using namespace moldau;
using namespace moldau::simulation;

int main(int argc, char** argv)
{
    if (argc < 3) {
        std::fputs("usage: simulationseeds FIRST COUNT [STRIDE]\n", stderr);
        return 2;
    }
    const std::uint64_t first = std::strtoull(argv[1], nullptr, 10);
    const std::uint64_t count = std::strtoull(argv[2], nullptr, 10);
    const std::uint64_t stride = argc > 3 ? std::strtoull(argv[3], nullptr, 10) : 1;
    const bool isTold = count == 1;
    std::uint64_t failed = 0;
    std::uint64_t steps = 0;
    std::uint64_t checks = 0;
    std::uint64_t acknowledged = 0;
    std::uint64_t reads = 0;
    std::uint64_t faults = 0;
    std::uint64_t leaderEpochs = 0;
    std::uint64_t controllerEpochs = 0;
    double lived = 0;
    const auto start = std::chrono::steady_clock::now();
    for (std::uint64_t i = 0; i < count; ++i) {
        const std::uint64_t seed = first + i * stride;
        std::fputs(fmt::format("begin {}\n", seed).c_str(), stdout);
        std::fflush(stdout);
        SeedRun run(seed);
        if (!run.run()) {
            ++failed;
            std::fputs(
                fmt::format("fail {} {}\n{}", seed, run.summary(), run.problems()).c_str(), stdout);
        }
        if (isTold)
            std::fputs(fmt::format("{}\nfingerprint {:016x}\n", run.summary(),
                           run.invariants().fingerprint())
                           .c_str(),
                stdout);
        steps += run.steps();
        checks += run.invariants().checks();
        acknowledged += run.history().acknowledgedCount();
        reads += run.history().readCount();
        faults += run.faults();
        leaderEpochs += run.invariants().leaderEpochs();
        controllerEpochs += run.invariants().controllerEpochs();
        lived += std::chrono::duration<double>(run.lived()).count();
    }
    const double seconds
        = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    std::fputs(
        fmt::format("{{\"seeds\": {}, \"failed\": {}, \"steps\": {}, \"checks\": {}, "
                    "\"acknowledged\": {}, \"read\": {}, \"faults\": {}, \"leader_epochs\": "
                    "{}, \"controller_epochs\": {}, \"lived\": {:.1f}, \"seconds\": {:.2f}}}\n",
            count, failed, steps, checks, acknowledged, reads, faults, leaderEpochs,
            controllerEpochs, lived, seconds)
            .c_str(),
        stdout);
    return failed == 0 ? 0 : 1;
}
