#include "broker/fetch/fetchsession.h"

#include <QTest>

using namespace moldau;
using namespace moldau::broker;

namespace {

protocol::FetchRequest requestFor(std::int32_t sessionId, std::int32_t epoch, bool namesPartition)
{
    protocol::FetchRequest request;
    request.sessionId = sessionId;
    request.sessionEpoch = epoch;
    if (namesPartition) {
        auto& topic = request.topics.emplace_back();
        topic.topicId.bytes[0] = 7;
        topic.partitions.emplace_back().fetchOffset = epoch;
    }
    return request;
}

} // namespace

class TestFetchSession : public QObject {
    Q_OBJECT
private slots:
    void whoNamesAPartitionAgainIsToldItsHighWatermarkAgain()
    {
        constexpr std::int16_t kVersion = 17;
        FetchSessions sessions;
        auto full = requestFor(0, 0, true);
        FetchSession* const session = sessions.open(full, kVersion, {}).session;
        QVERIFY(session != nullptr);
        session->partitions.front().lastHighWatermark = 5; // as after an answer
        auto nothingNew = requestFor(session->id, 1, false);
        QCOMPARE(sessions.open(nothingNew, kVersion, {}).session, session);
        QCOMPARE(session->partitions.front().lastHighWatermark, 5);
        auto named = requestFor(session->id, 2, true);
        QCOMPARE(sessions.open(named, kVersion, {}).session, session);
        QCOMPARE(session->partitions.size(), std::size_t(1));
        QCOMPARE(session->partitions.front().request.fetchOffset, 2);
        QCOMPARE(session->partitions.front().lastHighWatermark, -1);
    }
};

QTEST_APPLESS_MAIN(TestFetchSession)
#include "test_fetchsession.moc"
