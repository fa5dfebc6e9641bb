#include "base/memoryfilesystem.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>

namespace moldau {

namespace {

void applyWrite(Bytes& data, std::uint64_t position, BytesView bytes)
{
    if (bytes.empty())
        return;
    if (data.size() < position + bytes.size())
        data.resize(static_cast<std::size_t>(position + bytes.size()));
    std::copy(bytes.begin(), bytes.end(), data.begin() + static_cast<std::ptrdiff_t>(position));
}

} // namespace

/**
 * A file or a directory, with what a power cut would leave of it and the changes since, in order.
 * It lives as long as a name or an open file refers to it, as an inode does.
 */
struct MemoryFileSystem::Node {
    using Names = std::map<std::string, std::shared_ptr<Node>>;
    struct Change {
        bool isTruncation = false;
        std::uint64_t position = 0; ///< of a write, or the new size
        Bytes bytes;
    };
    /** Names that change at once; null is a name that goes. */
    using NameChange = std::vector<std::pair<std::string, std::shared_ptr<Node>>>;

    explicit Node(bool isDirectory)
        : isDirectory(isDirectory)
    {
    }

    static void apply(Bytes& data, const Change& change)
    {
        if (change.isTruncation)
            data.resize(static_cast<std::size_t>(change.position));
        else
            applyWrite(data, change.position, change.bytes);
    }
    static void apply(Names& names, const NameChange& change)
    {
        for (const auto& [name, node] : change) {
            if (node)
                names[name] = node;
            else
                names.erase(name);
        }
    }

    void changeNames(NameChange change)
    {
        apply(names, change);
        nameChanges.push_back(std::move(change));
    }
    void change(Change next)
    {
        apply(data, next);
        changes.push_back(std::move(next));
    }
    void makeDurable()
    {
        for (const Change& change : changes)
            apply(syncedData, change);
        changes.clear();
        for (const NameChange& change : nameChanges)
            apply(syncedNames, change);
        nameChanges.clear();
    }

    const bool isDirectory;
    Bytes data;
    Bytes syncedData;
    std::vector<Change> changes;
    Names names;
    Names syncedNames;
    std::vector<NameChange> nameChanges;
};

struct MemoryFileSystem::Place {
    std::shared_ptr<Node> directory;
    std::string name;
    std::shared_ptr<Node> node; ///< null when the name is free
};

class MemoryFileSystem::OpenFile final : public File {
public:
    OpenFile(MemoryFileSystem& disk, std::shared_ptr<Node> node, std::string path, bool isWritable)
        : m_disk(disk)
        , m_node(std::move(node))
        , m_path(std::move(path))
        , m_powerCycle(disk.m_powerCycle)
        , m_isWritable(isWritable)
    {
    }

    const std::string& path() const override { return m_path; }
    std::uint64_t size() const override { return m_node->data.size(); }
    using File::writeAt;
    Result<void> writeAt(std::uint64_t position, std::span<const BytesView> parts) override
    {
        if (auto usable = check(true); !usable)
            return usable;
        return m_disk.write(*m_node, position, parts, m_path);
    }
    Result<std::size_t> readAt(std::uint64_t position, std::span<std::uint8_t> buffer) override
    {
        if (auto usable = check(false); !usable)
            return fail(std::move(usable.error()));
        const Bytes& data = m_node->data;
        const auto start = static_cast<std::size_t>(std::min<std::uint64_t>(position, data.size()));
        const std::size_t count = std::min(buffer.size(), data.size() - start);
        std::copy_n(data.begin() + static_cast<std::ptrdiff_t>(start), count, buffer.begin());
        return count;
    }
    Result<Slice> view(std::uint64_t position, std::size_t length) override
    {
        if (position + length > size())
            return fail(ErrorCode::LocalInvalidArgument,
                fmt::format("{} ends at {}, before {}", m_path, size(), position + length));
        Bytes copy(length);
        if (auto count = readAt(position, copy); !count)
            return fail(std::move(count.error()));
        return Slice(std::move(copy));
    }
    void releaseViews() override { }
    Result<void> truncate(std::uint64_t size) override
    {
        if (auto usable = check(true); !usable)
            return usable;
        m_node->change({.isTruncation = true, .position = size, .bytes = {}});
        return {};
    }
    Result<void> sync() override
    {
        if (auto usable = check(false); !usable)
            return usable;
        return m_disk.sync(*m_node, m_path);
    }

private:
    Result<void> check(bool isForWriting) const
    {
        if (m_powerCycle != m_disk.m_powerCycle)
            return fail(ErrorCode::LocalIoError, m_path + " was open when the power was cut");
        if (isForWriting && !m_isWritable)
            return fail(ErrorCode::LocalIoError, m_path + " is open for reading only");
        return {};
    }

    MemoryFileSystem& m_disk;
    std::shared_ptr<Node> m_node;
    std::string m_path;
    std::uint64_t m_powerCycle;
    bool m_isWritable;
};

class MemoryFileSystem::Lock final : public FileLock {
public:
    Lock(MemoryFileSystem& disk, std::string path)
        : m_disk(disk)
        , m_path(std::move(path))
        , m_powerCycle(disk.m_powerCycle)
    {
    }
    ~Lock() override
    {
        if (m_powerCycle == m_disk.m_powerCycle)
            m_disk.m_locks.erase(m_path);
    }

private:
    MemoryFileSystem& m_disk;
    std::string m_path;
    std::uint64_t m_powerCycle;
};

MemoryFileSystem::MemoryFileSystem(std::uint32_t seed)
    : m_root(std::make_shared<Node>(true))
    , m_random(seed)
{
}

MemoryFileSystem::~MemoryFileSystem() = default;

std::size_t MemoryFileSystem::randomUpTo(std::size_t most)
{
    return std::uniform_int_distribution<std::size_t>(0, most)(m_random);
}

void MemoryFileSystem::crash(CrashMode mode)
{
    ++m_powerCycle;
    m_locks.clear();
    crashNode(*m_root, mode);
}

void MemoryFileSystem::crashNode(Node& node, CrashMode mode)
{
    std::size_t keptChanges = 0;
    std::size_t keptNames = 0;
    if (mode == CrashMode::KeepAll) {
        keptChanges = node.changes.size();
        keptNames = node.nameChanges.size();
    } else if (mode == CrashMode::KeepSome) {
        keptChanges = randomUpTo(node.changes.size());
        keptNames = randomUpTo(node.nameChanges.size());
        if (keptChanges > 0) {
            Bytes& last = node.changes[keptChanges - 1].bytes;
            if (!last.empty() && randomUpTo(1) == 1)
                last.resize(randomUpTo(last.size()));
        }
    }
    node.changes.resize(keptChanges);
    node.nameChanges.resize(keptNames);
    node.makeDurable();
    node.data = node.syncedData;
    node.names = node.syncedNames;
    for (const auto& [name, child] : node.names)
        crashNode(*child, mode);
}

void MemoryFileSystem::heal()
{
    m_writeFault.reset();
    m_renamesLeft.reset();
    m_isSyncFailing = false;
}

std::uint64_t MemoryFileSystem::usedBytes() const
{
    std::uint64_t total = 0;
    const std::function<void(const Node&)> add = [&](const Node& node) {
        total += node.data.size();
        for (const auto& [name, child] : node.names)
            add(*child);
    };
    add(*m_root);
    return total;
}

Result<MemoryFileSystem::Place> MemoryFileSystem::place(const std::string& path) const
{
    Place place{m_root, {}, m_root};
    std::size_t start = 0;
    while (start < path.size()) {
        const std::size_t slash = std::min(path.find('/', start), path.size());
        std::string name = path.substr(start, slash - start);
        start = slash + 1;
        if (name.empty() || name == ".")
            continue;
        if (!place.node || !place.node->isDirectory)
            return fail(ErrorCode::LocalNotFound, path + ": no such directory above it");
        place.directory = place.node;
        const auto found = place.directory->names.find(name);
        place.node = found == place.directory->names.end() ? nullptr : found->second;
        place.name = std::move(name);
    }
    return place;
}

Result<std::shared_ptr<MemoryFileSystem::Node>> MemoryFileSystem::node(
    const std::string& path) const
{
    auto found = place(path);
    if (!found)
        return fail(std::move(found.error()));
    if (!found->node)
        return fail(ErrorCode::LocalNotFound, "no such file: " + path);
    return found->node;
}

Result<void> MemoryFileSystem::write(
    Node& file, std::uint64_t position, std::span<const BytesView> parts, const std::string& path)
{
    Bytes bytes;
    for (const BytesView part : parts)
        bytes.insert(bytes.end(), part.begin(), part.end());

    std::optional<Error> error;
    if (m_writeFault && path.find(m_writeFault->pathPart) != std::string::npos
        && --m_writeFault->nthWrite <= 0) {
        error = Error{m_writeFault->code, "cannot write " + path + ": the test wants it so"};
        bytes.resize(
            m_writeFault->nthWrite == 0 ? std::min(bytes.size(), m_writeFault->tornBytes) : 0);
    }
    const std::uint64_t end = position + bytes.size();
    if (m_capacity != ~std::uint64_t{0} && end > file.data.size()) {
        const std::uint64_t used = usedBytes() - file.data.size();
        const std::uint64_t room = m_capacity > used ? m_capacity - used : 0;
        if (end > room) {
            error = Error{
                ErrorCode::LocalDiskFull, "cannot write " + path + ": No space left on device"};
            bytes.resize(static_cast<std::size_t>(room > position ? room - position : 0));
        }
    }
    if (!bytes.empty())
        file.change({.isTruncation = false, .position = position, .bytes = std::move(bytes)});
    if (error)
        return fail(std::move(*error));
    return {};
}

Result<void> MemoryFileSystem::sync(Node& node, const std::string& path)
{
    ++m_syncCount;
    if (m_isSyncFailing)
        return fail(ErrorCode::LocalIoError, "cannot sync " + path + ": the test wants it so");
    node.makeDurable();
    return {};
}

Result<std::shared_ptr<File>> MemoryFileSystem::open(const std::string& path, OpenMode mode)
{
    auto found = place(path);
    if (!found)
        return fail(std::move(found.error()));
    if (!found->node) {
        if (mode == OpenMode::Read || mode == OpenMode::ReadWrite)
            return fail(ErrorCode::LocalNotFound, "cannot open " + path + ": No such file");
        found->node = std::make_shared<Node>(false);
        found->directory->changeNames({{found->name, found->node}});
    }
    if (found->node->isDirectory)
        return fail(ErrorCode::LocalIoError, "cannot open " + path + ": Is a directory");
    if (mode == OpenMode::Truncate && !found->node->data.empty())
        found->node->change({.isTruncation = true, .position = 0, .bytes = {}});
    return std::make_shared<OpenFile>(*this, found->node, path, mode != OpenMode::Read);
}

bool MemoryFileSystem::exists(const std::string& path)
{
    return node(path).has_value();
}

Result<std::uint64_t> MemoryFileSystem::sizeOf(const std::string& path)
{
    auto found = node(path);
    if (!found)
        return fail(std::move(found.error()));
    return (*found)->data.size();
}

Result<void> MemoryFileSystem::rename(const std::string& from, const std::string& to)
{
    auto source = place(from);
    if (!source)
        return fail(std::move(source.error()));
    if (!source->node || source->name.empty())
        return fail(ErrorCode::LocalNotFound, "cannot rename " + from + ": No such file");
    auto target = place(to);
    if (!target)
        return fail(std::move(target.error()));
    if (m_renamesLeft && (*m_renamesLeft)-- <= 0)
        return fail(ErrorCode::LocalIoError, "cannot rename " + from + ": the test wants it so");
    if (target->node == source->node)
        return {};
    if (source->directory == target->directory) {
        source->directory->changeNames({{source->name, nullptr}, {target->name, source->node}});
    } else {
        source->directory->changeNames({{source->name, nullptr}});
        target->directory->changeNames({{target->name, source->node}});
    }
    return {};
}

Result<void> MemoryFileSystem::remove(const std::string& path)
{
    auto found = place(path);
    if (!found || !found->node)
        return {};
    if (found->node->isDirectory)
        return fail(ErrorCode::LocalIoError, "cannot remove " + path + ": Is a directory");
    found->directory->changeNames({{found->name, nullptr}});
    return {};
}

Result<void> MemoryFileSystem::removeTree(const std::string& path)
{
    auto found = place(path);
    if (found && found->node && !found->name.empty())
        found->directory->changeNames({{found->name, nullptr}});
    return {};
}

Result<std::vector<DirectoryEntry>> MemoryFileSystem::list(const std::string& path)
{
    auto found = node(path);
    if (!found)
        return fail(std::move(found.error()));
    std::vector<DirectoryEntry> entries;
    for (const auto& [name, child] : (*found)->names)
        entries.push_back({name, child->isDirectory});
    return entries;
}

Result<void> MemoryFileSystem::createDirectories(const std::string& path)
{
    auto found = place(path);
    if (!found) {
        if (auto above = createDirectories(parentPath(path)); !above)
            return above;
        found = place(path);
        if (!found)
            return fail(std::move(found.error()));
    }
    if (!found->node)
        found->directory->changeNames({{found->name, std::make_shared<Node>(true)}});
    else if (!found->node->isDirectory)
        return fail(ErrorCode::LocalIoError, "cannot make directory " + path + ": File exists");
    return {};
}

Result<void> MemoryFileSystem::syncDirectory(const std::string& path)
{
    auto found = node(path);
    if (!found)
        return fail(std::move(found.error()));
    return sync(**found, path);
}

Result<void> MemoryFileSystem::syncAll(const std::string& path)
{
    auto found = node(path);
    if (!found)
        return fail(std::move(found.error()));
    const std::function<void(Node&)> syncBelow = [&](Node& each) {
        each.makeDurable();
        for (const auto& [name, child] : each.names)
            syncBelow(*child);
    };
    if (auto synced = sync(**found, path); !synced)
        return synced;
    syncBelow(*m_root); // one file system: what leads to the path is part of it
    return {};
}

Result<std::unique_ptr<FileLock>> MemoryFileSystem::lock(const std::string& path)
{
    if (auto file = open(path, OpenMode::Create); !file)
        return fail(std::move(file.error()));
    if (!m_locks.insert(path).second)
        return fail(
            ErrorCode::LocalIoError, path + " is locked: another broker uses this directory");
    return std::make_unique<Lock>(*this, path);
}

Result<std::uint64_t> MemoryFileSystem::freeSpace(const std::string&)
{
    const std::uint64_t used = usedBytes();
    return m_capacity > used ? m_capacity - used : 0;
}

} // namespace moldau
