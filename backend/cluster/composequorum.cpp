#include "cluster/composequorum.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace moldau::cluster {

using configs::ControllerVoter;

namespace {

tl::unexpected<Error> invalid(std::string message)
{
    return fail(ErrorCode::InvalidConfig, std::move(message));
}

/** Inside a container that container itself. */
bool isOwnAddress(const std::string& host)
{
    return host == "localhost" || host == "::1" || host.starts_with("127.");
}

std::string textOf(const std::vector<ControllerVoter>& voters)
{
    std::vector<std::string> texts;
    for (const ControllerVoter& voter : voters)
        texts.push_back(fmt::format("{}@{}", voter.id.value(), toString(voter.address)));
    return fmt::format("{}", fmt::join(texts, ","));
}

/** The voters that a node names, each at its service's own name, by id. */
Result<std::vector<ControllerVoter>> namedBy(const compose::ComposeProject& project,
    const std::vector<ComposeNode>& nodes, const ComposeNode& node)
{
    std::vector<ControllerVoter> voters = node.config.voters;
    for (ControllerVoter& voter : voters) {
        const bool isItself = voter.id == node.config.nodeId && isOwnAddress(voter.address.host);
        const compose::ServiceSpec* const service
            = isItself ? node.spec : project.serviceOfHost(voter.address.host);
        if (service == nullptr)
            continue;
        voter.address.host = service->name;
        const auto found = std::ranges::find(nodes, service, &ComposeNode::spec);
        if (found != nodes.end() && found->config.nodeId != voter.id)
            return invalid(fmt::format("{}: controller.quorum.voters looks for voter {} at {}, but "
                                       "{} has the id {}",
                node.spec->name, voter.id.value(), service->name, service->name,
                found->config.nodeId.value()));
    }
    std::ranges::sort(voters, {}, &ControllerVoter::id);
    return voters;
}

Result<void> checkIds(const std::vector<ComposeNode>& nodes)
{
    std::map<BrokerId, const ComposeNode*> byId;
    for (const ComposeNode& node : nodes) {
        const auto [other, isFirst] = byId.try_emplace(node.config.nodeId, &node);
        if (!isFirst)
            return invalid(fmt::format("{} has the id {} of {}: every node of a cluster needs its "
                                       "own",
                node.spec->name, node.config.nodeId.value(), other->second->spec->name));
    }
    return {};
}

/** With controller.quorum.bootstrap.servers, which names no ids: all that are controllers. */
Result<std::vector<ControllerVoter>> controllersOf(
    const compose::ComposeProject& project, const std::vector<ComposeNode>& nodes)
{
    std::vector<ControllerVoter> voters;
    for (const ComposeNode& node : nodes) {
        if (!node.config.isController)
            continue;
        const auto bind = controllerBindOf(node);
        if (!bind)
            return fail(bind.error());
        ControllerVoter& voter = voters.emplace_back();
        voter.id = node.config.nodeId;
        voter.address = {node.spec->name, bind->port};
        for (const ComposeNode& other : nodes)
            for (const Endpoint& server : other.config.bootstrapControllers)
                if (project.serviceOfHost(server.host) == node.spec)
                    voter.address.port = server.port;
    }
    std::ranges::sort(voters, {}, &ControllerVoter::id);
    return voters;
}

} // namespace

Result<Endpoint> controllerBindOf(const ComposeNode& node)
{
    const std::string& name = node.config.controllerListenerNames.front();
    const configs::ListenerSetting* const listener = node.config.listener(name);
    const auto bindings = compose::bindingsOf(*node.spec);
    const auto bound = std::ranges::find(bindings, name, &compose::ListenerBinding::name);
    if (listener == nullptr || bound == bindings.end())
        return invalid(fmt::format(
            "{}: the controller's listener {} is not among listeners", node.spec->name, name));
    if (listener->protocol != configs::SecurityProtocol::Plaintext)
        return fail(ErrorCode::LocalUnsupported,
            fmt::format("{}: listener {} asks for {}, and only PLAINTEXT is served here",
                node.spec->name, name, configs::nameOf(listener->protocol)));
    return bound->bind.front();
}

Result<std::vector<ControllerVoter>> votersOf(
    const compose::ComposeProject& project, const std::vector<ComposeNode>& nodes)
{
    const auto isController = [](const ComposeNode& node) { return node.config.isController; };
    if (std::ranges::none_of(nodes, isController))
        return std::vector<ControllerVoter>();
    if (const auto checked = checkIds(nodes); !checked)
        return fail(checked.error());
    const ComposeNode* first = nullptr;
    std::vector<ControllerVoter> voters;
    for (const ComposeNode& node : nodes) {
        if (node.config.voters.empty())
            continue;
        auto named = namedBy(project, nodes, node);
        if (!named)
            return fail(named.error());
        if (first == nullptr) {
            first = &node;
            voters = std::move(*named);
        } else if (voters != *named) {
            return invalid(fmt::format("{} has the voters {}, but {} has {}: the services of a "
                                       "file are one cluster here, and a cluster has one quorum",
                node.spec->name, textOf(*named), first->spec->name, textOf(voters)));
        }
    }
    return first == nullptr ? controllersOf(project, nodes) : voters;
}

} // namespace moldau::cluster
