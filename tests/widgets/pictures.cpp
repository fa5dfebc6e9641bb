// Makes pictures of the Live page over a scripted cluster, in light and dark, English and Korean:
// moldau_pictures DIRECTORY [NAME…]. People look at them; the suite makes them.

#include "fakecluster.h"

#include "common/style.h"
#include "mainwindow.h"
#include "panes/consumerpane.h"
#include "panes/livepage.h"
#include "panes/producerpane.h"
#include "settings.h"
#include "topology/topologyview.h"
#include "windowkeeper.h"

#include <QApplication>
#include <QDateTime>
#include <QDir>
#include <QElapsedTimer>
#include <QTimer>

#include <cmath>
#include <tuple>

using namespace Qt::Literals::StringLiterals;
using namespace moldau;

namespace {

void wait(int milliseconds)
{
    QEventLoop loop;
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    loop.exec();
}

const char* const kValues[] = {R"({"item":"홍차","price":4200})",
    R"({"item":"coffee","price":3900})", R"({"item":"레몬차","price":5100})",
    R"({"item":"쌍화차","price":6000})", R"({"item":"tea","price":2800})"};

/** What has happened before the picture is taken. */
void playHistory(tests::FakeCluster& cluster)
{
    for (int i = 0; i < 40; ++i) {
        cluster.produce(
            "order-service", "orders", i % 3, "customer-" + std::to_string(i % 9), kValues[i % 5]);
        cluster.produce(
            "web", "clicks", i % 2, "visitor-" + std::to_string(i % 5), R"({"page":"/"})", 3);
        if (i % 4 == 0)
            cluster.produce("web", "audit", 0, "", R"({"login":"ok"})");
    }
}

void playNow(tests::FakeCluster& cluster, int i)
{
    cluster.produce("order-service", "orders", (i + 1) % 3, "customer-" + std::to_string(i % 9),
        kValues[i % 5]);
    if (i % 2 == 0)
        cluster.produce(
            "web", "clicks", i % 2, "visitor-" + std::to_string(i % 5), R"({"page":"/"})", 3);
    cluster.fetch("billing-py", "billing", "orders", 2);
    cluster.fetch("kcat", "", "audit", 0);
    if (i % 5 == 0)
        cluster.produce("web", "audit", 0, "", R"({"login":"ok"})");
}

/** Three links, a disk and a broker have faults on purpose. */
void disturb(tests::FakeCluster& cluster)
{
    const auto link = [&cluster](int one, int other, faults::FaultAction action, int delayMs) {
        faults::FaultRule rule;
        rule.link = faults::FaultLink{BrokerId(one), BrokerId(other)};
        rule.action = action;
        rule.delay = std::chrono::milliseconds(delayMs);
        const Result<int> id = cluster.addFault(rule);
        Event struck;
        struck.kind = EventKind::FaultStruck;
        struck.node = BrokerId(one);
        struck.peer = BrokerId(other);
        struck.count = id.value_or(0);
        struck.timeNs = QDateTime::currentMSecsSinceEpoch() * 1'000'000;
        cluster.emitEvent(struck);
    };
    link(1, 2, faults::FaultAction::Delay, 200);
    link(1, 3, faults::FaultAction::Cut, 0);
    link(3, 100, faults::FaultAction::Drop, 0);
    faults::FaultRule full;
    full.broker = BrokerId(3);
    full.action = faults::FaultAction::DiskFull;
    (void)cluster.addFault(full);
    cluster.pauseNode("broker-2", [](Result<void>) {});
}

struct Scene {
    QString name;
    ThemeChoice theme = ThemeChoice::Light;
    QString language = u"en"_s;
    bool isPresenting = false;
    int brokers = 3;
    int killed = 0; ///< this broker is killed shortly before the picture
    int manyTopics = 0; ///< so many topics more
    bool isEmpty = false;
    QSize size{1440, 900};
    bool isDisturbed = false; ///< links, a disk and a broker have faults on purpose
};

bool take(const Scene& scene, const QDir& directory)
{
    tests::FakeCluster cluster(scene.brokers);
    cluster.controllerNodes = scene.isDisturbed ? 3 : 1;
    if (!scene.isEmpty) {
        cluster.addTopic("orders", 3);
        cluster.addTopic("clicks", 2);
        cluster.addTopic("audit", 1);
        for (int i = 0; i < scene.manyTopics; ++i)
            cluster.addTopic("sensor." + std::to_string(i), 4);
    }
    tests::FakeHost host;
    Settings settings;
    settings.overrideTheme(scene.theme);
    settings.overrideLanguage(scene.language);
    settings.overridePresenting(scene.isPresenting);
    host.add(cluster.parts());
    WindowKeeper keeper(host, settings);
    CommandLine line;
    line.size = scene.size;
    line.page = u"live"_s;
    keeper.show(line);
    auto* live = qobject_cast<widgets::LivePage*>(keeper.window()->page());
    if (!live)
        return false;
    cluster.electController(100, 7);
    wait(100);
    if (!scene.isEmpty) {
        cluster.connectClient("order-service", "apache-kafka-java 4.3.1");
        cluster.connectClient("billing-py", "kafka-python 2.0.2");
        cluster.connectClient("kcat", "librdkafka 2.0.2");
        playHistory(cluster);
        live->producer()->setTopic(u"orders"_s);
        live->producer()->setRecord(
            u"customer-17"_s, u"{\n  \"item\": \"레몬차\",\n  \"price\": 9007199254740993\n}"_s);
        live->consumer()->setTopic(u"orders"_s);
        live->consumer()->setGroup(u"billing"_s);
        live->consumer()->start();
        if (scene.brokers == 3) {
            cluster.setReplicationHeld(3, true);
            cluster.produce("web", "audit", 0, "", R"({"login":"ok"})");
            cluster.produce("web", "audit", 0, "", R"({"login":"ok"})");
            cluster.setInSync("audit", 0, 3, false);
            cluster.setReplicationHeld(3, false);
        }
        for (int i = 0; i < 14; ++i) {
            playNow(cluster, i);
            if (i % 3 == 0)
                live->producer()->send();
            wait(170);
        }
    }
    if (scene.isDisturbed) {
        disturb(cluster);
        emit host.sessions().front()->nodesChanged();
        for (int i = 0; i < 6; ++i) {
            playNow(cluster, i);
            wait(150);
        }
    }
    if (scene.killed > 0) {
        cluster.killNode("broker-" + std::to_string(scene.killed), [](Result<void>) {});
        emit host.sessions().front()->nodesChanged();
        for (int i = 0; i < 6; ++i) {
            playNow(cluster, i);
            wait(150);
        }
    }
    wait(scene.isEmpty ? 400 : 120);
    return keeper.window()->grab().save(directory.filePath(scene.name + u".png"_s));
}

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QApplication::setApplicationName(u"moldau-pictures"_s);
    QApplication::setApplicationVersion(u"0.1.0"_s);
    const QStringList arguments = QApplication::arguments();
    const QDir directory(arguments.value(1, u"."_s));
    directory.mkpath(u"."_s);
    // What the person who runs this has set doesn't belong into the pictures.
    QSettings::setPath(
        QSettings::IniFormat, QSettings::UserScope, directory.filePath(u"settings"_s));

    std::vector<Scene> scenes;
    scenes.push_back({u"live-light-en"_s});
    scenes.push_back({u"live-dark-en"_s, ThemeChoice::Dark});
    scenes.push_back({u"live-light-ko"_s, ThemeChoice::Light, u"ko"_s});
    scenes.push_back({u"live-dark-ko"_s, ThemeChoice::Dark, u"ko"_s});
    scenes.push_back({u"live-killed"_s, ThemeChoice::Light, u"en"_s, false, 3, 2});
    scenes.push_back({u"live-killed-dark"_s, ThemeChoice::Dark, u"en"_s, false, 3, 2});
    scenes.push_back(
        {u"live-present"_s, ThemeChoice::Light, u"en"_s, true, 3, 0, 0, false, QSize(1920, 1080)});
    scenes.push_back({u"live-many"_s, ThemeChoice::Light, u"en"_s, false, 6, 0, 2});
    scenes.push_back(
        {u"live-nine"_s, ThemeChoice::Light, u"en"_s, false, 9, 0, 3, false, QSize(1680, 1050)});
    scenes.push_back(
        {u"live-heat"_s, ThemeChoice::Dark, u"en"_s, false, 14, 0, 12, false, QSize(1680, 1050)});
    for (const auto& [name, theme, language] :
        {std::tuple(u"live-faults-light-en"_s, ThemeChoice::Light, u"en"_s),
            std::tuple(u"live-faults-dark-ko"_s, ThemeChoice::Dark, u"ko"_s)}) {
        Scene scene{name, theme, language};
        scene.isDisturbed = true;
        scenes.push_back(scene);
    }
    scenes.push_back({u"live-empty"_s, ThemeChoice::Light, u"en"_s, false, 3, 0, 0, true});
    int failures = 0;
    for (const Scene& scene : scenes) {
        if (arguments.size() > 2 && !arguments.mid(2).contains(scene.name))
            continue;
        if (!take(scene, directory)) {
            fprintf(stderr, "no picture: %s\n", qPrintable(scene.name));
            ++failures;
        }
    }
    return failures == 0 ? 0 : 1;
}
