#include "commandline.h"

#include <QTest>

using moldau::CommandLine;
using namespace Qt::Literals::StringLiterals;

class TestCommandLine : public QObject {
    Q_OBJECT

private slots:
    void startsWithoutArguments();
    void readsWhatAScreenshotNeeds();
    void readsWhatToShowOnAPage();
    void refusesWhatMakesNoSense_data();
    void refusesWhatMakesNoSense();
    void helpNamesEveryOption();
};

void TestCommandLine::startsWithoutArguments()
{
    const CommandLine line = CommandLine::parse({u"moldau"_s});
    QVERIFY(line.error.isEmpty());
    QVERIFY(line.screenshot.isEmpty());
    QVERIFY(!line.isPresenting);
}

void TestCommandLine::readsWhatAScreenshotNeeds()
{
    const CommandLine line = CommandLine::parse(QStringList{u"moldau"_s, u"--screenshot"_s,
        u"out.png"_s, u"--after"_s, u"300"_s, u"--size"_s, u"1440x900"_s, u"--theme"_s, u"dark"_s,
        u"--language"_s, u"ko"_s, u"--page"_s, u"Messages"_s, u"--present"_s, u"shop.yaml"_s});
    QVERIFY2(line.error.isEmpty(), qPrintable(line.error));
    QCOMPARE(line.screenshot, u"out.png"_s);
    QCOMPARE(line.screenshotAfterMs, 300);
    QCOMPARE(line.size, QSize(1440, 900));
    QCOMPARE(line.theme, u"dark"_s);
    QCOMPARE(line.language, u"ko"_s);
    QCOMPARE(line.page, u"messages"_s);
    QVERIFY(line.isPresenting);
    QCOMPARE(line.composeFile, u"shop.yaml"_s);
}

void TestCommandLine::readsWhatToShowOnAPage()
{
    const CommandLine line = CommandLine::parse({u"moldau"_s, u"--page"_s,
        u"Messages:topic=Shop.Orders,offset=7"_s, u"--first-port"_s, u"0"_s});
    QVERIFY2(line.error.isEmpty(), qPrintable(line.error));
    QCOMPARE(line.page, u"messages"_s);
    QCOMPARE(line.pageThings, (QVariantMap{{u"topic"_s, u"Shop.Orders"_s}, {u"offset"_s, u"7"_s}}));
    QCOMPARE(line.firstPort, 0);
    QCOMPARE(CommandLine::parse({u"moldau"_s, u"--controllers"_s, u"3"_s}).controllers, 3);
    QCOMPARE(CommandLine::parse({u"moldau"_s, u"--page"_s, u"topics:new"_s}).pageThings,
        (QVariantMap{{u"new"_s, true}}));
}

void TestCommandLine::refusesWhatMakesNoSense_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("unknown option") << QStringList{u"--colour"_s};
    QTest::newRow("language") << QStringList{u"--language"_s, u"fr"_s};
    QTest::newRow("theme") << QStringList{u"--theme"_s, u"pink"_s};
    QTest::newRow("size") << QStringList{u"--size"_s, u"big"_s};
    QTest::newRow("first port") << QStringList{u"--first-port"_s, u"70000"_s};
    QTest::newRow("controllers") << QStringList{u"--controllers"_s, u"2"_s};
    QTest::newRow("after") << QStringList{u"--after"_s, u"soon"_s};
    QTest::newRow("properties alone") << QStringList{u"--properties"_s, u"client.properties"_s};
    QTest::newRow("two files") << QStringList{u"a.yaml"_s, u"b.yaml"_s};
}

void TestCommandLine::refusesWhatMakesNoSense()
{
    QFETCH(QStringList, arguments);
    QVERIFY(!CommandLine::parse(QStringList{u"moldau"_s} + arguments).error.isEmpty());
}

void TestCommandLine::helpNamesEveryOption()
{
    const QString help = CommandLine::helpText();
    for (const auto& option : {u"--bootstrap"_s, u"--properties"_s, u"--language"_s, u"--theme"_s,
             u"--present"_s, u"--data"_s, u"--first-port"_s, u"--controllers"_s, u"--page"_s,
             u"--screenshot"_s, u"--after"_s, u"--size"_s})
        QVERIFY2(help.contains(option), qPrintable(option));
}

QTEST_GUILESS_MAIN(TestCommandLine)
#include "test_commandline.moc"
