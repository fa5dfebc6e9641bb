#pragma once

#include "bridge/session.h"
#include "common/sidesheet.h"

#include <QPointer>

#include <vector>

class QComboBox;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QVBoxLayout;

namespace moldau::widgets {

class Field;
class Label;
class MessageBar;
class TopicCommandBox;

/**
 * Makes a topic: name, partitions, replicas, settings; says while it is filled in what that means
 * and what is wrong, and the command that would do the same.
 */
class TopicCreateSheet final : public SideSheet {
    Q_OBJECT
public:
    explicit TopicCreateSheet(Session& session, QWidget* parent = nullptr);

    /** Empties the fields for the next topic; they keep their values when a creation failed. */
    void start();

signals:
    void created(const QString& topic);

private:
    struct ConfigRow {
        QWidget* widget = nullptr;
        QComboBox* name = nullptr;
        QLineEdit* value = nullptr;
        Field* field = nullptr;
        Label* explanation = nullptr;
    };

    void addConfigRow();
    void removeConfigRow(QWidget* widget);
    void check();
    QString nameProblem(const QString& name) const;
    QString preview() const;
    QString command() const;
    void create();

    Session& m_session;
    QLineEdit* m_name;
    Field* m_nameField;
    QSpinBox* m_partitions;
    QSpinBox* m_replicas;
    Field* m_replicasField;
    Label* m_preview;
    QVBoxLayout* m_rowsLayout;
    std::vector<ConfigRow> m_rows;
    TopicCommandBox* m_command;
    MessageBar* m_message;
    QPushButton* m_create;
    bool m_isCreating = false;
    bool m_areBrokersKnown = false;
};

} // namespace moldau::widgets
