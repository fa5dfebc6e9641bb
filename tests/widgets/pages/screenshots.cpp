// Saves pictures of every page: light and dark, English and Korean. To be looked at.
//     screenshots OUTPUT-FOLDER [PAGE…]
#include "generatedcluster.h"

#include "bridge/session.h"
#include "common/page.h"
#include "common/style.h"
#include "panes/messagespage.h"
#include "panes/messageview.h"
#include "panes/topicspage.h"

#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QLineEdit>
#include <QPushButton>
#include <QStandardPaths>
#include <QTabBar>
#include <QTableView>
#include <QTest>
#include <QTranslator>

#include <functional>
#include <map>

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
    for (const char* name : {"billing.invoices", "billing.reminders", "billing.refunds", "connect-configs", "connect-offsets", "connect-status"})
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
    cluster.changeTopic("shop.audit", [](GeneratedCluster::Topic& topic) { topic.partitions[0].inSync.pop_back(); });
}

struct Shot {
    QString name;
    std::function<std::unique_ptr<Page>(Session&)> make;
    std::function<void(Page&, GeneratedCluster&)> prepare;
};

QList<Shot> shots()
{
    return {
        {u"topics"_s, [](Session& session) { return std::make_unique<TopicsPage>(session); },
            [](Page& page, GeneratedCluster&) {
                QTest::qWait(300);
                page.open({{u"topic"_s, u"shop.orders"_s}});
                QTest::qWait(2300);
            }},
        {u"topics-settings"_s, [](Session& session) { return std::make_unique<TopicsPage>(session); },
            [](Page& page, GeneratedCluster&) {
                QTest::qWait(300);
                page.open({{u"topic"_s, u"shop.orders"_s}});
                QTest::qWait(300);
                page.findChildren<QTabBar*>().first()->setCurrentIndex(1);
                auto* table = page.findChildren<QTableView*>().last();
                table->selectRow(1);
                table->setCurrentIndex(table->model()->index(1, 0));
                QTest::qWait(100);
            }},
        {u"topics-delete"_s, [](Session& session) { return std::make_unique<TopicsPage>(session); },
            [](Page& page, GeneratedCluster&) {
                QTest::qWait(300);
                page.open({{u"topic"_s, u"shop.orders"_s}});
                QTest::qWait(300);
                page.findChild<QPushButton*>(u"Delete topic"_s)->click();
                QTest::qWait(100);
            }},
        {u"topics-new"_s, [](Session& session) { return std::make_unique<TopicsPage>(session); },
            [](Page& page, GeneratedCluster&) {
                QTest::qWait(300);
                page.open({{u"new"_s, true}});
                page.findChild<QLineEdit*>(u"Topic name"_s)->setText(u"shop.returns"_s);
                auto* add = page.findChild<QPushButton*>(u"Add a setting"_s);
                add->click();
                add->click();
                QTest::qWait(300);
            }},
        {u"messages"_s, [](Session& session) { return std::make_unique<MessagesPage>(session); },
            [](Page& page, GeneratedCluster&) {
                QTest::qWait(300);
                page.open({{u"topic"_s, u"shop.orders"_s}});
                QTest::qWait(1500);
                auto* view = page.findChild<MessageView*>();
                view->setCurrentIndex(view->model()->index(7, 0));
                QTest::qWait(400);
            }},
        {u"messages-filter"_s, [](Session& session) { return std::make_unique<MessagesPage>(session); },
            [](Page& page, GeneratedCluster&) {
                QTest::qWait(300);
                page.open({{u"topic"_s, u"shop.orders"_s}});
                QTest::qWait(600);
                page.findChild<QComboBox*>(u"Kind of filter"_s)->setCurrentIndex(3);
                page.findChild<QLineEdit*>(u"Messages filter"_s)->setText(u".price > 8000 and .item == \"레몬차\""_s);
                page.findChild<QPushButton*>(u"Read"_s)->click();
                auto* view = page.findChild<MessageView*>();
                auto* model = qobject_cast<MessageModel*>(view->model());
                model->setFields({JsonPath::parse(".item").value()});
                model->setFields({JsonPath::parse(".item").value(), JsonPath::parse(".price").value()});
                QTest::qWait(2500);
                view->setCurrentIndex(view->model()->index(4, 0));
                QTest::qWait(300);
            }},
        {u"messages-empty"_s, [](Session& session) { return std::make_unique<MessagesPage>(session); },
            [](Page&, GeneratedCluster&) { QTest::qWait(300); }},
        {u"topics-empty"_s, [](Session& session) { return std::make_unique<TopicsPage>(session); },
            [](Page& page, GeneratedCluster& cluster) {
                for (const char* name : {"shop.orders", "shop.clicks", "shop.audit", "shop.payments", "shop.payments.dlq", "billing.invoices", "billing.reminders", "billing.refunds", "connect-configs", "connect-offsets", "connect-status", "topic-test", "greetings", "__consumer_offsets"})
                    cluster.deleteTopic(name, [](auto) { });
                QTest::qWait(2500);
                page.update();
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
                const QString name = u"%1-%2-%3"_s.arg(shot.name, mode == ThemeMode::Light ? u"light"_s : u"dark"_s, language);
                if (!wanted.isEmpty() && std::none_of(wanted.begin(), wanted.end(), [&](const QString& prefix) { return name.contains(prefix); }))
                    continue;
                GeneratedCluster cluster;
                fill(cluster);
                SessionParts parts;
                parts.name = u"Local"_s;
                parts.bootstrap = u"127.0.0.1:19092"_s;
                parts.connection = &cluster;
                Session session(parts);
                for (const char* topic : {"shop.orders", "shop.clicks", "shop.audit", "shop.payments"})
                    session.colors().numberOf(QString::fromLatin1(topic));
                const std::unique_ptr<Page> page = shot.make(session);
                page->resize(1232, 900);
                page->show();
                shot.prepare(*page, cluster);
                page->grab().save(folder.filePath(name + u".png"_s));
            }
        }
    }
    return 0;
}
