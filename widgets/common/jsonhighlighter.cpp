#include "common/jsonhighlighter.h"

#include "common/theme.h"

#include <QRegularExpression>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

JsonHighlighter::JsonHighlighter(QTextDocument* document)
    : QSyntaxHighlighter(document)
{
}

void JsonHighlighter::highlightBlock(const QString& text)
{
    static const QRegularExpression token(
        uR"re(("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|\b(true|false|null)\b)re"_s);
    const Theme& theme = Theme::current();
    auto match = token.globalMatch(text);
    while (match.hasNext()) {
        const QRegularExpressionMatch hit = match.next();
        if (hit.hasCaptured(1) && hit.capturedLength(1) > 0) {
            const bool isName = hit.capturedLength(2) > 0;
            setFormat(static_cast<int>(hit.capturedStart(1)),
                static_cast<int>(hit.capturedLength(1)),
                theme.color(isName ? Tone::Accent : Tone::Good));
        } else if (hit.capturedLength(3) > 0) {
            setFormat(static_cast<int>(hit.capturedStart(3)),
                static_cast<int>(hit.capturedLength(3)), theme.color(Tone::Warning));
        } else if (hit.capturedLength(4) > 0) {
            setFormat(static_cast<int>(hit.capturedStart(4)),
                static_cast<int>(hit.capturedLength(4)), theme.color(Tone::Faint));
        }
    }
}

} // namespace moldau::widgets
