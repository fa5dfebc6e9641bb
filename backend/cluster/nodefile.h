#pragma once

#include "cluster/clusterplan.h"
#include "configs/properties.h"

#include <string>
#include <vector>

namespace moldau::cluster {

/** What `moldauctl broker` runs: one node of a cluster. */
struct NodeFile {
    ClusterPlan plan; ///< of one service; without a cluster id where nothing names it
    std::vector<std::string> warnings; ///< in sentences
};

/**
 * Plans a node from a server.properties of Kafka's in KRaft mode. InvalidConfig in the words that
 * Kafka ends with, LocalUnsupported for what is not served here (TLS and SASL listeners, several
 * log directories, ZooKeeper mode, several controllers that only
 * controller.quorum.bootstrap.servers names).
 *
 * A broker that asks for every address, which is Kafka's default, is bound to loopback: who wants
 * the network names an address. Names that Kafka doesn't have: `cluster.id` (else it is found in
 * the log directory or asked of the controller), `moldau.service`, `moldau.hosts` (NAME=ADDRESS,…
 * of a compose network) and `moldau.bind.LISTENER` (HOST:PORT,…).
 */
Result<NodeFile> planNode(const std::vector<configs::Property>& properties);

/** Reads the file and does the same. LocalNotFound when it can't be read. */
Result<NodeFile> readNodeFile(const std::string& path);

/** Where a combined node that keeps its data there keeps its part of the metadata. */
std::string metadataDirectoryIn(const std::string& dataDirectory);

/** The text from which planNode() makes a service of a plan again. */
std::string nodeFileText(const ClusterPlan& plan, const ServicePlan& service);

} // namespace moldau::cluster
