#include "base/errorcode.h"

#include <QTest>

#include <set>

using namespace moldau;

class TestErrorCode : public QObject {
    Q_OBJECT
private slots:
    void everyCodeIsExplainedInASentenceOfItsOwn()
    {
        static constexpr ErrorCode kAll[] = {
#define X(number, id, name, retriable, exception, explanation) ErrorCode::id,
#include "base/errorcodes.inc"
#undef X
        };
        std::set<std::string_view> seen;
        for (const ErrorCode code : kAll) {
            const ErrorFacts& facts = factsOf(code);
            QVERIFY2(facts.explanation.ends_with('.'), facts.name.data());
            QVERIFY2(seen.insert(facts.explanation).second, facts.name.data());
        }
    }
    void unknownNumbersBecomeTheUnknownError()
    {
        QCOMPARE(errorFromWire(0), ErrorCode::None);
        QCOMPARE(errorFromWire(-1), ErrorCode::UnknownServerError);
        QCOMPARE(errorFromWire(74), ErrorCode::FencedLeaderEpoch);
        QCOMPARE(errorFromWire(9999), ErrorCode::UnknownServerError);
    }
    void localCodesDoNotGoOnTheWire()
    {
        QCOMPARE(errorToWire(ErrorCode::LocalTimeout), std::int16_t(-1));
        QCOMPARE(errorToWire(ErrorCode::RequestTimedOut), std::int16_t(7));
    }
};

QTEST_APPLESS_MAIN(TestErrorCode)
#include "test_errorcode.moc"
