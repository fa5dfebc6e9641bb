#pragma once

#include "compose/finding.h"
#include "compose/interpolation.h"
#include "compose/yamlnode.h"
#include "configs/configlayers.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace moldau::compose {

/** What surrounds a compose file. */
struct ComposeContext {
    std::string projectName; ///< where the file has no `name`; docker compose takes the folder's
    configs::ConfigMap environment; ///< of the process; before that, .env counts
    /** A file beside the compose file, or nothing. Without one, env_file and .env aren't read. */
    std::function<std::optional<std::string>(const std::string& path)> readFile;
};

/** A scalar of the file after interpolation; `node` is null for what stands elsewhere. */
struct ComposeText {
    std::string text;
    YamlPtr node;
    bool isInterpolated = false;

    std::size_t offset() const { return node != nullptr ? node->offset : 0; }
};

/** One environment variable of a service. */
struct EnvironmentVariable {
    std::string name;
    std::optional<std::string> value; ///< none: to be taken from outside, and not there
    YamlPtr keyNode; ///< the key, the list's entry, or env_file's path
    YamlPtr valueNode; ///< nullptr where it isn't a scalar of its own
    bool isListEntry = false; ///< "NAME=VALUE"
    bool isInterpolated = false;
    std::string envFile; ///< "FILE:LINE" when it comes from one
};

/** One port of a container that is reachable from outside. */
struct PublishedPort {
    std::string hostAddress; ///< empty: every address
    std::uint16_t hostPort = 0; ///< 0: any free one
    std::uint16_t containerPort = 0;
    std::string protocol = "tcp";
    YamlPtr node; ///< the entry

    bool operator==(const PublishedPort&) const = default;
};

struct ComposeService {
    std::string name;
    YamlPtr nameNode;
    YamlPtr node; ///< the service's map
    ComposeText image;
    ComposeText containerName;
    std::string hostname;
    std::vector<std::string> aliases; ///< of its networks
    std::map<std::string, EnvironmentVariable> environment;
    YamlPtr environmentNode; ///< or nullptr
    std::vector<PublishedPort> ports;
    YamlPtr portsNode; ///< or nullptr
    std::vector<ComposeText> dependsOn;
    std::vector<ComposeText> command; ///< words of command and entrypoint
    std::vector<ComposeText> healthTest; ///< words of healthcheck.test
    bool isHealthTestList = false;

    const EnvironmentVariable* variable(std::string_view name) const;
    /** Its value; nothing when it isn't set or empty. */
    std::optional<std::string> valueOf(std::string_view name) const;
};

/** A compose file as it was understood, with what is wrong in its form. */
struct ComposeFile {
    std::string projectName;
    YamlPtr root;
    YamlPtr versionKey; ///< of the obsolete `version`, or nullptr
    std::vector<ComposeService> services; ///< in the file's order
    std::vector<Finding> findings;

    const ComposeService* service(std::string_view name) const;
};

/** Reads a text that has no tabs. Whatever can be understood is, beside the findings. */
ComposeFile readComposeFile(std::string_view text, const ComposeContext& context);

} // namespace moldau::compose
