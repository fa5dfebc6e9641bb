#include "testcluster.h"

#include <QTest>

using namespace moldau;
using namespace moldau::controller;

namespace {

using Request = protocol::UpdateFeaturesRequest;

constexpr std::int8_t kUpgrade = 1;
constexpr std::int8_t kSafeDowngrade = 2;
constexpr std::int8_t kUnsafeDowngrade = 3;

Request update(const std::string& feature, std::int16_t level, std::int8_t type)
{
    Request request;
    auto& wish = request.featureUpdates.emplace_back();
    wish.feature = feature;
    wish.maxVersionLevel = level;
    wish.upgradeType = type;
    return request;
}

/** A new cluster with a broker that has all features of ours. */
struct RunningCluster : TestCluster {
    RunningCluster() { registerBroker(1); }
};

} // namespace

class TestFeatures : public QObject {
    Q_OBJECT
private slots:
    void aLevelGoesDownAndUpAgain()
    {
        RunningCluster cluster;
        QCOMPARE(cluster.image().featureLevel("share.version"), std::int16_t(1));
        QCOMPARE(cluster.run(update("share.version", 0, kSafeDowngrade)).errorCode, 0);
        QCOMPARE(cluster.image().featureLevel("share.version"), std::int16_t(0));
        QCOMPARE(cluster.run(update("share.version", 1, kUpgrade)).errorCode, 0);
        QCOMPARE(cluster.image().featureLevel("share.version"), std::int16_t(1));
        QCOMPARE(cluster.run(update("share.version", 1, kUpgrade)).errorCode, 0);
        QCOMPARE(cluster.lastRecordCount(), 0u);
    }

    void askingFirstChangesNothing()
    {
        RunningCluster cluster;
        Request request = update("transaction.version", 1, kSafeDowngrade);
        request.validateOnly = true;
        QCOMPARE(cluster.run(request).errorCode, 0);
        QCOMPARE(cluster.image().featureLevel("transaction.version"), std::int16_t(2));
    }

    void oneBadUpdateRefusesAll()
    {
        RunningCluster cluster;
        Request request = update("transaction.version", 1, kSafeDowngrade);
        request.featureUpdates.push_back(update("group.version", 9, kUpgrade).featureUpdates[0]);
        const auto response = cluster.run(request);
        QCOMPARE(errorFromWire(response.errorCode), ErrorCode::InvalidUpdateVersion);
        QCOMPARE(cluster.image().featureLevel("transaction.version"), std::int16_t(2));
        QCOMPARE(cluster.lastRecordCount(), 0u);
    }

    void olderVersionsAnswerFeatureByFeature()
    {
        RunningCluster cluster;
        Request request = update("transaction.version", 1, 0);
        request.featureUpdates[0].allowDowngrade = true;
        const auto response = cluster.run(request, 0);
        QCOMPARE(response.results.size(), std::size_t(1));
        QCOMPARE(response.results[0].feature, std::string("transaction.version"));
        QCOMPARE(cluster.image().featureLevel("transaction.version"), std::int16_t(1));
    }

    void refusalsHaveKafkasWords_data()
    {
        QTest::addColumn<Request>("request");
        QTest::addColumn<QString>("why");
        QTest::newRow("too high") << update("group.version", 5, kUpgrade)
                                  << "Invalid update version 5 for feature group.version. Local "
                                     "controller 100 only supports versions 0-1";
        QTest::newRow("unknown") << update("foo", 1, kUpgrade)
                                 << "Invalid update version 1 for feature foo. Local controller "
                                    "100 does not support this feature.";
        QTest::newRow("metadata can't be disabled")
            << update("metadata.version", 0, kSafeDowngrade)
            << "Invalid update version 0 for feature metadata.version. Local controller 100 only "
               "supports versions 7-30";
        QTest::newRow("metadata")
            << update("metadata.version", 29, kSafeDowngrade)
            << "Unsupported metadata.version downgrade from 30 to 29. Refusing to perform the "
               "requested downgrade because it might delete metadata information.";
        QTest::newRow("metadata, unsafe")
            << update("metadata.version", 29, kUnsafeDowngrade)
            << "Unsupported metadata.version downgrade from 30 to 29. Unsafe metadata downgrade is "
               "not supported in this version.";
        QTest::newRow("down by upgrade")
            << update("share.version", 0, kUpgrade)
            << "Invalid update version 0 for feature share.version. Can't downgrade the version of "
               "this feature without setting the upgrade type to either safe or unsafe downgrade.";
        QTest::newRow("kind of update")
            << update("share.version", 0, 9)
            << "Invalid update version 0 for feature share.version. The "
               "controller does not support the given upgrade type.";
    }
    void refusalsHaveKafkasWords()
    {
        QFETCH(Request, request);
        QFETCH(QString, why);
        RunningCluster cluster;
        const auto response = cluster.run(request);
        QCOMPARE(errorFromWire(response.errorCode), ErrorCode::InvalidUpdateVersion);
        QCOMPARE(QString::fromStdString(response.errorMessage.value_or("")),
            "The update failed for all features since the following feature had an error: " + why);
    }

    void theQuorumsVersionIsItsLogs()
    {
        RunningCluster cluster;
        const auto refused = cluster.run(update("kraft.version", 1, kUpgrade));
        QVERIFY(refused.errorMessage->ends_with("Local controller 100 only supports versions 0-0"));
        MetadataImage image = cluster.image();
        image.setKraftVersion(1, image.offset() + 1);
        Log quiet;
        ControllerState state(TestCluster::defaultOptions(), image, Duration(), quiet);
        const auto down
            = state.handle(update("kraft.version", 0, kSafeDowngrade), cluster.context(2));
        QVERIFY(
            down.response.errorMessage->ends_with("Can't downgrade the version of this feature."));
        const auto same = state.handle(update("kraft.version", 1, kUpgrade), cluster.context(2));
        QCOMPARE(same.response.errorCode, std::int16_t(0));
        QVERIFY(same.records.empty());
    }

    void aDowngradeDoesNotGoUp()
    {
        RunningCluster cluster;
        cluster.run(update("share.version", 0, kSafeDowngrade));
        const auto response = cluster.run(update("share.version", 1, kSafeDowngrade));
        QCOMPARE(response.errorMessage.value_or(""),
            std::string("The update failed for all features since the following feature had an "
                        "error: Invalid update version 1 for feature share.version. Can't "
                        "downgrade to a newer version."));
    }

    void aBrokerThatLacksTheLevelPreventsIt()
    {
        RunningCluster cluster;
        cluster.run(update("transaction.version", 0, kSafeDowngrade));
        auto old = cluster.registration(2);
        std::erase_if(old.features,
            [](const auto& offered) { return offered.name == "transaction.version"; });
        cluster.run(old);
        const auto response = cluster.run(update("transaction.version", 1, kUpgrade));
        QVERIFY(response.errorMessage->find("Broker 2 does not support this feature.")
            != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestFeatures)
#include "test_features.moc"
