#include "configs/properties.h"

#include <QTest>

using namespace moldau;
using namespace moldau::configs;

class TestProperties : public QObject {
    Q_OBJECT
private slots:
    void linesAreReadAsJavaDoes_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<int>("line");
        const auto row = [](const char* name, const char* text, const char* key, const char* value,
                             int line) {
            QTest::newRow(name) << QByteArray(text) << QByteArray(key) << QByteArray(value) << line;
        };
        row("equals", "a.b=c d ", "a.b", "c d ", 1);
        row("colon", "a : b", "a", "b", 1);
        row("blank", "a b=c", "a", "b=c", 1);
        row("no value", "a", "a", "", 1);
        row("comments", "# x\n\n  ! y \\\n a = 1", "a", "1", 4);
        row("continued", "a = 1,\\\n    2,\\\r\n\t3", "a", "1,2,3", 1);
        row("two backslashes don't continue", "a = 1\\\\", "a", "1\\", 1);
        row("escaped separator", "a\\ b\\=c\\:d = 1", "a b=c:d", "1", 1);
        row("escapes", "a = x\\ty\\u00e9\\ud83d\\ude00\\q", "a", "x\ty\xc3\xa9\xf0\x9f\x98\x80q",
            1);
        row("unicode", "name = \xed\x95\x9c", "name", "\xed\x95\x9c", 1);
        row("trailing backslash", "a = 1\\", "a", "1", 1);
    }
    void linesAreReadAsJavaDoes()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, key);
        QFETCH(QByteArray, value);
        QFETCH(int, line);
        const auto properties = readProperties(text.toStdString());
        QVERIFY(properties.has_value());
        QCOMPARE(properties->size(), std::size_t(1));
        QCOMPARE(QByteArray::fromStdString(properties->front().key), key);
        QCOMPARE(QByteArray::fromStdString(properties->front().value), value);
        QCOMPARE(properties->front().line, line);
    }
    void brokenUnicodeEscapeIsNamedByLine()
    {
        QCOMPARE(readProperties("a=1\nb=\\u12").error().message,
            std::string("line 2: \\u needs four hexadecimal digits"));
    }
    void laterLineWins() { QCOMPARE(toMap(*readProperties("a=1\na=2")).at("a"), std::string("2")); }
    void whatIsWrittenIsReadBack()
    {
        const ConfigMap map{{" a=b:c#", " leading, tab\t and \\ and\nline"}, {"!x", "#y"},
            {"listeners", "PLAINTEXT://:9092"}};
        QVERIFY(toMap(*readProperties(writeProperties(map))) == map);
        QCOMPARE(writeProperties({{"listeners", "PLAINTEXT://:9092"}}),
            std::string("listeners=PLAINTEXT://:9092\n"));
    }
};

QTEST_APPLESS_MAIN(TestProperties)
#include "test_properties.moc"
