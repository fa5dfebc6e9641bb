// What a session of thousands of partitions looks at: those that have something to tell.

#include "testpartitionhost.h"

#include "broker/fetch/fetchsession.h"

#include <QTest>

#include <set>

using namespace moldau;
using namespace moldau::broker;

namespace {

constexpr std::int16_t kVersion = 17;
constexpr int kPartitions = 50;

Uuid topicId()
{
    Uuid id;
    id.bytes[0] = 7;
    return id;
}

protocol::FetchRequest requestFor(
    std::int32_t sessionId, std::int32_t epoch, const std::vector<std::int32_t>& partitions)
{
    protocol::FetchRequest request;
    request.sessionId = sessionId;
    request.sessionEpoch = epoch;
    request.replicaState.replicaId = BrokerId(2);
    auto& topic = request.topics.emplace_back();
    topic.topicId = topicId();
    for (const std::int32_t partition : partitions) {
        auto& entry = topic.partitions.emplace_back();
        entry.partition = partition;
        entry.fetchOffset = epoch;
    }
    return request;
}

std::vector<std::int32_t> allNumbers()
{
    std::vector<std::int32_t> numbers(kPartitions);
    for (int i = 0; i < kPartitions; ++i)
        numbers[static_cast<std::size_t>(i)] = i;
    return numbers;
}

const FetchedPartition& partitionOf(const FetchSession& session, std::int32_t number = 0)
{
    return *session.find(topicId(), {}, number);
}

std::set<std::int32_t> dueOf(const FetchSession& session)
{
    std::set<std::int32_t> numbers;
    for (const FetchedPartition* each : session.due())
        numbers.insert(each->request.partition);
    return numbers;
}

/** A broker that leads partitions of one topic. */
class Leader final : public TestPartitionHost {
public:
    Leader()
    {
        for (int i = 0; i < kPartitions; ++i) {
            m_logs.push_back(makeLog("orders", i));
            partitions.push_back(std::make_unique<Partition>(
                *this, m_logs.back()->topicPartition(), topicId(), *m_logs.back()));
        }
    }

    /** As the handler of Fetch does: everything that is due was looked at, nothing was found. */
    void answer(FetchSession& session)
    {
        for (FetchedPartition* each : std::vector(session.due())) {
            each->isQuiet = true;
            session.watch(*each, *partitions[static_cast<std::size_t>(each->request.partition)]);
        }
        session.settle();
    }

private:
    std::vector<std::unique_ptr<storage::PartitionLog>> m_logs;

public:
    std::vector<std::unique_ptr<Partition>> partitions;
};

} // namespace

class TestFetchSession : public QObject {
    Q_OBJECT
private slots:
    void whoNamesAPartitionAgainIsToldItsHighWatermarkAgain()
    {
        FetchSessions sessions;
        auto full = requestFor(0, 0, {0});
        FetchSession* const session = sessions.open(full, kVersion, {}).session;
        QVERIFY(session != nullptr);
        session->due().front()->lastHighWatermark = 5; // as after an answer
        auto nothingNew = requestFor(session->id, 1, {});
        QCOMPARE(sessions.open(nothingNew, kVersion, {}).session, session);
        QCOMPARE(partitionOf(*session).lastHighWatermark, 5);
        auto named = requestFor(session->id, 2, {0});
        QCOMPARE(sessions.open(named, kVersion, {}).session, session);
        QCOMPARE(session->size(), std::size_t(1));
        QCOMPARE(partitionOf(*session).request.fetchOffset, 2);
        QCOMPARE(partitionOf(*session).lastHighWatermark, -1);
    }
    void quietPartitionsAreNotLookedAt()
    {
        Leader leader;
        FetchSessions sessions;
        auto full = requestFor(0, 0, allNumbers());
        FetchSession& session = *sessions.open(full, kVersion, {}).session;
        QCOMPARE(session.due().size(), std::size_t(kPartitions));
        leader.answer(session);
        QVERIFY(session.due().empty());
        // Named again, or changed: looked at by the next request, once.
        auto next = requestFor(session.id, 1, {3});
        sessions.open(next, kVersion, {});
        leader.partitions[7]->logStartMoved();
        leader.partitions[7]->logStartMoved();
        QCOMPARE(dueOf(session), (std::set<std::int32_t>{3, 7}));
        QCOMPARE(session.due().size(), std::size_t(2));
        leader.answer(session);
        QVERIFY(session.due().empty());
    }
    void whatHasMoreToTellStaysAndLetsOthersGoFirst()
    {
        Leader leader;
        FetchSessions sessions;
        auto full = requestFor(0, 0, {0, 1, 2});
        FetchSession& session = *sessions.open(full, kVersion, {}).session;
        const std::vector<FetchedPartition*> all = session.due();
        all[0]->wasServed = true; // had records, the others didn't fit
        session.settle();
        QCOMPARE(session.due(), (std::vector<FetchedPartition*>{all[1], all[2], all[0]}));
    }
    void aChangeWakesTheRequestThatWaits()
    {
        Leader leader;
        FetchSessions sessions;
        auto full = requestFor(0, 0, allNumbers());
        FetchSession& session = *sessions.open(full, kVersion, {}).session;
        leader.answer(session);
        int woken = 0;
        session.wakePending = [&woken] { ++woken; };
        leader.partitions[5]->logStartMoved();
        QCOMPARE(woken, 1);
        leader.partitions[5]->retire(ErrorCode::UnknownTopicOrPartition);
        leader.partitions[6]->retire(ErrorCode::UnknownTopicOrPartition);
        QCOMPARE(woken, 3);
        QCOMPARE(dueOf(session), (std::set<std::int32_t>{5, 6}));
        leader.partitions.erase(leader.partitions.begin() + 5);
        sessions.close(session.id); // and watches nothing any more
        leader.partitions[7]->logStartMoved();
        QCOMPARE(woken, 3);
    }
    void whatIsForgottenIsNeitherDueNorWatched()
    {
        Leader leader;
        FetchSessions sessions;
        auto full = requestFor(0, 0, allNumbers());
        FetchSession& session = *sessions.open(full, kVersion, {}).session;
        leader.answer(session);
        leader.partitions[1]->logStartMoved();
        auto next = requestFor(session.id, 1, {});
        auto& forgotten = next.forgottenTopicsData.emplace_back();
        forgotten.topicId = topicId();
        forgotten.partitions = {1, 2};
        sessions.open(next, kVersion, {});
        leader.partitions[1]->logStartMoved();
        leader.partitions[2]->logStartMoved();
        QVERIFY(session.due().empty());
        QCOMPARE(session.size(), std::size_t(kPartitions - 2));
    }
    void onceInAWhileAllAreLookedAt()
    {
        Leader leader;
        FetchSessions sessions;
        auto full = requestFor(0, 0, allNumbers());
        FetchSession& session = *sessions.open(full, kVersion, {}).session;
        leader.answer(session);
        auto soon = requestFor(session.id, 1, {});
        sessions.open(soon, kVersion, std::chrono::seconds(59));
        QVERIFY(session.due().empty());
        auto later = requestFor(session.id, 2, {});
        sessions.open(later, kVersion, std::chrono::seconds(60));
        QCOMPARE(session.due().size(), std::size_t(kPartitions));
    }
};

QTEST_APPLESS_MAIN(TestFetchSession)
#include "test_fetchsession.moc"
