#include "generatedcluster.h"
#include "madeevents.h"

#include "bridge/eventpump.h"
#include "bridge/session.h"
#include "common/style.h"
#include "models/metricrecorder.h"
#include "panes/metricchart.h"
#include "panes/metricspage.h"

#include <QPushButton>
#include <QTest>

#include <cmath>

using namespace moldau;
using namespace moldau::widgets;
using namespace Qt::Literals::StringLiterals;
using test::GeneratedCluster;
using test::MadeEvents;

namespace {

SessionParts partsOf(GeneratedCluster& cluster, client::EventSource* events)
{
    SessionParts parts;
    parts.name = u"Local"_s;
    parts.connection = &cluster;
    parts.events = events;
    return parts;
}

} // namespace

class TestMetrics : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { MoldauStyle::install(*qApp, Theme()); }
    void secondsAreKeptByLine()
    {
        MetricHistory history;
        history.add(u"a"_s, 3);
        history.add(u"a"_s, 4);
        history.close();
        history.add(u"b"_s, 1);
        history.close();
        const auto lines = history.lines(60, 8, u"others"_s);
        QCOMPARE(lines.size(), std::size_t(2));
        QCOMPARE(lines[0].name, u"a"_s);
        QCOMPARE(lines[0].values, (std::vector<double>{7, 0}));
        QVERIFY(std::isnan(lines[1].values[0])); // nobody knew of b then
        QCOMPARE(lines[1].values[1], 1.0);
        QCOMPARE(history.last(), 1.0);
    }
    void silenceMayMeanUnknown()
    {
        MetricHistory history(MetricHistory::Silence::Unknown);
        history.set(u"Produce"_s, 1.5);
        history.close();
        history.close();
        const auto lines = history.lines(60, 8, u"others"_s);
        QCOMPARE(lines[0].values[0], 1.5);
        QVERIFY(std::isnan(lines[0].values[1]));
    }
    void theSmallestAreSummedUp()
    {
        MetricHistory history;
        for (int i = 0; i < 20; ++i)
            history.add(u"t%1"_s.arg(i), i + 1);
        history.close();
        const auto lines = history.lines(60, 8, u"others"_s);
        QCOMPARE(lines.size(), std::size_t(8));
        QCOMPARE(lines.back().name, u"others"_s);
        QCOMPARE(lines.back().total, 13.0 * 14 / 2);
    }
    void memoryIsBounded()
    {
        MetricHistory history;
        for (int second = 0; second < 1'000; ++second) {
            for (int i = 0; i < 300; ++i)
                history.add(u"t%1"_s.arg((second * 7 + i) % 3'000), 1);
            history.close();
        }
        QCOMPARE(history.seconds(), MetricHistory::kSeconds);
        QVERIFY(history.lines(900, 100'000, u"others"_s).size() <= MetricHistory::kMostLines);
    }
    void percentilesAreRightToATenth()
    {
        LatencyBuckets buckets;
        for (int i = 1; i <= 1'000; ++i)
            buckets.add(i * 10'000);
        QVERIFY(std::abs(buckets.percentile(0.5) - 5.0) < 0.6);
        QVERIFY(std::abs(buckets.percentile(0.99) - 9.9) < 1.1);
    }
    void eventsBecomeFigures()
    {
        GeneratedCluster cluster;
        MadeEvents events;
        Session session(partsOf(cluster, &events));
        MetricRecorder recorder(session);
        events.batch(EventKind::BatchAppended, "orders", 1, 100, 5'000);
        events.batch(EventKind::BatchAppended, "clicks", 2, 50, 500);
        events.batch(EventKind::BatchDelivered, "orders", 1, 80, 4'000);
        events.response(0, 1'200'000);
        events.response(1, 500'000'000);
        session.pump()->drainNow();
        recorder.closeSecond();
        QCOMPARE(recorder.history(Metric::RecordsIn, MetricSplit::Topic).last(), 150.0);
        QCOMPARE(recorder.history(Metric::BytesOut, MetricSplit::Broker).last(), 4'000.0);
        const auto latency = recorder.history(Metric::Latency, MetricSplit::Topic).lines(60, 8, {});
        QCOMPARE(latency.size(), std::size_t(1)); // a fetch that waits isn't slow
        QCOMPARE(latency[0].name, u"Produce"_s);
        QCOMPARE(recorder.knowledge(Metric::RecordsOut), MetricRecorder::Knowledge::Whole);
    }
    void withoutEventsOffsetsAreAsked()
    {
        GeneratedCluster cluster;
        cluster.addTopic("orders", 2, 1, 1'000);
        Session session(partsOf(cluster, nullptr));
        session.refresh();
        QTRY_VERIFY(session.isConnected());
        MetricRecorder recorder(session);
        QVERIFY(test::isAllAnswered(cluster)); // what to count from
        cluster.append("orders", 0, 1'000);
        recorder.closeSecond();
        recorder.closeSecond(); // asks again
        QTRY_VERIFY([&] {
            recorder.closeSecond();
            return recorder.history(Metric::RecordsIn, MetricSplit::Topic).last() > 0;
        }());
        QCOMPARE(recorder.knowledge(Metric::RecordsOut), MetricRecorder::Knowledge::None);
        QCOMPARE(recorder.knowledge(Metric::RecordsIn), MetricRecorder::Knowledge::Polled);
    }
    void pauseHoldsTheCharts()
    {
        GeneratedCluster cluster;
        MadeEvents events;
        Session session(partsOf(cluster, &events));
        MetricsPage page(session);
        page.show();
        page.findChild<QPushButton*>(u"Pause the charts"_s)->click();
        events.batch(EventKind::BatchAppended, "orders", 1, 100, 5'000);
        session.pump()->drainNow();
        page.recorder().closeSecond();
        auto* chart = page.findChild<MetricChart*>(u"Chart Records in"_s);
        QVERIFY(chart);
        QVERIFY(!chart->accessibleDescription().contains(u"orders"_s));
        page.findChild<QPushButton*>(u"Pause the charts"_s)->click();
        QVERIFY(chart->accessibleDescription().contains(u"orders"_s));
    }
};

QTEST_MAIN(TestMetrics)
#include "test_metrics.moc"
