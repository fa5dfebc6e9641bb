#include "cluster/project/controlserver.h"

#include "cluster/project/faultjson.h"
#include "cluster/project/servicestatus.h"

#include <cerrno>
#include <cstring>
#include <future>
#include <optional>
#include <thread>

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace moldau::cluster {

using nlohmann::json;

namespace {

constexpr std::size_t kLongestRequest = 64 * 1024;
constexpr int kReadPatienceMs = 2000;

json failure(const std::string& text)
{
    return {{"ok", false}, {"error", text}};
}

/** Waits for one asynchronous call; the server's thread has nothing else to do. */
Result<void> wait(client::ClusterControl& cluster,
    void (client::ClusterControl::*act)(std::string, client::ClusterControl::Done),
    const std::string& service)
{
    std::promise<Result<void>> promise;
    (cluster.*act)(service, [&](Result<void> outcome) { promise.set_value(std::move(outcome)); });
    return promise.get_future().get();
}

} // namespace

struct ControlServer::Impl {
    int listener = -1;
    int wake[2] = {-1, -1}; // closing the write end ends the thread
    std::string path;
    client::ClusterControl* cluster = nullptr;
    std::function<void()> shutDown;
    std::thread thread;

    void run();
    void serve(int connection);
    json answer(const std::string& line);
    std::optional<json> answerFault(const std::string& what, const json& request);
};

Result<std::unique_ptr<ControlServer>> ControlServer::listen(
    const std::string& socketPath, client::ClusterControl& cluster, std::function<void()> shutDown)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (socketPath.size() >= sizeof address.sun_path)
        return fail(ErrorCode::LocalInvalidArgument,
            fmt::format("the path of the control socket is too long: {}", socketPath));
    std::memcpy(address.sun_path, socketPath.c_str(), socketPath.size() + 1);
    auto impl = std::make_unique<Impl>();
    impl->path = socketPath;
    impl->cluster = &cluster;
    impl->shutDown = std::move(shutDown);
    impl->listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ::unlink(socketPath.c_str());
    const mode_t before = ::umask(0177);
    const int bound
        = ::bind(impl->listener, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    ::umask(before);
    if (bound != 0 || ::listen(impl->listener, 16) != 0 || ::pipe2(impl->wake, O_CLOEXEC) != 0) {
        const std::string why = std::strerror(errno);
        ::close(impl->listener);
        return fail(
            ErrorCode::LocalIoError, fmt::format("cannot listen at {}: {}", socketPath, why));
    }
    impl->thread = std::thread([raw = impl.get()] { raw->run(); });
    return std::unique_ptr<ControlServer>(new ControlServer(std::move(impl)));
}

ControlServer::ControlServer(std::unique_ptr<Impl> impl)
    : m_impl(std::move(impl))
{
}

ControlServer::~ControlServer()
{
    ::close(m_impl->wake[1]);
    m_impl->thread.join();
    ::close(m_impl->wake[0]);
    ::close(m_impl->listener);
    ::unlink(m_impl->path.c_str());
}

void ControlServer::Impl::run()
{
    while (true) {
        pollfd ready[2] = {{listener, POLLIN, 0}, {wake[0], POLLIN, 0}};
        if (::poll(ready, 2, -1) < 0 && errno == EINTR)
            continue;
        if (ready[1].revents != 0)
            return;
        const int connection = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (connection < 0)
            continue;
        serve(connection);
        ::close(connection);
    }
}

void ControlServer::Impl::serve(int connection)
{
    std::string line;
    while (line.find('\n') == std::string::npos && line.size() < kLongestRequest) {
        pollfd ready[2] = {{connection, POLLIN, 0}, {wake[0], POLLIN, 0}};
        if (::poll(ready, 2, kReadPatienceMs) <= 0 || ready[1].revents != 0)
            return;
        char buffer[4096];
        const ssize_t size = ::read(connection, buffer, sizeof buffer);
        if (size <= 0)
            return;
        line.append(buffer, static_cast<std::size_t>(size));
    }
    const std::string text = answer(line).dump() + "\n";
    std::size_t sent = 0;
    while (sent < text.size()) {
        const ssize_t size
            = ::send(connection, text.data() + sent, text.size() - sent, MSG_NOSIGNAL);
        if (size <= 0)
            return;
        sent += static_cast<std::size_t>(size);
    }
}

json ControlServer::Impl::answer(const std::string& line)
{
    const json request = json::parse(line, nullptr, false);
    if (!request.is_object())
        return failure("the request is not a JSON object");
    const std::string what = request.value("do", "");
    if (what == "ps")
        return {{"ok", true}, {"services", toJson(cluster->nodes(), ::getpid())}};
    if (what == "down") {
        shutDown();
        return {{"ok", true}};
    }
    if (auto answered = answerFault(what, request))
        return *answered;
    void (client::ClusterControl::*act)(std::string, client::ClusterControl::Done) = nullptr;
    if (what == "stop")
        act = &client::ClusterControl::stopNode;
    else if (what == "start")
        act = &client::ClusterControl::startNode;
    else if (what == "kill")
        act = &client::ClusterControl::killNode;
    else if (what == "pause")
        act = &client::ClusterControl::pauseNode;
    else if (what == "unpause")
        act = &client::ClusterControl::unpauseNode;
    else
        return failure(fmt::format("unknown request '{}'", what));
    const json services = request.value("services", json::array());
    for (const json& service : services) {
        if (!service.is_string())
            return failure("a service is named by a string");
        if (const auto done = wait(*cluster, act, service.get<std::string>()); !done)
            return failure(done.error().message);
    }
    return {{"ok", true}};
}

std::optional<json> ControlServer::Impl::answerFault(const std::string& what, const json& request)
{
    if (what == "fault-add") {
        const auto rule = readFaultRule(request.value("rule", json::object()));
        if (!rule)
            return failure(rule.error().message);
        const auto id = cluster->addFault(*rule);
        return id ? json{{"ok", true}, {"id", *id}} : failure(id.error().message);
    }
    if (what == "fault-list")
        return json{{"ok", true}, {"faults", toJson(cluster->faults())}};
    if (what == "fault-remove") {
        const auto removed = cluster->removeFault(request.value("id", 0));
        return removed ? json{{"ok", true}} : failure(removed.error().message);
    }
    if (what == "fault-heal") {
        cluster->healFaults();
        return json{{"ok", true}};
    }
    return std::nullopt;
}

} // namespace moldau::cluster
