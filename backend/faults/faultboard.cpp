#include "faults/faultboard.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include <sys/mman.h>
#include <unistd.h>

#include <fmt/format.h>

namespace moldau::faults {

namespace {

constexpr std::size_t kTextBytes = 256;

using Text = std::array<char, kTextBytes>;

void store(Text& text, std::string_view value)
{
    const std::size_t size = std::min(value.size(), text.size() - 1);
    std::memcpy(text.data(), value.data(), size);
    text[size] = '\0';
}

tl::unexpected<Error> systemFailure(const char* what)
{
    return fail(ErrorCode::LocalIoError, fmt::format("{}: {}", what, std::strerror(errno)));
}

} // namespace

/** One rule. All but the last three is written before the slot is published, and never again. */
struct FaultBoard::Slot {
    std::int16_t api; ///< -1: any
    std::int16_t error;
    FaultAction action;
    std::int32_t broker;
    std::int32_t linkOne; ///< -1: no link
    std::int32_t linkOther;
    std::int64_t delayMs;
    std::uint64_t count;
    std::uint64_t after;
    Text client;
    Text topic;

    std::atomic<bool> isRemoved;
    std::atomic<std::uint64_t> seen;
    std::atomic<std::uint64_t> struck;

    void set(const FaultRule& rule)
    {
        api = rule.api ? static_cast<std::int16_t>(*rule.api) : std::int16_t{-1};
        error = static_cast<std::int16_t>(rule.error);
        action = rule.action;
        broker = rule.broker.value();
        linkOne = rule.link ? rule.link->one.value() : -1;
        linkOther = rule.link ? rule.link->other.value() : -1;
        delayMs = rule.delay.count();
        count = rule.count;
        after = rule.after;
        store(client, rule.client);
        store(topic, rule.topic);
    }
    FaultRule rule() const
    {
        FaultRule rule;
        if (api >= 0)
            rule.api = protocol::ApiKey(api);
        rule.broker = BrokerId{broker};
        rule.client = client.data();
        rule.topic = topic.data();
        if (linkOne >= 0)
            rule.link = FaultLink{BrokerId{linkOne}, BrokerId{linkOther}};
        rule.action = action;
        rule.error = static_cast<ErrorCode>(error);
        rule.delay = std::chrono::milliseconds(delayMs);
        rule.count = count;
        rule.after = after;
        return rule;
    }
};

/** What is shared. Fresh memory is all zeros, which is an empty board. */
struct FaultBoard::Memory {
    struct NodeEntry {
        std::int32_t node;
        std::uint16_t port;
        Text host;
    };

    std::atomic<std::uint64_t> version;
    std::atomic<std::uint32_t> rules; ///< published slots
    std::atomic<std::uint32_t> removedFirst; ///< so many slots at the beginning are all removed
    std::atomic<std::uint32_t> fullDisks; ///< rules of that action that are in force
    std::atomic<std::uint32_t> nodes;
    std::array<NodeEntry, kMostNodes> nodeEntries;
    std::array<Slot, kMostRules> slots;
};

static_assert(std::atomic<std::uint64_t>::is_always_lock_free); // or processes could not share them

FaultBoard::FaultBoard(int descriptor, Memory* memory)
    : m_descriptor(descriptor)
    , m_memory(memory)
{
}

FaultBoard::~FaultBoard()
{
    ::munmap(m_memory, sizeof(Memory));
    ::close(m_descriptor);
}

Result<std::unique_ptr<FaultBoard>> FaultBoard::create()
{
    const int descriptor = ::memfd_create("moldau-faults", MFD_CLOEXEC);
    if (descriptor < 0)
        return systemFailure("cannot make memory to share");
    if (::ftruncate(descriptor, sizeof(Memory)) != 0) { // takes no memory before it is used
        ::close(descriptor);
        return systemFailure("cannot make memory to share");
    }
    return map(descriptor);
}

Result<std::unique_ptr<FaultBoard>> FaultBoard::open(int descriptor)
{
    return map(descriptor);
}

Result<std::unique_ptr<FaultBoard>> FaultBoard::map(int descriptor)
{
    void* const memory
        = ::mmap(nullptr, sizeof(Memory), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    if (memory == MAP_FAILED) {
        const auto failure = systemFailure("cannot map shared memory");
        ::close(descriptor);
        return failure;
    }
    return std::unique_ptr<FaultBoard>(new FaultBoard(descriptor, static_cast<Memory*>(memory)));
}

Result<int> FaultBoard::add(const FaultRule& rule)
{
    if (const auto checked = check(rule); !checked)
        return fail(checked.error());
    const std::lock_guard lock(m_mutex);
    const std::uint32_t index = m_memory->rules.load();
    if (index == kMostRules)
        return fail(ErrorCode::LocalUnsupported,
            fmt::format("a cluster takes {} fault rules in its life", kMostRules));
    m_memory->slots[index].set(rule);
    if (rule.action == FaultAction::DiskFull)
        ++m_memory->fullDisks;
    m_memory->rules.store(index + 1, std::memory_order_release);
    ++m_memory->version;
    return static_cast<int>(index) + 1;
}

Result<void> FaultBoard::remove(int id)
{
    const std::lock_guard lock(m_mutex);
    const std::uint32_t end = m_memory->rules.load();
    const auto index = static_cast<std::uint32_t>(id) - 1;
    if (id < 1 || index >= end || m_memory->slots[index].isRemoved.exchange(true))
        return fail(ErrorCode::LocalNotFound, fmt::format("there is no fault rule {}", id));
    if (m_memory->slots[index].action == FaultAction::DiskFull)
        --m_memory->fullDisks;
    std::uint32_t first = m_memory->removedFirst.load();
    while (first < end && m_memory->slots[first].isRemoved.load())
        ++first;
    m_memory->removedFirst.store(first);
    ++m_memory->version;
    return {};
}

void FaultBoard::heal()
{
    for (const FaultStatus& status : list())
        static_cast<void>(remove(status.id));
}

void FaultBoard::noteNode(const Endpoint& endpoint, BrokerId node)
{
    const std::lock_guard lock(m_mutex);
    const std::uint32_t index = m_memory->nodes.load();
    if (nodeAt(endpoint) == node || index == kMostNodes)
        return;
    Memory::NodeEntry& entry = m_memory->nodeEntries[index];
    entry.node = node.value();
    entry.port = endpoint.port;
    store(entry.host, endpoint.host);
    m_memory->nodes.store(index + 1, std::memory_order_release);
    ++m_memory->version;
}

std::uint64_t FaultBoard::version() const
{
    return m_memory->version.load(std::memory_order_acquire);
}

std::vector<FaultStatus> FaultBoard::list() const
{
    std::vector<FaultStatus> all;
    const std::uint32_t end = m_memory->rules.load(std::memory_order_acquire);
    for (std::uint32_t i = m_memory->removedFirst.load(); i < end; ++i) {
        const Slot& slot = m_memory->slots[i];
        if (!slot.isRemoved.load())
            all.push_back({static_cast<int>(i) + 1, slot.rule(), slot.seen, slot.struck});
    }
    return all;
}

BrokerId FaultBoard::nodeAt(const Endpoint& endpoint) const
{
    // The newest comes last: a port may have been another node's once.
    for (std::uint32_t i = m_memory->nodes.load(std::memory_order_acquire); i-- > 0;) {
        const Memory::NodeEntry& entry = m_memory->nodeEntries[i];
        if (entry.port == endpoint.port && endpoint.host == entry.host.data())
            return BrokerId{entry.node};
    }
    return kNoBroker;
}

bool FaultBoard::isDiskFull(BrokerId node) const
{
    if (m_memory->fullDisks.load(std::memory_order_relaxed) == 0)
        return false;
    const std::uint32_t end = m_memory->rules.load(std::memory_order_acquire);
    for (std::uint32_t i = m_memory->removedFirst.load(); i < end; ++i) {
        Slot& slot = m_memory->slots[i];
        if (slot.action != FaultAction::DiskFull || slot.broker != node.value()
            || slot.isRemoved.load())
            continue;
        ++slot.seen;
        ++slot.struck;
        return true;
    }
    return false;
}

bool FaultBoard::strikes(int id)
{
    Slot& slot = m_memory->slots[static_cast<std::size_t>(id - 1)];
    if (slot.isRemoved.load())
        return false;
    const std::uint64_t before = slot.seen.fetch_add(1);
    if (before < slot.after || (slot.count > 0 && before >= slot.after + slot.count))
        return false;
    ++slot.struck;
    return true;
}

} // namespace moldau::faults
