#include "compose/doctor/examination.h"

#include "compose/spelling.h"
#include "configs/configvalue.h"

#include <algorithm>

#include <fmt/format.h>

namespace moldau::compose {

namespace {

/** "broker" and "29092" of "PLAINTEXT://broker:29092". */
struct Address {
    std::string prefix;
    std::string host;
    std::string port;
};

std::optional<Address> addressOf(const std::string& entry)
{
    const std::size_t scheme = entry.find("://");
    const std::size_t start = scheme == std::string::npos ? 0 : scheme + 3;
    const std::size_t colon = entry.rfind(':');
    const bool hasPort = colon != std::string::npos && colon > start && colon + 1 < entry.size();
    if (!hasPort || !std::ranges::all_of(entry.substr(colon + 1), [](unsigned char c) {
            return std::isdigit(c) != 0;
        }))
        return std::nullopt;
    return Address{
        entry.substr(0, start), entry.substr(start, colon - start), entry.substr(colon + 1)};
}

bool namesBrokers(std::string_view variable)
{
    return variable.find("BOOTSTRAP_SERVERS") != std::string_view::npos
        || variable.find("BOOTSTRAPSERVERS") != std::string_view::npos
        || variable == "KAFKA_BROKERS" || variable == "KAFKA_BROKERCONNECT"
        || variable == "BOOTSTRAP_SERVER";
}

/** Where other containers reach a broker: its first listener that advertises one of its names. */
std::optional<std::string> insideAddress(const Examination& examination, const Patient& broker)
{
    for (const PatientListener& listener : Examination::listenersOf(broker)) {
        if (listener.isAdvertised()
            && examination.project().serviceOfHost(listener.advertised.host) == &broker.spec)
            return fmt::format("{}:{}", listener.advertised.host, listener.advertised.port);
    }
    return std::nullopt;
}

const Patient* meantBroker(const Examination& examination, std::string_view host)
{
    std::vector<std::string> names;
    const Patient* only = nullptr;
    int count = 0;
    for (const Patient& patient : examination.patients()) {
        if (patient.spec.kind != ServiceKind::Broker)
            continue;
        names.insert(names.end(), patient.spec.hostNames.begin(), patient.spec.hostNames.end());
        only = &patient;
        ++count;
    }
    const auto meant = meantWord(host, names);
    for (const Patient& patient : examination.patients()) {
        if (meant && &patient.spec == examination.project().serviceOfHost(*meant))
            return &patient;
    }
    return count == 1 || isLoopbackName(host) ? only : nullptr;
}

/** One address that a client service starts from. */
class BootstrapCheck {
public:
    BootstrapCheck(
        Examination& examination, const Patient& client, const EnvironmentVariable& variable)
        : m_examination(examination)
        , m_client(client)
        , m_variable(variable)
        , m_severity(client.image.kind == ImageKind::Other ? Severity::Warning : Severity::Error)
    {
    }

    void check(const std::string& entry)
    {
        const auto address = addressOf(entry);
        if (!address)
            return;
        const Patient* broker = brokerOf(address->host);
        if (broker == nullptr) {
            const bool isLocal = isLoopbackName(address->host);
            if (!isLocal
                && (!isPlainName(address->host) || m_examination.isKnownHost(address->host)))
                return;
            report(entry, *address, meantBroker(m_examination, address->host),
                isLocal ? say("inside a container that is the container itself")
                        : say("no service of this file has that name"));
            return;
        }
        const auto listeners = Examination::listenersOf(*broker);
        const auto listener = std::ranges::find_if(listeners, [&](const PatientListener& each) {
            return std::to_string(each.port) == address->port;
        });
        if (listeners.empty())
            return;
        if (listener == listeners.end())
            report(entry, *address, broker,
                say("no listener of {} is on that port", broker->source.name));
        else if (listener->isAdvertised() && isLoopbackName(listener->advertised.host))
            report(entry, *address, broker,
                say("that listener answers with {}:{}, which inside a container is the "
                    "container itself",
                    listener->advertised.host, listener->advertised.port));
    }

private:
    const Patient* brokerOf(std::string_view host) const
    {
        const ServiceSpec* spec = m_examination.project().serviceOfHost(host);
        for (const Patient& patient : m_examination.patients()) {
            if (&patient.spec == spec && patient.spec.kind == ServiceKind::Broker)
                return &patient;
        }
        return nullptr;
    }

    void report(const std::string& entry, const Address& address, const Patient* broker,
        const Sentence& why)
    {
        const YamlPtr place
            = m_variable.valueNode != nullptr ? m_variable.valueNode : m_variable.keyNode;
        Finding& finding = m_examination.findings().add(place, m_severity, "MLD045",
            say("{} looks for Kafka at {}:{}, but {}", m_client.source.name, address.host,
                address.port, why));
        const auto better
            = broker != nullptr ? insideAddress(m_examination, *broker) : std::nullopt;
        if (better)
            m_examination.fixVariablePart(finding, m_variable, entry, address.prefix + *better);
        else if (broker != nullptr)
            finding.fix = say("give {} a listener that advertises {}:PORT", broker->source.name,
                broker->source.name);
    }

    Examination& m_examination;
    const Patient& m_client;
    const EnvironmentVariable& m_variable;
    Severity m_severity;
};

} // namespace

void checkClients(Examination& examination)
{
    for (const Patient& patient : examination.patients()) {
        const bool isServer = patient.spec.isNode() || patient.spec.kind == ServiceKind::ZooKeeper;
        if (isServer || patient.isHostNetwork() || examination.project().brokerCount() == 0)
            continue;
        for (const auto& [name, variable] : patient.source.environment) {
            if (!namesBrokers(name) || !variable.value)
                continue;
            BootstrapCheck check(examination, patient, variable);
            for (const std::string& entry : configs::splitList(*variable.value))
                check.check(entry);
        }
    }
}

} // namespace moldau::compose
