#pragma once

#include "controller/metadataimage.h"
#include "network/world.h"
#include "protocol/recordbatch.h"
#include "raft/snapshotfiles.h"
#include "raft/snapshotschedule.h"

#include <memory>
#include <string>

namespace moldau::broker {

/**
 * The snapshots of the metadata in a broker's log directory: with them a broker that starts again
 * reads only what is new, and one that was left behind takes the controller's. It keeps no metadata
 * log of its own. Owned by the BrokerNode, on its thread.
 */
class MetadataSnapshots {
public:
    struct Options {
        BrokerId self;
        std::string logDirectory;
        raft::SnapshotSchedule::Options schedule;
        raft::SnapshotRetention retention;
    };

    /** `image` is the broker's; it outlives this. */
    MetadataSnapshots(
        network::World world, Options options, const controller::MetadataImage& image);

    /** The newest whole snapshot that is there; none when there is none. */
    Result<std::optional<raft::LoadedSnapshot>> open();
    /** A piece of the controller's snapshot; with the last one the whole of it. */
    Result<std::optional<raft::LoadedSnapshot>> store(
        const raft::SnapshotId& id, std::int64_t position, BytesView bytes, bool isLast);
    /** None of them tells of the cluster that the controller knows. */
    void removeAll();

    /** The image has this batch. */
    void noteBatch(const protocol::BatchView& batch);
    /** The image was replaced by this. */
    void noteSnapshot(const raft::SnapshotHead& head);
    /** Begins to write the image when that is due. */
    void consider();

private:
    void write(const std::string& reason);
    void written(const Result<void>& outcome, const raft::SnapshotHead& head);
    void clean();

    network::World m_world;
    Options m_options;
    const controller::MetadataImage& m_image;
    raft::SnapshotFiles m_files;
    raft::SnapshotSchedule m_schedule;
    Timer m_timer;
    std::int32_t m_lastEpoch = 0; // of the last record in the image
    std::optional<Bytes> m_voters; // as the log tells of them
    bool m_isWriting = false;
    std::shared_ptr<bool> m_isAlive = std::make_shared<bool>(true); // for work on its way
};

} // namespace moldau::broker
