#include "compose/interpolation.h"
#include "compose/servicereader.h"

#include <QTest>

using namespace moldau::compose;

namespace {
std::optional<std::string> lookup(std::string_view name)
{
    if (name == "A")
        return "a";
    if (name == "EMPTY")
        return "";
    return std::nullopt;
}
} // namespace

class TestInterpolation : public QObject {
    Q_OBJECT
private slots:
    void variablesAreFilledInAsDockerDoes_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("result");
        const auto row
            = [](const char* text, const char* result) { QTest::newRow(text) << text << result; };
        row("plain", "plain");
        row("$A-${A}", "a-a");
        row("$$A", "$A");
        row("${B:-x}${B-y}", "xy");
        row("${EMPTY:-x}|${EMPTY-y}", "x|");
        row("${B:-${A}b}", "ab");
        row("${B:-${C:-deep}}", "deep");
        row("${A:+set}${B:+set}${EMPTY+set}${EMPTY:+set}", "setset");
        row("${A:?text}", "a");
        row("${B}", "");
    }
    void variablesAreFilledInAsDockerDoes()
    {
        QFETCH(QString, text);
        QFETCH(QString, result);
        const Interpolated filled = interpolate(text.toStdString(), lookup);
        QCOMPARE(filled.text, result.toStdString());
        QVERIFY(filled.problem.empty());
    }
    void unsetVariablesAreNamed()
    {
        QCOMPARE(interpolate("${B}$C${D:-x}", lookup).unset, (std::vector<std::string>{"B", "C"}));
    }
    void mistakesAreExplained_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("problem");
        const auto row
            = [](const char* text, const char* problem) { QTest::newRow(text) << text << problem; };
        const char* escape = "\". You may need to escape any $ with another $";
        for (const char* text : {"${", "${A", "$", "${}", "${A!b}", "$1"})
            QTest::newRow(text) << text
                                << QString("invalid interpolation format: \"") + text + escape;
        row("${B:?say it}", "required variable B is missing a value: say it");
        row("${EMPTY:?no}", "required variable EMPTY is missing a value: no");
    }
    void mistakesAreExplained()
    {
        QFETCH(QString, text);
        QFETCH(QString, problem);
        QCOMPARE(interpolate(text.toStdString(), lookup).problem, problem.toStdString());
    }
    void dotEnvLinesAreRead()
    {
        const auto lines
            = readDotEnv("# c\nA=1\nexport B = \"x y\" \nC='${A}'\nD=${A} # c\nE\n", lookup);
        QCOMPARE(lines.size(), std::size_t(5));
        QCOMPARE(*lines[1].value, std::string("x y"));
        QCOMPARE(lines[1].name, std::string("B"));
        QCOMPARE(lines[1].line, 3);
        QCOMPARE(*lines[2].value, std::string("${A}"));
        QCOMPARE(*lines[3].value, std::string("a"));
        QVERIFY(!lines[4].value);
    }
};

QTEST_APPLESS_MAIN(TestInterpolation)
#include "test_interpolation.moc"
