#include "panes/messagetoolbar.h"

#include "common/buttons.h"
#include "common/field.h"
#include "common/label.h"

#include <QComboBox>
#include <QCompleter>
#include <QDateTimeEdit>
#include <QHBoxLayout>
#include <QStackedWidget>
#include <QStringListModel>
#include <QVBoxLayout>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;
using Start = MessageQuery::Start;

MessageToolbar::MessageToolbar(Session& session, QWidget* parent)
    : Panel(parent)
    , m_session(session)
    , m_topic(new QComboBox(this))
    , m_topics(new QStringListModel(this))
    , m_filter(new SearchField(tr("Messages filter"), {}, this))
    , m_kind(new QComboBox(this))
    , m_start(new QComboBox(this))
    , m_startValue(new QStackedWidget(this))
    , m_offset(new QLineEdit(this))
    , m_time(new QDateTimeEdit(QDateTime::currentDateTime().addSecs(-3600), this))
    , m_partition(new QComboBox(this))
    , m_read(new PrimaryButton(tr("Read"), this))
    , m_error(new Label({}, TextRole::Small, Tone::Bad, this))
{
    const Theme& theme = Theme::current();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(theme.px(10), theme.px(8), theme.px(10), theme.px(8));
    column->setSpacing(theme.px(4));
    auto* row = new QHBoxLayout;
    row->setSpacing(theme.px(8));
    column->addLayout(row);
    m_error->setContentsMargins(theme.px(200), 0, 0, 0);
    m_error->setWordWrap(true);
    m_error->hide();
    column->addWidget(m_error);

    m_topic->setModel(m_topics);
    m_topic->setEditable(true);
    m_topic->setInsertPolicy(QComboBox::NoInsert);
    m_topic->setAccessibleName(tr("Messages topic"));
    m_topic->setObjectName(u"Messages topic"_s);
    m_topic->lineEdit()->setPlaceholderText(tr("Topic"));
    m_topic->completer()->setCompletionMode(QCompleter::PopupCompletion);
    m_topic->completer()->setFilterMode(Qt::MatchContains);
    m_topic->completer()->setCaseSensitivity(Qt::CaseInsensitive);
    m_topic->setMaxVisibleItems(20);
    m_topic->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_topic->setMinimumContentsLength(14);
    m_topic->setMaximumWidth(theme.px(220));
    row->addWidget(m_topic, 2);

    m_filter->setObjectName(u"Messages filter"_s);
    setDataFont(*m_filter);
    row->addWidget(m_filter, 5);
    m_kind->addItem(tr("Text"), static_cast<int>(FilterKind::Text));
    m_kind->addItem(tr("Key"), static_cast<int>(FilterKind::Key));
    m_kind->addItem(tr("Regex"), static_cast<int>(FilterKind::Regex));
    m_kind->addItem(tr("JSON"), static_cast<int>(FilterKind::Json));
    m_kind->setAccessibleName(tr("Kind of filter"));
    m_kind->setObjectName(u"Kind of filter"_s);
    m_kind->setMinimumWidth(theme.px(78));
    row->addWidget(m_kind);

    m_start->addItem(tr("From the beginning"), static_cast<int>(Start::Beginning));
    m_start->addItem(tr("From the end"), static_cast<int>(Start::End));
    m_start->addItem(tr("From an offset"), static_cast<int>(Start::Offset));
    m_start->addItem(tr("From a time"), static_cast<int>(Start::Time));
    m_start->addItem(tr("Live tail"), static_cast<int>(Start::Tail));
    m_start->setAccessibleName(tr("Start from"));
    m_start->setObjectName(u"Start from"_s);
    row->addWidget(m_start);
    m_offset->setAccessibleName(tr("Offset to start from"));
    m_offset->setObjectName(u"Start offset"_s);
    m_offset->setPlaceholderText(tr("Offset"));
    setDataFont(*m_offset);
    m_time->setAccessibleName(tr("Time to start from"));
    m_time->setObjectName(u"Start time"_s);
    m_time->setDisplayFormat(u"yyyy-MM-dd HH:mm:ss"_s);
    m_time->setCalendarPopup(true);
    m_time->setFont(theme.font(TextRole::Data));
    m_startValue->addWidget(m_offset);
    m_startValue->addWidget(m_time);
    m_startValue->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    row->addWidget(m_startValue);
    m_partition->setAccessibleName(tr("Partitions to read"));
    m_partition->setObjectName(u"Partitions to read"_s);
    row->addWidget(m_partition);
    m_read->setAccessibleName(tr("Read"));
    m_read->setObjectName(u"Read"_s);
    setShortcutHint(*m_read, QKeySequence(Qt::Key_Return));
    row->addWidget(m_read);
    for (QComboBox* box : {m_kind, m_start})
        box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    // There may be thousands of partitions, and measuring each takes long.
    m_partition->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_partition->setMinimumContentsLength(12);

    connect(&session, &Session::described, this, &MessageToolbar::takeDescription);
    connect(m_topic, &QComboBox::activated, this, [this] {
        updatePartitions();
        emit readRequested();
    });
    connect(m_topic->lineEdit(), &QLineEdit::returnPressed, this, [this] {
        updatePartitions();
        emit readRequested();
    });
    connect(m_topic, &QComboBox::editTextChanged, this, &MessageToolbar::updatePartitions);
    connect(m_filter, &QLineEdit::returnPressed, this, &MessageToolbar::readRequested);
    connect(m_filter, &QLineEdit::textChanged, m_error, &QWidget::hide);
    connect(m_offset, &QLineEdit::returnPressed, this, &MessageToolbar::readRequested);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &MessageToolbar::updatePlaceholder);
    connect(m_start, &QComboBox::currentIndexChanged, this, &MessageToolbar::updateStart);
    connect(m_read, &QPushButton::clicked, this, &MessageToolbar::readRequested);
    takeDescription();
    m_topic->setCurrentIndex(-1);
    m_topic->clearEditText();
    updatePartitions();
    updateStart();
    updatePlaceholder();
}

void MessageToolbar::takeDescription()
{
    const QStringList& names = m_session.metadata()->choices();
    if (names != m_topics->stringList()) {
        const QString current = topic();
        const QSignalBlocker block(m_topic);
        m_topics->setStringList(names);
        m_topic->setCurrentIndex(static_cast<int>(names.indexOf(current)));
        m_topic->setEditText(current);
    }
    updatePartitions();
}

void MessageToolbar::updatePartitions()
{
    const client::TopicDescription* known = m_session.metadata()->topic(topic());
    const int count = known ? static_cast<int>(known->partitions.size()) : 0;
    if (m_partition->count() == count + 1)
        return;
    const int chosen = m_partition->currentIndex();
    m_partition->clear();
    m_partition->addItem(tr("All partitions"), -1);
    for (int partition = 0; partition < count; ++partition)
        m_partition->addItem(tr("Partition %1").arg(partition), partition);
    m_partition->setCurrentIndex(chosen > 0 && chosen <= count ? chosen : 0);
}

void MessageToolbar::updateStart()
{
    const auto start = static_cast<Start>(m_start->currentData().toInt());
    m_startValue->setVisible(start == Start::Offset || start == Start::Time);
    m_startValue->setCurrentIndex(start == Start::Time ? 1 : 0);
    m_startValue->setFixedWidth(Theme::current().px(start == Start::Time ? 178 : 100));
}

void MessageToolbar::updatePlaceholder()
{
    switch (static_cast<FilterKind>(m_kind->currentData().toInt())) {
    case FilterKind::Text:
        m_filter->setPlaceholderText(tr("Text to find   /"));
        break;
    case FilterKind::Key:
        m_filter->setPlaceholderText(tr("The whole key   /"));
        break;
    case FilterKind::Regex:
        m_filter->setPlaceholderText(tr("Regular expression on key and value   /"));
        break;
    case FilterKind::Json:
        m_filter->setPlaceholderText(u".price > 5000 and .item == \"tea\"   /"_s);
        break;
    }
}

QString MessageToolbar::topic() const
{
    return m_topic->currentText().trimmed();
}

void MessageToolbar::setTopic(const QString& topic)
{
    m_topic->setCurrentIndex(m_topic->findText(topic));
    m_topic->setEditText(topic);
    updatePartitions();
}

void MessageToolbar::setFilter(FilterKind kind, const QString& text)
{
    m_kind->setCurrentIndex(m_kind->findData(static_cast<int>(kind)));
    m_filter->setText(text);
}

void MessageToolbar::setStart(Start start, std::int64_t value)
{
    m_start->setCurrentIndex(m_start->findData(static_cast<int>(start)));
    if (start == Start::Offset)
        m_offset->setText(QString::number(value));
    if (start == Start::Time)
        m_time->setDateTime(QDateTime::fromMSecsSinceEpoch(value));
}

void MessageToolbar::setPartition(int partition)
{
    m_partition->setCurrentIndex(std::max(0, m_partition->findData(partition)));
}

void MessageToolbar::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void MessageToolbar::focusTopic()
{
    m_topic->setFocus(Qt::OtherFocusReason);
    if (m_topics->rowCount() > 0)
        m_topic->showPopup();
}

bool MessageToolbar::isTail() const
{
    return static_cast<Start>(m_start->currentData().toInt()) == Start::Tail;
}

bool MessageToolbar::hasFilter() const
{
    return !m_filter->text().trimmed().isEmpty();
}

Result<MessageQuery> MessageToolbar::query()
{
    MessageQuery query;
    query.topic = topic().toStdString();
    query.start = static_cast<Start>(m_start->currentData().toInt());
    if (const int partition = m_partition->currentData().toInt(); partition >= 0)
        query.partitions = {partition};
    const auto refuse = [this](const QString& problem) {
        m_error->setText(problem);
        m_error->show();
        return fail(ErrorCode::LocalInvalidArgument, problem.toStdString());
    };
    if (query.start == Start::Offset) {
        bool isNumber = false;
        query.value = m_offset->text().trimmed().toLongLong(&isNumber);
        if (!isNumber || query.value < 0)
            return refuse(tr("An offset is a whole number from 0 on."));
    } else if (query.start == Start::Time) {
        query.value = m_time->dateTime().toMSecsSinceEpoch();
    }
    auto filter = MessageFilter::make(
        static_cast<FilterKind>(m_kind->currentData().toInt()), m_filter->text());
    if (!filter)
        return refuse(
            tr("The filter can't be used: %1").arg(QString::fromStdString(filter.error().message)));
    query.filter = std::move(*filter);
    m_error->hide();
    return query;
}

} // namespace moldau::widgets
