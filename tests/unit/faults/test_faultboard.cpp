#include "faults/faultboard.h"

#include <QTest>

#include <thread>

#include <sys/wait.h>
#include <unistd.h>

using namespace moldau;
using namespace moldau::faults;
using namespace std::chrono_literals;

namespace {

FaultRule dropOf(const char* client, std::uint64_t count = 0, std::uint64_t after = 0)
{
    return {.client = client, .action = FaultAction::Drop, .count = count, .after = after};
}

int strikesOf(FaultBoard& board, int id, int tries)
{
    int strikes = 0;
    for (int i = 0; i < tries; ++i)
        strikes += board.strikes(id) ? 1 : 0;
    return strikes;
}

} // namespace

class TestFaultBoard : public QObject {
    Q_OBJECT
    std::unique_ptr<FaultBoard> m_board;

private slots:
    void init() { m_board = std::move(FaultBoard::create().value()); }

    void rulesAreListedAsTheyWereAdded()
    {
        const FaultRule whole{.api = protocol::ApiKey::Fetch,
            .broker = BrokerId{2},
            .client = "a*",
            .topic = "orders",
            .error = ErrorCode::FencedLeaderEpoch,
            .count = 4,
            .after = 1};
        const FaultRule link{.link = FaultLink{BrokerId{0}, BrokerId{9001}},
            .action = FaultAction::Delay,
            .delay = 250ms};
        QCOMPARE(m_board->add(whole).value(), 1);
        QCOMPARE(m_board->add(link).value(), 2);
        QVERIFY(!m_board->add({.action = FaultAction::Cut}).has_value());
        const auto rules = m_board->list();
        QCOMPARE(rules.size(), std::size_t{2});
        QCOMPARE(rules[0].id, 1);
        QVERIFY(rules[0].rule == whole);
        QVERIFY(rules[1].rule == link);
    }

    void whatIsRemovedStrikesNoMoreAndKeepsItsNumber()
    {
        const int first = m_board->add(dropOf("a")).value();
        const int second = m_board->add(dropOf("b")).value();
        QVERIFY(m_board->strikes(first));
        QVERIFY(m_board->remove(first).has_value());
        QVERIFY(!m_board->strikes(first));
        QCOMPARE(m_board->remove(first).error().code, ErrorCode::LocalNotFound);
        QCOMPARE(m_board->remove(99).error().code, ErrorCode::LocalNotFound);
        QCOMPARE(m_board->remove(0).error().code, ErrorCode::LocalNotFound);
        QCOMPARE(m_board->list().front().id, second);
        m_board->heal();
        QVERIFY(m_board->list().empty());
        QCOMPARE(m_board->add(dropOf("c")).value(), 3);
    }

    void countAndAfterAreKept()
    {
        const int limited = m_board->add(dropOf("a", 3, 2)).value();
        QCOMPARE(strikesOf(*m_board, limited, 2), 0);
        QCOMPARE(strikesOf(*m_board, limited, 10), 3);
        QCOMPARE(m_board->list().front().seen, std::uint64_t{12});
        QCOMPARE(m_board->list().front().struck, std::uint64_t{3});
        const int endless = m_board->add(dropOf("b", 0, 1)).value();
        QCOMPARE(strikesOf(*m_board, endless, 10), 9);
    }

    void everyChangeChangesTheVersion()
    {
        std::uint64_t last = m_board->version();
        const auto hasChanged = [&] { return std::exchange(last, m_board->version()) != last; };
        const int id = m_board->add(dropOf("a")).value();
        QVERIFY(hasChanged());
        QVERIFY(m_board->strikes(id));
        QVERIFY(!hasChanged());
        m_board->noteNode({"127.0.0.1", 1}, BrokerId{1});
        QVERIFY(hasChanged());
        m_board->noteNode({"127.0.0.1", 1}, BrokerId{1});
        QVERIFY(!hasChanged());
        m_board->heal();
        QVERIFY(hasChanged());
    }

    void theNewestNodeAtAnAddressCounts()
    {
        QCOMPARE(m_board->nodeAt({"broker", 9092}), kNoBroker);
        m_board->noteNode({"broker", 9092}, BrokerId{1});
        m_board->noteNode({"broker", 9093}, BrokerId{2});
        QCOMPARE(m_board->nodeAt({"broker", 9092}), BrokerId{1});
        m_board->noteNode({"broker", 9092}, BrokerId{3});
        QCOMPARE(m_board->nodeAt({"broker", 9092}), BrokerId{3});
    }

    void aFullDiskIsOneNodes()
    {
        QVERIFY(!m_board->isDiskFull(BrokerId{1}));
        const int id
            = m_board->add({.broker = BrokerId{1}, .action = FaultAction::DiskFull}).value();
        QVERIFY(m_board->isDiskFull(BrokerId{1}));
        QVERIFY(!m_board->isDiskFull(BrokerId{2}));
        QCOMPARE(m_board->list().front().struck, std::uint64_t{1});
        QVERIFY(m_board->remove(id).has_value());
        QVERIFY(!m_board->isDiskFull(BrokerId{1}));
    }

    void threadsShareOneCount()
    {
        const int id = m_board->add(dropOf("a", 1000)).value();
        std::atomic<int> struck = 0;
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&] { struck += strikesOf(*m_board, id, 500); });
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(struck.load(), 1000);
    }

    void anotherProcessSeesRulesAndCounts()
    {
        const int id = m_board->add(dropOf("a", 5)).value();
        const int copy = ::dup(m_board->descriptor());
        const pid_t child = ::fork();
        if (child == 0) {
            const auto board = FaultBoard::open(copy);
            const bool isThere
                = board && (*board)->list().size() == 1 && (*board)->list().front().id == id;
            ::_exit(isThere ? strikesOf(**board, id, 3) : 99);
        }
        ::close(copy);
        int status = 0;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QCOMPARE(WEXITSTATUS(status), 3);
        QCOMPARE(strikesOf(*m_board, id, 10), 2);
    }
};

QTEST_GUILESS_MAIN(TestFaultBoard)
#include "test_faultboard.moc"
