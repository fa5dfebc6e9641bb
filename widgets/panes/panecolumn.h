#pragma once

#include <QList>
#include <QWidget>

class QVBoxLayout;

namespace moldau::widgets {

/**
 * Panes of one kind below each other. One is open; the others are a line with their title, to open
 * by a click, and a cross to close them for good.
 */
class PaneColumn : public QWidget {
    Q_OBJECT
public:
    explicit PaneColumn(QWidget* parent = nullptr);

    void add(QWidget* pane, const QString& title);
    void setTitle(QWidget* pane, const QString& title);
    QList<QWidget*> panes() const;
    QWidget* openPane() const { return m_open; }
    void open(QWidget* pane);

signals:
    void openChanged();
    /** The pane is deleted after this. */
    void closed(QWidget* pane);

private:
    struct Entry {
        QWidget* pane;
        QWidget* line;
    };
    void close(QWidget* pane);
    void arrange();

    QList<Entry> m_entries;
    QWidget* m_open = nullptr;
    QVBoxLayout* m_layout;
};

} // namespace moldau::widgets
