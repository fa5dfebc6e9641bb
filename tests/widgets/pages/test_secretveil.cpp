#include "common/secretveil.h"

#include <QPlainTextDocumentLayout>
#include <QTest>
#include <QTextBlock>
#include <QTextDocument>
#include <QTextLayout>

using namespace moldau::widgets;
using namespace Qt::Literals::StringLiterals;

namespace {

/** The text as it is seen: characters in the colour of their background as '#'. */
QString seen(const QTextDocument& document)
{
    QString all;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        QString line = block.text();
        for (const QTextLayout::FormatRange& range : block.layout()->formats()) {
            if (range.format.hasProperty(QTextFormat::BackgroundBrush)
                && range.format.foreground() == range.format.background())
                line.replace(range.start, range.length, QString(range.length, u'#'));
        }
        all += (all.isEmpty() ? QString() : u"\n"_s) + line;
    }
    return all;
}

} // namespace

class TestSecretVeil : public QObject {
    Q_OBJECT
private slots:
    void secretsAreVeiledAndNothingElse_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("shown");
        const auto row = [](const char* name, const QString& text, const QString& shown) {
            QTest::newRow(name) << text << shown;
        };
        row("password", u"sasl.password=hunter2"_s, u"sasl.password=#######"_s);
        row("user", u"sasl.username=alice"_s, u"sasl.username=alice"_s);
        row("blanks", u"  ssl.keystore.password : a b"_s, u"  ssl.keystore.password : ###"_s);
        row("JAAS", u"sasl.jaas.config=x required;"_s, u"sasl.jaas.config=###########"_s);
        row("lines that go on", u"sasl.jaas.config=ab \\\n  password=\"c\";\nacks=all"_s,
            u"sasl.jaas.config=####\n###############\nacks=all"_s);
        row("location", u"ssl.truststore.location=/a/b.jks"_s,
            u"ssl.truststore.location=/a/b.jks"_s);
        row("token", u"sasl.oauthbearer.client.secret=s"_s, u"sasl.oauthbearer.client.secret=#"_s);
    }
    void secretsAreVeiledAndNothingElse()
    {
        QFETCH(QString, text);
        QFETCH(QString, shown);
        QTextDocument document;
        document.setDocumentLayout(new QPlainTextDocumentLayout(&document));
        SecretVeil veil(&document);
        document.setPlainText(text);
        veil.rehighlight();
        QCOMPARE(seen(document), shown);
        QCOMPARE(document.toPlainText(), text);
        veil.setLifted(true);
        QCOMPARE(seen(document), text);
    }
};

QTEST_MAIN(TestSecretVeil)
#include "test_secretveil.moc"
