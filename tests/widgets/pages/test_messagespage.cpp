#include "openedpage.h"

#include "common/label.h"
#include "common/messagebar.h"
#include "common/style.h"
#include "models/jsontreemodel.h"
#include "panes/messagedetail.h"
#include "panes/messagehistogram.h"
#include "panes/messagespage.h"
#include "panes/messageview.h"

#include <QAccessible>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTabBar>
#include <QTest>
#include <QTreeView>

using namespace moldau;
using namespace moldau::widgets;
using namespace Qt::Literals::StringLiterals;
using test::GeneratedCluster;
using test::OpenedPage;

namespace {

struct Opened : OpenedPage<MessagesPage> {
    using OpenedPage::OpenedPage;
    MessageView* view() const { return page.findChild<MessageView*>(); }
    MessageModel* model() const { return qobject_cast<MessageModel*>(view()->model()); }
    QString count() const { return find<QLabel>("Messages count")->text(); }
    void select(int row) { view()->setCurrentIndex(view()->model()->index(row, 0)); }
};

} // namespace

class TestMessagesPage : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(u"moldau-test"_s);
        MoldauStyle::install(*qApp, Theme());
    }
    void controlsHaveTheirNames()
    {
        GeneratedCluster cluster;
        Opened opened(cluster);
        for (const char* name :
            {"Messages topic", "Messages filter", "Start from", "Read", "Messages"}) {
            auto* control = opened.find<QWidget>(name);
            QVERIFY2(control, name);
            QCOMPARE(control->accessibleName(), QLatin1String(name));
        }
        QVERIFY(opened.find<QWidget>("Record detail"));
    }
    void readsWhatWasAskedFor()
    {
        GeneratedCluster cluster;
        cluster.addTopic("orders", 3, 3, 100'000);
        Opened opened(cluster);
        QTRY_VERIFY(opened.session.isConnected());
        auto* topic = opened.find<QComboBox>("Messages topic");
        QTest::keyClicks(topic->lineEdit(), u"orders"_s);
        QTest::mouseClick(opened.find<QPushButton>("Read"), Qt::LeftButton);
        QTRY_COMPARE(opened.model()->rowCount(), 300'000);
        QTRY_VERIFY(opened.model()->record(0));
        opened.find<QLineEdit>("Messages filter")->setText(u"9007199254740993"_s);
        QTest::keyClick(opened.find<QLineEdit>("Messages filter"), Qt::Key_Return);
        QTRY_COMPARE(opened.model()->progress().rowCount, MessageSource::RowCount::Complete);
        QCOMPARE(opened.count(),
            u"%1 of 300,000 match"_s.arg(QLocale().toString(opened.model()->rowCount())));
    }
    void aRowThatWasChosenBeforeItsRecordCameIsShownThen()
    {
        GeneratedCluster cluster;
        cluster.addTopic("orders", 1, 1, 1'000'000);
        Opened opened(cluster);
        opened.page.open({{u"topic"_s, u"orders"_s}});
        QTRY_COMPARE(opened.model()->rowCount(), 1'000'000);
        QVERIFY(!opened.model()->record(700'000));
        opened.select(700'000);
        QTRY_VERIFY(opened.find<QWidget>("Record detail")->isVisible());
        QCOMPARE(opened.page.findChild<MessageDetail*>()->record().offset, 700'000);
    }
    void aBadFilterIsToldBelowTheField()
    {
        GeneratedCluster cluster;
        cluster.addTopic("orders", 1, 1, 10);
        Opened opened(cluster);
        opened.page.open({{u"topic"_s, u"orders"_s}});
        QTRY_COMPARE(opened.model()->rowCount(), 10);
        opened.find<QComboBox>("Kind of filter")->setCurrentIndex(3);
        opened.find<QLineEdit>("Messages filter")->setText(u"price > 1"_s);
        opened.find<QPushButton>("Read")->click();
        const auto labels = opened.page.findChildren<Label*>();
        QVERIFY(std::any_of(labels.begin(), labels.end(), [](const Label* label) {
            return label->isVisible() && label->text().contains(u"expected a field"_s);
        }));
        QCOMPARE(opened.model()->rowCount(), 10);
    }
    void scrollingThroughTenMillionStaysCheap()
    {
        GeneratedCluster cluster;
        cluster.addTopic("orders", 6, 3, 2'000'000);
        Opened opened(cluster);
        opened.page.open({{u"topic"_s, u"orders"_s}});
        QTRY_COMPARE(opened.model()->rowCount(), 12'000'000);
        QScrollBar* bar = opened.view()->verticalScrollBar();
        QElapsedTimer timer;
        timer.start();
        constexpr int kFrames = 120;
        for (int i = 0; i < kFrames; ++i) {
            bar->setValue(static_cast<int>(qint64(bar->maximum()) * i / kFrames));
            opened.view()->viewport()->repaint();
        }
        qInfo("%.2f ms a frame", static_cast<double>(timer.elapsed()) / kFrames);
        QVERIFY(timer.elapsed() / kFrames < 50);
        bar->setValue(bar->maximum());
        QTRY_VERIFY(opened.model()->record(11'999'999));
        QCOMPARE(opened.view()->lastVisibleRow(), 11'999'999);
        QVERIFY(cluster.recordsRead() < 200'000);
    }
    void moreRowsThanPixelsCanBeReached()
    {
        GeneratedCluster cluster;
        cluster.addTopic("huge", 2, 1, 500'000'000);
        Opened opened(cluster);
        opened.page.open({{u"topic"_s, u"huge"_s}});
        QTRY_COMPARE(opened.model()->rowCount(), 1'000'000'000);
        QTest::keyClick(opened.view(), Qt::Key_End);
        QCOMPARE(opened.view()->currentIndex().row(), 999'999'999);
        QTRY_VERIFY(opened.model()->record(999'999'999));
        QTest::keyClick(opened.view(), Qt::Key_PageUp);
        QVERIFY(opened.view()->currentIndex().row() < 999'999'990);
        QVERIFY(!opened.view()->visualRect(opened.view()->currentIndex()).isNull());
    }
    void detailShowsTheWholeRecord()
    {
        GeneratedCluster cluster;
        cluster.addTopic("big", 1, 1, 3);
        cluster.changeTopic("big", [](GeneratedCluster::Topic& topic) {
            topic.make = [](std::int32_t, std::int64_t offset) {
                client::Record record;
                record.offset = offset;
                record.timestampMs = GeneratedCluster::kFirstMs;
                const std::string value
                    = "{\"pad\":\"" + std::string(5'000, 'x') + "\",\"price\":9007199254740993}";
                const BytesView text = asBytes(value);
                record.value = Bytes(text.begin(), text.end());
                record.headers = {{"a", Bytes{'1'}}, {"b", std::nullopt}};
                return record;
            };
        });
        Opened opened(cluster);
        opened.page.open({{u"topic"_s, u"big"_s}});
        QTRY_VERIFY(opened.model()->record(2));
        opened.select(1);
        auto* detail = opened.page.findChild<MessageDetail*>();
        QVERIFY(detail->isVisible());
        QTRY_COMPARE(detail->record().value->size(), std::size_t(5'035));
        auto* tree = detail->findChild<QTreeView*>(u"Tree"_s);
        const QModelIndex root = tree->model()->index(0, 0);
        QCOMPARE(tree->model()->index(1, JsonTreeModel::ValueColumn, root).data().toString(),
            u"9007199254740993"_s);
        detail->findChild<QTabBar*>()->setCurrentIndex(1);
        QVERIFY(detail->findChild<QPlainTextEdit*>(u"Text"_s)->toPlainText().endsWith(
            u"\"price\": 9007199254740993\n}"_s));
        QCOMPARE(detail->findChild<QTabBar*>()->tabText(3), u"Headers 2"_s);
    }
    void keyOnlyAsksForThatKey()
    {
        GeneratedCluster cluster;
        cluster.addTopic("orders", 1, 1, 2'000);
        Opened opened(cluster);
        opened.page.open({{u"topic"_s, u"orders"_s}});
        QTRY_VERIFY(opened.model()->record(0));
        opened.select(0);
        const QString key = opened.model()->index(0, MessageModel::KeyColumn).data().toString();
        opened.find<QPushButton>("This key only")->click();
        QCOMPARE(opened.find<QLineEdit>("Messages filter")->text(), key);
        QTRY_COMPARE(opened.model()->progress().rowCount, MessageSource::RowCount::Complete);
        QVERIFY(opened.model()->rowCount() > 1);
        for (int row = 0; row < opened.model()->rowCount(); ++row)
            QCOMPARE(opened.model()->index(row, MessageModel::KeyColumn).data().toString(), key);
    }
    void brushNarrowsTheTime()
    {
        GeneratedCluster cluster;
        cluster.addTopic("orders", 2, 1, 128'000);
        Opened opened(cluster);
        opened.page.open({{u"topic"_s, u"orders"_s}});
        QTRY_VERIFY(opened.model()->timeIndex() && opened.model()->timeIndex()->isFinished());
        auto* histogram = opened.page.findChild<MessageHistogram*>();
        const int y = histogram->height() / 2;
        QTest::mousePress(histogram, Qt::LeftButton, {}, QPoint(histogram->width() / 4, y));
        QMouseEvent move(QEvent::MouseMove, QPointF(histogram->width() / 2.0, y),
            histogram->mapToGlobal(QPointF(histogram->width() / 2.0, y)), Qt::LeftButton,
            Qt::LeftButton, {});
        QCoreApplication::sendEvent(histogram, &move);
        QTest::mouseRelease(histogram, Qt::LeftButton, {}, QPoint(histogram->width() / 2, y));
        QTRY_VERIFY(opened.model()->rowCount() > 50'000 && opened.model()->rowCount() < 80'000);
        QTRY_VERIFY(opened.model()->record(0));
        QVERIFY(histogram->selection().has_value());
    }
    void tailShowsWhatComesAndPauses()
    {
        GeneratedCluster cluster;
        cluster.addTopic("orders", 1, 1, 100);
        Opened opened(cluster);
        QTRY_VERIFY(opened.session.isConnected());
        auto* start = opened.find<QComboBox>("Start from");
        start->setCurrentIndex(start->count() - 1);
        opened.find<QComboBox>("Messages topic")->setEditText(u"orders"_s);
        opened.find<QPushButton>("Read")->click();
        QVERIFY(!opened.page.findChild<MessageHistogram*>()->isVisible());
        cluster.append("orders", 0, 3);
        QTRY_COMPARE(opened.model()->rowCount(), 3);
        auto* pause = opened.find<QPushButton>("Pause tail");
        QVERIFY(pause->isVisible());
        pause->click();
        // Another tail shows what it gets as often: between its two turns the held one has had one.
        MessageModel witness(cluster, nullptr);
        witness.read(opened.model()->query());
        QVERIFY(test::isAllAnswered(cluster));
        cluster.append("orders", 0, 1);
        QTRY_COMPARE(witness.rowCount(), 1);
        cluster.append("orders", 0, 2);
        QTRY_COMPARE(witness.rowCount(), 3);
        QCOMPARE(opened.model()->rowCount(), 3);
        pause->click();
        QTRY_COMPARE(opened.model()->rowCount(), 6);
    }
    void tailKeepsTheEyeInItsPlace()
    {
        GeneratedCluster cluster;
        cluster.addTopic("orders", 1, 1, 0);
        Opened opened(cluster);
        opened.find<QComboBox>("Messages topic")->setEditText(u"orders"_s);
        opened.find<QComboBox>("Start from")->setCurrentIndex(4);
        opened.find<QPushButton>("Read")->click();
        cluster.append("orders", 0, 500);
        QTRY_COMPARE(opened.model()->rowCount(), 500);
        opened.view()->scrollTo(opened.model()->index(100, 0), QAbstractItemView::PositionAtTop);
        const std::int64_t seen = opened.model()->record(opened.view()->firstVisibleRow())->offset;
        cluster.append("orders", 0, 37);
        QTRY_COMPARE(opened.model()->rowCount(), 537);
        QCOMPARE(opened.model()->record(opened.view()->firstVisibleRow())->offset, seen);
    }
    void escapeCancelsAScan()
    {
        GeneratedCluster cluster;
        cluster.addTopic("orders", 1, 1, 1'000'000'000);
        Opened opened(cluster);
        opened.find<QComboBox>("Messages topic")->setEditText(u"orders"_s);
        opened.find<QLineEdit>("Messages filter")->setText(u"9007199254740993"_s);
        opened.find<QPushButton>("Read")->click();
        QTRY_VERIFY(opened.model()->rowCount() > 0);
        QTest::keyClick(&opened.page, Qt::Key_Escape);
        QVERIFY(!opened.model()->progress().isRunning);
    }
    void errorsAreToldAndTriedAgain()
    {
        GeneratedCluster cluster;
        cluster.addTopic("orders", 1, 1, 10);
        Opened opened(cluster);
        cluster.failWith(Error{ErrorCode::LocalTimeout, "no broker answers"});
        opened.page.open({{u"topic"_s, u"orders"_s}});
        auto* bar = opened.page.findChild<MessageBar*>();
        QTRY_VERIFY(bar->isVisible());
        cluster.failWith({});
        emit bar->actionTriggered();
        QTRY_COMPARE(opened.model()->rowCount(), 10);
    }
    void screenReadersSeeATable()
    {
        GeneratedCluster cluster;
        cluster.addTopic("orders", 1, 1, 100'000);
        Opened opened(cluster);
        opened.page.open({{u"topic"_s, u"orders"_s}});
        QTRY_VERIFY(opened.model()->record(0));
        QAccessibleInterface* view = QAccessible::queryAccessibleInterface(opened.view());
        QVERIFY(view);
        QCOMPARE(view->role(), QAccessible::Table);
        QCOMPARE(view->text(QAccessible::Name), u"Messages"_s);
        QAccessibleTableInterface* table = view->tableInterface();
        QVERIFY(table);
        QCOMPARE(table->rowCount(), 100'000);
        QCOMPARE(table->columnDescription(MessageModel::OffsetColumn), u"Offset"_s);
        QCOMPARE(table->cellAt(5, MessageModel::OffsetColumn)->text(QAccessible::Name), u"5"_s);
        QVERIFY(table->selectRow(3));
        QVERIFY(opened.page.findChild<MessageDetail*>()->isVisible());
        QVERIFY(view->childCount() < 1000);
    }
};

QTEST_MAIN(TestMessagesPage)
#include "test_messagespage.moc"
