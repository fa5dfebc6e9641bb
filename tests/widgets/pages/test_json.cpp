#include "models/jsonexpression.h"
#include "models/jsontext.h"
#include "models/jsontreemodel.h"
#include "models/messagefilter.h"
#include "models/shownrecord.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace moldau;
using namespace moldau::widgets;

namespace {

Bytes bytesOf(std::string_view text)
{
    const BytesView view = asBytes(text);
    return {view.begin(), view.end()};
}

client::Record recordOf(std::optional<std::string> key, std::optional<std::string> value)
{
    client::Record record;
    if (key)
        record.key = bytesOf(*key);
    if (value)
        record.value = bytesOf(*value);
    return record;
}

} // namespace

class TestJson : public QObject {
    Q_OBJECT
private slots:
    void numbersKeepTheirText()
    {
        JsonText json;
        QVERIFY(json.parse(R"({"a":9007199254740993,"b":1.10,"c":1e400,"d":-0})"));
        QCOMPARE(json.pretty(),
            QStringLiteral(
                "{\n  \"a\": 9007199254740993,\n  \"b\": 1.10,\n  \"c\": 1e400,\n  \"d\": -0\n}"));
    }
    void textThatIsNoJsonIsRefused_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char* text : {"", "{", "[1,]", "{\"a\" 1}", "{a:1}", "01", "1.", "\"\\x\"",
                 "\"\\u12g4\"", "nul", "1 2", "[1 2]", "{\"a\":1,}", "\"\n\"", "+1", "'a'"})
            QTest::newRow(text) << QByteArray(text);
        QTest::newRow("too deep") << QByteArray(100'000, '[');
    }
    void textThatIsNoJsonIsRefused()
    {
        QFETCH(QByteArray, text);
        JsonText json;
        QVERIFY(!json.parse(std::string_view(text.data(), static_cast<std::size_t>(text.size()))));
        QVERIFY(json.nodes().empty());
    }
    void everyTruncatedTextIsRefused()
    {
        const std::string whole
            = R"({"a":[1,2.5e-3,{"b":"\u00e9\ud83d\ude00"}],"c":null,"d":[true,false]})";
        JsonText json;
        QVERIFY(json.parse(whole));
        for (std::size_t length = 0; length < whole.size(); ++length)
            QVERIFY(!json.parse(std::string_view(whole).substr(0, length)));
    }
    void escapesAreResolved()
    {
        QCOMPARE(JsonText::unescape("a\\n\\u00e9\\ud83d\\ude00\\/"), std::string("a\né😀/"));
        QCOMPARE(JsonText::unescape("\\ud83d!"), std::string("\xef\xbf\xbd!"));
    }
    void numbersCompareByValue_data()
    {
        QTest::addColumn<QByteArray>("left");
        QTest::addColumn<QByteArray>("right");
        QTest::addColumn<int>("expected");
        QTest::newRow("above 2^53")
            << QByteArray("9007199254740993") << QByteArray("9007199254740992") << 1;
        QTest::newRow("other notation") << QByteArray("1.5e3") << QByteArray("1500.00") << 0;
        QTest::newRow("negative") << QByteArray("-10") << QByteArray("-9") << -1;
        QTest::newRow("signs") << QByteArray("-1") << QByteArray("0.001") << -1;
        QTest::newRow("zeros") << QByteArray("-0.0") << QByteArray("0e5") << 0;
        QTest::newRow("small") << QByteArray("0.00012") << QByteArray("1.3e-4") << -1;
        QTest::newRow("huge exponent")
            << QByteArray("1e99999999999999999999") << QByteArray("9") << 1;
    }
    void numbersCompareByValue()
    {
        QFETCH(QByteArray, left);
        QFETCH(QByteArray, right);
        QFETCH(int, expected);
        const auto sign = [](int value) { return (value > 0) - (value < 0); };
        QCOMPARE(sign(compareJsonNumbers(left.toStdString(), right.toStdString())), expected);
        QCOMPARE(sign(compareJsonNumbers(right.toStdString(), left.toStdString())), -expected);
    }
    void numbersThatADoubleChangesAreKnown()
    {
        QVERIFY(exceedsDouble("9007199254740993"));
        QVERIFY(!exceedsDouble("9007199254740992"));
        QVERIFY(!exceedsDouble("1.1"));
        QVERIFY(exceedsDouble("1e400"));
    }

    void expressionsHold_data()
    {
        QTest::addColumn<QString>("expression");
        QTest::addColumn<bool>("expected");
        QTest::newRow("and") << QStringLiteral(".price > 5000 and .item == \"레몬차\"") << true;
        QTest::newRow("exact") << QStringLiteral(".id == 9007199254740992") << false;
        QTest::newRow("exact equal") << QStringLiteral(".id == 9007199254740993") << true;
        QTest::newRow("precedence")
            << QStringLiteral(".price > 9999 and .price > 1 or .item == \"레몬차\"") << true;
        QTest::newRow("parentheses")
            << QStringLiteral(".price > 9999 and (.price > 1 or .item == \"레몬차\")") << false;
        QTest::newRow("not") << QStringLiteral("not .missing") << true;
        QTest::newRow("missing is null") << QStringLiteral(".missing == null") << true;
        QTest::newRow("nested") << QStringLiteral(".address.city == \"서울\"") << true;
        QTest::newRow("index") << QStringLiteral(".tags[0] == \"hot\"") << true;
        QTest::newRow("from the end") << QStringLiteral(".tags[-1] == \"new\"") << true;
        QTest::newRow("quoted key") << QStringLiteral(".[\"odd key\"] == 1") << true;
        QTest::newRow("exists") << QStringLiteral(".address.zip") << false;
        QTest::newRow("contains") << QStringLiteral(".item contains \"몬\"") << true;
        QTest::newRow("startswith") << QStringLiteral(".item startswith \"차\"") << false;
        QTest::newRow("unlike kinds") << QStringLiteral(".item > 5") << false;
        QTest::newRow("other alphabet") << QStringLiteral(".이름 == \"몰다우\"") << true;
    }
    void expressionsHold()
    {
        QFETCH(QString, expression);
        QFETCH(bool, expected);
        JsonText json;
        QVERIFY(json.parse(
            R"({"item":"레몬차","price":5100,"id":9007199254740993,"address":{"city":"서울","zip":null},"tags":["hot","new"],"odd key":1,"이름":"몰다우"})"));
        const auto parsed = JsonExpression::parse(expression.toStdString());
        QVERIFY2(parsed.has_value(), parsed ? "" : parsed.error().message.c_str());
        QCOMPARE(parsed->isTrueFor(json), expected);
    }
    void badExpressionsSayWhatWasExpected_data()
    {
        QTest::addColumn<QString>("expression");
        QTest::addColumn<QString>("message");
        QTest::newRow("no field") << QStringLiteral(
            "price > 1") << QStringLiteral("expected a field such as .price at character 1");
        QTest::newRow("no value")
            << QStringLiteral(".price >")
            << QStringLiteral(
                   "expected a number, a text in \"quotes\", true, false or null at character 9");
        QTest::newRow("rest") << QStringLiteral(".a == 1 xor .b")
                              << QStringLiteral("expected and, or, or the end at character 9");
        QTest::newRow("open") << QStringLiteral("(.a == 1")
                              << QStringLiteral("expected ) at character 9");
        QTest::newRow("open quote")
            << QStringLiteral(".a == \"x")
            << QStringLiteral(
                   "expected a number, a text in \"quotes\", true, false or null at character 7");
    }
    void badExpressionsSayWhatWasExpected()
    {
        QFETCH(QString, expression);
        QFETCH(QString, message);
        const auto parsed = JsonExpression::parse(expression.toStdString());
        QVERIFY(!parsed);
        QCOMPARE(QString::fromStdString(parsed.error().message), message);
    }
    void hostileNestingIsRefused() { QVERIFY(!JsonExpression::parse(std::string(100'000, '('))); }

    void textFilterFoldsCaseUnlessItHasCapitals()
    {
        const auto lower = MessageFilter::make(FilterKind::Text, QStringLiteral("tea")).value();
        QVERIFY(lower->matches(recordOf("k", "Green TEA please")));
        QVERIFY(lower->matches(recordOf("TEA", std::nullopt)));
        QVERIFY(!lower->matches(recordOf(std::nullopt, "coffee")));
        const auto upper = MessageFilter::make(FilterKind::Text, QStringLiteral("TEA")).value();
        QVERIFY(!upper->matches(recordOf("k", "tea")));
        const auto korean = MessageFilter::make(FilterKind::Text, QStringLiteral("레몬")).value();
        QVERIFY(korean->matches(recordOf("k", "레몬차")));
    }
    void textFilterLooksIntoHeaders()
    {
        client::Record record = recordOf("k", "v");
        record.headers = {{"source", bytesOf("web")}, {"none", std::nullopt}};
        QVERIFY(
            MessageFilter::make(FilterKind::Text, QStringLiteral("web")).value()->matches(record));
        QVERIFY(
            !MessageFilter::make(FilterKind::Text, QStringLiteral("app")).value()->matches(record));
    }
    void emptyFilterIsNone()
    {
        QVERIFY(!MessageFilter::make(FilterKind::Json, QStringLiteral("  ")).value());
    }
    void keyFilterWantsTheWholeKey()
    {
        const auto filter
            = MessageFilter::make(FilterKind::Key, QStringLiteral("customer-1")).value();
        QVERIFY(filter->matches(recordOf("customer-1", "v")));
        QVERIFY(!filter->matches(recordOf("customer-17", "v")));
        QVERIFY(!filter->matches(recordOf(std::nullopt, "customer-1")));
    }
    void badRegexNamesThePlace()
    {
        QVERIFY(!MessageFilter::make(FilterKind::Regex, QStringLiteral("(a")));
    }

    void bytesThatAreNoTextShowAsHex()
    {
        const Bytes bytes = {0x00, 0x01, 0xff};
        QCOMPARE(oneLine(bytes, false), QStringLiteral("0x0001ff"));
        QCOMPARE(oneLine(asBytes("a\nb"), false), QStringLiteral("a b"));
        QVERIFY(!isReadableText(bytes));
        QVERIFY(isReadableText(asBytes("레몬차\n")));
        QVERIFY(!isReadableText(asBytes("\xed\xa0\x80"))); // half a surrogate pair
    }
    void cutTextMayEndInsideACharacter()
    {
        const std::string text = "레몬";
        QCOMPARE(
            oneLine(asBytes(std::string_view(text).substr(0, 5)), true), QStringLiteral("레…"));
    }
    void hexDumpHasSixteenBytesARow()
    {
        QCOMPARE(hexDump(asBytes("0123456789abcdefXY")).split(u'\n').first(),
            QStringLiteral(
                "00000000  30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66  0123456789abcdef"));
        QVERIFY(hexDump(asBytes("0123456789"), 4).contains(QStringLiteral("6 more bytes")));
    }
    void nullStaysDistinctFromEmpty()
    {
        const ShownRecord none = ShownRecord::of(recordOf(std::nullopt, std::nullopt));
        QVERIFY(!none.key && !none.value);
        const ShownRecord empty = ShownRecord::of(recordOf("", ""));
        QVERIFY(empty.key && empty.value && empty.value->empty());
    }

    void treeIsAModelWithPaths()
    {
        JsonTreeModel model;
        QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QVERIFY(model.setText(R"({"a":{"odd key":[1,{"b":9007199254740993}]},"c":[]})"));
        const QModelIndex root = model.index(0, 0);
        const QModelIndex list = model.index(0, 0, model.index(0, 0, root));
        const QModelIndex b = model.index(0, 0, model.index(1, 0, list));
        QCOMPARE(b.data().toString(), QStringLiteral("b"));
        QCOMPARE(b.siblingAtColumn(1).data().toString(), QStringLiteral("9007199254740993"));
        QCOMPARE(
            b.data(JsonTreeModel::PathRole).toString(), QStringLiteral(".a.[\"odd key\"][1].b"));
        QVERIFY(model.hasLargeNumbers());
        const auto path = JsonPath::parse(b.data(JsonTreeModel::PathRole).toString().toStdString());
        QVERIFY(path.has_value());
        QCOMPARE(model.json().raw(path->find(model.json())), std::string_view("9007199254740993"));
        QVERIFY(!model.setText("{"));
        QCOMPARE(model.rowCount(), 0);
    }
};

QTEST_GUILESS_MAIN(TestJson)
#include "test_json.moc"
