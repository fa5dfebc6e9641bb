#include "compose/doctor/examination.h"

#include <map>

#include <fmt/format.h>

namespace moldau::compose {

namespace {

void checkVersion(Examination& examination)
{
    if (const YamlPtr& key = examination.file().versionKey) {
        Finding& finding = examination.findings().add(key, Severity::Hint, "MLD004",
            say("the attribute `version` is obsolete and ignored by docker compose"));
        finding.fix = say("leave the line out");
    }
}

void checkImages(Examination& examination)
{
    for (const Patient& patient : examination.patients()) {
        if (patient.image.kind != ImageKind::Other)
            continue;
        examination.findings().add(patient.source.image.node != nullptr ? patient.source.image.node
                                                                        : patient.source.nameNode,
            Severity::Hint, "MLD010", say("{} is not run by Moldau", patient.source.name));
    }
}

void checkContainerNames(Examination& examination)
{
    std::map<std::string, const Patient*> taken;
    for (const Patient& patient : examination.patients()) {
        const ComposeText& name = patient.source.containerName;
        if (name.text.empty())
            continue;
        const auto [first, isNew] = taken.try_emplace(name.text, &patient);
        if (!isNew)
            examination.findings().add(name.node, Severity::Error, "MLD048",
                say("the container name {} is already that of service {}", name.text,
                    first->second->source.name));
    }
}

/** Two published ports meet when one of them is for every address, or both are for the same. */
bool doMeet(const PublishedPort& a, const PublishedPort& b)
{
    const auto isEvery = [](const PublishedPort& port) {
        return port.hostAddress.empty() || port.hostAddress == "0.0.0.0";
    };
    return a.hostPort == b.hostPort && a.protocol == b.protocol
        && (isEvery(a) || isEvery(b) || a.hostAddress == b.hostAddress);
}

void checkPublishedPorts(Examination& examination)
{
    std::multimap<std::uint16_t, std::pair<const PublishedPort*, const Patient*>> taken;
    for (const Patient& patient : examination.patients()) {
        for (const PublishedPort& port : patient.source.ports) {
            if (port.hostPort == 0)
                continue;
            const auto [first, last] = taken.equal_range(port.hostPort);
            for (auto other = first; other != last; ++other) {
                if (!doMeet(*other->second.first, port))
                    continue;
                Finding& finding = examination.findings().add(port.node, Severity::Error, "MLD035",
                    say("port {} of this machine is already that of service {}", port.hostPort,
                        other->second.second->source.name));
                finding.fix = say("publish another port, for example {}:{}, and advertise it",
                    port.hostPort + 1, port.containerPort);
                break;
            }
            taken.emplace(port.hostPort, std::pair(&port, &patient));
        }
    }
}

} // namespace

void checkForm(Examination& examination)
{
    checkVersion(examination);
    checkImages(examination);
    checkContainerNames(examination);
    checkPublishedPorts(examination);
}

} // namespace moldau::compose
