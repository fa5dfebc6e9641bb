// A voter's mind step by step: what each message makes of it.

#include "raft/consensus.h"
#include "testlog.h"

#include <QTest>

using namespace moldau;
using namespace moldau::raft;
using namespace std::chrono_literals;

namespace {

constexpr BrokerId kSelf{1};
constexpr BrokerId kTwo{2};
constexpr BrokerId kThree{3};

/** A voter of three with its log, and what it wanted done. */
class Voter1 {
public:
    explicit Voter1(std::vector<std::int32_t> epochsOfLog = {}, QuorumState saved = {},
        std::vector<BrokerId> voters = {kSelf, kTwo, kThree})
    {
        for (const std::int32_t epoch : epochsOfLog)
            log.append(epoch, 1);
        Consensus::Options options;
        options.self = {kSelf, {}};
        options.voters = std::move(voters);
        core.emplace(options, log, saved);
        core->start(now);
        take();
        core->flushed(log.endOffset(), now);
        take();
    }

    /** Lets the time pass to the next thing that is due. */
    void tick()
    {
        now = std::max(now, core->nextTick());
        core->tick(now);
        take();
    }
    void resign()
    {
        core->resign(now);
        take();
    }
    void electItself()
    {
        while (core->role() != Role::Prospective)
            tick();
        answer(kTwo, VoteAnswer{ErrorCode::None, core->leader(), true});
        answer(kTwo, VoteAnswer{ErrorCode::None, core->leader(), true});
        QVERIFY(core->isLeader());
    }
    /** To the newest request that went to this voter. */
    void answer(BrokerId from, const Answer& answer)
    {
        const Send sent = sentTo(from);
        core->answered(sent.call, answer, now);
        take();
    }
    template <class Message> auto ask(const Message& message)
    {
        auto answer = core->handle(message, now);
        take();
        return answer;
    }
    Send sentTo(BrokerId to) const
    {
        for (auto each = sends.rbegin(); each != sends.rend(); ++each) {
            if (each->to == to)
                return *each;
        }
        return {};
    }
    template <class Message> const Message* lastTo(BrokerId to)
    {
        last = sentTo(to);
        return std::get_if<Message>(&last.request);
    }

    TestLog log;
    std::optional<Consensus> core;
    Duration now = 1h;
    std::vector<Send> sends;
    std::vector<QuorumState> saved;
    std::vector<std::string> violations;

private:
    void take()
    {
        for (Effect& effect : core->takeEffects()) {
            if (auto* const send = std::get_if<Send>(&effect))
                sends.push_back(*send);
            else if (auto* const save = std::get_if<SaveState>(&effect))
                saved.push_back(save->state);
            else if (auto* const start = std::get_if<StartEpoch>(&effect))
                log.append(start->epoch, 0);
            else if (auto* const cut = std::get_if<Truncate>(&effect))
                log.truncate(cut->offset);
            else if (auto* const fetched = std::get_if<AppendFetched>(&effect))
                log.append(fetched->records);
            else if (auto* const violation = std::get_if<Violation>(&effect))
                violations.push_back(violation->what);
        }
    }

    Send last;
};

Vote voteOf(BrokerId candidate, std::int32_t epoch, LogEnd end, bool isPreVote = false)
{
    return {epoch, {candidate, {}}, end, isPreVote};
}

QuorumState ofEpoch(std::int32_t epoch)
{
    QuorumState state;
    state.epoch = epoch;
    return state;
}

Fetch fetchOf(BrokerId replica, std::int32_t epoch, std::int64_t offset, std::int32_t lastEpoch)
{
    return {epoch, {replica, {}}, offset, lastEpoch, -1};
}

FetchAnswer answerOf(BrokerId leader, std::int32_t epoch, std::int64_t highWatermark)
{
    FetchAnswer answer;
    answer.leader = {leader, epoch};
    answer.highWatermark = highWatermark;
    return answer;
}

} // namespace

class TestConsensus : public QObject {
    Q_OBJECT
private slots:
    void aVoterWithoutOthersLeadsAtOnce()
    {
        Voter1 voter({1, 1}, ofEpoch(1), {kSelf});
        QVERIFY(voter.core->isLeader());
        QCOMPARE(voter.core->epoch(), 2);
        QCOMPARE(voter.core->highWatermark(), std::int64_t(3)); // two, and its LeaderChange
        QCOMPARE(voter.core->nextTick(), Duration::max());
    }
    void aPreVoteDoesNotRaiseTheEpoch()
    {
        Voter1 voter({1, 1}, ofEpoch(1));
        while (voter.core->role() != Role::Prospective)
            voter.tick();
        QCOMPARE(voter.core->epoch(), 1);
        const auto* vote = voter.lastTo<Vote>(kTwo);
        QVERIFY(vote && vote->isPreVote);
        QCOMPARE(vote->epoch, 1);
        QVERIFY(vote->lastLog == (LogEnd{1, 2}));
        voter.answer(kTwo, VoteAnswer{ErrorCode::None, {kNoBroker, 1}, true});
        QCOMPARE(voter.core->role(), Role::Candidate);
        QCOMPARE(voter.core->epoch(), 2);
        QCOMPARE(voter.saved.back().voted, kSelf);
        vote = voter.lastTo<Vote>(kThree);
        QVERIFY(vote && !vote->isPreVote && vote->epoch == 2);
    }
    void aMajorityOfVotesMakesALeaderThatSaysSo()
    {
        Voter1 voter;
        voter.electItself();
        QVERIFY(voter.lastTo<BeginEpoch>(kTwo) && voter.lastTo<BeginEpoch>(kThree));
        QCOMPARE(voter.log.endOffset(), std::int64_t(1));
        QCOMPARE(voter.core->highWatermark(), std::int64_t(0));
    }
    void aVoteIsSavedAndGivenOnce()
    {
        Voter1 voter({1}, ofEpoch(1));
        QVERIFY(voter.ask(voteOf(kTwo, 2, {1, 1})).isGranted);
        QCOMPARE(voter.saved.back().epoch, 2);
        QCOMPARE(voter.saved.back().voted, kTwo);
        QVERIFY(!voter.ask(voteOf(kThree, 2, {1, 9})).isGranted);
        QVERIFY(voter.ask(voteOf(kTwo, 2, {1, 1})).isGranted); // the answer was lost
        // After a restart, too.
        Voter1 again({1}, voter.saved.back());
        QVERIFY(!again.ask(voteOf(kThree, 2, {1, 9})).isGranted);
    }
    void aVoterThatLostItsStateVotesForNobodyInThatEpoch()
    {
        Voter1 voter({1, 3}, {});
        QVERIFY(!voter.ask(voteOf(kTwo, 3, {3, 9})).isGranted);
        QVERIFY(voter.ask(voteOf(kTwo, 4, {3, 9})).isGranted);
    }
    void whoHasLessOfTheLogGetsNoVote_data()
    {
        QTest::addColumn<int>("epoch");
        QTest::addColumn<int>("offset");
        QTest::addColumn<bool>("isGranted");
        QTest::newRow("shorter") << 2 << 2 << false;
        QTest::newRow("longer, but older") << 1 << 9 << false;
        QTest::newRow("equal") << 2 << 3 << true;
        QTest::newRow("newer, but shorter") << 3 << 1 << true;
    }
    void whoHasLessOfTheLogGetsNoVote()
    {
        QFETCH(int, epoch);
        QFETCH(int, offset);
        QFETCH(bool, isGranted);
        Voter1 voter({1, 2, 2}, ofEpoch(2));
        QCOMPARE(voter.ask(voteOf(kTwo, 4, {epoch, offset}, true)).isGranted, isGranted);
        QCOMPARE(voter.ask(voteOf(kTwo, 4, {epoch, offset})).isGranted, isGranted);
    }
    void aVoteOfAnOldEpochIsFenced()
    {
        Voter1 voter({1}, ofEpoch(5));
        const auto answer = voter.ask(voteOf(kTwo, 4, {1, 1}));
        QCOMPARE(answer.error, ErrorCode::FencedLeaderEpoch);
        QCOMPARE(answer.leader.epoch, 5);
        QCOMPARE(voter.ask(voteOf(BrokerId{7}, 6, {1, 1})).error, ErrorCode::InvalidRequest);
    }
    void aFollowerThatHearsItsLeaderGrantsNoPreVote()
    {
        Voter1 voter;
        QCOMPARE(voter.ask(BeginEpoch{{kTwo, 1}}).error, ErrorCode::None);
        QCOMPARE(voter.core->role(), Role::Follower);
        QVERIFY(voter.ask(voteOf(kThree, 1, {0, 0}, true)).isGranted); // not heard of it yet
        voter.answer(kTwo, answerOf(kTwo, 1, 0));
        QVERIFY(!voter.ask(voteOf(kThree, 1, {0, 0}, true)).isGranted);
    }
    void aFollowerFetchesWithItsEndAndFollowsTheHighWatermark()
    {
        Voter1 voter({1, 1}, ofEpoch(1));
        voter.ask(BeginEpoch{{kTwo, 2}});
        const auto* fetch = voter.lastTo<Fetch>(kTwo);
        QVERIFY(fetch && fetch->offset == 2 && fetch->lastEpoch == 1 && fetch->epoch == 2);
        auto answer = answerOf(kTwo, 2, 3);
        TestLog leaders;
        leaders.append(2, 7);
        leaders.append(2, 8);
        answer.records = leaders.read(0, 2);
        const auto before = voter.sends.size();
        voter.answer(kTwo, answer);
        QCOMPARE(voter.log.endOffset(), std::int64_t(4));
        QCOMPARE(voter.sends.size(), before); // not before the disk has it
        QCOMPARE(voter.core->highWatermark(), std::int64_t(0));
        voter.core->flushed(4, voter.now);
        QCOMPARE(voter.core->highWatermark(), std::int64_t(3));
        const auto effects = voter.core->takeEffects();
        const auto* next = std::get_if<Send>(&effects.back());
        QVERIFY(next && std::get<Fetch>(next->request).offset == 4);
    }
    void aFollowerCutsWhatTheLeaderDoesNotHave()
    {
        Voter1 voter({1, 1, 2, 2}, ofEpoch(2));
        voter.ask(BeginEpoch{{kTwo, 3}});
        auto answer = answerOf(kTwo, 3, 1);
        answer.diverging = EpochEnd{1, 3}; // the leader has more of epoch 1, and none of 2
        voter.answer(kTwo, answer);
        QCOMPARE(voter.log.endOffset(), std::int64_t(2));
        QVERIFY(voter.violations.empty());
    }
    void whatIsCommittedIsNeverCut()
    {
        Voter1 voter({1, 1}, ofEpoch(1));
        voter.ask(BeginEpoch{{kTwo, 1}});
        voter.answer(kTwo, answerOf(kTwo, 1, 2));
        QCOMPARE(voter.core->highWatermark(), std::int64_t(2));
        voter.ask(BeginEpoch{{kThree, 2}});
        auto answer = answerOf(kThree, 2, 2);
        answer.diverging = EpochEnd{1, 1};
        voter.answer(kThree, answer);
        QCOMPARE(voter.violations.size(), 1u);
        QCOMPARE(voter.log.endOffset(), std::int64_t(2));
    }
    void aLeaderCommitsWhatAMajorityHasOnDisk()
    {
        Voter1 voter({1, 1}, ofEpoch(1));
        voter.electItself(); // epoch 2 begins at 2
        voter.ask(fetchOf(kTwo, 2, 2, 1));
        voter.core->flushed(3, voter.now);
        QCOMPARE(voter.core->highWatermark(), std::int64_t(0)); // records of epoch 1 only
        voter.ask(fetchOf(kTwo, 2, 3, 2));
        QCOMPARE(voter.core->highWatermark(), std::int64_t(3));
        voter.log.append(2, 5);
        voter.ask(fetchOf(kTwo, 2, 4, 2));
        QCOMPARE(voter.core->highWatermark(), std::int64_t(3)); // two alone has it
        voter.ask(fetchOf(kThree, 2, 4, 2));
        QCOMPARE(voter.core->highWatermark(), std::int64_t(4)); // not even this leader's disk
    }
    void anObserverGetsOnlyWhatIsCommitted()
    {
        Voter1 voter;
        voter.electItself();
        const auto early = voter.ask(fetchOf(BrokerId{101}, -1, 0, -1));
        QCOMPARE(early.readableTo, std::int64_t(0));
        QCOMPARE(voter.ask(fetchOf(kTwo, 1, 0, 0)).readableTo, std::int64_t(1));
        voter.ask(fetchOf(kTwo, 1, 1, 1));
        voter.ask(fetchOf(kThree, 1, 1, 1));
        QCOMPARE(voter.ask(fetchOf(BrokerId{101}, -1, 0, -1)).readableTo, std::int64_t(1));
    }
    void aBrokerThatSharesAVotersIdCountsForNothing()
    {
        Voter1 voter;
        voter.electItself();
        const Duration due = voter.core->nextTick();
        voter.now += 100ms;
        QCOMPARE(voter.ask(fetchOf(kTwo, -1, 0, -1)).readableTo, std::int64_t(0));
        voter.ask(fetchOf(kTwo, -1, 1, 1));
        voter.ask(fetchOf(kThree, -1, 1, 1));
        QCOMPARE(voter.core->highWatermark(), std::int64_t(0)); // no voter has it on disk
        QCOMPARE(voter.core->nextTick(), due); // nor has one kept the leader in office
    }
    void aFetchThatPartedIsToldWhere()
    {
        Voter1 voter({1, 1}, ofEpoch(2));
        voter.electItself(); // epoch 3 begins at 2
        const auto answer = voter.ask(fetchOf(kTwo, 3, 4, 2));
        QVERIFY(answer.diverging && *answer.diverging == (EpochEnd{1, 2}));
        const auto beyond = voter.ask(fetchOf(kTwo, 3, 9, 1));
        QVERIFY(beyond.diverging && *beyond.diverging == (EpochEnd{1, 2}));
        QCOMPARE(voter.ask(fetchOf(kTwo, 2, 2, 1)).error, ErrorCode::FencedLeaderEpoch);
        QCOMPARE(voter.ask(fetchOf(kTwo, 4, 2, 1)).error, ErrorCode::UnknownLeaderEpoch);
    }
    void aLeaderWithoutAMajorityResignsAndSaysSo()
    {
        Voter1 voter;
        voter.electItself();
        const Duration elected = voter.now;
        voter.now += 1s;
        voter.ask(fetchOf(kThree, 1, 0, 0));
        while (voter.core->isLeader())
            voter.tick();
        QCOMPARE(voter.now, elected + 1s + 3s); // 1.5 × the fetch timeout after it last heard
        QCOMPARE(voter.core->role(), Role::Resigned);
        QCOMPARE(voter.core->leader().leader, kNoBroker);
    }
    void aLeaderThatResignsNamesItsBestSuccessorFirst()
    {
        Voter1 voter;
        voter.electItself();
        voter.ask(BeginEpoch{{kTwo, 0}}); // old news
        voter.answer(kTwo, EpochAnswer{ErrorCode::None, {kSelf, 1}});
        voter.answer(kThree, EpochAnswer{ErrorCode::None, {kSelf, 1}});
        voter.ask(fetchOf(kThree, 1, 1, 1));
        voter.resign();
        const auto* end = voter.lastTo<EndEpoch>(kTwo);
        QVERIFY(end);
        QCOMPARE(end->successors, (std::vector{kThree, kTwo}));
    }
    void theBestSuccessorStandsAtOnce()
    {
        Voter1 voter;
        voter.ask(BeginEpoch{{kTwo, 1}});
        voter.answer(kTwo, answerOf(kTwo, 1, 0));
        voter.ask(EndEpoch{{kTwo, 1}, {kSelf, kThree}});
        voter.core->tick(voter.now);
        QCOMPARE(voter.core->role(), Role::Prospective);
    }
    void aBrokenConnectionToTheLeaderIsEnoughToAskTheOthers()
    {
        Voter1 voter;
        voter.ask(BeginEpoch{{kTwo, 1}});
        voter.answer(kTwo, answerOf(kTwo, 1, 0));
        const Duration before = voter.now;
        voter.core->failed(voter.sentTo(kTwo).call, true, voter.now);
        while (voter.core->role() != Role::Prospective)
            voter.tick();
        QVERIFY(voter.now - before <= 250ms); // a quarter of the election timeout
        // The leader lives after all.
        voter.answer(kTwo, VoteAnswer{ErrorCode::None, {kTwo, 1}, false});
        QCOMPARE(voter.core->role(), Role::Follower);
        QCOMPARE(voter.core->epoch(), 1);
    }
    void whoIsNotElectedGoesBackToTheLeaderItKnew()
    {
        Voter1 voter;
        voter.ask(BeginEpoch{{kTwo, 1}});
        while (voter.core->role() != Role::Prospective)
            voter.tick();
        voter.answer(kThree, VoteAnswer{ErrorCode::None, {kTwo, 1}, false});
        QCOMPARE(voter.core->role(), Role::Prospective); // two has not said
        voter.answer(kTwo, VoteAnswer{ErrorCode::None, {kNoBroker, 1}, false});
        QCOMPARE(voter.core->role(), Role::Follower);
    }
    void aNewerEpochInAnAnswerIsFollowed()
    {
        Voter1 voter;
        voter.electItself();
        voter.answer(kThree, EpochAnswer{ErrorCode::FencedLeaderEpoch, {kThree, 6}});
        QCOMPARE(voter.core->role(), Role::Follower);
        QVERIFY(voter.core->leader() == (LeaderAndEpoch{kThree, 6}));
        QCOMPARE(voter.saved.back().epoch, 6);
    }
    void answersToOldQuestionsMeanNothing()
    {
        Voter1 voter;
        while (voter.core->role() != Role::Prospective)
            voter.tick();
        const Send old = voter.sentTo(kThree);
        voter.answer(kTwo, VoteAnswer{ErrorCode::None, voter.core->leader(), true});
        QCOMPARE(voter.core->role(), Role::Candidate);
        voter.core->answered(
            old.call, VoteAnswer{ErrorCode::None, {kNoBroker, 0}, true}, voter.now);
        QCOMPARE(voter.core->role(), Role::Candidate);
    }
};

QTEST_APPLESS_MAIN(TestConsensus)
#include "test_consensus.moc"
