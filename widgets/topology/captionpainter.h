#pragma once

#include "topology/picturebrush.h"

#include <QCoreApplication>

namespace moldau::widgets {

/** Paints the picture's words about itself: the legend, the hint, what has just been decided. */
class CaptionPainter : private PictureBrush {
    Q_DECLARE_TR_FUNCTIONS(CaptionPainter)
public:
    CaptionPainter(QPainter& painter, const Theme& theme)
        : PictureBrush(painter, theme)
    {
    }

    void legend(const QRectF& rect, int hiddenTopics);
    void hint(const QRectF& rect, const QString& text);
    void caption(const QRectF& place, const QString& text, double opacity);

    /** Where a legend's end tells how many topics found no room; null where all did. */
    static QRectF hiddenTopicsRect(const QRectF& legend, const Theme& theme, int hiddenTopics);
    static QString hiddenTopicsText(int hiddenTopics);

private:
    void note(const QRectF& place, const QString& text, const QFont& font);
};

} // namespace moldau::widgets
