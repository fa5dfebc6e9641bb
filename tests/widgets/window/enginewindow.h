#pragma once

#include "bridge/session.h"
#include "mainwindow.h"
#include "settings.h"
#include "windowkeeper.h"

#include <QAccessible>
#include <QTemporaryDir>

#include <memory>

namespace moldau::tests {

/**
 * The window as main() makes it, over the real engine: its clusters are brokers in this process,
 * on free ports, with their data in a folder that goes with it. One at a time; GUI thread.
 */
class EngineWindow {
public:
    enum class Cluster { Local, ThreeControllers, None };

    /** Opens the window; the local cluster is asked for and not waited for. */
    explicit EngineWindow(Cluster cluster = Cluster::Local);
    ~EngineWindow();

    MainWindow& window() const { return *m_keeper->window(); }
    widgets::SessionHost& host() const { return *m_host; }
    WindowKeeper& keeper() const { return *m_keeper; }
    widgets::Session* session() const { return window().session(); }
    QString folder() const { return m_folder.path(); }

    /** The visible widget of this class with this accessible name, as a screen reader finds it. */
    template <class T> T* named(const QString& name) const
    {
        for (T* widget : window().template findChildren<T*>()) {
            if (!widget->isVisible())
                continue;
            const QAccessibleInterface* seen = QAccessible::queryAccessibleInterface(widget);
            if (seen && seen->text(QAccessible::Name) == name)
                return widget;
        }
        return nullptr;
    }
    /** The page in front where it is of this class. */
    template <class T> T* page() const { return qobject_cast<T*>(window().page()); }
    /** True once the metadata have this topic with leaders and so many replicas in sync. */
    bool isReady(const QString& topic, int partitions, int replicas) const;

private:
    QTemporaryDir m_folder;
    std::unique_ptr<widgets::SessionHost> m_host;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<WindowKeeper> m_keeper;
};

/** A TCP port of 127.0.0.1 that nobody used a moment ago. */
int freePort();

} // namespace moldau::tests
