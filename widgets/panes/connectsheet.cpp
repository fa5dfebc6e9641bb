#include "panes/connectsheet.h"

#include "base/transport.h"
#include "client/clientproperties.h"
#include "common/buttons.h"
#include "common/field.h"
#include "common/format.h"
#include "common/label.h"
#include "common/secretveil.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

namespace {

/** What stands in the client.properties of the usual set-ups; the words in capitals are to be
 * replaced. */
QString exampleText(int which)
{
    switch (which) {
    case 1:
        return u"security.protocol=SSL\nssl.ca.location=/path/to/ca.pem\n"_s;
    case 2:
        return u"security.protocol=SASL_SSL\nsasl.mechanism=PLAIN\nsasl.username=USER\nsasl.password=PASSWORD\n"_s;
    case 3:
        return u"security.protocol=SASL_SSL\nsasl.mechanism=SCRAM-SHA-512\nsasl.username=USER\nsasl.password=PASSWORD\n"_s;
    case 4:
        return u"security.protocol=SASL_PLAINTEXT\nsasl.mechanism=SCRAM-SHA-256\nsasl.username=USER\nsasl.password=PASSWORD\n"_s;
    default:
        return {};
    }
}

} // namespace

ConnectSheet::ConnectSheet(SessionHost& host, Opener opener, QWidget* parent)
    : SideSheet(parent)
    , m_host(host)
    , m_opener(std::move(opener))
    , m_name(new QLineEdit)
    , m_bootstrap(new QLineEdit)
    , m_example(new QComboBox)
    , m_properties(new QPlainTextEdit)
    , m_warnings(new Label({}, TextRole::Small, Tone::Warning))
    , m_showsSecrets(new QCheckBox(tr("Show secrets")))
    , m_readOnly(new QCheckBox(tr("Read only: nothing can be sent, changed or deleted")))
    , m_result(new Label({}, TextRole::Label, Tone::Muted))
    , m_test(new QPushButton(tr("Test")))
    , m_connect(new PrimaryButton(tr("Connect")))
{
    const Theme& theme = Theme::current();
    setButtonPlace(*m_test, ButtonPlace::Form);
    setButtonPlace(*m_connect, ButtonPlace::Form);
    setTitle(tr("Connect to a cluster"),
        tr("Any Kafka that speaks its protocol: Apache Kafka, Redpanda, a cloud service."));
    setObjectName(u"Connect to a cluster"_s);
    setContent(makeFields());
    m_result->setWordWrap(true);
    m_result->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_result->setObjectName(u"Test result"_s);
    m_result->hide();
    footer()->addWidget(m_result);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(theme.px(8));
    m_test->setObjectName(u"Test the connection"_s);
    m_test->setAccessibleName(tr("Test the connection"));
    m_connect->setObjectName(u"Connect"_s);
    buttons->addWidget(m_test, 1);
    buttons->addWidget(m_connect, 2);
    footer()->addLayout(buttons);

    connect(m_bootstrap, &QLineEdit::textChanged, this, &ConnectSheet::check);
    connect(m_properties, &QPlainTextEdit::textChanged, this, &ConnectSheet::check);
    connect(m_bootstrap, &QLineEdit::returnPressed, m_connect, &QPushButton::click);
    connect(m_example, &QComboBox::activated, this, &ConnectSheet::insertExample);
    connect(m_test, &QPushButton::clicked, this, &ConnectSheet::test);
    connect(m_connect, &QPushButton::clicked, this, &ConnectSheet::connectNow);
    connect(&host, &SessionHost::failed, this, [this](const QString& name, const QString& reason) {
        if (m_opening.isEmpty() || name != m_opening)
            return;
        m_opening.clear();
        m_connect->setText(tr("Connect"));
        check();
        m_result->setTone(Tone::Bad);
        m_result->setText(reason);
        m_result->show();
    });
    connect(&host, &SessionHost::opened, this, [this](Session* session) {
        if (m_opening.isEmpty() || session->name() != m_opening)
            return;
        m_opening.clear();
        m_connect->setText(tr("Connect"));
        setOptions({});
        emit closed();
    });
    check();
}

ConnectSheet::~ConnectSheet() = default;

QWidget* ConnectSheet::makeFields()
{
    const Theme& theme = Theme::current();
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(theme.px(15), theme.px(6), theme.px(15), theme.px(8));
    layout->setSpacing(theme.px(12));
    m_name->setObjectName(u"Cluster name"_s);
    m_name->setPlaceholderText(tr("for example staging"));
    layout->addWidget(new Field(tr("Name"), m_name, tr("Cluster name")));
    m_bootstrap->setObjectName(u"Bootstrap addresses"_s);
    m_bootstrap->setPlaceholderText(u"localhost:9092"_s);
    setDataFont(*m_bootstrap);
    m_bootstrapField = new Field(tr("Bootstrap addresses"), m_bootstrap, tr("Bootstrap addresses"));
    layout->addWidget(m_bootstrapField);

    auto* example = new QHBoxLayout;
    example->addWidget(new Label(tr("Security and more"), TextRole::Strong), 1);
    m_example->setPlaceholderText(tr("Insert an example"));
    m_example->addItems({tr("No security"), tr("TLS"), tr("TLS and user (PLAIN)"),
        tr("TLS and user (SCRAM)"), tr("User without TLS (SCRAM)")});
    m_example->setCurrentIndex(-1);
    m_example->setAccessibleName(tr("Example of properties"));
    m_example->setObjectName(u"Example of properties"_s);
    example->addWidget(m_example);
    layout->addLayout(example);
    m_properties->setObjectName(u"Properties"_s);
    m_properties->setPlaceholderText(tr("Paste a client.properties here, as Java programs or "
                                        "librdkafka have it. Empty means: no TLS, no user."));
    m_properties->setTabChangesFocus(true);
    m_properties->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_properties->setMinimumHeight(theme.px(150));
    setDataFont(*m_properties);
    m_propertiesField = new Field(tr("client.properties"), m_properties, tr("Properties"));
    layout->addWidget(m_propertiesField, 1);
    auto* const veil = new SecretVeil(m_properties->document());
    m_showsSecrets->setObjectName(u"Show secrets"_s);
    connect(m_showsSecrets, &QCheckBox::toggled, veil, &SecretVeil::setLifted);
    layout->addWidget(m_showsSecrets);
    m_warnings->setWordWrap(true);
    m_warnings->hide();
    layout->addWidget(m_warnings);
    m_readOnly->setObjectName(u"Read only"_s);
    layout->addWidget(m_readOnly);
    return content;
}

ExternalOptions ConnectSheet::options() const
{
    ExternalOptions options;
    options.bootstrap = m_bootstrap->text().simplified().remove(u' ');
    options.properties = m_properties->toPlainText();
    options.isReadOnly = m_readOnly->isChecked();
    options.name = m_name->text().trimmed();
    // Without a name the first address is one.
    if (options.name.isEmpty())
        options.name = options.bootstrap.section(u',', 0, 0);
    return options;
}

void ConnectSheet::setOptions(const ExternalOptions& options)
{
    m_name->setText(options.name);
    m_bootstrap->setText(options.bootstrap);
    m_properties->setPlainText(options.properties);
    m_showsSecrets->setChecked(false);
    m_readOnly->setChecked(options.isReadOnly);
    m_example->setCurrentIndex(-1);
    m_result->hide();
}

void ConnectSheet::insertExample(int which)
{
    m_properties->setPlainText(exampleText(which));
    m_example->setCurrentIndex(-1); // what is edited from here on is no example any more
    m_properties->setFocus();
}

void ConnectSheet::check()
{
    const ExternalOptions options = this->options();
    QString addressProblem;
    const QStringList addresses = options.bootstrap.split(u',', Qt::SkipEmptyParts);
    for (const QString& address : addresses) {
        if (!parseEndpoint(address.toStdString()).has_value())
            addressProblem = tr("%1 is no address: write host:port").arg(address);
    }
    QString propertiesProblem;
    QStringList warnings;
    bool hasBootstrap = !addresses.isEmpty();
    const auto properties = client::parseProperties(options.properties.toStdString());
    if (!properties) {
        propertiesProblem = QString::fromStdString(properties.error().message);
    } else if (!options.properties.trimmed().isEmpty()) {
        const auto config = client::toClientConfig(*properties);
        if (!config) {
            propertiesProblem = QString::fromStdString(config.error().message);
        } else {
            hasBootstrap |= !config->bootstrap.empty();
            for (const std::string& warning : config->warnings)
                warnings.append(QString::fromStdString(warning));
        }
    }
    m_bootstrapField->setError(addressProblem);
    m_propertiesField->setError(propertiesProblem);
    m_warnings->setText(warnings.join(u'\n'));
    m_warnings->setVisible(!warnings.isEmpty());
    const bool isGood = hasBootstrap && addressProblem.isEmpty() && propertiesProblem.isEmpty();
    m_test->setEnabled(isGood && m_opener && !m_tried);
    m_connect->setEnabled(isGood && m_opening.isEmpty());
}

void ConnectSheet::test()
{
    m_result->setTone(Tone::Muted);
    m_result->setText(tr("Asking the brokers…"));
    m_result->show();
    auto opened = m_opener(options());
    if (!opened) {
        m_result->setTone(Tone::Bad);
        m_result->setText(explain(opened.error()));
        return;
    }
    m_tried = std::move(*opened);
    m_clock.start();
    m_test->setText(tr("Testing…"));
    check();
    m_tried->describeCluster(m_request.reply<client::ClusterDescription>(
        this, [this](auto result) { finishTest(std::move(result)); }));
}

void ConnectSheet::finishTest(Result<client::ClusterDescription> result)
{
    m_tried.reset();
    m_test->setText(tr("Test"));
    check();
    if (!result) {
        m_result->setTone(Tone::Bad);
        m_result->setText(explain(result.error()));
        return;
    }
    m_result->setTone(Tone::Good);
    m_result->setText(
        tr("It works: %1, %2, answered in %3 ms.")
            .arg(tr("%n broker(s)", nullptr, static_cast<int>(result->brokers.size())),
                tr("%n topic(s)", nullptr, static_cast<int>(result->topics.size())),
                formatNumber(m_clock.elapsed())));
}

QString ConnectSheet::explain(const Error& error)
{
    const QString message = QString::fromStdString(error.message);
    QString advice;
    switch (error.code) {
    case ErrorCode::LocalConnectionRefused:
        advice
            = tr("Nobody listens at this address. Is the broker running, and is the port right?");
        break;
    case ErrorCode::LocalTimeout:
        advice = tr("No broker answered in time. A wrong address, a firewall, or TLS on one side "
                    "only look like this.");
        break;
    case ErrorCode::SaslAuthenticationFailed:
        advice = tr("The broker refused user or password.");
        break;
    default:
        break;
    }
    if (advice.isEmpty())
        return message.isEmpty() ? tr("It failed without a reason.") : message;
    return message.isEmpty() ? advice : advice + u'\n' + message;
}

void ConnectSheet::connectNow()
{
    if (!m_connect->isEnabled())
        return;
    const ExternalOptions options = this->options();
    m_opening = options.name;
    m_result->hide();
    m_connect->setText(tr("Connecting…"));
    check();
    m_host.openExternal(options);
    emit connectRequested();
}

} // namespace moldau::widgets
