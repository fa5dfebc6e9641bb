#include "base/filesystem.h"

namespace moldau {

Result<Bytes> readFile(FileSystem& files, const std::string& path)
{
    auto file = files.open(path, OpenMode::Read);
    if (!file)
        return fail(std::move(file.error()));
    Bytes bytes((*file)->size());
    auto count = (*file)->readAt(0, bytes);
    if (!count)
        return fail(std::move(count.error()));
    bytes.resize(*count);
    return bytes;
}

Result<void> replaceFile(
    FileSystem& files, const std::string& path, BytesView bytes, Durability durability)
{
    const std::string temporary = path + ".tmp";
    {
        auto file = files.open(temporary, OpenMode::Truncate);
        if (!file)
            return fail(std::move(file.error()));
        if (auto written = (*file)->writeAt(0, bytes); !written)
            return written;
        if (durability == Durability::Power) {
            if (auto synced = (*file)->sync(); !synced)
                return synced;
        }
    }
    if (auto renamed = files.rename(temporary, path); !renamed)
        return renamed;
    return durability == Durability::Power ? files.syncDirectory(parentPath(path)) : Result<void>{};
}

std::string parentPath(std::string_view path)
{
    const std::size_t slash = path.rfind('/');
    if (slash == std::string_view::npos)
        return ".";
    return std::string(path.substr(0, slash == 0 ? 1 : slash));
}

} // namespace moldau
