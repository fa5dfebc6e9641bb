#pragma once

#include "../storage/storageworld.h"
#include "broker/replica/partition.h"
#include "events/eventring.h"
#include "events/nametable.h"

#include <vector>

namespace moldau::broker {

/** Broker 1 as its partitions see it: everybody lives, nobody fetched, the clock stands still. */
class TestPartitionHost : public PartitionHost {
public:
    TestPartitionHost()
        : ring(m_names)
        , m_logHost(m_files)
    {
    }

    std::unique_ptr<storage::PartitionLog> makeLog(const std::string& topic, std::int32_t partition)
    {
        storage::PartitionLog::Options options;
        options.partition = {topic, partition};
        options.path = "/data/" + options.partition.toString();
        options.config = std::make_shared<storage::LogConfig>();
        return std::move(*storage::PartitionLog::open(m_logHost, std::move(options)));
    }

    BrokerId self() const override { return BrokerId(1); }
    EventLoop& loop() override { return manualLoop; }
    EventSink& events() override { return ring; }
    bool mayJoinIsr(BrokerId) const override { return true; }
    bool isAlive(BrokerId) const override { return true; }
    Duration replicaLagTimeMax() const override { return std::chrono::seconds(30); }
    Duration lastFetchOf(BrokerId) const override { return {}; }
    void watchIsr(Partition& partition) override { watched.push_back(&partition); }

    storage::ManualLoop manualLoop;

protected:
    NameTable m_names;
    MemoryFileSystem m_files;

public:
    EventRing ring;
    std::vector<Partition*> watched; ///< whose ISR time may change, in the order they asked

private:
    storage::TestHost m_logHost;
};

} // namespace moldau::broker
