#include "compose/editing.h"
#include "compose/lineindex.h"
#include "compose/tabs.h"
#include "compose/yamlnode.h"

#include <QTest>

using namespace moldau::compose;

class TestYaml : public QObject {
    Q_OBJECT
private slots:
    void everyValueKnowsItsPlace()
    {
        const std::string text = "# 한글\r\na: \"한\"\r\nb: &x foo # c\r\nc: [1, *x]\n";
        const YamlPtr root = *parseYaml(text);
        const LineIndex lines(text);
        QVERIFY((lines.positionOf(root->find("a")->offset) == Position{2, 4}));
        QVERIFY((lines.positionOf(root->find("b")->offset) == Position{3, 4}));
        QVERIFY((lines.positionOf(root->find("c")->items[0]->offset) == Position{4, 5}));
        QCOMPARE(root->find("c")->items[1]->value, std::string("foo"));
        QVERIFY(root->find("b")->isPlain && !root->find("a")->isPlain);
    }
    void byteOrderMarkMovesNothing()
    {
        const std::string text = "\xef\xbb\xbf"
                                 "a: b\n";
        QCOMPARE(text.substr((*parseYaml(text))->find("a")->offset), std::string("b\n"));
    }
    void mergedEntriesFollowTheMapsOwn()
    {
        const YamlPtr root
            = *parseYaml("x: &x {a: 1, b: 2}\ny: &y {c: 3, a: 9}\nz:\n  <<: [*x, *y]\n  b: own\n");
        const YamlPtr z = root->find("z");
        QCOMPARE(z->entries.size(), std::size_t(3));
        QCOMPARE(z->find("a")->value, std::string("1"));
        QCOMPARE(z->find("b")->value, std::string("own"));
        QCOMPARE(z->find("c")->value, std::string("3"));
    }
    void repeatedKeysAreKeptApart()
    {
        const YamlPtr root = *parseYaml("a: 1\na: 2\n");
        QCOMPARE(root->find("a")->value, std::string("1"));
        QCOMPARE(root->repeatedKeys.size(), std::size_t(1));
    }
    void mistakesAreNamedWithTheirPlace_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("line");
        QTest::newRow("unclosed text") << QByteArray("a: \"b\nc: d\n") << 1;
        QTest::newRow("wrong indentation") << QByteArray("a:\n  b: 1\n c: 2\n") << 3;
        QTest::newRow("not UTF-8") << QByteArray("a: 1\nb: \xff\n") << 2;
        QTest::newRow("control character") << QByteArray("a: 1\n\x01\n") << 2;
        QTest::newRow("alias in its own anchor") << QByteArray("a: &x [*x]\n") << 1;
    }
    void mistakesAreNamedWithTheirPlace()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, line);
        const std::string bytes = text.toStdString();
        const auto root = parseYaml(bytes);
        QVERIFY(!root);
        QVERIFY(!root.error().message.empty());
        QCOMPARE(LineIndex(bytes).positionOf(root.error().offset).line, line);
    }

    void tabsAreFoundWhereYamlForbidsThem_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QList<int>>("offsets");
        const auto row = [](const char* name, const char* text, QList<int> offsets) {
            QTest::newRow(name) << QByteArray(text) << offsets;
        };
        row("none", "a:\n  b: 1\n", {});
        row("indentation", "a:\n\tb: 1\n  \tc: 2\n", {3, 11});
        row("behind a dash", "a:\n  -\tb\n  - \tc\n", {6, 13});
        row("comment", "a: 1\n\t# x\n", {5});
        row("blank line", "a: 1\n\t\nb: 2\n", {});
        row("between key and value", "a:\t1\nb: 2\t# c\n", {});
        row("block text", "a: |\n  x\n  \ty\n   \tz\nb:\n\tc: 1\n", {23});
        row("block text with tabs only", "a: |\n\tx\n", {5});
        row("quoted text", "a: \"x\n\ty\"\nb: 'it''s\n\tz'\n", {});
        row("brackets", "a: [1,\n\t2]\nb:\n\tc: 1\n", {14});
        row("brackets in plain text", "a: b[\n\tc: 1\n", {6});
    }
    void tabsAreFoundWhereYamlForbidsThem()
    {
        QFETCH(QByteArray, text);
        QFETCH(QList<int>, offsets);
        QList<int> found;
        for (const TabbedIndent& tab : findTabs(text.toStdString()))
            found.push_back(static_cast<int>(tab.offset));
        QCOMPARE(found, offsets);
    }

    void onlyTheEditedPlaceChanges()
    {
        const std::string text = "a: 'x' # c\nlist:\n    - \"one\"   # 1\nmap:\n  k: v\nend: 1\n";
        const YamlPtr root = *parseYaml(text);
        QCOMPARE(applyEdits(text, {*replaceScalar(text, *root->find("a"), "it's")}),
            std::string("a: 'it''s' # c\nlist:\n    - \"one\"   # 1\nmap:\n  k: v\nend: 1\n"));
        QCOMPARE(applyEdits(text,
                     {*appendItem(text, *root->find("list"), "two"),
                         *appendEntry(text, *root->find("map"), "K", "x: y")}),
            std::string("a: 'x' # c\nlist:\n    - \"one\"   # 1\n    - \"two\"\nmap:\n  k: v\n  K: "
                        "\"x: y\"\nend: 1\n"));
    }
    void bracketsAndLongTextsAreNotEdited()
    {
        const std::string text = "a: {b: c}\nd: [1]\ne: \"x\\ty\"\nf: x\n  y\n";
        const YamlPtr root = *parseYaml(text);
        QVERIFY(!appendEntry(text, *root->find("a"), "k", "v"));
        QVERIFY(!appendItem(text, *root->find("d"), "2"));
        QVERIFY(!replaceScalar(text, *root->find("e"), "z"));
        QVERIFY(!replaceScalar(text, *root->find("f"), "z"));
    }
};

QTEST_APPLESS_MAIN(TestYaml)
#include "test_yaml.moc"
