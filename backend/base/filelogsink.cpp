#include "base/filelogsink.h"

#include <filesystem>

namespace moldau {

namespace {

constexpr std::size_t kMostBytes = 10 * 1024 * 1024;

} // namespace

FileLogSink::FileLogSink(std::string path)
    : m_path(std::move(path))
{
    std::error_code ignored;
    std::filesystem::create_directories(std::filesystem::path(m_path).parent_path(), ignored);
    open();
}

FileLogSink::~FileLogSink()
{
    if (m_file != nullptr)
        std::fclose(m_file);
}

void FileLogSink::open()
{
    m_file = std::fopen(m_path.c_str(), "ae");
    std::error_code unknown;
    const auto size = std::filesystem::file_size(m_path, unknown);
    m_size = unknown ? 0 : size;
}

void FileLogSink::roll()
{
    std::fclose(m_file);
    std::error_code ignored;
    std::filesystem::rename(m_path, m_path + ".1", ignored);
    open();
}

void FileLogSink::write(std::string_view line)
{
    const std::lock_guard lock(m_mutex);
    if (m_file == nullptr)
        return;
    std::fwrite(line.data(), 1, line.size(), m_file);
    std::fputc('\n', m_file);
    std::fflush(m_file); // whoever follows the log sees each line
    m_size += line.size() + 1;
    if (m_size > kMostBytes)
        roll();
}

} // namespace moldau
