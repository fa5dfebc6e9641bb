#include "coordinator/classicgroup.h"

#include <QTest>

using namespace moldau;
using namespace moldau::coordinator;

namespace {

ClassicMember memberOf(const std::string& id, const std::vector<std::string>& protocols)
{
    ClassicMember member;
    member.id = id;
    member.rebalanceTimeoutMs = 1'000;
    for (const std::string& name : protocols)
        member.protocols.push_back({name, {}});
    return member;
}

} // namespace

class TestClassicGroup : public QObject {
    Q_OBJECT
private slots:
    void protocolIsWhatAllKnowAndMostPrefer_data()
    {
        QTest::addColumn<QStringList>("members"); // each "first,second"
        QTest::addColumn<QString>("selected");
        QTest::newRow("one") << QStringList{"range,roundrobin"} << "range";
        QTest::newRow("only common one") << QStringList{"range,sticky", "sticky"} << "sticky";
        QTest::newRow("most votes")
            << QStringList{"range,sticky", "sticky,range", "sticky,range"} << "sticky";
        QTest::newRow("votes for what not all know count for the next")
            << QStringList{"custom,sticky", "range,sticky"} << "sticky";
        QTest::newRow("leader breaks a tie") << QStringList{"b,a", "a,b"} << "b";
    }
    void protocolIsWhatAllKnowAndMostPrefer()
    {
        QFETCH(QStringList, members);
        QFETCH(QString, selected);
        ClassicGroup group("g", 0);
        int number = 0;
        for (const QString& names : members) {
            std::vector<std::string> protocols;
            for (const QString& name : names.split(','))
                protocols.push_back(name.toStdString());
            group.add(memberOf("m" + std::to_string(number++), protocols), "consumer");
        }
        QCOMPARE(QString::fromStdString(group.selectProtocol()), selected);
    }
    void onlyMembersWithACommonProtocolFit()
    {
        ClassicGroup group("g", 0);
        QVERIFY(group.supports("consumer", {"range"}));
        QVERIFY(!group.supports("", {"range"}));
        QVERIFY(!group.supports("consumer", {}));
        group.add(memberOf("a", {"range", "sticky"}), "consumer");
        group.transitionTo(GroupState::PreparingRebalance, 0);
        QVERIFY(group.supports("consumer", {"sticky"}));
        QVERIFY(!group.supports("consumer", {"custom"}));
        QVERIFY(!group.supports("connect", {"range"}));
        group.add(memberOf("b", {"sticky"}), "consumer");
        QVERIFY(!group.supports("consumer", {"range"}));
        group.remove("b");
        QVERIFY(group.supports("consumer", {"range"}));
    }
    void oldestMemberLeadsNext()
    {
        ClassicGroup group("g", 0);
        group.add(memberOf("z", {"range"}), "consumer");
        group.add(memberOf("y", {"range"}), "consumer");
        group.add(memberOf("a", {"range"}), "consumer");
        QCOMPARE(*group.leaderId(), std::string("z"));
        group.remove("z");
        QCOMPARE(*group.leaderId(), std::string("y"));
        group.remove("y");
        group.remove("a");
        QVERIFY(!group.leaderId());
    }
    void leadershipGoesToSomebodyWhoJoined()
    {
        ClassicGroup group("g", 0);
        group.add(memberOf("a", {"range"}), "consumer");
        ClassicMember& second = group.add(memberOf("b", {"range"}), "consumer");
        QVERIFY(!group.electJoinedLeader());
        group.awaitJoin(second, {RequestToken(1), 5});
        QVERIFY(group.electJoinedLeader());
        QCOMPARE(*group.leaderId(), std::string("b"));
    }
    void waitersAreCounted()
    {
        ClassicGroup group("g", 0);
        ClassicMember& member = group.add(memberOf("a", {"range"}), "consumer");
        QVERIFY(!group.hasAllJoined());
        QVERIFY(!group.awaitJoin(member, {RequestToken(1), 5}));
        QCOMPARE(group.awaitJoin(member, {RequestToken(2), 5})->request, RequestToken(1));
        QCOMPARE(group.awaitingJoinCount(), std::size_t(1));
        QVERIFY(group.hasAllJoined());
        group.pendingJoins().insert("b");
        QVERIFY(!group.hasAllJoined());
        group.remove("b");
        QCOMPARE(group.takeJoin(member)->request, RequestToken(2));
        QVERIFY(!group.takeJoin(member));
        QCOMPARE(group.awaitingJoinCount(), std::size_t(0));
    }
    void staticMemberKeepsItsPlaceUnderANewId()
    {
        ClassicGroup group("g", 0);
        ClassicMember first = memberOf("a", {"range"});
        first.instanceId = "i";
        first.assignment = {1, 2};
        group.add(first, "consumer");
        group.pendingSyncs().insert("a");
        ClassicMember& replaced = group.replaceStatic("i", "a2");
        QCOMPARE(replaced.id, std::string("a2"));
        QCOMPARE(replaced.assignment, (Bytes{1, 2}));
        QCOMPARE(*group.leaderId(), std::string("a2"));
        QCOMPARE(*group.staticMemberId("i"), std::string("a2"));
        QVERIFY(group.pendingSyncs() == std::set<std::string>{"a2"});
        QVERIFY(!group.find("a"));
        QCOMPARE(group.validateMember("a", "i"), ErrorCode::FencedInstanceId);
        QCOMPARE(group.validateMember("a2", "i"), ErrorCode::None);
        QCOMPARE(group.validateMember("a2", "other"), ErrorCode::UnknownMemberId);
        QCOMPARE(group.validateMember("a2", std::nullopt), ErrorCode::None);
    }
    void recordBringsTheGroupBack()
    {
        ClassicGroup group("g", 0);
        ClassicMember member = memberOf("a", {"sticky", "range"});
        member.protocols[0].metadata = {9};
        member.instanceId = "i";
        member.sessionTimeoutMs = 7;
        group.add(member, "consumer");
        group.transitionTo(GroupState::PreparingRebalance, 1);
        group.startGeneration(2);
        const auto record = group.toRecord({{"a", {5}}});
        const ClassicGroup loaded("g", record);
        QVERIFY(loaded.isIn(GroupState::Stable));
        QCOMPARE(loaded.generation(), 1);
        QCOMPARE(*loaded.protocolName(), std::string("sticky"));
        QCOMPARE(loaded.protocolType(), std::string("consumer"));
        QCOMPARE(*loaded.leaderId(), std::string("a"));
        QCOMPARE(*loaded.staticMemberId("i"), std::string("a"));
        QCOMPARE(loaded.find("a")->assignment, Bytes{5});
        QCOMPARE(loaded.find("a")->sessionTimeoutMs, 7);
        QVERIFY(loaded.toRecord({{"a", {5}}}) == record);
    }
    void oldRecordsLackTheRebalanceTimeout()
    {
        protocol::GroupMetadataValue value;
        value.protocolType = "consumer";
        value.protocol = "range";
        auto& member = value.members.emplace_back();
        member.memberId = "a";
        member.sessionTimeout = 30'000;
        member.rebalanceTimeout = -1;
        QCOMPARE(ClassicGroup("g", value).find("a")->rebalanceTimeoutMs, 30'000);
    }
    void subscriptionsOfOtherProtocolsAreUnknown()
    {
        protocol::GroupMetadataValue value;
        value.protocolType = "connect";
        value.protocol = "sessioned";
        value.members.emplace_back().memberId = "a";
        QVERIFY(!ClassicGroup("g", value).subscribedTopics());
        QVERIFY(!ClassicGroup("g", value).isSubscribedTo("orders"));
        value.protocolType = "consumer"; // with a subscription that can't be read
        QVERIFY(!ClassicGroup("g", value).subscribedTopics());
        QVERIFY(ClassicGroup("g", value).isSubscribedTo("orders"));
    }
};

QTEST_APPLESS_MAIN(TestClassicGroup)
#include "test_classicgroup.moc"
