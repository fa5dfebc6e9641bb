#include "configs/brokerrules.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace moldau::configs {

namespace {

tl::unexpected<Error> invalidRule(std::string message)
{
    return fail(ErrorCode::InvalidConfig, std::move(message));
}

/** What Kafka checks by Scala's require() begins with these words. */
tl::unexpected<Error> required(std::string_view message)
{
    return invalidRule(fmt::format("requirement failed: {}", message));
}

std::vector<std::string> namesOf(const std::vector<ListenerSetting>& listeners)
{
    std::vector<std::string> names;
    for (const ListenerSetting& listener : listeners)
        names.push_back(listener.name);
    return names;
}

bool contains(const std::vector<std::string>& names, std::string_view name)
{
    return std::ranges::find(names, name) != names.end();
}

/** group.KIND.heartbeat.interval.ms and session.timeout.ms between their own bounds. */
Result<void> checkGroupTimes(const BrokerConfig& config, std::string_view kind)
{
    const auto name = [&](std::string_view bound, std::string_view setting) {
        return bound.empty() ? fmt::format("group.{}.{}", kind, setting)
                             : fmt::format("group.{}.{}.{}", kind, bound, setting);
    };
    const auto number = [&](const std::string& setting) { return config.value(setting).toInt(); };
    const std::string_view heartbeat = "heartbeat.interval.ms", session = "session.timeout.ms";
    for (const std::string_view setting : {heartbeat, session}) {
        const std::string own = name("", setting), min = name("min", setting),
                          max = name("max", setting);
        for (const std::string& larger : {max, own}) {
            if (number(larger) < number(min))
                return invalidRule(
                    fmt::format("{} must be greater than or equal to {}", larger, min));
        }
        if (number(own) > number(max))
            return invalidRule(fmt::format("{} must be less than or equal to {}", own, max));
    }
    if (number(name("", heartbeat)) >= number(name("", session)))
        return invalidRule(
            fmt::format("{} must be less than {}", name("", heartbeat), name("", session)));
    return {};
}

Result<void> checkIds(const BrokerConfig& config)
{
    const bool hasId = config.properties.contains("node.id");
    if (hasId && config.value("node.id").toInt() != config.value("broker.id").toInt())
        return invalidRule("You must set `node.id` to the same value as `broker.id`.");
    if (config.coordination == Coordination::KRaft)
        return {};
    const std::int64_t id = config.nodeId.value();
    if (!config.value("broker.id.generation.enable").toBool())
        return id >= 0 ? Result<void>() : required("broker.id must be greater than or equal to 0");
    if (id < -1 || id > config.value("reserved.broker.max.id").toInt())
        return required("broker.id must be greater than or equal to -1 and not greater than "
                        "reserved.broker.max.id");
    return {};
}

Result<void> checkVoters(const BrokerConfig& config)
{
    if (config.voters.empty() && config.bootstrapControllers.empty())
        return invalidRule(
            "If using process.roles, either controller.quorum.bootstrap.servers must "
            "contain the set of "
            "bootstrap controllers or controller.quorum.voters must contain a parseable "
            "set of controllers.");
    std::vector<std::int32_t> ids;
    for (const ControllerVoter& voter : config.voters)
        ids.push_back(voter.id.value());
    const bool isVoter = std::ranges::find(ids, config.nodeId.value()) != ids.end();
    const std::string shown = fmt::format("controller.quorum.voters=Set({})", fmt::join(ids, ", "));
    if (!config.isController && isVoter)
        return required(fmt::format(
            "If process.roles contains just the 'broker' role, the node id {} must not be "
            "included in the set of voters {}",
            config.nodeId.value(), shown));
    if (config.isController && !ids.empty() && !isVoter)
        return required(fmt::format(
            "If process.roles contains the 'controller' role, the node id {} must be included "
            "in the set of voters {}",
            config.nodeId.value(), shown));
    return {};
}

Result<void> checkControllerListeners(const BrokerConfig& config)
{
    const std::vector<std::string> names = namesOf(config.listeners);
    const auto isListening = [&](const std::string& name) { return contains(names, name); };
    const bool isAny = std::ranges::any_of(config.controllerListenerNames, isListening);
    if (!config.isController) {
        if (isAny)
            return required(
                "controller.listener.names must not contain a value appearing in the 'listeners' "
                "configuration when running KRaft with just the broker role");
        for (const std::string& name : config.controllerListenerNames) {
            if (!config.listenerProtocols.contains(name))
                return invalidRule(
                    fmt::format("Controller listener with name {} defined in "
                                "controller.listener.names not found in "
                                "listener.security.protocol.map  (an explicit security "
                                "mapping for each controller listener is "
                                "required if listener.security.protocol.map is "
                                "non-empty, or if there are security protocols "
                                "other than PLAINTEXT in use)",
                        name));
        }
        return {};
    }
    const auto isForController
        = [&](const std::string& name) { return config.isControllerListener(name); };
    if (!config.isBroker && !std::ranges::all_of(names, isForController))
        return required("The listeners config must only contain KRaft controller listeners from "
                        "controller.listener.names when process.roles=controller");
    if (!isAny)
        return required("controller.listener.names must contain at least one value appearing in "
                        "the 'listeners' "
                        "configuration when running the KRaft controller role");
    if (!std::ranges::all_of(config.controllerListenerNames, isListening))
        return required(
            "controller.listener.names must only contain values appearing in the 'listeners' "
            "configuration when running the KRaft controller role");
    return {};
}

Result<void> checkAdvertised(const BrokerConfig& config)
{
    if (config.isBroker) {
        const std::vector<std::string> advertised = namesOf(config.advertisedListeners);
        const std::vector<std::string> bound = namesOf(config.listeners);
        if (advertised.empty())
            return required(fmt::format("There must be at least one broker advertised listener.{}",
                config.coordination == Coordination::KRaft
                    ? " Perhaps all listeners appear in controller.listener.names?"
                    : ""));
        if (!contains(advertised, config.interBrokerListenerName))
            return required(
                fmt::format("inter.broker.listener.name must be a listener name defined in "
                            "advertised.listeners. The valid options based on currently configured "
                            "listeners are {}",
                    fmt::join(advertised, ",")));
        if (!std::ranges::all_of(
                advertised, [&](const std::string& name) { return contains(bound, name); }))
            return required(fmt::format(
                "advertised.listeners listener names must be equal to or a subset of the ones "
                "defined in listeners. Found {}. The valid options based on the current "
                "configuration are {}",
                fmt::join(advertised, ","), fmt::join(bound, ",")));
    }
    if (std::ranges::find(config.advertisedListeners, "0.0.0.0", &ListenerSetting::host)
        != config.advertisedListeners.end())
        return required("advertised.listeners cannot use the nonroutable meta-address 0.0.0.0. Use "
                        "a routable IP address.");
    return {};
}

Result<void> checkLimits(const BrokerConfig& config)
{
    const bool isSasl = config.interBrokerProtocol == SecurityProtocol::SaslPlaintext
        || config.interBrokerProtocol == SecurityProtocol::SaslSsl;
    if (isSasl
        && !contains(
            config.saslMechanisms, config.value("sasl.mechanism.inter.broker.protocol").toString()))
        return required("sasl.mechanism.inter.broker.protocol must be included in "
                        "sasl.enabled.mechanisms when SASL "
                        "is used for inter-broker communication");
    const std::int64_t queued = config.value("queued.max.request.bytes").toInt();
    if (queued > 0 && queued < config.socketRequestMaxBytes)
        return required(
            "queued.max.request.bytes must be larger or equal to socket.request.max.bytes");
    const ConfigValue overrides = config.value("max.connections.per.ip.overrides");
    if (config.value("max.connections.per.ip").toInt() == 0
        && splitList(overrides.toString()).empty())
        return required("max.connections.per.ip can be set to zero only if "
                        "max.connections.per.ip.overrides property is set.");
    if (config.connectionsMaxIdleMs >= 0
        && config.failedAuthenticationDelayMs >= config.connectionsMaxIdleMs)
        return required(fmt::format(
            "connection.failed.authentication.delay.ms={} should always be less than "
            "connections.max.idle.ms={} to prevent failed authentication responses from timing out",
            config.failedAuthenticationDelayMs, config.connectionsMaxIdleMs));
    return {};
}

} // namespace

Result<void> checkNumbers(const BrokerConfig& config)
{
    for (const std::string_view kind : {"consumer", "share", "streams"}) {
        if (const auto checked = checkGroupTimes(config, kind); !checked)
            return checked;
    }
    if (!contains(config.groupProtocols, "classic"))
        return invalidRule("Disabling the 'classic' protocol is not supported.");
    for (const std::string_view name :
        {"offsets.topic.compression.codec", "share.coordinator.state.topic.compression.codec"}) {
        if (const std::int64_t codec = config.value(name).toInt(); codec < 0 || codec > 4)
            return invalidRule(fmt::format("Unknown compression type id: {}", codec));
    }
    if (const auto checked = checkIds(config); !checked)
        return checked;

    const BrokerLayers layers = config.layers();
    const auto topicValue = [&](std::string_view name) {
        return layers.synonymValue(*find(ConfigScope::Topic, name)).toInt();
    };
    if (topicValue("segment.ms") < 1)
        return required("log.roll.ms must be greater than or equal to 1");
    if (topicValue("segment.jitter.ms") < 0)
        return required("log.roll.jitter.ms must be greater than or equal to 0");
    if (topicValue("retention.ms") == 0)
        return required("log.retention.ms must be unlimited (-1) or, greater than or equal to 1");
    const std::int64_t threads = config.value("log.cleaner.threads").toInt();
    if (threads > 0
        && config.value("log.cleaner.dedupe.buffer.size").toInt() / threads <= 1024 * 1024)
        return required("log.cleaner.dedupe.buffer.size must be at least 1MB per cleaner thread.");
    if (config.replicaFetchWaitMaxMs > config.replicaSocketTimeoutMs)
        return required("replica.socket.timeout.ms should always be at least "
                        "replica.fetch.wait.max.ms to prevent unnecessary socket timeouts");
    if (config.replicaFetchWaitMaxMs > config.replicaLagTimeMaxMs)
        return required("replica.fetch.wait.max.ms should always be less than or equal to "
                        "replica.lag.time.max.ms to prevent frequent changes in ISR");
    return {};
}

Result<void> checkRolesAndListeners(const BrokerConfig& config)
{
    if (config.coordination == Coordination::KRaft) {
        for (const auto check : {checkVoters, checkControllerListeners}) {
            if (const auto checked = check(config); !checked)
                return checked;
        }
    } else if (!config.controllerListenerNames.empty()) {
        return required(fmt::format(
            "controller.listener.names must be empty when not running in KRaft mode: [{}]",
            fmt::join(config.controllerListenerNames, ", ")));
    }
    for (const auto check : {checkAdvertised, checkLimits}) {
        if (const auto checked = check(config); !checked)
            return checked;
    }
    return {};
}

} // namespace moldau::configs
