#include "cluster/embeddedcluster.h"

#include <QTemporaryDir>
#include <QTest>

#include <array>

using namespace moldau;
using namespace moldau::cluster;
using faults::FaultAction;
using faults::FaultLink;
using faults::FaultRule;

/** A cluster's event stream tells of fault rules when they are made and healed, also of those that
 * strike nothing for a while. */
class TestFaultEvents : public QObject {
    Q_OBJECT
private slots:
    void init()
    {
        LocalOptions options;
        options.directory = m_folder.filePath(QStringLiteral("data")).toStdString();
        m_cluster = std::make_unique<EmbeddedCluster>(planLocal(options).value(), std::string());
        m_cluster->events().setWanted(true);
    }
    void cleanup() { m_cluster.reset(); }

    void aCutLinkIsToldWithItsEndsBeforeItStrikes()
    {
        const int id = m_cluster->addFault(cut(1, 3)).value();
        const std::vector<Event> told = drained();
        QCOMPARE(told.size(), std::size_t(1));
        QCOMPARE(told[0].kind, EventKind::FaultAdded);
        QCOMPARE(told[0].count, id);
        QCOMPARE(told[0].node, BrokerId{1});
        QCOMPARE(told[0].peer, BrokerId{3});
        QVERIFY(told[0].timeNs > 0);
        QCOMPARE(m_cluster->events().textOf(told[0].detail), std::string_view("link 1-3: cut"));
    }

    void aRuleForABrokersRequestsNamesTheBroker()
    {
        FaultRule rule;
        rule.broker = BrokerId{2};
        rule.action = FaultAction::Drop;
        QVERIFY(m_cluster->addFault(rule));
        const std::vector<Event> told = drained();
        QCOMPARE(told.size(), std::size_t(1));
        QCOMPARE(told[0].node, BrokerId{2});
        QCOMPARE(told[0].peer, kNoBroker);
    }

    void aRemovedRuleIsTold()
    {
        const int id = m_cluster->addFault(cut(1, 2)).value();
        drained();
        QVERIFY(m_cluster->removeFault(id));
        const std::vector<Event> told = drained();
        QCOMPARE(told.size(), std::size_t(1));
        QCOMPARE(told[0].kind, EventKind::FaultRemoved);
        QCOMPARE(told[0].count, id);
        QCOMPARE(told[0].peer, BrokerId{2});
        QVERIFY(!m_cluster->removeFault(id));
        QVERIFY(drained().empty());
    }

    void healingTellsOfEveryRuleThatWasInForce()
    {
        QVERIFY(m_cluster->addFault(cut(1, 2)));
        QVERIFY(m_cluster->removeFault(1));
        QVERIFY(m_cluster->addFault(cut(1, 3)));
        QVERIFY(m_cluster->addFault(cut(2, 3)));
        drained();
        m_cluster->healFaults();
        const std::vector<Event> told = drained();
        QCOMPARE(told.size(), std::size_t(2));
        QCOMPARE(told[0].count, 2);
        QCOMPARE(told[1].count, 3);
        QVERIFY(m_cluster->faults().empty());
    }

    void aRefusedRuleIsNotTold()
    {
        QVERIFY(!m_cluster->addFault(cut(1, 7)));
        QVERIFY(drained().empty());
    }

private:
    static FaultRule cut(int one, int other)
    {
        FaultRule rule;
        rule.link = FaultLink{BrokerId{one}, BrokerId{other}};
        rule.action = FaultAction::Cut;
        return rule;
    }
    std::vector<Event> drained()
    {
        std::array<Event, 64> events;
        const std::size_t count = m_cluster->events().drain(events);
        return {events.begin(), events.begin() + static_cast<std::ptrdiff_t>(count)};
    }

    QTemporaryDir m_folder;
    std::unique_ptr<EmbeddedCluster> m_cluster;
};

QTEST_GUILESS_MAIN(TestFaultEvents)
#include "test_faultevents.moc"
