#pragma once

#include "base/ids.h"
#include "base/transport.h"
#include "compose/composefile.h"
#include "compose/image.h"

namespace moldau::compose {

enum class ServiceKind { Broker, Controller, ZooKeeper, Connect, Registry, Other };

/** "broker", "controller", "zookeeper", "connect", "registry", "other". */
std::string_view nameOf(ServiceKind kind);

/** One service as it is to be run: what `up` starts. A plain value. */
struct ServiceSpec {
    std::string name;
    std::string containerName; ///< as given, else the service's name
    ServiceKind kind = ServiceKind::Other;
    BrokerId id = kNoBroker; ///< of a broker, a controller or a ZooKeeper server
    std::string image;
    /**
     * A node's properties (for brokers those of server.properties, with listeners derived and the
     * image's own defaults), ZooKeeper's zoo.cfg, or a worker's or registry's properties.
     */
    configs::ConfigMap properties;
    /** The variable that a property came from, where it came from one. */
    configs::ConfigMap variableOf;
    std::vector<PublishedPort> ports; ///< to be bound on 127.0.0.1
    std::vector<std::string> hostNames; ///< by which other services know it; its name is the first
    std::string loopbackAddress; ///< its own 127.0.x.y, on which its listeners are bound
    std::vector<std::string> dependsOn;
    std::string clusterId; ///< as given for KRaft, or empty
    std::string
        problem; ///< why the image itself would end at once ("KAFKA_… is required."), or empty

    bool isNode() const { return kind == ServiceKind::Broker || kind == ServiceKind::Controller; }
};

/** A compose file as a cluster to run. */
struct ComposeProject {
    std::string name;
    std::vector<ServiceSpec> services; ///< in the file's order

    const ServiceSpec* service(std::string_view name) const;
    /** The service of that name, container name, host name or network alias; nullptr for others. */
    const ServiceSpec* serviceOfHost(std::string_view host) const;
    /** Where each name leads inside the project's network: what its resolver answers. */
    std::map<std::string, std::string> hostAddresses() const;
    std::size_t brokerCount() const;
};

/** Where one of a node's listeners is reached. */
struct ListenerBinding {
    std::string name;
    std::vector<Endpoint>
        bind; ///< the service's loopback address, then published ports on 127.0.0.1
};

/** The addresses of every listener of a node; those that can't be read are left out. */
std::vector<ListenerBinding> bindingsOf(const ServiceSpec& service);

/** Turns what was read into services to run. */
ComposeProject projectOf(const ComposeFile& file);

/**
 * Reads a compose file for running it. LocalInvalidArgument with "LINE:COLUMN: message" of the
 * first mistake in the file's form; what Kafka itself refuses is left to Kafka's start-up checks.
 */
Result<ComposeProject> loadProject(std::string_view text, const ComposeContext& context);

/** 127.0.x.y for the service of that index; the same for the same project, seldom for two. */
std::string loopbackAddress(std::string_view project, std::size_t index);

} // namespace moldau::compose
