#pragma once

#include "common/theme.h"

#include <QVariantMap>
#include <QWidget>

class QAction;
class QHBoxLayout;
class QVBoxLayout;

namespace moldau::widgets {

class Label;
class MessageBar;
class Pill;

/**
 * One page of the window: title, what is true now (pills), actions at the right, then the body.
 * Made by the main window for one cluster when it is first shown, and with it again when the
 * language or the scale changes; so constructors may read the theme's measures and tr() once.
 */
class Page : public QWidget {
    Q_OBJECT
public:
    /** `id` is the page's name for --page and openPage(), untranslated: "live". */
    Page(const QString& id, const QString& title, QWidget* parent = nullptr);

    QString id() const { return m_id; }
    QString title() const;

    /** Comes to the front; `what` names a thing to show there: {"topic": "orders"}. */
    virtual void open(const QVariantMap& what) { Q_UNUSED(what) }
    /** Actions for the window's menu bar, beside those of the window; with their shortcuts. A
     * menu's own action is a menu below it. */
    virtual QList<QAction*> menuActions() const { return m_actions; }

signals:
    /** Asks the window to show another page, or this one with something else. */
    void openPageRequested(const QString& id, const QVariantMap& what);
    /** menuActions() are others than before. */
    void menuActionsChanged();

protected:
    Pill* addPill();
    /** The one main action, as a primary button at the right with its shortcut. */
    void setMainAction(QAction* action);
    /** A second button left of the main one. */
    void addHeaderWidget(QWidget* widget);
    /** An action that is only in the menu and on its shortcut. */
    void addPageAction(QAction* action);
    /** Where errors of the page as a whole are said. */
    MessageBar& message() { return *m_message; }
    /** The room below the header, with the page's margins. */
    QVBoxLayout& body() { return *m_body; }

    void paintEvent(QPaintEvent* event) override;

private:
    QString m_id;
    Label* m_title;
    QHBoxLayout* m_pills;
    QHBoxLayout* m_headerActions;
    MessageBar* m_message;
    QVBoxLayout* m_body;
    QList<QAction*> m_actions;
};

} // namespace moldau::widgets
