#include "simulatedgroup.h"

#include <rapidcheck.h>

#include <QTest>

namespace moldau::coordinator {

void showValue(const Step& step, std::ostream& out)
{
    out << "{" << int(step.kind) << ", " << step.client << ", " << step.amount << "}";
}

} // namespace moldau::coordinator

using namespace moldau;
using namespace moldau::coordinator;

namespace {

/** Mostly clients that do their work, now and then something that goes wrong. */
rc::Gen<Step> stepThat(bool mayFail)
{
    using Kind = Step::Kind;
    auto kind = mayFail
        ? rc::gen::weightedElement<Kind>({{15, Kind::Act}, {30, Kind::Round}, {5, Kind::Heartbeat},
            {20, Kind::Commit}, {1, Kind::ChangeMetadata}, {1, Kind::Leave}, {2, Kind::Crash},
            {15, Kind::Replicate}, {2, Kind::FailAppend}, {1, Kind::ChangeLeader}, {2, Kind::Wait}})
        : rc::gen::weightedElement<Kind>({{15, Kind::Act}, {30, Kind::Round}, {5, Kind::Heartbeat},
            {20, Kind::Commit}, {1, Kind::ChangeMetadata}, {1, Kind::Leave}, {2, Kind::Crash},
            {15, Kind::Replicate}, {2, Kind::Wait}});
    return rc::gen::apply(
        [](Kind chosen, std::uint32_t client, std::uint32_t amount) {
            return Step{chosen, client, amount};
        },
        std::move(kind), rc::gen::inRange<std::uint32_t>(0, SimulatedGroup::kClients),
        rc::gen::resize(100, rc::gen::arbitrary<std::uint32_t>()));
}

void holds(const std::vector<Step>& steps)
{
    SimulatedGroup simulation;
    std::size_t number = 0;
    for (const Step& step : steps) {
        const std::string broken = simulation.run(step);
        if (!broken.empty())
            RC_FAIL(broken + " after step " + std::to_string(number));
        ++number;
    }
    const std::string broken = simulation.finish();
    if (!broken.empty())
        RC_FAIL(broken + " at the end");
}

} // namespace

class TestGroupProperties : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        qputenv("RC_PARAMS",
            qEnvironmentVariableIsSet("RC_PARAMS") ? qgetenv("RC_PARAMS") : "max_success=150");
    }
    void groupsAndOffsetsStayConsistent()
    {
        QVERIFY(rc::check("members come, go and commit", [] {
            holds(*rc::gen::resize(400, rc::gen::container<std::vector<Step>>(stepThat(false))));
        }));
    }
    void failuresLoseNothingAcknowledged()
    {
        QVERIFY(rc::check("appends fail and leaders change", [] {
            holds(*rc::gen::resize(400, rc::gen::container<std::vector<Step>>(stepThat(true))));
        }));
    }
};

QTEST_APPLESS_MAIN(TestGroupProperties)
#include "test_groupproperties.moc"
