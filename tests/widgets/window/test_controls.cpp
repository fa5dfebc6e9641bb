// Every control of every page: has it a name, a role, a place in a menu, a shortcut of its own?
#include "enginewindow.h"

#include "bridge/clusterpulse.h"
#include "bridge/reply.h"
#include "common/buttons.h"
#include "common/page.h"
#include "mainwindow.h"
#include "models/messagemodel.h"
#include "panes/consumedmodel.h"
#include "panes/consumerpane.h"
#include "panes/livepage.h"
#include "panes/messageview.h"

#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QApplication>
#include <QButtonGroup>
#include <QComboBox>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSlider>
#include <QTabBar>
#include <QTest>
#include <QToolButton>

#include <map>

using namespace moldau;
using namespace moldau::widgets;
using moldau::tests::EngineWindow;
using namespace Qt::Literals::StringLiterals;

namespace {

/** Parts that Qt's own controls are made of; what they belong to is looked at instead. */
bool isPartOfAnother(const QWidget& widget)
{
    if (widget.objectName().startsWith(u"qt_"_s) || qobject_cast<const QScrollBar*>(&widget))
        return true;
    const QWidget* parent = widget.parentWidget();
    return qobject_cast<const QAbstractSpinBox*>(parent) || qobject_cast<const QComboBox*>(parent)
        || widget.inherits("QHeaderView") || widget.inherits("QTableCornerButton")
        || widget.inherits("QComboBoxPrivateContainer") || parent->inherits("QTabBar")
        || parent->inherits("QComboBoxPrivateContainer") || parent->inherits("QLineEdit");
}

/** What people act on. */
bool isControl(const QWidget& widget)
{
    return qobject_cast<const QAbstractButton*>(&widget) || qobject_cast<const QLineEdit*>(&widget)
        || qobject_cast<const QComboBox*>(&widget) || qobject_cast<const QAbstractSpinBox*>(&widget)
        || qobject_cast<const QPlainTextEdit*>(&widget)
        || qobject_cast<const QAbstractItemView*>(&widget)
        || qobject_cast<const QAbstractSlider*>(&widget) || qobject_cast<const QTabBar*>(&widget)
        || widget.focusPolicy() & Qt::TabFocus;
}

QString nameOf(QWidget& widget)
{
    const QAccessibleInterface* seen = QAccessible::queryAccessibleInterface(&widget);
    return seen ? seen->text(QAccessible::Name) : QString();
}

QString describe(QWidget& widget)
{
    QStringList chain;
    for (QWidget* at = &widget; at && chain.size() < 4; at = at->parentWidget())
        chain.prepend(
            u"%1(%2)"_s.arg(QLatin1String(at->metaObject()->className()), at->objectName()));
    return chain.join(u" / "_s);
}

void collect(const QMenu& menu, QList<QAction*>& actions)
{
    for (QAction* action : menu.actions()) {
        actions.append(action);
        if (action->menu())
            collect(*action->menu(), actions);
    }
}

} // namespace

class TestControls : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void everyControlIsNamedAndEveryDeedIsInAMenu_data();
    void everyControlIsNamedAndEveryDeedIsInAMenu();
    void noTwoActionsShareAShortcut_data();
    void noTwoActionsShareAShortcut();
    void namesThatOthersRelyOn_data();
    void namesThatOthersRelyOn();
    void pagesAreListedByTheirTitles();
    void tabLeadsThroughEveryControl_data();
    void tabLeadsThroughEveryControl();

private:
    void openAll();
    void open(const QString& page, const QVariantMap& what);
    QList<QWidget*> controls() const;
    QList<QAction*> menuActions() const;

    std::unique_ptr<EngineWindow> m_open;
    MainWindow* m_window = nullptr;
};

void TestControls::initTestCase()
{
    m_open = std::make_unique<EngineWindow>();
    m_window = &m_open->window();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window));
    QTRY_VERIFY(m_open->session());
    QTRY_COMPARE(m_open->session()->pulse().brokersUp(), 3);
    client::ClusterConnection& connection = m_open->session()->connection();
    connection.createTopic({"orders", 3, 3, {}}, [](const auto&) {});
    QTRY_VERIFY(m_open->isReady(u"orders"_s, 3, 3));
    int acknowledged = 0;
    for (int i = 0; i < 5; ++i) {
        client::RecordToSend record;
        record.topic = "orders";
        record.value = Bytes(3, 'x');
        connection.send(std::move(record),
            replyTo<client::SendReceipt>(this, [&](const Result<client::SendReceipt>& receipt) {
                acknowledged += receipt.has_value();
            }));
    }
    QTRY_COMPARE(acknowledged, 5);
    // A group, and a consumer pane that shows what it does while it runs.
    QVERIFY(m_window->openPage(u"live"_s, {{u"topic"_s, u"orders"_s}}));
    auto* live = m_open->page<LivePage>();
    live->consumer()->setStartsAtBeginning(true);
    live->consumer()->start();
    QTRY_COMPARE_WITH_TIMEOUT(live->consumer()->records().rowCount(), 5, 20'000);
}

void TestControls::cleanupTestCase()
{
    m_open.reset();
}

/** Rows: every page, and what more of it there is to see. */
void TestControls::openAll()
{
    QTest::addColumn<QString>("page");
    QTest::addColumn<QVariantMap>("what");
    const QVariantMap topic = {{u"topic"_s, u"orders"_s}};
    QTest::newRow("live") << u"live"_s << QVariantMap();
    QTest::newRow("topics") << u"topics"_s << QVariantMap();
    QTest::newRow("a topic") << u"topics"_s << topic;
    QTest::newRow("a new topic") << u"topics"_s << QVariantMap{{u"new"_s, true}};
    QTest::newRow("messages") << u"messages"_s << QVariantMap();
    QTest::newRow("a message") << u"messages"_s << topic;
    QTest::newRow("groups") << u"groups"_s << QVariantMap();
    QTest::newRow("a group") << u"groups"_s << QVariantMap{{u"group"_s, u"moldau"_s}};
    QTest::newRow("brokers") << u"brokers"_s << QVariantMap();
    QTest::newRow("an election") << u"brokers"_s << QVariantMap{{u"elect"_s, true}};
    QTest::newRow("a reassignment") << u"brokers"_s << QVariantMap{{u"reassign"_s, u"orders"_s}};
    QTest::newRow("metrics") << u"metrics"_s << QVariantMap();
    QTest::newRow("compose") << u"compose"_s << QVariantMap();
    QTest::newRow("a compose file")
        << u"compose"_s << QVariantMap{{u"file"_s, u":/compose/mistake-misspelt-variable.yaml"_s}};
}

void TestControls::open(const QString& page, const QVariantMap& what)
{
    QVERIFY(m_window->openPage(page, what));
    if (page == u"messages"_s && !what.isEmpty()) {
        auto* view = m_window->findChild<MessageView*>();
        auto* model = qobject_cast<MessageModel*>(view->model());
        QTRY_VERIFY(model->rowCount() == 5 && model->record(1) && model->record(2));
        view->setCurrentIndex(model->index(1, 0));
        view->setCurrentIndex(model->index(2, 0));
        QTRY_VERIFY(m_window->findChild<QPushButton*>(u"Copy value"_s)->isVisible());
    }
    QCoreApplication::processEvents();
}

QList<QWidget*> TestControls::controls() const
{
    QList<QWidget*> found;
    for (QWidget* widget : m_window->findChildren<QWidget*>()) {
        if (widget->isVisible() && isControl(*widget) && !isPartOfAnother(*widget))
            found.append(widget);
    }
    return found;
}

QList<QAction*> TestControls::menuActions() const
{
    QList<QAction*> actions;
    for (QAction* entry : m_window->menuBar()->actions()) {
        actions.append(entry);
        collect(*entry->menu(), actions);
    }
    return actions;
}

void TestControls::everyControlIsNamedAndEveryDeedIsInAMenu_data()
{
    openAll();
}

void TestControls::everyControlIsNamedAndEveryDeedIsInAMenu()
{
    QFETCH(QString, page);
    QFETCH(QVariantMap, what);
    open(page, what);
    const QList<QAction*> actions = menuActions();
    QStringList complaints;
    for (QWidget* control : controls()) {
        if (control->objectName().isEmpty())
            complaints << u"no object name: "_s + describe(*control);
        if (nameOf(*control).isEmpty())
            complaints << u"no accessible name: "_s + describe(*control);
        const QAccessibleInterface* seen = QAccessible::queryAccessibleInterface(control);
        const QAccessible::Role role = seen ? seen->role() : QAccessible::NoRole;
        if (role == QAccessible::NoRole || role == QAccessible::Client || role == QAccessible::Pane)
            complaints << u"no role: "_s + describe(*control);
        const auto* button = qobject_cast<QAbstractButton*>(control);
        if (!button || buttonPlace(*button) != ButtonPlace::Menu)
            continue;
        // A button that only opens a menu of the window is no deed of its own.
        const auto* push = qobject_cast<const QPushButton*>(button);
        const auto* tool = qobject_cast<const QToolButton*>(button);
        QAction* action = buttonAction(*button);
        if (!action && push && push->menu())
            action = push->menu()->menuAction();
        if (tool && tool->menu() && tool->popupMode() == QToolButton::InstantPopup) {
            QList<QAction*> behind;
            collect(*tool->menu(), behind);
            if (std::all_of(behind.begin(), behind.end(),
                    [&](QAction* one) { return actions.contains(one); }))
                continue;
        }
        if (action && action->menu() && !actions.contains(action)) {
            QList<QAction*> behind;
            collect(*action->menu(), behind);
            if (!behind.isEmpty() && std::all_of(behind.begin(), behind.end(), [&](QAction* one) {
                    return actions.contains(one);
                }))
                continue;
        }
        if (!action)
            complaints << u"in no menu: "_s + describe(*control);
        else if (!actions.contains(action))
            complaints << u"its action is in no menu: "_s + describe(*control);
        else if (action->isEnabled() != button->isEnabled())
            complaints << u"enabled otherwise than its action: "_s + describe(*control);
    }
    for (const QAction* action : actions) {
        if (!action->isSeparator() && action->text().isEmpty())
            complaints << u"an entry without text"_s;
    }
    for (const QString& complaint : complaints)
        qWarning("%s", qPrintable(complaint));
    QCOMPARE(complaints.size(), 0);
}

void TestControls::noTwoActionsShareAShortcut_data()
{
    openAll();
}

void TestControls::noTwoActionsShareAShortcut()
{
    QFETCH(QString, page);
    QFETCH(QVariantMap, what);
    open(page, what);
    QSet<QAction*> actions;
    QList<QWidget*> widgets = m_window->findChildren<QWidget*>();
    widgets.append(m_window);
    for (const QWidget* widget : widgets) {
        if (!widget->isVisible())
            continue;
        for (QAction* action : widget->actions()) {
            if (action->isEnabled() && action->shortcutContext() != Qt::WidgetShortcut)
                actions.insert(action);
        }
    }
    std::map<QString, QAction*> taken;
    for (QAction* action : actions) {
        for (const QKeySequence& shortcut : action->shortcuts()) {
            const auto [known, isNew] = taken.try_emplace(shortcut.toString(), action);
            QVERIFY2(isNew,
                qPrintable(u"%1: %2 and %3"_s.arg(
                    shortcut.toString(), action->text(), known->second->text())));
        }
    }
    QVERIFY(taken.contains(u"Ctrl+K"_s));
}

void TestControls::namesThatOthersRelyOn_data()
{
    QTest::addColumn<QString>("page");
    QTest::addColumn<QVariantMap>("what");
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("role");
    const QVariantMap topic = {{u"topic"_s, u"orders"_s}};
    const QVariantMap fresh = {{u"new"_s, true}};
    const auto row = [](const char* page, const QVariantMap& what, const char* name, int role) {
        QTest::newRow(name) << QString::fromLatin1(page) << what << QString::fromLatin1(name)
                            << role;
    };
    row("live", {}, "Producer topic", QAccessible::EditableText);
    row("live", {}, "Producer key", QAccessible::EditableText);
    row("live", {}, "Producer value", QAccessible::EditableText);
    row("live", {}, "Producer acks", QAccessible::Grouping);
    row("live", {}, "Send", QAccessible::Button);
    row("live", {}, "Consumer topic", QAccessible::EditableText);
    row("live", {}, "Consumer group", QAccessible::EditableText);
    row("live", {}, "Stop consuming", QAccessible::Button);
    row("live", {}, "Consumed records", QAccessible::Table);
    row("live", {}, "Topology", QAccessible::List);
    row("live", {}, "Events", QAccessible::List);
    row("live", {}, "Pause", QAccessible::CheckBox);
    row("live", {}, "Step", QAccessible::Button);
    row("live", {}, "Speed", QAccessible::Slider);
    row("topics", {}, "New topic", QAccessible::Button);
    row("topics", {}, "Topics", QAccessible::Tree);
    row("topics", topic, "Delete topic", QAccessible::Button);
    row("topics", fresh, "Topic name", QAccessible::EditableText);
    row("topics", fresh, "Partitions", QAccessible::SpinBox);
    row("topics", fresh, "Replicas", QAccessible::SpinBox);
    row("topics", fresh, "Create topic", QAccessible::Button);
    row("messages", topic, "Messages topic", QAccessible::ComboBox);
    row("messages", topic, "Messages filter", QAccessible::EditableText);
    row("messages", topic, "Start from", QAccessible::ComboBox);
    row("messages", topic, "Read", QAccessible::Button);
    row("messages", topic, "Messages", QAccessible::Table);
    row("messages", topic, "Record detail", QAccessible::Grouping);
}

void TestControls::namesThatOthersRelyOn()
{
    QFETCH(QString, page);
    QFETCH(QVariantMap, what);
    QFETCH(QString, name);
    QFETCH(int, role);
    open(page, what);
    QList<int> roles;
    for (QWidget* widget : m_window->findChildren<QWidget*>()) {
        if (widget->isVisible() && nameOf(*widget) == name)
            roles.append(QAccessible::queryAccessibleInterface(widget)->role());
    }
    QVERIFY2(roles.contains(role), qPrintable(u"roles of that name: %1"_s.arg([&] {
        QStringList texts;
        for (const int found : roles)
            texts << QString::number(found, 16);
        return texts.join(u' ');
    }())));
}

void TestControls::pagesAreListedByTheirTitles()
{
    auto* list = m_window->findChild<QListView*>(u"Pages"_s);
    QAccessibleInterface* seen = QAccessible::queryAccessibleInterface(list);
    QStringList names;
    for (int i = 0; i < seen->childCount(); ++i) {
        QCOMPARE(seen->child(i)->role(), QAccessible::ListItem);
        names << seen->child(i)->text(QAccessible::Name);
    }
    for (const char* title : {"Live", "Topics", "Messages", "Groups", "Metrics", "Compose"})
        QVERIFY2(names.contains(QLatin1String(title)), title);
}

void TestControls::tabLeadsThroughEveryControl_data()
{
    openAll();
}

void TestControls::tabLeadsThroughEveryControl()
{
    QFETCH(QString, page);
    QFETCH(QVariantMap, what);
    open(page, what);
    QSet<QWidget*> reached;
    for (int i = 0; i < 120; ++i) {
        // Where Tab writes, Escape leads on.
        const auto* editor = qobject_cast<QPlainTextEdit*>(QApplication::focusWidget());
        QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : m_window,
            editor && !editor->tabChangesFocus() ? Qt::Key_Escape : Qt::Key_Tab);
        QWidget* focus = QApplication::focusWidget();
        if (!focus)
            continue;
        QVERIFY2(focus->isVisible(), qPrintable(describe(*focus)));
        reached.insert(focus);
        if (QWidget* proxy = focus->focusProxy())
            reached.insert(proxy);
        // A control of which a part has the focus.
        for (QWidget* at = focus->parentWidget(); at && at != m_window; at = at->parentWidget()) {
            if (at->focusProxy() == focus || qobject_cast<QComboBox*>(at)
                || qobject_cast<QAbstractSpinBox*>(at))
                reached.insert(at);
        }
    }
    QStringList missed;
    for (QWidget* control : controls()) {
        // One of a group of choices has the focus; arrow keys lead to the others.
        const auto* button = qobject_cast<const QAbstractButton*>(control);
        const bool isChoice = button && button->group() && button->group()->exclusive();
        if (control->isEnabled() && !isChoice && !reached.contains(control))
            missed << describe(*control);
    }
    for (const QString& control : missed)
        qWarning("not reached: %s", qPrintable(control));
    QCOMPARE(missed.size(), 0);
}

QTEST_MAIN(TestControls)
#include "test_controls.moc"
