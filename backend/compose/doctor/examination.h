#pragma once

#include "compose/findinglist.h"
#include "compose/project.h"

#include <optional>

namespace moldau::compose {

/** One service while it is examined: as it stands in the file, and as it would run. */
struct Patient {
    const ComposeService& source;
    const ServiceSpec& spec;
    Image image;

    bool isHostNetwork() const;
    /** The prefix that its variables for settings have. */
    std::string_view prefix() const { return variablesOf(image.kind).prefix; }
    /** Its variable of a setting, as it is or would be written. */
    std::string variableFor(std::string_view setting) const;
    /** The variable that a setting came from; nullptr for defaults. */
    const EnvironmentVariable* variableOf(std::string_view setting) const;
    /** The setting's text; nullptr where it isn't set. */
    const std::string* property(std::string_view setting) const;
};

/** One of a node's listeners: what it binds, and what it tells clients. */
struct PatientListener {
    std::string name;
    std::string bindHost;
    std::uint16_t port = 0; ///< inside the container
    std::string bindText; ///< the entry in listeners
    std::string advertisedText; ///< the entry in advertised.listeners; empty where it isn't told
    Endpoint advertised;

    bool isAdvertised() const { return !advertisedText.empty(); }
};

/**
 * What all checks share: the file, its services and the list of findings, with the ways to name a
 * place and to write a fix. Lives as long as one examine().
 */
class Examination {
public:
    Examination(const ComposeFile& file, const ComposeProject& project, FindingList& findings);

    const ComposeFile& file() const { return m_file; }
    const ComposeProject& project() const { return m_project; }
    const std::vector<Patient>& patients() const { return m_patients; }
    FindingList& findings() { return m_findings; }

    /** The listeners of a node as far as they can be read. */
    static std::vector<PatientListener> listenersOf(const Patient& patient);

    /** Where a setting is given, else the service's name. */
    std::size_t placeOf(const Patient& patient, std::string_view setting) const;
    /** Where a part of a setting's value stands, else where the setting does. */
    std::size_t placeOf(
        const Patient& patient, std::string_view setting, std::string_view part) const;

    /** Gives the finding a fix that sets a setting, if that can be written safely. */
    void fixBySetting(
        Finding& finding, const Patient& patient, std::string_view setting, std::string_view value);
    /** Gives it one that replaces a part of a setting's value. */
    void fixPart(Finding& finding, const Patient& patient, std::string_view setting,
        std::string_view part, std::string_view better);
    /** The same for any variable. */
    void fixVariablePart(Finding& finding, const EnvironmentVariable& variable,
        std::string_view part, std::string_view better);
    /** Gives it one that renames a variable, unless the service has one of that name. */
    void fixByRenaming(Finding& finding, const Patient& patient,
        const EnvironmentVariable& variable, const std::string& name);

    /** Whether a name leads to a container of this file. */
    bool isKnownHost(std::string_view host) const
    {
        return m_project.serviceOfHost(host) != nullptr;
    }

private:
    std::optional<std::size_t> partPlace(
        const EnvironmentVariable& variable, std::string_view part) const;
    std::optional<TextEdit> partEdit(
        const EnvironmentVariable& variable, std::string_view part, std::string_view better) const;

    const ComposeFile& m_file;
    const ComposeProject& m_project;
    FindingList& m_findings;
    std::vector<Patient> m_patients;
};

/** localhost and the loopback addresses: inside a container that container itself. */
bool isLoopbackName(std::string_view host);

/** A name that only a container network can know: no address and no dot. */
bool isPlainName(std::string_view host);

// The checks, each over the whole file. Their codes are listed in ../README.md.
void checkForm(Examination& examination);
void checkCommands(Examination& examination);
void checkVariables(Examination& examination);
void checkStart(Examination& examination);
void checkListeners(Examination& examination);
void checkIds(Examination& examination);
void checkReplication(Examination& examination);
void checkCoordination(Examination& examination);
void checkQuorum(Examination& examination);
void checkClients(Examination& examination);

/** The variable that a misspelt or misplaced one of a service means; nothing for known ones. */
std::optional<std::string> meantVariable(
    const Patient& patient, const EnvironmentVariable& variable);

} // namespace moldau::compose
