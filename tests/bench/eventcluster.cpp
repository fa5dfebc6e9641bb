// A cluster of three brokers in this process, with or without a reader of its events: what
// event_stream.py measures. The reader drains as the window's EventPump does, every 16 ms and up to
// 8192 events at a time, and does nothing with them.
//
//     bench_event_cluster DIRECTORY FIRST-PORT quiet|reader [KEY=VALUE…]
//
// Ends with standard input; then prints how many events were read, and how many found no room.

#include "cluster/clusterplan.h"
#include "cluster/embeddedcluster.h"

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <future>
#include <thread>
#include <vector>

#include <pthread.h>

using namespace moldau;
using namespace moldau::cluster;

namespace {

constexpr auto kInterval = std::chrono::milliseconds(16);
constexpr std::size_t kMostPerTurn = 8192;

std::uint64_t drainUntil(const std::atomic<bool>& isEnding, ClusterEvents& events)
{
    pthread_setname_np(pthread_self(), "reader");
    std::vector<Event> buffer(kMostPerTurn);
    std::uint64_t read = 0;
    for (auto next = std::chrono::steady_clock::now(); !isEnding; next += kInterval) {
        read += events.drain(buffer);
        std::this_thread::sleep_until(next + kInterval);
    }
    return read;
}

int complain(const std::string& what)
{
    std::fprintf(stderr, "bench_event_cluster: %s\n", what.c_str());
    return 1;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 4)
        return complain("DIRECTORY FIRST-PORT quiet|reader [KEY=VALUE…]");
    LocalOptions options;
    options.name = "bench";
    options.directory = argv[1];
    options.firstPort = std::atoi(argv[2]);
    for (int i = 4; i < argc; ++i) {
        const std::string setting = argv[i];
        const std::size_t equals = setting.find('=');
        options.properties[setting.substr(0, equals)] = setting.substr(equals + 1);
    }
    auto plan = planLocal(options);
    if (!plan)
        return complain(plan.error().message);
    EmbeddedCluster cluster(std::move(*plan), std::string(argv[1]) + "/logs");
    std::promise<Result<void>> started;
    cluster.startAll([&](Result<void> outcome) { started.set_value(std::move(outcome)); });
    if (const auto outcome = started.get_future().get(); !outcome)
        return complain(outcome.error().message);

    const bool isRead = std::strcmp(argv[3], "reader") == 0;
    std::atomic<bool> isEnding = false;
    std::uint64_t read = 0;
    cluster.events().setWanted(isRead);
    std::thread reader;
    if (isRead)
        reader = std::thread([&] { read = drainUntil(isEnding, cluster.events()); });
    std::printf("ready\n");
    std::fflush(stdout);
    while (std::getchar() != EOF) { }
    isEnding = true;
    if (reader.joinable())
        reader.join();
    std::printf("%llu events, %llu without room\n", static_cast<unsigned long long>(read),
        static_cast<unsigned long long>(cluster.events().dropped()));
    std::promise<void> stopped;
    cluster.stopAll([&](Result<void>) { stopped.set_value(); });
    stopped.get_future().wait();
    return 0;
}
