#include "common/icons.h"

#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QSvgRenderer>

void initMoldauResources()
{
    Q_INIT_RESOURCE(icons);
    Q_INIT_RESOURCE(translations);
}

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

namespace {

QByteArray drawingOf(const QString& name, const QColor& color)
{
    initMoldauResources();
    QFile file(u":/icons/%1.svg"_s.arg(name));
    if (!file.open(QIODevice::ReadOnly)) {
        qWarning("no icon named %s", qUtf8Printable(name));
        return {};
    }
    return file.readAll().replace("currentColor", color.name(QColor::HexRgb).toLatin1());
}

/** Renders at whatever size and ratio is asked for. */
class DrawingEngine final : public QIconEngine {
public:
    DrawingEngine(const QString& name, const QColor& color)
        : m_name(name)
        , m_color(color)
        , m_drawing(drawingOf(name, color))
    {
    }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        QSvgRenderer renderer(m_drawing);
        painter->save();
        if (mode == QIcon::Disabled)
            painter->setOpacity(0.4);
        painter->setRenderHint(QPainter::Antialiasing);
        renderer.render(painter, QRectF(rect));
        painter->restore();
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }

    QIconEngine* clone() const override { return new DrawingEngine(m_name, m_color); }

private:
    QString m_name;
    QColor m_color;
    QByteArray m_drawing;
};

} // namespace

QIcon themedIcon(const QString& name, const QColor& color)
{
    return QIcon(new DrawingEngine(name, color));
}

QPixmap iconPixmap(const QString& name, const QColor& color, int size, double devicePixelRatio)
{
    const int pixels = qRound(size * devicePixelRatio);
    QPixmap pixmap(pixels, pixels);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    QSvgRenderer renderer(drawingOf(name, color));
    renderer.render(&painter, QRectF(0, 0, pixels, pixels));
    painter.end();
    pixmap.setDevicePixelRatio(devicePixelRatio);
    return pixmap;
}

} // namespace moldau::widgets
