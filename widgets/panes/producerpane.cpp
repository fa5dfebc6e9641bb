#include "panes/producerpane.h"

#include "base/errorcode.h"
#include "bridge/reply.h"
#include "common/buttons.h"
#include "common/field.h"
#include "common/format.h"
#include "common/formscroll.h"
#include "common/jsonhighlighter.h"
#include "common/messagebar.h"
#include "common/segmentedcontrol.h"
#include "panes/headerseditor.h"
#include "panes/keypartition.h"
#include "panes/receiptmodel.h"
#include "panes/topicfield.h"

#include <QAction>
#include <QGridLayout>
#include <QListView>
#include <QMenu>
#include <QPlainTextEdit>
#include <QSlider>
#include <QVBoxLayout>

#include <cmath>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kTickMs = 20;
constexpr int kMaxWaiting = 4000;
constexpr int kSliderEnd = 60; // 10^(60/20) = 1000 records a second

int rateAt(int slider)
{
    return slider <= 0 ? 0 : static_cast<int>(std::lround(std::pow(10.0, slider / 20.0)));
}

Bytes toBytes(const QByteArray& bytes)
{
    return Bytes(bytes.begin(), bytes.end());
}

QHBoxLayout* makeRow(int spacing)
{
    auto* row = new QHBoxLayout;
    row->setContentsMargins({});
    row->setSpacing(spacing);
    return row;
}

} // namespace

ProducerPane::ProducerPane(Session& session, QWidget* parent)
    : Panel(parent)
    , m_session(session)
    , m_topic(new TopicField(session, tr("Producer topic"), this))
    , m_topicRow(new Field(tr("Topic"), m_topic, tr("Producer topic"), this))
    , m_key(new QLineEdit(this))
    , m_value(new QPlainTextEdit(this))
    , m_null(new LinkButton(tr("send null"), this))
    , m_preview(new Label({}, TextRole::Data, Tone::Ink, this))
    , m_choosePartition(new LinkButton(tr("choose"), this))
    , m_acks(new SegmentedControl(tr("Producer acks"), this))
    , m_headersLink(new LinkButton({}, this))
    , m_headers(new HeadersEditor(this))
    , m_send(new PrimaryButton(tr("Send"), this))
    , m_rate(new QSlider(Qt::Horizontal, this))
    , m_rateText(new Label({}, TextRole::Data, Tone::Ink, this))
    , m_message(new MessageBar(this))
    , m_list(new QListView(this))
    , m_receipts(new ReceiptModel(session, this))
{
    const Theme& theme = Theme::current();
    setObjectName(u"producer-pane"_s);
    setAccessibleName(tr("Producer"));
    const int side = theme.px(16);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, theme.px(12), 0, theme.px(8));
    layout->setSpacing(theme.px(8));
    auto* fields = new QWidget(this);
    auto* form = new QVBoxLayout(fields);
    form->setContentsMargins(side, 0, side, 0);
    form->setSpacing(theme.px(8));
    layout->addWidget(new FormScroll(fields, this));

    auto* head = makeRow(theme.px(4));
    head->addWidget(new Label(tr("Producer"), TextRole::PaneTitle, Tone::Ink, this));
    head->addStretch();
    auto* another = new LinkButton(tr("+ another"), this);
    another->setToolTip(tr("A second producer pane below this one"));
    connect(another, &QPushButton::clicked, this, &ProducerPane::anotherRequested);
    m_actions.append(makeAction(*another, tr("Another producer")));
    another->setAccessibleName(tr("Another producer"));
    another->setObjectName(u"Another producer"_s);
    head->addWidget(another);
    form->addLayout(head);

    form->addWidget(m_topicRow);
    m_key->setPlaceholderText(tr("none: no key"));
    setDataFont(*m_key);
    form->addWidget(new Field(tr("Key"), m_key, tr("Producer key"), this));

    auto* valueHead = makeRow(theme.px(4));
    valueHead->addWidget(new Label(tr("Value"), TextRole::Label, Tone::Muted, this));
    valueHead->addStretch();
    m_null->setCheckable(true);
    m_null->setToolTip(
        tr("Sends no value at all: a tombstone, which deletes the key in a compacted topic"));
    m_null->setFont(theme.font(TextRole::Small));
    valueHead->addWidget(m_null);
    auto* valueBox = new QVBoxLayout;
    valueBox->setSpacing(theme.px(2));
    valueBox->addLayout(valueHead);
    m_value->setAccessibleName(tr("Producer value"));
    m_value->setObjectName(u"Producer value"_s);
    m_value->setTabChangesFocus(true);
    m_value->setPlaceholderText(tr("empty"));
    setDataFont(*m_value);
    m_value->document()->setDocumentMargin(theme.px(3));
    new JsonHighlighter(m_value->document());
    m_value->setMinimumHeight(theme.px(50)); // two lines
    m_value->setMaximumHeight(theme.px(104));
    valueBox->addWidget(m_value, 1);
    form->addLayout(valueBox, 2);

    auto* partitionRow = makeRow(theme.px(4));
    partitionRow->addWidget(new Label(tr("Partition"), TextRole::Label, Tone::Muted, this));
    partitionRow->addStretch();
    m_choosePartition->setFont(theme.font(TextRole::Small));
    partitionRow->addWidget(m_choosePartition);
    auto* partitionBox = new QVBoxLayout;
    partitionBox->setSpacing(0);
    partitionBox->addLayout(partitionRow);
    m_preview->setElideMode(Qt::ElideRight);
    m_preview->setAccessibleName(tr("Partition of the next record"));
    partitionBox->addWidget(m_preview);
    form->addLayout(partitionBox);

    m_acks->addSegment(u"0"_s, 0, tr("Sent and forgotten: the broker answers nothing"));
    m_acks->addSegment(u"1"_s, 1, tr("Answered when the leader has written it"));
    m_acks->addSegment(tr("all", "acks"), 2, tr("Answered when every replica in sync has it"));
    m_acks->setCurrent(2);
    auto* choices = new QGridLayout;
    choices->setContentsMargins({});
    choices->setHorizontalSpacing(theme.px(12));
    choices->setVerticalSpacing(theme.px(3));
    choices->setColumnStretch(0, 3);
    choices->setColumnStretch(1, 2);
    choices->addWidget(new Label(tr("acks"), TextRole::Label, Tone::Muted, this), 0, 0);
    choices->addWidget(new Label(tr("Headers"), TextRole::Label, Tone::Muted, this), 0, 1);
    choices->addWidget(m_acks, 1, 0);
    choices->addWidget(m_headersLink, 1, 1, Qt::AlignLeft | Qt::AlignVCenter);
    form->addLayout(choices);
    form->addWidget(m_headers);
    m_headers->hide();

    m_send->setObjectName(u"Send"_s);
    m_send->setMinimumHeight(theme.px(34));
    // Sending is always in reach, however low the window is.
    auto* sending = new QVBoxLayout;
    sending->setContentsMargins(side, 0, side, 0);
    sending->setSpacing(theme.px(8));
    layout->addLayout(sending);
    sending->addWidget(m_send);
    sending->addWidget(m_message);

    auto* rateRow = makeRow(theme.px(10));
    rateRow->addWidget(new Label(tr("Repeat"), TextRole::Label, Tone::Muted, this));
    m_rate->setRange(0, kSliderEnd);
    m_rate->setAccessibleName(tr("Repeat rate"));
    m_rate->setToolTip(
        tr("Records a second while sending goes on. {n} in key or value counts up."));
    rateRow->addWidget(m_rate, 1);
    m_rateText->setMinimumWidth(theme.px(58));
    m_rateText->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    rateRow->addWidget(m_rateText);
    sending->addLayout(rateRow);

    layout->addWidget(new Hairline(this));
    m_list->setModel(m_receipts);
    m_list->setItemDelegate(new ReceiptDelegate(m_list));
    m_list->setAccessibleName(tr("Receipts"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setSelectionMode(QAbstractItemView::NoSelection);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->viewport()->setAutoFillBackground(false);
    m_list->setMinimumHeight(theme.px(28));
    auto* listBox = new QVBoxLayout;
    listBox->setContentsMargins(side, 0, theme.px(12), 0);
    listBox->addWidget(m_list);
    auto* noReceipts = new Label(
        tr("What you send is listed here, with its offset and how long the answer took."),
        TextRole::Small, Tone::Muted, this);
    noReceipts->setWordWrap(true);
    noReceipts->setContentsMargins(0, theme.px(6), theme.px(4), 0);
    noReceipts->setAlignment(Qt::AlignTop);
    listBox->addWidget(noReceipts, 1);
    m_list->hide();
    connect(m_receipts, &QAbstractItemModel::rowsInserted, this, [this, noReceipts] {
        noReceipts->hide();
        m_list->show();
    });
    layout->addLayout(listBox, 3);

    QAction* send = makeAction(*m_send, tr("Send"), QKeySequence(Qt::CTRL | Qt::Key_Return));
    send->setShortcuts({send->shortcut(), QKeySequence(Qt::CTRL | Qt::Key_Enter)});
    m_actions.append(send);
    m_null->setObjectName(u"Send null"_s);
    m_choosePartition->setObjectName(u"Choose the partition"_s);
    m_headersLink->setObjectName(u"Headers"_s);
    m_rate->setObjectName(u"Repeat rate"_s);
    m_list->setObjectName(u"Receipts"_s);
    for (QAbstractButton* button : {m_null, m_choosePartition, m_headersLink})
        setButtonPlace(*button, ButtonPlace::Form);
    connect(m_send, &QPushButton::clicked, this, &ProducerPane::send);
    connect(m_topic, &TopicField::topicChanged, this, &ProducerPane::topicChanged);
    connect(m_topic, &TopicField::topicChanged, this, [this] {
        m_topicRow->setError({});
        updatePreview();
    });
    connect(m_key, &QLineEdit::textChanged, this, &ProducerPane::updatePreview);
    connect(m_null, &QPushButton::toggled, this, [this](bool isNull) {
        m_isNull = isNull;
        m_value->setEnabled(!isNull);
        m_null->setText(isNull ? tr("null is sent") : tr("send null"));
    });
    connect(m_headersLink, &QPushButton::clicked, this, &ProducerPane::chooseHeaders);
    connect(m_choosePartition, &QPushButton::clicked, this, &ProducerPane::choosePartition);
    const auto countHeaders = [this] {
        const auto count = m_headers->headers().size();
        m_headersLink->setText(
            count == 0 ? tr("none +", "headers") : tr("%n +", "headers", static_cast<int>(count)));
    };
    connect(m_headers, &HeadersEditor::changed, this, countHeaders);
    countHeaders();
    connect(m_rate, &QSlider::valueChanged, this, &ProducerPane::updateButton);
    m_repeat.setInterval(kTickMs);
    m_repeat.setTimerType(Qt::PreciseTimer);
    connect(&m_repeat, &QTimer::timeout, this, &ProducerPane::repeat);
    updatePreview();
    updateButton();
}

ProducerPane::~ProducerPane() = default;

void ProducerPane::setTopic(const QString& topic)
{
    m_topic->setText(topic);
}

void ProducerPane::setRecord(const QString& key, const QString& value)
{
    m_key->setText(key);
    m_value->setPlainText(value);
}

void ProducerPane::setRate(int perSecond)
{
    m_rate->setValue(perSecond <= 0
            ? 0
            : qBound(1, static_cast<int>(std::lround(20 * std::log10(perSecond))), kSliderEnd));
}

QString ProducerPane::topic() const
{
    return m_topic->topic();
}

QPoint ProducerPane::port() const
{
    return m_send->mapTo(this, QPoint(m_send->width(), m_send->height() / 2));
}

int ProducerPane::rate() const
{
    return rateAt(m_rate->value());
}

QByteArray ProducerPane::filledIn(const QString& text) const
{
    QString filled = text;
    if (m_repeat.isActive())
        filled.replace(u"{n}"_s, QString::number(m_count));
    return filled.toUtf8();
}

void ProducerPane::send()
{
    if (!m_send->isEnabled())
        return;
    if (m_topic->topic().isEmpty()) {
        m_topicRow->setError(tr("Which topic? Choose one, or type the name of a new one."));
        m_topic->setFocus();
        return;
    }
    if (m_repeat.isActive()) {
        m_repeat.stop();
    } else if (rate() > 0) {
        m_count = 1;
        m_due = 0;
        sendOne();
        m_repeat.start();
    } else {
        sendOne();
    }
    updateButton();
}

void ProducerPane::repeat()
{
    // Whole records only; a cluster that doesn't answer isn't buried under more of them.
    m_due = std::min(m_due + rate() * kTickMs / 1000.0, 100.0);
    while (m_due >= 1 && m_receipts->waiting() < kMaxWaiting) {
        m_due -= 1;
        ++m_count;
        sendOne();
    }
}

void ProducerPane::sendOne()
{
    client::RecordToSend record;
    record.topic = m_topic->topic().toStdString();
    if (!m_key->text().isEmpty())
        record.key = toBytes(filledIn(m_key->text()));
    if (!m_isNull)
        record.value = toBytes(filledIn(m_value->toPlainText()));
    record.headers = m_headers->headers();
    if (m_fixedPartition >= 0)
        record.partition = m_fixedPartition;
    const int acks = m_acks->current();
    record.acks = acks == 0 ? client::Acks::None
        : acks == 1         ? client::Acks::Leader
                            : client::Acks::All;

    const quint64 number = m_receipts->add(m_topic->topic(), m_fixedPartition);
    m_session.connection().send(std::move(record),
        replyTo<client::SendReceipt>(this, [this, number](Result<client::SendReceipt> receipt) {
            if (receipt) {
                m_receipts->acknowledge(number, *receipt);
                return;
            }
            const QString reason = QString::fromStdString(receipt.error().message);
            m_receipts->fail(number, reason);
            m_message->showError(reason);
            if (m_repeat.isActive() && !factsOf(receipt.error().code).isRetriable) {
                m_repeat.stop();
                updateButton();
            }
        }));
}

void ProducerPane::updatePreview()
{
    const int partitions = m_topic->partitionCount();
    if (m_fixedPartition >= partitions && partitions > 0)
        m_fixedPartition = -1;
    m_choosePartition->setEnabled(partitions > 0);
    const bool isFormula = m_fixedPartition < 0 && !m_key->text().isEmpty();
    m_preview->setFont(Theme::current().font(isFormula ? TextRole::Data : TextRole::Body));
    if (m_fixedPartition >= 0)
        m_preview->setText(tr("%1, chosen by hand").arg(m_fixedPartition));
    else if (m_key->text().isEmpty())
        m_preview->setText(tr("any: the record has no key"));
    else if (partitions > 0)
        m_preview->setText(tr("%1 = murmur2(key) mod %2")
                               .arg(partitionOfKey(m_key->text().toUtf8(), partitions))
                               .arg(partitions));
    else
        m_preview->setText(tr("murmur2(key) mod partitions"));
}

void ProducerPane::updateButton()
{
    const int perSecond = rate();
    m_rateText->setText(perSecond == 0 ? tr("off", "rate") : formatRate(perSecond));
    if (perSecond == 0 && m_repeat.isActive())
        m_repeat.stop();
    const bool isRepeating = m_repeat.isActive();
    m_send->setText(isRepeating ? tr("Stop sending") : tr("Send"));
    m_send->setAccessibleName(m_send->text());
    setButtonKind(*m_send, isRepeating ? ButtonKind::Normal : ButtonKind::Primary);
    const bool canSend = m_session.capabilities().canChange;
    m_send->setEnabled(canSend);
    m_send->setToolTip(canSend ? QString() : tr("This cluster is open read only"));
}

void ProducerPane::chooseHeaders()
{
    m_headers->show();
    m_headers->addRow();
}

void ProducerPane::choosePartition()
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const QString& text, int partition) {
        QAction* action = menu->addAction(text, this, [this, partition] {
            m_fixedPartition = partition;
            updatePreview();
        });
        action->setCheckable(true);
        action->setChecked(partition == m_fixedPartition);
    };
    add(tr("By the key, or any"), -1);
    const int partitions = std::min(m_topic->partitionCount(), 64);
    for (int partition = 0; partition < partitions; ++partition)
        add(tr("Partition %1").arg(partition), partition);
    menu->popup(m_choosePartition->mapToGlobal(QPoint(0, m_choosePartition->height())));
}

} // namespace moldau::widgets
