#pragma once

#include "common/theme.h"

#include <QLabel>

namespace moldau::widgets {

/** A line of text in a role and a tone; its colour follows the theme. Optionally elided, whole on
 * hover. */
class Label : public QLabel {
    Q_OBJECT
public:
    explicit Label(const QString& text = {}, TextRole role = TextRole::Body, Tone tone = Tone::Ink,
        QWidget* parent = nullptr);

    void setTone(Tone tone);
    /** Elides instead of asking for more room. For one line of plain text. */
    void setElideMode(Qt::TextElideMode mode);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    void updateColor();

    Tone m_tone;
    Qt::TextElideMode m_elide = Qt::ElideNone;
};

} // namespace moldau::widgets
