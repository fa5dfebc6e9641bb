#include "common/style.h"
#include "panes/composeeditor.h"
#include "panes/composefindings.h"
#include "panes/composepage.h"
#include "panes/connectsheet.h"

#include "generatedcluster.h"
#include "rememberinghost.h"

#include <QAction>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>

void initMoldauResources();

using namespace moldau;
using namespace moldau::widgets;
using namespace Qt::Literals::StringLiterals;
using test::GeneratedCluster;
using test::RememberingHost;

namespace {

const QString kGood = uR"(services:
  broker:
    image: apache/kafka:4.1.0
    ports:
      - "9092:9092"
)"_s;

QString write(const QTemporaryDir& folder, const QString& text)
{
    const QString path = folder.filePath(u"docker-compose.yaml"_s);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return {};
    file.write(text.toUtf8());
    return path;
}

} // namespace

class TestCompose : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(u"moldau-test"_s);
        MoldauStyle::install(*qApp, Theme());
    }
    void findingsAreInTheWindowsLanguage()
    {
        initMoldauResources();
        QTranslator translator;
        QVERIFY(translator.load(u":/i18n/moldau_doctor_ko.qm"_s));
        QCoreApplication::installTranslator(&translator);
        const auto removed = qScopeGuard([&] { QCoreApplication::removeTranslator(&translator); });
        QTemporaryDir folder;
        QString text = kGood;
        text.replace(u"9092:9092"_s, u"9092:9095"_s);
        text += u"    environment:\n      KAFKA_LISTNERS: PLAINTEXT://{0}:9092\n"_s;
        RememberingHost host;
        ComposePage page(host);
        QVERIFY(page.openFile(write(folder, text)));
        const auto* model = page.findChild<ComposeFindings*>()->model();
        QStringList said;
        for (int row = 0; row < model->rowCount(); ++row)
            said.append(model->index(row, 0).data().toString());
        QVERIFY2(said.contains(u"KAFKA_LISTNERS은(는) Kafka에 없는 이름이라 효과가 없습니다. "
                               "혹시 KAFKA_LISTENERS인가요?"_s),
            qPrintable(said.join(u'\n')));
        // A part is data, whatever it looks like.
        QCOMPARE(ComposeFindings::textOf(compose::say("{} was meant to be {}", "{1}", "b")),
            u"{1}은(는) b의 오타로 보입니다"_s);
    }
    void findingsStandAtTheirLinesAndAreFixed()
    {
        QTemporaryDir folder;
        QString text = kGood;
        text.replace(u"    ports"_s, u"\tports"_s);
        RememberingHost host;
        ComposePage page(host);
        page.show();
        QVERIFY(page.openFile(write(folder, text)));
        auto* findings = page.findChild<ComposeFindings*>();
        QVERIFY(!findings->findings().empty());
        QCOMPARE(findings->findings().front().position.line, 4);
        findings->setCurrentIndex(findings->model()->index(0, 0));
        auto* editor = page.findChild<ComposeEditor*>();
        QCOMPARE(editor->textCursor().blockNumber(), 3);
        page.findChild<QPushButton*>(u"Fix all"_s)->click();
        QVERIFY(!editor->toPlainText().contains(u'\t'));
        const auto& left = findings->findings();
        QVERIFY(std::none_of(left.begin(), left.end(), [](const compose::Finding& finding) {
            return finding.severity == compose::Severity::Error;
        }));
        editor->undo();
        QCOMPARE(editor->toPlainText(), text);
    }
    void startSavesAndAsksTheHost()
    {
        QTemporaryDir folder;
        RememberingHost host;
        ComposePage page(host);
        page.show();
        const QString path = write(folder, kGood);
        QVERIFY(page.openFile(path));
        auto* editor = page.findChild<ComposeEditor*>();
        editor->moveCursor(QTextCursor::End);
        editor->insertPlainText(u"# mine\n"_s);
        QAction* start = nullptr;
        for (QAction* action : page.actions()) {
            if (action->text().contains(u"start"_s))
                start = action;
        }
        QVERIFY(start && start->isEnabled());
        start->trigger();
        QCOMPARE(host.files, QStringList{path});
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().endsWith("# mine\n"));
        QVERIFY(!start->isEnabled());
        emit host.failed(u"project"_s, u"port 9092 is taken"_s);
        QVERIFY(start->isEnabled());
    }
    void filesThatAreNotThereAreTold()
    {
        RememberingHost host;
        ComposePage page(host);
        QVERIFY(!page.openFile(u"/nowhere/docker-compose.yaml"_s));
    }
    void editorReplacesOnlyWhatDiffers()
    {
        ComposeEditor editor;
        editor.setPlainText(u"one\ntwo\nthree\n"_s);
        editor.goTo(3, 2);
        editor.replaceText(u"one\n2\nthree\n"_s);
        QCOMPARE(editor.toPlainText(), u"one\n2\nthree\n"_s);
        QCOMPARE(editor.textCursor().blockNumber(), 2);
        QCOMPARE(editor.textCursor().positionInBlock(), 1);
    }

    void connectSheetChecksAddressesAndProperties()
    {
        RememberingHost host;
        ConnectSheet sheet(
            host, [](const ExternalOptions&) -> Result<std::unique_ptr<client::ClusterConnection>> {
                return fail(ErrorCode::LocalUnsupported, "not here");
            });
        sheet.show();
        auto* connectButton = sheet.findChild<QPushButton*>(u"Connect"_s);
        auto* bootstrap = sheet.findChild<QLineEdit*>(u"Bootstrap addresses"_s);
        auto* properties = sheet.findChild<QPlainTextEdit*>(u"Properties"_s);
        QVERIFY(!connectButton->isEnabled());
        bootstrap->setText(u"localhost"_s);
        QVERIFY(!connectButton->isEnabled());
        bootstrap->setText(u"localhost:9092, other:9093"_s);
        QVERIFY(connectButton->isEnabled());
        properties->setPlainText(u"security.protocol=SASL_SSL\nsasl.jaas.config=nonsense\n"_s);
        QVERIFY(!connectButton->isEnabled());
        properties->setPlainText(u"security.protocol=PLAINTEXT\n"_s);
        QVERIFY(connectButton->isEnabled());
        connectButton->click();
        QCOMPARE(host.externals.size(), 1);
        QCOMPARE(host.externals.first().bootstrap, u"localhost:9092,other:9093"_s);
        QCOMPARE(host.externals.first().name, u"localhost:9092"_s);
        QVERIFY(!connectButton->isEnabled());
        emit host.failed(u"localhost:9092"_s, u"nobody there"_s);
        QVERIFY(connectButton->isEnabled());
        QCOMPARE(sheet.findChild<QLabel*>(u"Test result"_s)->text(), u"nobody there"_s);
    }
    void connectSheetTests()
    {
        RememberingHost host;
        bool isDown = false;
        ConnectSheet sheet(host,
            [&](const ExternalOptions&) -> Result<std::unique_ptr<client::ClusterConnection>> {
                auto cluster = std::make_unique<GeneratedCluster>();
                cluster->addTopic("orders", 1, 1, 1);
                if (isDown)
                    cluster->failWith(Error{ErrorCode::SaslAuthenticationFailed,
                        "Authentication failed: Invalid username or password"});
                return cluster;
            });
        sheet.show();
        sheet.findChild<QLineEdit*>(u"Bootstrap addresses"_s)->setText(u"localhost:9092"_s);
        auto* test = sheet.findChild<QPushButton*>(u"Test the connection"_s);
        auto* result = sheet.findChild<QLabel*>(u"Test result"_s);
        test->click();
        QTRY_VERIFY(result->text().contains(u"3 broker"_s));
        isDown = true;
        QTRY_VERIFY(test->isEnabled());
        test->click();
        QTRY_VERIFY(result->text().contains(u"refused"_s));
        QVERIFY(result->text().contains(u"Invalid username or password"_s));
    }
};

QTEST_MAIN(TestCompose)
#include "test_compose.moc"
