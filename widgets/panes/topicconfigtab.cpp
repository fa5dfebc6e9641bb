#include "panes/topicconfigtab.h"

#include "common/buttons.h"
#include "common/field.h"
#include "common/fromview.h"
#include "common/label.h"
#include "common/messagebar.h"
#include "common/panel.h"
#include "common/tableview.h"
#include "configs/configdefinition.h"
#include "configs/configvalue.h"
#include "models/configwords.h"
#include "panes/topiccommandbox.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

namespace {

const configs::ConfigDefinition* definitionOf(const QString& name)
{
    return configs::find(configs::ConfigScope::Topic, name.toStdString());
}

/** The values to choose from, or none where any text may be one. */
QStringList choicesOf(const configs::ConfigDefinition* definition)
{
    QStringList choices;
    if (!definition)
        return choices;
    if (definition->type == configs::ConfigType::Boolean)
        return {u"true"_s, u"false"_s};
    if (definition->rule.kind == configs::RuleKind::OneOf) {
        for (const std::string_view choice : definition->rule.choices)
            choices.append(fromView(choice));
    }
    return choices;
}

} // namespace

TopicConfigTab::TopicConfigTab(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_model(new ConfigModel(this))
    , m_filtered(new QSortFilterProxyModel(this))
    , m_search(new SearchField(tr("Filter settings"), tr("Filter by name or meaning"), this))
    , m_table(new TableView(tr("Settings"), this))
    , m_message(new MessageBar(this))
    , m_editor(new QWidget(this))
    , m_name(new Label({}, TextRole::Data, Tone::Ink, m_editor))
    , m_explanation(new Label({}, TextRole::Label, Tone::Muted, m_editor))
    , m_default(new Label({}, TextRole::Small, Tone::Muted, m_editor))
    , m_values(new QStackedWidget(m_editor))
    , m_text(new QLineEdit(m_values))
    , m_choice(new QComboBox(m_values))
    , m_error(new Label({}, TextRole::Label, Tone::Bad, m_editor))
    , m_command(new TopicCommandBox(m_editor))
    , m_save(new PrimaryButton(tr("Save"), m_editor))
    , m_reset(new QPushButton(tr("Back to the default"), m_editor))
{
    const Theme& theme = Theme::current();
    setButtonPlace(*m_save, ButtonPlace::Form);
    setButtonPlace(*m_reset, ButtonPlace::Form);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, theme.px(10), 0, 0);
    layout->setSpacing(theme.px(8));
    auto* top = new QVBoxLayout;
    top->setContentsMargins(theme.px(15), 0, theme.px(15), 0);
    top->setSpacing(theme.px(8));
    top->addWidget(m_message);
    top->addWidget(m_search);
    layout->addLayout(top);

    m_filtered->setSourceModel(m_model);
    m_filtered->setFilterRole(ConfigModel::SearchRole);
    m_filtered->setFilterCaseSensitivity(Qt::CaseInsensitive);
    connect(m_search, &QLineEdit::textChanged, m_filtered,
        &QSortFilterProxyModel::setFilterFixedString);
    m_table->setModel(m_filtered);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->horizontalHeader()->setStretchLastSection(false);
    m_table->horizontalHeader()->setSectionResizeMode(
        ConfigModel::NameColumn, QHeaderView::Interactive);
    m_table->horizontalHeader()->setSectionResizeMode(
        ConfigModel::ValueColumn, QHeaderView::Stretch);
    m_table->setColumnWidth(ConfigModel::NameColumn, theme.px(196));
    m_table->setColumnWidth(ConfigModel::SourceColumn, theme.px(96));
    layout->addWidget(m_table, 1);
    layout->addWidget(new Hairline(this));

    auto* editor = new QVBoxLayout(m_editor);
    editor->setContentsMargins(theme.px(15), theme.px(2), theme.px(15), theme.px(4));
    editor->setSpacing(theme.px(6));
    m_explanation->setWordWrap(true);
    m_default->setWordWrap(true);
    m_error->setWordWrap(true);
    m_error->hide();
    editor->addWidget(m_name);
    editor->addWidget(m_explanation);
    editor->addWidget(m_default);
    m_values->addWidget(m_text);
    m_values->addWidget(m_choice);
    m_values->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setDataFont(*m_text);
    m_text->setAccessibleName(tr("Value of the setting"));
    m_choice->setAccessibleName(tr("Value of the setting"));
    editor->addWidget(m_values);
    editor->addWidget(m_error);
    editor->addWidget(m_command);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(theme.px(8));
    buttons->addWidget(m_reset, 1);
    buttons->addWidget(m_save, 1);
    editor->addLayout(buttons);
    layout->addWidget(m_editor);
    m_editor->hide();

    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        &TopicConfigTab::showSelected);
    connect(m_text, &QLineEdit::textChanged, this, &TopicConfigTab::checkValue);
    connect(m_choice, &QComboBox::currentTextChanged, this, &TopicConfigTab::checkValue);
    connect(m_text, &QLineEdit::returnPressed, m_save, &QPushButton::click);
    connect(m_save, &QPushButton::clicked, this, [this] { change(value()); });
    connect(m_reset, &QPushButton::clicked, this, [this] { change(std::nullopt); });
    connect(m_message, &MessageBar::actionTriggered, this, &TopicConfigTab::read);
}

void TopicConfigTab::setTopic(const QString& topic)
{
    if (topic == m_topic)
        return;
    m_topic = topic;
    m_selected.clear();
    m_model->clear();
    m_editor->hide();
    m_message->clear();
    m_isChanging = false;
    read();
}

void TopicConfigTab::read()
{
    m_message->clear();
    m_reading.cancel();
    if (m_topic.isEmpty())
        return;
    m_session.connection().describeConfigs(
        {client::ConfigResourceKind::Topic, m_topic.toStdString()},
        m_reading.reply<std::vector<client::ConfigEntry>>(this, [this](auto result) {
            if (!result) {
                m_message->showError(tr("The settings could not be read: %1")
                                         .arg(QString::fromStdString(result.error().message)),
                    tr("Try again"));
                return;
            }
            m_model->setEntries(std::move(*result));
            emit entriesRead();
            showSelected();
        }));
}

void TopicConfigTab::showSelected()
{
    const QString name = m_table->currentIndex().data(ConfigModel::NameRole).toString();
    const client::ConfigEntry* entry = m_model->entry(name);
    m_selected = entry ? name : QString();
    m_editor->setVisible(entry != nullptr);
    if (!entry)
        return;
    const configs::ConfigDefinition* definition = definitionOf(name);
    m_name->setText(name);
    m_explanation->setText(m_table->currentIndex().data(ConfigModel::ExplanationRole).toString());
    const auto fallback = definition ? definition->defaultValue() : std::nullopt;
    m_default->setText(fallback
            ? tr("Kafka's default: %1").arg(configValueText(name, fromView(*fallback)))
            : QString());
    m_default->setVisible(fallback.has_value());

    const QString current = QString::fromStdString(entry->value.value_or(std::string()));
    const QStringList choices = choicesOf(definition);
    const QSignalBlocker blockText(m_text);
    const QSignalBlocker blockChoice(m_choice);
    m_choice->clear();
    m_choice->addItems(choices);
    m_choice->setCurrentText(current);
    m_text->setText(current);
    m_values->setCurrentIndex(choices.isEmpty() ? 0 : 1);
    const bool canChange = m_session.capabilities().canChange && !entry->isReadOnly;
    m_values->setEnabled(canChange);
    m_reset->setEnabled(canChange && entry->source == client::ConfigSource::Topic);
    m_reset->setToolTip(
        entry->source == client::ConfigSource::Topic ? QString() : tr("This topic doesn't set it"));
    checkValue();
}

QString TopicConfigTab::value() const
{
    return m_values->currentIndex() == 0 ? m_text->text() : m_choice->currentText();
}

void TopicConfigTab::checkValue()
{
    const client::ConfigEntry* entry = m_model->entry(m_selected);
    if (!entry)
        return;
    QString problem;
    if (const configs::ConfigDefinition* definition = definitionOf(m_selected)) {
        const auto parsed = configs::parseValue(*definition, value().toStdString());
        if (!parsed)
            problem = QString::fromStdString(parsed.error().message);
    }
    const bool isChanged = value() != QString::fromStdString(entry->value.value_or(std::string()));
    m_error->setText(problem);
    m_error->setVisible(!problem.isEmpty());
    m_text->setProperty("moldauInvalid", !problem.isEmpty());
    m_text->update();
    m_save->setEnabled(isChanged && problem.isEmpty() && m_values->isEnabled() && !m_isChanging);
    m_command->setVisible(isChanged && problem.isEmpty());
    m_command->setCommand(command(value()));
}

QString TopicConfigTab::command(const std::optional<QString>& value) const
{
    // A value with commas stands in brackets, as the tool wants it.
    const QString shown
        = value && value->contains(u',') ? u'[' + *value + u']' : value.value_or(QString());
    const QString what = value ? u"--add-config %1"_s.arg(shellQuoted(m_selected + u'=' + shown))
                               : u"--delete-config %1"_s.arg(m_selected);
    return u"kafka-configs --alter --topic %1 \\\n  %2 \\\n  --bootstrap-server %3"_s.arg(
        shellQuoted(m_topic), what, m_session.firstAddress());
}

void TopicConfigTab::change(std::optional<QString> value)
{
    if (m_selected.isEmpty() || m_isChanging)
        return;
    m_isChanging = true;
    m_save->setEnabled(false);
    std::optional<std::string> wanted;
    if (value)
        wanted = value->toStdString();
    m_session.connection().alterConfigs({client::ConfigResourceKind::Topic, m_topic.toStdString()},
        {{m_selected.toStdString(), wanted}},
        replyTo<client::ClusterConnection::Done>(this, [this, topic = m_topic](auto result) {
            if (topic != m_topic)
                return;
            m_isChanging = false;
            if (!result) {
                m_error->setText(QString::fromStdString(result.error().message));
                m_error->show();
                m_save->setEnabled(true);
                return;
            }
            read();
        }));
}

} // namespace moldau::widgets
