#pragma once

#include "bridge/session.h"
#include "common/page.h"
#include "compose/composefile.h"

#include <QPointer>
#include <QTimer>

#include <functional>

class QAction;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QStandardItemModel;

namespace moldau::widgets {

class ComposeEditor;
class ComposeFindings;
class EmptyState;
class Label;

/** A compose file: what the doctor says of it at its lines, repairs, and the cluster that it
 * describes. */
class ComposePage final : public Page {
    Q_OBJECT
public:
    explicit ComposePage(SessionHost& host, QWidget* parent = nullptr);

    /** {"file": path} opens it. */
    void open(const QVariantMap& what) override;
    bool openFile(const QString& path);
    QString path() const { return m_path; }

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void makeActions();
    QWidget* makeToolbar();
    QWidget* makeEditor();
    QWidget* makeSide();
    void askForFile();
    void openExample(const QString& resource);
    void showText(const QString& text, bool isModified);
    /** Saves, asking for a place first where there is none, and then goes on with `then`. */
    void save(std::function<void()> then = {});
    bool write();
    void examine();
    void showServices(const compose::ComposeFile& file);
    void fixAll();
    void fixCurrent();
    void start();
    void stop();
    void takeSession(Session* session);
    void updateState();
    compose::ComposeContext context() const;

    SessionHost& m_host;
    QString m_path;
    QPointer<Session> m_session; ///< the cluster that was started from this file
    bool m_isOpen = false;
    bool m_isStarting = false;
    QAction* m_openAction = nullptr;
    QAction* m_saveAction = nullptr;
    QAction* m_start = nullptr;
    QPushButton* m_fixAll = nullptr;
    QPushButton* m_fixOne = nullptr;
    QPushButton* m_stop = nullptr;
    QPushButton* m_saveButton = nullptr;
    Label* m_pathLabel = nullptr;
    Pill* m_findingsPill;
    Pill* m_statePill;
    QStackedWidget* m_stack;
    EmptyState* m_empty;
    QSplitter* m_splitter;
    ComposeEditor* m_editor = nullptr;
    ComposeFindings* m_findings = nullptr;
    EmptyState* m_noFindings = nullptr;
    QStackedWidget* m_findingsStack = nullptr;
    QStandardItemModel* m_services;
    QTimer m_examineTimer;
};

} // namespace moldau::widgets
