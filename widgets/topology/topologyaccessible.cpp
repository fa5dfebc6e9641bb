#include "topology/topologyaccessible.h"

#include "topology/topologyview.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QPointer>

#include <map>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

namespace {

/** One item. Registered with QAccessible, which owns it until the view's interface dies. */
class ItemInterface final : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    ItemInterface(TopologyView* view, const TopologyItem& item)
        : m_view(view)
        , m_item(item)
    {
    }

    const TopologyItem& item() const { return m_item; }

    bool isValid() const override { return m_view && !m_view->rectOf(m_item).isEmpty(); }
    QObject* object() const override { return nullptr; }
    QWindow* window() const override { return m_view ? m_view->window()->windowHandle() : nullptr; }
    QAccessibleInterface* parent() const override
    {
        return m_view ? QAccessible::queryAccessibleInterface(m_view) : nullptr;
    }
    QAccessibleInterface* child(int) const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }

    QString text(QAccessible::Text text) const override
    {
        if (!m_view)
            return {};
        if (text == QAccessible::Name)
            return m_view->nameOf(m_item);
        if (text == QAccessible::Description)
            return m_view->explanationOf(m_item);
        return {};
    }
    void setText(QAccessible::Text, const QString&) override { }

    QRect rect() const override
    {
        if (!m_view)
            return {};
        const QRect local = m_view->rectOf(m_item);
        return QRect(m_view->mapToGlobal(local.topLeft()), local.size());
    }

    QAccessible::Role role() const override
    {
        switch (m_item.kind) {
        case TopologyItem::Kind::Broker:
        case TopologyItem::Kind::Voter:
        case TopologyItem::Kind::Fault:
            return QAccessible::Button;
        case TopologyItem::Kind::Replica:
        case TopologyItem::Kind::Client:
            return QAccessible::ListItem;
        }
        return QAccessible::ListItem;
    }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        state.focusable = true;
        state.selectable = true;
        if (m_view && m_view->selected() == m_item) {
            state.selected = true;
            state.focused = m_view->hasFocus();
        }
        if (!isValid())
            state.invisible = true;
        return state;
    }

    void* interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this)
                                                    : nullptr;
    }

    QStringList actionNames() const override
    {
        QStringList names{setFocusAction()};
        if (m_view) {
            for (const NodeAction action : m_view->actionsOf(m_item))
                names.append(keyOf(action));
            if (m_item.kind == TopologyItem::Kind::Fault)
                names.append(u"heal"_s);
        }
        return names;
    }

    QString localizedActionName(const QString& name) const override
    {
        if (const auto action = actionOf(name))
            return TopologyView::nameOf(*action);
        if (name == u"heal"_s)
            return TopologyView::tr("Heal");
        return QAccessibleActionInterface::localizedActionName(name);
    }

    void doAction(const QString& name) override
    {
        if (!m_view)
            return;
        if (const auto action = actionOf(name)) {
            m_view->trigger(m_item, *action);
        } else if (name == u"heal"_s && m_item.kind == TopologyItem::Kind::Fault) {
            emit m_view->healRequested(m_item.id);
        } else if (name == setFocusAction()) {
            m_view->setFocus(Qt::OtherFocusReason);
            m_view->select(m_item);
        }
    }

    QStringList keyBindingsForAction(const QString&) const override { return {}; }

private:
    static QString keyOf(NodeAction action)
    {
        switch (action) {
        case NodeAction::Start:
            return u"start"_s;
        case NodeAction::Stop:
            return u"stop"_s;
        case NodeAction::Kill:
            return u"kill"_s;
        case NodeAction::Pause:
            return u"pause"_s;
        case NodeAction::Unpause:
            return u"unpause"_s;
        }
        return {};
    }

    static std::optional<NodeAction> actionOf(const QString& name)
    {
        for (const NodeAction action : {NodeAction::Start, NodeAction::Stop, NodeAction::Kill,
                 NodeAction::Pause, NodeAction::Unpause}) {
            if (name == keyOf(action))
                return action;
        }
        return std::nullopt;
    }

    QPointer<TopologyView> m_view;
    TopologyItem m_item;
};

/** The picture with its items as children. Keeps an item's interface as long as the item is there.
 */
class ViewInterface final : public QAccessibleWidget {
public:
    explicit ViewInterface(TopologyView* view)
        : QAccessibleWidget(view, QAccessible::List)
    {
    }

    ~ViewInterface() override
    {
        for (const auto& [key, id] : m_ids)
            QAccessible::deleteAccessibleInterface(id);
    }

    int childCount() const override { return static_cast<int>(view()->items().size()); }

    QAccessibleInterface* child(int index) const override
    {
        const QList<TopologyItem> items = view()->items();
        return index >= 0 && index < items.size() ? interfaceFor(items[index]) : nullptr;
    }

    QAccessibleInterface* childAt(int x, int y) const override
    {
        const auto item = view()->itemAt(view()->mapFromGlobal(QPoint(x, y)));
        return item ? interfaceFor(*item) : nullptr;
    }

    QAccessibleInterface* focusChild() const override
    {
        const auto item = view()->selected();
        return view()->hasFocus() && item ? interfaceFor(*item) : nullptr;
    }

    int indexOfChild(const QAccessibleInterface* child) const override
    {
        const auto* item = dynamic_cast<const ItemInterface*>(child);
        return item ? static_cast<int>(view()->items().indexOf(item->item())) : -1;
    }

private:
    TopologyView* view() const { return static_cast<TopologyView*>(object()); }

    QAccessibleInterface* interfaceFor(const TopologyItem& item) const
    {
        const Key key(static_cast<int>(item.kind), item.id, item.name, item.partition);
        const auto known = m_ids.find(key);
        if (known != m_ids.end()) {
            if (QAccessibleInterface* found = QAccessible::accessibleInterface(known->second))
                return found;
        }
        auto* made = new ItemInterface(view(), item);
        m_ids[key] = QAccessible::registerAccessibleInterface(made);
        return made;
    }

    using Key = std::tuple<int, int, QString, int>;
    mutable std::map<Key, QAccessible::Id> m_ids;
};

QAccessibleInterface* makeInterface(const QString& className, QObject* object)
{
    Q_UNUSED(className)
    if (auto* view = qobject_cast<TopologyView*>(object))
        return new ViewInterface(view);
    return nullptr;
}

} // namespace

void installTopologyAccessibility()
{
    static const bool isInstalled = [] {
        QAccessible::installFactory(makeInterface);
        return true;
    }();
    Q_UNUSED(isInstalled)
}

} // namespace moldau::widgets
