// Saves pictures of every page: light and dark, English and Korean. To be looked at.
//     screenshots OUTPUT-FOLDER [PAGE…]
#include "generatedcluster.h"
#include "madeevents.h"
#include "rememberinghost.h"

#include "bridge/eventpump.h"
#include "bridge/session.h"
#include "common/page.h"
#include "common/style.h"
#include "models/checklistmodel.h"
#include "models/topictreemodel.h"
#include "panes/brokerspage.h"
#include "panes/composefindings.h"
#include "panes/composepage.h"
#include "panes/connectsheet.h"
#include "panes/messagespage.h"
#include "panes/messageview.h"
#include "panes/metricspage.h"
#include "panes/topicspage.h"

#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QStandardPaths>
#include <QTabBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>
#include <QTreeView>

#include <cmath>
#include <functional>

using namespace moldau;
using namespace moldau::widgets;
using namespace Qt::Literals::StringLiterals;
using test::GeneratedCluster;

namespace {

void fill(GeneratedCluster& cluster)
{
    cluster.addTopic("shop.orders", 6, 3, 1'747'018);
    cluster.addTopic("shop.clicks", 12, 3, 7'343'333);
    cluster.addTopic("shop.audit", 1, 3, 120'338);
    cluster.addTopic("shop.payments", 6, 3, 200'721);
    cluster.addTopic("shop.payments.dlq", 1, 3, 17);
    for (const char* name : {"billing.invoices", "billing.reminders", "billing.refunds",
             "connect-configs", "connect-offsets", "connect-status"})
        cluster.addTopic(name, 3, 3, 500);
    cluster.addTopic("topic-test", 1, 1, 2);
    cluster.addTopic("greetings", 3, 3, 1'004);
    cluster.addTopic("__consumer_offsets", 50, 3, 40);
    cluster.changeTopic("shop.orders", [](GeneratedCluster::Topic& topic) {
        topic.configs["retention.bytes"] = "1073741824";
        topic.configs["min.insync.replicas"] = "2";
        topic.partitions[4].inSync.pop_back();
        topic.partitions[4].lagOfOutOfSync = 1'204;
    });
    cluster.changeTopic("shop.audit",
        [](GeneratedCluster::Topic& topic) { topic.partitions[0].inSync.pop_back(); });
}

/** What a picture is taken of, and who may be asked to prepare it. */
struct Stage {
    GeneratedCluster cluster{4};
    test::MadeEvents events;
    test::RememberingHost host;
    std::unique_ptr<Session> session;
};

/** A broker was away and is back: others lead what it led. */
void leaveHome(GeneratedCluster& cluster)
{
    for (const char* name : {"shop.orders", "shop.clicks", "billing.invoices"}) {
        cluster.changeTopic(name, [](GeneratedCluster::Topic& topic) {
            for (auto& partition : topic.partitions) {
                if (partition.leader == BrokerId(2))
                    partition.leader = partition.replicas.back();
            }
        });
    }
}

void moveSome(GeneratedCluster& cluster)
{
    std::map<TopicPartition, std::optional<std::vector<BrokerId>>> wishes;
    wishes[{"shop.orders", 0}] = std::vector{BrokerId(4), BrokerId(2), BrokerId(3)};
    wishes[{"shop.clicks", 0}] = std::vector{BrokerId(1), BrokerId(2), BrokerId(4)};
    wishes[{"shop.clicks", 4}] = std::vector{BrokerId(4), BrokerId(2), BrokerId(3)};
    cluster.reassign(std::move(wishes), [](const auto&) {});
}

/** The first brokers hold replication back. */
void limit(GeneratedCluster& cluster, int brokers)
{
    client::ReplicationThrottles throttles;
    for (int i = 1; i <= brokers; ++i)
        throttles.brokers[BrokerId(i)] = {25'000'000, 25'000'000};
    throttles.topics["shop.orders"] = {{"0:1", "0:2"}, {"0:4"}};
    cluster.setThrottlesTo(throttles);
}

/** What was asked of the cluster has been answered, and what followed from that too. */
void settle(Stage& stage)
{
    for (int turn = 0; turn < 4; ++turn)
        test::isAllAnswered(stage.cluster);
}

template <class Condition> void waitUntil(Condition condition)
{
    if (!QTest::qWaitFor(condition, 10'000))
        qWarning("a picture is taken before it is ready");
}

struct Shot {
    QString name;
    std::function<std::unique_ptr<QWidget>(Stage&)> make;
    std::function<void(QWidget&, Stage&)> prepare;
    QSize size{1232, 900};
};

/** Five minutes of a lively cluster, with a broker that slows down in the middle. */
void recordMinutes(Stage& stage, MetricRecorder& recorder)
{
    static constexpr const char* kTopics[]
        = {"shop.orders", "shop.clicks", "shop.audit", "shop.payments"};
    static constexpr double kRates[] = {412, 2'904, 60, 138};
    for (int second = 0; second < 300; ++second) {
        for (int topic = 0; topic < 4; ++topic) {
            for (int broker = 1; broker <= 3; ++broker) {
                const bool isSlow = second > 150 && second < 190 && broker == 3;
                const double wave = 1
                    + 0.22 * std::sin(second / (17.0 + 5 * topic) + topic + broker)
                    + 0.09 * std::sin(second * 1.7 + broker * 3 + topic);
                const int count = static_cast<int>(kRates[topic] / 3 * wave * (isSlow ? 0.25 : 1));
                stage.events.batch(EventKind::BatchAppended, kTopics[topic], broker, count,
                    count * (180 + 90 * topic));
                stage.events.batch(EventKind::BatchDelivered, kTopics[topic], broker,
                    count * (topic == 1 ? 1 : 2),
                    count * (topic == 1 ? 1 : 2) * (180 + 90 * topic));
            }
        }
        const bool isSlow = second > 150 && second < 190;
        for (int i = 0; i < 60; ++i) {
            stage.events.response(0,
                static_cast<std::int64_t>((1.1 + 0.4 * std::sin(second / 9.0) + (i % 13) * 0.05)
                    * (isSlow ? 6 : 1) * 1e6));
            stage.events.response(3,
                static_cast<std::int64_t>(
                    (0.35 + 0.1 * std::sin(second / 5.0) + (i % 7) * 0.03) * 1e6));
            stage.events.response(8,
                static_cast<std::int64_t>((0.8 + 0.2 * std::sin(second / 12.0 + 2) + (i % 5) * 0.06)
                    * (isSlow ? 3 : 1) * 1e6));
        }
        stage.session->pump()->drainNow();
        recorder.closeSecond();
    }
}

QString composeText()
{
    return uR"(version: "3"
services:
  zookeeper:
    image: confluentinc/cp-zookeeper:7.6.0
    environment:
      ZOOKEEPER_CLIENT_PORT: 2181

  broker:
    image: confluentinc/cp-kafka:7.6.0
    depends_on:
      - zookeeper
    ports:
      - "9092:9092"
    environment:
      KAFKA_BROKER_ID: 1
      KAFKA_ZOOKEEPER_CONNECT: zookeeper:2181
      KAFKA_ADVERTISED_LISTENERS: PLAINTEXT://broker:29092,PLAINTEXT_HOST://localhost:9092
      KAFKA_LISTENER_SECURITY_PROTOCOL_MAPS: PLAINTEXT:PLAINTEXT,PLAINTEXT_HOST:PLAINTEXT
      KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: 1   # one broker only
)"_s;
}

QList<Shot> shots()
{
    return {
        {u"topics"_s, [](Stage& stage) { return std::make_unique<TopicsPage>(*stage.session); },
            [](QWidget& widget, Stage& stage) {
                auto& page = static_cast<Page&>(widget);
                settle(stage);
                page.open({{u"topic"_s, u"shop.orders"_s}});
                const auto* tree = page.findChild<QTreeView*>(u"Topics"_s);
                waitUntil([&] {
                    const QModelIndex topic = tree->currentIndex();
                    return !topic.siblingAtColumn(TopicTreeModel::SizeColumn)
                                .data()
                                .toString()
                                .isEmpty()
                        && !topic.siblingAtColumn(TopicTreeModel::RateColumn)
                                .data()
                                .toString()
                                .isEmpty();
                });
            }},
        {u"topics-settings"_s,
            [](Stage& stage) { return std::make_unique<TopicsPage>(*stage.session); },
            [](QWidget& widget, Stage& stage) {
                auto& page = static_cast<Page&>(widget);
                settle(stage);
                page.open({{u"topic"_s, u"shop.orders"_s}});
                settle(stage);
                page.findChildren<QTabBar*>().first()->setCurrentIndex(1);
                auto* table = page.findChildren<QTableView*>().last();
                table->selectRow(1);
                table->setCurrentIndex(table->model()->index(1, 0));
                settle(stage);
            }},
        {u"topics-delete"_s,
            [](Stage& stage) { return std::make_unique<TopicsPage>(*stage.session); },
            [](QWidget& widget, Stage& stage) {
                auto& page = static_cast<Page&>(widget);
                settle(stage);
                page.open({{u"topic"_s, u"shop.orders"_s}});
                settle(stage);
                page.findChild<QPushButton*>(u"Delete topic"_s)->click();
                settle(stage);
            }},
        {u"topics-new"_s, [](Stage& stage) { return std::make_unique<TopicsPage>(*stage.session); },
            [](QWidget& widget, Stage& stage) {
                auto& page = static_cast<Page&>(widget);
                settle(stage);
                page.open({{u"new"_s, true}});
                page.findChild<QLineEdit*>(u"Topic name"_s)->setText(u"shop.returns"_s);
                auto* add = page.findChild<QPushButton*>(u"Add a setting"_s);
                add->click();
                add->click();
                settle(stage);
            }},
        {u"messages"_s, [](Stage& stage) { return std::make_unique<MessagesPage>(*stage.session); },
            [](QWidget& widget, Stage& stage) {
                auto& page = static_cast<Page&>(widget);
                settle(stage);
                page.open({{u"topic"_s, u"shop.orders"_s}});
                auto* view = page.findChild<MessageView*>();
                waitUntil([&] {
                    return qobject_cast<MessageModel*>(view->model())->record(7) != nullptr;
                });
                view->setCurrentIndex(view->model()->index(7, 0));
                settle(stage);
            }},
        {u"messages-filter"_s,
            [](Stage& stage) { return std::make_unique<MessagesPage>(*stage.session); },
            [](QWidget& widget, Stage& stage) {
                auto& page = static_cast<Page&>(widget);
                settle(stage);
                page.open({{u"topic"_s, u"shop.orders"_s}});
                settle(stage);
                page.findChild<QComboBox*>(u"Kind of filter"_s)->setCurrentIndex(3);
                page.findChild<QLineEdit*>(u"Messages filter"_s)
                    ->setText(u".price > 8000 and .item == \"레몬차\""_s);
                page.findChild<QPushButton*>(u"Read"_s)->click();
                auto* view = page.findChild<MessageView*>();
                auto* model = qobject_cast<MessageModel*>(view->model());
                model->setFields({JsonPath::parse(".item").value()});
                model->setFields(
                    {JsonPath::parse(".item").value(), JsonPath::parse(".price").value()});
                waitUntil([&] { return model->record(40) != nullptr; });
                view->setCurrentIndex(view->model()->index(4, 0));
                settle(stage);
            }},
        {u"messages-empty"_s,
            [](Stage& stage) { return std::make_unique<MessagesPage>(*stage.session); },
            [](QWidget&, Stage& stage) { settle(stage); }},
        {u"brokers"_s, [](Stage& stage) { return std::make_unique<BrokersPage>(*stage.session); },
            [](QWidget& page, Stage& stage) {
                settle(stage);
                waitUntil([&] {
                    return page.findChild<QTableView*>(u"Log directories"_s)->model()->rowCount()
                        > 0;
                });
            }},
        {u"brokers-largest"_s,
            [](Stage& stage) { return std::make_unique<BrokersPage>(*stage.session); },
            [](QWidget& page, Stage& stage) {
                settle(stage);
                waitUntil([&] {
                    return page.findChild<QTableView*>(u"Largest replicas"_s)->model()->rowCount()
                        > 0;
                });
                static_cast<Page&>(page).open({{u"tab"_s, u"largest"_s}, {u"broker"_s, u"2"_s}});
                settle(stage);
            }},
        {u"brokers-election"_s,
            [](Stage& stage) {
                leaveHome(stage.cluster);
                return std::make_unique<BrokersPage>(*stage.session);
            },
            [](QWidget& page, Stage& stage) {
                settle(stage);
                static_cast<Page&>(page).open({{u"elect"_s, true}});
                waitUntil([&] {
                    return page.findChild<QTableView*>(u"Leaders that move"_s)->model()->rowCount()
                        > 0;
                });
                settle(stage);
            }},
        {u"brokers-plan"_s,
            [](Stage& stage) { return std::make_unique<BrokersPage>(*stage.session); },
            [](QWidget& page, Stage& stage) {
                settle(stage);
                static_cast<Page&>(page).open({{u"reassign"_s, u"shop.orders"_s}});
                auto* brokers = qobject_cast<CheckListModel*>(
                    page.findChild<QListView*>(u"Brokers to move to"_s)->model());
                brokers->setChecked({u"broker-2"_s, u"broker-3"_s, u"broker-4"_s});
                page.findChild<QLineEdit*>(u"Limit in MB/s"_s)->setText(u"25"_s);
                waitUntil([&] {
                    return page.findChild<QTableView*>(u"Replicas that move"_s)->model()->rowCount()
                        > 0;
                });
                settle(stage);
            }},
        {u"brokers-moving"_s,
            [](Stage& stage) {
                stage.cluster.holdMoves(true);
                moveSome(stage.cluster);
                limit(stage.cluster, 4);
                return std::make_unique<BrokersPage>(*stage.session);
            },
            [](QWidget& page, Stage& stage) {
                settle(stage);
                static_cast<Page&>(page).open({{u"tab"_s, u"moves"_s}});
                waitUntil([&] {
                    auto* cancel = page.findChild<QPushButton*>(u"Cancel reassignments"_s);
                    return cancel->isVisible();
                });
                page.findChild<QPushButton*>(u"Cancel reassignments"_s)->click();
                settle(stage);
            }},
        {u"brokers-limit"_s,
            [](Stage& stage) {
                limit(stage.cluster, 2);
                return std::make_unique<BrokersPage>(*stage.session);
            },
            [](QWidget& page, Stage& stage) {
                settle(stage);
                auto* remove = page.findChild<QPushButton*>(u"Remove the limit"_s);
                waitUntil([remove] { return remove->isVisible(); });
                remove->click();
                settle(stage);
            }},
        {u"metrics"_s, [](Stage& stage) { return std::make_unique<MetricsPage>(*stage.session); },
            [](QWidget& widget, Stage& stage) {
                recordMinutes(stage, static_cast<MetricsPage&>(widget).recorder());
                settle(stage);
            }},
        {u"compose"_s, [](Stage& stage) { return std::make_unique<ComposePage>(stage.host); },
            [](QWidget& widget, Stage& stage) {
                QTemporaryDir folder;
                const QString path = folder.filePath(u"docker-compose.yaml"_s);
                QFile file(path);
                if (file.open(QIODevice::WriteOnly))
                    file.write(composeText().toUtf8());
                file.close();
                static_cast<ComposePage&>(widget).openFile(path);
                auto* findings = widget.findChild<ComposeFindings*>();
                findings->setCurrentIndex(findings->model()->index(0, 0));
                settle(stage);
            }},
        {u"compose-empty"_s, [](Stage& stage) { return std::make_unique<ComposePage>(stage.host); },
            [](QWidget&, Stage&) {}},
        {u"connect"_s,
            [](Stage& stage) {
                return std::make_unique<ConnectSheet>(stage.host,
                    [](const ExternalOptions&)
                        -> Result<std::unique_ptr<client::ClusterConnection>> {
                        auto cluster = std::make_unique<GeneratedCluster>();
                        cluster->addTopic("orders", 1, 1, 1);
                        return cluster;
                    });
            },
            [](QWidget& widget, Stage&) {
                auto& sheet = static_cast<ConnectSheet&>(widget);
                sheet.setOptions({u"staging"_s,
                    u"kafka-1.example.com:9093,kafka-2.example.com:9093"_s,
                    u"security.protocol=SASL_SSL\nsasl.mechanism=SCRAM-SHA-512\nsasl.username=anna\nsasl.password=secret\n"_s,
                    true});
                sheet.findChild<QPushButton*>(u"Test the connection"_s)->click();
                waitUntil(
                    [&] { return !sheet.findChild<QLabel*>(u"Test result"_s)->text().isEmpty(); });
            },
            QSize(460, 720)},
        {u"topics-empty"_s,
            [](Stage& stage) { return std::make_unique<TopicsPage>(*stage.session); },
            [](QWidget& page, Stage& stage) {
                for (const char* name :
                    {"shop.orders", "shop.clicks", "shop.audit", "shop.payments",
                        "shop.payments.dlq", "billing.invoices", "billing.reminders",
                        "billing.refunds", "connect-configs", "connect-offsets", "connect-status",
                        "topic-test", "greetings", "__consumer_offsets"})
                    stage.cluster.deleteTopic(name, [](auto) {});
                waitUntil([&] {
                    return page.findChild<QTreeView*>(u"Topics"_s)->model()->rowCount() == 0;
                });
            }},
    };
}

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QCoreApplication::setOrganizationName(u"moldau-screenshots"_s);
    QStandardPaths::setTestModeEnabled(true);
    const QStringList arguments = application.arguments().mid(1);
    if (arguments.isEmpty())
        return 2;
    const QDir folder(arguments.first());
    folder.mkpath(u"."_s);
    const QStringList wanted = arguments.mid(1);
    for (const QString& language : {u"en"_s, u"ko"_s}) {
        QTranslator translator;
        if (translator.load(u":/i18n/moldau_pages_"_s + language))
            application.installTranslator(&translator);
        QTranslator common;
        if (common.load(u":/i18n/moldau_live_"_s + language))
            application.installTranslator(&common);
        QLocale::setDefault(QLocale(language == u"ko"_s ? QLocale::Korean : QLocale::English));
        for (const ThemeMode mode : {ThemeMode::Light, ThemeMode::Dark}) {
            MoldauStyle::install(application, Theme(mode));
            for (const Shot& shot : shots()) {
                const QString name = u"%1-%2-%3"_s.arg(
                    shot.name, mode == ThemeMode::Light ? u"light"_s : u"dark"_s, language);
                if (!wanted.isEmpty()
                    && std::none_of(wanted.begin(), wanted.end(),
                        [&](const QString& prefix) { return name.contains(prefix); }))
                    continue;
                Stage stage;
                fill(stage.cluster);
                SessionParts parts;
                parts.name = u"Local"_s;
                parts.bootstrap = u"127.0.0.1:19092"_s;
                parts.connection = &stage.cluster;
                parts.brokerAdmin = &stage.cluster;
                parts.events = &stage.events;
                stage.session = std::make_unique<Session>(parts);
                for (const char* topic :
                    {"shop.orders", "shop.clicks", "shop.audit", "shop.payments"})
                    stage.session->colors().numberOf(QString::fromLatin1(topic));
                const std::unique_ptr<QWidget> page = shot.make(stage);
                page->resize(shot.size);
                page->show();
                shot.prepare(*page, stage);
                page->grab().save(folder.filePath(name + u".png"_s));
            }
        }
    }
    return 0;
}
