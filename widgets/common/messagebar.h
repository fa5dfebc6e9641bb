#pragma once

#include "common/theme.h"

#include <QWidget>

namespace moldau::widgets {

class IconButton;
class Label;
class LinkButton;

/** An error or hint where it happened, with what to do; hidden while there is nothing to say. */
class MessageBar : public QWidget {
    Q_OBJECT
public:
    explicit MessageBar(QWidget* parent = nullptr);

    void showError(const QString& text, const QString& action = {});
    void showHint(const QString& text, const QString& action = {});
    void clear();

signals:
    void actionTriggered();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void show(Tone tone, const QString& text, const QString& action);

    Tone m_tone = Tone::Bad;
    Label* m_text;
    LinkButton* m_action;
    IconButton* m_close;
};

} // namespace moldau::widgets
