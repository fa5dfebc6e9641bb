#include "compose/doctor/clusters.h"

#include "compose/spelling.h"
#include "configs/configvalue.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace moldau::compose {

namespace {

constexpr std::string_view kQuorumVoters = "controller.quorum.voters";
constexpr std::string_view kQuorumServers = "controller.quorum.bootstrap.servers";

bool isControllerNode(const Examination& examination, const ServiceSpec& spec)
{
    for (const Patient& patient : examination.patients()) {
        const std::string* const roles = patient.property("process.roles");
        if (&patient.spec == &spec && roles != nullptr)
            return std::ranges::count(configs::splitList(*roles), "controller") > 0;
    }
    return false;
}

/** The voters that a node names, each at its service's own name, whatever alias is written. */
std::set<std::string> votersNamedBy(const Examination& examination, const Patient& node)
{
    std::set<std::string> voters;
    for (const std::string& entry : configs::splitList(*node.property(kQuorumVoters))) {
        const std::size_t at = entry.find('@');
        const std::size_t colon = entry.rfind(':');
        if (at == std::string::npos || colon == std::string::npos || colon < at)
            continue; // what Kafka says to that is reported already
        const std::string id = entry.substr(0, at);
        std::string host = entry.substr(at + 1, colon - at - 1);
        const bool isItself = isLoopbackName(host) && id == std::to_string(node.spec.id.value());
        if (const ServiceSpec* const service
            = isItself ? &node.spec : examination.project().serviceOfHost(host))
            host = service->name;
        voters.insert(fmt::format("{}@{}{}", id, host, entry.substr(colon)));
    }
    return voters;
}

bool haveCommon(const std::set<std::string>& one, const std::set<std::string>& other)
{
    return std::ranges::any_of(one, [&](const std::string& each) { return other.contains(each); });
}

/** Whoever names other voters follows another quorum, and each of the two may have a majority. */
void checkSameVoters(Examination& examination)
{
    std::vector<const Patient*> seen; // one of each list
    for (const Patient& node : examination.patients()) {
        if (!node.spec.isNode() || node.variableOf(kQuorumVoters) == nullptr)
            continue;
        const auto voters = votersNamedBy(examination, node);
        const auto isSame
            = [&](const Patient* other) { return votersNamedBy(examination, *other) == voters; };
        if (voters.empty() || std::ranges::any_of(seen, isSame))
            continue;
        const auto belongsToThem = [&](const Patient* other) {
            return haveCommon(votersNamedBy(examination, *other), voters)
                || (!node.spec.clusterId.empty() && other->spec.clusterId == node.spec.clusterId);
        };
        const auto first = std::ranges::find_if(seen, belongsToThem);
        if (first != seen.end())
            examination.findings().add(examination.placeOf(node, kQuorumVoters), Severity::Error,
                "MLD042",
                say("{} and {} belong to one cluster, but name different voters: {} and {}",
                    (*first)->source.name, node.source.name,
                    fmt::format("{}", fmt::join(votersNamedBy(examination, **first), ",")),
                    fmt::format("{}", fmt::join(voters, ","))));
        seen.push_back(&node);
    }
}

void checkNumberOfVoters(Examination& examination)
{
    for (const ClusterGroup& cluster : clustersOf(examination)) {
        const Patient& node = *cluster.nodes.front();
        if (node.variableOf(kQuorumVoters) == nullptr)
            continue;
        const std::size_t count = votersNamedBy(examination, node).size();
        if (count > 0 && count % 2 == 0)
            examination.findings().add(examination.placeOf(node, kQuorumVoters), Severity::Hint,
                "MLD044",
                say("a quorum of {} voters survives no more failures than one of {}: an odd "
                    "number is better",
                    count, count - 1));
    }
}

void checkBootstrapControllers(Examination& examination, const Patient& node)
{
    for (const std::string& entry : configs::splitList(*node.property(kQuorumServers))) {
        const std::size_t colon = entry.rfind(':');
        if (colon == std::string::npos)
            continue;
        const std::string host = entry.substr(0, colon);
        const ServiceSpec* const service = examination.project().serviceOfHost(host);
        const bool isItself = isLoopbackName(host)
            && (node.isHostNetwork() || isControllerNode(examination, node.spec));
        const bool isElsewhere = service == nullptr && !isPlainName(host) && !isLoopbackName(host);
        if (isItself || isElsewhere
            || (service != nullptr && isControllerNode(examination, *service)))
            continue;
        Finding& finding = examination.findings().add(
            examination.placeOf(node, kQuorumServers, entry), Severity::Error, "MLD042",
            say("{} looks for a controller at {}, {}", node.source.name, host,
                isLoopbackName(host)     ? say("which inside a container is the container itself")
                    : service != nullptr ? say("which is no controller")
                                         : say("which is no service of this file")));
        std::vector<std::string> names;
        for (const ServiceSpec& each : examination.project().services)
            if (isControllerNode(examination, each))
                names.push_back(each.name);
        const std::string meant
            = names.size() == 1 ? names.front() : meantWord(host, names).value_or("");
        if (!meant.empty())
            examination.fixPart(finding, node, kQuorumServers, entry, meant + entry.substr(colon));
    }
}

} // namespace

void checkQuorum(Examination& examination)
{
    for (const Patient& patient : examination.patients())
        if (patient.spec.isNode() && patient.variableOf(kQuorumServers) != nullptr)
            checkBootstrapControllers(examination, patient);
    checkSameVoters(examination);
    checkNumberOfVoters(examination);
}

} // namespace moldau::compose
