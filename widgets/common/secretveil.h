#pragma once

#include <QSyntaxHighlighter>

namespace moldau::widgets {

/**
 * Draws bars in place of the secrets in a client.properties, so that nobody reads them over a
 * shoulder, on a projector or in a picture. The text itself stays as it is. Owned by the document.
 */
class SecretVeil final : public QSyntaxHighlighter {
    Q_OBJECT
public:
    explicit SecretVeil(QTextDocument* document)
        : QSyntaxHighlighter(document)
    {
    }

    void setLifted(bool isLifted);

protected:
    void highlightBlock(const QString& text) override;

private:
    bool m_isLifted = false;
};

} // namespace moldau::widgets
