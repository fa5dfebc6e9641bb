#include "panes/topiccreatesheet.h"

#include "bridge/reply.h"
#include "common/buttons.h"
#include "common/field.h"
#include "common/format.h"
#include "common/fromview.h"
#include "common/label.h"
#include "common/messagebar.h"
#include "configs/configdefinition.h"
#include "configs/configvalue.h"
#include "models/configwords.h"
#include "panes/topiccommandbox.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QRegularExpression>
#include <QScrollArea>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kLongestName = 249;

/** What is most often set comes first. */
QStringList settingNames()
{
    QStringList names
        = {u"cleanup.policy"_s, u"retention.ms"_s, u"retention.bytes"_s, u"min.insync.replicas"_s,
            u"segment.bytes"_s, u"max.message.bytes"_s, u"compression.type"_s};
    for (const configs::ConfigDefinition& definition :
        configs::allOf(configs::ConfigScope::Topic)) {
        const QString name = fromView(definition.name);
        if (!definition.isInternal && !names.contains(name))
            names.append(name);
    }
    return names;
}

} // namespace

TopicCreateSheet::TopicCreateSheet(Session& session, QWidget* parent)
    : SideSheet(parent)
    , m_session(session)
    , m_name(new QLineEdit)
    , m_partitions(new QSpinBox)
    , m_replicas(new QSpinBox)
    , m_preview(new Label({}, TextRole::Label, Tone::Muted))
    , m_command(new TopicCommandBox)
    , m_message(new MessageBar)
    , m_create(new PrimaryButton(tr("Create topic")))
{
    const Theme& theme = Theme::current();
    setTitle(tr("New topic"));
    setObjectName(u"New topic sheet"_s);

    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(theme.px(15), theme.px(4), theme.px(15), theme.px(8));
    layout->setSpacing(theme.px(12));
    m_name->setObjectName(u"Topic name"_s);
    m_partitions->setObjectName(u"Partitions"_s);
    m_replicas->setObjectName(u"Replicas"_s);
    setDataFont(*m_name);
    m_name->setPlaceholderText(tr("for example shop.orders"));
    m_name->setMaxLength(
        kLongestName + 50); // longer pastes are told about rather than cut silently
    m_nameField = new Field(tr("Name"), m_name, tr("Topic name"));
    layout->addWidget(m_nameField);

    m_partitions->setRange(1, 10'000);
    m_replicas->setRange(1, 32);
    auto* counts = new QHBoxLayout;
    counts->setSpacing(theme.px(12));
    counts->addWidget(new Field(tr("Partitions"), m_partitions, tr("Partitions")), 1);
    m_replicasField = new Field(tr("Replicas"), m_replicas, tr("Replicas"));
    counts->addWidget(m_replicasField, 1);
    layout->addLayout(counts);
    m_preview->setWordWrap(true);
    layout->addWidget(m_preview);

    layout->addWidget(new Label(tr("Settings"), TextRole::Strong));
    m_rowsLayout = new QVBoxLayout;
    m_rowsLayout->setSpacing(theme.px(12));
    layout->addLayout(m_rowsLayout);
    auto* add = new LinkButton(tr("+ Add a setting"));
    setButtonPlace(*add, ButtonPlace::Form);
    add->setAccessibleName(tr("Add a setting"));
    add->setObjectName(u"Add a setting"_s);
    connect(add, &QPushButton::clicked, this, &TopicCreateSheet::addConfigRow);
    layout->addWidget(add);
    layout->addStretch(1);
    layout->addWidget(new Label(tr("The same on the command line"), TextRole::Strong));
    layout->addWidget(m_command);

    auto* scroll = new QScrollArea;
    scroll->setFocusPolicy(Qt::NoFocus); // it follows what is in it
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->viewport()->setAutoFillBackground(false);
    scroll->setWidget(content);
    content->setAutoFillBackground(false); // the sheet's surface shows through
    setContent(scroll);

    footer()->addWidget(m_message);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(theme.px(8));
    auto* cancel = new QPushButton(tr("Cancel"));
    cancel->setObjectName(u"Cancel"_s);
    setButtonPlace(*cancel, ButtonPlace::Form);
    setButtonPlace(*m_create, ButtonPlace::Form);
    connect(cancel, &QPushButton::clicked, this, &SideSheet::closed);
    buttons->addWidget(cancel, 1);
    m_create->setAccessibleName(tr("Create topic"));
    m_create->setObjectName(u"Create topic"_s);
    buttons->addWidget(m_create, 2);
    footer()->addLayout(buttons);

    connect(m_name, &QLineEdit::textChanged, this, &TopicCreateSheet::check);
    connect(m_name, &QLineEdit::returnPressed, this, [this] {
        if (m_create->isEnabled())
            create();
    });
    connect(m_partitions, &QSpinBox::valueChanged, this, &TopicCreateSheet::check);
    connect(m_replicas, &QSpinBox::valueChanged, this, &TopicCreateSheet::check);
    connect(m_create, &QPushButton::clicked, this, &TopicCreateSheet::create);
    connect(&session, &Session::described, this, [this] {
        // The sheet was open before the cluster said how many brokers it has.
        if (!std::exchange(m_areBrokersKnown, true) && m_replicas->value() == 1)
            m_replicas->setValue(
                std::min(3, static_cast<int>(m_session.description().brokers.size())));
        if (isVisible())
            check();
    });
    start();
}

void TopicCreateSheet::start()
{
    const int brokers = std::max(1, static_cast<int>(m_session.description().brokers.size()));
    m_name->clear();
    m_partitions->setValue(3);
    m_replicas->setValue(std::min(3, brokers));
    m_areBrokersKnown = !m_session.description().brokers.empty();
    while (!m_rows.empty())
        removeConfigRow(m_rows.back().widget);
    m_message->clear();
    check();
    m_name->setFocus();
}

void TopicCreateSheet::addConfigRow()
{
    const Theme& theme = Theme::current();
    ConfigRow row;
    row.widget = new QWidget;
    auto* layout = new QVBoxLayout(row.widget);
    layout->setContentsMargins({});
    layout->setSpacing(theme.px(4));
    auto* line = new QHBoxLayout;
    line->setSpacing(theme.px(6));
    row.name = new QComboBox;
    row.name->addItems(settingNames());
    row.name->setFont(theme.font(TextRole::Data));
    row.name->setAccessibleName(tr("Setting"));
    row.name->setMaxVisibleItems(16);
    row.name->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    row.value = new QLineEdit;
    setDataFont(*row.value);
    row.value->setAccessibleName(tr("Value"));
    line->addWidget(row.name, 3);
    line->addWidget(row.value, 2);
    auto* remove = new IconButton(u"close"_s, tr("Leave this setting at its default"), row.widget);
    setButtonPlace(*remove, ButtonPlace::Form);
    line->addWidget(remove);
    layout->addLayout(line);
    row.explanation = new Label({}, TextRole::Small, Tone::Muted);
    row.explanation->setWordWrap(true);
    layout->addWidget(row.explanation);
    m_rowsLayout->addWidget(row.widget);
    // The first name that no row has yet.
    for (int i = 0; i < row.name->count(); ++i) {
        const bool isTaken = std::any_of(m_rows.begin(), m_rows.end(), [&](const ConfigRow& other) {
            return other.name->currentText() == row.name->itemText(i);
        });
        if (!isTaken) {
            row.name->setCurrentIndex(i);
            break;
        }
    }
    connect(row.name, &QComboBox::currentTextChanged, this, &TopicCreateSheet::check);
    connect(row.value, &QLineEdit::textChanged, this, &TopicCreateSheet::check);
    connect(remove, &QToolButton::clicked, this,
        [this, widget = row.widget] { removeConfigRow(widget); });
    m_rows.push_back(row);
    check();
    row.name->setFocus();
}

void TopicCreateSheet::removeConfigRow(QWidget* widget)
{
    std::erase_if(m_rows, [widget](const ConfigRow& row) { return row.widget == widget; });
    m_rowsLayout->removeWidget(widget);
    widget->hide();
    widget->deleteLater();
    check();
}

QString TopicCreateSheet::nameProblem(const QString& name) const
{
    static const QRegularExpression kAllowed(u"^[A-Za-z0-9._-]*$"_s);
    if (name == u"."_s || name == u".."_s)
        return tr("A topic can't be called . or ..");
    if (!kAllowed.match(name).hasMatch())
        return tr("Letters a–z and A–Z, digits, dot, underscore and hyphen only");
    if (name.size() > kLongestName)
        return tr("At most %1 characters").arg(kLongestName);
    const auto folded = [](QString text) { return text.replace(u'.', u'_'); };
    for (const client::TopicDescription& topic : m_session.description().topics) {
        const QString other = QString::fromStdString(topic.name);
        if (other == name)
            return tr("There is a topic of this name already");
        if (folded(other) == folded(name))
            return tr("Too like %1: in metrics, dot and underscore are the same").arg(other);
    }
    return {};
}

void TopicCreateSheet::check()
{
    const QString name = m_name->text();
    const QString problem = nameProblem(name);
    m_nameField->setError(problem);
    const int brokers = static_cast<int>(m_session.description().brokers.size());
    const bool hasTooManyReplicas = brokers > 0 && m_replicas->value() > brokers;
    m_replicasField->setError(
        hasTooManyReplicas ? tr("There are only %n broker(s)", nullptr, brokers) : QString());

    bool areSettingsGood = true;
    for (const ConfigRow& row : m_rows) {
        const QString setting = row.name->currentText();
        const configs::ConfigDefinition* definition
            = configs::find(configs::ConfigScope::Topic, setting.toStdString());
        const QString text = row.value->text();
        QString wrong;
        if (definition) {
            const auto fallback = definition->defaultValue();
            row.value->setPlaceholderText(fallback ? fromView(*fallback) : QString());
            if (!text.isEmpty()) {
                const auto parsed = configs::parseValue(*definition, text.toStdString());
                if (!parsed)
                    wrong = QString::fromStdString(parsed.error().message);
            }
        }
        const bool isTwice
            = std::count_if(m_rows.begin(), m_rows.end(),
                  [&](const ConfigRow& other) { return other.name->currentText() == setting; })
            > 1;
        if (isTwice)
            wrong = tr("%1 is given twice").arg(setting);
        const QString meaning = text.isEmpty() ? QString() : configValueText(setting, text);
        QString explanation = explainTopicConfig(setting, {});
        if (meaning != text && !meaning.isEmpty())
            explanation = meaning + u". "_s + explanation;
        row.explanation->setText(wrong.isEmpty() ? explanation : wrong);
        row.explanation->setTone(wrong.isEmpty() ? Tone::Muted : Tone::Bad);
        row.value->setProperty("moldauInvalid", !wrong.isEmpty());
        row.value->update();
        areSettingsGood &= wrong.isEmpty();
    }
    m_preview->setText(preview());
    m_command->setCommand(command());
    m_create->setEnabled(!m_isCreating && !name.isEmpty() && problem.isEmpty()
        && !hasTooManyReplicas && areSettingsGood && m_session.capabilities().canChange);
}

QString TopicCreateSheet::preview() const
{
    const int partitions = m_partitions->value();
    const int replicas = m_replicas->value();
    const int brokers = static_cast<int>(m_session.description().brokers.size());
    QString text = tr("%1 partitions × %2 replicas: the brokers keep %3 logs for it.")
                       .arg(formatNumber(partitions), formatNumber(replicas),
                           formatNumber(partitions * replicas));
    if (brokers > 1 && replicas == 1)
        text += u' ' + tr("One replica only: while its broker is down, a partition can't be used.");
    else if (replicas > 1 && replicas <= brokers)
        text += u' '
            + tr("Each partition has one leader and %n follower(s); it goes on while one of them "
                 "is in sync.",
                nullptr, replicas - 1);
    return text;
}

QString TopicCreateSheet::command() const
{
    const QString name = m_name->text().isEmpty() ? u"NAME"_s : shellQuoted(m_name->text());
    QString command
        = u"kafka-topics --create --topic %1 \\\n  --partitions %2 --replication-factor %3"_s
              .arg(name)
              .arg(m_partitions->value())
              .arg(m_replicas->value());
    for (const ConfigRow& row : m_rows) {
        if (!row.value->text().isEmpty())
            command += u" \\\n  --config "_s
                + shellQuoted(row.name->currentText() + u'=' + row.value->text());
    }
    return command + u" \\\n  --bootstrap-server "_s + m_session.firstAddress();
}

void TopicCreateSheet::create()
{
    m_isCreating = true;
    m_message->clear();
    m_create->setText(tr("Creating…"));
    check();
    client::NewTopic topic;
    topic.name = m_name->text().toStdString();
    topic.partitions = m_partitions->value();
    topic.replicationFactor = static_cast<std::int16_t>(m_replicas->value());
    for (const ConfigRow& row : m_rows) {
        if (!row.value->text().isEmpty())
            topic.configs[row.name->currentText().toStdString()] = row.value->text().toStdString();
    }
    const QString name = m_name->text();
    m_session.connection().createTopic(
        std::move(topic), replyTo<client::ClusterConnection::Done>(this, [this, name](auto result) {
            m_isCreating = false;
            m_create->setText(tr("Create topic"));
            check();
            if (!result) {
                m_message->showError(QString::fromStdString(result.error().message));
                return;
            }
            emit created(name);
        }));
}

} // namespace moldau::widgets
