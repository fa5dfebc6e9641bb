#pragma once

#include <QFrame>
#include <QList>

class QAction;
class QLineEdit;
class QListWidget;

namespace moldau {

/** Every action of the window by its name: type a part of it, Return does it. Deletes itself when
 * it closes. */
class CommandPalette : public QFrame {
    Q_OBJECT
public:
    CommandPalette(const QList<QAction*>& actions, QWidget* window);

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void filter(const QString& text);
    void run();

    QList<QAction*> m_actions;
    QLineEdit* m_search;
    QListWidget* m_list;
};

} // namespace moldau
