#pragma once

#include <QWidget>

namespace moldau::widgets {

class Label;
class LinkButton;

/** A command that would do the same as the window, to read and to copy. */
class TopicCommandBox final : public QWidget {
    Q_OBJECT
public:
    explicit TopicCommandBox(QWidget* parent = nullptr);

    void setCommand(const QString& command);
    QString command() const { return m_command; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_command;
    Label* m_text;
    LinkButton* m_copy;
};

/** A word for the shell: quoted when it has anything that a shell would read. */
QString shellQuoted(const QString& word);

} // namespace moldau::widgets
