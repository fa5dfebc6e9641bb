#pragma once

#include <QWidget>

namespace moldau::widgets {

class Label;
class PrimaryButton;

/** What a page says when there is nothing to show: one sentence, and the one button that helps. */
class EmptyState : public QWidget {
    Q_OBJECT
public:
    explicit EmptyState(
        const QString& sentence, const QString& action = {}, QWidget* parent = nullptr);
    /** An empty action hides the button. */
    void setSentence(const QString& sentence, const QString& action = {});

signals:
    void actionTriggered();

private:
    Label* m_sentence;
    PrimaryButton* m_button;
};

} // namespace moldau::widgets
