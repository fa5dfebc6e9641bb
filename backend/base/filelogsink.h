#pragma once

#include "base/log.h"

#include <cstdio>
#include <mutex>
#include <string>

namespace moldau {

/**
 * Appends lines to a file; at 10 MB it becomes FILE.1 and a new one begins. Any thread may write. A
 * file that can't be opened or written swallows the lines: a log never stops a node.
 */
class FileLogSink final : public Log::Sink {
public:
    /** Makes the directories above the file. */
    explicit FileLogSink(std::string path);
    ~FileLogSink() override;

    void write(std::string_view line) override;

private:
    void open();
    void roll();

    std::string m_path;
    std::mutex m_mutex;
    std::FILE* m_file = nullptr;
    std::size_t m_size = 0;
};

} // namespace moldau
