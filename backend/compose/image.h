#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace moldau::compose {

enum class ImageKind {
    CpKafka, ///< also cp-server
    ApacheKafka, ///< also apache/kafka-native
    BitnamiKafka,
    CpZooKeeper,
    ZooKeeper,
    BitnamiZooKeeper,
    CpSchemaRegistry,
    CpConnect,
    Other,
};

/** What an image's name says: "docker.io/confluentinc/cp-kafka:7.3.0@sha256:…". */
struct Image {
    ImageKind kind = ImageKind::Other;
    std::string repository; ///< without registry, tag and digest
    std::string tag; ///< empty where none is given, which docker takes for latest
    std::optional<int> kafkaMajor; ///< 2, 3, 4; nothing where the tag doesn't tell

    bool isKafka() const { return kind <= ImageKind::BitnamiKafka; }
    bool isZooKeeper() const
    {
        return kind >= ImageKind::CpZooKeeper && kind <= ImageKind::BitnamiZooKeeper;
    }
    /** Whether it has brokers without ZooKeeper only, which is so since Kafka 4. */
    bool isKRaftOnly() const { return isKafka() && kafkaMajor && *kafkaMajor >= 4; }
};

Image imageOf(std::string_view name);

/** How an image turns its environment into settings. */
struct ImageVariables {
    std::string_view prefix; ///< of variables that become settings
    std::vector<std::string> own; ///< variables that mean something else, the image's and Java's
    std::vector<std::string> required; ///< without these the container ends at once
};

const ImageVariables& variablesOf(ImageKind kind);

/**
 * Every variable that means something to the image: its own and one for each setting that Kafka
 * knows. For spelling.
 */
const std::vector<std::string>& knownVariables(ImageKind kind);

/** "advertised.listeners" of KAFKA_ADVERTISED_LISTENERS: `_` is a dot, `__` is `_`, `___` is `-`.
 */
std::string settingName(std::string_view variable, std::string_view prefix);

/** The other way round. */
std::string variableName(std::string_view setting, std::string_view prefix);

} // namespace moldau::compose
