#include "topologybuild.h"

#include "topology/playback.h"

#include <QSignalSpy>
#include <QTest>

using namespace moldau;
using namespace moldau::widgets;
using moldau::tests::TopologyBuild;
using namespace Qt::Literals::StringLiterals;

class TestPlayback : public QObject {
    Q_OBJECT

private slots:
    void init();
    void showsAtOnceWhatHappensLive();
    void recordsOnWhilePaused();
    void stepsToTheNextThingThatMatters();
    void slowMotionStretchesTime();
    void slowMotionPassesOverQuietTime();
    void goesBackToAnEarlierMoment();
    void keepsMetadataForLaterWhileItShowsThePast();
    void sortsEventsOfSeveralNodesByTime();
    void causeComesBeforeEffectWithinATick();
    void recordingForgetsTheOldest();
    void historyCountsRecordsByTopic();
    void historyMarksWhatChangedTheCluster();

private:
    qint64 logEnd() const
    {
        return m_playback->model().partition(u"orders"_s, 0)->replica(1)->logEnd;
    }
    Event append(qint64 offset, qint64 timeNs)
    {
        return m_build->batch(EventKind::BatchAppended, 1, "orders", 0, offset, 1, "web", timeNs);
    }
    void record(std::vector<Event> events) { m_playback->record(events); }

    std::unique_ptr<TopologyBuild> m_build;
    std::unique_ptr<Playback> m_playback;
};

void TestPlayback::init()
{
    m_build = std::make_unique<TopologyBuild>();
    m_playback = std::make_unique<Playback>(m_build->names);
    m_playback->setMetadata(std::make_shared<Metadata>(TopologyBuild::cluster(3, {{"orders", 1}})));
}

void TestPlayback::showsAtOnceWhatHappensLive()
{
    record({append(0, 1000)});
    QCOMPARE(logEnd(), 1);
}

void TestPlayback::recordsOnWhilePaused()
{
    record({append(0, 1000)});
    m_playback->pause();
    record({append(1, 2000), append(2, 3000)});
    QCOMPARE(logEnd(), 1);
    QVERIFY(m_playback->isBehind());
    m_playback->goLive();
    QCOMPARE(logEnd(), 3);
}

void TestPlayback::stepsToTheNextThingThatMatters()
{
    m_playback->pause();
    Event request = m_build->event(EventKind::RequestReceived, 1, 900);
    record({request, append(0, 1000), append(1, 2000)});
    m_playback->step();
    QCOMPARE(logEnd(), 1);
    QCOMPARE(m_playback->shownNs(), 1000);
    m_playback->step();
    QCOMPARE(logEnd(), 2);
    m_playback->step();
    QVERIFY(!m_playback->isBehind());
}

void TestPlayback::slowMotionStretchesTime()
{
    record({append(0, 1'000'000'000)});
    m_playback->advance(0, 1'000'000'000);
    m_playback->play(0.1);
    record({append(1, 1'050'000'000), append(2, 1'100'000'000)});
    m_playback->advance(400'000'000, 1'400'000'000); // 40 ms of the recording
    QCOMPARE(logEnd(), 1);
    m_playback->advance(200'000'000, 1'600'000'000);
    QCOMPARE(logEnd(), 2);
    m_playback->advance(600'000'000, 2'200'000'000);
    QCOMPARE(logEnd(), 3);
}

void TestPlayback::slowMotionPassesOverQuietTime()
{
    record({append(0, 1'000'000'000)});
    m_playback->advance(0, 1'000'000'000);
    m_playback->play(0.001);
    record({append(1, 11'000'000'000)}); // would be nearly three hours
    m_playback->advance(16'000'000, 11'000'000'000);
    QCOMPARE(logEnd(), 1);
    for (int i = 0; i < 30; ++i)
        m_playback->advance(16'000'000, 11'000'000'000);
    QCOMPARE(logEnd(), 2);
}

void TestPlayback::goesBackToAnEarlierMoment()
{
    for (int i = 0; i < 10'000; ++i)
        record({append(i, 1'000 + i)});
    QCOMPARE(logEnd(), 10'000);
    QSignalSpy jumped(m_playback.get(), &Playback::jumped);
    m_playback->seek(6'000);
    QCOMPARE(jumped.size(), 1);
    QCOMPARE(logEnd(), 5'000);
    QCOMPARE(m_playback->mode(), Playback::Mode::Paused);
    m_playback->step();
    QCOMPARE(logEnd(), 5'001);
    m_playback->seek(9'000);
    QCOMPARE(logEnd(), 8'000);
    m_playback->goLive();
    QCOMPARE(logEnd(), 10'000);
}

void TestPlayback::keepsMetadataForLaterWhileItShowsThePast()
{
    m_playback->pause();
    m_playback->setMetadata(
        std::make_shared<Metadata>(TopologyBuild::cluster(3, {{"orders", 1}, {"clicks", 1}})));
    QVERIFY(!m_playback->model().topic(u"clicks"_s));
    m_playback->goLive();
    QVERIFY(m_playback->model().topic(u"clicks"_s));
}

void TestPlayback::sortsEventsOfSeveralNodesByTime()
{
    Recording recording;
    recording.append(std::vector{append(5, 3000), append(1, 1000), append(2, 2000)});
    QCOMPARE(recording.at(0).timeNs, 1000);
    QCOMPARE(recording.at(2).timeNs, 3000);
    QCOMPARE(recording.firstFrom(1500), 1u);
}

void TestPlayback::causeComesBeforeEffectWithinATick()
{
    Recording recording;
    recording.append(
        std::vector{m_build->batch(EventKind::BatchReplicated, 2, "orders", 0, 0, 1, {}, 1000),
            append(0, 1000)});
    QCOMPARE(recording.at(0).kind, EventKind::BatchAppended);
}

void TestPlayback::recordingForgetsTheOldest()
{
    Recording recording;
    std::vector<Event> events;
    for (std::size_t i = 0; i < Recording::kCapacity + 100; ++i)
        events.push_back(append(static_cast<qint64>(i), static_cast<qint64>(i)));
    recording.append(events);
    QCOMPARE(recording.begin(), 100u);
    QCOMPARE(recording.at(100).offset, 100);
    QCOMPARE(recording.end() - recording.begin(), Recording::kCapacity);
}

void TestPlayback::historyCountsRecordsByTopic()
{
    DensityHistory history;
    Event batch = append(0, 10 * DensityHistory::kBucketNs);
    batch.count = 7;
    history.take(batch, 2);
    history.take(batch, 2);
    const DensityHistory::Bucket* bucket = history.bucket(10);
    QVERIFY(bucket);
    QCOMPARE(bucket->records[2], 14u);
    QVERIFY(!history.bucket(11));
}

void TestPlayback::historyMarksWhatChangedTheCluster()
{
    DensityHistory history;
    history.take(m_build->event(EventKind::NodeKilled, 2, 1'000'000'000), -1);
    for (int i = 0; i < 40; ++i)
        history.take(m_build->moved(EventKind::IsrShrunk, 1, "orders", i, 2, 1, 1'100'000'000), -1);
    QCOMPARE(history.marks().size(), 1u);
    QCOMPARE(history.marks().front().broker, 2);
}

QTEST_GUILESS_MAIN(TestPlayback)
#include "test_playback.moc"
