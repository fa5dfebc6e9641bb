#include "base/memoryfilesystem.h"
#include "raft/fetchprogress.h"
#include "raft/quorumstate.h"

#include <QTest>

using namespace moldau;
using namespace moldau::raft;

class TestQuorumState : public QObject {
    Q_OBJECT
private:
    MemoryFileSystem m_files;

    Result<std::optional<QuorumState>> read(std::string_view text)
    {
        if (auto made = m_files.createDirectories("/data"); !made)
            return fail(made.error());
        if (auto written
            = replaceFile(m_files, "/data/quorum-state", asBytes(text), Durability::Process);
            !written)
            return fail(written.error());
        return readQuorumState(m_files, "/data/quorum-state");
    }
private slots:
    void theFileSurvivesARoundTrip()
    {
        QVERIFY(m_files.createDirectories("/data"));
        const QuorumState state{BrokerId(3), 7, BrokerId(3), kMetadataTopicId};
        QVERIFY(writeQuorumState(m_files, "/data/quorum-state", state, Durability::Power));
        QVERIFY(**readQuorumState(m_files, "/data/quorum-state") == state);
        QCOMPARE(std::string(asText(*readFile(m_files, "/data/quorum-state"))),
            std::string(
                R"({"leaderId":3,"leaderEpoch":7,"votedId":3,"votedDirectoryId":"AAAAAAAAAAAAAAAAAAAAAQ","data_version":1})"));
    }
    void aMissingFileIsNoError() { QVERIFY(!readQuorumState(m_files, "/none")->has_value()); }
    void kafkasFirstVersionIsRead()
    {
        const auto state = read(
            R"({"clusterId":"","leaderId":1,"leaderEpoch":4,"votedId":-1,"appliedOffset":0,"currentVoters":[{"voterId":1}],"data_version":0})");
        QVERIFY(state && *state);
        QCOMPARE((*state)->epoch, 4);
        QCOMPARE((*state)->leader, BrokerId(1));
        QCOMPARE((*state)->voted, kNoBroker);
    }
    void anythingElseIsCorrupt_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text : {"", "[]", "{", "{\"data_version\":2,\"leaderEpoch\":1}",
                 "{\"leaderEpoch\":1}", "{\"data_version\":1,\"leaderEpoch\":-1}",
                 "{\"data_version\":1,\"leaderEpoch\":\"1\"}",
                 "{\"data_version\":1,\"leaderEpoch\":1,\"votedDirectoryId\":\"x\"}"})
            QTest::newRow(text) << text;
    }
    void anythingElseIsCorrupt()
    {
        QFETCH(QString, text);
        const auto state = read(text.toStdString());
        QVERIFY(!state);
        QCOMPARE(state.error().code, ErrorCode::LocalCorruptData);
    }
    void observersAreCaughtUpWhenTheyHaveWhatTheLeaderHadAtTheirLastFetch()
    {
        FetchProgress progress;
        progress.noteFetch(BrokerId(1), {}, 5, 10, 100);
        QCOMPARE(progress.recent(100).front().lastCaughtUpMs, std::int64_t(-1));
        progress.noteFetch(BrokerId(1), {}, 10, 20, 200);
        QCOMPARE(progress.recent(200).front().lastCaughtUpMs, std::int64_t(100));
        progress.noteFetch(BrokerId(1), {}, 20, 20, 300);
        QCOMPARE(progress.recent(300).front().lastCaughtUpMs, std::int64_t(300));
        QCOMPARE(progress.recent(300).front().endOffset, std::int64_t(20));
        QVERIFY(progress.recent(300 + 300'001).empty());
    }
};

QTEST_APPLESS_MAIN(TestQuorumState)
#include "test_quorumstate.moc"
