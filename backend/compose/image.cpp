#include "compose/image.h"

#include "configs/configdefinition.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include <fmt/format.h>

namespace moldau::compose {

namespace {

struct KnownImage {
    std::string_view repository;
    ImageKind kind;
};

constexpr std::array kImages{
    KnownImage{"confluentinc/cp-kafka", ImageKind::CpKafka},
    KnownImage{"confluentinc/cp-server", ImageKind::CpKafka},
    KnownImage{"confluentinc/cp-zookeeper", ImageKind::CpZooKeeper},
    KnownImage{"confluentinc/cp-schema-registry", ImageKind::CpSchemaRegistry},
    KnownImage{"confluentinc/cp-kafka-connect", ImageKind::CpConnect},
    KnownImage{"apache/kafka", ImageKind::ApacheKafka},
    KnownImage{"apache/kafka-native", ImageKind::ApacheKafka},
    KnownImage{"bitnami/kafka", ImageKind::BitnamiKafka},
    KnownImage{"bitnamilegacy/kafka", ImageKind::BitnamiKafka},
    KnownImage{"bitnami/zookeeper", ImageKind::BitnamiZooKeeper},
    KnownImage{"bitnamilegacy/zookeeper", ImageKind::BitnamiZooKeeper},
    KnownImage{"zookeeper", ImageKind::ZooKeeper},
};

/** The Kafka that a tag stands for: Confluent's 7.x is Kafka 3, its 8.x is Kafka 4. */
std::optional<int> kafkaMajorOf(ImageKind kind, std::string_view tag)
{
    if (kind > ImageKind::BitnamiKafka)
        return std::nullopt;
    if (tag.empty() || tag == "latest")
        return 4;
    int major = 0;
    if (std::from_chars(tag.data(), tag.data() + tag.size(), major).ec != std::errc{})
        return std::nullopt;
    if (kind != ImageKind::CpKafka)
        return major;
    return major >= 8 ? 4 : major >= 7 ? 3 : 2;
}

const std::vector<std::string> kJavaVariables{"KAFKA_HEAP_OPTS", "KAFKA_OPTS", "KAFKA_JMX_OPTS",
    "KAFKA_JMX_PORT", "KAFKA_JMX_HOSTNAME", "KAFKA_JVM_PERFORMANCE_OPTS", "KAFKA_GC_LOG_OPTS",
    "KAFKA_LOG4J_OPTS", "KAFKA_LOG4J_ROOT_LOGLEVEL", "KAFKA_LOG4J_LOGGERS",
    "KAFKA_TOOLS_LOG4J_LOGLEVEL", "KAFKA_VERSION", "KAFKA_DEBUG", "KAFKA_CLASSPATH", "CLASSPATH",
    "CLUSTER_ID", "JMX_PORT"};

std::vector<std::string> with(
    std::vector<std::string> list, std::initializer_list<const char*> more)
{
    list.insert(list.end(), more.begin(), more.end());
    return list;
}

const std::map<ImageKind, ImageVariables>& allVariables()
{
    static const std::map<ImageKind, ImageVariables> all{
        {ImageKind::CpKafka,
            {"KAFKA_",
                with(kJavaVariables,
                    {"KAFKA_SSL_KEYSTORE_FILENAME", "KAFKA_SSL_KEYSTORE_CREDENTIALS",
                        "KAFKA_SSL_KEY_CREDENTIALS", "KAFKA_SSL_TRUSTSTORE_FILENAME",
                        "KAFKA_SSL_TRUSTSTORE_CREDENTIALS", "KAFKA_ZOOKEEPER_CLIENT_CNXN_SOCKET",
                        "KAFKA_REST_HOST", "CUB_CLASSPATH"}),
                {"KAFKA_ADVERTISED_LISTENERS"}}},
        {ImageKind::ApacheKafka,
            {"KAFKA_",
                with(kJavaVariables,
                    {"KAFKA_SSL_KEYSTORE_FILENAME", "KAFKA_SSL_KEYSTORE_CREDENTIALS",
                        "KAFKA_SSL_KEY_CREDENTIALS", "KAFKA_SSL_TRUSTSTORE_FILENAME",
                        "KAFKA_SSL_TRUSTSTORE_CREDENTIALS"}),
                {}}},
        {ImageKind::BitnamiKafka,
            {"KAFKA_CFG_",
                with(kJavaVariables,
                    {"ALLOW_PLAINTEXT_LISTENER", "BITNAMI_DEBUG", "KAFKA_BROKER_ID",
                        "KAFKA_BROKER_ID_COMMAND", "KAFKA_NODE_ID", "KAFKA_ENABLE_KRAFT",
                        "KAFKA_KRAFT_CLUSTER_ID", "KAFKA_KRAFT_BOOTSTRAP_SCRAM_USERS",
                        "KAFKA_SKIP_KRAFT_STORAGE_INIT", "KAFKA_CLIENT_LISTENER_NAME",
                        "KAFKA_CLIENT_USERS", "KAFKA_CLIENT_PASSWORDS", "KAFKA_INTER_BROKER_USER",
                        "KAFKA_INTER_BROKER_PASSWORD", "KAFKA_CONTROLLER_USER",
                        "KAFKA_CONTROLLER_PASSWORD", "KAFKA_CERTIFICATE_PASSWORD", "KAFKA_TLS_TYPE",
                        "KAFKA_TLS_CLIENT_AUTH", "KAFKA_TLS_TRUSTSTORE_FILE",
                        "KAFKA_ZOOKEEPER_PROTOCOL", "KAFKA_ZOOKEEPER_USER",
                        "KAFKA_ZOOKEEPER_PASSWORD", "KAFKA_INITIAL_CONTROLLERS",
                        "KAFKA_EXTRA_FLAGS", "KAFKA_MOUNTED_CONF_DIR", "KAFKA_BASE_DIR",
                        "KAFKA_VOLUME_DIR", "KAFKA_DATA_DIR"}),
                {}}},
        {ImageKind::CpZooKeeper,
            {"ZOOKEEPER_",
                {"KAFKA_HEAP_OPTS", "KAFKA_OPTS", "KAFKA_JMX_OPTS", "KAFKA_JMX_PORT",
                    "KAFKA_JMX_HOSTNAME", "KAFKA_LOG4J_OPTS", "KAFKA_JVM_PERFORMANCE_OPTS",
                    "ZOOKEEPER_SERVER_ID", "ZOOKEEPER_SERVERS", "ZOOKEEPER_CLIENT_PORT",
                    "ZOOKEEPER_SECURE_CLIENT_PORT", "ZOOKEEPER_TICK_TIME", "ZOOKEEPER_INIT_LIMIT",
                    "ZOOKEEPER_SYNC_LIMIT", "ZOOKEEPER_MAX_CLIENT_CNXNS",
                    "ZOOKEEPER_MIN_SESSION_TIMEOUT", "ZOOKEEPER_MAX_SESSION_TIMEOUT",
                    "ZOOKEEPER_AUTOPURGE_SNAP_RETAIN_COUNT", "ZOOKEEPER_AUTOPURGE_PURGE_INTERVAL",
                    "ZOOKEEPER_GROUPS", "ZOOKEEPER_PEER_TYPE", "ZOOKEEPER_QUORUM_LISTEN_ON_ALL_IPS",
                    "ZOOKEEPER_STANDALONE_ENABLED", "ZOOKEEPER_LEADER_SERVES",
                    "ZOOKEEPER_SNAP_COUNT", "ZOOKEEPER_GLOBAL_OUTSTANDING_LIMIT",
                    "ZOOKEEPER_PRE_ALLOC_SIZE", "ZOOKEEPER_FORCE_SYNC", "ZOOKEEPER_ELECTION_ALG",
                    "ZOOKEEPER_CNX_TIMEOUT", "ZOOKEEPER_JUTE_MAX_BUFFER",
                    "ZOOKEEPER_CLIENT_PORT_ADDRESS", "ZOOKEEPER_ADMIN_ENABLE_SERVER",
                    "ZOOKEEPER_ADMIN_SERVER_PORT", "ZOOKEEPER_LOG4J_ROOT_LOGLEVEL",
                    "ZOOKEEPER_LOG4J_LOGGERS", "ZOOKEEPER_4LW_COMMANDS_WHITELIST",
                    "ZOOKEEPER_SASL_ENABLED", "ZOOKEEPER_AUTH_PROVIDER_X509",
                    "ZOOKEEPER_AUTH_PROVIDER_SASL", "ZOOKEEPER_SERVER_CNXN_FACTORY"},
                {"ZOOKEEPER_CLIENT_PORT"}}},
        {ImageKind::ZooKeeper,
            {"ZOO_",
                {"ZOO_MY_ID", "ZOO_SERVERS", "ZOO_TICK_TIME", "ZOO_INIT_LIMIT", "ZOO_SYNC_LIMIT",
                    "ZOO_MAX_CLIENT_CNXNS", "ZOO_STANDALONE_ENABLED", "ZOO_ADMINSERVER_ENABLED",
                    "ZOO_AUTOPURGE_PURGEINTERVAL", "ZOO_AUTOPURGE_SNAPRETAINCOUNT",
                    "ZOO_4LW_COMMANDS_WHITELIST", "ZOO_CFG_EXTRA", "ZOO_CONF_DIR", "ZOO_DATA_DIR",
                    "ZOO_DATA_LOG_DIR", "ZOO_LOG_DIR", "ZOO_LOG4J_PROP", "ZOOCFGDIR", "JVMFLAGS",
                    "SERVER_JVMFLAGS", "ZK_SERVER_HEAP"},
                {}}},
        {ImageKind::BitnamiZooKeeper,
            {"ZOO_",
                {"ALLOW_ANONYMOUS_LOGIN", "BITNAMI_DEBUG", "ZOO_SERVER_ID", "ZOO_SERVERS",
                    "ZOO_PORT_NUMBER", "ZOO_TICK_TIME", "ZOO_INIT_LIMIT", "ZOO_SYNC_LIMIT",
                    "ZOO_MAX_CNXNS", "ZOO_MAX_CLIENT_CNXNS", "ZOO_HEAP_SIZE", "ZOO_LOG_LEVEL",
                    "ZOO_4LW_COMMANDS_WHITELIST", "ZOO_AUTOPURGE_INTERVAL",
                    "ZOO_AUTOPURGE_RETAIN_COUNT", "ZOO_MAX_SESSION_TIMEOUT", "ZOO_ENABLE_AUTH",
                    "ZOO_CLIENT_USER", "ZOO_CLIENT_PASSWORD", "ZOO_SERVER_USERS",
                    "ZOO_SERVER_PASSWORDS", "ZOO_ENABLE_QUORUM_AUTH", "ZOO_ENABLE_ADMIN_SERVER",
                    "ZOO_ADMIN_SERVER_PORT_NUMBER", "ZOO_LISTEN_ALLIPS_ENABLED", "ZOO_PEER_TYPE",
                    "ZOO_RECONFIG_ENABLED", "ZOO_DATA_LOG_DIR", "ZOO_SNAPCOUNT",
                    "ZOO_PRE_ALLOC_SIZE", "ZOO_TLS_CLIENT_ENABLE", "ZOO_TLS_PORT_NUMBER",
                    "JVMFLAGS"},
                {}}},
        {ImageKind::CpSchemaRegistry,
            {"SCHEMA_REGISTRY_",
                {"SCHEMA_REGISTRY_HEAP_OPTS", "SCHEMA_REGISTRY_OPTS", "SCHEMA_REGISTRY_JMX_OPTS",
                    "SCHEMA_REGISTRY_JMX_PORT", "SCHEMA_REGISTRY_LOG4J_OPTS",
                    "SCHEMA_REGISTRY_LOG4J_ROOT_LOGLEVEL", "SCHEMA_REGISTRY_HOST_NAME",
                    "SCHEMA_REGISTRY_LISTENERS", "SCHEMA_REGISTRY_KAFKASTORE_BOOTSTRAP_SERVERS",
                    "SCHEMA_REGISTRY_KAFKASTORE_CONNECTION_URL", "SCHEMA_REGISTRY_KAFKASTORE_TOPIC",
                    "SCHEMA_REGISTRY_KAFKASTORE_TOPIC_REPLICATION_FACTOR",
                    "SCHEMA_REGISTRY_KAFKASTORE_SECURITY_PROTOCOL",
                    "SCHEMA_REGISTRY_AVRO_COMPATIBILITY_LEVEL",
                    "SCHEMA_REGISTRY_SCHEMA_COMPATIBILITY_LEVEL",
                    "SCHEMA_REGISTRY_ACCESS_CONTROL_ALLOW_ORIGIN",
                    "SCHEMA_REGISTRY_ACCESS_CONTROL_ALLOW_METHODS", "SCHEMA_REGISTRY_DEBUG"},
                {"SCHEMA_REGISTRY_HOST_NAME", "SCHEMA_REGISTRY_KAFKASTORE_BOOTSTRAP_SERVERS"}}},
        {ImageKind::CpConnect,
            {"CONNECT_",
                {"KAFKA_HEAP_OPTS", "KAFKA_OPTS", "KAFKA_JMX_OPTS", "KAFKA_JMX_PORT", "CLASSPATH",
                    "CONNECT_BOOTSTRAP_SERVERS", "CONNECT_GROUP_ID", "CONNECT_CONFIG_STORAGE_TOPIC",
                    "CONNECT_OFFSET_STORAGE_TOPIC", "CONNECT_STATUS_STORAGE_TOPIC",
                    "CONNECT_CONFIG_STORAGE_REPLICATION_FACTOR",
                    "CONNECT_OFFSET_STORAGE_REPLICATION_FACTOR",
                    "CONNECT_STATUS_STORAGE_REPLICATION_FACTOR", "CONNECT_OFFSET_FLUSH_INTERVAL_MS",
                    "CONNECT_KEY_CONVERTER", "CONNECT_VALUE_CONVERTER",
                    "CONNECT_KEY_CONVERTER_SCHEMA_REGISTRY_URL",
                    "CONNECT_VALUE_CONVERTER_SCHEMA_REGISTRY_URL", "CONNECT_INTERNAL_KEY_CONVERTER",
                    "CONNECT_INTERNAL_VALUE_CONVERTER", "CONNECT_REST_ADVERTISED_HOST_NAME",
                    "CONNECT_REST_ADVERTISED_PORT", "CONNECT_REST_PORT", "CONNECT_LISTENERS",
                    "CONNECT_PLUGIN_PATH", "CONNECT_LOG4J_ROOT_LOGLEVEL", "CONNECT_LOG4J_LOGGERS"},
                {"CONNECT_BOOTSTRAP_SERVERS", "CONNECT_GROUP_ID", "CONNECT_CONFIG_STORAGE_TOPIC",
                    "CONNECT_OFFSET_STORAGE_TOPIC", "CONNECT_STATUS_STORAGE_TOPIC",
                    "CONNECT_KEY_CONVERTER", "CONNECT_VALUE_CONVERTER",
                    "CONNECT_REST_ADVERTISED_HOST_NAME"}}},
        {ImageKind::Other, {"", {}, {}}},
    };
    return all;
}

} // namespace

Image imageOf(std::string_view name)
{
    Image image;
    name = name.substr(0, name.find('@'));
    const std::size_t slash = name.rfind('/');
    const std::size_t colon = name.rfind(':');
    const bool hasTag
        = colon != std::string_view::npos && (slash == std::string_view::npos || colon > slash);
    if (hasTag)
        image.tag = name.substr(colon + 1);
    std::string_view repository = name.substr(0, hasTag ? colon : name.size());
    // A first part with a dot or a port is the registry.
    if (const std::size_t first = repository.find('/'); first != std::string_view::npos) {
        const std::string_view host = repository.substr(0, first);
        if (host.find_first_of(".:") != std::string_view::npos || host == "localhost")
            repository.remove_prefix(first + 1);
    }
    if (repository.starts_with("library/"))
        repository.remove_prefix(8);
    image.repository = repository;
    const auto known = std::ranges::find(kImages, repository, &KnownImage::repository);
    image.kind = known == kImages.end() ? ImageKind::Other : known->kind;
    image.kafkaMajor = kafkaMajorOf(image.kind, image.tag);
    return image;
}

const ImageVariables& variablesOf(ImageKind kind)
{
    return allVariables().at(kind);
}

std::string settingName(std::string_view variable, std::string_view prefix)
{
    std::string name;
    variable.remove_prefix(prefix.size());
    for (std::size_t i = 0; i < variable.size();) {
        std::size_t run = 0;
        while (i + run < variable.size() && variable[i + run] == '_')
            ++run;
        i += run;
        for (; run >= 3; run -= 3)
            name.push_back('-');
        if (run == 2)
            name.push_back('_');
        if (run == 1)
            name.push_back('.');
        if (i < variable.size())
            name.push_back(
                static_cast<char>(std::tolower(static_cast<unsigned char>(variable[i++]))));
    }
    return name;
}

std::string variableName(std::string_view setting, std::string_view prefix)
{
    std::string name(prefix);
    for (const char c : setting) {
        if (c == '.')
            name += "_";
        else if (c == '_')
            name += "__";
        else if (c == '-')
            name += "___";
        else
            name.push_back(static_cast<char>(std::toupper(static_cast<unsigned char>(c))));
    }
    return name;
}

const std::vector<std::string>& knownVariables(ImageKind kind)
{
    static const std::map<ImageKind, std::vector<std::string>> known = [] {
        std::map<ImageKind, std::vector<std::string>> lists;
        for (const auto& [image, variables] : allVariables()) {
            std::vector<std::string>& list = lists[image];
            list = variables.own;
            if (image > ImageKind::BitnamiKafka)
                continue;
            for (const configs::ConfigScope scope :
                {configs::ConfigScope::Broker, configs::ConfigScope::Legacy}) {
                for (const configs::ConfigDefinition& definition : configs::allOf(scope)) {
                    if (!definition.isInternal)
                        list.push_back(variableName(definition.name, variables.prefix));
                }
            }
            for (const char* setting : {"super.users", "allow.everyone.if.no.acl.found"})
                list.push_back(variableName(setting, variables.prefix));
        }
        return lists;
    }();
    return known.at(kind);
}

} // namespace moldau::compose
