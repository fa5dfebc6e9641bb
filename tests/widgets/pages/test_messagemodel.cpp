#include "generatedcluster.h"

#include "bridge/reply.h"
#include "models/browsesource.h"
#include "models/messageexport.h"
#include "models/messagemodel.h"
#include "models/tailsource.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace moldau;
using namespace moldau::widgets;
using test::GeneratedCluster;
using Start = MessageQuery::Start;

namespace {

MessageQuery queryOf(
    const char* topic, Start start, const QString& filter = {}, FilterKind kind = FilterKind::Text)
{
    MessageQuery query;
    query.topic = topic;
    query.start = start;
    query.filter = MessageFilter::make(kind, filter).value();
    return query;
}

QString place(const MessageModel& model, int row)
{
    const ShownRecord* record = model.record(row);
    return record ? QStringLiteral("%1:%2").arg(record->partition).arg(record->offset)
                  : QStringLiteral("?");
}

} // namespace

class TestMessageModel : public QObject {
    Q_OBJECT
private slots:
    void resultsForDeadReceiversAreDropped()
    {
        GeneratedCluster cluster;
        cluster.hold(true);
        auto receiver = std::make_unique<QObject>();
        bool isCalled = false;
        cluster.listOffsets("none",
            replyTo<std::vector<client::PartitionOffsets>>(
                receiver.get(), [&](auto) { isCalled = true; }));
        receiver.reset();
        bool isOtherCalled = false;
        cluster.listOffsets("none", replyTo<std::vector<client::PartitionOffsets>>(this, [&](auto) {
            QCOMPARE(QThread::currentThread(), qApp->thread());
            isOtherCalled = true;
        }));
        cluster.hold(false);
        QTRY_VERIFY(isOtherCalled);
        QVERIFY(!isCalled);
    }
    void onlyTheLatestRequestIsAnswered()
    {
        GeneratedCluster cluster;
        cluster.addTopic("a", 1, 1, 1);
        cluster.hold(true);
        LatestRequest request;
        QList<int> answers;
        for (int i = 0; i < 3; ++i)
            cluster.listOffsets("a",
                request.reply<std::vector<client::PartitionOffsets>>(
                    this, [&answers, i](auto) { answers << i; }));
        QVERIFY(request.isPending());
        cluster.hold(false);
        QTRY_COMPARE(answers, QList<int>{2});
        QVERIFY(!request.isPending());
    }

    void isAValidModelInEachMode_data()
    {
        QTest::addColumn<Start>("start");
        QTest::addColumn<QString>("filter");
        QTest::newRow("beginning") << Start::Beginning << QString();
        QTest::newRow("end") << Start::End << QString();
        QTest::newRow("filtered") << Start::Beginning << QStringLiteral("coffee");
        QTest::newRow("tail") << Start::Tail << QString();
    }
    void isAValidModelInEachMode()
    {
        QFETCH(Start, start);
        QFETCH(QString, filter);
        GeneratedCluster cluster;
        cluster.addTopic("orders", 3, 3, 700);
        MessageModel model(cluster, nullptr);
        QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setVisibleRows(0, 20);
        model.read(queryOf("orders", start, filter));
        if (start == Start::Tail)
            cluster.append("orders", 1, 100);
        QTRY_VERIFY(model.rowCount() > 0 && model.record(0));
        model.setVisibleRows(std::max(0, model.rowCount() - 30), model.rowCount() - 1);
        QTRY_VERIFY(model.record(model.rowCount() - 1));
        model.setFields({JsonPath::parse(".price").value()});
        QVERIFY(!model.index(0, MessageModel::FirstFieldColumn).data().toString().isEmpty());
        model.clear();
        QCOMPARE(model.rowCount(), 0);
    }
    void tenMillionRecordsShowAtOnceFromEitherEnd()
    {
        GeneratedCluster cluster;
        cluster.addTopic("orders", 6, 3, 2'000'000);
        MessageModel model(cluster, nullptr);
        model.setVisibleRows(0, 30);
        QElapsedTimer timer;
        timer.start();
        model.read(queryOf("orders", Start::Beginning));
        QTRY_VERIFY(model.record(30));
        qInfo("first page of 12,000,000 after %lld ms, %lld records read",
            static_cast<long long>(timer.elapsed()), static_cast<long long>(cluster.recordsRead()));
        QCOMPARE(model.rowCount(), 12'000'000);
        QCOMPARE(model.progress().rowCount, MessageSource::RowCount::Partial);
        QVERIFY2(
            cluster.recordsRead() < 20'000, qPrintable(QString::number(cluster.recordsRead())));
        for (int row = 0; row < 30; ++row)
            QVERIFY(model.record(row)->timestampMs <= model.record(row + 1)->timestampMs);
        model.read(queryOf("orders", Start::End));
        QTRY_VERIFY(model.record(0));
        QCOMPARE(model.record(0)->offset, 1'999'999);
        QVERIFY(model.record(0)->timestampMs >= model.record(1)->timestampMs);
    }
    void jumpingReadsOnlyWhatIsSeen()
    {
        GeneratedCluster cluster;
        cluster.addTopic("orders", 3, 3, 1'000'000);
        MessageModel model(cluster, nullptr);
        model.read(queryOf("orders", Start::Beginning));
        QTRY_COMPARE(model.rowCount(), 3'000'000);
        for (int row = 0; row < 3'000'000; row += 70'000)
            model.setVisibleRows(row, row + 30); // dragged past, not rested on
        model.setVisibleRows(1'500'000, 1'500'030);
        QTRY_VERIFY(model.record(1'500'000) && model.record(1'500'030));
        QVERIFY2(
            cluster.recordsRead() < 40'000, qPrintable(QString::number(cluster.recordsRead())));
    }
    void smallTopicsAreOrderedByTimeThroughout()
    {
        GeneratedCluster cluster;
        cluster.addTopic("orders", 3, 3, 1000);
        MessageModel model(cluster, nullptr);
        model.setVisibleRows(0, 30);
        model.read(queryOf("orders", Start::Beginning));
        QTRY_VERIFY(model.record(2999));
        for (int row = 1; row < 3000; ++row)
            QVERIFY(model.record(row - 1)->timestampMs <= model.record(row)->timestampMs);
        QCOMPARE(model.progress().rowCount, MessageSource::RowCount::Complete);
    }
    void gapsShrinkTheCountWhenTheyAreFound()
    {
        GeneratedCluster cluster;
        cluster.addTopic("compacted", 1, 1, 10'000);
        cluster.changeTopic("compacted", [](GeneratedCluster::Topic& topic) {
            topic.isGap = [](std::int32_t, std::int64_t offset) {
                return offset < 5'000 || offset % 2 == 0;
            };
        });
        MessageModel model(cluster, nullptr);
        QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setVisibleRows(0, 30);
        model.read(queryOf("compacted", Start::Beginning));
        QTRY_VERIFY(model.record(0));
        QTRY_VERIFY(model.record(30));
        QCOMPARE(place(model, 0), QStringLiteral("0:5001"));
        QCOMPARE(place(model, 1), QStringLiteral("0:5003"));
        for (int row = 0; row < 2'600; row += 100) {
            model.setVisibleRows(row, row + 30);
            QTRY_VERIFY(!model.progress().isRunning);
        }
        QTRY_COMPARE(model.rowCount(), 2'500);
        QCOMPARE(model.progress().rowCount, MessageSource::RowCount::Complete);
    }
    void startsAtAnOffsetOrATime()
    {
        GeneratedCluster cluster;
        cluster.addTopic("orders", 2, 2, 1000);
        MessageModel model(cluster, nullptr);
        model.setVisibleRows(0, 30);
        MessageQuery query = queryOf("orders", Start::Offset);
        query.value = 990;
        query.partitions = {1};
        model.read(query);
        QTRY_VERIFY(model.record(0));
        QCOMPARE(place(model, 0), QStringLiteral("1:990"));
        QCOMPARE(model.rowCount(), 10);
        query = queryOf("orders", Start::Time);
        query.value = GeneratedCluster::kFirstMs + 180 * 500;
        model.read(query);
        QTRY_VERIFY(model.record(0));
        QCOMPARE(model.record(0)->offset, 500);
    }
    void findsAllMatchesInOrder()
    {
        GeneratedCluster cluster;
        cluster.addTopic("orders", 3, 3, 100'000);
        MessageModel model(cluster, nullptr);
        model.setVisibleRows(0, 30);
        model.read(queryOf("orders", Start::Beginning, QStringLiteral(".price == 9007199254740993"),
            FilterKind::Json));
        QTRY_VERIFY(
            model.progress().rowCount == MessageSource::RowCount::Complete && model.record(0));
        int expected = 0;
        auto filter
            = MessageFilter::make(FilterKind::Json, QStringLiteral(".price == 9007199254740993"))
                  .value();
        for (int partition = 0; partition < 3; ++partition) {
            for (int offset = 0; offset < 100'000; ++offset)
                expected += filter->matches(GeneratedCluster::orderAt(partition, offset));
        }
        QVERIFY(expected > 1000);
        QCOMPARE(model.rowCount(), expected);
        QCOMPARE(model.progress().scanned, 300'000);
        QVERIFY(model.index(0, model.valueColumn())
                    .data()
                    .toString()
                    .contains(QStringLiteral("9007199254740993")));
    }
    void staleQueriesAreDropped()
    {
        GeneratedCluster cluster;
        cluster.addTopic("a", 1, 1, 10);
        cluster.addTopic("b", 1, 1, 20);
        MessageModel model(cluster, nullptr);
        cluster.hold(true);
        model.read(queryOf("a", Start::Beginning));
        model.read(queryOf("b", Start::Beginning));
        cluster.hold(false);
        QTRY_COMPARE(model.rowCount(), 20);
        QVERIFY(test::isAllAnswered(cluster));
        QCOMPARE(model.rowCount(), 20);
    }
    void cancelStopsAScan()
    {
        GeneratedCluster cluster;
        cluster.addTopic("orders", 1, 1, 1'000'000'000);
        MessageModel model(cluster, nullptr);
        model.read(queryOf("orders", Start::Beginning, QStringLiteral("9007199254740993")));
        QTRY_VERIFY(model.rowCount() > 0);
        model.cancel();
        QVERIFY(!model.progress().isRunning);
        QCOMPARE(model.progress().rowCount, MessageSource::RowCount::Partial);
    }
    void errorsAreToldAndRetried()
    {
        GeneratedCluster cluster;
        cluster.addTopic("orders", 1, 1, 10);
        MessageModel model(cluster, nullptr);
        QSignalSpy failed(&model, &MessageModel::failed);
        cluster.failWith(Error{ErrorCode::LocalTimeout, "no broker answers"});
        model.setVisibleRows(0, 5);
        model.read(queryOf("orders", Start::Beginning));
        QTRY_COMPARE(failed.count(), 1);
        cluster.failWith({});
        model.retry();
        QTRY_VERIFY(model.record(9));
    }
    void tailIsARingWithNewestFirst()
    {
        GeneratedCluster cluster;
        cluster.addTopic("orders", 1, 1, 10);
        MessageModel model(cluster, nullptr);
        model.read(queryOf("orders", Start::Tail));
        QSignalSpy inserts(&model, &QAbstractItemModel::rowsInserted);
        QSignalSpy removes(&model, &QAbstractItemModel::rowsRemoved);
        cluster.append("orders", 0, 3);
        QTRY_COMPARE(model.rowCount(), 3);
        QCOMPARE(place(model, 0), QStringLiteral("0:12"));
        cluster.append("orders", 0, 20'000);
        QTRY_VERIFY(model.record(0) && model.record(0)->offset == 20'012);
        QCOMPARE(model.rowCount(), TailSource::kDefaultRows);
        QVERIFY(removes.count() <= inserts.count());
        QTRY_COMPARE(model.progress().matched, 20'003);
        model.setPaused(true);
        // Another tail shows what it gets as often: between its two turns the held one has had one.
        MessageModel witness(cluster, nullptr);
        witness.read(queryOf("orders", Start::Tail));
        QVERIFY(test::isAllAnswered(cluster));
        cluster.append("orders", 0, 2);
        QTRY_COMPARE(witness.rowCount(), 2);
        cluster.append("orders", 0, 3);
        QTRY_COMPARE(witness.rowCount(), 5);
        QCOMPARE(model.record(0)->offset, 20'012);
        model.setPaused(false);
        QTRY_COMPARE(model.record(0)->offset, 20'017);
    }
    void nullEmptyAndExactValuesShowAsWhatTheyAre()
    {
        GeneratedCluster cluster;
        cluster.addTopic("t", 1, 1, 4);
        cluster.changeTopic("t", [](GeneratedCluster::Topic& topic) {
            topic.make = [](std::int32_t, std::int64_t offset) {
                client::Record record;
                record.offset = offset;
                record.timestampMs = offset;
                if (offset == 1)
                    record.value = Bytes();
                if (offset == 2)
                    record.value = Bytes{0xff, 0x00};
                if (offset == 3) {
                    const BytesView text = asBytes("{\"n\":18446744073709551617}");
                    record.value = Bytes(text.begin(), text.end());
                }
                return record;
            };
        });
        MessageModel model(cluster, nullptr);
        model.setVisibleRows(0, 3);
        model.read(queryOf("t", Start::Beginning));
        QTRY_VERIFY(model.record(3));
        const auto kind = [&](int row) {
            return static_cast<MessageModel::ValueKind>(
                model.index(row, model.valueColumn()).data(MessageModel::ValueKindRole).toInt());
        };
        QCOMPARE(kind(0), MessageModel::ValueKind::Null);
        QCOMPARE(kind(1), MessageModel::ValueKind::Empty);
        QCOMPARE(kind(2), MessageModel::ValueKind::Binary);
        QCOMPARE(kind(3), MessageModel::ValueKind::Text);
        model.setFields({JsonPath::parse(".n").value()});
        QCOMPARE(model.index(3, MessageModel::FirstFieldColumn).data().toString(),
            QStringLiteral("18446744073709551617"));
    }
    void exportIsWholeAndExact()
    {
        GeneratedCluster cluster;
        cluster.addTopic("orders", 2, 1, 6'000);
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("orders.jsonl"));
        MessageExport writer(cluster, "orders", RowLayout({{0, 0, 6'000}, {1, 0, 6'000}}), nullptr,
            path, MessageExport::Format::JsonLines, nullptr);
        QSignalSpy finished(&writer, &MessageExport::finished);
        QTRY_COMPARE(finished.count(), 1);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        int lines = 0;
        bool hasExact = false;
        JsonText json;
        while (!file.atEnd()) {
            const QByteArray line = file.readLine().trimmed();
            QVERIFY2(json.parse(line.toStdString()), line.constData());
            hasExact |= line.contains("\"price\":9007199254740993");
            ++lines;
        }
        QCOMPARE(lines, 12'000);
        QVERIFY(hasExact);
    }
    void exportTellsNullFromEmptyAndBytes()
    {
        client::Record record;
        record.value = Bytes();
        QCOMPARE(MessageExport::csvLine(record), std::string("0,0,-1,,\"\"\n"));
        record.key = Bytes{0xff};
        record.value.reset();
        QCOMPARE(MessageExport::jsonLine(record),
            std::string("{\"partition\":0,\"offset\":0,\"timestamp\":-1,\"keyBase64\":\"/"
                        "w==\",\"value\":null,\"headers\":[]}\n"));
    }
    void histogramKnowsEveryRecordWithoutReadingThem()
    {
        GeneratedCluster cluster;
        cluster.addTopic("orders", 3, 3, 500'000);
        MessageModel model(cluster, nullptr);
        model.read(queryOf("orders", Start::Beginning));
        QTRY_VERIFY(model.timeIndex() && model.timeIndex()->isFinished());
        const std::vector<double> counts = model.timeIndex()->counts();
        double sum = 0;
        for (const double count : counts)
            sum += count;
        QCOMPARE(sum, 1'500'000.0);
        for (const double count : counts)
            QVERIFY(std::abs(count - 1'500'000.0 / TimeIndex::kBins) < 10);
        QVERIFY(cluster.recordsRead() < 10'000);
    }
};

QTEST_MAIN(TestMessageModel)
#include "test_messagemodel.moc"
