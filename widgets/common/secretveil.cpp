#include "common/secretveil.h"

#include "common/theme.h"

#include <QRegularExpression>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

namespace {

/** A block whose line ends with a backslash goes on in the next one. */
enum State { Plain = 0, SecretGoesOn = 1 };

} // namespace

void SecretVeil::setLifted(bool isLifted)
{
    m_isLifted = isLifted;
    rehighlight();
}

void SecretVeil::highlightBlock(const QString& text)
{
    static const QRegularExpression secret(
        uR"re(^\s*[\w.\-]*(?:password|passphrase|secret|token|jaas\.config|\.key|\.pem)[\w.\-]*\s*[=:]\s*(.*)$)re"_s,
        QRegularExpression::CaseInsensitiveOption);
    qsizetype start = previousBlockState() == SecretGoesOn ? 0 : -1;
    if (start < 0) {
        if (const auto match = secret.match(text); match.hasMatch())
            start = match.capturedStart(1);
    }
    setCurrentBlockState(start >= 0 && text.endsWith(u'\\') ? SecretGoesOn : Plain);
    if (start < 0 || m_isLifted)
        return;
    const QColor bar = Theme::current().color(Tone::Faint);
    QTextCharFormat veiled;
    veiled.setForeground(bar);
    veiled.setBackground(bar);
    setFormat(static_cast<int>(start), static_cast<int>(text.size() - start), veiled);
}

} // namespace moldau::widgets
