#include "faults/errornames.h"
#include "faults/faultrule.h"
#include "faults/nodenames.h"

#include <QTest>

using namespace moldau;
using namespace moldau::faults;
using namespace std::chrono_literals;

class TestFaultRule : public QObject {
    Q_OBJECT
private slots:
    void aRuleThatMakesNoSenseIsRefusedInWords_data()
    {
        QTest::addColumn<FaultRule>("rule");
        QTest::addColumn<QString>("words");
        const FaultLink link{BrokerId{1}, BrokerId{2}};
        QTest::addRow("delay of nothing") << FaultRule{.action = FaultAction::Delay} << "above 0";
        QTest::addRow("delay of something else")
            << FaultRule{.action = FaultAction::Drop, .delay = 5ms} << "above 0";
        QTest::addRow("no error") << FaultRule{.action = FaultAction::Error} << "NONE";
        QTest::addRow("cut of requests") << FaultRule{.action = FaultAction::Cut} << "a link";
        QTest::addRow("link to itself") << FaultRule{.link = FaultLink{BrokerId{1}, BrokerId{1}},
            .action = FaultAction::Cut} << "two nodes";
        QTest::addRow("error of a link")
            << FaultRule{.link = link, .error = ErrorCode::NotController} << "for requests";
        QTest::addRow("client of a link")
            << FaultRule{.client = "*", .link = link, .action = FaultAction::Cut} << "client";
        QTest::addRow("cut once") << FaultRule{.link = link, .action = FaultAction::Cut, .count = 1}
                                  << "count";
        QTest::addRow("full disk of nobody")
            << FaultRule{.action = FaultAction::DiskFull} << "broker";
        QTest::addRow("full disk once")
            << FaultRule{.broker = BrokerId{1}, .action = FaultAction::DiskFull, .count = 1}
            << "count";
        QTest::addRow("endless name")
            << FaultRule{.topic = std::string(250, 'x'), .action = FaultAction::Drop} << "249";
    }
    void aRuleThatMakesNoSenseIsRefusedInWords()
    {
        QFETCH(FaultRule, rule);
        QFETCH(QString, words);
        const auto checked = check(rule);
        QVERIFY(!checked.has_value());
        QCOMPARE(checked.error().code, ErrorCode::LocalInvalidArgument);
        QVERIFY2(QString::fromStdString(checked.error().message).contains(words),
            checked.error().message.c_str());
    }

    void aRuleIsASentence_data()
    {
        QTest::addColumn<FaultRule>("rule");
        QTest::addColumn<QString>("sentence");
        QTest::addRow("request") << FaultRule{.api = protocol::ApiKey::Produce,
            .broker = BrokerId{2},
            .client = "billing-*",
            .topic = "orders",
            .action = FaultAction::Delay,
            .delay = 500ms,
            .count = 3,
            .after
            = 2} << "Produce by billing-* for orders on node 2: delay 500 ms, after 2, 3 times";
        QTest::addRow("error") << FaultRule{.error = ErrorCode::NotLeaderOrFollower, .count = 1}
                               << "any request: NOT_LEADER_OR_FOLLOWER, once";
        QTest::addRow("link") << FaultRule{.link = FaultLink{BrokerId{1}, BrokerId{9001}},
            .action = FaultAction::Cut}
                              << "link 1-9001: cut";
        QTest::addRow("disk") << FaultRule{.broker = BrokerId{3}, .action = FaultAction::DiskFull}
                              << "disk of node 3: full";
    }
    void aRuleIsASentence()
    {
        QFETCH(FaultRule, rule);
        QFETCH(QString, sentence);
        QVERIFY(check(rule).has_value());
        QCOMPARE(QString::fromStdString(toText(rule)), sentence);
    }

    void aGlobFitsWhatItMeans_data()
    {
        QTest::addColumn<std::string>("pattern");
        QTest::addColumn<std::string>("text");
        QTest::addColumn<bool>("fits");
        const auto row = [](const char* pattern, const char* text, bool fits) {
            QTest::addRow("%s on %s", pattern, text)
                << std::string(pattern) << std::string(text) << fits;
        };
        row("billing", "billing", true);
        row("billing", "billing-1", false);
        row("billing-*", "billing-1", true);
        row("billing-*", "billing-", true);
        row("*-1", "a-1-1", true);
        row("*-1", "a-1-2", false);
        row("b?d", "bad", true);
        row("b?d", "bd", false);
        row("*a*b*", "xxaxxbxx", true);
        row("*a*b*", "xxbxxaxx", false);
        row("*", "", true);
        row("", "", true);
        row("", "a", false);
    }
    void aGlobFitsWhatItMeans()
    {
        QFETCH(std::string, pattern);
        QFETCH(std::string, text);
        QTEST(fitsGlob(pattern, text), "fits");
    }

    void actionsAndErrorsAreFoundByTheirNames()
    {
        for (const auto action :
            {FaultAction::Error, FaultAction::Delay, FaultAction::Drop, FaultAction::Duplicate,
                FaultAction::Close, FaultAction::Cut, FaultAction::DiskFull})
            QCOMPARE(faultActionOf(nameOf(action)), action);
        QVERIFY(!faultActionOf("explode"));
        QCOMPARE(errorNamed("NOT_LEADER_OR_FOLLOWER"), ErrorCode::NotLeaderOrFollower);
        QCOMPARE(errorNamed("UNKNOWN_SERVER_ERROR"), ErrorCode::UnknownServerError);
        QVERIFY(!errorNamed("NONE"));
        QVERIFY(!errorNamed("LOCAL_TIMEOUT"));
    }

    void ourNodesAreKnownByTheirClientIds()
    {
        QCOMPARE(nodeOfClient("broker-12-fetcher-3"), BrokerId{12});
        QCOMPARE(nodeOfClient("raft-client-9001-9002-fetch"), BrokerId{9001});
        QCOMPARE(nodeOfClient("broker-12"), kNoBroker);
        QCOMPARE(nodeOfClient("broker-x-fetcher"), kNoBroker);
        QCOMPARE(nodeOfClient("billing-1"), kNoBroker);
    }
};

QTEST_GUILESS_MAIN(TestFaultRule)
#include "test_faultrule.moc"
