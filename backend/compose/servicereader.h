#pragma once

#include "compose/composefile.h"
#include "compose/findinglist.h"

namespace moldau::compose {

/**
 * Reads the parts of one compose file's services. Made by readComposeFile for one text, with the
 * list that collects what is wrong.
 */
class ServiceReader {
public:
    ServiceReader(const ComposeContext& context, FindingList& findings);

    /** A scalar after interpolation; problems are reported once per place. */
    ComposeText read(const YamlPtr& node);

    void readEnvironment(const YamlPtr& node, ComposeService& service);
    void readEnvFiles(const YamlPtr& node, ComposeService& service);
    void readPorts(const YamlPtr& node, ComposeService& service);
    /** One scalar, or a list of them, or a map's keys. */
    std::vector<ComposeText> readNames(const YamlPtr& node);
    /** A command: a list as it is, a text split at its blanks. */
    std::vector<ComposeText> readWords(const YamlPtr& node);

    void wrongForm(const YamlPtr& node, Sentence message);

private:
    void setVariable(ComposeService& service, EnvironmentVariable variable);
    void readListEntry(const YamlPtr& item, ComposeService& service);
    void readEnvFile(
        const YamlPtr& node, const std::string& path, bool isRequired, ComposeService& service);
    void readShortPort(const YamlPtr& node, ComposeService& service);
    void readLongPort(const YamlPtr& node, ComposeService& service);

    const ComposeContext& m_context;
    FindingList& m_findings;
    configs::ConfigMap m_dotEnv;
    VariableLookup m_lookup;
};

/** The lines of a .env file: name, value and line, later ones last. */
struct DotEnvLine {
    std::string name;
    std::optional<std::string> value;
    int line = 0;
};
std::vector<DotEnvLine> readDotEnv(std::string_view text, const VariableLookup& lookup);

} // namespace moldau::compose
