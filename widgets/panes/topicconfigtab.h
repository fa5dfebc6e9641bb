#pragma once

#include "bridge/reply.h"
#include "bridge/session.h"
#include "models/configmodel.h"

#include <QWidget>

class QComboBox;
class QLineEdit;
class QPushButton;
class QSortFilterProxyModel;
class QStackedWidget;

namespace moldau::widgets {

class Field;
class Label;
class MessageBar;
class SearchField;
class TableView;
class TopicCommandBox;

/** A topic's settings: what they are, where they come from, what they do; edit and go back to the
 * default. */
class TopicConfigTab final : public QWidget {
    Q_OBJECT
public:
    explicit TopicConfigTab(Session& session, QWidget* parent = nullptr);

    void setTopic(const QString& topic);
    const std::vector<client::ConfigEntry>& entries() const { return m_model->entries(); }

signals:
    /** The settings were read, for whoever says them in words. */
    void entriesRead();

private:
    void read();
    void showSelected();
    void checkValue();
    QString value() const;
    void change(std::optional<QString> value);
    QString command(const std::optional<QString>& value) const;

    Session& m_session;
    QString m_topic;
    QString m_selected;
    ConfigModel* m_model;
    QSortFilterProxyModel* m_filtered;
    SearchField* m_search;
    TableView* m_table;
    MessageBar* m_message;
    QWidget* m_editor;
    Label* m_name;
    Label* m_explanation;
    Label* m_default;
    QStackedWidget* m_values;
    QLineEdit* m_text;
    QComboBox* m_choice;
    Label* m_error;
    TopicCommandBox* m_command;
    QPushButton* m_save;
    QPushButton* m_reset;
    LatestRequest m_reading;
    bool m_isChanging = false;
};

} // namespace moldau::widgets
