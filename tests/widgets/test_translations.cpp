#include <QDir>
#include <QTest>
#include <QXmlStreamReader>

using namespace Qt::Literals::StringLiterals;

/** Every sentence of the window is there in Korean, and every plural in English. */
class TestTranslations : public QObject {
    Q_OBJECT

private slots:
    void nothingIsMissing_data();
    void nothingIsMissing();
};

void TestTranslations::nothingIsMissing_data()
{
    QTest::addColumn<QString>("file");
    const QDir directory(QStringLiteral(TRANSLATIONS_DIRECTORY));
    for (const QString& name : directory.entryList({u"*.ts"_s}))
        QTest::newRow(qPrintable(name)) << directory.filePath(name);
}

void TestTranslations::nothingIsMissing()
{
    QFETCH(QString, file);
    QFile source(file);
    QVERIFY(source.open(QIODevice::ReadOnly));
    QXmlStreamReader reader(&source);
    QStringList missing;
    QString context;
    QString text;
    while (!reader.atEnd()) {
        if (reader.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (reader.name() == u"name"_s) {
            context = reader.readElementText();
        } else if (reader.name() == u"source"_s) {
            text = reader.readElementText();
        } else if (reader.name() == u"translation"_s
            && reader.attributes().value(u"type"_s) == u"unfinished"_s) {
            missing.append(context + u": "_s + text);
        }
    }
    QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
    QVERIFY2(missing.isEmpty(), qPrintable(missing.join(u'\n')));
}

QTEST_GUILESS_MAIN(TestTranslations)
#include "test_translations.moc"
