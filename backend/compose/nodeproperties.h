#pragma once

#include "compose/project.h"

namespace moldau::compose {

// From a service's environment to its properties, as the image's own start-up scripts do it. Each
// fills in kind, id, properties, variableOf and problem.

/** cp-kafka, cp-server, apache/kafka, bitnami/kafka. */
void fillKafkaNode(const ComposeService& service, const Image& image, ServiceSpec& spec);

/** cp-zookeeper, zookeeper, bitnami/zookeeper: the lines of zoo.cfg. */
void fillZooKeeper(const ComposeService& service, const Image& image, ServiceSpec& spec);

/** cp-schema-registry and cp-kafka-connect. */
void fillCompanion(const ComposeService& service, const Image& image, ServiceSpec& spec);

/** "NAME://host:port,…" with 0.0.0.0 in place of each host, as the images derive listeners. */
std::string listenersFromAdvertised(std::string_view advertised);

} // namespace moldau::compose
