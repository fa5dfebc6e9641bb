#include "panes/messagedetail.h"

#include "common/buttons.h"
#include "common/field.h"
#include "common/format.h"
#include "common/jsonhighlighter.h"
#include "common/label.h"
#include "common/messagebar.h"
#include "common/painting.h"
#include "common/tableview.h"
#include "models/jsontreemodel.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QGridLayout>
#include <QHeaderView>
#include <QMenu>
#include <QPainter>
#include <QPlainTextEdit>
#include <QStackedWidget>
#include <QStandardItemModel>
#include <QTabBar>
#include <QTreeView>
#include <QVBoxLayout>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

namespace {

/** A text edit with more than this stalls the window; the whole can be copied. */
constexpr std::size_t kMostText = 2'000'000;
constexpr std::size_t kMostHex = 256'000;

/** Keys, texts, numbers and nulls each in their tone, without lines between. */
class JsonTreeDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
        const QModelIndex& index) const override
    {
        const Theme& theme = Theme::current();
        option.widget->style()->drawPrimitive(
            QStyle::PE_PanelItemViewItem, &option, painter, option.widget);
        painter->save();
        painter->setFont(theme.font(TextRole::Data));
        painter->setPen(theme.color(toneOf(index)));
        drawElided(*painter, QRectF(option.rect).adjusted(theme.pxf(2), 0, -theme.pxf(6), 0),
            Qt::AlignLeft | Qt::AlignVCenter, index.data().toString(), Qt::ElideMiddle);
        painter->restore();
    }
    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const override
    {
        const Theme& theme = Theme::current();
        return QSize(QFontMetrics(theme.font(TextRole::Data))
                         .horizontalAdvance(index.data().toString().left(60))
                + theme.px(16),
            theme.px(24));
    }
    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
        const QModelIndex& index) override
    {
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    }

private:
    static Tone toneOf(const QModelIndex& index)
    {
        if (index.column() == JsonTreeModel::KeyColumn)
            return Tone::Accent;
        switch (static_cast<JsonKind>(index.data(JsonTreeModel::KindRole).toInt())) {
        case JsonKind::String:
            return Tone::Good;
        case JsonKind::Number:
            return Tone::Warning;
        case JsonKind::Object:
        case JsonKind::Array:
        case JsonKind::Null:
            return Tone::Muted;
        case JsonKind::True:
        case JsonKind::False:
            return Tone::Ink;
        }
        return Tone::Ink;
    }
};

QPlainTextEdit* makeText(const QString& name, const char* id)
{
    const Theme& theme = Theme::current();
    auto* text = new QPlainTextEdit;
    text->setReadOnly(true);
    text->setFrameShape(QFrame::NoFrame);
    text->setFont(theme.font(TextRole::Data));
    text->setAccessibleName(name);
    text->setObjectName(QLatin1String(id));
    text->document()->setDocumentMargin(theme.px(12));
    text->setTabChangesFocus(true);
    return text;
}

QString bytesNote(const std::optional<Bytes>& bytes)
{
    if (!bytes)
        return {};
    const QString size = QCoreApplication::translate(
        "moldau::widgets::MessageDetail", "%n byte(s)", nullptr, static_cast<int>(bytes->size()));
    if (bytes->empty())
        return size;
    return isReadableText(*bytes)
        ? QCoreApplication::translate("moldau::widgets::MessageDetail", "text, %1").arg(size)
        : QCoreApplication::translate("moldau::widgets::MessageDetail", "binary, %1").arg(size);
}

} // namespace

MessageDetail::MessageDetail(client::ClusterConnection& connection, QWidget* parent)
    : SideSheet(parent)
    , m_connection(connection)
    , m_message(new MessageBar)
    , m_tabs(new QTabBar)
    , m_pages(new QStackedWidget)
    , m_treeModel(new JsonTreeModel(this))
    , m_text(makeText(tr("Value as text"), "Text"))
    , m_hex(makeText(tr("Value in hexadecimal"), "Hex"))
    , m_headers(new QStandardItemModel(this))
{
    const Theme& theme = Theme::current();
    setObjectName(u"Record detail"_s);
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    auto* tabRow = new QHBoxLayout;
    tabRow->setContentsMargins(theme.px(4), 0, theme.px(4), 0);
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setAccessibleName(tr("Ways to see the record"));
    m_tabs->setObjectName(u"Ways to see the record"_s);
    for (const QString& name : {tr("Tree"), tr("Text"), tr("Hex"), tr("Headers")})
        m_tabs->addTab(name);
    tabRow->addWidget(m_tabs, 1);
    layout->addLayout(tabRow);
    layout->addWidget(new Hairline);

    // Each row on its own: a long note beside one value must not cut another.
    auto* facts = new QVBoxLayout;
    facts->setContentsMargins(theme.px(15), theme.px(10), theme.px(15), theme.px(10));
    facts->setSpacing(theme.px(8));
    const auto addFact = [&](const QString& name, Label*& value, Label*& note) {
        auto* row = new QHBoxLayout;
        row->setSpacing(theme.px(10));
        facts->addLayout(row);
        auto* caption = new Label(name, TextRole::Label, Tone::Muted);
        caption->setFixedWidth(theme.px(68));
        row->addWidget(caption);
        value = new Label({}, TextRole::Data);
        value->setElideMode(Qt::ElideMiddle);
        row->addWidget(value, 1);
        note = new Label({}, TextRole::Small, Tone::Muted);
        note->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        row->addWidget(note);
    };
    addFact(tr("Key"), m_key, m_keyNote);
    addFact(tr("Time"), m_time, m_timeNote);
    addFact(tr("Value"), m_value, m_valueNote);
    layout->addLayout(facts);
    layout->addWidget(m_message);
    layout->addWidget(new Hairline);

    m_pages->addWidget(makeTreePage());
    m_highlighter = new JsonHighlighter(m_text->document());
    m_pages->addWidget(m_text);
    m_hex->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_hex->setFont(theme.font(TextRole::SmallData));
    m_pages->addWidget(m_hex);
    auto* headers = new TableView(tr("Headers"));
    headers->setModel(m_headers);
    m_pages->addWidget(headers);
    layout->addWidget(m_pages, 1);
    setContent(content);
    footer()->addWidget(makeFooter());
    m_isFilled.assign(4, false);
    connect(m_tabs, &QTabBar::currentChanged, this, &MessageDetail::showPage);
    connect(m_message, &MessageBar::actionTriggered, this, &MessageDetail::readWhole);
}

QWidget* MessageDetail::makeTreePage()
{
    const Theme& theme = Theme::current();
    auto* page = new QWidget;
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(theme.px(7), theme.px(8), theme.px(7), theme.px(4));
    layout->setSpacing(theme.px(6));
    m_tree = new QTreeView;
    m_tree->setModel(m_treeModel);
    m_tree->setItemDelegate(new JsonTreeDelegate(m_tree));
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setHeaderHidden(true);
    m_tree->setUniformRowHeights(true);
    m_tree->setIndentation(theme.px(16));
    m_tree->setAccessibleName(tr("Value as a tree"));
    m_tree->setObjectName(u"Tree"_s);
    m_tree->header()->setStretchLastSection(true);
    m_tree->header()->setSectionResizeMode(JsonTreeModel::KeyColumn, QHeaderView::Interactive);
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_tree, &QWidget::customContextMenuRequested, this, &MessageDetail::showTreeMenu);
    m_noTree = new Label({}, TextRole::Body, Tone::Muted);
    m_noTree->setWordWrap(true);
    m_noTree->setAlignment(Qt::AlignCenter);
    m_treeStack = new QStackedWidget;
    m_treeStack->addWidget(m_tree);
    m_treeStack->addWidget(m_noTree);
    layout->addWidget(m_treeStack, 1);
    m_exact = new Label(tr("Exact: a number here is above 2⁵³ and is shown as it was sent."),
        TextRole::Small, Tone::Muted);
    m_exact->setWordWrap(true);
    m_exact->setContentsMargins(theme.px(8), 0, theme.px(8), theme.px(4));
    layout->addWidget(m_exact);
    return page;
}

QWidget* MessageDetail::makeFooter()
{
    const Theme& theme = Theme::current();
    auto* buttons = new QWidget;
    auto* grid = new QGridLayout(buttons);
    grid->setContentsMargins({});
    grid->setSpacing(theme.px(8));
    auto* copy = new QPushButton(tr("Copy value"));
    copy->setObjectName(u"Copy value"_s);
    connect(copy, &QPushButton::clicked, this, &MessageDetail::copyValue);
    grid->addWidget(copy, 0, 0);
    m_send = new QPushButton(tr("Edit and send…"));
    m_send->setObjectName(u"Edit and send"_s);
    connect(m_send, &QPushButton::clicked, this, [this] {
        QVariantMap record = {{u"topic"_s, QString::fromStdString(m_topic)}};
        if (m_record.key)
            record[u"key"_s] = wholeText(*m_record.key);
        if (m_record.value)
            record[u"value"_s] = wholeText(*m_record.value);
        emit sendRequested(record);
    });
    grid->addWidget(m_send, 0, 1);
    auto* from = new QPushButton(tr("Read from here"));
    from->setObjectName(u"Read from here"_s);
    connect(from, &QPushButton::clicked, this,
        [this] { emit readFromHereRequested(m_record.partition, m_record.offset); });
    grid->addWidget(from, 1, 0);
    m_keyOnly = new QPushButton(tr("This key only"));
    m_keyOnly->setObjectName(u"This key only"_s);
    connect(m_keyOnly, &QPushButton::clicked, this, [this] {
        if (m_record.key)
            emit keyOnlyRequested(wholeText(*m_record.key));
    });
    grid->addWidget(m_keyOnly, 1, 1);
    m_actions = {makeAction(*copy, tr("Copy the value"), QKeySequence(u"Ctrl+Shift+C"_s)),
        makeAction(*m_send, tr("Edit and send…")), makeAction(*from, tr("Read from here")),
        makeAction(*m_keyOnly, tr("This key only"))};
    return buttons;
}

void MessageDetail::setCanSend(bool canSend)
{
    m_send->setEnabled(canSend);
    m_send->setToolTip(canSend ? QString() : tr("This cluster is open read only"));
}

void MessageDetail::setRecord(
    const std::string& topic, const ShownRecord& shown, const QColor& color)
{
    m_topic = topic;
    setTitle(u"%1 / %2 · %3"_s.arg(QString::fromStdString(topic))
                 .arg(shown.partition)
                 .arg(formatNumber(shown.offset)),
        {}, color);
    setAccessibleName(tr("Record detail"));
    client::Record record;
    record.partition = shown.partition;
    record.offset = shown.offset;
    record.timestampMs = shown.timestampMs;
    record.isLogAppendTime = shown.isLogAppendTime;
    record.leaderEpoch = shown.leaderEpoch;
    record.key = shown.key;
    record.value = shown.value;
    // A record that isn't cut and has no headers is whole already.
    const bool isWhole = !shown.isCut() && shown.headerCount == 0 && !shown.isGone;
    m_message->clear();
    m_read.reset();
    showRecord(record);
    if (!isWhole)
        readWhole();
}

void MessageDetail::readWhole()
{
    m_message->clear();
    m_read = std::make_unique<RangeRead>(m_connection, m_topic,
        std::vector<client::OffsetRange>{
            {m_record.partition, m_record.offset, m_record.offset + 1}},
        nullptr, RangeRead::Keep::Whole, nullptr);
    connect(m_read.get(), &RangeRead::finished, this, &MessageDetail::takeWhole);
}

void MessageDetail::takeWhole()
{
    RangeRead* const read = m_read.release();
    read->deleteLater();
    if (read->error()) {
        m_message->showError(tr("The whole record could not be read: %1")
                                 .arg(QString::fromStdString(read->error()->message)),
            tr("Try again"));
        return;
    }
    if (read->wholeRecords().empty()) {
        m_message->showHint(
            tr("The record is no longer in the log: retention, compaction or a purge removed it."));
        return;
    }
    showRecord(read->wholeRecords().front());
}

void MessageDetail::showRecord(const client::Record& record)
{
    m_record = record;
    m_isFilled.assign(4, false);
    m_isJson = record.value && m_treeModel->setText(asText(*record.value));
    if (!record.value)
        m_treeModel->clear();
    showFacts();
    const auto headers = static_cast<int>(record.headers.size());
    m_tabs->setTabText(HeadersTab, headers > 0 ? tr("Headers %1").arg(headers) : tr("Headers"));
    m_keyOnly->setEnabled(record.key.has_value());
    // The tree is for JSON; other values are shown as what they are.
    if (m_tabs->currentIndex() == TreeTab && record.value && !record.value->empty() && !m_isJson)
        m_tabs->setCurrentIndex(isReadableText(*record.value) ? TextTab : HexTab);
    showPage(m_tabs->currentIndex());
}

void MessageDetail::showFacts()
{
    m_key->setText(m_record.key ? oneLine(*m_record.key, false) : tr("null"));
    m_key->setTone(m_record.key ? Tone::Ink : Tone::Muted);
    m_keyNote->setText(bytesNote(m_record.key));
    const QString time = fullTime(m_record.timestampMs);
    m_time->setText(time.section(u' ', 0, 1));
    m_time->setToolTip(time); // with the zone
    m_timeNote->setText(m_record.isLogAppendTime ? tr("log append time") : tr("create time"));
    QString value = tr("JSON");
    if (!m_record.value)
        value = tr("null: a tombstone");
    else if (m_record.value->empty())
        value = tr("empty");
    else if (!m_isJson)
        value = isReadableText(*m_record.value) ? tr("text") : tr("bytes");
    m_value->setText(value);
    const QString size = m_record.value
        ? tr("%n byte(s)", nullptr, static_cast<int>(m_record.value->size()))
        : QString();
    const QString epoch
        = m_record.leaderEpoch >= 0 ? tr("leader epoch %1").arg(m_record.leaderEpoch) : QString();
    m_valueNote->setText(
        size.isEmpty() || epoch.isEmpty() ? size + epoch : size + u" · "_s + epoch);
}

void MessageDetail::showPage(int tab)
{
    m_pages->setCurrentIndex(tab);
    if (m_isFilled[static_cast<std::size_t>(tab)])
        return;
    m_isFilled[static_cast<std::size_t>(tab)] = true;
    const Bytes empty;
    const Bytes& value = m_record.value ? *m_record.value : empty;
    const BytesView shown = BytesView(value).first(std::min(value.size(), kMostText));
    switch (tab) {
    case TreeTab:
        m_treeStack->setCurrentIndex(m_isJson ? 0 : 1);
        m_exact->setVisible(m_isJson && m_treeModel->hasLargeNumbers());
        if (m_isJson) {
            // Deep or long values open as far as fits the eye.
            if (m_treeModel->json().nodes().size() <= 300)
                m_tree->expandAll();
            else
                m_tree->expandToDepth(0);
            m_tree->resizeColumnToContents(JsonTreeModel::KeyColumn);
        } else if (!m_record.value) {
            m_noTree->setText(
                tr("The value is null. In a compacted topic such a tombstone removes its key."));
        } else if (m_record.value->empty()) {
            m_noTree->setText(
                tr("The value is there and has zero bytes. That is not the same as null."));
        } else {
            m_noTree->setText(tr("The value isn't JSON: %1 at byte %2.")
                                  .arg(QLatin1String(m_treeModel->json().problem().what))
                                  .arg(m_treeModel->json().problem().at));
        }
        break;
    case TextTab:
        m_highlighter->setDocument(m_isJson ? m_text->document() : nullptr);
        m_text->setPlainText(m_isJson && value.size() <= kMostText ? m_treeModel->json().pretty()
                                                                   : wholeText(shown));
        break;
    case HexTab:
        m_hex->setPlainText(hexDump(value, kMostHex));
        break;
    case HeadersTab: {
        m_headers->clear();
        m_headers->setHorizontalHeaderLabels({tr("Header"), tr("Value")});
        for (const client::Header& header : m_record.headers) {
            auto* name = new QStandardItem(QString::fromStdString(header.key));
            auto* text
                = new QStandardItem(header.value ? oneLine(*header.value, false) : tr("null"));
            for (QStandardItem* item : {name, text})
                item->setData(true, IsDataRole);
            text->setData(!header.value, IsFaintRole);
            text->setData(static_cast<int>(Qt::ElideMiddle), ElideRole);
            m_headers->appendRow({name, text});
        }
        break;
    }
    default:
        break;
    }
}

void MessageDetail::showTreeMenu(const QPoint& position)
{
    const QModelIndex index = m_tree->indexAt(position);
    if (!index.isValid())
        return;
    const QString path = index.data(JsonTreeModel::PathRole).toString();
    const QString value = index.siblingAtColumn(JsonTreeModel::ValueColumn).data().toString();
    const auto kind = static_cast<JsonKind>(index.data(JsonTreeModel::KindRole).toInt());
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Copy value"), this, [value] { QApplication::clipboard()->setText(value); });
    menu->addAction(tr("Copy path"), this, [path] { QApplication::clipboard()->setText(path); });
    if (kind != JsonKind::Object && kind != JsonKind::Array) {
        menu->addSeparator();
        menu->addAction(tr("Show %1 as a column").arg(path), this,
            [this, path] { emit fieldColumnRequested(path); });
        menu->addAction(tr("Only records with this value"), this,
            [this, path, value] { emit fieldFilterRequested(path + u" == "_s + value); });
    }
    menu->popup(m_tree->viewport()->mapToGlobal(position));
}

void MessageDetail::copyValue()
{
    QApplication::clipboard()->setText(m_record.value ? wholeText(*m_record.value) : u"null"_s);
}

} // namespace moldau::widgets
