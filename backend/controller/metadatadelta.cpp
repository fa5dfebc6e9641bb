#include "controller/metadatadelta.h"

namespace moldau::controller {

bool MetadataDelta::isEmpty() const
{
    return createdTopics.empty() && deletedTopics.empty() && brokers.empty() && configs.empty()
        && m_partitions.empty() && !hasChangedFeatures && !hasChangedControllers;
}

void MetadataDelta::notePartition(const PartitionKey& key, const PartitionImage* before)
{
    if (!m_seen.insert(key).second)
        return;
    m_partitions.push_back({key, before ? std::optional(*before) : std::nullopt});
}

void MetadataDelta::noteBroker(BrokerId id, const BrokerImage* before)
{
    brokers.emplace(id, before ? std::optional(*before) : std::nullopt);
}

} // namespace moldau::controller
