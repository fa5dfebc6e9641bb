#include "panes/composepage.h"

#include "common/buttons.h"
#include "common/emptystate.h"
#include "common/label.h"
#include "common/messagebar.h"
#include "common/panel.h"
#include "common/pill.h"
#include "common/tableview.h"
#include "common/toolbarrow.h"
#include "compose/doctor.h"
#include "compose/project.h"
#include "panes/composeeditor.h"
#include "panes/composefindings.h"

#include <QAction>
#include <QDir>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMimeData>
#include <QProcessEnvironment>
#include <QSaveFile>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QStandardItemModel>
#include <QVBoxLayout>

#include <algorithm>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 kLargestFile = 2'000'000; // a compose file is some kilobytes; this one is none

QString kindText(compose::ServiceKind kind)
{
    switch (kind) {
    case compose::ServiceKind::Broker:
        return ComposePage::tr("broker");
    case compose::ServiceKind::Controller:
        return ComposePage::tr("controller");
    case compose::ServiceKind::ZooKeeper:
        return ComposePage::tr("ZooKeeper");
    case compose::ServiceKind::Connect:
    case compose::ServiceKind::Registry:
    case compose::ServiceKind::Other:
        break;
    }
    return ComposePage::tr("not run by Moldau");
}

} // namespace

ComposePage::ComposePage(SessionHost& host, QWidget* parent)
    : Page(u"compose"_s, tr("Compose"), parent)
    , m_host(host)
    , m_findingsPill(addPill())
    , m_statePill(addPill())
    , m_stack(new QStackedWidget(this))
    , m_empty(new EmptyState(
          tr("Open a docker compose file that describes a Kafka cluster, or drop one here. Moldau "
             "says what is wrong with it, repairs it, and runs it without Docker."),
          tr("Open a file…"), this))
    , m_splitter(new QSplitter(Qt::Horizontal, this))
    , m_services(new QStandardItemModel(this))
{
    const Theme& theme = Theme::current();
    setAcceptDrops(true);
    makeActions();
    body().addWidget(makeToolbar());
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(theme.px(12));
    m_splitter->addWidget(makeEditor());
    m_splitter->addWidget(makeSide());
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setSizes({theme.px(740), theme.px(440)});
    auto* nothing = new Panel(this);
    auto* nothingLayout = new QVBoxLayout(nothing);
    nothingLayout->setContentsMargins({});
    nothingLayout->addWidget(m_empty);
    m_stack->addWidget(nothing);
    m_stack->addWidget(m_splitter);
    body().addWidget(m_stack, 1);

    m_examineTimer.setSingleShot(true);
    m_examineTimer.setInterval(250);
    connect(&m_examineTimer, &QTimer::timeout, this, &ComposePage::examine);
    connect(m_empty, &EmptyState::actionTriggered, this, &ComposePage::askForFile);
    connect(&host, &SessionHost::opened, this, &ComposePage::takeSession);
    connect(&host, &SessionHost::aboutToClose, this, [this](Session* session) {
        if (session == m_session) {
            m_session = nullptr;
            updateState();
        }
    });
    connect(&host, &SessionHost::failed, this, [this](const QString&, const QString& reason) {
        if (!m_isStarting)
            return;
        m_isStarting = false;
        message().showError(tr("The cluster could not be started: %1").arg(reason));
        updateState();
    });
    updateState();
}

void ComposePage::makeActions()
{
    const auto add
        = [this](QAction*& action, const QString& text, const QKeySequence& shortcut, auto slot) {
              action = new QAction(text, this);
              action->setShortcut(shortcut);
              connect(action, &QAction::triggered, this, slot);
          };
    add(m_start, tr("Start"), QKeySequence(u"Ctrl+Return"_s), &ComposePage::start);
    setMainAction(m_start);
    // Ctrl+O is the window's, which opens this page.
    add(m_openAction, tr("Open a compose file…"), {}, &ComposePage::askForFile);
    addPageAction(m_openAction);
    add(m_saveAction, tr("Save the compose file"), QKeySequence::Save, [this] { save(); });
    addPageAction(m_saveAction);
    for (QAction* action : {m_start, m_openAction, m_saveAction}) {
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        addAction(action);
    }
    m_stop = new DangerButton(tr("Stop"), this);
    m_stop->setObjectName(u"Stop"_s);
    m_stop->setToolTip(tr("Stops every service of this file; its data stay"));
    connect(m_stop, &QPushButton::clicked, this, &ComposePage::stop);
    addHeaderWidget(m_stop);
    addPageAction(makeAction(*m_stop, tr("Stop")));
}

QWidget* ComposePage::makeToolbar()
{
    auto* bar = new ToolbarRow(this);
    auto* open = new QPushButton(tr("Open…"), bar);
    open->setObjectName(u"Open"_s);
    connect(open, &QPushButton::clicked, m_openAction, &QAction::trigger);
    setButtonAction(*open, *m_openAction);
    bar->add(open);
    auto* examples = new QPushButton(tr("Examples"), bar);
    examples->setObjectName(u"Examples"_s);
    auto* menu = new QMenu(examples);
    const std::pair<const char*, QString> kExamples[] = {
        {"one-broker-zookeeper", tr("One broker with ZooKeeper, as in the course")},
        {"three-brokers-kraft", tr("Three brokers with KRaft")},
        {"with-connect-and-registry", tr("With Kafka Connect and Schema Registry")},
        {"mistake-tabs", tr("A mistake to find: tabs")},
        {"mistake-misspelt-variable", tr("A mistake to find: a misspelt variable")},
    };
    for (const auto& [name, title] : kExamples)
        menu->addAction(
            title, this, [this, resource = u":/compose/%1.yaml"_s.arg(QLatin1String(name))] {
                openExample(resource);
            });
    examples->setMenu(menu);
    menu->setTitle(tr("Examples"));
    setButtonAction(*examples, *menu->menuAction());
    addPageAction(menu->menuAction());
    bar->add(examples);
    m_saveButton = new QPushButton(tr("Save"), bar);
    m_saveButton->setObjectName(u"Save"_s);
    connect(m_saveButton, &QPushButton::clicked, m_saveAction, &QAction::trigger);
    setButtonAction(*m_saveButton, *m_saveAction);
    bar->add(m_saveButton);
    m_pathLabel = new Label({}, TextRole::Data, Tone::Muted, bar);
    m_pathLabel->setElideMode(Qt::ElideMiddle);
    bar->add(m_pathLabel, 1);
    m_fixOne = new QPushButton(tr("Fix this"), bar);
    m_fixOne->setObjectName(u"Fix this"_s);
    m_fixOne->setToolTip(tr("Repairs the chosen finding; Ctrl+Z takes it back"));
    connect(m_fixOne, &QPushButton::clicked, this, &ComposePage::fixCurrent);
    addPageAction(makeAction(*m_fixOne, tr("Fix the chosen finding")));
    bar->add(m_fixOne);
    m_fixAll = new QPushButton(tr("Fix all"), bar);
    m_fixAll->setObjectName(u"Fix all"_s);
    m_fixAll->setToolTip(tr("Repairs everything that can be repaired without you; comments stay, "
                            "Ctrl+Z takes it back"));
    connect(m_fixAll, &QPushButton::clicked, this, &ComposePage::fixAll);
    addPageAction(makeAction(*m_fixAll, tr("Fix all findings")));
    bar->add(m_fixAll);
    return bar;
}

QWidget* ComposePage::makeEditor()
{
    auto* panel = new Panel(this);
    auto* layout = new QVBoxLayout(panel);
    layout->setContentsMargins(1, Theme::current().px(4), 1, Theme::current().px(4));
    m_editor = new ComposeEditor(panel);
    m_editor->setAccessibleName(tr("Compose file"));
    m_editor->setObjectName(u"Compose file"_s);
    connect(m_editor, &QPlainTextEdit::textChanged, &m_examineTimer, qOverload<>(&QTimer::start));
    connect(
        m_editor->document(), &QTextDocument::modificationChanged, this, &ComposePage::updateState);
    layout->addWidget(m_editor);
    return panel;
}

QWidget* ComposePage::makeSide()
{
    const Theme& theme = Theme::current();
    auto* side = new QSplitter(Qt::Vertical, this);
    side->setChildrenCollapsible(false);
    side->setHandleWidth(theme.px(12));
    const auto panelWith = [&](const QString& title, QWidget* content) {
        auto* panel = new Panel(side);
        auto* layout = new QVBoxLayout(panel);
        layout->setContentsMargins(1, theme.px(10), 1, theme.px(4));
        layout->setSpacing(theme.px(8));
        auto* heading = new Label(title, TextRole::PaneTitle, Tone::Ink, panel);
        heading->setContentsMargins(theme.px(15), 0, theme.px(15), 0);
        layout->addWidget(heading);
        layout->addWidget(new Hairline(panel));
        layout->addWidget(content, 1);
        return panel;
    };
    m_findings = new ComposeFindings;
    connect(m_findings, &ComposeFindings::chosen, this, [this](const compose::Finding& finding) {
        m_editor->goTo(finding.position.line, finding.position.column);
        updateState();
    });
    m_noFindings = new EmptyState(tr("Nothing to find fault with."));
    m_findingsStack = new QStackedWidget;
    m_findingsStack->addWidget(m_findings);
    m_findingsStack->addWidget(m_noFindings);
    side->addWidget(panelWith(tr("Findings"), m_findingsStack));
    auto* services = new TableView(tr("Services"));
    services->setModel(m_services);
    services->setSelectionMode(QAbstractItemView::SingleSelection);
    side->addWidget(panelWith(tr("Services"), services));
    m_services->setHorizontalHeaderLabels({tr("Service"), tr("Runs as"), tr("Reached at")});
    services->setColumnWidth(0, theme.px(120));
    services->setColumnWidth(1, theme.px(130));
    side->setSizes({theme.px(480), theme.px(240)});
    return side;
}

void ComposePage::open(const QVariantMap& what)
{
    if (const QString file = what.value(u"file"_s).toString(); !file.isEmpty())
        openFile(file);
}

void ComposePage::askForFile()
{
    const QString folder = QSettings().value(u"compose/folder"_s, QDir::homePath()).toString();
    auto* dialog = new QFileDialog(
        this, tr("Open a compose file"), folder, tr("Compose files (*.yaml *.yml);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &ComposePage::openFile);
    dialog->open();
}

bool ComposePage::openFile(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        message().showError(tr("%1 can't be opened: %2").arg(path, file.errorString()));
        return false;
    }
    if (file.size() > kLargestFile) {
        message().showError(tr("%1 is too large to be a compose file.").arg(path));
        return false;
    }
    m_path = QFileInfo(path).absoluteFilePath();
    QSettings().setValue(u"compose/folder"_s, QFileInfo(path).absolutePath());
    showText(QString::fromUtf8(file.readAll()), false);
    return true;
}

void ComposePage::openExample(const QString& resource)
{
    QFile file(resource);
    if (!file.open(QIODevice::ReadOnly))
        return;
    m_path.clear();
    showText(QString::fromUtf8(file.readAll()), true);
}

void ComposePage::showText(const QString& text, bool isModified)
{
    message().clear();
    m_isOpen = true;
    m_session = nullptr;
    m_editor->setPlainText(text);
    m_editor->document()->setModified(isModified);
    m_stack->setCurrentWidget(m_splitter);
    examine();
}

void ComposePage::save(std::function<void()> then)
{
    if (!m_path.isEmpty()) {
        if (write() && then)
            then();
        return;
    }
    const QString folder = QSettings().value(u"compose/folder"_s, QDir::homePath()).toString();
    auto* dialog = new QFileDialog(this, tr("Save the compose file"),
        QDir(folder).filePath(u"docker-compose.yaml"_s),
        tr("Compose files (*.yaml *.yml);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    connect(dialog, &QFileDialog::fileSelected, this,
        [this, then = std::move(then)](const QString& path) {
            m_path = QFileInfo(path).absoluteFilePath();
            QSettings().setValue(u"compose/folder"_s, QFileInfo(path).absolutePath());
            if (write() && then)
                then();
        });
    dialog->open();
}

bool ComposePage::write()
{
    QSaveFile file(m_path);
    const QByteArray text = m_editor->toPlainText().toUtf8();
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit()) {
        message().showError(tr("%1 can't be saved: %2").arg(m_path, file.errorString()));
        return false;
    }
    message().clear();
    m_editor->document()->setModified(false);
    examine(); // .env and env_file are looked for beside the file
    return true;
}

compose::ComposeContext ComposePage::context() const
{
    compose::ComposeContext context;
    const QDir folder = QFileInfo(m_path).dir();
    context.projectName = m_path.isEmpty() ? "example" : folder.dirName().toLower().toStdString();
    const QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString& name : environment.keys())
        context.environment[name.toStdString()] = environment.value(name).toStdString();
    if (m_path.isEmpty())
        return context;
    context.readFile = [folder](const std::string& name) -> std::optional<std::string> {
        QFile file(folder.filePath(QString::fromStdString(name)));
        if (file.size() > kLargestFile || !file.open(QIODevice::ReadOnly))
            return std::nullopt;
        return file.readAll().toStdString();
    };
    return context;
}

void ComposePage::examine()
{
    m_examineTimer.stop();
    if (!m_isOpen)
        return;
    const std::string text = m_editor->toPlainText().toStdString();
    const compose::ComposeContext context = this->context();
    compose::Diagnosis diagnosis = compose::examine(text, context);
    std::vector<ComposeEditor::Mark> marks;
    for (const compose::Finding& finding : diagnosis.findings) {
        marks.push_back({finding.position.line, finding.position.column,
            static_cast<ComposeEditor::Severity>(finding.severity),
            u"%1: %2\n%3"_s
                .arg(ComposeFindings::severityText(finding.severity),
                    ComposeFindings::textOf(finding.message), ComposeFindings::textOf(finding.fix))
                .trimmed()});
    }
    m_editor->setMarks(std::move(marks));
    m_findings->setFindings(std::move(diagnosis.findings));
    m_findingsStack->setCurrentIndex(m_findings->findings().empty() ? 1 : 0);
    showServices(compose::readComposeFile(text, context));
    updateState();
}

void ComposePage::showServices(const compose::ComposeFile& file)
{
    const compose::ComposeProject project = compose::projectOf(file);
    m_services->removeRows(0, m_services->rowCount());
    for (const compose::ServiceSpec& service : project.services) {
        QStringList addresses;
        for (const compose::PublishedPort& port : service.ports) {
            if (port.hostPort != 0)
                addresses.append(u"localhost:%1"_s.arg(port.hostPort));
        }
        auto* name = new QStandardItem(QString::fromStdString(service.name));
        auto* kind = new QStandardItem(kindText(service.kind));
        auto* address = new QStandardItem(addresses.join(u", "_s));
        address->setData(true, IsDataRole);
        const bool isRun = service.isNode() || service.kind == compose::ServiceKind::ZooKeeper;
        kind->setData(!isRun, IsFaintRole);
        if (!service.problem.empty())
            name->setToolTip(QString::fromStdString(service.problem));
        m_services->appendRow({name, kind, address});
    }
}

void ComposePage::fixAll()
{
    const std::string text = m_editor->toPlainText().toStdString();
    m_editor->replaceText(QString::fromStdString(compose::repaired(text, context())));
    examine();
}

void ComposePage::fixCurrent()
{
    const compose::Finding* finding = m_findings->current();
    if (!finding || finding->edits.empty())
        return;
    const std::string text = m_editor->toPlainText().toStdString();
    m_editor->replaceText(QString::fromStdString(compose::applyEdits(text, finding->edits)));
    examine();
}

void ComposePage::start()
{
    const auto startNow = [this] {
        message().clear();
        m_isStarting = true;
        updateState();
        m_host.openComposeFile(m_path);
    };
    if (m_path.isEmpty() || m_editor->document()->isModified())
        save(startNow);
    else
        startNow();
}

void ComposePage::stop()
{
    if (m_session)
        m_host.close(m_session);
}

void ComposePage::takeSession(Session* session)
{
    if (!m_isStarting || session->kind() != SessionKind::Compose)
        return;
    m_isStarting = false;
    m_session = session;
    updateState();
}

void ComposePage::updateState()
{
    const auto& findings = m_findings->findings();
    const auto count = [&](compose::Severity severity) {
        return static_cast<int>(std::count_if(findings.begin(), findings.end(),
            [severity](const compose::Finding& finding) { return finding.severity == severity; }));
    };
    const int errors = count(compose::Severity::Error);
    const int warnings = count(compose::Severity::Warning);
    m_findingsPill->setVisible(m_isOpen);
    if (errors > 0)
        m_findingsPill->setState(Tone::Bad, tr("%n error(s)", nullptr, errors));
    else if (warnings > 0)
        m_findingsPill->setState(Tone::Warning, tr("%n warning(s)", nullptr, warnings));
    else
        m_findingsPill->setState(
            Tone::Good, findings.empty() ? tr("no findings") : tr("hints only"));
    m_statePill->setVisible(m_isOpen);
    if (m_isStarting)
        m_statePill->setState(Tone::Warning, tr("starting…"));
    else if (m_session)
        m_statePill->setState(Tone::Good, tr("running as %1").arg(m_session->name()));
    else
        m_statePill->setState(Tone::Offline, tr("not running"));

    const bool isModified = m_isOpen && m_editor->document()->isModified();
    for (QWidget* button : {static_cast<QWidget*>(m_saveButton), static_cast<QWidget*>(m_fixOne),
             static_cast<QWidget*>(m_fixAll)})
        button->setVisible(m_isOpen);
    m_start->setEnabled(m_isOpen && !m_isStarting && !m_session && errors == 0);
    m_start->setText(isModified ? tr("Save and start") : tr("Start"));
    m_start->setToolTip(errors > 0
            ? tr("A broker would not start with these errors: repair them first")
            : QString());
    m_stop->setVisible(m_session != nullptr);
    m_saveAction->setEnabled(isModified);
    m_saveButton->setEnabled(isModified);
    const QString name = m_path.isEmpty() ? tr("not saved yet") : QDir::toNativeSeparators(m_path);
    m_pathLabel->setText(!m_isOpen            ? QString()
            : isModified && !m_path.isEmpty() ? tr("%1 (changed)").arg(name)
                                              : name);
    const compose::Finding* current = m_findings->current();
    m_fixOne->setEnabled(current && !current->edits.empty());
    m_fixAll->setEnabled(
        std::any_of(findings.begin(), findings.end(), [](const compose::Finding& finding) {
            return !finding.edits.empty() && finding.severity != compose::Severity::Hint;
        }));
}

void ComposePage::dragEnterEvent(QDragEnterEvent* event)
{
    if (event->mimeData()->hasUrls() && event->mimeData()->urls().first().isLocalFile())
        event->acceptProposedAction();
}

void ComposePage::dropEvent(QDropEvent* event)
{
    const QList<QUrl> urls = event->mimeData()->urls();
    if (!urls.isEmpty() && urls.first().isLocalFile())
        openFile(urls.first().toLocalFile());
}

} // namespace moldau::widgets
