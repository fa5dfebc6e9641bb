#include "generatedcluster.h"

#include "bridge/replicasizes.h"
#include "models/configmodel.h"
#include "models/configwords.h"
#include "models/partitionmodel.h"
#include "models/topictreemodel.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace moldau;
using namespace moldau::widgets;

namespace {

client::TopicDescription topicOf(const QString& name, int partitions = 1)
{
    client::TopicDescription topic;
    topic.name = name.toStdString();
    for (int i = 0; i < partitions; ++i)
        topic.partitions.push_back(
            {i, BrokerId{1}, 0, {BrokerId{1}, BrokerId{2}}, {BrokerId{1}, BrokerId{2}}, {}});
    return topic;
}

std::vector<client::TopicDescription> topicsOf(const QStringList& names)
{
    std::vector<client::TopicDescription> topics;
    for (const QString& name : names)
        topics.push_back(topicOf(name));
    return topics;
}

MetadataPtr metadataOf(std::vector<client::TopicDescription> topics)
{
    client::ClusterDescription description;
    description.topics = std::move(topics);
    return std::make_shared<Metadata>(std::move(description));
}

MetadataPtr metadataOf(const QStringList& names)
{
    return metadataOf(topicsOf(names));
}

QString outline(const QAbstractItemModel& model, const QModelIndex& parent = {})
{
    QStringList rows;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        QString text = index.data().toString();
        if (model.rowCount(index) > 0)
            text += u'(' + outline(model, index) + u')';
        rows << text;
    }
    return rows.join(u' ');
}

} // namespace

class TestTopicModels : public QObject {
    Q_OBJECT
private slots:
    void namesWithACommonPrefixFormABranch()
    {
        TopicTreeModel model;
        QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setMetadata(metadataOf({QStringLiteral("shop.orders"),
            QStringLiteral("shop.payments"), QStringLiteral("shop.payments.dlq"),
            QStringLiteral("topic-test"), QStringLiteral("greetings")}));
        QCOMPARE(outline(model),
            QStringLiteral("shop(orders payments payments.dlq) greetings topic-test"));
        model.setMetadata(metadataOf(
            {QStringLiteral("eu.shop.a"), QStringLiteral("eu.shop.b"), QStringLiteral("x")}));
        QCOMPARE(outline(model), QStringLiteral("eu.shop(a b) x"));
        QCOMPARE(model.indexOf(QStringLiteral("eu.shop.b"))
                     .data(TopicTreeModel::TopicNameRole)
                     .toString(),
            QStringLiteral("eu.shop.b"));
        model.setTree(false);
        QCOMPARE(outline(model), QStringLiteral("eu.shop.a eu.shop.b x"));
    }
    void changesMoveOnlyTheRowsThatDiffer()
    {
        TopicTreeModel model;
        QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setMetadata(metadataOf({QStringLiteral("a.x"), QStringLiteral("a.y"),
            QStringLiteral("b"), QStringLiteral("c")}));
        const QPersistentModelIndex kept = model.indexOf(QStringLiteral("a.y"));
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
        model.setMetadata(metadataOf({QStringLiteral("a.x"), QStringLiteral("a.y"),
            QStringLiteral("a.z"), QStringLiteral("b"), QStringLiteral("c")}));
        QCOMPARE(inserted.count(), 1);
        QCOMPARE(removed.count(), 0);
        QVERIFY(kept.isValid());
        QCOMPARE(kept.data().toString(), QStringLiteral("y"));
        model.setMetadata(metadataOf({QStringLiteral("a.y"), QStringLiteral("c")}));
        QCOMPARE(outline(model), QStringLiteral("a.y c"));
        QCOMPARE(reset.count(), 0);
    }
    void anySequenceOfSetsEndsInTheSameTree()
    {
        QRandomGenerator random(7);
        TopicTreeModel model;
        QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        static const QString kParts[] = {
            QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("ab"), QStringLiteral("__c")};
        static const QString kSeparators[]
            = {QStringLiteral("."), QStringLiteral("-"), QStringLiteral("_")};
        for (int round = 0; round < 300; ++round) {
            QStringList names;
            const int count = random.bounded(12);
            for (int i = 0; i < count; ++i) {
                QString name = kParts[random.bounded(4)];
                for (int depth = random.bounded(4); depth > 0; --depth)
                    name += kSeparators[random.bounded(3)] + kParts[random.bounded(4)];
                if (!names.contains(name))
                    names << name;
            }
            model.setMetadata(metadataOf(names));
            TopicTreeModel fresh;
            fresh.setMetadata(metadataOf(names));
            QCOMPARE(outline(model), outline(fresh));
            for (const QString& name : names)
                QCOMPARE(model.indexOf(name).data(TopicTreeModel::TopicNameRole).toString(), name);
        }
    }
    void tenThousandTopicsAreQuick()
    {
        QStringList names;
        for (int i = 0; i < 10'000; ++i)
            names << QStringLiteral("team%1.service%2.topic-%3").arg(i % 40).arg(i % 13).arg(i);
        std::vector<client::TopicDescription> topics;
        for (const QString& name : names)
            topics.push_back(topicOf(name, 5));
        TopicTreeModel model;
        QElapsedTimer timer;
        timer.start();
        model.setMetadata(metadataOf(topics));
        const qint64 first = timer.restart();
        topics.pop_back();
        model.setMetadata(metadataOf(topics));
        const qint64 second = timer.elapsed();
        qInfo("10,000 topics: first %lld ms, one less %lld ms", static_cast<long long>(first),
            static_cast<long long>(second));
        QVERIFY(first < 2000 && second < 1000);
    }
    void aFilterLeavesTheTreeOfWhatMatches()
    {
        TopicTreeModel model;
        QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        auto topics = topicsOf({QStringLiteral("shop.orders"), QStringLiteral("shop.payments"),
            QStringLiteral("shop.payments.dlq"), QStringLiteral("Payments"),
            QStringLiteral("__consumer_offsets")});
        topics.back().isInternal = true;
        model.setMetadata(metadataOf(topics));
        model.setInternalShown(false);
        model.setText(QStringLiteral("pay"));
        QCOMPARE(outline(model), QStringLiteral("shop(payments payments.dlq) Payments"));
        model.setText(QStringLiteral("dlq pay"));
        QCOMPARE(outline(model), QStringLiteral("shop.payments.dlq"));
        QVERIFY(!model.indexOf(QStringLiteral("shop.orders")).isValid());
        QVERIFY(model.topic(QStringLiteral("shop.orders"))); // it is there, though not shown
        // What comes meanwhile is filtered too.
        topics.push_back(topicOf(QStringLiteral("pay.dlq")));
        model.setMetadata(metadataOf(topics));
        QCOMPARE(outline(model), QStringLiteral("pay.dlq shop.payments.dlq"));
        model.setText({});
        QCOMPARE(model.topicCount(), 6);
        QVERIFY(!model.indexOf(QStringLiteral("__consumer_offsets")).isValid());
        model.setFavourites({QStringLiteral("Payments")});
        model.setFavouritesOnly(true);
        QCOMPARE(outline(model), QStringLiteral("★ Payments"));
        model.setFavourites({});
        QCOMPARE(outline(model), QString());
    }
    void rowsFindTheirPlacesWhenFiguresChange()
    {
        TopicTreeModel model;
        QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setTree(false);
        model.setMetadata(
            metadataOf(QStringList{QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}));
        model.sort(TopicTreeModel::RecordsColumn, Qt::DescendingOrder);
        const QPersistentModelIndex kept = model.indexOf(QStringLiteral("c"));
        QCOMPARE(kept.row(), 2);
        model.setRecords(QStringLiteral("b"), 7, 7, 1'000);
        model.setRecords(QStringLiteral("c"), 9, 9, 1'000);
        QTRY_COMPARE(outline(model), QStringLiteral("c b a"));
        QCOMPARE(kept.row(), 0);
        QCOMPARE(kept.data().toString(), QStringLiteral("c"));
        // New ones go where they belong, though others have moved.
        model.setRecords(QStringLiteral("a"), 8, 8, 1'000);
        model.setMetadata(metadataOf(QStringList{
            QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c"), QStringLiteral("d")}));
        QCOMPARE(outline(model), QStringLiteral("c a b d"));
        model.sort(TopicTreeModel::NameColumn, Qt::DescendingOrder);
        QCOMPARE(outline(model), QStringLiteral("d c b a"));
    }
    void sizesAreThoseOfTheLargestCopies()
    {
        const ReplicaSizes sizes({{BrokerId{1}, "orders", 0, 100, 0},
            {BrokerId{1}, "clicks", 0, 7, 0}, {BrokerId{2}, "orders", 0, 60, 40},
            {BrokerId{2}, "orders", 1, 5, 0}, {BrokerId{2}, "", -1, 3, 0}});
        QCOMPARE(sizes.topics().value(QStringLiteral("orders")), 105);
        QCOMPARE(sizes.topics().value(QStringLiteral("clicks")), 7);
        QCOMPARE(sizes.brokers().value(1), 107);
        QCOMPARE(sizes.brokers().value(2), 68);
        QCOMPARE(sizes.of(QStringLiteral("orders")).size(), std::size_t(3));
        QVERIFY(sizes.of(QStringLiteral("other")).empty());
    }
    void ratesComeFromEndOffsets()
    {
        TopicTreeModel model;
        model.setMetadata(metadataOf({QStringLiteral("orders")}));
        model.setRecords(QStringLiteral("orders"), 100, 1000, 10'000);
        model.setRecords(QStringLiteral("orders"), 50, 1824, 12'000);
        const QModelIndex row = model.indexOf(QStringLiteral("orders"));
        QCOMPARE(row.siblingAtColumn(TopicTreeModel::RateColumn).data().toString(),
            QStringLiteral("412"));
        QCOMPARE(row.siblingAtColumn(TopicTreeModel::RecordsColumn).data().toString(),
            QStringLiteral("50"));
    }
    void partitionsShowLeaderAndLag()
    {
        PartitionModel model;
        QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        client::TopicDescription topic;
        topic.name = "orders";
        topic.partitions.push_back({0, BrokerId{1}, 3, {BrokerId{1}, BrokerId{2}, BrokerId{3}},
            {BrokerId{1}, BrokerId{2}}, {}});
        topic.partitions.push_back({1, kNoBroker, 3, {BrokerId{3}}, {BrokerId{3}}, {BrokerId{3}}});
        model.setTopic(topic, {});
        model.setOffsets({{0, 10, 1'746'605}, {1, 0, 5}});
        model.setReplicas({{BrokerId{3}, "orders", 0, 1000, 1204}});
        const auto text
            = [&](int row, int column) { return model.index(row, column).data().toString(); };
        QCOMPARE(text(0, 1), QStringLiteral("leader"));
        QCOMPARE(text(0, 2), QStringLiteral("in sync"));
        QCOMPARE(text(0, 3), QStringLiteral("− 1,204"));
        QCOMPARE(text(1, 3), QStringLiteral("offline"));
        QCOMPARE(text(0, model.offsetColumn()), QStringLiteral("10 – 1,746,605"));
        topic.partitions.push_back(topic.partitions.front());
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        model.setTopic(topic, {});
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(reset.count(), 0);
    }
    void configsOfTheTopicComeFirst()
    {
        ConfigModel model;
        QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setEntries(
            {{"cleanup.policy", "delete", client::ConfigSource::Default, false, false, {}},
                {"retention.ms", "604800000", client::ConfigSource::Topic, false, false, {}}});
        QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("retention.ms"));
        const QPersistentModelIndex kept = model.index(0, 0);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        model.setEntries(
            {{"cleanup.policy", "compact", client::ConfigSource::Topic, false, false, {}},
                {"retention.ms", "604800000", client::ConfigSource::Default, false, false, {}}});
        QCOMPARE(reset.count(), 0);
        QCOMPARE(kept.data().toString(), QStringLiteral("retention.ms"));
        QCOMPARE(kept.row(), 1);
    }
    void wordsSayWhatDeletes()
    {
        const auto entry = [](const char* name, const char* value) {
            return client::ConfigEntry{
                name, value, client::ConfigSource::Default, false, false, {}};
        };
        QVERIFY(whatDeletesRecords({entry("cleanup.policy", "delete"), entry("retention.ms", "-1"),
                                       entry("retention.bytes", "-1")})
                    .contains(QStringLiteral("grows for ever")));
        QVERIFY(whatDeletesRecords(
            {entry("cleanup.policy", "compact"), entry("delete.retention.ms", "86400000")})
                    .contains(QStringLiteral("newest record of each key")));
        QCOMPARE(configValueText(QStringLiteral("retention.bytes"), QStringLiteral("-1")),
            QStringLiteral("-1 (no limit)"));
        QCOMPARE(configValueText(QStringLiteral("segment.bytes"), QStringLiteral("1073741824")),
            QStringLiteral("1073741824 (1 GiB)"));
    }
};

QTEST_MAIN(TestTopicModels)
#include "test_topicmodels.moc"
