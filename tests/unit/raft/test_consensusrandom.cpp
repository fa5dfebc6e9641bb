// What consensus promises, looked at over thousands of short lives full of faults.
//
// MOLDAU_SEEDS=20000 runs more of them; MOLDAU_SEED=N one, with what happened on standard error.

#include "consensussimulation.h"

#include <QTest>

#include <cstdlib>

using namespace moldau;
using namespace moldau::raft;
using namespace std::chrono_literals;

class TestConsensusRandom : public QObject {
    Q_OBJECT
private slots:
    void promisesHoldUnderFaults_data()
    {
        QTest::addColumn<int>("voters");
        QTest::newRow("three voters") << 3;
        QTest::newRow("five voters") << 5;
    }
    void promisesHoldUnderFaults()
    {
        QFETCH(int, voters);
        const char* const one = std::getenv("MOLDAU_SEED");
        const char* const many = std::getenv("MOLDAU_SEEDS");
        const std::uint64_t first = one ? std::strtoull(one, nullptr, 10) : 1;
        const std::uint64_t count = one ? 1 : many ? std::strtoull(many, nullptr, 10) : 300;
        std::size_t committed = 0;
        std::size_t epochs = 0;
        std::size_t steps = 0;
        std::size_t snapshots = 0;
        std::size_t wipes = 0;
        for (std::uint64_t seed = first; seed < first + count; ++seed) {
            ConsensusSimulation simulation(seed, voters, one != nullptr);
            simulation.run(4s);
            QVERIFY2(simulation.violation().empty(),
                fmt::format("MOLDAU_SEED={}: {}", seed, simulation.violation()).c_str());
            committed += simulation.committedCount();
            epochs += simulation.epochCount();
            steps += simulation.steps();
            snapshots += simulation.snapshotLoads();
            wipes += simulation.wipes();
        }
        qInfo("%llu seeds: %zu steps, %zu records committed, %zu epochs, %zu snapshots loaded, "
              "%zu logs lost",
            static_cast<unsigned long long>(count), steps, committed, epochs, snapshots, wipes);
        QVERIFY(
            one != nullptr || (epochs > 2 * count && snapshots > count / 10 && wipes > count / 10));
    }
    void oneSeedGivesOneHistory()
    {
        const auto run = [](std::uint64_t seed) {
            ConsensusSimulation simulation(seed, 3);
            simulation.run(2s);
            return std::tuple(
                simulation.steps(), simulation.committedCount(), simulation.epochCount());
        };
        QCOMPARE(run(7), run(7));
        QVERIFY(run(7) != run(8));
    }
};

QTEST_APPLESS_MAIN(TestConsensusRandom)
#include "test_consensusrandom.moc"
