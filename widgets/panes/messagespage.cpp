#include "panes/messagespage.h"

#include "common/buttons.h"
#include "common/emptystate.h"
#include "common/format.h"
#include "common/messagebar.h"
#include "common/panel.h"
#include "common/pill.h"
#include "models/messageexport.h"
#include "panes/messagedetail.h"
#include "panes/messagehistogram.h"
#include "panes/messagestatusbar.h"
#include "panes/messagetoolbar.h"
#include "panes/messageview.h"

#include <QAction>
#include <QDir>
#include <QFileDialog>
#include <QKeyEvent>
#include <QMenu>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;
using Start = MessageQuery::Start;

MessagesPage::MessagesPage(Session& session, QWidget* parent)
    : Page(u"messages"_s, tr("Messages"), parent)
    , m_session(session)
    , m_model(new MessageModel(session.connection(), this))
    , m_countPill(addPill())
    , m_readingPill(addPill())
    , m_toolbar(new MessageToolbar(session, this))
    , m_histogram(new MessageHistogram(this))
    , m_splitter(new QSplitter(Qt::Horizontal, this))
    , m_detail(new MessageDetail(session.connection(), this))
{
    const Theme& theme = Theme::current();
    makeActions();
    body().setSpacing(theme.px(8));
    body().addWidget(m_toolbar);
    body().addWidget(m_histogram);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(theme.px(12));
    m_splitter->addWidget(makeTable());
    m_splitter->addWidget(m_detail);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setSizes({theme.px(820), theme.px(380)});
    m_detail->setMinimumWidth(theme.px(340));
    m_detail->setCanSend(session.capabilities().canChange);
    m_detail->hide();
    body().addWidget(m_splitter, 1);

    m_refreshTimer.setInterval(100);
    connect(&m_refreshTimer, &QTimer::timeout, this, &MessagesPage::refresh);
    m_fitTimer.setSingleShot(true);
    m_fitTimer.setInterval(0);
    connect(&m_fitTimer, &QTimer::timeout, m_view, &MessageView::fitColumns);
    connect(m_toolbar, &MessageToolbar::readRequested, this, &MessagesPage::read);
    connect(m_histogram, &MessageHistogram::spanChosen, this, &MessagesPage::narrow);
    connect(m_model, &MessageModel::progressChanged, this, &MessagesPage::refresh);
    connect(m_model, &MessageModel::failed, this, &MessagesPage::showError);
    connect(m_model, &MessageModel::timeIndexChanged, this,
        [this] { m_histogram->setData(m_model->timeIndex(), m_model->matchBins()); });
    connect(m_model, &QAbstractItemModel::dataChanged, &m_fitTimer, qOverload<>(&QTimer::start));
    connect(m_model, &QAbstractItemModel::rowsInserted, &m_fitTimer, qOverload<>(&QTimer::start));
    connect(&message(), &MessageBar::actionTriggered, this, [this] {
        message().clear();
        m_isErrorShown = false;
        m_model->retry();
    });
    connectDetail();
    QMenu* copy = m_view->createMenu();
    copy->setTitle(tr("Copy rows"));
    addPageAction(copy->menuAction());
    for (QAction* action : m_status->menuActions() + m_detail->menuActions())
        addPageAction(action);
    refresh();
}

void MessagesPage::makeActions()
{
    const auto add = [this](const QString& text, const QKeySequence& shortcut, auto&& slot) {
        auto* action = new QAction(text, this);
        action->setShortcut(shortcut);
        connect(action, &QAction::triggered, this, slot);
        addPageAction(action);
        addAction(action);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        return action;
    };
    m_exportAction = new QAction(tr("Export…"), this);
    m_exportAction->setShortcut(QKeySequence(u"Ctrl+E"_s));
    m_exportAction->setToolTip(
        tr("Writes all records of the query to a file, as JSON lines or CSV"));
    connect(m_exportAction, &QAction::triggered, this, &MessagesPage::askForExport);
    setMainAction(m_exportAction);
    m_exportAction->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    addAction(m_exportAction);
    setButtonAction(
        m_toolbar->readButton(), *add(tr("Read"), QKeySequence::Refresh, [this] { read(); }));
    add(tr("Filter messages"), QKeySequence(u"/"_s), [this] { m_toolbar->focusFilter(); });
    add(tr("Live tail"), QKeySequence(u"Ctrl+T"_s), [this] {
        m_toolbar->setStart(Start::Tail);
        read();
    });
}

QWidget* MessagesPage::makeTable()
{
    const Theme& theme = Theme::current();
    auto* panel = new Panel(this);
    auto* layout = new QVBoxLayout(panel);
    layout->setContentsMargins(1, theme.px(4), 1, theme.px(2));
    layout->setSpacing(0);
    m_view = new MessageView(panel);
    m_view->setAccessibleName(tr("Messages"));
    m_view->setObjectName(u"Messages"_s);
    m_view->setMessageModel(m_model);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        &MessagesPage::showSelected);
    // A row may be chosen before its record has come.
    connect(m_model, &QAbstractItemModel::dataChanged, this,
        [this](const QModelIndex& from, const QModelIndex& to) {
            const int row = m_view->currentIndex().row();
            if (m_isRecordAwaited && row >= from.row() && row <= to.row())
                showSelected();
        });
    connect(m_view, &MessageView::contextMenuRequested, this, &MessagesPage::showMenu);
    m_empty = new EmptyState({}, {}, panel);
    connect(m_empty, &EmptyState::actionTriggered, this, [this] {
        if (!m_hasRead || m_toolbar->topic().isEmpty()) {
            m_toolbar->focusTopic();
        } else if (m_toolbar->hasFilter()) {
            m_toolbar->setFilter(FilterKind::Text, {});
            read();
        } else {
            emit openPageRequested(u"live"_s, {{u"topic"_s, m_toolbar->topic()}});
        }
    });
    m_stack = new QStackedWidget(panel);
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_empty);
    layout->addWidget(m_stack, 1);
    m_rule = new Hairline(panel);
    layout->addWidget(m_rule);
    m_status = new MessageStatusBar(*m_model, panel);
    connect(m_status, &MessageStatusBar::cancelRequested, m_model, &MessageModel::cancel);
    connect(m_status, &MessageStatusBar::pauseToggled, m_model, &MessageModel::setPaused);
    layout->addWidget(m_status);
    return panel;
}

void MessagesPage::connectDetail()
{
    connect(m_detail, &SideSheet::closed, this, [this] {
        m_detail->hide();
        m_view->setFocus();
    });
    connect(m_detail, &MessageDetail::sendRequested, this,
        [this](const QVariantMap& record) { emit openPageRequested(u"live"_s, record); });
    connect(m_detail, &MessageDetail::readFromHereRequested, this,
        [this](std::int32_t partition, std::int64_t offset) {
            m_toolbar->setPartition(partition);
            m_toolbar->setStart(Start::Offset, offset);
            read();
        });
    connect(m_detail, &MessageDetail::keyOnlyRequested, this, [this](const QString& key) {
        m_toolbar->setFilter(FilterKind::Key, key);
        read();
    });
    connect(m_detail, &MessageDetail::fieldColumnRequested, this, &MessagesPage::addField);
    connect(m_detail, &MessageDetail::fieldFilterRequested, this, [this](const QString& condition) {
        m_toolbar->setFilter(FilterKind::Json, condition);
        read();
    });
}

void MessagesPage::open(const QVariantMap& what)
{
    const QString topic = what.value(u"topic"_s).toString();
    if (topic.isEmpty())
        return;
    m_toolbar->setTopic(topic);
    m_toolbar->setFilter(FilterKind::Text, {});
    if (what.contains(u"key"_s))
        m_toolbar->setFilter(FilterKind::Key, what.value(u"key"_s).toString());
    m_toolbar->setPartition(what.value(u"partition"_s, -1).toInt());
    if (what.contains(u"offset"_s))
        m_toolbar->setStart(Start::Offset, what.value(u"offset"_s).toLongLong());
    else if (m_toolbar->isTail())
        m_toolbar->setStart(Start::Beginning);
    read();
    m_wantsFirst = what.contains(u"offset"_s);
}

void MessagesPage::read()
{
    m_wantsFirst = false;
    message().clear();
    m_isErrorShown = false;
    if (m_toolbar->topic().isEmpty())
        return m_toolbar->focusTopic();
    Result<MessageQuery> query = m_toolbar->query();
    if (!query)
        return;
    m_hasRead = true;
    m_detail->hide();
    const QColor color = m_session.colors().colorOf(m_toolbar->topic());
    m_model->setDotColor(color);
    m_histogram->setColor(color);
    m_histogram->clearSelection();
    m_view->forgetFit();
    m_view->scrollToTop();
    m_model->read(std::move(*query));
    refresh();
}

void MessagesPage::narrow(qint64 fromMs, qint64 toMs)
{
    Result<MessageQuery> query = m_toolbar->query();
    if (!query || m_toolbar->topic().isEmpty())
        return;
    if (toMs > fromMs)
        query->span = std::pair<std::int64_t, std::int64_t>(fromMs, toMs);
    // A tail shows what comes; a time that has passed is read from its beginning.
    if (query->start == Start::Tail)
        query->start = Start::Beginning;
    m_view->scrollToTop();
    m_model->read(std::move(*query));
}

void MessagesPage::refresh()
{
    const MessageSource::Progress progress = m_model->progress();
    const bool isTail = m_model->query().start == Start::Tail;
    const bool isLively = isVisible() && (m_model->isPreparing() || progress.isRunning);
    if (isLively != m_refreshTimer.isActive())
        isLively ? m_refreshTimer.start() : m_refreshTimer.stop();
    m_histogram->setVisible(!isTail && m_hasRead);
    if (progress.error && !m_isErrorShown)
        showError(*progress.error);
    if (m_wantsFirst && m_model->rowCount() > 0 && m_model->record(0)) {
        m_wantsFirst = false;
        m_view->setCurrentIndex(m_model->index(0, 0));
    }
    m_status->refresh();
    updatePills();
    updateEmptyState();
    updateExport();
}

MessagesPage::~MessagesPage()
{
    // The topic's field chooses its topic when it loses the focus, which it does when it goes.
    m_toolbar->disconnect(this);
}

void MessagesPage::updatePills()
{
    const MessageSource::Progress progress = m_model->progress();
    const auto& offsets = m_model->offsets();
    m_countPill->setVisible(!offsets.empty());
    m_countPill->setState(Tone::Accent,
        tr("%1 records · %2")
            .arg(formatNumber(m_model->topicRecords()),
                tr("%n partition(s)", nullptr, static_cast<int>(offsets.size()))));
    const bool isTail = m_model->query().start == Start::Tail;
    const bool isScan = m_model->query().filter && progress.isRunning && !isTail;
    m_readingPill->setVisible(progress.isRunning && (isScan || isTail));
    m_readingPill->setState(Tone::Good,
        isTail ? tr("live tail") : tr("reading %1").arg(formatRate(m_model->scannedPerSecond())));
}

void MessagesPage::updateEmptyState()
{
    const MessageSource::Progress progress = m_model->progress();
    const bool isEmpty = m_model->rowCount() == 0;
    m_stack->setCurrentIndex(isEmpty ? 1 : 0);
    m_status->setVisible(m_hasRead);
    m_rule->setVisible(m_hasRead);
    if (!isEmpty)
        return;
    const QString topic = QString::fromStdString(m_model->query().topic);
    if (!m_hasRead)
        m_empty->setSentence(tr("Choose a topic to see its records. Reading deletes nothing and "
                                "moves no group's position."),
            tr("Choose a topic"));
    else if (m_model->isPreparing())
        m_empty->setSentence(tr("Asking the brokers where %1 begins and ends…").arg(topic));
    else if (m_isErrorShown)
        m_empty->setSentence(tr("Nothing could be read."));
    else if (m_model->query().start == Start::Tail)
        m_empty->setSentence(
            tr("Waiting. What is written to %1 from now on appears here.").arg(topic));
    else if (progress.isRunning)
        m_empty->setSentence(m_model->query().filter ? tr("No match so far…") : tr("Reading…"));
    else if (m_model->query().filter)
        m_empty->setSentence(tr("No record matches the filter."), tr("Read without the filter"));
    else
        m_empty->setSentence(tr("There are no records here."),
            m_session.capabilities().canChange ? tr("Send one") : QString());
}

void MessagesPage::showSelected()
{
    const int row = m_view->currentIndex().row();
    const ShownRecord* record = m_view->currentIndex().isValid() ? m_model->record(row) : nullptr;
    m_isRecordAwaited = !record && m_view->currentIndex().isValid();
    if (!record)
        return;
    const QString topic = QString::fromStdString(m_model->query().topic);
    m_detail->setRecord(m_model->query().topic, *record, m_session.colors().colorOf(topic));
    if (!m_detail->isVisible()) {
        m_detail->show();
        m_view->scrollTo(m_view->currentIndex());
    }
}

void MessagesPage::showError(const Error& error)
{
    m_isErrorShown = true;
    message().showError(
        tr("Reading failed: %1").arg(QString::fromStdString(error.message)), tr("Try again"));
    updateEmptyState();
}

void MessagesPage::addField(const QString& path)
{
    auto parsed = JsonPath::parse(path.toStdString());
    if (!parsed)
        return;
    std::vector<JsonPath> fields = m_model->fields();
    const bool isThere = std::any_of(fields.begin(), fields.end(),
        [&](const JsonPath& field) { return field.text() == parsed->text(); });
    if (isThere)
        return;
    fields.push_back(std::move(*parsed));
    m_view->forgetFit();
    m_model->setFields(std::move(fields));
    m_fitTimer.start();
}

void MessagesPage::showMenu(const QPoint& position)
{
    QMenu* menu = m_view->createMenu();
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (!m_model->fields().empty()) {
        menu->addSeparator();
        menu->addAction(tr("Remove the extra columns"), this, [this] {
            m_view->forgetFit();
            m_model->setFields({});
            m_fitTimer.start();
        });
    }
    menu->popup(position);
}

void MessagesPage::askForExport()
{
    if (m_export) {
        m_export.reset(); // the file that was half written never appears
        return updateExport();
    }
    auto* dialog = new QFileDialog(this, tr("Export records"),
        QDir::home().filePath(m_toolbar->topic() + u".jsonl"_s),
        tr("JSON lines (*.jsonl);;CSV (*.csv)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    connect(dialog, &QFileDialog::fileSelected, this, &MessagesPage::startExport);
    dialog->open();
}

void MessagesPage::startExport(const QString& path)
{
    const auto format = path.endsWith(u".csv"_s, Qt::CaseInsensitive)
        ? MessageExport::Format::Csv
        : MessageExport::Format::JsonLines;
    m_export = std::make_unique<MessageExport>(m_session.connection(), m_model->query().topic,
        m_model->layout(), m_model->query().filter, path, format, nullptr);
    connect(m_export.get(), &MessageExport::progressed, this, &MessagesPage::updateExport);
    const auto end = [this] {
        m_export.release()->deleteLater();
        updateExport();
    };
    connect(m_export.get(), &MessageExport::finished, this, [this, end] {
        message().showHint(tr("%1 records are in %2.")
                               .arg(formatNumber(m_export->written()),
                                   QDir::toNativeSeparators(m_export->path())));
        end();
    });
    connect(m_export.get(), &MessageExport::failed, this, [this, end](const QString& reason) {
        message().showError(tr("The export failed: %1").arg(reason));
        end();
    });
    updateExport();
}

void MessagesPage::updateExport()
{
    m_exportAction->setText(m_export
            ? tr("Cancel export · %1 %").arg(static_cast<int>(m_export->share() * 100))
            : tr("Export…"));
    const bool hasRows = m_model->rowCount() > 0 && m_model->query().start != Start::Tail;
    m_exportAction->setEnabled(m_export || hasRows);
}

void MessagesPage::showEvent(QShowEvent* event)
{
    Page::showEvent(event);
    m_session.refresh();
    if (m_isStoppedByHiding) {
        m_isStoppedByHiding = false;
        m_model->setPaused(false);
    }
    refresh();
}

void MessagesPage::hideEvent(QHideEvent* event)
{
    Page::hideEvent(event);
    // A tail that nobody sees would only cost.
    if (m_model->query().start == Start::Tail && m_model->progress().isRunning) {
        m_model->setPaused(true);
        m_isStoppedByHiding = true;
    }
    m_refreshTimer.stop();
}

void MessagesPage::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) {
        if (m_model->isPreparing() || (m_model->query().filter && m_model->progress().isRunning))
            m_model->cancel();
        else if (m_detail->isVisible())
            m_detail->hide();
        return;
    }
    Page::keyPressEvent(event);
}

} // namespace moldau::widgets
