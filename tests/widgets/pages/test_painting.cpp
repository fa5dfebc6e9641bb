#include "common/painting.h"
#include "common/theme.h"

#include <QImage>
#include <QPainter>
#include <QTest>

#include <functional>

using namespace moldau::widgets;
using namespace Qt::Literals::StringLiterals;

namespace {

QImage drawn(const std::function<void(QPainter&)>& draw)
{
    QImage image(600, 40, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    QFont font = Theme::current().font(TextRole::Label);
    font.setWeight(QFont::Medium);
    painter.setFont(font);
    draw(painter);
    return image;
}

QRectF boxFor(const QPainter& painter, const QString& text, double less = 0)
{
    return {10, 5, QFontMetricsF(painter.font()).horizontalAdvance(text) - less, 30};
}

} // namespace

class TestPainting : public QObject {
    Q_OBJECT
private slots:
    void aTextThatFitsExactlyIsNotElided_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("a sentence") << u"broker-3 leads clicks 0 now: broker-2 is gone."_s;
        QTest::newRow("a word") << u"orders"_s;
        QTest::newRow("Korean") << u"브로커 3이 이제 orders 0의 리더입니다"_s;
    }
    void aTextThatFitsExactlyIsNotElided()
    {
        QFETCH(QString, text);
        const QImage elided = drawn([&](QPainter& painter) {
            drawElided(painter, boxFor(painter, text), Qt::AlignVCenter, text, Qt::ElideMiddle);
        });
        const QImage whole = drawn([&](QPainter& painter) {
            painter.drawText(boxFor(painter, text), Qt::AlignVCenter | Qt::TextSingleLine, text);
        });
        QVERIFY(elided == whole);
    }
    void aTextThatDoesNotFitIsElided()
    {
        const QString text = u"broker-3 leads clicks 0 now"_s;
        const QImage elided = drawn([&](QPainter& painter) {
            drawElided(painter, boxFor(painter, text, 20), Qt::AlignVCenter, text, Qt::ElideRight);
        });
        const QImage whole = drawn([&](QPainter& painter) {
            painter.drawText(
                boxFor(painter, text, 20), Qt::AlignVCenter | Qt::TextSingleLine, text);
        });
        QVERIFY(elided != whole);
    }
};

QTEST_MAIN(TestPainting)
#include "test_painting.moc"
