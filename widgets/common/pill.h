#pragma once

#include "common/theme.h"

#include <QWidget>

namespace moldau::widgets {

/** A fact that is true now: a dot in a state's colour and a few words. */
class Pill : public QWidget {
    Q_OBJECT
public:
    explicit Pill(QWidget* parent = nullptr);

    /** `text` says it in words, since colour alone must not. */
    void setState(Tone dot, const QString& text);
    QString text() const { return m_text; }

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Tone m_dot = Tone::Offline;
    QString m_text;
};

} // namespace moldau::widgets
