#pragma once

#include "topology/topologymodel.h"

#include <QCoreApplication>
#include <QString>

#include <optional>

namespace moldau::widgets {

/** Faults on purpose, and the reasons that the controller gives for its decisions, in words. */
class FaultText {
    Q_DECLARE_TR_FUNCTIONS(FaultText)
public:
    /** Fits on a link: "cut", "200 ms". */
    static QString badge(const faults::FaultRule& rule);
    /** "The link between broker-1 and broker-3 is cut." */
    static QString sentence(const faults::FaultRule& rule, const TopologyModel& model);
    /** "The link between broker-1 and broker-3 was cut." */
    static QString made(const faults::FaultRule& rule, const TopologyModel& model);
    /** "The link between broker-1 and broker-3 is whole again." */
    static QString ended(const faults::FaultRule& rule, const TopologyModel& model);
    /** The rule that events name in the engine's words; none for one that is about requests. */
    static std::optional<faults::FaultRule> ruleOf(const QString& english);
    /** Short enough for a menu: "broker-1 – broker-3: cut" */
    static QString title(const faults::FaultRule& rule, const TopologyModel& model);
    /** What a rule of this kind does to a link, for a menu: "Cut". */
    static QString verb(const faults::FaultRule& rule);
    /** The engine's English reason in the language of the window; others stay as they are. */
    static QString reason(const QString& english, const TopologyModel& model);
};

} // namespace moldau::widgets
