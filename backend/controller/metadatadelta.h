#pragma once

#include "controller/images.h"

#include <cstddef>
#include <memory>
#include <set>
#include <unordered_set>

namespace moldau::controller {

/** A partition by its topic's id. */
struct PartitionKey {
    Uuid topicId;
    std::int32_t partition = 0;

    bool operator==(const PartitionKey&) const = default;
};

struct PartitionKeyHash {
    std::size_t operator()(const PartitionKey& key) const noexcept
    {
        return std::hash<Uuid>{}(key.topicId)
            ^ (static_cast<std::size_t>(key.partition) * 0x9e3779b97f4a7c15u);
    }
};

/**
 * What a run of records changed in an image, so that a broker can react to just that. It names
 * things and keeps their state before; the state after is in the image. A thing that is made and
 * deleted within one run is named in both lists and is not in the image.
 */
class MetadataDelta {
public:
    struct Partition {
        PartitionKey key;
        std::optional<PartitionImage> before; ///< none: the partition is new
    };

    std::vector<Uuid> createdTopics;
    std::vector<std::shared_ptr<const TopicImage>> deletedTopics; ///< as they were
    std::map<BrokerId, std::optional<BrokerImage>> brokers; ///< none: the broker wasn't registered
    std::map<ConfigResource, std::set<std::string>> configs; ///< names of changed settings
    bool hasChangedFeatures = false;
    bool hasChangedControllers = false;

    /** New and changed partitions, each once, in order of their first change. */
    const std::vector<Partition>& partitions() const { return m_partitions; }

    bool isEmpty() const;

    /** Called by the image. Only the first call for a key keeps `before`. */
    void notePartition(const PartitionKey& key, const PartitionImage* before);
    void noteBroker(BrokerId id, const BrokerImage* before);

private:
    std::vector<Partition> m_partitions;
    std::unordered_set<PartitionKey, PartitionKeyHash> m_seen;
};

} // namespace moldau::controller
