#pragma once

#include "tools/toolsession.h"

#include <map>
#include <string>
#include <vector>

namespace moldau::tools {

/** Prints what kafka-topics --describe shows. Used by that tool, for one run. */
class TopicDescriber {
public:
    /** What is left out; none shows everything. */
    struct Choice {
        bool isUnderReplicated = false;
        bool isUnavailable = false;
        bool isUnderMinIsr = false;
        bool isAtMinIsr = false;
        bool isOverridden = false;
        bool isPartitionReport() const
        {
            return isUnderReplicated || isUnavailable || isUnderMinIsr || isAtMinIsr;
        }
    };

    TopicDescriber(ToolSession& session, const client::ClusterDescription& cluster, Choice choice);

    Result<void> print(const std::vector<std::string>& names);

private:
    struct Config {
        std::string text; ///< "a=1,b=2", what isn't a default
        std::int32_t minInSync = 1;
    };
    Result<Config> configOf(const std::string& topic);
    std::size_t replicationFactorOf(
        const std::string& topic, const client::PartitionDetail& partition) const;
    bool isWanted(const std::string& topic, const client::PartitionDetail& partition,
        const Config& config) const;
    void printTopic(const client::TopicDetail& topic, const Config& config);
    void printPartition(const std::string& topic, const client::PartitionDetail& partition);

    ToolSession& m_session;
    const client::ClusterDescription& m_cluster;
    Choice m_choice;
    std::map<TopicPartition, client::Reassignment> m_reassignments;
};

} // namespace moldau::tools
