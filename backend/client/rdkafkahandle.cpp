#include "client/rdkafkahandle.h"

#include "client/rdkafkaerror.h"
#include "client/saslrelay.h"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

#include <netdb.h>

namespace moldau::client {

struct RdKafkaHandle::State {
    rd_kafka_t* rk = nullptr;
    AddressResolver resolver;
    Log log;
    std::shared_ptr<LoopGate> gate;
    std::function<void(rd_kafka_t*)> onCreated;
    RdKafkaListener* listener = nullptr;
    std::shared_ptr<SaslRelay> relay;
    bool leavesGroup = false;
    std::set<std::string> learntTopics;
    std::shared_ptr<void> untilClosed;
    // librdkafka keeps pointers to these; they are kept until the handle is closed.
    std::vector<std::unique_ptr<std::weak_ptr<QueueWaker>>> wakers;
    mutable std::mutex troubleMutex;
    Error trouble{ErrorCode::None, {}};
};

namespace {

using State = RdKafkaHandle::State;

State& stateOf(void* opaque)
{
    return *static_cast<State*>(opaque);
}

void onError(rd_kafka_t* rk, int code, const char* reason, void* opaque)
{
    State& state = stateOf(opaque);
    auto error = static_cast<rd_kafka_resp_err_t>(code);
    std::array<char, 512> fatalReason{};
    const bool isFatal = error == RD_KAFKA_RESP_ERR__FATAL;
    if (isFatal) {
        error = rd_kafka_fatal_error(rk, fatalReason.data(), fatalReason.size());
        reason = fatalReason.data();
    }
    Error explained = explain(error, reason == nullptr ? "" : reason);
    const bool isCut
        = error == RD_KAFKA_RESP_ERR__TRANSPORT || error == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN;
    if (isCut && state.relay != nullptr) { // which knows why
        if (Error trouble = state.relay->lastTrouble(); trouble.code != ErrorCode::None)
            explained = std::move(trouble);
    }
    {
        const std::lock_guard lock(state.troubleMutex);
        // "All brokers down" follows the error that says why; that one is worth more.
        if (error != RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN || state.trouble.code == ErrorCode::None)
            state.trouble = explained;
    }
    if (state.listener != nullptr)
        state.listener->handleFailed(explained, isFatal);
}

void onDelivered(rd_kafka_t*, const rd_kafka_message_t* message, void* opaque)
{
    if (RdKafkaListener* listener = stateOf(opaque).listener)
        listener->messageDelivered(*message);
}

void onRebalance(rd_kafka_t* rk, rd_kafka_resp_err_t what,
    rd_kafka_topic_partition_list_t* partitions, void* opaque)
{
    if (RdKafkaListener* listener = stateOf(opaque).listener)
        listener->rebalanced(what, *partitions);
    else
        rd_kafka_assign(rk, nullptr); // the handle is being closed
}

void onLog(const rd_kafka_t* rk, int level, const char* facility, const char* text)
{
    constexpr int kSyslogError = 3;
    State& state = stateOf(rd_kafka_opaque(rk));
    state.log.write(level <= kSyslogError ? LogLevel::Error : LogLevel::Warn, "librdkafka",
        "[{}] {}", facility, text);
}

int onResolve(
    const char* node, const char* service, const addrinfo* hints, addrinfo** out, void* opaque)
{
    if (node == nullptr) {
        freeaddrinfo(*out);
        return 0;
    }
    const auto port
        = static_cast<std::uint16_t>(service == nullptr ? 0 : std::strtoul(service, nullptr, 10));
    State& state = stateOf(opaque);
    if (state.relay != nullptr)
        return state.relay->resolve({node, port}, hints, out);
    const Endpoint real = state.resolver(Endpoint{node, port});
    return getaddrinfo(real.host.c_str(), std::to_string(real.port).c_str(), hints, out);
}

int onSocket(int, int, int, void* opaque)
{
    return stateOf(opaque).relay->makeSocket();
}

int onConnect(int socket, const sockaddr* address, int, const char*, void* opaque)
{
    return stateOf(opaque).relay->connect(socket, address);
}

void onQueueReady(rd_kafka_t*, void* opaque)
{
    QueueWaker::call(*static_cast<std::weak_ptr<QueueWaker>*>(opaque));
}

rd_kafka_resp_err_t onNew(rd_kafka_t* rk, const rd_kafka_conf_t*, void* opaque, char*, std::size_t)
{
    stateOf(opaque).onCreated(rk);
    return RD_KAFKA_RESP_ERR_NO_ERROR;
}

/** Says goodbye to the group, which commits what was delivered; not longer than the brokers
 * deserve. */
void leaveGroup(rd_kafka_t* rk)
{
    const RdKafkaQueue queue(rd_kafka_queue_new(rk));
    if (rd_kafka_error_t* error = rd_kafka_consumer_close_queue(rk, queue.get())) {
        rd_kafka_error_destroy(error);
        return;
    }
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(3);
    while (rd_kafka_consumer_closed(rk) == 0 && std::chrono::steady_clock::now() < deadline) {
        rd_kafka_event_t* event = rd_kafka_queue_poll(queue.get(), 50);
        if (event == nullptr)
            continue;
        if (rd_kafka_event_type(event) == RD_KAFKA_EVENT_REBALANCE)
            rd_kafka_assign(rk, nullptr);
        rd_kafka_event_destroy(event);
    }
}

void close(std::unique_ptr<State> state)
{
    if (state->leavesGroup)
        leaveGroup(state->rk);
    rd_kafka_destroy_flags(state->rk, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
}

} // namespace

Result<std::shared_ptr<RdKafkaHandle>> RdKafkaHandle::make(Settings settings)
{
    auto state = std::make_unique<State>();
    state->resolver = std::move(settings.resolver);
    state->relay = std::move(settings.relay);
    state->gate = std::move(settings.gate);
    state->log = Log(settings.log, LogLevel::Warn);
    state->onCreated = std::move(settings.onCreated);
    state->untilClosed = std::move(settings.untilClosed);

    rd_kafka_conf_t* conf = rd_kafka_conf_new();
    std::array<char, 512> reason{};
    settings.properties.emplace_back("bootstrap.servers", std::move(settings.bootstrap));
    if (state->relay != nullptr)
        settings.properties.emplace_back("security.protocol", "plaintext");
    for (const auto& [name, value] : settings.properties) {
        if (rd_kafka_conf_set(conf, name.c_str(), value.c_str(), reason.data(), reason.size())
            != RD_KAFKA_CONF_OK) {
            rd_kafka_conf_destroy(conf);
            return fail(ErrorCode::LocalInvalidArgument,
                fmt::format("The property {} can't be used.", name));
        }
    }
    rd_kafka_conf_set_opaque(conf, state.get());
    rd_kafka_conf_set_error_cb(conf, onError);
    rd_kafka_conf_set_log_cb(conf, onLog);
    if (state->resolver || state->relay != nullptr)
        rd_kafka_conf_set_resolve_cb(conf, onResolve);
    if (state->relay != nullptr) {
        rd_kafka_conf_set_socket_cb(conf, onSocket);
        rd_kafka_conf_set_connect_cb(conf, onConnect);
    }
    if (settings.type == RD_KAFKA_PRODUCER)
        rd_kafka_conf_set_dr_msg_cb(conf, onDelivered);
    else
        rd_kafka_conf_set_rebalance_cb(conf, onRebalance);
    if (state->onCreated)
        rd_kafka_conf_interceptor_add_on_new(conf, "moldau", onNew, state.get());

    state->rk = rd_kafka_new(settings.type, conf, reason.data(), reason.size());
    if (state->rk == nullptr) {
        const Error error = explain(rd_kafka_last_error(), reason.data());
        rd_kafka_conf_destroy(conf);
        return fail(ErrorCode::LocalInvalidArgument, error.message);
    }
    return std::shared_ptr<RdKafkaHandle>(new RdKafkaHandle(std::move(state)));
}

RdKafkaHandle::RdKafkaHandle(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}

RdKafkaHandle::~RdKafkaHandle()
{
    m_state->listener = nullptr;
    std::thread(close, std::move(m_state)).detach();
}

rd_kafka_t* RdKafkaHandle::get() const
{
    return m_state->rk;
}

void RdKafkaHandle::setListener(RdKafkaListener* listener)
{
    m_state->listener = listener;
}

std::shared_ptr<QueueWaker> RdKafkaHandle::wakeOn(
    rd_kafka_queue_t* queue, std::function<void()> wake)
{
    auto waker = std::make_shared<QueueWaker>(m_state->gate, std::move(wake));
    m_state->wakers.push_back(std::make_unique<std::weak_ptr<QueueWaker>>(waker));
    rd_kafka_queue_cb_event_enable(queue, onQueueReady, m_state->wakers.back().get());
    // What came before this call rang no bell.
    QueueWaker::call(waker);
    return waker;
}

void RdKafkaHandle::poll()
{
    rd_kafka_poll(m_state->rk, 0);
}

Error RdKafkaHandle::lastTrouble() const
{
    const std::lock_guard lock(m_state->troubleMutex);
    return m_state->trouble;
}

void RdKafkaHandle::learnTopic(
    const std::shared_ptr<RdKafkaHandle>& handle, const std::string& topic)
{
    if (!handle->m_state->learntTopics.insert(topic).second)
        return;
    std::thread([handle, topic] {
        constexpr int kTimeoutMs = 5000;
        rd_kafka_topic_t* wanted = rd_kafka_topic_new(handle->get(), topic.c_str(), nullptr);
        if (wanted == nullptr)
            return;
        const rd_kafka_metadata_t* metadata = nullptr;
        if (rd_kafka_metadata(handle->get(), 0, wanted, &metadata, kTimeoutMs)
            == RD_KAFKA_RESP_ERR_NO_ERROR)
            rd_kafka_metadata_destroy(metadata);
        rd_kafka_topic_destroy(wanted);
    }).detach();
}

void RdKafkaHandle::leaveGroupWhenClosed()
{
    m_state->leavesGroup = true;
}

bool hasRightScram()
{
    constexpr int kFirstRight = 0x020601ff; // 2.6.1; before, its own nonce came twice
    return rd_kafka_version() >= kFirstRight;
}

bool waitForClosedHandles(int timeoutMs)
{
    return rd_kafka_wait_destroyed(timeoutMs) == 0;
}

} // namespace moldau::client
