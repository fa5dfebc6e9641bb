#include "topology/faulttext.h"

#include "common/fromview.h"

#include <QRegularExpression>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;
using faults::FaultAction;
using faults::FaultRule;

namespace {

int milliseconds(const FaultRule& rule)
{
    return static_cast<int>(rule.delay.count());
}

} // namespace

QString FaultText::badge(const FaultRule& rule)
{
    switch (rule.action) {
    case FaultAction::Cut:
        return tr("cut");
    case FaultAction::Delay:
        return tr("%1 ms").arg(milliseconds(rule));
    case FaultAction::Drop:
        return tr("loses");
    case FaultAction::Close:
        return tr("closes");
    case FaultAction::Duplicate:
        return tr("twice");
    case FaultAction::Error:
        return tr("error");
    case FaultAction::DiskFull:
        return tr("disk full");
    }
    return {};
}

QString FaultText::verb(const FaultRule& rule)
{
    switch (rule.action) {
    case FaultAction::Cut:
        return tr("Cut");
    case FaultAction::Delay:
        return tr("Slow it by %1 ms").arg(milliseconds(rule));
    case FaultAction::Drop:
        return tr("Lose what is sent");
    case FaultAction::Close:
        return tr("Close connections");
    case FaultAction::Duplicate:
    case FaultAction::Error:
    case FaultAction::DiskFull:
        break;
    }
    return badge(rule);
}

QString FaultText::sentence(const FaultRule& rule, const TopologyModel& model)
{
    const auto nameOf = [&model](BrokerId node) { return model.brokerName(node.value()); };
    if (rule.link) {
        const QString one = nameOf(rule.link->one);
        const QString other = nameOf(rule.link->other);
        switch (rule.action) {
        case FaultAction::Cut:
            return tr("The link between %1 and %2 is cut.").arg(one, other);
        case FaultAction::Delay:
            return tr("The link between %1 and %2 is slowed by %3 ms.")
                .arg(one, other, QString::number(milliseconds(rule)));
        case FaultAction::Drop:
            return tr("The link between %1 and %2 loses what is sent over it.").arg(one, other);
        default:
            return tr("The link between %1 and %2 closes its connections.").arg(one, other);
        }
    }
    if (rule.action == FaultAction::DiskFull)
        return tr("The disk of %1 is full.").arg(nameOf(rule.broker));
    return QString::fromStdString(toText(rule)) + u'.';
}

QString FaultText::made(const FaultRule& rule, const TopologyModel& model)
{
    const auto nameOf = [&model](BrokerId node) { return model.brokerName(node.value()); };
    if (rule.link) {
        const QString one = nameOf(rule.link->one);
        const QString other = nameOf(rule.link->other);
        switch (rule.action) {
        case FaultAction::Cut:
            return tr("The link between %1 and %2 was cut: nothing passes until it is healed.")
                .arg(one, other);
        case FaultAction::Delay:
            return tr(
                "The link between %1 and %2 was slowed: what is sent over it comes %3 ms later.")
                .arg(one, other, QString::number(milliseconds(rule)));
        case FaultAction::Drop:
            return tr("The link between %1 and %2 loses what is sent over it from here on.")
                .arg(one, other);
        default:
            return tr("The link between %1 and %2 closes its connections from here on.")
                .arg(one, other);
        }
    }
    if (rule.action == FaultAction::DiskFull)
        return tr("The disk of %1 was filled: it has no room for anything more.")
            .arg(nameOf(rule.broker));
    return QString::fromStdString(toText(rule)) + u'.';
}

QString FaultText::ended(const FaultRule& rule, const TopologyModel& model)
{
    const auto nameOf = [&model](BrokerId node) { return model.brokerName(node.value()); };
    if (rule.link && rule.action == FaultAction::Delay)
        return tr("The link between %1 and %2 is as fast as before.")
            .arg(nameOf(rule.link->one), nameOf(rule.link->other));
    if (rule.link)
        return tr("The link between %1 and %2 is whole again.")
            .arg(nameOf(rule.link->one), nameOf(rule.link->other));
    if (rule.action == FaultAction::DiskFull)
        return tr("The disk of %1 has room again.").arg(nameOf(rule.broker));
    return QString::fromStdString(toText(rule)) + u'.';
}

std::optional<FaultRule> FaultText::ruleOf(const QString& english)
{
    static const QRegularExpression kLink(
        u"^link (\\d+)-(\\d+): (?:delay (\\d+) ms|([a-z]+))(?:, .*)?$"_s);
    static const QRegularExpression kDisk(u"^disk of node (\\d+): full"_s);
    FaultRule rule;
    if (const auto disk = kDisk.match(english); disk.hasMatch()) {
        rule.action = FaultAction::DiskFull;
        rule.broker = BrokerId(disk.captured(1).toInt());
        return rule;
    }
    const auto link = kLink.match(english);
    if (!link.hasMatch())
        return std::nullopt;
    rule.link
        = faults::FaultLink{BrokerId(link.captured(1).toInt()), BrokerId(link.captured(2).toInt())};
    rule.action = FaultAction::Delay;
    rule.delay = std::chrono::milliseconds(link.captured(3).toInt());
    if (link.captured(3).isEmpty()) {
        const auto action = faults::faultActionOf(link.captured(4).toStdString());
        if (!action)
            return std::nullopt;
        rule.action = *action;
    }
    return rule;
}

QString FaultText::title(const FaultRule& rule, const TopologyModel& model)
{
    if (rule.link)
        return tr("%1 – %2: %3", "two nodes, what is wrong between them")
            .arg(model.brokerName(rule.link->one.value()),
                model.brokerName(rule.link->other.value()), badge(rule));
    if (rule.action == FaultAction::DiskFull)
        return tr("%1: %2", "node, what is wrong with it")
            .arg(model.brokerName(rule.broker.value()), badge(rule));
    return QString::fromStdString(toText(rule));
}

QString FaultText::reason(const QString& english, const TopologyModel& model)
{
    static const QRegularExpression kShutting(u"^(.+) is shutting down$"_s);
    static const QRegularExpression kShut(u"^(.+) shut down$"_s);
    static const QRegularExpression kAnew(u"^(.+) started anew$"_s);
    static const QRegularExpression kBack(u"^(.+) is back$"_s);
    static const QRegularExpression kFence(u"^(.+) asked to be fenced$"_s);
    static const QRegularExpression kGone(u"^(.+) was unregistered$"_s);
    static const QRegularExpression kLost(u"^lost the connection to (.+)$"_s);
    static const QRegularExpression kSession(u"^the session of (.+) timed out$"_s);
    static const QRegularExpression kLagging(u"^leader (\\d+) found it lagging$"_s);
    QRegularExpressionMatch match;
    const auto is = [&](const QRegularExpression& pattern) {
        match = pattern.match(english);
        return match.hasMatch();
    };
    // The engine knows nodes by their ids: "broker 1".
    const auto who = [&] {
        static const QRegularExpression kNode(u"^broker (\\d+)$"_s);
        const QRegularExpressionMatch node = kNode.match(match.captured(1));
        return node.hasMatch() ? model.brokerName(node.captured(1).toInt()) : match.captured(1);
    };
    if (is(kShutting))
        return tr("%1 is shutting down").arg(who());
    if (is(kShut))
        return tr("%1 shut down").arg(who());
    if (is(kAnew))
        return tr("%1 started anew").arg(who());
    if (is(kBack))
        return tr("%1 is back").arg(who());
    if (is(kFence))
        return tr("%1 asked to be fenced").arg(who());
    if (is(kGone))
        return tr("%1 was unregistered").arg(who());
    if (is(kLost))
        return tr("the connection to %1 was lost").arg(who());
    if (is(kSession))
        return tr("the session of %1 timed out").arg(who());
    if (is(kLagging))
        return tr("its leader %1 found it lagging")
            .arg(model.brokerName(match.captured(1).toInt()));
    if (english == u"its preferred leader is in sync again"_s)
        return tr("its preferred leader is in sync again");
    if (english == u"no replica in sync is left and the topic allows unclean elections"_s)
        return tr("no replica in sync is left and the topic allows unclean elections");
    if (english == u"asked for the preferred leader"_s)
        return tr("a preferred election was asked for");
    if (english == u"asked for an unclean election"_s)
        return tr("an unclean election was asked for");
    if (english == u"asked for other replicas"_s)
        return tr("a reassignment was asked for");
    if (english == u"its reassignment has ended"_s)
        return tr("its reassignment has ended");
    return english;
}

} // namespace moldau::widgets
