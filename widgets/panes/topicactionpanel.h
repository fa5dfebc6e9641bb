#pragma once

#include <QWidget>

#include <functional>

class QPushButton;
class QSpinBox;

namespace moldau::widgets {

class Label;
class TopicCommandBox;

/**
 * Asks before something is changed, in the place where it was asked for: what will happen, in
 * figures; the command that does the same; the button that does it. Errors stay with it.
 */
class TopicActionPanel final : public QWidget {
    Q_OBJECT
public:
    struct Action {
        QString title; ///< "Delete orders"
        QString preview;
        QString command;
        QString confirm; ///< the button's text
        QString confirmName; ///< its accessible name
        bool isDestructive = true;
        /** Where a number is asked for: its name, least and current value. */
        QString numberName;
        int least = 0;
        int number = 0;
        /** The command for another number; empty where there is none. */
        std::function<QString(int)> commandFor;
    };

    explicit TopicActionPanel(QWidget* parent = nullptr);

    void ask(const Action& action);
    void showBusy(const QString& what);
    void showError(const QString& error);
    int number() const;

signals:
    void confirmed();
    void cancelled();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    Label* m_title;
    Label* m_preview;
    Label* m_numberLabel;
    QSpinBox* m_number;
    TopicCommandBox* m_command;
    Label* m_error;
    QPushButton* m_cancel;
    QPushButton* m_confirm;
    Action m_action;
};

} // namespace moldau::widgets
