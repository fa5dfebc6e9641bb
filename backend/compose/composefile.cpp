#include "compose/composefile.h"

#include "compose/editing.h"
#include "compose/servicereader.h"
#include "compose/spelling.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace moldau::compose {

namespace {

const std::vector<std::string>& topLevelKeys()
{
    static const std::vector<std::string> keys{"version", "name", "services", "networks", "volumes",
        "secrets", "configs", "include", "models"};
    return keys;
}

const std::vector<std::string>& serviceKeys()
{
    static const std::vector<std::string> keys{"annotations", "attach", "blkio_config", "build",
        "cap_add", "cap_drop", "cgroup", "cgroup_parent", "command", "configs", "container_name",
        "cpu_count", "cpu_percent", "cpu_period", "cpu_quota", "cpu_rt_period", "cpu_rt_runtime",
        "cpu_shares", "cpus", "cpuset", "credential_spec", "depends_on", "deploy", "develop",
        "device_cgroup_rules", "devices", "dns", "dns_opt", "dns_search", "domainname",
        "driver_opts", "entrypoint", "env_file", "environment", "expose", "extends",
        "external_links", "extra_hosts", "gpus", "group_add", "healthcheck", "hostname", "image",
        "init", "ipc", "isolation", "label_file", "labels", "links", "logging", "mac_address",
        "mem_limit", "mem_reservation", "mem_swappiness", "memswap_limit", "models", "network_mode",
        "networks", "oom_kill_disable", "oom_score_adj", "pid", "pids_limit", "platform", "ports",
        "post_start", "pre_stop", "privileged", "profiles", "provider", "pull_policy", "read_only",
        "restart", "runtime", "scale", "secrets", "security_opt", "shm_size", "stdin_open",
        "stop_grace_period", "stop_signal", "storage_opt", "sysctls", "tmpfs", "tty", "ulimits",
        "use_api_socket", "user", "userns_mode", "uts", "volumes", "volumes_from", "working_dir"};
    return keys;
}

/** Reads one file; its findings end up in it. */
class FileReader {
public:
    FileReader(std::string_view text, const ComposeContext& context, ComposeFile& file)
        : m_findings(text)
        , m_services(context, m_findings)
        , m_context(context)
        , m_file(file)
    {
    }

    void read()
    {
        auto root = parseYaml(m_findings.text());
        if (!root) {
            m_findings.add(root.error().offset, Severity::Error, "MLD002",
                say("not valid YAML: {}", root.error().message));
        } else {
            m_file.root = *std::move(root);
            readRoot();
        }
        m_file.findings = m_findings.take();
    }

private:
    void readRoot()
    {
        m_file.projectName = m_context.projectName;
        if (!m_file.root->isMap()) {
            m_services.wrongForm(m_file.root, say("a compose file is a map with services"));
            return;
        }
        checkKeys(*m_file.root, "", topLevelKeys());
        if (const YamlPtr name = m_file.root->find("name"); name != nullptr && name->isScalar())
            m_file.projectName = m_services.read(name).text;
        if (const YamlNode::Entry* version = m_file.root->entry("version"))
            m_file.versionKey = version->first;
        const YamlPtr services = m_file.root->find("services");
        if (services == nullptr || !services->isMap()) {
            m_services.wrongForm(services != nullptr ? services : m_file.root,
                say("services must be a map with at least one service"));
            return;
        }
        repeatedKeys(*services);
        for (const auto& [key, node] : services->entries)
            readService(key, node);
        checkDependencies();
    }

    void checkDependencies()
    {
        std::vector<std::string> names;
        for (const ComposeService& service : m_file.services)
            names.push_back(service.name);
        for (const ComposeService& service : m_file.services) {
            for (const ComposeText& other : service.dependsOn) {
                if (std::ranges::find(names, other.text) != names.end())
                    continue;
                const auto meant = meantWord(other.text, names);
                Finding& finding = m_findings.add(other.node, Severity::Error, "MLD011",
                    say("service \"{}\" depends on undefined service \"{}\"{}", service.name,
                        other.text, meant ? say(": did you mean {}?", *meant) : Sentence()));
                if (!meant)
                    continue;
                finding.fix = say("write {}", *meant);
                if (const auto edit = other.isInterpolated
                        ? std::nullopt
                        : replaceScalar(m_findings.text(), *other.node, *meant))
                    finding.edits.push_back(*edit);
            }
        }
    }

    void repeatedKeys(const YamlNode& map)
    {
        for (const YamlPtr& key : map.repeatedKeys)
            m_findings.add(key, Severity::Error, "MLD003",
                say("mapping key \"{}\" is already defined", key->value));
    }

    /** Keys that docker compose doesn't know, and what they probably mean. */
    void checkKeys(
        const YamlNode& map, std::string_view where, const std::vector<std::string>& known)
    {
        repeatedKeys(map);
        for (const auto& [key, value] : map.entries) {
            if (key->value.starts_with("x-") || std::ranges::find(known, key->value) != known.end())
                continue;
            const bool isService = where.empty() && value->isMap()
                && (value->find("image") != nullptr || value->find("build") != nullptr);
            if (isService) {
                Finding& finding = m_findings.add(key, Severity::Error, "MLD005",
                    say("{} stands outside of services", key->value));
                finding.fix = say("indent {} so that it stands below services", key->value);
                continue;
            }
            const auto meant = meantWord(key->value, known);
            const std::string place = where.empty() ? std::string() : fmt::format("{}.", where);
            Finding& finding = m_findings.add(key, Severity::Error, "MLD005",
                say("docker compose knows no key {}{}{}", place, key->value,
                    meant ? say(": did you mean {}?", *meant) : Sentence()));
            if (!meant)
                continue;
            finding.fix = say("write {}", *meant);
            if (const auto edit = map.find(*meant) == nullptr
                    ? replaceScalar(m_findings.text(), *key, *meant)
                    : std::nullopt)
                finding.edits.push_back(*edit);
        }
    }

    void readService(const YamlPtr& key, const YamlPtr& node)
    {
        ComposeService service;
        service.name = key->value;
        service.nameNode = key;
        service.node = node;
        if (!node->isMap()) {
            m_services.wrongForm(
                node->isNull() ? key : node, say("services.{} must be a map", service.name));
            return;
        }
        checkKeys(*node, fmt::format("services.{}", service.name), serviceKeys());
        service.image = m_services.read(node->find("image"));
        if (service.image.text.empty() && node->find("build") == nullptr
            && node->find("extends") == nullptr)
            m_services.wrongForm(
                key, say("service {} has neither an image nor a build", service.name));
        if (const YamlNode::Entry* extends = node->entry("extends"))
            m_findings.add(extends->first, Severity::Warning, "MLD012",
                say("Moldau doesn't read what a service extends"));
        service.containerName = m_services.read(node->find("container_name"));
        service.hostname = m_services.read(node->find("hostname")).text;
        m_services.readEnvFiles(node->find("env_file"), service);
        m_services.readEnvironment(node->find("environment"), service);
        if (service.environmentNode != nullptr && service.environmentNode->isMap())
            repeatedKeys(*service.environmentNode);
        m_services.readPorts(node->find("ports"), service);
        service.dependsOn = m_services.readNames(node->find("depends_on"));
        for (const char* words : {"entrypoint", "command"}) {
            for (ComposeText& word : m_services.readWords(node->find(words)))
                service.command.push_back(std::move(word));
        }
        readNetworks(node->find("networks"), service);
        readHealthCheck(node->find("healthcheck"), service);
        m_file.services.push_back(std::move(service));
    }

    void readNetworks(const YamlPtr& node, ComposeService& service)
    {
        if (node == nullptr)
            return;
        for (const auto& [name, network] : node->entries) {
            for (const ComposeText& alias : m_services.readNames(network->find("aliases")))
                service.aliases.push_back(alias.text);
        }
    }

    void readHealthCheck(const YamlPtr& node, ComposeService& service)
    {
        const YamlPtr test = node != nullptr ? node->find("test") : nullptr;
        if (test == nullptr)
            return;
        service.isHealthTestList = test->isSequence();
        service.healthTest = m_services.readWords(test);
    }

    FindingList m_findings;
    ServiceReader m_services;
    const ComposeContext& m_context;
    ComposeFile& m_file;
};

} // namespace

const EnvironmentVariable* ComposeService::variable(std::string_view name) const
{
    const auto found = environment.find(std::string(name));
    return found == environment.end() ? nullptr : &found->second;
}

std::optional<std::string> ComposeService::valueOf(std::string_view name) const
{
    const EnvironmentVariable* found = variable(name);
    return found != nullptr && found->value && !found->value->empty() ? found->value : std::nullopt;
}

const ComposeService* ComposeFile::service(std::string_view name) const
{
    const auto found = std::ranges::find(services, name, &ComposeService::name);
    return found == services.end() ? nullptr : &*found;
}

ComposeFile readComposeFile(std::string_view text, const ComposeContext& context)
{
    ComposeFile file;
    FileReader(text, context, file).read();
    return file;
}

} // namespace moldau::compose
