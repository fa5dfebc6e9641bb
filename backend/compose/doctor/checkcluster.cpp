#include "compose/doctor/clusters.h"

#include "configs/configvalue.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include <fmt/format.h>

namespace moldau::compose {

namespace {

std::string keyOf(const Patient& patient)
{
    if (const std::string* voters = patient.property("controller.quorum.voters")) {
        std::vector<std::string> entries = configs::splitList(*voters);
        std::ranges::sort(entries);
        std::string key = "voters";
        for (const std::string& entry : entries)
            key += ' ' + entry;
        return key;
    }
    if (const std::string* servers = patient.property("controller.quorum.bootstrap.servers"))
        return "servers " + *servers;
    if (const std::string* zookeeper = patient.property("zookeeper.connect")) {
        const std::size_t slash = zookeeper->find('/');
        return "zookeeper "
            + (slash == std::string::npos ? std::string() : zookeeper->substr(slash));
    }
    return "alone " + patient.source.name;
}

/** A setting as a number, given or by default; nothing when it can't be read. */
std::optional<std::int64_t> numberOf(const Patient& patient, std::string_view setting)
{
    const configs::ConfigDefinition* definition
        = configs::find(configs::ConfigScope::Broker, setting);
    const std::string* given = patient.property(setting);
    if (given == nullptr)
        return configs::defaultOf(*definition).toInt();
    const auto value = configs::parseValue(*definition, *given);
    return value ? std::optional(value->toInt()) : std::nullopt;
}

/** One factor or minimum that needs more brokers than there are; whether that is so. */
bool checkFactor(Examination& examination, const Patient& patient, std::size_t count,
    std::string_view setting, Severity severity, const Sentence& harm)
{
    const auto value = numberOf(patient, setting);
    if (!value || *value <= static_cast<std::int64_t>(count))
        return false;
    const Sentence origin
        = patient.variableOf(setting) != nullptr ? Sentence() : say(" by default");
    Finding& finding
        = examination.findings().add(examination.placeOf(patient, setting), severity, "MLD036",
            count == 1 ? say("{} is {}{}, but there is 1 broker: {}", setting, *value, origin, harm)
                       : say("{} is {}{}, but there are {} brokers: {}", setting, *value, origin,
                           count, harm));
    examination.fixBySetting(finding, patient, setting, std::to_string(count));
    return true;
}

} // namespace

std::size_t ClusterGroup::brokerCount() const
{
    return static_cast<std::size_t>(std::ranges::count_if(
        nodes, [](const Patient* node) { return node->spec.kind == ServiceKind::Broker; }));
}

std::vector<ClusterGroup> clustersOf(const Examination& examination)
{
    std::vector<ClusterGroup> clusters;
    for (const Patient& patient : examination.patients()) {
        if (!patient.spec.isNode())
            continue;
        const std::string key = keyOf(patient);
        auto cluster = std::ranges::find(clusters, key, &ClusterGroup::key);
        if (cluster == clusters.end())
            cluster = clusters.insert(clusters.end(), {key, key.starts_with("zookeeper"), {}});
        cluster->nodes.push_back(&patient);
    }
    return clusters;
}

void checkIds(Examination& examination)
{
    for (const ClusterGroup& cluster : clustersOf(examination)) {
        std::map<std::int32_t, const Patient*> taken;
        for (const Patient* node : cluster.nodes)
            taken.try_emplace(node->spec.id.value(), node);
        for (const Patient* node : cluster.nodes) {
            const std::int32_t id = node->spec.id.value();
            if (id < 0 || taken.at(id) == node)
                continue;
            const std::string_view setting
                = node->property("node.id") != nullptr ? "node.id" : "broker.id";
            Finding& finding = examination.findings().add(examination.placeOf(*node, setting),
                Severity::Error, "MLD038",
                say("{} has the id {} of {}: every node of a cluster needs its own",
                    node->source.name, id, taken.at(id)->source.name));
            std::int32_t next = 1;
            while (taken.contains(next))
                ++next;
            examination.fixBySetting(finding, *node, setting, std::to_string(next));
            if (cluster.hasZooKeeper)
                taken.emplace(next, node);
            else
                finding.edits.clear(); // the list of voters would have to change with it
        }
    }
}

void checkReplication(Examination& examination)
{
    for (const ClusterGroup& cluster : clustersOf(examination)) {
        const std::size_t count = cluster.brokerCount();
        for (const Patient* node : cluster.nodes) {
            if (node->spec.kind != ServiceKind::Broker)
                continue;
            const auto check
                = [&](std::string_view setting, Severity severity, const Sentence& harm) {
                      return checkFactor(examination, *node, count, setting, severity, harm);
                  };
            const auto severityOf = [&](std::string_view setting) {
                return node->variableOf(setting) != nullptr ? Severity::Warning : Severity::Hint;
            };
            constexpr std::string_view kTransactions = "transaction.state.log.replication.factor",
                                       kIsr = "transaction.state.log.min.isr";
            check("offsets.topic.replication.factor", Severity::Error,
                say("the topic __consumer_offsets can't be made, and no consumer group works"));
            check("default.replication.factor", Severity::Warning,
                say("topics can't be made without naming another factor"));
            check("min.insync.replicas", Severity::Error, say("no write with acks=all succeeds"));
            if (!check(kTransactions, severityOf(kTransactions),
                    say("the topic __transaction_state can't be made, and no transaction begins")))
                check(kIsr, severityOf(kIsr), say("no transaction begins"));
        }
    }
}

} // namespace moldau::compose
