#pragma once

#include "client/clusterconnection.h"
#include "common/sidesheet.h"
#include "models/rangeread.h"

#include <memory>

class QPlainTextEdit;
class QPushButton;
class QStackedWidget;
class QStandardItemModel;
class QTabBar;
class QTreeView;

namespace moldau::widgets {

class JsonHighlighter;
class JsonTreeModel;
class Label;
class MessageBar;
class TableView;

/** One record, whole: as a tree, as text, in hexadecimal, with its headers. */
class MessageDetail final : public SideSheet {
    Q_OBJECT
public:
    explicit MessageDetail(client::ClusterConnection& connection, QWidget* parent = nullptr);

    /** Shows what is known of the record at once, and reads the rest of it. */
    void setRecord(const std::string& topic, const ShownRecord& shown, const QColor& color);
    const client::Record& record() const { return m_record; }
    void setCanSend(bool canSend);

    /** For the window's menus: what the buttons do. */
    QList<QAction*> menuActions() const { return m_actions; }

signals:
    void sendRequested(const QVariantMap& record);
    void readFromHereRequested(std::int32_t partition, std::int64_t offset);
    void keyOnlyRequested(const QString& key);
    /** A field to show as a column, or to ask for in the filter. */
    void fieldColumnRequested(const QString& path);
    void fieldFilterRequested(const QString& condition);

private:
    enum Tab { TreeTab, TextTab, HexTab, HeadersTab };

    QWidget* makeTreePage();
    QWidget* makeFooter();
    void readWhole();
    void takeWhole();
    void showRecord(const client::Record& record);
    void showFacts();
    void showPage(int tab);
    void showTreeMenu(const QPoint& position);
    void copyValue();

    client::ClusterConnection& m_connection;
    std::string m_topic;
    client::Record m_record;
    std::unique_ptr<RangeRead> m_read;
    bool m_isJson = false;
    std::vector<bool> m_isFilled; // pages that show this record already

    Label* m_key = nullptr;
    Label* m_keyNote = nullptr;
    Label* m_time = nullptr;
    Label* m_timeNote = nullptr;
    Label* m_value = nullptr;
    Label* m_valueNote = nullptr;
    MessageBar* m_message;
    QTabBar* m_tabs;
    QStackedWidget* m_pages;
    JsonTreeModel* m_treeModel;
    QTreeView* m_tree = nullptr;
    QStackedWidget* m_treeStack = nullptr;
    Label* m_noTree = nullptr;
    Label* m_exact = nullptr;
    QPlainTextEdit* m_text;
    JsonHighlighter* m_highlighter = nullptr;
    QPlainTextEdit* m_hex;
    QStandardItemModel* m_headers;
    QPushButton* m_send = nullptr;
    QPushButton* m_keyOnly = nullptr;
    QList<QAction*> m_actions;
};

} // namespace moldau::widgets
