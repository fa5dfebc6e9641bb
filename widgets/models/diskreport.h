#pragma once

#include "bridge/replicasizes.h"
#include "client/brokeradmin.h"

#include <memory>
#include <unordered_map>
#include <vector>

namespace moldau::widgets {

/**
 * What the brokers' log directories hold, with the sums and the largest replicas that views show.
 * Made on the thread that the answer comes on, as there may be a hundred thousand of them;
 * immutable and shared afterwards.
 */
class DiskReport {
public:
    struct Directory {
        int broker = -1;
        QString path; ///< empty: the broker didn't answer
        QString problem;
        qint64 bytes = 0; ///< of its replicas
        qint64 totalBytes = -1; ///< of the file system; -1: not told
        qint64 usableBytes = -1;
        int replicas = 0;
    };
    struct Replica {
        int broker = -1;
        QString topic;
        int partition = 0;
        qint64 bytes = 0;
        qint64 lag = 0;
    };

    DiskReport() = default;
    explicit DiskReport(std::vector<client::LogDirectory> directories);

    const std::vector<Directory>& directories() const { return m_directories; } ///< by broker
    /** Of each broker the largest few, all together by size. */
    const std::vector<Replica>& largest() const { return m_largest; }
    const ReplicaSizes& sizes() const { return m_sizes; }
    /** -1 where it isn't known. */
    qint64 bytesOf(int broker) const;

private:
    std::vector<Directory> m_directories;
    std::vector<Replica> m_largest;
    ReplicaSizes m_sizes;
};

using DiskReportPtr = std::shared_ptr<const DiskReport>;

} // namespace moldau::widgets
